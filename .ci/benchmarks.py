"""Runs the benchmarks and prints the processor time of each; fails if one costs more than it may.

Usage: benchmarks.py [SCRATCH], where to build (default Benchmarks/.build).

The limits are in Benchmarks/thresholds.json: nanoseconds of processor time of one call, at the median. The benchmark
package's own check is about the 90th percentile, and fails also when something became faster.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "Benchmarks"
PREFIX, SUFFIX = "Current_run.Login.", ".CPU.histogram.percentiles.tsv"


def run(scratch: str, results: str) -> None:
    """Runs every benchmark, leaving one table of percentiles for each in a folder."""
    command = ["swift", "package", "--package-path", str(PACKAGE), "--scratch-path", scratch]
    permission = ["--allow-writing-to-directory", results]
    # Without the name, every program of the package is taken for one of benchmarks.
    options = ["--target", "Login", "--format", "histogramPercentiles", "--path", results, "--no-progress"]
    subprocess.run([*command, *permission, "benchmark", *options], check=True, stdout=sys.stderr)


def percentile(table: Path, wanted: int) -> int:
    """The nanoseconds of a percentile, in a table whose lines are `percentile TAB value`."""
    rows = [line.split("\t") for line in table.read_text().splitlines()[1:]]
    return next(int(value) for name, value in rows if int(name) == wanted)


def main(scratch: str) -> int:
    """Prints a line for each benchmark; gives the exit status."""
    limits = json.loads((PACKAGE / "thresholds.json").read_text())
    with tempfile.TemporaryDirectory() as results:
        run(scratch, results)
        tables = {path.name.removeprefix(PREFIX).removesuffix(SUFFIX): path for path in Path(results).glob("*" + SUFFIX)}
        holds = tables.keys() == {name.replace(" ", "_") for name in limits}
        if not holds:
            print("The benchmarks are not those that have limits:", ", ".join(sorted(tables)))
        print(f"{'µs of processor time of a call':40} {'p50':>8} {'p99':>8} {'limit':>8}")
        for name, limit in limits.items():
            table = tables.get(name.replace(" ", "_"))
            if table is None:
                continue
            median, worst = percentile(table, 50), percentile(table, 99)
            passes = median <= limit
            holds = holds and passes
            remark = "" if passes else "  TOO SLOW"
            print(f"{name:40} {median / 1000:8.1f} {worst / 1000:8.1f} {limit / 1000:8.1f}{remark}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else str(PACKAGE / ".build")))
