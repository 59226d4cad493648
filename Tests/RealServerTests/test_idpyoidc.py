"""idpyoidc (PyPI, Python): a library, which a few lines of Flask carry over HTTP."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from joserfc.jwk import ECKey

from forms import form_with
from login_contract import LoginContract, signed_in
from logout_contract import BackChannelContract, LogoutContract
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
from token_contract import RevocationContract, TokenContract, access_token, jwt_parts
from wire import Wire

SCRIPT = Path(__file__).parent / "servers" / "idpyoidc_server.py"
SECRET = "a-secret-for-idpyoidc-of-32-bytes-or-more"
KEY = ECKey.generate_key("P-256", parameters={"kid": "key", "use": "sig", "alg": "ES256"})

# Only so does it give a refresh token.
OFFLINE = {"scopes": ["openid", "profile", "email", "offline_access"], "prompt": "consent"}

SETTINGS: dict[str, dict[str, Any]] = {
    PROVIDER_ID: OFFLINE,
    "post": {
        **OFFLINE,
        "clientAuthentication": "client_secret_post",
        "responseMode": "form_post",
        "signingAlgorithms": ["ES256"],
    },
    "hmac": {
        **OFFLINE,
        "clientAuthentication": "client_secret_jwt",
        "clientAssertionAudience": "calledEndpoint",
    },
    "key": {
        **OFFLINE,
        "clientAuthentication": "private_key_jwt",
        "clientAssertionAudience": "calledEndpoint",
        "privateKey": KEY.as_pem(private=True).decode(),
        "keyID": "key",
    },
}


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in; it asks for no consent."""
    form = form_with(page.text, "password")
    return browser.submit(page, form, username=ALICE.username, password=ALICE.password)


def sign_out(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Presses the one button."""
    return browser.submit(page, form_with(page.text, "sjwt"))


def registration(origin: str, provider_id: str, settings: dict[str, Any]) -> dict[str, Any]:
    """A client in idpyoidc's terms."""
    method = settings.get("clientAuthentication", "client_secret_basic")
    proof = (
        {"keys": {"keys": [KEY.as_dict(private=False)]}}
        if method == "private_key_jwt"
        else {"client_secret": SECRET}
    )
    algorithms = settings.get("signingAlgorithms", ["RS256"])
    base = f"{origin}/api/auth/oauth/{provider_id}"
    return {
        "client_id": provider_id,
        "redirect_uris": [(callback_url(origin, provider_id), {})],
        "post_logout_redirect_uri": (logout_callback_url(origin, provider_id), ""),
        "backchannel_logout_uri": f"{base}/backchannel-logout",
        "token_endpoint_auth_method": method,
        "id_token_signed_response_alg": algorithms[0],
        **proof,
    }


def linked(party: RelyingParty, provider_id: str) -> ScriptedBrowser:
    """A browser in which Alice has signed in, and linked what another client knows of her."""
    browser = signed_in(party)
    party.link(browser, provider_id)
    return browser


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server, with Alice and a client for each way of proving itself."""
    setup = {
        "base": wire.base,
        "clients": [registration(origin, *each) for each in SETTINGS.items()],
        "username": ALICE.username,
        "password": ALICE.password,
        "name": ALICE.name,
        "email": ALICE.email,
    }
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
                name: Client(name, None if name == "key" else SECRET, settings=settings)
                for name, settings in SETTINGS.items()
            },
            sign_in=sign_in,
            verifies_email=True,
            sign_out=sign_out,
        )


class TestIdpyoidc(
    LoginContract, TokenContract, RevocationContract, LogoutContract, BackChannelContract
):
    """The contract with idpyoidc, and what else it offers."""

    rotates = True

    @pytest.mark.parametrize(("provider_id", "algorithm"), [("hmac", "HS256"), ("key", "ES256")])
    def test_proves_the_client_by_a_signed_assertion(
        self, party: RelyingParty, provider_id: str, algorithm: str
    ) -> None:
        """`client_secret_jwt` and `private_key_jwt`, at the token and the revocation endpoint."""
        browser = linked(party, provider_id)
        access_token(party, browser, provider_id)
        metadata = party.provider.metadata()
        exchange, refresh = party.provider.wire.to(
            metadata["token_endpoint"], client_id=provider_id
        )[-2:]
        unlinked = party.change(browser, "DELETE", f"/api/auth/oauth/{provider_id}/unbind")
        assert unlinked.status_code == 200, unlinked.text
        revocation = party.provider.wire.to(metadata["revocation_endpoint"])[-1]
        for request in (exchange, refresh, revocation):
            header, claims = jwt_parts(request.form["client_assertion"])
            assert header["alg"] == algorithm
            assert claims["aud"] == party.provider.wire.base + request.path
            assert "client_secret" not in request.form
            assert request.status == 200

    def test_takes_the_answer_by_a_form_post(self, party: RelyingParty) -> None:
        """With an ID token signed with ES256; the client sends its secret as a parameter."""
        linked(party, "post")
        endpoint = party.provider.metadata()["token_endpoint"]
        exchange = party.provider.wire.to(endpoint, client_id="post")[-1]
        assert exchange.form["client_secret"] == SECRET
        assert "authorization" not in exchange.headers
        assert jwt_parts(exchange.json["id_token"])[0]["alg"] == "ES256"
