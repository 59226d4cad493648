"""Prints how many lines of each target the Swift tests reached; fails if one is below its minimum.

Usage: coverage.py FILE, the file being what `swift test --show-codecov-path` names.
"""

import json
import sys
from collections import Counter
from pathlib import Path

MINIMUM_PERCENT = {"Martlet": 90.0, "MartletAccounts": 90.0}

SOURCES = Path(__file__).resolve().parents[1] / "Sources"


def lines_by_target(report: dict, sources: Path) -> tuple[Counter[str], Counter[str]]:
    """The reached and the existing lines of each folder in `sources`."""
    covered: Counter[str] = Counter()
    existing: Counter[str] = Counter()
    for export in report["data"]:
        for file in export["files"]:
            path = Path(file["filename"])
            if path.is_relative_to(sources):
                target = path.relative_to(sources).parts[0]
                covered[target] += file["summary"]["lines"]["covered"]
                existing[target] += file["summary"]["lines"]["count"]
    return covered, existing


def main(path: str) -> int:
    """Prints a line for each target; gives the exit status."""
    covered, existing = lines_by_target(json.loads(Path(path).read_text()), SOURCES)
    is_enough = True
    for target in sorted(existing | Counter(dict.fromkeys(MINIMUM_PERCENT, 1))):
        percent = 100 * covered[target] / max(existing[target], 1)
        minimum = MINIMUM_PERCENT.get(target)
        passes = minimum is None or percent >= minimum
        is_enough = is_enough and passes
        remark = (
            "" if minimum is None else f"  (at least {minimum:g} %{'' if passes else ': TOO LOW'})"
        )
        print(f"{target:<20} {percent:5.1f} % of {existing[target]} lines{remark}")
    return 0 if is_enough else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
