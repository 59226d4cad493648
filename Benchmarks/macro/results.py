"""Samples by what was measured, medians and ratios."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .load import Sample


@dataclass(frozen=True)
class Case:
    """One thing that is measured: a load on a target."""

    target: str
    load: str
    workers: int
    store: str = ""
    bindings: int = 0


@dataclass
class Results:
    """All samples, in the order of the repetitions, and memory in bytes by what it is of."""

    samples: dict[Case, list[Sample]] = field(default_factory=dict)
    idle: dict[Case, tuple[int, int]] = field(default_factory=dict)
    growth: list[tuple[int, int]] = field(default_factory=list)

    def add(self, case: Case, sample: Sample) -> None:
        """Keeps a sample."""
        self.samples.setdefault(case, []).append(sample)

    def median(self, case: Case, figure: str) -> float | None:
        """The median of a figure; None if it was not measured."""
        values = [getattr(sample, figure) for sample in self.samples.get(case, ())]
        return statistics.median(values) if values else None

    def ratio(self, case: Case, other: Case, figure: str) -> float | None:
        """The median of the ratios of each repetition: what slows the machine for a while slows both."""
        pairs = zip(self.samples.get(case, ()), self.samples.get(other, ()), strict=False)
        ratios = [getattr(mine, figure) / getattr(theirs, figure) for mine, theirs in pairs]
        return statistics.median(ratios) if ratios else None

    def cases(self, **wanted: Any) -> Iterator[Case]:
        """The measured cases with these members."""
        for case in self.samples:
            if all(getattr(case, name) == value for name, value in wanted.items()):
                yield case

    def json(self) -> dict[str, Any]:
        """All of it, to keep."""
        return {
            "samples": [
                vars(case) | {"samples": [sample.json() for sample in samples]}
                for case, samples in self.samples.items()
            ],
            "idle": [
                vars(case) | {"resident": resident, "proportional": proportional}
                for case, (resident, proportional) in self.idle.items()
            ],
            "growth": [{"logins": logins, "resident": resident} for logins, resident in self.growth],
        }

    @classmethod
    def of(cls, json: dict[str, Any]) -> "Results":
        """What `json` gave."""
        results = cls()
        for entry in json["samples"]:
            samples = [Sample(**sample) for sample in entry.pop("samples")]
            results.samples[Case(**entry)] = samples
        for entry in json["idle"]:
            memory = (entry.pop("resident"), entry.pop("proportional"))
            results.idle[Case(**entry)] = memory
        results.growth = [(entry["logins"], entry["resident"]) for entry in json["growth"]]
        return results
