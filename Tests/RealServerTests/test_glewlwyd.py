"""Glewlwyd (Debian, C): the login page is JavaScript over a JSON API, which is called directly."""

from collections.abc import Iterator

import pytest
import requests
from joserfc.jwk import ECKey, RSAKey

import glewlwyd
from login_contract import LoginContract, session_of, signed_in
from logout_contract import BackChannelContract, LogoutContract, end_session_at_the_provider
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
from token_contract import RevocationContract, TokenContract, access_token, granted, jwt_parts
from wire import Wire

SECRET = "a-secret-for-glewlwyd"
KEY = ECKey.generate_key("P-256", parameters={"kid": "key", "use": "sig", "alg": "ES256"})


def sign_in(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Signs in, grants the scopes, and goes on to where the login page would."""
    asked = query_of(page.url)
    api = page.url.partition("/login.html")[0] + "/api"
    password = {"username": ALICE.username, "password": ALICE.password}
    answer = browser.session.post(f"{api}/auth/", json=password, timeout=30)
    assert answer.status_code == 200, answer.text
    scope = asked.get("scope", " ".join(glewlwyd.SCOPES))
    answer = browser.session.put(
        f"{api}/auth/grant/{asked['client_id']}", json={"scope": scope}, timeout=30
    )
    assert answer.status_code == 200, answer.text
    return browser.get(asked["callback_url"] + "&g_continue")


def sign_out(browser: ScriptedBrowser, page: requests.Response) -> requests.Response:
    """Ends the session as the page does: with all clients, and here; then goes on."""
    asked = query_of(page.url)
    api = page.url.partition("/login.html")[0] + "/api"
    session = f"{api}/{asked['plugin']}/session/{asked['sid']}"
    told = browser.get(f"{session}/{asked['client_id']}", Accept="application/json").json()
    for client in told["client"]:
        show_frame(client["frontchannel_logout_uri"], iss=told["iss"], sid=told["sid"])
    answer = browser.session.delete(session, timeout=30)
    assert answer.status_code == 200, answer.text
    browser.session.delete(f"{api}/auth/", timeout=30)
    return browser.get(asked["callback_url"])


def show_frame(url: str, **query: str) -> None:
    """Loads a frame of another site: `SameSite=Lax` cookies do not go with it."""
    answer = requests.get(url, params=query, timeout=30)
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def provider(
    origin: str, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenIDServer]:
    """The server with Alice, and a client for each way of proving itself."""
    folder = tmp_path_factory.mktemp("provider")
    configuration = glewlwyd.prepare(folder, wire.base, wire.inner_port)
    with running(
        [glewlwyd.program(), f"--config-file={configuration}"],
        ready_url=f"{wire.base}/api/",
        folder=folder,
    ):
        administration = glewlwyd.Administration(wire.base)
        clients = clients_of(administration)
        register(administration, clients, origin)
        administration.add_person()

        def knows(browser: ScriptedBrowser) -> bool:
            return browser.get(f"{wire.base}/api/profile_list").status_code == 200

        yield OpenIDServer(
            issuer=clients[PROVIDER_ID].issuer,
            wire=wire,
            clients=clients,
            sign_in=sign_in,
            verifies_email=False,
            sign_out=sign_out,
            knows=knows,
        )


def clients_of(administration: glewlwyd.Administration) -> dict[str, Client]:
    """One client of each kind, by the provider's id in the service, and their issuers."""
    rsa = RSAKey.generate_key(2048, parameters={"kid": "rsa", "use": "sig", "alg": "RS256"})
    ec = ECKey.generate_key("P-256", parameters={"kid": "ec", "use": "sig", "alg": "ES256"})
    oidc = administration.add_provider("oidc", rsa)
    elliptic = administration.add_provider(
        "elliptic",
        ec,
        **{
            "oauth-dpop-allowed": True,
            "oauth-dpop-iat-duration": 60,
            "oauth-dpop-nonce-mandatory": True,
            "oauth-dpop-nonce-counter": 5,
            # It writes the issuer percent-encoded into a form that it posts.
            "oauth-as-iss-id": False,
        },
    )
    by_key = {
        "clientAuthentication": "private_key_jwt",
        "clientAssertionAudience": "calledEndpoint",
        "privateKey": KEY.as_pem(private=True).decode(),
        "keyID": "key",
    }
    return {
        PROVIDER_ID: Client("martlet", SECRET, oidc),
        "post": Client(
            "posting",
            SECRET,
            elliptic,
            {"clientAuthentication": "client_secret_post", "responseMode": "form_post"},
        ),
        "key": Client("keyed", None, oidc, by_key | {"pushesAuthorizationRequests": True}),
        "bound": Client("bound", SECRET, elliptic, {"usesDPoP": True}),
        "signing": Client("signing", None, oidc, by_key | {"signsAuthorizationRequests": True}),
        "linked": Client("linked", None, oidc, by_key),
        "framed": Client("framed", SECRET, oidc),
    }


def register(
    administration: glewlwyd.Administration, clients: dict[str, Client], origin: str
) -> None:
    """Registers the clients, each with the addresses of its provider in the service."""
    administration.allow_logout_addresses()
    by_key = {
        "token_endpoint_auth_method": ["private_key_jwt"],
        "jwks": {"keys": [KEY.as_dict(private=False)]},
    }
    by_secret = {
        "client_secret": SECRET,
        "token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"],
    }
    for provider_id, client in clients.items():
        base = f"{origin}/api/auth/oauth/{provider_id}"
        channel = "front" if provider_id == "framed" else "back"
        administration.add_client(
            client.id,
            callback_url(origin, provider_id),
            post_logout_redirect_uris=[logout_callback_url(origin, provider_id)],
            **{f"{channel}channel_logout_uri": f"{base}/{channel}channel-logout"},
            **{f"{channel}channel_logout_session_required": "true"},
            **(by_key if client.secret is None else by_secret),
        )


