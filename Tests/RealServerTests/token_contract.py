"""What must hold with every OpenID provider that gives refresh tokens."""

import base64
import json
from typing import Any, ClassVar

import requests

from login_contract import signed_in
from relying_party import PROVIDER_ID, RelyingParty
from scripted_browser import ScriptedBrowser


def granted(party: RelyingParty, provider_id: str = PROVIDER_ID) -> dict:
    """The token answer of the latest login."""
    endpoint = party.provider.metadata(provider_id)["token_endpoint"]
    return party.provider.wire.to(endpoint, grant_type="authorization_code")[-1].json


def jwt_parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and the claims of a JWT."""
    header, claims, _ = token.split(".")
    decoded = [base64.urlsafe_b64decode(part + "==") for part in (header, claims)]
    return json.loads(decoded[0]), json.loads(decoded[1])


def access_token(
    party: RelyingParty, browser: ScriptedBrowser, provider_id: str = PROVIDER_ID
) -> str:
    """The access token that the backend gets: refreshed, since each lives a minute only."""
    party.provider.pause()
    answer = party.access_token(browser, provider_id)
    assert answer.status_code == 200, answer.text
    return answer.json()["accessToken"]


def refresh_by_hand(party: RelyingParty, refresh_token: str) -> requests.Response:
    """Uses a refresh token with the client's secret, past the service."""
    client = party.provider.client
    assert client.secret is not None
    return requests.post(
        party.provider.metadata()["token_endpoint"],
        data={"grant_type": "refresh_token", "refresh_token": refresh_token},
        auth=(client.id, client.secret),
        timeout=30,
    )


class TokenContract:
    """The tokens that are kept for the application's backend."""

    rotates: ClassVar[bool]
    """Whether each refresh gives a new refresh token and ends the old one."""

    def test_reads_the_profile_with_the_access_token(self, party: RelyingParty) -> None:
        signed_in(party)
        asked = party.provider.wire.to(party.provider.metadata()["userinfo_endpoint"])[-1]
        assert asked.headers["authorization"] == f"Bearer {granted(party)['access_token']}"
        assert asked.status == 200
        assert asked.json["email"] == party.provider.person.email

    def test_gives_the_backend_a_refreshed_token(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        first = granted(party)
        metadata = party.provider.metadata()
        token = access_token(party, browser)
        refresh = party.provider.wire.to(metadata["token_endpoint"], grant_type="refresh_token")[
            -1
        ]
        assert refresh.form["refresh_token"] == first["refresh_token"]
        assert refresh.json["access_token"] == token != first["access_token"]
        profile = requests.get(
            metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"}, timeout=30
        )
        assert profile.json()["email"] == party.provider.person.email

    def test_goes_on_with_the_latest_refresh_token(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        given = [granted(party)["refresh_token"]]
        endpoint = party.provider.metadata()["token_endpoint"]
        for _ in range(3):
            access_token(party, browser)
            refresh = party.provider.wire.to(endpoint, grant_type="refresh_token")[-1]
            assert refresh.form["refresh_token"] == given[-1]
            given.append(refresh.json.get("refresh_token", given[-1]))
        assert len(set(given)) == (4 if self.rotates else 1)
        party.provider.pause()
        assert refresh_by_hand(party, given[0]).ok is not self.rotates

    def test_logs_no_token(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        first = granted(party)
        names = ("access_token", "refresh_token", "id_token")
        tokens = [access_token(party, browser), *(first[name] for name in names)]
        assert not [token for token in tokens if token in party.server.output]


class RevocationContract:
    """The end of the tokens, at providers that take them back."""

    def test_revokes_the_tokens_of_a_deleted_account(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        access_token(party, browser)
        metadata = party.provider.metadata() | dict(party.provider.client.settings)
        refresh = party.provider.wire.to(metadata["token_endpoint"], grant_type="refresh_token")[
            -1
        ]
        latest = refresh.json.get("refresh_token", refresh.form["refresh_token"])
        assert party.change(browser, "DELETE", "/api/auth/account").status_code == 200
        endpoint = metadata.get("revocationEndpoint", metadata.get("revocation_endpoint"))
        revocation = party.provider.wire.to(endpoint, token=latest)[-1]
        assert revocation.form["token_type_hint"] == "refresh_token"
        assert revocation.status == 200
        party.provider.pause()
        assert not refresh_by_hand(party, latest).ok
