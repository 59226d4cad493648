"""A single-page application on the service's origin that uses the module `/auth/client.js`."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from visitor import NewVisitor, Visitor

APPLICATION = """<!doctype html>
<html lang="en">
<title>Application</title>
<button id="login">Sign in</button>
<button id="bind">Link</button>
<output id="outcome"></output>
<script type="module">
  import { Martlet, MartletError, martlet } from "/auth/client.js";
  Object.assign(window, { Martlet, MartletError, martlet });
  const outcome = document.querySelector("#outcome");
  const tell = (promise) => promise.then(
    (value) => { outcome.value = value.user?.name ?? value.provider; },
    (error) => { outcome.value = error.code; });
  document.querySelector("#login").onclick = () => tell(martlet.loginPopup("github"));
  document.querySelector("#bind").onclick = () => tell(martlet.bindPopup("google"));
</script>
</html>"""

EXPECTED = ("400", "401", "404", "net::ERR_FAILED")
"""What the browser says of answers that a test asks for."""


class Application:
    """The page, and calls of the module from it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.url = f"{visitor.demo.origin}/application"
        self.page.context.route(
            f"{self.url}*", lambda route: route.fulfill(content_type="text/html", body=APPLICATION)
        )

    def opens(self, query: str = "") -> "Application":
        self.page.goto(f"{self.url}?{query}" if query else self.url)
        self.page.wait_for_function("window.martlet !== undefined")
        return self

    def arrives(self, query: str) -> None:
        """Comes back from the service."""
        expect(self.page).to_have_url(f"{self.url}?{query}")
        # Playwright lets the service itself answer what a redirect leads to.
        self.opens(query)

    def calls(self, expression: str) -> Any:
        """The value of a call, or the code of its error."""
        return self.page.evaluate(
            f"(async () => {expression})().catch((error) => {{"
            " if (!(error instanceof MartletError)) throw error;"
            " return {code: error.code, status: error.status, detail: error.detail}; })"
        )

    def chooses_in_popup(self, button: str, act: Callable[[Page], None]) -> None:
        with self.page.expect_popup() as popup:
            self.page.click(button)
        act(popup.value)

    @property
    def outcome(self) -> Locator:
        return self.page.locator("#outcome")


@pytest.fixture
def application(visitor: Visitor) -> Iterator[Application]:
    # The browser reports calls that are refused.
    yield Application(visitor)
    visitor.complaints[:] = [
        each for each in visitor.complaints if not any(word in each for word in EXPECTED)
    ]


def test_says_that_nobody_is_signed_in(application: Application) -> None:
    application.opens()
    assert application.calls("martlet.session()") is None
    refused = application.calls("martlet.bindings()")
    assert (refused["code"], refused["status"]) == ("UNAUTHORIZED", 401)
    assert refused["detail"]


def test_signs_in_and_comes_back_to_the_application(application: Application) -> None:
    application.opens()
    application.page.evaluate("martlet.login('github', { redirectURI: '/application?from=login' })")
    application.visitor.continues_as("ada")
    application.arrives("from=login&oauth_success=1")
    assert application.calls("martlet.session()")["user"]["name"] == "Ada Lovelace"


def test_tells_sessions_bindings_and_status(application: Application) -> None:
    application.visitor.signs_in("github")
    application.opens()
    [binding] = application.calls("martlet.bindings()")
    assert (binding["provider"], binding["email"]) == ("github", "ada@example.com")
    assert application.calls("martlet.status('github')")["binding"]["id"] == binding["id"]
    assert application.calls("martlet.status('google')") == {"bound": False}
    [session] = application.calls("martlet.sessions()")
    assert session["current"] is True
    assert "github" in [each["id"] for each in application.calls("martlet.providers()")]


def test_links_a_second_account_and_unlinks_it(application: Application) -> None:
    application.visitor.signs_in("github")
    application.opens()
    refused = application.calls("martlet.unbind('github')")
    assert (refused["code"], refused["status"]) == ("OAUTH_LAST_BIND", 400)
    application.page.evaluate("martlet.bind('google', { redirectURI: '/application' })")
    application.visitor.continues_as("uma")
    application.arrives("bind_success=1")
    assert len(application.calls("martlet.bindings()")) == 2
    application.calls("martlet.unbind('google')")
    assert [each["provider"] for each in application.calls("martlet.bindings()")] == ["github"]


