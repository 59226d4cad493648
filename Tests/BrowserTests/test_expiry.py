"""Logins that take their time, while nobody waits: the service's clock is moved."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clock import MovableClock, movable_clock
from demo import Demo, running_demo
from visitor import ADA, NewVisitor, Visitor

MAX_AGE_MINUTES = 5
"""How long a browser keeps the cookie of a login, by its own clock."""


@pytest.fixture
def clock(tmp_path: Path) -> Iterator[MovableClock]:
    with movable_clock(tmp_path) as clock:
        yield clock


@pytest.fixture
def demo(tmp_path: Path, clock: MovableClock) -> Iterator[Demo]:
    """A demonstration whose clock can be moved."""
    with running_demo(tmp_path, clock) as demo:
        yield demo


def stays_at_the_provider(visitor: Visitor, clock: MovableClock, minutes: int) -> None:
    """Begins a login, and lets so much time pass for the service and for the browser's cookies."""
    visitor.opens_sign_in()
    visitor.chooses_provider("github")
    clock.move_on(minutes)
    if minutes > MAX_AGE_MINUTES:
        visitor.page.context.clear_cookies(name=re.compile("^martlet-flow-"))


@pytest.mark.parametrize(
    ("locale", "words"), [("en-GB", "not finished within five minutes"), ("zh-CN", "五分钟")]
)
def test_says_that_a_login_took_too_long_and_lets_people_begin_again(
    new_visitor: NewVisitor, clock: MovableClock, locale: str, words: str
) -> None:
    visitor = new_visitor(locale=locale)
    stays_at_the_provider(visitor, clock, minutes=6)
    visitor.continues_as("ada")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_error=OAUTH_STATE_EXPIRED")
    expect(visitor.notice).to_have_attribute("role", "alert")
    expect(visitor.notice).to_contain_text(words)
    assert not visitor.is_signed_in()
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_success=1")
    expect(visitor.person).to_have_text(ADA)


def test_finishes_a_login_that_took_four_minutes(visitor: Visitor, clock: MovableClock) -> None:
    stays_at_the_provider(visitor, clock, minutes=4)
    visitor.continues_as("ada")
    expect(visitor.page).to_have_url(f"{visitor.demo.login_url}?oauth_success=1")


def test_links_no_account_that_has_waited_too_long(
    new_visitor: NewVisitor, clock: MovableClock
) -> None:
    new_visitor().signs_in("github", "ada")
    visitor = new_visitor()
    visitor.opens_sign_in()
    visitor.chooses_provider("google")
    visitor.continues_as("ada")
    expect(visitor.notice).to_contain_text("not known here")
    visitor.chooses_provider("github")
    visitor.continues_as("ada")
    clock.move_on(minutes=6)
    visitor.page.click("#link")
    expect(visitor.page).to_have_url(
        f"{visitor.demo.profile_url}?error=OAUTH_BINDING_TOKEN_INVALID"
    )
    expect(visitor.notice).to_contain_text("has expired")
    expect(visitor.binding("google")).to_have_count(0)
