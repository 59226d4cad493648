"""The primary dies under load, its standby takes over, and nothing acknowledged is lost."""

import signal
import time
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter

from databases import Database, running_pair
from nodes import Simulator, node, simulated_providers
from people import Crowd, Person, Unavailable, percentile, signs_in_and_links
from processes import free_ports
from waiting import wait_until

WORKERS = 8
RECOVERY_SECONDS = 10
"""How soon after the promotion people must be able to sign in again."""
OUTAGE_SECONDS = 7
"""How long nobody can write: longer than a request waits for a server that takes over."""
HANG_SECONDS = 30
"""How soon people must be able to sign in after the primary froze: an answer is awaited for 6 s."""
ANSWER_SECONDS = 12
"""Within what time a request is answered when there is no database, whatever it waits for."""


def store(first: Database, second: Database) -> str:
    hosts = ",".join(f"127.0.0.1:{database.port}" for database in (first, second))
    return f"postgres://martlet@{hosts}/postgres?target_session_attrs=read-write"


def look_at(database: Database) -> set[tuple[str, ...]]:
    """Expects whole transactions only; gives who has an account of which provider."""

    def count(sql: str) -> int:
        [[number]] = database.query(f"SELECT count(*) FROM {sql}")
        return int(number)

    # A first login makes the user, the binding, the session and a line of the audit trail for each.
    events = {
        event: count(f"audit_events WHERE event = '{event}'")
        for event in ("user_created", "signed_in")
    }
    assert count("users") == events["user_created"]
    assert count("sessions") == events["signed_in"]
    assert (
        count("users WHERE id NOT IN (SELECT user_id FROM identities WHERE provider_id = 'github')")
        == 0
    )
    assert count("identities") == count("audit_events WHERE event = 'identity_bound'")
    rows = database.query("SELECT username, provider_id FROM identities")
    return {tuple(row) for row in rows}


def test_finds_the_promoted_standby_and_loses_nothing(tmp_path: Path, simulator: Simulator) -> None:
    [port] = free_ports(1)
    with running_pair() as (primary, standby):
        settings = {
            "store": store(primary, standby),
            "providers": simulated_providers(simulator.base),
        }
        with (
            node(tmp_path / "node", port, settings) as service,
            Crowd(service.origin, signs_in_and_links, WORKERS) as crowd,
        ):
            process = service.process
            begun = time.monotonic()
            crowd.wait_for(200, what="login")
            rate = 200 / (time.monotonic() - begun)
            assert crowd.troubles() == []

            primary.kill()
            killed = time.monotonic()
            # Answers come all the same, and say that there is no database.
            wait_until(
                lambda: time.monotonic() > killed + OUTAGE_SECONDS, seconds=OUTAGE_SECONDS + 1
            )
            acknowledged = set(crowd.acknowledged)
            standby.promote()
            promoted = time.monotonic()

            login = crowd.wait_for(1, since=killed, what="login", seconds=RECOVERY_SECONDS)
            recovery = login.begun + login.seconds - promoted
            crowd.wait_for(200, since=promoted, what="login")
            assert service.process is process and process.poll() is None

        outage = [attempt for attempt in crowd.attempts(since=begun) if attempt.trouble]
        assert {type(attempt.trouble) for attempt in outage} == {Unavailable}, crowd.troubles()
        slowest = max(attempt.seconds for attempt in outage)
        assert slowest < ANSWER_SECONDS
        # After the service has come back, it does not go away again.
        assert crowd.troubles(since=promoted + RECOVERY_SECONDS) == []

        kept = look_at(standby)
        assert acknowledged <= kept, acknowledged - kept
        assert crowd.acknowledged <= kept
        logins = [attempt for attempt in crowd.attempts(since=promoted) if attempt.what == "login"]
        print(
            f"\nfailover: {rate:.0f} logins and as many links a second before; "
            f"promoted after {promoted - killed:.1f} s, signing in again {recovery:.2f} s later; "
            f"{len(outage)} requests answered 503 meanwhile, the slowest after {slowest:.1f} s; "
            f"{len(acknowledged)} acknowledged bindings, none lost; "
            f"{len(logins)} logins afterwards, half of them within {percentile(logins, 0.5):.0f} ms"
        )


def test_leaves_no_server_process_behind_while_no_standby_acknowledges(
    tmp_path: Path, simulator: Simulator
) -> None:
    """A commit then waits for as long as no standby is there, and its server process with it."""
    [port] = free_ports(1)
    with running_pair() as (primary, standby):
        settings = {
            "store": store(primary, standby),
            "providers": simulated_providers(simulator.base),
        }
        with node(tmp_path / "node", port, settings) as service:

            def readiness() -> int:
                return requests.get(f"{service.origin}/health/ready", timeout=30).status_code

            assert readiness() == 200
            standby.stop()
            # Each check commits, and is given up after some seconds.
            assert [readiness() for _ in range(3)] == [503] * 3
            wait_until(lambda: _waiting_commits(primary) == 0, seconds=20)
            standby.start()
            wait_until(lambda: readiness() == 200, seconds=30)
            Person(1, service.origin, HTTPAdapter()).signs_in()


def _waiting_commits(primary: Database) -> int:
    [[count]] = primary.query(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    )
    return int(count)


def test_turns_away_from_a_primary_that_hangs(tmp_path: Path, simulator: Simulator) -> None:
    """It takes connections and never answers: only the service's own deadlines help."""
    [port] = free_ports(1)
    with running_pair() as (primary, standby):
        settings = {
            "store": store(primary, standby),
            "storeConnections": 4,
            "providers": simulated_providers(simulator.base),
        }
        with (
            node(tmp_path / "node", port, settings) as service,
            Crowd(service.origin, signs_in_and_links, WORKERS) as crowd,
        ):
            process = service.process
            crowd.wait_for(50, what="login")
            primary.signal(signal.SIGSTOP)
            frozen = time.monotonic()
            standby.promote()
            login = crowd.wait_for(1, since=frozen, what="login", seconds=HANG_SECONDS)
            recovery = login.begun + login.seconds - frozen
            crowd.wait_for(50, since=time.monotonic(), what="login")
            assert service.process is process and process.poll() is None
        primary.kill()
        outage = [attempt for attempt in crowd.attempts() if attempt.trouble]
        assert {type(attempt.trouble) for attempt in outage} <= {Unavailable}, crowd.troubles()
        kept = look_at(standby)
        assert crowd.acknowledged <= kept, crowd.acknowledged - kept
        print(
            f"\nhanging primary: signing in again {recovery:.1f} s after it froze, "
            f"{len(outage)} requests answered 503, "
            f"{len(crowd.acknowledged)} acknowledged bindings, none lost"
        )
