"""django-oauth-toolkit (PyPI, Python over oauthlib): the subject is a small number."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from forms import form_with
from login_contract import LoginContract, refusal
from logout_contract import LogoutContract
from processes import running
from relying_party import (
    ALICE,
    PROVIDER_ID,
    Client,
    OpenIDServer,
    RelyingParty,
    callback_url,
    logout_callback_url,
)
from scripted_browser import ScriptedBrowser
from token_contract import RevocationContract, TokenContract
from wire import Wire

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


def sign_out(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Says yes to the question whether to sign out."""
    return browser.submit(page, form_with(page.text, "allow"), allow="Logout")


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server, with Alice and one client."""
    setup = {
        "base": wire.base,
        "redirectURI": callback_url(origin),
        "logoutURI": logout_callback_url(origin),
        "clientID": "martlet",
        "clientSecret": "a-secret-for-django",
        "username": ALICE.username,
        "password": ALICE.password,
        "name": ALICE.name,
        "email": ALICE.email,
    }
    # Its metadata do not say where tokens are revoked.
    settings = {"revocationEndpoint": f"{wire.base}/o/revoke_token/"}

    def knows(browser: ScriptedBrowser) -> bool:
        return browser.get(f"{wire.base}/o/applications/").status_code == 200

    # Its web server does not catch SIGTERM.
    with running(
        [sys.executable, SCRIPT, str(wire.inner_port), json.dumps(setup)],
        ready_url=f"{wire.base}/o/.well-known/openid-configuration",
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        client = Client(setup["clientID"], setup["clientSecret"], settings=settings)
        yield OpenIDServer(
            issuer=f"{wire.base}/o",
            wire=wire,
            clients={PROVIDER_ID: client},
            sign_in=sign_in,
            verifies_email=True,
            sign_out=sign_out,
            knows=knows,
        )


class TestDjangoOAuthToolkit(LoginContract, TokenContract, RevocationContract, LogoutContract):
    """The contract with django-oauth-toolkit."""

    rotates = True

    def test_says_that_the_person_refused(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        assert refusal(browser, party.callback(browser, refuse)) == (400, "OAUTH_ACCESS_DENIED")
