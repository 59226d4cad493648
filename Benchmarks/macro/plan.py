"""What is measured, in which order."""

import itertools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .load import LoadGenerator, Sample
from .programs import Failed, Program
from .results import Case, Results
from .stores import Database, PostgresCluster, SQLiteFiles
from .targets import BARE, MARTLET_OPENID, Launcher, Target


@dataclass(frozen=True)
class Settings:
    """How much is measured."""

    seconds: float
    warm_up: float
    repetitions: int
    bindings: Sequence[int]
    workers: Sequence[int]
    logins: int
    connections: int = 64
    # So few that mod_auth_openidc's cache holds them.
    sessions: int = 64


class Bench:
    """A whole run."""

    def __init__(self, settings: Settings, binaries: Path, cache: Path, stub: Program, address: str) -> None:
        self.settings = settings
        self.results = Results()
        self._binaries = binaries
        self._cache = cache
        self._address = address
        self._folder = cache / "run"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._load = LoadGenerator(binaries, self._folder, stub, settings.connections)
        # People whom no database has seen.
        self._strangers = itertools.count(100_000_000, 10_000_000)

    def compare(self) -> None:
        """The service beside the bare route and the peers, each with an empty SQLite database."""
        for workers in self.settings.workers:
            launcher = self._launcher(workers, "peers")
            try:
                martlet = launcher.martlet(None, "martlet")
                openid = martlet.at(MARTLET_OPENID)
                pooled, shipped = launcher.fastapi(pooled=True), launcher.fastapi(pooled=False)
                others = [pooled, launcher.authlib(), launcher.django(), launcher.apache()]
                bare = launcher.bare(martlet)
                by_hand, unstored = launcher.by_hand(stores=True), launcher.by_hand(stores=False)
                for target in [martlet, bare, by_hand, unstored, shipped, *others]:
                    self._note_idle(target, workers)
                self._repeat("start", [martlet, bare, by_hand, *others], workers)
                self._repeat("login", [martlet, openid, by_hand, unstored, shipped, *others], workers)
                self._repeat("verify", [martlet, bare, *others], workers)
            finally:
                launcher.stop()

    def scale(self) -> None:
        """The service over databases of several sizes."""
        cluster = PostgresCluster(self._cache / "postgres", self._make_schema)
        try:
            files = SQLiteFiles(self._cache / "sqlite", self._make_schema)
            for workers in self.settings.workers:
                launcher = self._launcher(workers, "stores")
                names = [f"copy_{bindings}" for bindings in self.settings.bindings]
                try:
                    targets = []
                    for bindings, name in zip(self.settings.bindings, names, strict=True):
                        file = files.copy(bindings, self._folder / "stores" / f"sqlite-{bindings}")
                        targets.append(launcher.martlet(file, f"sqlite-{bindings}"))
                        database = cluster.copy(bindings, name)
                        targets.append(launcher.martlet(database, f"postgres-{bindings}", [cluster.program]))
                    for target in targets:
                        self._note_idle(target, workers)
                    for load in ("login", "returning", "verify"):
                        self._repeat(load, targets, workers)
                finally:
                    launcher.stop()
                    for name in names:
                        cluster.drop(name)
                    shutil.rmtree(self._folder / "stores", ignore_errors=True)
        finally:
            cluster.stop()

    def grow(self) -> None:
        """Memory while very many people log in."""
        steps = 10
        launcher = self._launcher(max(self.settings.workers), "million")
        try:
            target = launcher.martlet(None, "martlet")
            self.results.growth.append((0, target.program.memory().resident))
            for step in range(1, steps + 1):
                count = self.settings.logins // steps
                sample = self._load.run("login", target, ["--count", str(count), *self._people("login", target, 0)])
                self.results.growth.append((step * count, sample.resident))
                print(f"  {step * count:,} logins: {sample.resident / 2**20:.1f} MiB", flush=True)
        finally:
            launcher.stop()

    def _repeat(self, load: str, targets: Sequence[Target], workers: int) -> None:
        """Measures each target once, then each again: what slows the machine for a while hits all alike."""
        for repetition in range(self.settings.repetitions):
            for target in targets if repetition % 2 == 0 else reversed(targets):
                # A bare route has nothing to verify; it answers the same to everybody.
                kind = {"returning": "login", "verify": "start" if target.site is BARE else "verify"}.get(load, load)
                options = [f"--seconds={self.settings.seconds}", f"--warm-up={self.settings.warm_up}"]
                options += self._people(load, target, repetition)
                if kind == "verify":
                    options.append(f"--sessions={self.settings.sessions}")
                try:
                    sample = self._load.run(kind, target, options)
                except Failed as failure:
                    print(f"  {load}: {failure}", flush=True)
                    continue
                case = self._case(load, target, workers)
                self.results.add(case, sample)
                print(line(case, sample), flush=True)

    def _people(self, load: str, target: Target, repetition: int) -> list[str]:
        known = target.database.bindings if target.database else 0
        if load == "login" or not known:
            first = next(self._strangers)
            return [f"--persons={first}..{first + 9_999_999}"]
        return [f"--persons=1..{known}", f"--random={repetition + 1}"]

    def _case(self, load: str, target: Target, workers: int) -> Case:
        if target.database is None:
            return Case(target.site.name, load, workers)
        return Case(target.site.name, load, workers, target.database.kind, target.database.bindings)

    def _note_idle(self, target: Target, workers: int) -> None:
        memory = target.program.memory()
        self.results.idle[self._case("idle", target, workers)] = (memory.resident, memory.proportional)

    def _launcher(self, workers: int, name: str) -> Launcher:
        print(f"{name}, {workers} worker(s)", flush=True)
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        return Launcher(self._binaries, folder, self._address, workers)

    def _make_schema(self, store: str) -> None:
        launcher = Launcher(self._binaries, self._folder / "schema", self._address, 1)
        try:
            launcher.martlet(Database("", 0, store), "martlet")
        finally:
            launcher.stop()


def line(case: Case, sample: Sample) -> str:
    """A sample, for whoever watches."""
    where = f" {case.store} {case.bindings:,}" if case.store else ""
    return (
        f"  {case.load:9} {case.target + where:32} {sample.per_second:8.0f}/s"
        f" {sample.cpu:7.0f} µs {sample.p50 / 1000:7.1f} ms p50 {sample.p99 / 1000:7.1f} ms p99"
        f" {sample.resident / 2**20:6.0f} MiB"
    )
