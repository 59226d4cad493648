"""What the applications written with FastAPI have in common: their settings, users and sessions."""

import base64
import fcntl
import hashlib
import os
import secrets
import sqlite3
import time

STUB = os.environ["BENCH_STUB"]
ORIGIN = os.environ["BENCH_ORIGIN"]
DATABASE = os.environ["BENCH_DATABASE"]
CALLBACK = f"{ORIGIN}/callback"
CLIENT_ID = "bench"
CLIENT_SECRET = "a secret of the benchmark"
COOKIE = "session"
COOKIE_SECRET = "another secret of the benchmark"

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, name TEXT, email TEXT, avatar TEXT, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    token_hash BLOB NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), created_at INTEGER NOT NULL
) WITHOUT ROWID;
"""

UPSERT = """
INSERT INTO users (subject, name, email, avatar, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (subject) DO UPDATE SET name = excluded.name, email = excluded.email, avatar = excluded.avatar
RETURNING id
"""


def challenge(verifier: str) -> str:
    """The PKCE S256 challenge of a verifier (RFC 7636 §4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def prepare_database() -> None:
    """Makes the tables. WAL and `synchronous = FULL`, as the service has them. Of several workers, one after the other."""
    with open(f"{DATABASE}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = sqlite3.connect(DATABASE, timeout=20)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA)
        connection.close()


class Accounts:
    """Users and sessions in SQLite, without a thread or a layer between."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=20)
        self._connection.execute("PRAGMA synchronous = FULL")

    def sign_in(self, profile: dict[str, str]) -> str:
        """Stores who it is and makes a session, in one transaction; gives the session's token."""
        token = secrets.token_urlsafe(32)
        now = int(time.time())
        person = (str(profile["sub"]), profile.get("name"), profile.get("email"), profile.get("picture"), now)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            (user,) = self._connection.execute(UPSERT, person).fetchone()
            self._connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_hash(token), user, now))
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        return token

    def user(self, token: str | None) -> int | None:
        """Whose session a token is."""
        if not token:
            return None
        query = "SELECT users.id FROM sessions JOIN users ON users.id = user_id WHERE token_hash = ?"
        row = self._connection.execute(query, (_hash(token),)).fetchone()
        return row[0] if row else None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
