"""Signing in and out with a mouse, a keyboard, without JavaScript, and with the back button."""

import pytest
from playwright.sync_api import expect

from keyboard import press_tab_until
from visitor import ADA, CONSENT_FORM, NewVisitor, Visitor


@pytest.mark.parametrize("provider", ["github", "google", "wechat_open"])
def test_signs_in_shows_the_profile_and_signs_out(visitor: Visitor, provider: str) -> None:
    visitor.signs_in(provider)
    expect(visitor.notice).to_have_attribute("role", "status")
    expect(visitor.person).to_have_text(ADA)
    visitor.opens_profile()
    expect(visitor.person).to_have_text(ADA)
    expect(visitor.page.locator(f"#binding-{provider}")).to_be_visible()
    visitor.signs_out()
    expect(visitor.notice).to_contain_text("You have signed out.")
    assert not visitor.is_signed_in()


def test_signs_out_at_the_provider_too(visitor: Visitor) -> None:
    visitor.signs_in("openid")
    visitor.opens_profile()
    visitor.page.click("#sign-out")
    visitor.page.click("#provider-logout")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?signed_out=1")
    expect(visitor.notice).to_contain_text("You have signed out.")
    expect(visitor.page.locator("#provider-logout")).to_have_count(0)


@pytest.mark.parametrize("provider", ["apple", "microsoft"])
def test_signs_in_by_a_posted_form_and_a_tenant(visitor: Visitor, provider: str) -> None:
    visitor.signs_in(provider)
    expect(visitor.person).to_have_text(ADA)


def test_marks_an_address_that_apple_relays(visitor: Visitor) -> None:
    visitor.signs_in("apple", "mei")
    visitor.opens_profile()
    expect(visitor.page.locator("#binding-apple")).to_contain_text("Private relay")


def test_shows_a_verified_email_as_verified(visitor: Visitor) -> None:
    visitor.signs_in("github", "ada")
    visitor.opens_profile()
    binding = visitor.page.locator("#binding-github")
    expect(binding).to_contain_text("ada@example.com")
    expect(binding).to_contain_text("Verified")


def test_shows_an_unverified_email_as_not_verified(visitor: Visitor) -> None:
    visitor.signs_in("google", "uma")
    visitor.opens_profile()
    binding = visitor.page.locator("#binding-google")
    expect(binding).to_contain_text("uma@example.com")
    expect(binding).to_contain_text("Not verified")


def test_lets_somebody_with_neither_email_nor_picture_in(visitor: Visitor) -> None:
    visitor.signs_in("github", "sam")
    visitor.opens_profile()
    expect(visitor.person).to_have_text("Sam")


def test_does_not_sign_in_by_a_known_email_alone(new_visitor: NewVisitor) -> None:
    new_visitor().signs_in("github", "ada")
    other = new_visitor()
    other.opens_sign_in()
    other.chooses_provider("google")
    other.continues_as("ada")
    expect(other.notice).to_contain_text("not known here")
    assert not other.is_signed_in()


def test_asks_for_sign_in_before_the_profile(visitor: Visitor) -> None:
    visitor.page.goto(visitor.demo.profile_url)
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?error=UNAUTHORIZED")
    expect(visitor.notice).to_have_attribute("data-code", "UNAUTHORIZED")


def test_works_without_javascript(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.signs_in("google")
    visitor.opens_profile()
    visitor.signs_out()
    assert not visitor.is_signed_in()


def test_works_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.opens_sign_in()
    page = visitor.page
    for element_id, arrived in [
        ("provider-github", CONSENT_FORM),
        ("person-ada", "#go-to-profile"),
        ("go-to-profile", "#binding-github"),
        ("sign-out", "#provider-github"),
    ]:
        press_tab_until(page, element_id)
        page.keyboard.press("Enter")
        expect(page.locator(arrived)).to_be_visible()
    assert not visitor.is_signed_in()


def test_going_back_after_signing_in_keeps_the_session_and_finishes_no_login_twice(
    visitor: Visitor,
) -> None:
    visitor.signs_in("github")
    visitor.page.go_back()
    expect(visitor.page.locator(CONSENT_FORM)).to_be_visible()
    visitor.continues_as("ada")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_error=OAUTH_STATE_INVALID")
    expect(visitor.notice).to_have_attribute("data-code", "OAUTH_STATE_INVALID")
    expect(visitor.person).to_have_text(ADA)


def test_going_back_to_the_sign_in_page_shows_who_is_signed_in(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.page.go_back()
    visitor.page.go_back()
    expect(visitor.page).to_have_url(visitor.demo.login_url)
    expect(visitor.person).to_have_text(ADA)


def test_going_back_after_signing_out_does_not_show_the_profile(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.signs_out()
    visitor.page.go_back()
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?error=UNAUTHORIZED")
    expect(visitor.page.get_by_text(ADA)).to_have_count(0)


def test_finishes_logins_begun_in_ten_tabs(visitor: Visitor) -> None:
    tabs = [visitor.page] + [visitor.page.context.new_page() for _ in range(9)]
    for tab in tabs:
        tab.goto(f"{visitor.demo.origin}/api/auth/oauth/github/authorize")
    for tab in tabs:
        tab.click("#person-ada")
        expect(tab).to_have_url(f"{visitor.demo.login_url}?oauth_success=1")
