"""What must hold with every OpenID provider at which a person can sign out."""

from urllib.parse import urlencode

from login_contract import session_of, signed_in
from relying_party import PROVIDER_ID, RelyingParty, logout_callback_url
from scripted_browser import ScriptedBrowser, query_of
from token_contract import granted
from waiting import wait_until


def sign_out_everywhere(
    party: RelyingParty, browser: ScriptedBrowser, provider_id: str = PROVIDER_ID
) -> str:
    """Signs out at the service, then at the provider; gives the page where that ends."""
    answer = party.change(browser, "POST", "/api/auth/logout")
    path = answer.json()["providerLogoutURL"]
    assert path == f"/api/auth/oauth/{provider_id}/logout"
    assert party.provider.sign_out is not None
    return browser.walk(
        party.origin + path, until=f"{party.origin}/auth/login", sign_in=party.provider.sign_out
    )


class LogoutContract:
    """RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0)."""

    def test_signs_out_at_the_provider_too(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        knows = party.provider.knows
        assert knows is None or knows(browser)
        end = sign_out_everywhere(party, browser)
        assert query_of(end) == {"signed_out": "1"}
        assert browser.get(end).status_code == 200
        assert session_of(browser, party) is None
        assert knows is None or not knows(browser)

    def test_says_which_session_ends_and_where_to_return(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        endpoint = party.provider.metadata()["end_session_endpoint"]
        sign_out_everywhere(party, browser)
        query = query_of(party.provider.wire.to(endpoint)[-1].target)
        assert query["client_id"] == party.provider.client.id
        assert query["id_token_hint"].count(".") == 2
        assert query["post_logout_redirect_uri"].endswith(f"/oauth/{PROVIDER_ID}/logout/callback")


def end_session_at_the_provider(
    party: RelyingParty, browser: ScriptedBrowser, provider_id: str = PROVIDER_ID
) -> None:
    """Signs out at the provider alone, as after another of its applications asked for it."""
    endpoint = party.provider.metadata(provider_id)["end_session_endpoint"]
    query = {
        "id_token_hint": granted(party, provider_id)["id_token"],
        "post_logout_redirect_uri": logout_callback_url(party.origin, provider_id),
    }
    assert session_of(browser, party) is not None
    assert party.provider.sign_out is not None
    browser.walk(
        f"{endpoint}?{urlencode(query)}",
        until=f"{party.origin}/auth/login",
        sign_in=party.provider.sign_out,
    )


class BackChannelContract:
    """Back-channel logout (OpenID Connect Back-Channel Logout 1.0)."""

    def test_ends_the_session_that_the_provider_says_has_ended(self, party: RelyingParty) -> None:
        other = signed_in(party)
        browser = signed_in(party)
        end_session_at_the_provider(party, browser)
        # Glewlwyd may answer the browser before it has told the service.
        wait_until(lambda: session_of(browser, party) is None, seconds=30)
        assert session_of(other, party) is not None
