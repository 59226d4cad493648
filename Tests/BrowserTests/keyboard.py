"""Using a page with the keyboard alone."""

from playwright.sync_api import Page

MOST_STOPS = 60


def press_tab_until(page: Page, element_id: str) -> None:
    """Moves the focus forward to an element, where it must be visible."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.get_attribute("id") == element_id:
            outline = focused.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", f"the focus on {element_id} cannot be seen"
            return
    raise AssertionError(f"the keyboard does not reach {element_id}")
