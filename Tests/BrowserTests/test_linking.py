"""Linking and unlinking accounts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from keyboard import press_tab_until
from visitor import ADA, CONSENT_FORM, NewVisitor, Visitor


@pytest.mark.parametrize("java_script", [True, False])
def test_links_a_second_account_and_signs_in_with_either(
    new_visitor: NewVisitor, java_script: bool
) -> None:
    visitor = new_visitor(java_script_enabled=java_script)
    visitor.signs_in("github", "ada")
    visitor.links("google", "lilei")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?bind_success=1")
    expect(visitor.notice).to_contain_text("now linked")
    expect(visitor.binding("google")).to_contain_text("lilei@example.cn")
    expect(visitor.page.locator("#link-google")).to_have_count(0)
    other = new_visitor()
    other.signs_in("google", "lilei")
    expect(other.person).to_have_text(ADA)


@pytest.mark.parametrize("java_script", [True, False])
def test_unlinks_an_account_and_keeps_the_last(new_visitor: NewVisitor, java_script: bool) -> None:
    visitor = new_visitor(java_script_enabled=java_script)
    visitor.signs_in("github", "ada")
    visitor.links("google", "lilei")
    visitor.page.click("#unlink-github")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?unbound=github")
    expect(visitor.notice).to_contain_text("GitHub")
    expect(visitor.binding("github")).to_have_count(0)
    last = visitor.page.locator("#unlink-google")
    expect(last).to_be_disabled()
    expect(last).to_have_accessible_description(re.compile("your only way to sign in"))


def test_refuses_to_unlink_the_last_account_even_when_the_form_is_sent(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.page.eval_on_selector("#unlink-github", "button => { button.disabled = false; }")
    visitor.page.click("#unlink-github")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?error=OAUTH_LAST_BIND")
    expect(visitor.notice).to_have_attribute("role", "alert")
    expect(visitor.binding("github")).to_be_visible()


def test_refuses_to_link_an_account_that_belongs_to_somebody_else(new_visitor: NewVisitor) -> None:
    new_visitor().signs_in("google", "mei")
    visitor = new_visitor()
    visitor.signs_in("github", "ada")
    visitor.links("google", "mei")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?oauth_error=OAUTH_ALREADY_BIND")
    expect(visitor.notice).to_have_attribute("data-code", "OAUTH_ALREADY_BIND")
    expect(visitor.binding("google")).to_have_count(0)


def test_cancelling_a_link_changes_nothing(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.page.click("#link-google")
    visitor.page.click("#cancel")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?oauth_error=OAUTH_ACCESS_DENIED")
    expect(visitor.binding("google")).to_have_count(0)


def waits_to_be_linked(visitor: Visitor) -> None:
    """Signs in with an account whose email belongs to somebody who has used another provider."""
    visitor.opens_sign_in()
    visitor.chooses_provider("google")
    visitor.continues_as("ada")
    expect(visitor.notice).to_contain_text("This Google account is not known here")
    assert not visitor.is_signed_in()


@pytest.mark.parametrize("java_script", [True, False])
def test_links_an_unknown_account_after_signing_in_the_old_way(
    new_visitor: NewVisitor, java_script: bool
) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = new_visitor(java_script_enabled=java_script)
    waits_to_be_linked(visitor)
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    assert parse_qs(urlsplit(visitor.page.url).query).keys() >= {"binding_token", "oauth_success"}
    expect(visitor.page.locator("h1")).to_have_text("Link your Google account?")
    visitor.page.click("#link")
    expect(visitor.page).to_have_url(f"{visitor.demo.profile_url}?bind_success=1")
    expect(visitor.binding("google")).to_be_visible()
    visitor.signs_out()
    visitor.signs_in("google", "ada")
    expect(visitor.person).to_have_text(ADA)


def test_leaves_an_unknown_account_unlinked_when_asked_to(new_visitor: NewVisitor) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = new_visitor()
    waits_to_be_linked(visitor)
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    visitor.page.click("#not-now")
    expect(visitor.binding("github")).to_be_visible()
    expect(visitor.binding("google")).to_have_count(0)


def test_still_links_an_unknown_account_after_a_cancelled_login(new_visitor: NewVisitor) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = new_visitor()
    waits_to_be_linked(visitor)
    visitor.chooses_provider("github")
    visitor.page.click("#cancel")
    expect(visitor.notice).to_have_attribute("data-code", "OAUTH_ACCESS_DENIED")
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    visitor.page.click("#link")
    expect(visitor.binding("google")).to_be_visible()


def test_asks_before_a_link_that_another_site_started(visitor: Visitor) -> None:
    visitor.signs_in("github")
    authorize = f"{visitor.demo.origin}/api/auth/oauth/google/authorize?bind=1"
    # The simulator is another site: its host is another.
    visitor.page.goto(visitor.demo.simulator)
    visitor.page.evaluate("address => { location.href = address; }", authorize)
    expect(visitor.page).to_have_url(f"{visitor.demo.origin}/auth/link?provider=google")
    expect(visitor.page.locator("main")).to_contain_text(ADA)
    visitor.page.click("#link-google")
    expect(visitor.page.locator(CONSENT_FORM)).to_have_attribute("data-dialect", "google")
    visitor.continues_as("lilei")
    expect(visitor.binding("google")).to_be_visible()


def test_links_and_unlinks_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    page = visitor.page
    for element_id, arrived in [
        ("link-google", CONSENT_FORM),
        ("person-lilei", "#binding-google"),
        ("unlink-github", "#link-github"),
    ]:
        press_tab_until(page, element_id)
        page.keyboard.press("Enter")
        expect(page.locator(arrived)).to_be_visible()
    expect(visitor.binding("github")).to_have_count(0)
