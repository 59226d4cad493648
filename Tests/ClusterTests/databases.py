"""PostgreSQL servers of a test's own."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from processes import free_ports
from waiting import wait_until

USER = "martlet"


def _programs() -> Path:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    if not found:
        raise FileNotFoundError(
            "PostgreSQL's programs are missing; install them with: make packages"
        )
    return found[-1]


class Database:
    """One server: a primary, or a standby of one. It refuses to run as root, so it does not."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.data = folder / "data"
        self.port = port
        self._folder = folder
        self._settings = settings | {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            # What a killed program wrote is kept by the system.
            "fsync": "off",
        }

    def run(self, program: str, *arguments: str | Path) -> str:
        """Runs one of PostgreSQL's programs as the server's user, and gives what it prints."""
        done = subprocess.run(
            [str(_programs() / program), *map(str, arguments)],
            cwd=self._folder,
            user=_owner(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"
        return done.stdout

    def create(self) -> None:
        options = ("-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        self.run("initdb", "-D", self.data, "-U", USER, *options)

    def copy_of(self, primary: "Database", name: str) -> None:
        """Becomes a standby that streams from a primary under this name."""
        source = f"host=127.0.0.1 port={primary.port} user={USER} application_name={name}"
        self.run("pg_basebackup", "-d", source, "-D", self.data, "-R", "--checkpoint=fast", "--no-sync")

    def start(self) -> None:
        settings = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        log = self._folder / "log"
        self.run("pg_ctl", "-D", self.data, "-l", log, "-w", "start", "-o", settings)

    def promote(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            # Stopped processes would not hear of it.
            self.signal(signal.SIGCONT)
            self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def query(self, sql: str) -> list[list[str]]:
        place = ("-h", str(self._folder), "-p", str(self.port), "-U", USER, "-d", "postgres")
        output = self.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-F", "\t", *place, "-c", sql)
        return [line.split("\t") for line in output.splitlines()]

    def kill(self) -> None:
        """Ends the server and all that it started at once, as a loss of power does."""
        lines = (self.data / "postmaster.pid").read_text().splitlines()
        server = int(lines[0])
        # Stopped, it cannot start more of them meanwhile.
        os.kill(server, signal.SIGSTOP)
        for process in [*_children(server), server]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_until(
            lambda: not Path(f"/proc/{server}/cmdline").exists() or _is_dead(server), seconds=10
        )
        (self.data / "postmaster.pid").unlink()
        # Nobody else would remove its shared memory: the second number of the seventh line.
        subprocess.run(["ipcrm", "-m", lines[6].split()[1]], check=True)

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the server and all that it started."""
        server = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(server, number)
        for process in _children(server):
            # One that has ended since then needs no signal.
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)


def _owner() -> str | None:
    return "postgres" if os.geteuid() == 0 else None


def _status(process: int) -> list[str]:
    """State and parent first: the name before them may hold anything."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and _status(int(entry.name))[1] == str(parent):
                found.append(int(entry.name))
    return found


def _is_dead(process: int) -> bool:
    try:
        return _status(process)[0] in "ZX"
    except OSError:
        return True


@contextlib.contextmanager
def database_folder() -> Iterator[Path]:
    """A folder that the owner of a server may enter."""
    folder = Path(tempfile.mkdtemp(prefix="martlet-"))
    owner = _owner()
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running_database(**settings: str) -> Iterator[Database]:
    """A server with nothing in it."""
    with database_folder() as folder:
        database = Database(folder, *free_ports(1), **settings)
        database.create()
        try:
            database.start()
            yield database
        finally:
            database.stop()


@contextlib.contextmanager
def running_pair() -> Iterator[tuple[Database, Database]]:
    """A primary, and a standby that has everything that the primary acknowledges."""
    with database_folder() as first, database_folder() as second, contextlib.ExitStack() as stack:
        ports = free_ports(2)
        # The standby is started without that, so that it can commit once it is the primary.
        primary = Database(first, ports[0], synchronous_standby_names="standby")
        standby = Database(second, ports[1])
        primary.create()
        stack.callback(primary.stop)
        primary.start()
        standby.copy_of(primary, "standby")
        stack.callback(standby.stop)
        standby.start()
        wait_until(
            lambda: primary.query("SELECT sync_state FROM pg_stat_replication") == [["sync"]],
            seconds=30,
        )
        yield primary, standby