def clients_with_tokens(party: RelyingParty, browser: ScriptedBrowser) -> set[str]:
    """The clients that have a good refresh token, as Glewlwyd tells the person."""
    tokens = browser.get(f"{party.provider.issuer}/token?limit=1000", Accept="application/json")
    return {token["client_id"] for token in tokens.json() if token["enabled"]}


class TestGlewlwyd(
    LoginContract, TokenContract, RevocationContract, LogoutContract, BackChannelContract
):
    """The contract with Glewlwyd, and what only Glewlwyd offers."""

    rotates = True

    def test_proves_the_client_by_a_signed_assertion_for_each_endpoint(
        self, party: RelyingParty
    ) -> None:
        """`private_key_jwt`, for the URL that is called, with a pushed request (RFC 9126)."""
        browser = signed_in(party, "key")
        access_token(party, browser, "key")
        metadata = party.provider.metadata("key")
        pushed = party.provider.wire.to(metadata["pushed_authorization_request_endpoint"])[-1]
        token_requests = party.provider.wire.to(metadata["token_endpoint"], client_id="keyed")
        assert pushed.status == 201
        assert {"code_challenge", "nonce", "state"} <= pushed.form.keys()
        for request in (pushed, *token_requests[-2:]):
            header, claims = jwt_parts(request.form["client_assertion"])
            assert (header["alg"], header["kid"]) == ("ES256", "key")
            assert claims["aud"] == party.provider.wire.base + request.path
            assert "authorization" not in request.headers
            assert "client_secret" not in request.form
        asked = query_of(party.provider.wire.to(metadata["authorization_endpoint"])[-1].target)
        assert asked.keys() - {"g_continue"} == {"client_id", "request_uri"}

    def test_signs_the_authorization_request(self, party: RelyingParty) -> None:
        """JAR (RFC 9101): outside the object is only what OpenID Connect wants repeated."""
        signed_in(party, "signing")
        endpoint = party.provider.metadata()["authorization_endpoint"]
        asked = query_of(party.provider.wire.to(endpoint)[-1].target)
        assert asked.keys() - {"g_continue"} == {"response_type", "client_id", "scope", "request"}
        claims = jwt_parts(asked["request"])[1]
        assert claims["redirect_uri"] == callback_url(party.origin, "signing")
        assert {"state", "nonce", "code_challenge"} <= claims.keys()

    def test_revokes_the_tokens_of_an_unlinked_account(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        party.link(browser, "linked")
        access_token(party, browser, "linked")
        assert {"linked", "martlet"} <= clients_with_tokens(party, browser)
        unlinked = party.change(browser, "DELETE", "/api/auth/oauth/linked/unbind")
        assert unlinked.status_code == 200, unlinked.text
        assert {"linked", "martlet"} & clients_with_tokens(party, browser) == {"martlet"}

    def test_takes_the_answer_by_a_form_post(self, party: RelyingParty) -> None:
        """And the client sends its secret as a parameter: `client_secret_post`."""
        browser = ScriptedBrowser()
        callback = party.callback(browser, provider_id="post")
        assert query_of(callback).keys() == {"posted"}
        assert browser.get(callback).headers["Location"] == "/auth/login?oauth_success=1"
        metadata = party.provider.metadata("post")
        exchange = party.provider.wire.to(metadata["token_endpoint"], client_id="posting")[-1]
        assert exchange.form["client_secret"] == SECRET
        assert "authorization" not in exchange.headers

    def test_verifies_an_id_token_signed_with_es256(self, party: RelyingParty) -> None:
        user = session_of(signed_in(party, "post"), party)
        assert user is not None and user["email"] == ALICE.email
        assert jwt_parts(granted(party, "post")["id_token"])[0]["alg"] == "ES256"

    def test_binds_the_tokens_to_a_key_with_the_nonce_of_the_server(
        self, party: RelyingParty
    ) -> None:
        """DPoP (RFC 9449): the first proof is refused, since the server wants its nonce in it."""
        browser = signed_in(party, "bound")
        metadata = party.provider.metadata("bound")
        refused, accepted = party.provider.wire.to(metadata["token_endpoint"])[-2:]
        profile = party.provider.wire.to(metadata["userinfo_endpoint"])[-1]
        assert refused.json["error"] == "use_dpop_nonce"
        nonce = refused.answer_headers["dpop-nonce"]
        assert jwt_parts(accepted.headers["dpop"])[1]["nonce"] == nonce
        token = accepted.json["access_token"]
        assert accepted.json["token_type"] == "DPoP"
        assert "jkt" in jwt_parts(token)[1]["cnf"]
        assert profile.headers["authorization"] == f"DPoP {token}"
        assert "ath" in jwt_parts(profile.headers["dpop"])[1]
        assert profile.status == 200
        assert jwt_parts(access_token(party, browser, "bound"))[1]["cnf"]["jkt"]

    def test_ends_the_session_in_a_frame_of_the_provider(self, party: RelyingParty) -> None:
        """OpenID Connect Front-Channel Logout 1.0."""
        other = signed_in(party, "framed")
        browser = signed_in(party, "framed")
        end_session_at_the_provider(party, browser, "framed")
        assert session_of(browser, party) is None
        assert session_of(other, party) is not None
