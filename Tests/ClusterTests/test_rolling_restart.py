"""Two nodes behind a balancer are restarted one after the other while people sign in."""

import time
from pathlib import Path

import pytest

from balancers import PROGRAMS, balancer
from databases import running_database
from nodes import Node, Simulator, node, simulated_providers
from people import Crowd, percentile, signs_in_and_links
from processes import free_ports

ROUNDS = 2
WORKERS = 8
BETWEEN_RESTARTS = 40
"""How many logins there are at least between one restart and the next."""


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_no_login_fails_while_nodes_are_restarted(
    name: str, tmp_path: Path, simulator: Simulator
) -> None:
    port, *ports = free_ports(3)
    origin = f"http://localhost:{port}"
    with running_database() as database:
        settings = {
            "publicURL": origin,
            "store": f"postgres://martlet@127.0.0.1:{database.port}/postgres",
            "trustedProxies": ["127.0.0.1"],
            "shutdownDelay": 2,
            "providers": simulated_providers(simulator.base),
        }
        with (
            node(tmp_path / "a", ports[0], settings) as first,
            node(tmp_path / "b", ports[1], settings) as second,
            balancer(name, tmp_path / name, port, (ports[0], ports[1])),
            Crowd(origin, signs_in_and_links, WORKERS) as crowd,
        ):
            begun = time.monotonic()
            crowd.wait_for(BETWEEN_RESTARTS, what="login")
            for _ in range(ROUNDS):
                for each in (first, second):
                    _restart(each, crowd)
            elapsed = time.monotonic() - begun
        attempts = crowd.attempts()
        assert crowd.troubles() == []
        logins = [attempt for attempt in attempts if attempt.what == "login"]
        print(
            f"\n{name}: {2 * ROUNDS} restarts, {len(logins)} logins and as many links, "
            f"{len(logins) / elapsed:.0f} a second, none failed; a login took "
            f"{percentile(logins, 0.5):.0f} ms, the slowest {percentile(logins, 1):.0f} ms"
        )
        identities = {
            tuple(row) for row in database.query("SELECT username, provider_id FROM identities")
        }
        assert crowd.acknowledged <= identities


def _restart(each: Node, crowd: Crowd) -> None:
    """Ends a node and starts it again, while people go on; those from before are still known."""
    before = crowd.members[-1]
    each.ask_to_end()
    each.wait(15)
    crowd.wait_for(5, since=time.monotonic(), what="login")
    each.start()
    crowd.wait_for(BETWEEN_RESTARTS, since=time.monotonic(), what="login")
    assert before.is_signed_in()
