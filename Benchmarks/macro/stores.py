"""The databases: made by the service itself, then filled by SQL with people who have signed in before."""

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .programs import Failed, Program, free_port

# Given a store in the configuration's form, makes the schema there.
MakeSchema = Callable[[str], None]

NOW = 1_790_000_000_000

# Person N as the stub provider describes them and the service stores them; {i} is N in the database's own words.
USER_COLUMNS = "id, name, email, email_key, avatar, is_enabled, created_at"
USER_VALUES = (
    "{i}, 'Person ' || {i}, 'person-' || {i} || '@example.com', 'person-' || {i} || '@example.com', "
    "'https://images.example/people/' || {i} || '?v=4', {yes}, {now}"
)
IDENTITY_COLUMNS = (
    "id, user_id, provider_id, subject, username, name, email, email_key, email_is_trusted, avatar, identifiers, "
    "bound_at, last_sign_in_at"
)
IDENTITY_VALUES = (
    "{i}, {i}, 'bench', {text}, 'person-' || {i}, 'Person ' || {i}, 'person-' || {i} || '@example.com', "
    "'person-' || {i} || '@example.com', {no}, 'https://images.example/people/' || {i} || '?v=4', '{{}}', {now}, {now}"
)


@dataclass(frozen=True)
class Database:
    """A database with so many bindings."""

    kind: str
    bindings: int
    setting: str


class SQLiteFiles:
    """Files kept in a folder, one for each number of bindings, and copies of them to work on."""

    def __init__(self, cache: Path, make_schema: MakeSchema) -> None:
        self._cache = cache
        self._make_schema = make_schema
        cache.mkdir(parents=True, exist_ok=True)

    def copy(self, bindings: int, folder: Path) -> Database:
        """A copy of the file with so many bindings, which is made at first."""
        folder.mkdir(parents=True, exist_ok=True)
        working = folder / "martlet.sqlite"
        shutil.copyfile(self._kept(bindings), working)
        working.chmod(0o600)
        return Database("SQLite", bindings, f"sqlite:{working}")

    def _kept(self, bindings: int) -> Path:
        partial = self._cache / "partial.sqlite"
        for leftover in self._cache.glob(partial.name + "*"):
            leftover.unlink()
        self._make_schema(f"sqlite:{partial}")
        with contextlib.closing(sqlite3.connect(partial)) as connection:
            schema = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        kept = self._cache / f"{bindings}-{digest(str(schema))}.sqlite"
        if not kept.exists():
            for outdated in self._cache.glob(f"{bindings}-*.sqlite"):
                outdated.unlink()
            started = time.monotonic()
            fill_sqlite(partial, bindings)
            partial.rename(kept)
            print(f"made a SQLite file of {bindings:,} bindings in {time.monotonic() - started:.0f} s", flush=True)
        partial.unlink(missing_ok=True)
        return kept


def digest(schema: str) -> str:
    """Tells schemas apart: what was filled for one is not kept for another."""
    return hashlib.sha256(schema.encode()).hexdigest()[:8]