def test_links_by_a_binding_token(new_visitor: NewVisitor, application: Application) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = application.visitor
    visitor.opens_sign_in()
    visitor.chooses_provider("google")
    visitor.continues_as("ada")
    expect(visitor.notice).to_be_visible()
    token = visitor.page.evaluate("new URLSearchParams(location.search).get('binding_token')")
    visitor.signs_in("github", "ada")
    application.opens()
    wrong = application.calls("martlet.redeem('wrong')")
    assert wrong["code"] == "OAUTH_BINDING_TOKEN_INVALID"
    assert application.calls(f"martlet.redeem('{token}')")["provider"] == "google"
    assert application.calls("martlet.status('google')")["bound"] is True


def test_signs_out(application: Application) -> None:
    application.visitor.signs_in("github")
    application.opens()
    application.calls("martlet.logout()")
    assert application.calls("martlet.session()") is None


def test_signs_in_and_links_through_popups(application: Application) -> None:
    application.opens()
    application.chooses_in_popup("#login", lambda popup: popup.click("#person-ada"))
    expect(application.outcome).to_have_text("Ada Lovelace")
    application.chooses_in_popup("#bind", lambda popup: popup.click("#person-uma"))
    expect(application.outcome).to_have_text("google")
    expect(application.page).to_have_url(application.url)


def test_tells_why_a_popup_failed(application: Application) -> None:
    application.opens()
    application.chooses_in_popup("#login", lambda popup: popup.click("#cancel"))
    expect(application.outcome).to_have_text("OAUTH_ACCESS_DENIED")
    application.chooses_in_popup("#login", lambda popup: popup.close())
    expect(application.outcome).to_have_text("POPUP_CLOSED")


def test_believes_no_message_of_another_window(application: Application) -> None:
    application.opens()
    with application.page.expect_popup() as popup:
        application.page.click("#login")
    application.page.evaluate("postMessage({ type: 'martlet', result: 'error', code: 'X' }, '*')")
    popup.value.click("#person-ada")
    expect(application.outcome).to_have_text("Ada Lovelace")


def test_says_when_the_service_cannot_be_reached(application: Application) -> None:
    application.opens()
    application.page.context.route("**/api/auth/session", lambda route: route.abort())
    assert application.calls("martlet.session()")["code"] == "NETWORK_ERROR"


SNIPPETS = """async () => {
  const told = [];
  const refreshSession = async () => { told.push((await martlet.session()).user.name); };
  const fetchBindings = async () => {
    told.push((await martlet.bindings()).map((each) => each.provider));
  };
  const useFetch = async (path) => ({ data: { value: await (await fetch(path)).json() } });
  const $fetch = async (path, options) => (await fetch(path, options)).json();
  const alert = (text) => { told.push(text); };

  const url = new URL(window.location.href);
  if (url.searchParams.get('oauth_success') === '1') await refreshSession();
  if (url.searchParams.get('bind_success') === '1') await fetchBindings();
  if (url.searchParams.get('oauth_error')) alert(url.searchParams.get('oauth_error'));
  const { data } = await useFetch('/api/auth/oauth/bindings');
  told.push((data.value?.bindings ?? []).length);
  if (url.searchParams.get('bind_success') === '1') {
    await $fetch('/api/auth/oauth/google/unbind', { method: 'DELETE' });
    await fetchBindings();
  }
  return told;
}"""
"""The calls of the contract as an application writes them, with stand-ins for what is its own."""


def test_the_contract_needs_no_module(application: Application) -> None:
    page = application.opens().page
    page.evaluate(
        "window.location.href = '/api/auth/oauth/github/authorize?redirect_uri=/application'"
    )
    application.visitor.continues_as("ada")
    application.arrives("oauth_success=1")
    assert page.evaluate(SNIPPETS) == ["Ada Lovelace", 1]
    page.evaluate("martlet.bind('google', { redirectURI: '/application' })")
    application.visitor.continues_as("uma")
    application.arrives("bind_success=1")
    assert page.evaluate(SNIPPETS) == [["github", "google"], 2, ["github"]]
    page.evaluate("martlet.bind('google', { redirectURI: '/application' })")
    page.click("#cancel")
    application.arrives("oauth_error=OAUTH_ACCESS_DENIED")
    assert page.evaluate(SNIPPETS) == ["OAUTH_ACCESS_DENIED", 1]
