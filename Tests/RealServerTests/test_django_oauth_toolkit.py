"""django-oauth-toolkit (PyPI, Python over oauthlib): the subject is a small number."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from forms import form_with
from login_contract import LoginContract, refusal
from processes import free_ports, running
from relying_party import ALICE, OpenIDServer, RelyingParty, callback_url
from scripted_browser import ScriptedBrowser

SCRIPT = Path(__file__).parent / "servers" / "django_server.py"


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in, then allows what is asked for."""
    return sign_in_and_answer(browser, page, allow="Authorize")


def refuse(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in, then presses the button that allows nothing."""
    return sign_in_and_answer(browser, page)


def sign_in_and_answer(
    browser: ScriptedBrowser, page: requests.Response, **answer: str
) -> requests.Response:
    """Signs in, or sends the form of the consent page with this answer."""
    if "/sign-in/" in page.url:
        form = form_with(page.text, "password")
        return browser.submit(page, form, username=ALICE.username, password=ALICE.password)
    return browser.submit(page, form_with(page.text, "allow"), **answer)


@pytest.fixture(scope="module")
def provider(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDServer]:
    """The server, with Alice and one client."""
    base = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
    setup = {
        "redirectURI": callback_url(origin),
        "clientID": "martlet",
        "clientSecret": "a-secret-for-django",
        "username": ALICE.username,
        "password": ALICE.password,
        "name": ALICE.name,
        "email": ALICE.email,
    }
    # Its web server does not catch SIGTERM.
    with running(
        [sys.executable, SCRIPT, str(port), json.dumps(setup)],
        ready_url=f"{base}/o/.well-known/openid-configuration",
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        yield OpenIDServer(
            f"{base}/o", setup["clientID"], setup["clientSecret"], sign_in, verifies_email=True
        )


class TestDjangoOAuthToolkit(LoginContract):
    """The contract with django-oauth-toolkit."""

    def test_says_that_the_person_refused(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        assert refusal(browser, party.callback(browser, refuse)) == (400, "OAUTH_ACCESS_DENIED")