def fill_sqlite(file: Path, bindings: int) -> None:
    """Adds people to an empty database; indexes are made afterwards, sorted, which is many times faster."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(
        "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF;"
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA threads = 2;"
    )
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND tbl_name IN ('users', 'identities') AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    words = {"i": "i", "text": "CAST(i AS TEXT)", "no": "0", "yes": "1", "now": NOW}
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {bindings})"
    connection.execute(f"INSERT INTO users ({USER_COLUMNS}) {numbers} SELECT {USER_VALUES.format(**words)} FROM n")
    connection.execute(
        f"INSERT INTO identities ({IDENTITY_COLUMNS}) {numbers} SELECT {IDENTITY_VALUES.format(**words)} FROM n"
    )
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


class PostgresCluster:
    """A server of its own with the defaults of an installation, in a folder that is kept."""

    def __init__(self, cache: Path, make_schema: MakeSchema) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        if not programs:
            raise Failed("PostgreSQL's server programs are missing; install them with: .ci/packages bench")
        self._bin = programs[-1]
        self._cache = cache
        self._make_schema = make_schema
        self._port = free_port()
        self.program = self._start()

    @property
    def version(self) -> str:
        """As the server says it."""
        return self._query("postgres", "SHOW server_version")

    def copy(self, bindings: int, name: str) -> Database:
        """A copy of the database with so many bindings, which is made at first."""
        kept = self._kept(bindings)
        self.drop(name)
        self._query("postgres", f"CREATE DATABASE {name} TEMPLATE {kept} STRATEGY FILE_COPY")
        return Database("PostgreSQL", bindings, self._setting(name))

    def drop(self, name: str) -> None:
        """Removes a copy."""
        self._query("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        """Ends the server; what it holds is kept."""
        # A fast shutdown, which does not wait for clients.
        self.program.stop(signal.SIGINT)

    def _setting(self, name: str) -> str:
        return f"postgres://martlet@127.0.0.1:{self._port}/{name}"

    def _start(self) -> Program:
        data = self._cache / "data"
        prefix: list[str | Path] = []
        self._cache.mkdir(parents=True, exist_ok=True)
        # The server refuses to run as root.
        if os.geteuid() == 0:
            shutil.chown(self._cache, "postgres", "postgres")
            prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if not (data / "PG_VERSION").exists():
            shutil.rmtree(data, ignore_errors=True)
            options = ["-U", "martlet", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"]
            subprocess.run(
                [*prefix, self._bin / "initdb", "-D", data, *options], cwd=self._cache, check=True, capture_output=True
            )
        settings = {
            "port": self._port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._cache,
            "max_connections": 200,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        program = Program([*prefix, self._bin / "postgres", "-D", data, *options], self._cache)
        deadline = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > deadline:
                program.stop(signal.SIGQUIT)
                raise Failed(f"PostgreSQL does not answer:\n{program.output}")
            time.sleep(0.1)
        return program

    def _answers(self) -> bool:
        command = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port), "-d", "postgres"]
        return subprocess.run(command, check=False).returncode == 0

    def _kept(self, bindings: int) -> str:
        self.drop("partial")
        self._query("postgres", "CREATE DATABASE partial")
        self._make_schema(self._setting("partial"))
        schema = self._query(
            "partial",
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
        )
        kept = f"kept_{bindings}_{digest(schema)}"
        databases = self._query("postgres", "SELECT datname FROM pg_database").splitlines()
        if kept not in databases:
            for outdated in databases:
                if outdated.startswith(f"kept_{bindings}_"):
                    self.drop(outdated)
            started = time.monotonic()
            self._fill("partial", bindings)
            self._query("postgres", f"ALTER DATABASE partial RENAME TO {kept}")
            seconds = time.monotonic() - started
            print(f"made a PostgreSQL database of {bindings:,} bindings in {seconds:.0f} s", flush=True)
        return kept

    def _fill(self, name: str, bindings: int) -> None:
        """Adds people to an empty database; indexes are made afterwards, sorted, which is many times faster."""
        indexes = self._query(
            name,
            "SELECT indexname || '|' || indexdef FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass"
            " WHERE tablename IN ('users', 'identities') AND NOT indisprimary",
        ).splitlines()
        words = {"i": "i", "text": "i::text", "no": "false", "yes": "true", "now": NOW}
        numbers = f"FROM generate_series(1, {bindings}) AS n(i)"
        statements = [
            # Without looking up the user of every identity.
            "SET session_replication_role = replica",
            "SET maintenance_work_mem = '512MB'",
            *[f"DROP INDEX {line.partition('|')[0]}" for line in indexes],
            f"INSERT INTO users ({USER_COLUMNS}) SELECT {USER_VALUES.format(**words)} {numbers}",
            f"INSERT INTO identities ({IDENTITY_COLUMNS}) SELECT {IDENTITY_VALUES.format(**words)} {numbers}",
            *[line.partition("|")[2] for line in indexes],
            "SELECT setval(pg_get_serial_sequence('users', 'id'), max(id)) FROM users",
            "SELECT setval(pg_get_serial_sequence('identities', 'id'), max(id)) FROM identities",
            "VACUUM ANALYZE users",
            "VACUUM ANALYZE identities",
            "CHECKPOINT",
        ]
        self._query(name, *statements)

    def _query(self, database: str, *statements: str) -> str:
        """Runs statements one after the other; gives what they answer, columns parted by `|`."""
        command = [self._bin / "psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"]
        place = ["-h", "127.0.0.1", "-p", str(self._port), "-U", "martlet", "-d", database]
        commands = [part for statement in statements for part in ("-c", statement)]
        result = subprocess.run([*command, *place, *commands], check=False, capture_output=True, text=True)
        if result.returncode:
            raise Failed(f"psql: {result.stderr.strip()}")
        return result.stdout.strip()
