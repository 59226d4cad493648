"""A browser, a demonstration for each test, and people who visit it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from demo import Demo, running_demo
from visitor import NewVisitor, Visitor

# A login on a machine that others slow down.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which can reach this machine and nothing else.

    $CHROMIUM names another program than Debian's.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demonstration nobody has used yet."""
    with running_demo(tmp_path) as demo:
        yield demo


@pytest.fixture
def new_visitor(browser: Browser, demo: Demo) -> Iterator[NewVisitor]:
    """Lets somebody visit with a browser profile of their own.

    Options are those of a Playwright context.

    Afterwards, no visitor's browser may have complained of anything.
    """
    contexts, visitors = [], []

    def visit(**options: object) -> Visitor:
        context = browser.new_context(**{"locale": "en-GB"} | options)
        contexts.append(context)
        visitors.append(Visitor(context, demo))
        return visitors[-1]

    yield visit
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody with an ordinary browser in English."""
    return new_visitor()
