"""The demonstration, running: the service and its simulated providers."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clock import MovableClock
from processes import free_ports, martlet_binary, martlet_environment, running


@dataclass(frozen=True)
class Demo:
    """Where the service and the simulated providers are."""

    origin: str
    simulator: str

    @property
    def login_url(self) -> str:
        return f"{self.origin}/auth/login"

    @property
    def profile_url(self) -> str:
        return f"{self.origin}/profile"


@contextlib.contextmanager
def running_demo(folder: Path, clock: MovableClock | None = None) -> Iterator[Demo]:
    """Runs `martlet demo` with an empty database; it must end well when it is asked to."""
    port, simulator_port = free_ports(2)
    demo = Demo(f"http://localhost:{port}", f"http://127.0.0.1:{simulator_port}")
    command: list[str | Path] = [
        martlet_binary(),
        "demo",
        *("--port", str(port), "--simulator-port", str(simulator_port), "--folder", "data"),
    ]
    environment = martlet_environment()
    if clock:
        command = clock.command(command)
        environment |= clock.environment
    with running(
        command, ready_url=f"{demo.origin}/health/ready", folder=folder, environment=environment
    ) as server:
        server.wait_until(f"{demo.simulator}/")
        yield demo
