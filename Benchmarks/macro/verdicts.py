"""What must hold, and whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from .results import Case, Results
from .targets import APACHE, BARE, FASTAPI, MARTLET, MARTLET_OPENID

MEBIBYTE = 2**20
SMALL, LARGE = 1_000, 10_000_000
STORES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Verdict:
    """A figure, and the bound that it must keep; `least` says that it must be as large, not as small."""

    what: str
    figure: float | None
    bound: float
    unit: str = "×"
    least: bool = False

    @property
    def holds(self) -> bool | None:
        """None if it was not measured."""
        if self.figure is None:
            return None
        return self.figure >= self.bound if self.least else self.figure <= self.bound

    @property
    def word(self) -> str:
        """PASS, MISS, or what to show for a figure that was not measured."""
        return {True: "PASS", False: "MISS", None: "–"}[self.holds]

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return "not measured" if self.figure is None else f"{self.figure:.2f} {self.unit}"

    @property
    def limit(self) -> str:
        """The bound with its unit."""
        return f"{'≥' if self.least else '≤'} {self.bound:.3g} {self.unit}"


def verdicts(results: Results, workers: list[int]) -> list[Verdict]:
    """All of them."""
    found: list[Verdict] = []
    for count in workers:
        found += _beside_others(results, count)
        found += _by_size(results, count)
        found += _tail(results, count)
    idle = results.idle.get(Case(MARTLET.name, "idle", workers[-1]))
    logins, grown = results.growth[-1] if results.growth else (1_000_000, None)
    return [
        *found,
        Verdict("resident memory, idle", idle and idle[0] / MEBIBYTE, 40, "MiB"),
        Verdict(f"resident memory after {logins:,} logins", grown and grown / MEBIBYTE, 150, "MiB"),
    ]


def threads_of(workers: int) -> str:
    """The number, in words."""
    return "1 thread" if workers == 1 else f"{workers} threads"


def _beside_others(results: Results, workers: int) -> Iterator[Verdict]:
    threads = threads_of(workers)

    def case(site: str, load: str) -> Case:
        return Case(site, load, workers)

    start, login, verify = (case(MARTLET.name, load) for load in ("start", "login", "verify"))
    openid = case(MARTLET_OPENID.name, "login")
    cpu = results.median(login, "cpu")
    yield Verdict(
        f"login start, throughput to the bare route's, {threads}",
        results.ratio(start, case(BARE.name, "start"), "per_second"),
        0.75,
        least=True,
    )
    yield Verdict(f"processor time of a complete login, {threads}", cpu and cpu / 1000, 0.8, "ms")
    yield Verdict(
        f"… to fastapi-oauth20's with a pooled client, {threads}",
        results.ratio(login, case(FASTAPI.name, "login"), "cpu"),
        0.25,
    )
    apache = case(APACHE.name, "login")
    yield Verdict(f"… to mod_auth_openidc's, {threads}", results.ratio(login, apache, "cpu"), 1 / 3)
    yield Verdict(
        f"… with OpenID Connect, to mod_auth_openidc's, {threads}", results.ratio(openid, apache, "cpu"), 1 / 3
    )
    yield Verdict(
        f"forward-auth, throughput to the bare route's, {threads}",
        results.ratio(verify, case(BARE.name, "verify"), "per_second"),
        0.6,
        least=True,
    )


def _by_size(results: Results, workers: int) -> Iterator[Verdict]:
    for store in STORES:
        for load, who in (("login", "new people"), ("returning", "known people")):
            large, small = (Case(MARTLET.name, load, workers, store, size) for size in (LARGE, SMALL))
            yield Verdict(
                f"a login at 10⁷ bindings to one at 10³, {store}, {who}, {threads_of(workers)}",
                results.ratio(large, small, "total_cpu"),
                1.3,
            )


def _tail(results: Results, workers: int) -> Iterator[Verdict]:
    for load in ("start", "login", "verify"):
        yield Verdict(
            f"p99 to p50, {load}, {threads_of(workers)}",
            results.median(Case(MARTLET.name, load, workers), "tail"),
            5,
        )
