"""A copy of the database is killed at random moments: run again, it goes on, and ends the same."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from processes import martlet_binary, martlet_environment

SEED = 20261121
USERS = 20_000
KILLS = 5
RUN_SECONDS = (0.05, 1.5)
"""How long a run lasts before it is killed."""
TABLES = (
    "users",
    "identities",
    "kept_tokens",
    "sessions",
    "pending_bindings",
    "consumed_flows",
    "audit_events",
)

FILL = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :users)
INSERT INTO users (id, name, is_enabled, created_at)
    SELECT i, 'person' || char(9, 92, 78) || i, i % 2, 1000 + i FROM n;
INSERT INTO identities (
        user_id, provider_id, subject, email_is_trusted, identifiers, bound_at, last_sign_in_at)
    SELECT id, 'github', 'subject' || id, id % 2, '{}', created_at, created_at FROM users;
INSERT INTO kept_tokens (identity_id, sealed, version, updated_at)
    SELECT id, hex(randomblob(60)), 1, 1000 FROM identities WHERE id % 4 = 0;
INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, last_seen_at)
    SELECT hex(randomblob(11)), randomblob(32), id, 1000, 9000, 1000 FROM users;
INSERT INTO pending_bindings (
        token_hash, browser_binding_hash, provider_id, profile, provider_trusted_for_email,
        expires_at)
    SELECT randomblob(32), randomblob(32), 'gitee', '{}', 0, 9000 FROM users WHERE id % 4 = 0;
INSERT INTO consumed_flows (id, expires_at) SELECT hex(randomblob(11)), 9000 FROM users;
INSERT INTO audit_events (event, user_id, occurred_at)
    SELECT 'user_created', id, created_at FROM users;
"""


def run(
    folder: Path, *arguments: str, store: str = "", kill_after: float | None = None
) -> tuple[int, str]:
    """Runs the program; gives its exit status, negative if it was killed, and what it printed."""
    process = subprocess.Popen(
        [str(martlet_binary()), *arguments],
        cwd=folder,
        env=martlet_environment() | ({"MARTLET_STORE": store} if store else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        output, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    return process.returncode, output


def fill(path: Path) -> None:
    """Makes a database with rows in every table."""
    status, output = run(path.parent, "migrate", store=f"sqlite:{path}")
    assert status == 0, output
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        for statement in FILL.split(";\n"):
            database.execute(statement, {"users": USERS} if ":users" in statement else {})


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """All rows of a table."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        columns = sorted(row[1] for row in database.execute(f"PRAGMA table_info({table})"))
        return sorted(database.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)


def copy_with_kills(folder: Path, source: str, target: str) -> int:
    """Copies, killed again and again at first; gives how often a run was killed."""
    chance = random.Random(SEED)
    command = ("copy", "--from", source, "--to", target)
    kills = 0
    for _ in range(KILLS):
        patience = chance.uniform(*RUN_SECONDS)
        status, output = run(folder, *command, kill_after=patience)
        if status == 0:
            break
        assert status == -9, output
        kills += 1
    else:
        status, output = run(folder, *command)
    assert status == 0, output
    assert output.count("  same") == len(TABLES), output
    status, output = run(folder, *command)
    assert status == 1
    assert "it holds rows already" in output
    return kills


def expect_same(source: Path, copy: Path) -> None:
    """Expects the same rows on both sides, as another program reads them."""
    for table in TABLES:
        expected, found = rows(source, table), rows(copy, table)
        assert len(expected) >= USERS // 4
        assert found == expected, table


def test_copy_between_files_goes_on_after_kills(tmp_path: Path) -> None:
    source, target = tmp_path / "source.sqlite", tmp_path / "target.sqlite"
    fill(source)
    kills = copy_with_kills(tmp_path, f"sqlite:{source}", f"sqlite:{target}")
    assert kills > 0
    expect_same(source, target)


@pytest.mark.skipif("POSTGRES_TEST_URL" not in os.environ, reason="needs .ci/with-postgres")
def test_copy_to_a_server_and_back_goes_on_after_kills(tmp_path: Path) -> None:
    source, back = tmp_path / "source.sqlite", tmp_path / "back.sqlite"
    fill(source)
    url = os.environ["POSTGRES_TEST_URL"]
    name = f"copy_{os.getpid()}_{time.monotonic_ns()}"
    psql = [shutil.which("psql") or "psql", "--quiet", "--dbname", url, "--command"]
    subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True)
    try:
        server = url.rpartition("/")[0] + f"/{name}"
        kills = copy_with_kills(tmp_path, f"sqlite:{source}", server)
        kills += copy_with_kills(tmp_path, server, f"sqlite:{back}")
        assert kills > 0
        expect_same(source, back)
    finally:
        subprocess.run([*psql, f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def test_no_service_starts_on_half_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "half.sqlite"
    status, output = run(tmp_path, "migrate", store=f"sqlite:{path}")
    assert status == 0, output
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE martlet_copy (source TEXT NOT NULL)")
        database.execute("INSERT INTO martlet_copy VALUES ('sqlite:/source')")
    status, output = run(tmp_path, "serve", store=f"sqlite:{path}", kill_after=60)
    assert status == 1
    assert "run the same `martlet copy` again" in output


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_each_step_is_applied_once_when_many_migrate_at_once(kind: str, tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'new.sqlite'}"
    if kind == "postgres":
        if "POSTGRES_TEST_URL" not in os.environ:
            pytest.skip("needs .ci/with-postgres")
        name = f"migrate_{os.getpid()}"
        url = os.environ["POSTGRES_TEST_URL"]
        subprocess.run(
            [shutil.which("psql") or "psql", "--quiet", "--dbname", url]
            + ["--command", f"CREATE SCHEMA {name}"],
            check=True,
        )
        store = f"{url}?connect_timeout=60&options=-csearch_path%3D{name}"
    processes = [
        subprocess.Popen(
            [str(martlet_binary()), "migrate"],
            cwd=tmp_path,
            env=martlet_environment() | {"MARTLET_STORE": store},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(8)
    ]
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8, outputs
    lines = "".join(outputs).splitlines()
    applied = [line for line in lines if line.startswith("applied ")]
    assert len(applied) == len(set(applied)) > 0
    status, output = run(tmp_path, "migrate", "--status", store=store)
    assert status == 0
    assert "pending" not in output


def test_refuses_what_is_no_database(tmp_path: Path) -> None:
    status, output = run(tmp_path, "copy", "--from", "a.sqlite", "--to", "sqlite:b.sqlite")
    assert status == 64
    assert "a database is sqlite:FILE or postgres://" in output
    command = ("copy", "--from", "sqlite:a.sqlite", "--to", "sqlite:b.sqlite")
    assert run(tmp_path, *command)[0] == 1
    assert list(tmp_path.iterdir()) == []
