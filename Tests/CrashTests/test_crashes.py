"""The service is killed at random moments: what it acknowledged stays, nothing is half made."""

import contextlib
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crowd import Member, Site
from processes import Server, free_ports, martlet_binary, martlet_environment, running

SEED = 20260526
PEOPLE = 1000
"""Each signs in once and links one account: 2,000 operations in all."""
WORKERS = 8
BETWEEN_KILLS = (40, 160)
"""How many operations are acknowledged between one kill and the next."""
PAUSE_SECONDS = 0.03
"""How much later a kill may come than the operation that it follows."""


class Counter:
    """Counts operations, and lets somebody wait for a number of them."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        with self._changed:
            return self._count

    def increment(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait_for(self, count: int, *, unless: threading.Event) -> None:
        """Returns once so many were counted, or it is settled that there will not be more."""
        with self._changed:
            while self._count < count and not unless.is_set():
                self._changed.wait(timeout=0.1)


def whole_life(member: Member, counter: Counter) -> None:
    """All that one person does."""
    try:
        for step in (member.signs_in, member.links):
            member.site.persist(step)
            counter.increment()
    except BaseException:
        member.site.given_up.set()
        raise


def look_at_database(path: Path) -> tuple[int, int]:
    """Expects a sound database without half-made users; gives the numbers of users and bindings."""
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as database:

        def rows(query: str) -> list[tuple[object, ...]]:
            return database.execute(query).fetchall()

        assert rows("PRAGMA integrity_check") == [("ok",)]
        assert rows("PRAGMA foreign_key_check") == []
        assert rows("SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM identities)") == []
        # Everybody's user was made by the first login, so each has that account.
        github = "SELECT user_id FROM identities WHERE provider_id = 'github'"
        assert rows(f"SELECT id FROM users WHERE id NOT IN ({github})") == []
        [(users,)] = rows("SELECT count(*) FROM users")
        [(identities,)] = rows("SELECT count(*) FROM identities")
        return int(str(users)), int(str(identities))


def look_at_people(people: list[Member], workers: int = WORKERS) -> None:
    """Expects every binding that was acknowledged, in the sessions that people kept."""
    known = [(member, set(member.acknowledged)) for member in people if member.acknowledged]
    with ThreadPoolExecutor(workers) as pool:
        for (member, expected), listed in zip(
            known, pool.map(lambda each: each[0].bindings(), known), strict=True
        ):
            assert expected <= listed, f"{member.name} has {listed} and not {expected}"


class Demonstration:
    """The service beside its simulated providers, started again and again over one database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = free_ports(2)
        self.origin = f"http://localhost:{self._ports[0]}"
        self.database = folder / "data" / "demo.sqlite"

    @contextlib.contextmanager
    def run(self, *, exit_status: int) -> Iterator[Server]:
        port, simulator_port = self._ports
        simulator = f"http://127.0.0.1:{simulator_port}"
        ports = ("--port", str(port), "--simulator-port", str(simulator_port))
        with running(
            [martlet_binary(), "demo", *ports, "--folder", "data"],
            ready_url=f"{self.origin}/health/ready",
            folder=self._folder,
            environment=martlet_environment(),
            exit_statuses=(exit_status,),
        ) as server:
            server.wait_until(f"{simulator}/")
            yield server


def test_keeps_what_it_acknowledged_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    demonstration = Demonstration(tmp_path)
    site = Site(demonstration.origin)
    people = [Member(number, site) for number in range(1, PEOPLE + 1)]
    counter = Counter()
    kills = 0
    with ThreadPoolExecutor(WORKERS) as pool:
        lives = [pool.submit(whole_life, member, counter) for member in people]
        try:
            while counter.count + BETWEEN_KILLS[1] < 2 * PEOPLE and not site.given_up.is_set():
                with demonstration.run(exit_status=-signal.SIGKILL) as server:
                    look_at_database(demonstration.database)
                    look_at_people(people)
                    site.gate.set()
                    enough = counter.count + chance.randint(*BETWEEN_KILLS)
                    counter.wait_for(enough, unless=site.given_up)
                    time.sleep(chance.uniform(0, PAUSE_SECONDS))
                    server.kill()
                    site.gate.clear()
                kills += 1
            with demonstration.run(exit_status=0):
                site.gate.set()
                for life in lives:
                    life.result()
                look_at_people(people)
                assert look_at_database(demonstration.database) == (PEOPLE, 2 * PEOPLE)
        finally:
            site.given_up.set()
            site.gate.set()
    assert counter.count == 2 * PEOPLE
    assert kills >= 10
