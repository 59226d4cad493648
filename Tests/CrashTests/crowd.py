"""People who sign in and link a second account while the service dies again and again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass(frozen=True)
class Site:
    """Where the service is, and the gate that is open while it is meant to answer."""

    origin: str
    gate: threading.Event = field(default_factory=threading.Event)
    given_up: threading.Event = field(default_factory=threading.Event)
    """Set once something went wrong that ends the test."""

    def persist(self, step: Callable[[], None]) -> None:
        """Does a step anew until the service answers to the end."""
        while not self.given_up.is_set():
            self.gate.wait()
            try:
                return step()
            except (requests.ConnectionError, requests.Timeout):
                continue
        raise RuntimeError("given up, because something else went wrong")


@dataclass
class Member:
    """Somebody of the crowd: the browser, and the bindings that the service has acknowledged."""

    number: int
    site: Site
    browser: requests.Session = field(default_factory=requests.Session)
    acknowledged: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"person-{self.number}"

    def signs_in(self) -> None:
        """Signs in for the first time, which makes the user."""
        assert self._flow("github", self.browser) == "/auth/login?oauth_success=1"
        self.acknowledged.add("github")

    def links(self) -> None:
        """Links a second account: every other person by a binding token, the rest by `bind=1`."""
        if self.number % 2:
            self._links_by_token()
        else:
            assert self._flow("gitee", self.browser, link=True) == "/profile?bind_success=1"
            self.acknowledged.add("gitee")

    def _links_by_token(self) -> None:
        """Arrives with an account whose email is known, signs in as before, and redeems the token.

        All that in another browser: a login ends the browser's former session, and if the answer
        to it is lost, the browser is left with none.
        """
        browser = requests.Session()
        landing = self._flow("openid", browser)
        if landing != "/auth/login?oauth_success=1":
            prefix, suffix = "/auth/login?binding_token=", "&provider=openid"
            assert landing.startswith(prefix) and landing.endswith(suffix), landing
            token = landing.removeprefix(prefix).removesuffix(suffix)
            assert self._flow("github", browser) == "/auth/login?oauth_success=1"
            answer = browser.post(
                f"{self.site.origin}/api/auth/oauth/bind",
                json={"bindingToken": token},
                headers={"Origin": self.site.origin},
                timeout=30,
            )
            assert answer.status_code == 200, answer.text
        # Otherwise the token was redeemed before, and the answer was lost with the service.
        browser.close()
        self.browser = browser
        self.acknowledged.add("openid")

    def bindings(self) -> set[str]:
        """The providers of the bindings that the service lists in the session that was kept."""
        with self.browser:
            answer = self.browser.get(f"{self.site.origin}/api/auth/oauth/bindings", timeout=30)
        assert answer.status_code == 200, f"{self.name}: {answer.text}"
        assert {binding["username"] for binding in answer.json()["bindings"]} <= {self.name}
        return {binding["provider"] for binding in answer.json()["bindings"]}

    def _flow(self, provider: str, browser: requests.Session, *, link: bool = False) -> str:
        """Goes to a provider and back; gives where the service sends the browser in the end."""
        start = f"{self.site.origin}/api/auth/oauth/{provider}/authorize"
        with browser:
            headers = HTML | {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
            asked = _location(browser, start + ("?bind=1" if link else ""), headers)
            page = asked.replace("prompt=", "unused=")
            callback = _location(browser, f"{page}&prompt=none&login_hint={self.name}", HTML)
            return _location(browser, callback, HTML)


def _location(browser: requests.Session, url: str, headers: dict[str, str]) -> str:
    answer = browser.get(url, headers=headers, allow_redirects=False, timeout=30)
    assert answer.is_redirect, f"{url}: {answer.status_code} {answer.text[:500]}"
    return answer.headers["Location"]
