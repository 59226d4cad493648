"""A service that is asked to end answers what it has accepted, and then ends."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter

from nodes import Node, Simulator, node, simulated_providers
from people import BROWSER, Person
from processes import free_ports
from waiting import wait_until

VISITORS = 24
SHUTDOWN_DELAY = 10
PROVIDER_DELAY = 4
BOUND = 20
"""After how many seconds the service breaks off what is still not answered."""


@pytest.fixture
def service(tmp_path: Path, simulator: Simulator) -> Iterator[Node]:
    [port] = free_ports(1)
    settings = {"providers": simulated_providers(simulator.base)}
    with node(tmp_path / "node", port, settings) as service:
        yield service


def idle_connection(service: Node) -> socket.socket:
    """A connection on which a request was answered, and which is kept."""
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=BOUND)
    connection.sendall(b"GET /health/alive HTTP/1.1\r\nHost: localhost\r\n\r\n")
    answer = b""
    while b'{"status":"alive"}' not in answer:
        answer += connection.recv(4096)
    return connection


def half_sent(service: Node, text: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", service.port), timeout=BOUND)
    connection.sendall(text.encode())
    return connection


def is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(4096) == b""
    except ConnectionResetError:
        return True


def test_answers_the_logins_under_way_and_ends(service: Node, simulator: Simulator) -> None:
    people = [Person(number, service.origin, HTTPAdapter()) for number in range(1, VISITORS + 1)]
    callbacks = [(person, person.callback("github")) for person in people]
    idle = [idle_connection(service) for _ in range(10)]
    # A head that never ends, and connections that have not said anything.
    idle += [half_sent(service, "GET /health/alive HTTP/1.1\r\nHo"), half_sent(service, "")]
    simulator.forgets_requests()
    simulator.answers_late("github", "token", PROVIDER_DELAY)
    try:
        with ThreadPoolExecutor(VISITORS) as pool:
            answers = [
                pool.submit(
                    person.browser.get, url, headers=BROWSER, allow_redirects=False, timeout=30
                )
                for person, url in callbacks
            ]
            wait_until(
                lambda: simulator.requests("/login/oauth/access_token") == VISITORS, seconds=20
            )
            assert not any(answer.done() for answer in answers)
            service.ask_to_end()
            wait_until(lambda: _refuses_connections(service.port), seconds=PROVIDER_DELAY)
            # Whoever is impatient changes nothing.
            service.ask_to_end()
            for answer in answers:
                response = answer.result()
                assert response.headers["Location"] == "/auth/login?oauth_success=1"
                assert response.headers["Connection"] == "close"
        ended_after = service.wait(15)
    finally:
        simulator.answers_well()
    assert all(is_closed(connection) for connection in idle)
    print(f"\n{VISITORS} logins under way were answered; ended {ended_after * 1000:.0f} ms later")

    # What was answered was kept, too.
    service.start()
    assert all(person.is_signed_in() for person in people)
    service.ask_to_end()
    service.wait(15)


def _refuses_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False


def test_does_not_wait_for_ever_for_half_a_request(service: Node) -> None:
    person = Person(1, service.origin, HTTPAdapter())
    person.signs_in()
    lines = [
        "POST /api/auth/oauth/bind HTTP/1.1",
        "Host: localhost",
        f"Origin: {service.origin}",
        f"Cookie: martlet-session={person.browser.cookies['martlet-session']}",
        "Content-Type: application/json",
        "Content-Length: 100",
    ]
    connection = half_sent(service, "\r\n".join(lines) + "\r\n\r\n{")
    # A later request is answered, so the earlier one was accepted.
    assert person.is_signed_in()
    service.ask_to_end()
    ended_after = service.wait(BOUND + 5)
    assert b" 200 " not in connection.recv(4096)
    connection.close()
    assert ended_after > BOUND - 1
    print(f"\nhalf a request: ended {ended_after:.1f} s after it was asked to")


def test_tells_balancers_before_it_stops(tmp_path: Path, simulator: Simulator) -> None:
    [port] = free_ports(1)
    settings = {"providers": simulated_providers(simulator.base), "shutdownDelay": SHUTDOWN_DELAY}
    with node(tmp_path / "node", port, settings) as service:
        with requests.Session() as browser:
            ready = browser.get(f"{service.origin}/health/ready", timeout=5)
            assert ready.status_code == 200 and "Connection" not in ready.headers
        begun = time.monotonic()
        service.ask_to_end()
        wait_until(
            lambda: (
                requests.get(f"{service.origin}/health/ready", timeout=5).json()
                == {"status": "draining"}
            ),
            seconds=SHUTDOWN_DELAY,
        )
        answer = requests.get(f"{service.origin}/health/ready", timeout=5)
        assert answer.status_code == 503 and answer.headers["Connection"] == "close"
        assert requests.get(f"{service.origin}/health/alive", timeout=5).status_code == 200
        # It still serves whoever comes.
        Person(1, service.origin, HTTPAdapter()).signs_in()
        service.wait(SHUTDOWN_DELAY + 10)
        assert time.monotonic() - begun >= SHUTDOWN_DELAY
