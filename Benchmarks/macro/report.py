"""The table for the terminal, docs/benchmarks.md, and its plots."""

import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .plots import Bar, Line, bars, lines
from .results import Case, Results
from .targets import (
    BY_HAND,
    BY_HAND_WITHOUT_STORE,
    APACHE,
    AUTHLIB,
    BARE,
    DJANGO,
    FASTAPI,
    FASTAPI_SHIPPED,
    MARTLET,
    MARTLET_OPENID,
)
from .verdicts import STORES, Verdict, threads_of

MEBIBYTE = 2**20
ORDER = [
    MARTLET,
    MARTLET_OPENID,
    BY_HAND,
    BY_HAND_WITHOUT_STORE,
    FASTAPI,
    FASTAPI_SHIPPED,
    AUTHLIB,
    DJANGO,
    APACHE,
    BARE,
]
LOADS = {"start": "Login start", "login": "Complete login", "verify": "Forward-auth check"}
SCALE_LOADS = {"login": "new people", "returning": "known people", "verify": "forward-auth"}

INTRODUCTION = """\
# Benchmarks

This page is written by `Benchmarks/macro`, which `make bench-macro` runs: all targets on one machine in turn. Its three parts may have
been run one by one, at different commits. Figures of shared machines vary: the ratios, and processor time before throughput, are what to trust. What is missed, and why: [performance](performance.md).
"""

METHOD = """\
## How it is measured

- **The load** is 64 connections that are kept, each with one request at a time, from one process (`Benchmarks/Load`). A *login start* is the
  request that sends the browser to the provider. A *complete login* is that, and the callback with its cookies: state and PKCE
  checked, code exchanged, profile fetched, the person stored, a session made; every login is by somebody new, unless they are called known.
  A *forward-auth check* asks who is signed in, with {sessions} sessions in turn.
- **The provider** is a stub (`Benchmarks/StubProvider`) that keeps nothing, checks PKCE, and costs much less than what is measured.
- **Processor time** is user and system time of the target and its children, from `/proc`, divided by the logins or requests of the
  measured time. The load and the provider are not in it. Latency and throughput are what the load generator sees; it and the provider
  run on the same machine.
- **Threads.** With one thread a target has one event loop or worker process and may use one processor; with two, two.
- **In turn.** Each figure is the median of {repetitions} runs of {seconds:g} s after {warm_up:g} s of warming up. Every target is measured once before any
  is measured again, and ratios are medians of the ratios of each round.
- **Memory** is resident memory (VmRSS) of the process and its children, straight after start (idle) and straight after a run.

What each one does, in its own words:

| | |
|---|---|
| Martlet | the release build with its defaults, which write a line of log for each login; SQLite in WAL mode with `synchronous = FULL`; flow in a sealed cookie; user, binding, session, used flow and audit row in one transaction. With OpenID Connect, an RS256 ID token is verified besides |
| bare route | one Hummingbird route that answers the very head of Martlet's login start |
| written by hand | what one handler for each of the two requests costs with the same libraries (`Benchmarks/ByHand`): Hummingbird, AsyncHTTPClient, swift-crypto, Foundation's JSON, GRDB; state and verifier in a sealed cookie; user and session in one SQLite transaction (WAL, FULL), as the peers that are written in Python have them, or, without a database, nobody stored. Nothing is configurable, judged beyond the state, logged or limited |
| fastapi-oauth20, pooled | FastAPI under uvicorn (uvloop, httptools); the library's two HTTP calls go through one pooled aiohttp session; state and verifier in a signed cookie; user and session in one SQLite transaction (WAL, FULL) by plain `sqlite3` |
| fastapi-oauth20, as shipped | the same, but the library makes an httpx client, with its TLS context, for every call |
| Authlib | the same application with Authlib's Starlette integration and httpx2, with one TLS context for all clients |
| social-auth-app-django | Django under gunicorn (gthread, 8 threads a worker) with the package's default pipeline and Django's default sessions: state, users, associations and sessions through the ORM in SQLite (WAL, FULL). A login begins by GET here, not by the package's form |
| mod_auth_openidc | Apache (event), OpenID Connect with PKCE and userinfo; sessions in its shared-memory cache of 500 entries, as by default (a larger one makes its logins dearer); **nobody is stored** |

PostgreSQL has its defaults (`fsync` and `synchronous_commit` on), on the same machine; the processor time of its server is counted with
the login's. Known people come at random, and the databases fit into the machine's memory, as caches of the system. The peers are in `Benchmarks/Peers`.
"""


