"""Flows in a window that a page of the service's own origin has opened."""

import pytest
from playwright.sync_api import Page, expect

from visitor import NewVisitor, Visitor


def opens_popup(visitor: Visitor, path: str) -> Page:
    """Opens a flow in a popup, as a page of the service's origin does, and listens to it."""
    visitor.page.evaluate(
        "heard = []; addEventListener('message', ({origin, data}) => heard.push({origin, data}))"
    )
    with visitor.page.expect_popup() as popup:
        visitor.page.evaluate("path => { open(path, 'oauth', 'width=600,height=700'); }", path)
    return popup.value


def hears(visitor: Visitor, **data: str) -> None:
    """The page has been told exactly this, by a page of its own origin."""
    # Playwright's own waiting evaluates text in the page, which the page's policy forbids.
    visitor.page.evaluate(
        "new Promise(resolve => heard.length ? resolve()"
        " : addEventListener('message', () => resolve(), {once: true}))"
    )
    assert visitor.page.evaluate("heard") == [
        {"origin": visitor.demo.origin, "data": {"type": "martlet"} | data}
    ]


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("#person-ada", {"result": "success"}),
        ("#cancel", {"result": "error", "code": "OAUTH_ACCESS_DENIED"}),
    ],
)
def test_tells_the_opener_how_the_login_ended_and_closes(
    visitor: Visitor, button: str, told: dict[str, str]
) -> None:
    visitor.opens_sign_in()
    popup = opens_popup(visitor, "/api/auth/oauth/github/authorize")
    with popup.expect_event("close"):
        popup.click(button)
    hears(visitor, **told)
    assert visitor.is_signed_in() == (told["result"] == "success")


def test_tells_the_opener_that_an_account_was_linked(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    popup = opens_popup(visitor, "/api/auth/oauth/google/authorize?bind=1")
    with popup.expect_event("close"):
        popup.click("#person-lilei")
    hears(visitor, result="bound")
    visitor.page.reload()
    expect(visitor.binding("google")).to_be_visible()


def test_stays_open_until_a_waiting_account_is_linked(new_visitor: NewVisitor) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = new_visitor()
    visitor.opens_sign_in()
    popup = opens_popup(visitor, "/api/auth/oauth/google/authorize")
    popup.click("#person-ada")
    popup.click("#provider-github")
    popup.click("#person-ada")
    expect(popup.locator("#link")).to_be_visible()
    assert visitor.page.evaluate("heard") == []
    with popup.expect_event("close"):
        popup.click("#link")
    hears(visitor, result="bound")


def test_tells_an_opener_of_another_origin_nothing_and_stays_open(visitor: Visitor) -> None:
    visitor.page.goto(visitor.demo.simulator)
    popup = opens_popup(visitor, f"{visitor.demo.origin}/api/auth/oauth/github/authorize")
    popup.click("#person-ada")
    expect(popup).to_have_url(f"{visitor.demo.login_url}?oauth_success=1")
    expect(popup.locator("#go-to-profile")).to_be_visible()
    popup.wait_for_load_state()
    assert visitor.page.evaluate("heard") == []
    assert not popup.is_closed()


def opens_tab(visitor: Visitor, path: str) -> Page:
    """Opens a page in another tab that knows who opened it, and listens to it."""
    tab = opens_popup(visitor, path)
    tab.wait_for_load_state()
    return tab


def expect_open_and_silent(visitor: Visitor, tab: Page) -> None:
    expect(tab.locator("#notice")).to_have_attribute("role", "alert")
    tab.wait_for_load_state()
    # A script that closes the tab has run by now: deferred scripts run before the page has loaded.
    assert not tab.is_closed()
    assert visitor.page.evaluate("heard") == []


def test_keeps_a_tab_open_whose_form_was_refused(visitor: Visitor) -> None:
    visitor.signs_in("github")
    tab = opens_tab(visitor, "/profile")
    tab.eval_on_selector("#unlink-github", "button => { button.disabled = false; }")
    tab.click("#unlink-github")
    expect(tab).to_have_url(f"{visitor.demo.profile_url}?error=OAUTH_LAST_BIND")
    expect_open_and_silent(visitor, tab)


def test_keeps_a_tab_open_that_asks_for_a_sign_in(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    tab = opens_tab(visitor, "/profile")
    expect(tab).to_have_url(f"{visitor.demo.login_url}?error=UNAUTHORIZED")
    expect_open_and_silent(visitor, tab)


def test_tells_the_opener_that_nobody_is_signed_in_to_link_to(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    opens_popup(visitor, "/api/auth/oauth/google/authorize?bind=1")
    hears(visitor, result="error", code="UNAUTHORIZED")


def test_passes_no_made_up_code_on(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    opens_popup(visitor, "/auth/login?oauth_error=%3Cb%3Emade%20up")
    hears(visitor, result="error")
