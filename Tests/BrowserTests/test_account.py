"""Sessions in several browsers, and the end of an account."""

import pytest
from playwright.sync_api import expect

from keyboard import press_tab_until
from visitor import NewVisitor, Visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"


@pytest.mark.parametrize("java_script", [True, False])
def test_signs_out_of_one_browser_from_another(new_visitor: NewVisitor, java_script: bool) -> None:
    there, elsewhere = new_visitor(user_agent=FIREFOX), new_visitor(user_agent=SAFARI)
    here = new_visitor(java_script_enabled=java_script)
    for visitor in (there, elsewhere, here):
        visitor.signs_in("github")
    here.opens_profile()
    sessions = here.page.locator(".session")
    expect(sessions).to_have_count(3)
    expect(sessions.first).to_contain_text("This one")
    here.page.get_by_role("button", name="Sign out there: Firefox on Windows").click()
    expect(here.page).to_have_url(f"{here.demo.profile_url}?session_ended=1")
    expect(here.notice).to_contain_text("has been ended")
    expect(sessions).to_have_count(2)
    assert not there.is_signed_in()
    assert elsewhere.is_signed_in()


def test_signs_out_of_every_other_browser(new_visitor: NewVisitor) -> None:
    here, there, elsewhere = new_visitor(), new_visitor(), new_visitor()
    for visitor in (here, there, elsewhere):
        visitor.signs_in("github")
    here.opens_profile()
    here.page.click("#end-other-sessions")
    expect(here.page).to_have_url(f"{here.demo.profile_url}?other_sessions_ended=1")
    expect(here.page.locator(".session")).to_have_count(1)
    expect(here.page.locator("#end-other-sessions")).to_have_count(0)
    assert not there.is_signed_in() and not elsewhere.is_signed_in()
    assert here.is_signed_in()


@pytest.mark.parametrize("java_script", [True, False])
def test_deletes_an_account_and_forgets_it(new_visitor: NewVisitor, java_script: bool) -> None:
    visitor, elsewhere = new_visitor(java_script_enabled=java_script), new_visitor()
    visitor.signs_in("github", "ada")
    elsewhere.signs_in("github", "ada")
    visitor.opens_profile()
    visitor.page.click("#show-deletion")
    visitor.page.check("#confirm-deletion")
    visitor.page.click("#delete-account")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?account_deleted=1")
    expect(visitor.notice).to_contain_text("have been deleted")
    assert not visitor.is_signed_in() and not elsewhere.is_signed_in()
    # The email belongs to nobody any more, so another provider's account signs up with it.
    visitor.signs_in("google", "ada")


def test_does_not_delete_an_account_without_the_tick(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    visitor.page.click("#show-deletion")
    visitor.page.click("#delete-account")
    expect(visitor.page).to_have_url(visitor.demo.profile_url)
    expect(visitor.page.locator("#confirm-deletion:invalid")).to_be_focused()
    assert visitor.is_signed_in()


def test_deletes_an_account_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.signs_in("github")
    visitor.opens_profile()
    for element_id, key in [
        ("show-deletion", "Enter"),
        ("confirm-deletion", "Space"),
        ("delete-account", "Enter"),
    ]:
        press_tab_until(visitor.page, element_id)
        visitor.page.keyboard.press(key)
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?account_deleted=1")
