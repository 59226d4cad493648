"""What a person sees when a login does not work."""

import time

import pytest
from playwright.sync_api import expect

from visitor import NewVisitor, Visitor

PATIENCE_SECONDS = 30
"""Less than a hanging provider takes to answer."""


@pytest.mark.parametrize("provider", ["github", "google", "wechat_open"])
def test_says_so_when_the_login_was_cancelled(visitor: Visitor, provider: str) -> None:
    visitor.opens_sign_in()
    visitor.chooses_provider(provider)
    visitor.page.click("#cancel")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_error=OAUTH_ACCESS_DENIED")
    expect(visitor.notice).to_have_attribute("role", "alert")
    expect(visitor.notice).to_contain_text("cancelled")
    visitor.chooses_provider(provider)
    visitor.continues_as("ada")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_success=1")


@pytest.mark.parametrize(
    ("provider", "fault", "code"),
    [
        ("github", "tokenError", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        ("github", "userInfoError", "OAUTH_USER_INFO_FAILED"),
        ("github", "wrongState", "OAUTH_STATE_INVALID"),
        ("google", "badSignature", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        ("wechat_open", "garbage", "OAUTH_TOKEN_EXCHANGE_FAILED"),
    ],
)
def test_says_what_went_wrong_and_lets_nobody_in(
    visitor: Visitor, provider: str, fault: str, code: str
) -> None:
    visitor.opens_sign_in()
    visitor.chooses_provider(provider)
    visitor.continues_as("ada", fault=fault)
    expect(visitor.notice).to_have_attribute("data-code", code)
    assert not visitor.is_signed_in()


def test_a_provider_that_hangs_gives_an_error_in_time_and_delays_nobody_else(
    new_visitor: NewVisitor,
) -> None:
    waiting, other = new_visitor(), new_visitor()
    waiting.opens_sign_in()
    waiting.chooses_provider("github")
    began = time.monotonic()
    waiting.continues_as("ada", fault="hang", waits=False)
    other.signs_in("github", "mei")
    assert waiting.notice.count() == 0, "the other login was to finish while this one waits"
    expect(waiting.notice).to_have_attribute(
        "data-code", "OAUTH_PROVIDER_UNAVAILABLE", timeout=PATIENCE_SECONDS * 1000
    )
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert not waiting.is_signed_in()


def test_shows_a_page_for_an_address_that_does_not_exist(visitor: Visitor) -> None:
    answer = visitor.page.goto(f"{visitor.demo.origin}/no/such/page")
    assert answer is not None and answer.status == 404
    expect(visitor.page.locator("main")).to_contain_text("NOT_FOUND")
    visitor.page.click("#back-to-sign-in")
    expect(visitor.page).to_have_url(visitor.demo.login_url)
    # The browser reports the page's own status.
    assert [each for each in visitor.complaints if "404" not in each] == []
    visitor.complaints.clear()


def test_refuses_to_land_on_another_site(visitor: Visitor) -> None:
    visitor.page.goto(
        f"{visitor.demo.origin}/api/auth/oauth/github/authorize?redirect_uri=https://evil.example/"
    )
    expect(visitor.page).to_have_url(
        f"{visitor.demo.login_url}?oauth_error=OAUTH_REDIRECT_INVALID"
    )
