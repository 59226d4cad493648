"""Canaille (PyPI, Python over Authlib): name and password on two pages, with CSRF tokens."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from forms import forms
from login_contract import LoginContract, refusal, without_parameter
from processes import free_ports, running
from relying_party import ALICE, OpenIDServer, RelyingParty, callback_url
from scripted_browser import ScriptedBrowser

SCRIPT = Path(__file__).parent / "servers" / "canaille_server.py"


def wait_for_the_next_second() -> None:
    """Canaille issues a person one access token per second: a second one would be the same."""
    time.sleep(1 - time.time() % 1)


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Answers whichever of the two pages this is."""
    for form in forms(page.text):
        if "login" in form.fields:
            wait_for_the_next_second()
            return browser.submit(page, form, login=ALICE.username)
        if "password" in form.fields:
            return browser.submit(page, form, password=ALICE.password)
    raise AssertionError(f"nothing to answer on {page.url}:\n{page.text[:2000]}")


@pytest.fixture(scope="module")
def provider(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIDServer]:
    """The server, with Alice and one client."""
    issuer = f"http://127.0.0.1:{(port := free_ports(1)[0])}"
    setup = {
        "redirectURI": callback_url(origin),
        "clientID": "martlet",
        "clientSecret": "a-secret-for-canaille",
        "username": ALICE.username,
        "password": ALICE.password,
        "name": ALICE.name,
        "email": ALICE.email,
    }
    # Its web server does not catch SIGTERM.
    with running(
        [sys.executable, SCRIPT, str(port), json.dumps(setup)],
        ready_url=f"{issuer}/.well-known/openid-configuration",
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        yield OpenIDServer(
            issuer, setup["clientID"], setup["clientSecret"], sign_in, verifies_email=False
        )


class TestCanaille(LoginContract):
    """The contract with Canaille."""

    def test_refuses_an_answer_without_the_issuer_that_was_announced(
        self, party: RelyingParty
    ) -> None:
        """Its metadata says that every answer names its issuer (RFC 9207 section 2.4)."""
        browser = ScriptedBrowser()
        anonymous = without_parameter(party.callback(browser), "iss")
        assert refusal(browser, anonymous) == (400, "OAUTH_STATE_INVALID")
