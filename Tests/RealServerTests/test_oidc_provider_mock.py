"""oidc-provider-mock (PyPI, Python). It does not enforce PKCE, so it proves nothing of that."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from forms import form_with
from login_contract import LoginContract, signed_in
from logout_contract import LogoutContract
from processes import running
from relying_party import ALICE, PROVIDER_ID, Client, OpenIDServer, RelyingParty, callback_url
from scripted_browser import ScriptedBrowser
from token_contract import TokenContract
from wire import Wire


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """The one page asks for a subject and nothing else."""
    return browser.submit(page, form_with(page.text, "sub"), sub=ALICE.username)


def sign_out(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Presses the one button."""
    return browser.submit(page, form_with(page.text, "redirect_uri"))


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server, with two clients registered by RFC 7591."""
    claims = {
        "sub": ALICE.username,
        "name": ALICE.name,
        "email": ALICE.email,
        "email_verified": True,
    }
    options = {
        "--port": str(wire.inner_port),
        "--require-registration": "true",
        # So short that each token is refreshed before it is given to a backend.
        "--token-max-age": "60",
        "--user-claims": json.dumps(claims),
    }
    metadata = f"{wire.base}/.well-known/openid-configuration"
    # Its web server does not catch SIGTERM.
    with running(
        [
            Path(sys.executable).with_name("oidc-provider-mock"),
            *(text for option in options.items() for text in option),
        ],
        ready_url=metadata,
        folder=tmp_path_factory.mktemp("provider"),
        exit_statuses=[0, -15],
    ):
        endpoint = requests.get(metadata, timeout=10).json()["registration_endpoint"]
        posting = "client_secret_post"
        yield OpenIDServer(
            issuer=wire.base,
            wire=wire,
            clients={
                PROVIDER_ID: registered(endpoint, callback_url(origin)),
                "post": registered(
                    endpoint, callback_url(origin, "post"), token_endpoint_auth_method=posting
                ),
            },
            sign_in=sign_in,
            verifies_email=True,
            sign_out=sign_out,
        )


def registered(endpoint: str, redirect_uri: str, **metadata: str) -> Client:
    """Registers a client, which must prove itself as it says there."""
    answer = requests.post(
        endpoint, json={"redirect_uris": [redirect_uri], **metadata}, timeout=10
    ).json()
    method = answer["token_endpoint_auth_method"]
    return Client(
        answer["client_id"], answer["client_secret"], settings={"clientAuthentication": method}
    )


class TestOIDCProviderMock(LoginContract, TokenContract, LogoutContract):
    """The contract with oidc-provider-mock."""

    rotates = False

    def test_sends_the_secret_as_a_parameter(self, party: RelyingParty) -> None:
        """`client_secret_post`."""
        party.link(signed_in(party), "post")
        client = party.provider.clients["post"]
        endpoint = party.provider.metadata()["token_endpoint"]
        exchange = party.provider.wire.to(endpoint, client_id=client.id)[-1]
        assert exchange.form["client_secret"] == client.secret
        assert "authorization" not in exchange.headers
        assert exchange.status == 200
