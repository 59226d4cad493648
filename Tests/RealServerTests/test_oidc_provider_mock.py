"""oidc-provider-mock (PyPI, Python). It does not enforce PKCE, so it proves nothing of that."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from forms import form_with
from login_contract import LoginContract
from processes import free_ports, running
from relying_party import ALICE, OpenIDServer, callback_url
from scripted_browser import ScriptedBrowser


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """The one page asks for a subject and nothing else."""
    return browser.submit(page, form_with(page.text, "sub"), sub=ALICE.username)


@pytest.fixture(scope="module")
def provider(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDServer]:
    """The server, with a client registered by RFC 7591."""
    issuer = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
    claims = {
        "sub": ALICE.username,
        "name": ALICE.name,
        "email": ALICE.email,
        "email_verified": True,
    }
    command: list[str | Path] = [
        Path(sys.executable).with_name("oidc-provider-mock"),
        *(
            "--port",
            str(port),
            "--require-registration",
            "true",
            "--user-claims",
            json.dumps(claims),
        ),
    ]
    metadata = f"{issuer}/.well-known/openid-configuration"
    # Its web server does not catch SIGTERM.
    with running(
        command,
        ready_url=metadata,
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        endpoint = requests.get(metadata, timeout=10).json()["registration_endpoint"]
        answer = requests.post(
            endpoint, json={"redirect_uris": [callback_url(origin)]}, timeout=10
        )
        client = answer.json()
        yield OpenIDServer(
            issuer, client["client_id"], client["client_secret"], sign_in, verifies_email=True
        )


class TestOIDCProviderMock(LoginContract):
    """The contract with oidc-provider-mock."""
