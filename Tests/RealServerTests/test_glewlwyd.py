"""Glewlwyd (Debian, C): the login page is JavaScript over a JSON API, which is called directly."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

import glewlwyd
from login_contract import LoginContract
from processes import free_ports, running
from relying_party import ALICE, OpenIDServer, callback_url
from scripted_browser import ScriptedBrowser

CLIENT_ID = "martlet"
CLIENT_SECRET = "a-secret-for-glewlwyd"


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in, grants the scopes, and goes on to where the login page would."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    api = page.url.partition("/login.html")[0] + "/api"
    password = {"username": ALICE.username, "password": ALICE.password}
    answer = browser.session.post(f"{api}/auth/", json=password, timeout=30)
    assert answer.status_code == 200, answer.text
    answer = browser.session.put(
        f"{api}/auth/grant/{asked['client_id']}", json={"scope": asked["scope"]}, timeout=30
    )
    assert answer.status_code == 200, answer.text
    return browser.get(asked["callback_url"] + "&g_continue")


@pytest.fixture(scope="module")
def provider(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDServer]:
    """The server, with Alice and one client."""
    base = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
    folder = tmp_path_factory.mktemp("provider")
    configuration = glewlwyd.prepare(folder, port)
    with running(
        [glewlwyd.program(), f"--config-file={configuration}"],
        ready_url=f"{base}/api/",
        folder=folder,
    ):
        administration = glewlwyd.Administration(base)
        issuer = administration.add_provider()
        administration.add_person()
        administration.add_client(CLIENT_ID, CLIENT_SECRET, callback_url(origin))
        yield OpenIDServer(issuer, CLIENT_ID, CLIENT_SECRET, sign_in, verifies_email=False)


class TestGlewlwyd(LoginContract):
    """The contract with Glewlwyd."""
