"""One run of the load generator, and what its target used meanwhile."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .programs import Failed, Program, environment, machine_cpu_seconds
from .targets import Target


@dataclass(frozen=True)
class Sample:
    """What one run gave; times are in microseconds, and processor time is that of one login or request."""

    completed: int
    per_second: float
    cpu: float
    helper_cpu: float
    p50: float
    p99: float
    errors: int
    resident: int
    proportional: int
    # How many processors the load generator used, and how many everything else that has no part in this.
    load_processors: float
    foreign_processors: float

    @property
    def total_cpu(self) -> float:
        """Processor time with that of the database server."""
        return self.cpu + self.helper_cpu

    @property
    def tail(self) -> float:
        """How many times the median the slowest hundredth takes at least."""
        return self.p99 / self.p50

    def json(self) -> dict[str, Any]:
        """As kept in the results."""
        return asdict(self)


# How the steps of a run are named by the load generator, and which of them stands for the whole.
MODES = {"start": ("start", "start"), "login": ("login", "login"), "verify": ("session", "visit")}


class LoadGenerator:
    """The program `Load`."""

    def __init__(self, binaries: Path, folder: Path, stub: Program, connections: int) -> None:
        self._program = binaries / "Load"
        self._folder = folder
        self._stub = stub
        self._connections = connections

    def run(self, load: str, target: Target, options: Sequence[str]) -> Sample:
        """Runs a load: `start`, `login` or `verify`."""
        mode, step = MODES[load]
        command = [str(self._program), mode, "--target", f"127.0.0.1:{target.port}"]
        command += ["--connections", str(self._connections), "--start", target.site.start]
        command += ["--session-cookie", target.site.session_cookie or "none", *options]
        if load == "verify":
            command += ["--path", target.site.verify]
        report, used = self._watch(command, target)
        completed, load_cpu = report["completed"], report["processorSeconds"]
        latency = report["latency"][step]
        memory = target.program.memory()
        return Sample(
            completed=completed,
            per_second=report["completedPerSecond"],
            cpu=used.target / completed * 1e6,
            helper_cpu=used.helpers / completed * 1e6,
            p50=latency["p50"],
            p99=latency["p99"],
            errors=sum(error["count"] for error in report["errors"].values()),
            resident=memory.resident,
            proportional=memory.proportional,
            load_processors=load_cpu / report["seconds"],
            foreign_processors=(used.machine - used.target - used.helpers - used.stub - load_cpu) / report["seconds"],
        )

    def _watch(self, command: list[str], target: Target) -> tuple[dict[str, Any], "Used"]:
        """Gives the report, and what was used while it was measured."""
        before = after = report = None
        with (
            (self._folder / "load.log").open("w+") as log,
            subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment({}), stdin=subprocess.DEVNULL
            ) as process,
        ):
            try:
                for line in process.stdout or ():
                    if line.startswith("measuring"):
                        before = self._used(target)
                    elif line.startswith("measured"):
                        after = self._used(target)
                    elif line.startswith("{"):
                        report = json.loads(line)
            except BaseException:
                process.kill()
                raise
            log.seek(0)
            complaint = log.read()
        if report is None or not report["completed"] or before is None or after is None:
            raise Failed(f"{target.site.name}: no load: {report or complaint}\n{target.program.output[-500:]}")
        if report["errors"]:
            print(f"  {target.site.name}: errors: {report['errors']}", flush=True)
        return report, after - before

    def _used(self, target: Target) -> "Used":
        helpers = sum(helper.cpu_seconds() for helper in target.helpers)
        return Used(target.program.cpu_seconds(), helpers, self._stub.cpu_seconds(), machine_cpu_seconds())


@dataclass(frozen=True)
class Used:
    """Processor seconds."""

    target: float
    helpers: float
    stub: float
    machine: float

    def __sub__(self, earlier: "Used") -> "Used":
        return Used(
            self.target - earlier.target,
            self.helpers - earlier.helpers,
            self.stub - earlier.stub,
            self.machine - earlier.machine,
        )


def stub_provider(binaries: Path, folder: Path) -> tuple[Program, str]:
    """Starts the provider; gives its address, too."""
    program = Program([binaries / "StubProvider"], folder / "stub")
    return program, f"http://127.0.0.1:{program.announced_port()}"
