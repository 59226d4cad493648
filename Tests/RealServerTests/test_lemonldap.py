"""LemonLDAP::NG (Debian, Perl): a portal with forms, and people of its own for demonstrations."""

import os
from collections.abc import Iterator

import pytest
import requests

import lemonldap
from forms import form_with, forms
from login_contract import LoginContract
from logout_contract import LogoutContract
from processes import running
from relying_party import (
    PROVIDER_ID,
    Client,
    OpenIDServer,
    Person,
    RelyingParty,
    callback_url,
    logout_callback_url,
)
from scripted_browser import ScriptedBrowser, query_of
from token_contract import TokenContract
from wire import Wire

SECRET = "a-secret-for-lemonldap"
DOCTOR = Person("dwho", "dwho", "Doctor Who", "dwho@badwolf.org")


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in, and agrees to what is asked for, if anything is."""
    for form in forms(page.text):
        if "user" in form.fields:
            return browser.submit(page, form, user=DOCTOR.username, password=DOCTOR.password)
    return confirm(browser, page)


def confirm(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Says yes: the form is sent as it is."""
    return browser.submit(page, form_with(page.text, "confirm"))


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server, with two clients."""
    settings = {
        PROVIDER_ID: {},
        "post": {"clientAuthentication": "client_secret_post", "responseMode": "form_post"},
    }
    registered = {
        provider_id: lemonldap.client(
            provider_id,
            SECRET,
            callback_url(origin, provider_id),
            logout_callback_url(origin, provider_id),
            # After it, the next sign-out in the same browser ends at its own page of signing in.
            asks_for_consent=provider_id != PROVIDER_ID,
        )
        for provider_id in settings
    }
    folder = tmp_path_factory.mktemp("provider")
    environment = lemonldap.prepare(folder, wire.base, registered)

    def knows(browser: ScriptedBrowser) -> bool:
        return not any(
            "password" in form.fields for form in forms(browser.get(f"{wire.base}/").text)
        )

    # Its web server does not catch SIGTERM.
    with running(
        [
            lemonldap.program(),
            *("--env", "production", "--host", "127.0.0.1", "--port", str(wire.inner_port)),
            folder / "app.psgi",
        ],
        ready_url=f"{wire.base}/.well-known/openid-configuration",
        folder=folder,
        environment=os.environ | environment,
        exit_statuses=[0, -15],
    ):
        yield OpenIDServer(
            issuer=wire.base,
            wire=wire,
            clients={
                provider_id: Client(provider_id, SECRET, settings=each)
                for provider_id, each in settings.items()
            },
            sign_in=sign_in,
            verifies_email=False,
            person=DOCTOR,
            sign_out=confirm,
            knows=knows,
        )


class TestLemonLDAP(LoginContract, TokenContract, LogoutContract):
    """The contract with LemonLDAP::NG, and what else it offers."""

    rotates = False

    def test_takes_the_answer_by_a_form_post(self, party: RelyingParty) -> None:
        """And the client sends its secret as a parameter: `client_secret_post`."""
        browser = ScriptedBrowser()
        callback = party.callback(browser, provider_id="post")
        assert query_of(callback).keys() == {"posted"}
        assert browser.get(callback).headers["Location"] == "/auth/login?oauth_success=1"
        endpoint = party.provider.metadata()["token_endpoint"]
        exchange = party.provider.wire.to(endpoint, client_id="post")[-1]
        assert exchange.form["client_secret"] == SECRET
        assert "authorization" not in exchange.headers
