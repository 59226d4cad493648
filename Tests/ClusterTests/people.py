"""People who sign in and link a second account, on connections that are kept."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests
from requests.adapters import HTTPAdapter

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}
REFUSAL = "oauth_error=SERVICE_UNAVAILABLE"


class Unavailable(Exception):
    """The service said that it cannot reach its database."""


@dataclass
class Person:
    """Somebody with cookies of their own, and connections that may be shared."""

    number: int
    origin: str
    connections: HTTPAdapter
    timeout: float = 30
    browser: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.browser.mount("http://", self.connections)

    @property
    def name(self) -> str:
        return f"person-{self.number}"

    def signs_in(self) -> None:
        """Signs in for the first time, which makes the user."""
        self._ends(self.callback("github"), at="/auth/login?oauth_success=1")

    def links(self) -> None:
        """Links a second account."""
        self._ends(self.callback("gitee", link=True), at="/profile?bind_success=1")

    def callback(self, provider: str, *, link: bool = False) -> str:
        """Goes to a provider, and gives the address that it sends the browser back to."""
        start = f"{self.origin}/api/auth/oauth/{provider}/authorize" + ("?bind=1" if link else "")
        page = self._location(start, {"Sec-Fetch-Site": "same-origin"})
        return self._location(f"{page}&prompt=none&login_hint={self.name}")

    def _ends(self, callback: str, *, at: str) -> None:
        landing = self._location(callback)
        assert landing == at, f"{self.name}: {landing}"

    def _location(self, url: str, headers: dict[str, str] | None = None) -> str:
        answer = self.browser.get(
            url, headers=BROWSER | (headers or {}), allow_redirects=False, timeout=self.timeout
        )
        if answer.status_code == 503 or REFUSAL in answer.headers.get("Location", ""):
            raise Unavailable
        assert answer.is_redirect, f"{url}: {answer.status_code} {answer.text[:500]}"
        return answer.headers["Location"]

    def is_signed_in(self) -> bool:
        answer = self.browser.get(f"{self.origin}/api/auth/session", timeout=self.timeout)
        if answer.status_code == 503:
            raise Unavailable
        assert answer.status_code in (200, 401), answer.text
        return answer.status_code == 200


@dataclass(frozen=True)
class Attempt:
    """One thing that somebody tried: how long it took, and what came of it."""

    what: str
    begun: float
    seconds: float
    trouble: BaseException | None


class Crowd:
    """Workers, each of whom lets one person after the other live a life."""

    def __init__(self, origin: str, life: Callable[["Crowd", Person], None], workers: int) -> None:
        self.origin = origin
        self._life = life
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._attempts: list[Attempt] = []
        self.acknowledged: set[tuple[str, str]] = set()
        """What the service confirmed: person and provider."""
        self.members: list[Person] = []
        """Those who have a session."""
        self._threads = [threading.Thread(target=self._work) for _ in range(workers)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        connections = HTTPAdapter()
        while not self._stopped.is_set():
            with self._lock:
                number = next(self._numbers)
            self._life(self, Person(number, self.origin, connections))
        connections.close()

    def attempt(self, what: str, step: Callable[[], object]) -> bool:
        """Does a step and keeps what came of it; gives whether it went well."""
        begun = time.monotonic()
        trouble: BaseException | None = None
        try:
            step()
        except (Unavailable, AssertionError, requests.RequestException) as error:
            trouble = error
        with self._lock:
            self._attempts.append(Attempt(what, begun, time.monotonic() - begun, trouble))
        return trouble is None

    def confirm(self, person: Person, provider: str) -> None:
        with self._lock:
            self.acknowledged.add((person.name, provider))
            if provider == "github":
                self.members.append(person)

    def attempts(self, *, since: float = 0) -> list[Attempt]:
        with self._lock:
            return [attempt for attempt in self._attempts if attempt.begun >= since]

    def wait_for(
        self, count: int, *, since: float = 0, what: str | None = None, seconds: float = 60
    ) -> Attempt:
        """Returns the last of so many successes that began since a moment."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            good = [
                attempt
                for attempt in self.attempts(since=since)
                if attempt.trouble is None and what in (None, attempt.what)
            ]
            if len(good) >= count:
                return good[count - 1]
            time.sleep(0.02)
        raise AssertionError(
            f"no {count} successes within {seconds} seconds: {self.troubles()[-5:]}"
        )

    def troubles(self, *, since: float = 0) -> list[str]:
        return [f"{a.what}: {a.trouble!r}" for a in self.attempts(since=since) if a.trouble]


def signs_in_and_links(crowd: Crowd, person: Person) -> None:
    """A whole life: a login, a link, and a look at the session."""
    if not crowd.attempt("login", person.signs_in):
        return
    crowd.confirm(person, "github")
    if crowd.attempt("link", person.links):
        crowd.confirm(person, "gitee")
    crowd.attempt("session", person.is_signed_in)


def percentile(attempts: list[Attempt], share: float) -> float:
    """The time within which that share of the attempts came to an end, in milliseconds."""
    times = sorted(attempt.seconds for attempt in attempts)
    return times[min(len(times) - 1, int(len(times) * share))] * 1000 if times else 0.0
