"""Canaille (PyPI, Python over Authlib): name and password on two pages, with CSRF tokens."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from joserfc.jwk import ECKey

from forms import form_with, forms
from login_contract import LoginContract, refusal, session_of, signed_in, without_parameter
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
from scripted_browser import ScriptedBrowser, query_of
from token_contract import RevocationContract, TokenContract, access_token, jwt_parts
from wire import Wire

SCRIPT = Path(__file__).parent / "servers" / "canaille_server.py"
SECRET = "a-secret-for-canaille"
KEY = ECKey.generate_key("P-256", parameters={"kid": "key", "use": "sig", "alg": "ES256"})


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


def sign_out(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Says yes to the question whether to sign out."""
    return browser.submit(page, form_with(page.text, "answer"), answer="logout")


def setups() -> dict[str, dict[str, Any]]:
    """The clients in Canaille's terms, by the provider's id in the service."""
    return {
        PROVIDER_ID: {"id": "martlet", "authentication": "client_secret_basic", "secret": SECRET},
        "post": {
            "id": "posting",
            "authentication": "client_secret_post",
            "secret": SECRET,
            "algorithm": "ES256",
        },
        "key": {
            "id": "keyed",
            "authentication": "private_key_jwt",
            "keys": {"keys": [KEY.as_dict(private=False)]},
            "userinfoAlgorithm": "RS256",
        },
    }


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server, with Alice and a client for each way of proving itself."""
    clients = setups()
    for provider_id, client in clients.items():
        client["redirectURI"] = callback_url(origin, provider_id)
        client["logoutURI"] = logout_callback_url(origin, provider_id)
    setup = {
        "host": urlsplit(wire.base).netloc,
        "clients": list(clients.values()),
        "username": ALICE.username,
        "password": ALICE.password,
        "name": ALICE.name,
        "email": ALICE.email,
    }

    def knows(browser: ScriptedBrowser) -> bool:
        return browser.get(f"{wire.base}/profile/{ALICE.username}").status_code == 200

    # Its web server does not catch SIGTERM.
    with running(
        [sys.executable, SCRIPT, str(wire.inner_port), json.dumps(setup)],
        ready_url=f"{wire.base}/.well-known/openid-configuration",
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        yield OpenIDServer(
            issuer=wire.base,
            wire=wire,
            clients={
                PROVIDER_ID: Client("martlet", SECRET),
                "post": Client(
                    "posting",
                    SECRET,
                    settings={
                        "clientAuthentication": "client_secret_post",
                        "signingAlgorithms": ["ES256"],
                    },
                ),
                "key": Client(
                    "keyed",
                    settings={
                        "clientAuthentication": "private_key_jwt",
                        "privateKey": KEY.as_pem(private=True).decode(),
                        "keyID": "key",
                        "signsAuthorizationRequests": True,
                        "userInfoSignedResponseAlg": "RS256",
                    },
                ),
            },
            sign_in=sign_in,
            verifies_email=False,
            sign_out=sign_out,
            pause=wait_for_the_next_second,
            knows=knows,
        )


class TestCanaille(LoginContract, TokenContract, RevocationContract, LogoutContract):
    """The contract with Canaille, and what else it offers."""

    rotates = True

    def test_proves_the_client_by_a_signed_assertion_for_the_token_endpoint(
        self, party: RelyingParty
    ) -> None:
        """`private_key_jwt`."""
        browser = signed_in(party, "key")
        access_token(party, browser, "key")
        endpoint = party.provider.metadata()["token_endpoint"]
        exchange, refresh = party.provider.wire.to(endpoint, client_id="keyed")[-2:]
        for request in (exchange, refresh):
            header, claims = jwt_parts(request.form["client_assertion"])
            assert (header["alg"], header["kid"]) == ("ES256", "key")
            assert claims["aud"] == endpoint
            assert "authorization" not in request.headers
            assert request.status == 200

    def test_signs_the_authorization_request_and_reads_a_signed_profile(
        self, party: RelyingParty
    ) -> None:
        """JAR (RFC 9101), and OpenID Connect Core section 5.3.2."""
        user = session_of(signed_in(party, "key"), party)
        metadata = party.provider.metadata()
        asked = party.provider.wire.to(metadata["authorization_endpoint"])[-1]
        query = query_of(asked.target)
        assert query.keys() == {"response_type", "client_id", "scope", "request"}
        assert {"state", "redirect_uri"} <= jwt_parts(query["request"])[1].keys()
        profile = party.provider.wire.to(metadata["userinfo_endpoint"])[-1]
        assert profile.answer_headers["content-type"] == "application/jwt"
        assert user is not None and user["email"] == ALICE.email
        assert jwt_parts(profile.answer.decode())[1]["email"] == ALICE.email

    def test_verifies_an_id_token_signed_with_es256(self, party: RelyingParty) -> None:
        """And the client sends its secret as a parameter: `client_secret_post`."""
        signed_in(party, "post")
        endpoint = party.provider.metadata()["token_endpoint"]
        exchange = party.provider.wire.to(endpoint, client_id="posting")[-1]
        assert exchange.form["client_secret"] == SECRET
        assert jwt_parts(exchange.json["id_token"])[0]["alg"] == "ES256"

    def test_revokes_with_the_proof_that_the_endpoint_for_it_lists(
        self, party: RelyingParty
    ) -> None:
        """Its token endpoint takes the secret as a parameter, its revocation endpoint does not."""
        browser = signed_in(party, "post")
        metadata = party.provider.metadata()
        assert metadata["revocation_endpoint_auth_methods_supported"] == ["client_secret_basic"]
        assert party.change(browser, "DELETE", "/api/auth/account").status_code == 200
        revocation = party.provider.wire.to(metadata["revocation_endpoint"])[-1]
        assert revocation.headers["authorization"].startswith("Basic ")
        assert revocation.status == 200

    def test_refuses_an_answer_without_the_issuer_that_was_announced(
        self, party: RelyingParty
    ) -> None:
        """Its metadata says that every answer names its issuer (RFC 9207 section 2.4)."""
        browser = ScriptedBrowser()
        anonymous = without_parameter(party.callback(browser), "iss")
        assert refusal(browser, anonymous) == (400, "OAUTH_STATE_INVALID")
