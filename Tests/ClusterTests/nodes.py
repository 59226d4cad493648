"""Nodes of the service, and the simulated providers that all of them use."""

import base64
import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from processes import Server, free_ports, martlet_binary, martlet_environment, running

SECRET = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
"""What all nodes of a run share."""

HOSTS = {
    "github": {
        "authorizationEndpoint": "github.com/login/oauth/authorize",
        "tokenEndpoint": "github.com/login/oauth/access_token",
        "userInfoEndpoint": "api.github.com/user",
        "emailsRequest": "api.github.com/user/emails",
    },
    "gitee": {
        "authorizationEndpoint": "gitee.com/oauth/authorize",
        "tokenEndpoint": "gitee.com/oauth/token",
        "userInfoEndpoint": "gitee.com/api/v5/user",
        "emailsRequest": "gitee.com/api/v5/emails",
    },
}


def simulated_providers(simulator: str) -> dict[str, Any]:
    """The configuration of the providers that people sign in with and link."""

    def moved(key: str, place: str) -> Any:
        address = f"{simulator}/{place}"
        return {"endpoint": address} if key == "emailsRequest" else address

    return {
        provider: {"clientID": "cluster", "clientSecret": "secret"}
        | {key: moved(key, place) for key, place in places.items()}
        for provider, places in HOSTS.items()
    }


@dataclass(frozen=True)
class Simulator:
    """The simulated providers."""

    base: str

    def answers_late(self, provider: str, step: str, seconds: float) -> None:
        requests.put(
            f"{self.base}/simulator/faults/{provider}/{step}",
            json={"fault": "slow", "delay": seconds},
            timeout=30,
        ).raise_for_status()

    def answers_well(self) -> None:
        requests.delete(f"{self.base}/simulator/faults", timeout=30).raise_for_status()

    def forgets_requests(self) -> None:
        requests.delete(f"{self.base}/simulator/requests", timeout=30).raise_for_status()

    def requests(self, path: str) -> int:
        """How many requests there were to a path since the last were forgotten."""
        recorded = requests.get(f"{self.base}/simulator/requests", timeout=30).json()
        return sum(path in request["path"] for request in recorded)


@contextlib.contextmanager
def running_simulator(folder: Path) -> Iterator[Simulator]:
    """Runs the simulated providers; the service beside them is not used."""
    folder.mkdir()
    port, simulator_port = free_ports(2)
    ports = ("--port", str(port), "--simulator-port", str(simulator_port))
    with running(
        [martlet_binary(), "demo", *ports, "--folder", "data"],
        ready_url=f"http://127.0.0.1:{simulator_port}/",
        folder=folder,
        environment=martlet_environment() | {"SWIFT_BACKTRACE": "enable=no"},
    ):
        yield Simulator(f"http://127.0.0.1:{simulator_port}")


class Node:
    """One `martlet serve`, which can be ended and started again at the same port."""

    def __init__(self, folder: Path, port: int, settings: dict[str, Any]) -> None:
        self._folder = folder
        self.port = port
        self.origin = f"http://localhost:{port}"
        self.configuration = folder / "martlet.json"
        folder.mkdir()
        base = {
            "publicURL": self.origin,
            "listen": f"127.0.0.1:{port}",
            "secrets": [SECRET],
            "insecureAllowHTTP": True,
            "requestsPerMinute": 0,
        }
        self.configuration.write_text(json.dumps(base | settings, indent=1))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the node was not started"
        return self._process

    @property
    def output(self) -> str:
        """Everything that it wrote in all its lives."""
        return (self._folder / "output.log").read_text(errors="replace")

    def start(self) -> None:
        """Starts it, and returns once it is ready."""
        log = self._folder / "output.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(martlet_binary()), "serve", "--config", str(self.configuration)],
                cwd=self._folder,
                env=martlet_environment() | {"SWIFT_BACKTRACE": "enable=no"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        Server(self._process, log).wait_until(f"{self.origin}/health/alive")

    def ask_to_end(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> float:
        """Expects it to end well within a time, and gives how long that took."""
        begun = time.monotonic()
        try:
            status = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"did not end within {seconds} seconds:\n{self.output}") from None
        assert status == 0, f"exit status {status}:\n{self.output}"
        self._process = None
        return time.monotonic() - begun

    def check(self) -> subprocess.CompletedProcess[str]:
        """What `martlet check` says of its configuration."""
        return subprocess.run(
            [str(martlet_binary()), "check", "--config", str(self.configuration)],
            cwd=self._folder,
            env=martlet_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def kill(self) -> None:
        """Ends it at once if it still runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def node(folder: Path, port: int, settings: dict[str, Any]) -> Iterator[Node]:
    """A node that runs, and is gone afterwards."""
    made = Node(folder, port, settings)
    try:
        made.start()
        yield made
    finally:
        made.kill()
