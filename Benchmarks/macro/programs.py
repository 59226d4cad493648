"""Starting programs, and what they cost: processor time and memory, by /proc."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 20
TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """Something did not start, did not end, or answered wrongly."""


@dataclass(frozen=True)
class Memory:
    """Bytes; PSS counts a page that several processes share in parts."""

    resident: int
    proportional: int


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(additions: Mapping[str, str]) -> dict[str, str]:
    """The environment without settings of the service's own, which would change what is measured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARTLET_")}
    return kept | {"SWIFT_BACKTRACE": "enable=no", "PYTHONDONTWRITEBYTECODE": "1"} | dict(additions)


class Program:
    """A running program and its children."""

    def __init__(
        self,
        command: Sequence[str | Path],
        folder: Path,
        *,
        variables: Mapping[str, str] | None = None,
        cores: int | None = None,
    ) -> None:
        """Starts it in `folder`, where output.log takes what it prints; on the first `cores` processors."""
        parts = [str(part) for part in command]
        if cores is not None:
            allowed = sorted(os.sched_getaffinity(0))[:cores]
            parts = ["taskset", "--cpu-list", ",".join(map(str, allowed)), *parts]
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "output.log"
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                parts,
                cwd=folder,
                env=environment(variables or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        """What it printed so far."""
        return self._log.read_text(errors="replace")

    def wait_until(self, port: int, path: str, statuses: Sequence[int] = (200,)) -> None:
        """Returns once a path of the program is answered with one of the statuses."""
        self._poll(lambda: answer_status(port, path) in statuses, f"{path} at port {port} was not answered")

    def announced_port(self) -> int:
        """The port of the line `ready PORT`, once it is there."""
        self._poll(lambda: self._ready_line() is not None, "it did not say that it is ready")
        line = self._ready_line()
        return int(line.split()[1]) if line else 0

    def _ready_line(self) -> str | None:
        return next((line for line in self.output.splitlines() if line.startswith("ready ")), None)

    def _poll(self, is_true: Callable[[], bool], failure: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise Failed(f"ended with {self._process.returncode} at start:\n{self.output}")
            if is_true():
                return
            time.sleep(0.05)
        raise Failed(f"{failure} within {START_SECONDS} seconds:\n{self.output}")

    def process_ids(self) -> list[int]:
        """Its own id and those of its descendants."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    parents[int(entry.name)] = int(_stat(int(entry.name))[1])
        family = [self._process.pid]
        for member in family:
            family += [child for child, parent in parents.items() if parent == member]
        return family

    def cpu_seconds(self) -> float:
        """The processor time that it and its children, ended ones included, have used."""
        ticks = 0
        for process_id in self.process_ids():
            with contextlib.suppress(OSError):
                ticks += sum(map(int, _stat(process_id)[11:15]))
        return ticks / TICKS

    def memory(self) -> Memory:
        """What it and its children hold of physical memory."""
        resident = proportional = 0
        for process_id in self.process_ids():
            with contextlib.suppress(OSError):
                resident += _kilobytes(Path(f"/proc/{process_id}/status"), "VmRSS:")
                proportional += _kilobytes(Path(f"/proc/{process_id}/smaps_rollup"), "Pss:")
        return Memory(resident * 1024, proportional * 1024)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ends it, and whatever it left running."""
        family = self.process_ids()
        self._process.send_signal(by)
        try:
            self._process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process_id in family[1:]:
            with contextlib.suppress(OSError):
                if os.getsid(process_id) == self._process.pid:
                    os.kill(process_id, signal.SIGKILL)


def machine_cpu_seconds() -> float:
    """The processor time that everything on this machine used, and that other machines on the same host took from it."""
    fields = Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]
    idle_and_waiting = sum(map(int, fields[3:5]))
    return (sum(map(int, fields)) - idle_and_waiting) / TICKS


def answer_status(port: int, path: str) -> int | None:
    """The status of a GET, or None if nobody answers."""
    try:
        return head_of(port, path)[0]
    except (OSError, http.client.HTTPException):
        return None


def head_of(port: int, path: str) -> tuple[int, str, list[tuple[str, str]]]:
    """Status, reason and header fields of a GET as a browser sends it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept": "text/html", "Sec-Fetch-Mode": "navigate"})
        response = connection.getresponse()
        response.read()
        return response.status, response.reason, response.getheaders()
    finally:
        connection.close()


def _stat(process_id: int) -> list[str]:
    """The fields of /proc/PID/stat that follow the program's name: state, parent, …"""
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()


def _kilobytes(file: Path, field: str) -> int:
    return next((int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(field)), 0)
