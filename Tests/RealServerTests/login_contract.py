"""What must hold with every OpenID provider; each server's module runs these tests."""

from urllib.parse import urlencode, urlsplit

from relying_party import PROVIDER_ID, RelyingParty
from scripted_browser import ScriptedBrowser, query_of

JSON = {"Accept": "application/json"}

USED = (400, "OAUTH_STATE_INVALID")
"""The refusal of a callback whose code, state and cookie come a second time."""


def session_of(browser: ScriptedBrowser, party: RelyingParty) -> dict | None:
    """Who is signed in, as the service tells an application; None for nobody."""
    answer = browser.get(f"{party.origin}/api/auth/session", **JSON)
    assert answer.status_code in (200, 401), answer.text
    return answer.json()["user"] if answer.status_code == 200 else None


def signed_in(party: RelyingParty, provider_id: str = PROVIDER_ID) -> ScriptedBrowser:
    """A new browser in which the person has signed in."""
    browser = ScriptedBrowser()
    landing = browser.get(party.callback(browser, provider_id=provider_id))
    assert landing.status_code in (302, 303), landing.text
    assert landing.headers["Location"] == "/auth/login?oauth_success=1"
    return browser


def refusal(browser: ScriptedBrowser, url: str) -> tuple[int, str]:
    """The status and the error code with which an application's request is refused."""
    answer = browser.get(url, **JSON)
    assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.text
    return answer.status_code, answer.json()["code"]


def with_parameter(url: str, name: str, value: str) -> str:
    """The URL with one parameter of its query changed or added."""
    parts = urlsplit(url)
    query = query_of(url) | {name: value}
    return parts._replace(query=urlencode(query)).geturl()


def without_parameter(url: str, name: str) -> str:
    """The URL with one parameter of its query left out."""
    parts = urlsplit(url)
    query = {key: each for key, each in query_of(url).items() if key != name}
    return parts._replace(query=urlencode(query)).geturl()


class LoginContract:
    """Sign-in from end to end with a provider that nobody of this project wrote."""

    def test_signs_in_and_says_who_it_is(self, party: RelyingParty) -> None:
        user = session_of(signed_in(party), party)
        assert user is not None
        assert user["email"] == party.provider.person.email
        assert user["name"] == party.provider.person.name

    def test_takes_the_email_for_verified_only_if_the_provider_says_so(
        self, party: RelyingParty
    ) -> None:
        user = session_of(signed_in(party), party)
        assert user is not None
        assert user["emailVerified"] is party.provider.verifies_email

    def test_shows_the_person_and_the_linked_account_on_the_profile_page(
        self, party: RelyingParty
    ) -> None:
        profile = signed_in(party).get(f"{party.origin}/profile")
        assert profile.status_code == 200
        assert party.provider.person.name in profile.text
        assert party.provider.person.email in profile.text
        assert "Example Corporation" in profile.text

    def test_signs_out(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        answer = browser.session.post(
            f"{party.origin}/api/auth/logout",
            headers={"Origin": party.origin},
            allow_redirects=False,
        )
        assert answer.headers["Location"].startswith("/auth/login?signed_out=1")
        assert session_of(browser, party) is None
        assert (
            browser.get(f"{party.origin}/profile").headers["Location"].startswith("/auth/login?")
        )

    def test_ends_the_session_on_the_server_too(self, party: RelyingParty) -> None:
        browser = signed_in(party)
        kept = browser.session.cookies.copy()
        browser.session.post(f"{party.origin}/api/auth/logout", headers={"Origin": party.origin})
        browser.session.cookies = kept
        assert session_of(browser, party) is None

    def test_knows_the_person_again_in_another_browser(self, party: RelyingParty) -> None:
        first, second = session_of(signed_in(party), party), session_of(signed_in(party), party)
        assert first is not None and second is not None
        assert first["id"] == second["id"]

    def test_refuses_a_callback_that_was_used(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        callback = party.callback(browser)
        assert browser.get(callback).status_code == 302
        assert refusal(browser, callback) == (400, "OAUTH_STATE_INVALID")

    def test_refuses_a_callback_that_was_used_when_the_flow_cookie_was_kept(
        self, party: RelyingParty
    ) -> None:
        """The provider is asked before the flow is used up (decision 7): either may refuse."""
        browser = ScriptedBrowser()
        callback = party.callback(browser)
        kept = browser.session.cookies.copy()
        assert browser.get(callback).status_code == 302
        browser.session.cookies = kept
        assert refusal(browser, callback) == USED
        assert session_of(browser, party) is None

    def test_refuses_a_callback_in_another_browser(self, party: RelyingParty) -> None:
        callback = party.callback(ScriptedBrowser())
        stranger = ScriptedBrowser()
        assert refusal(stranger, callback) == (400, "OAUTH_STATE_INVALID")
        assert session_of(stranger, party) is None

    def test_refuses_a_tampered_state(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        callback = party.callback(browser)
        state = query_of(callback)["state"]
        changed = with_parameter(callback, "state", ("B" if state[0] == "A" else "A") + state[1:])
        assert refusal(browser, changed) == (400, "OAUTH_STATE_INVALID")
        assert session_of(browser, party) is None

    def test_refuses_the_answer_of_another_issuer(self, party: RelyingParty) -> None:
        """RFC 9207 section 2.4: two providers were mixed up."""
        browser = ScriptedBrowser()
        mixed_up = with_parameter(party.callback(browser), "iss", "https://other.example")
        assert refusal(browser, mixed_up) == (400, "OAUTH_STATE_INVALID")
        assert session_of(browser, party) is None

    def test_refuses_a_code_that_the_provider_never_gave(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        invented = with_parameter(party.callback(browser), "code", "invented")
        assert refusal(browser, invented) == (400, "OAUTH_TOKEN_EXCHANGE_FAILED")
        assert session_of(browser, party) is None

    def test_refuses_a_code_of_another_flow(self, party: RelyingParty) -> None:
        """The code was stolen from another browser: PKCE (RFC 7636) or the nonce must catch it."""
        stolen = query_of(party.callback(ScriptedBrowser()))["code"]
        thief = ScriptedBrowser()
        injected = with_parameter(party.callback(thief), "code", stolen)
        assert refusal(thief, injected)[0] == 400
        assert session_of(thief, party) is None

    def test_logs_no_secret(self, party: RelyingParty) -> None:
        browser = ScriptedBrowser()
        callback = party.callback(browser)
        code = query_of(callback)["code"]
        assert browser.get(callback).status_code == 302
        invented = ScriptedBrowser()
        invented.get(with_parameter(party.callback(invented), "code", "invented-and-secret"))
        cookies = [cookie.value for cookie in browser.session.cookies if cookie.value]
        secrets = [party.provider.client.secret, code, "invented-and-secret", *cookies]
        assert not [secret for secret in secrets if secret in party.server.output]