def terminal_table(found: Iterable[Verdict]) -> str:
    """One line for each thing that must hold."""
    rows = [(verdict.what, verdict.shown, verdict.limit, verdict.word) for verdict in found]
    wide = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{what:{wide[0]}}  {shown:>{wide[1]}}  {limit:{wide[2]}}  {word}" for what, shown, limit, word in rows
    )


def document(run: dict[str, Any], results: Results, found: Sequence[Verdict], plots: Sequence[str]) -> str:
    """docs/benchmarks.md."""
    settings, machine, versions = run["settings"], run["machine"], run["versions"]
    held = [[verdict.what, verdict.shown, verdict.limit, verdict.word] for verdict in found]
    described = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    parts = [
        INTRODUCTION,
        f"Run of {run['date']}: {machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}. {described}.\n",
        "## What must hold\n",
        markdown(["", "measured", "bound", ""], held),
        *[f"![{Path(name).stem}](images/{name})\n" for name in plots],
    ]
    for workers in settings["workers"]:
        parts += [f"## Beside others, {threads_of(workers)}\n", *_peer_tables(results, workers)]
    for workers in settings["workers"]:
        rows = _scale_rows(results, workers)
        if rows:
            head = ["store", "bindings", "load", "a second", "CPU, µs", "of it the database's", "p50, ms", "p99, ms", "memory, MiB"]
            parts += [f"## By number of bindings, {threads_of(workers)}\n", markdown(head, rows)]
    parts += [_errors(results), _foreign(results)]
    if results.growth:
        rows = [[f"{logins:,}", f"{resident / MEBIBYTE:.1f}"] for logins, resident in results.growth]
        parts += ["## Memory by logins\n", markdown(["logins", "memory, MiB"], rows)]
    return "\n".join(part for part in [*parts, METHOD.format(**settings)] if part)


def plots(results: Results, workers: Sequence[int]) -> dict[str, str]:
    """The plots by file name; those whose figures were not measured are left out."""
    found = {}
    first, most = workers[0], workers[-1]
    for name, load, figure, title, note in (
        ("bench-login-cpu.svg", "login", "cpu", "Processor time of a complete login, milliseconds", _milliseconds),
        ("bench-login-rate.svg", "login", "per_second", "Complete logins a second", _whole),
        ("bench-start-rate.svg", "start", "per_second", "Login starts a second", _whole),
        ("bench-verify-rate.svg", "verify", "per_second", "Forward-auth checks a second", _whole),
    ):
        rows = _bar_rows(results, load, figure, first, note)
        if rows:
            found[name] = bars(f"{title} ({threads_of(first)})", rows)
    scale = _scale_lines(results, most)
    if scale:
        title = f"Processor time of a login by stored bindings, database included, microseconds ({threads_of(most)})"
        found["bench-scale.svg"] = lines(title, scale, x_label="stored bindings", logarithmic=True)
    if results.growth:
        points = [(float(logins), resident / MEBIBYTE) for logins, resident in results.growth]
        found["bench-memory.svg"] = lines("Resident memory by logins, MiB", [Line("Martlet", points)], x_label="logins")
    return found


def _bar_rows(results: Results, load: str, figure: str, workers: int, note: Any) -> list[Bar]:
    rows = []
    for site in ORDER:
        value = results.median(Case(site.name, load, workers), figure)
        if value is not None:
            rows.append(Bar(site.name, value, note(value), site in (MARTLET, MARTLET_OPENID)))
    return rows


