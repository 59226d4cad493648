"""How the pages are made and how they look."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from visitor import CONSENT_FORM, NewVisitor, Visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"

SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"


def to_sign_in(visitor: Visitor) -> None:
    visitor.opens_sign_in()


def to_consent(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    visitor.chooses_provider("github")


def to_signed_in(visitor: Visitor) -> None:
    visitor.signs_in("github")


def to_profile(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()


def to_notice(visitor: Visitor) -> None:
    to_consent(visitor)
    visitor.page.click("#cancel")
    expect(visitor.notice).to_be_visible()


def to_error(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.demo.origin}/no/such/page")
    # The browser reports the page's own status.
    visitor.complaints[:] = [each for each in visitor.complaints if "404" not in each]


def to_linked_accounts(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.page.wait_for_load_state()
    for provider in ("google", "wechat_open"):
        if visitor.binding(provider).count() == 0:
            visitor.links(provider)
    other = visitor.page.context.browser
    assert other is not None
    elsewhere = other.new_context(locale="en-GB", user_agent=FIREFOX)
    Visitor(elsewhere, visitor.demo).signs_in("github")
    elsewhere.close()
    visitor.page.reload()
    visitor.page.click("#show-deletion")


def to_waiting_account(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.signs_out()
    visitor.chooses_provider("google")
    visitor.continues_as("ada")
    expect(visitor.notice).to_be_visible()


def to_link_offer(visitor: Visitor) -> None:
    to_waiting_account(visitor)
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    expect(visitor.page.locator("#link")).to_be_visible()


def to_link_confirmation(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.page.goto(f"{visitor.demo.origin}/api/auth/oauth/google/authorize?bind=1")
    expect(visitor.page.locator("#link-google")).to_be_visible()


PAGES: dict[str, Callable[[Visitor], None]] = {
    "sign-in": to_sign_in,
    "consent": to_consent,
    "signed-in": to_signed_in,
    "profile": to_profile,
    "linked-accounts": to_linked_accounts,
    "waiting-account": to_waiting_account,
    "link-offer": to_link_offer,
    "link-confirmation": to_link_confirmation,
    "notice": to_notice,
    "error": to_error,
}

LOOKS: dict[str, dict[str, object]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "narrow-dark-chinese": {
        "color_scheme": "dark",
        "viewport": {"width": 390, "height": 844},
        "locale": "zh-CN",
    },
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_fits_the_window(new_visitor: NewVisitor, page: str, look: str) -> None:
    visitor = new_visitor(**LOOKS[look])
    PAGES[page](visitor)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    visitor.page.screenshot(path=SCREENSHOTS / f"{page}-{look}.png", full_page=True)
    width = LOOKS[look]["viewport"]["width"]  # type: ignore[index]
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("page", PAGES)
def test_follows_the_colour_scheme(new_visitor: NewVisitor, page: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        visitor = new_visitor(color_scheme=scheme)
        PAGES[page](visitor)
        visitor.page.wait_for_load_state()
        grounds.append(visitor.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, re.findall(r"\d+", ground)[:3])) for ground in grounds)
    assert light > dark


@pytest.mark.parametrize("page", PAGES)
def test_has_neither_inline_script_nor_inline_style(visitor: Visitor, page: str) -> None:
    PAGES[page](visitor)
    assert visitor.page.locator("script:not([src]), style, [style]").count() == 0
    for script in visitor.page.locator("script").all():
        assert script.get_attribute("src") == "/auth/assets/landing.js"
        assert not script.inner_text()
    handlers = visitor.page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(element => element.getAttributeNames())"
        ".filter(name => name.startsWith('on'))"
    )
    assert handlers == []


@pytest.mark.parametrize("page", PAGES)
def test_has_one_heading_a_language_and_names_for_its_controls(
    visitor: Visitor, page: str
) -> None:
    PAGES[page](visitor)
    expect(visitor.page.locator("h1")).to_have_count(1)
    expect(visitor.page.locator("main")).to_have_count(1)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    for control in visitor.page.locator("a, button").all():
        assert (control.text_content() or "").strip()
    assert visitor.page.locator("img:not([alt])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_has_no_serious_fault_that_axe_finds(
    new_visitor: NewVisitor, page: str, scheme: str
) -> None:
    visitor = new_visitor(color_scheme=scheme)
    PAGES[page](visitor)
    violations = Axe().run(visitor.page).response["violations"]
    assert [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("locale", ["zh-CN", "zh-Hans-CN"])
def test_speaks_chinese_to_a_browser_that_asks_for_it(
    new_visitor: NewVisitor, locale: str
) -> None:
    visitor = new_visitor(locale=locale)
    visitor.opens_sign_in()
    expect(visitor.page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    expect(visitor.page.locator("h1")).to_have_text("登录")
    visitor.chooses_provider("github")
    visitor.continues_as("lilei")
    expect(visitor.person).to_have_text("李雷")
    visitor.opens_profile()
    expect(visitor.page.locator("html")).to_have_attribute("lang", re.compile("^zh"))


def test_says_in_chinese_that_a_login_was_cancelled(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(locale="zh-CN")
    to_notice(visitor)
    expect(visitor.notice).to_have_text(re.compile("取消"))


def test_shows_no_text_of_a_link_that_somebody_made_up(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.demo.login_url}?oauth_error=<b>Call%20555</b>")
    expect(visitor.notice).to_be_visible()
    expect(visitor.page.get_by_text("Call 555")).to_have_count(0)


def test_comes_to_the_consent_page_of_every_provider_that_is_offered(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    links = visitor.page.locator("a.provider").all()
    providers = [(link.get_attribute("id") or "").removeprefix("provider-") for link in links]
    assert len(providers) >= 12
    for provider in providers:
        visitor.opens_sign_in()
        visitor.chooses_provider(provider)
        expect(visitor.page.locator(CONSENT_FORM)).to_be_visible()
