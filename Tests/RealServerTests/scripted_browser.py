"""A browser without a screen: cookies, redirects, and forms filled in by a script."""

from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

from forms import Form, forms

MAXIMUM_STEPS = 20

SignIn = Callable[["ScriptedBrowser", requests.Response], requests.Response]
"""Does what a person does on one page of a provider, and gives the answer to it."""


def query_of(url: str) -> dict[str, str]:
    """The parameters in the query of a URL."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


class ScriptedBrowser:
    """One person's browser; a new one has no cookies."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"

    def get(self, url: str, **headers: str) -> requests.Response:
        """Opens an address, following no redirect."""
        return self.session.get(url, headers=headers, allow_redirects=False, timeout=30)

    def submit(self, page: requests.Response, form: Form, **filled: str) -> requests.Response:
        """Sends a form of a page, some of its fields filled in."""
        return self.session.post(
            urljoin(page.url, form.action),
            data=form.fields | filled,
            headers={"Referer": page.url},
            allow_redirects=False,
            timeout=30,
        )

    def walk(self, start: str, *, until: str, sign_in: SignIn) -> str:
        """Goes from an address to the first that begins with `until`; gives that one, unvisited.

        Redirects are followed; every other page is handed to `sign_in`, except one that posts its
        form there.
        """
        answer = self.get(start)
        for _ in range(MAXIMUM_STEPS):
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["Location"])
                if target.startswith(until):
                    return target
                answer = self.get(target)
            elif posted := [form for form in forms(answer.text) if form.action.startswith(until)]:
                answer = self._post_from_elsewhere(posted[0])
            else:
                assert answer.status_code == 200, (
                    f"{answer.url}: {answer.status_code} {answer.text[:1000]}"
                )
                answer = sign_in(self, answer)
        raise AssertionError(f"never came to {until}; the last page was {answer.url}")

    def _post_from_elsewhere(self, form: Form) -> requests.Response:
        """Sends a form across sites: a browser leaves its `SameSite=Lax` cookies out."""
        return requests.post(
            form.action,
            data=form.fields,
            headers={"Accept": self.session.headers["Accept"], "Sec-Fetch-Site": "cross-site"},
            allow_redirects=False,
            timeout=30,
        )
