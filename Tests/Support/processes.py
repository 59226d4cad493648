"""Starting and stopping the programs under test."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import requests

START_SECONDS = 60
STOP_SECONDS = 15


_given: set[int] = set()


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on now, and that were not given before."""
    ports: list[int] = []
    while len(ports) < count:
        with socket.socket() as each:
            each.bind(("127.0.0.1", 0))
            port = each.getsockname()[1]
        if port not in _given:
            _given.add(port)
            ports.append(port)
    return ports


def martlet_binary() -> Path:
    """The built program: $MARTLET_BINARY, else the debug build of this checkout."""
    default = Path(__file__).parents[2] / ".build" / "debug" / "martlet"
    binary = Path(os.environ.get("MARTLET_BINARY", default)).resolve()
    if not binary.is_file():
        raise FileNotFoundError(f"{binary} is missing; build it with: make build")
    return binary


def martlet_environment() -> dict[str, str]:
    """The environment without settings of Martlet's own, which would change what is tested."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARTLET_")}
    # The program may be built for coverage, which is measured by the Swift tests alone.
    return kept | {"LLVM_PROFILE_FILE": "/dev/null"}


class Server:
    """A running program that answers HTTP, and what it printed."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def output(self) -> str:
        """Everything it wrote to standard output and standard error so far."""
        return self._log.read_text(errors="replace")

    def wait_until(self, ready_url: str) -> None:
        """Returns once `ready_url` answers without a server's error.

        Fails if the program ends before, or after a minute.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise AssertionError(
                    f"ended with {self._process.returncode} at start:\n{self.output}"
                )
            with contextlib.suppress(requests.RequestException):
                if requests.get(ready_url, timeout=5).status_code < 500:
                    return
            time.sleep(0.05)
        raise AssertionError(
            f"{ready_url} did not answer within {START_SECONDS} seconds:\n{self.output}"
        )

    def stop(self) -> int:
        """Asks it to end (SIGTERM) and gives its exit status, negative if a signal ended it."""
        self._process.terminate()
        try:
            return self._process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(
                f"did not end within {STOP_SECONDS} seconds of SIGTERM:\n{self.output}"
            ) from None

    def kill(self) -> None:
        """Ends it at once, without a chance to do anything more (SIGKILL)."""
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    *,
    ready_url: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    exit_statuses: Sequence[int] = (0,),
) -> Iterator[Server]:
    """Runs a program in `folder` for a while; its exit status must be one of those given."""
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, log)
    try:
        server.wait_until(ready_url)
        yield server
    finally:
        status = server.stop()
    assert status in exit_statuses, f"exit status {status}:\n{server.output}"
