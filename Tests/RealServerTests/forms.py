"""Reading the forms of an HTML page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, what its fields hold, and its submit buttons."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is None or not given.get("name"):
            return
        elif tag == "button" or (tag == "input" and given.get("type") == "submit"):
            self._open.buttons.append((given["name"], given.get("value", "")))
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self._open.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms(html: str) -> list[Form]:
    """The forms of a page, in their order."""
    reader = _FormReader()
    reader.feed(html)
    return reader.forms


def form_with(html: str, name: str) -> Form:
    """The first form that has a field or a button of that name."""
    for form in forms(html):
        if name in form.fields or any(name == button for button, _ in form.buttons):
            return form
    raise AssertionError(f"no form with {name!r} in:\n{html[:2000]}")