def _scale_lines(results: Results, workers: int) -> list[Line]:
    drawn = []
    for store in STORES:
        for load in ("login", "returning"):
            cases = sorted(results.cases(store=store, load=load, workers=workers), key=lambda case: case.bindings)
            points = [(float(case.bindings), results.median(case, "total_cpu") or 0.0) for case in cases]
            if len(points) > 1:
                drawn.append(Line(f"{store}, {SCALE_LOADS[load]}", points))
    return drawn


def _peer_tables(results: Results, workers: int) -> list[str]:
    parts = []
    for load, title in LOADS.items():
        mine = Case(MARTLET.name, load, workers)
        rows = []
        for site in ORDER:
            case = Case(site.name, load, workers)
            if case in results.samples:
                rows.append([site.name, *_figures(results, case), *_ratios(results, mine, case), _memory(results, case)])
        head = ["", "a second", "CPU, µs", "p50, ms", "p99, ms", "Martlet's rate ÷ its", "Martlet's CPU ÷ its", "memory idle / after, MiB"]
        if rows:
            parts += [f"### {title}\n", markdown(head, rows)]
    return parts


def _figures(results: Results, case: Case, cpu: str = "cpu") -> list[str]:
    rate, time, middle, tail = (results.median(case, figure) or 0.0 for figure in ("per_second", cpu, "p50", "p99"))
    return [f"{rate:,.0f}", f"{time:,.0f}", f"{middle / 1000:.1f}", f"{tail / 1000:.1f}"]


def _ratios(results: Results, mine: Case, other: Case) -> list[str]:
    return [f"{results.ratio(mine, other, figure) or 0.0:.2f}" for figure in ("per_second", "cpu")]


def _memory(results: Results, case: Case) -> str:
    idle = results.idle.get(Case(case.target, "idle", case.workers, case.store, case.bindings))
    after = f"{(results.median(case, 'resident') or 0.0) / MEBIBYTE:.0f}"
    return f"{idle[0] / MEBIBYTE:.0f} / {after}" if idle else after


def _scale_rows(results: Results, workers: int) -> list[list[str]]:
    rows = []
    for store in STORES:
        for load, title in SCALE_LOADS.items():
            cases = sorted(results.cases(store=store, load=load, workers=workers), key=lambda case: case.bindings)
            for case in cases:
                rate, cpu, middle, tail = _figures(results, case, "total_cpu")
                helper = f"{results.median(case, 'helper_cpu') or 0.0:,.0f}" if store == "PostgreSQL" else ""
                rows.append([store, f"{case.bindings:,}", title, rate, cpu, helper, middle, tail, _memory(results, case)])
    return rows


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; columns of figures are aligned to the right."""
    rule = "|".join("---" if not column or column in ("store", "load") else "--:" for column in head)
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *[f"| {' | '.join(row)} |" for row in rows], ""])


def _errors(results: Results) -> str:
    """Which logins or requests failed."""
    failed = []
    for case, samples in results.samples.items():
        errors = sum(sample.errors for sample in samples)
        if errors:
            completed = sum(sample.completed for sample in samples)
            failed.append(f"{errors:,} beside {completed:,} ({case.target}, {case.load}, {threads_of(case.workers)})")
    return f"Failed logins and requests: {'; '.join(failed) or 'none'}.\n"


def _foreign(results: Results) -> str:
    """How much else the machine did."""
    foreign = [sample.foreign_processors for samples in results.samples.values() for sample in samples]
    return (
        f"What has no part in this used {statistics.median(foreign):.2f} processors meanwhile at the median, {max(foreign):.2f} at"
        " most, time that was taken from this machine included.\n"
    )


def _milliseconds(microseconds: float) -> str:
    return f"{microseconds / 1000:.2f} ms"


def _whole(value: float) -> str:
    return f"{value:,.0f}"
