"""Measures everything, prints one table, and writes docs/benchmarks.md with its plots.

The programs (martlet, BareRoute, StubProvider, Load) are release builds in one folder; the peers' packages are in
Benchmarks/.venv. The exit status is 1 if something that must hold does not.
"""

import argparse
import datetime
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .load import stub_provider
from .machine import machine, versions
from .plan import Bench, Settings
from .programs import Failed
from .report import document, plots, terminal_table
from .results import Results
from .verdicts import LARGE, SMALL, Verdict, verdicts

CHECKOUT = Path(__file__).resolve().parents[2]
BINARIES = CHECKOUT / "Benchmarks" / ".build-release" / "release"
CACHE = CHECKOUT / "var" / "bench"
PARTS = ("compare", "scale", "grow")


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="macro", description=__doc__)
    parser.add_argument("--binaries", type=Path, default=BINARIES, help="the folder of the release builds")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where databases and results are kept")
    parser.add_argument("--part", choices=PARTS, action="append", help="measure only this; may be repeated")
    parser.add_argument("--quick", action="store_true", help="short runs, up to 10⁵ bindings, 20,000 logins for memory")
    parser.add_argument("--seconds", type=float, help="how long each run is measured")
    parser.add_argument("--repetitions", type=int, help="how many runs each figure is the median of")
    parser.add_argument("--workers", type=int, action="append", help="worker threads; may be repeated")
    parser.add_argument("--logins", type=int, help="how many logins memory is measured after (1,000,000)")
    parser.add_argument("--report", action="store_true", help="measure nothing; report the kept results again")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its plots")
    return parser.parse_args()


def settings_of(asked: argparse.Namespace) -> Settings:
    """How much is measured."""
    quick = asked.quick
    return Settings(
        seconds=asked.seconds or (2 if quick else 6),
        warm_up=0.5 if quick else 2,
        repetitions=asked.repetitions or (1 if quick else 3),
        bindings=[SMALL, 100_000] + ([] if quick else [LARGE]),
        workers=sorted(asked.workers or [1, 2]),
        logins=asked.logins or (20_000 if quick else 1_000_000),
    )


def measure(asked: argparse.Namespace, settings: Settings, kept: Path) -> None:
    """Runs the parts, and keeps what each gave; one that fails does not stop the others."""
    binaries = asked.binaries.resolve()
    folder = asked.cache.resolve()
    about = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "versions": versions(),
        "settings": asdict(settings),
    }
    stub, address = stub_provider(binaries, folder)
    try:
        bench = Bench(settings, binaries, folder, stub, address)
        for part in asked.part or PARTS:
            try:
                getattr(bench, part)()
            except Failed as failure:
                print(f"{part}: {failure}", flush=True)
            kept.write_text(json.dumps(about | {"results": bench.results.json()}, indent=1) + "\n")
    finally:
        stub.stop()


def kept_file(asked: argparse.Namespace) -> Path:
    """Where results are kept: those of a part, or of short runs, apart from those of everything."""
    return asked.cache / "-".join(["results", *(["quick"] if asked.quick else []), *(asked.part or [])])


def main() -> int:
    """Measures and reports; gives the exit status."""
    asked = arguments()
    # So that what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    kept = kept_file(asked).with_suffix(".json")
    if not asked.report:
        measure(asked, settings_of(asked), kept)
    run = json.loads(kept.read_text())
    results = Results.of(run["results"])
    found = verdicts(results, run["settings"]["workers"])
    print(terminal_table(found))
    is_whole = not asked.quick and not asked.part
    if asked.write and is_whole:
        write(run, results, found)
    elif asked.write:
        print("docs/benchmarks.md is only written after a whole run.")
    # In a whole run, what could not be measured does not hold.
    return 1 if any(verdict.holds is False or (is_whole and verdict.holds is None) for verdict in found) else 0


def write(run: dict[str, Any], results: Results, found: list[Verdict]) -> None:
    """Writes the page and its plots."""
    drawn = plots(results, run["settings"]["workers"])
    for name, plot in drawn.items():
        (CHECKOUT / "docs" / "images" / name).write_text(plot)
    (CHECKOUT / "docs" / "benchmarks.md").write_text(document(run, results, found, list(drawn)))


if __name__ == "__main__":
    sys.exit(main())
