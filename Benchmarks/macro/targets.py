"""What is measured: the service, the bare route, and other sign-in software."""

import getpass
import grp
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .programs import Program, free_port, head_of
from .stores import Database

BENCHMARKS = Path(__file__).resolve().parents[1]
PEERS = BENCHMARKS / "Peers"
PYTHON = BENCHMARKS / ".venv" / "bin" / "python"
APACHE_MODULES = Path("/usr/lib/apache2/modules")


@dataclass(frozen=True)
class Site:
    """How a person signs in somewhere."""

    name: str
    start: str
    session_cookie: str
    verify: str


MARTLET = Site("Martlet", "/api/auth/oauth/bench/authorize", "martlet-session", "/api/auth/verify")
MARTLET_OPENID = Site(
    "Martlet, OpenID Connect", "/api/auth/oauth/benchid/authorize", "martlet-session", "/api/auth/verify"
)
BARE = Site("bare route", "/", "", "/")
BY_HAND = Site("written by hand", "/start", "session", "")
BY_HAND_WITHOUT_STORE = Site("… without a database", "/start", "session", "")
FASTAPI = Site("fastapi-oauth20, pooled", "/start", "session", "/verify")
FASTAPI_SHIPPED = Site("fastapi-oauth20, as shipped", "/start", "session", "/verify")
AUTHLIB = Site("Authlib", "/start", "session", "/verify")
DJANGO = Site("social-auth-app-django", "/start/bench/", "sessionid", "/verify")
APACHE = Site("mod_auth_openidc", "/protected/page.html", "mod_auth_openidc_session", "/protected/page.html")


@dataclass
class Target:
    """Something that runs, and its way to sign in."""

    site: Site
    program: Program
    port: int
    database: Database | None = None
    # What else works for it: the database server.
    helpers: Sequence[Program] = field(default_factory=list)

    def at(self, site: Site) -> "Target":
        """The same program, signed in at in another way."""
        return Target(site, self.program, self.port, self.database, self.helpers)


class Launcher:
    """Starts targets with as many worker threads or processes, and processors, as `workers`."""

    def __init__(self, binaries: Path, folder: Path, stub: str, workers: int) -> None:
        self._binaries = binaries
        self._folder = folder
        self._stub = stub
        self._workers = workers
        self._running: list[Program] = []

    def stop(self) -> None:
        """Ends everything."""
        while self._running:
            self._running.pop().stop()

    def martlet(self, database: Database | None, name: str, helpers: Sequence[Program] = ()) -> Target:
        """The service; with a SQLite file of its own if there is no database yet."""
        port = free_port()
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        store = database.setting if database else f"sqlite:{folder / 'martlet.sqlite'}"
        (folder / "martlet.yaml").write_text(martlet_configuration(port, store, self._stub))
        program = self._start(
            [self._binaries / "martlet", "serve"], name, {"NIO_SINGLETON_GROUP_LOOP_COUNT": str(self._workers)}
        )
        program.wait_until(port, "/health/ready")
        return Target(MARTLET, program, port, database, helpers)

    def bare(self, like: Target) -> Target:
        """A bare Hummingbird route whose answer has the size of the service's start of a login."""
        status, reason, fields = head_of(like.port, like.site.start)
        lines = [f"HTTP/1.1 {status} {reason}", *[f"{name}: {value}" for name, value in fields]]
        head = self._folder / "head.txt"
        head.write_text("\r\n".join(lines) + "\r\n")
        command = [self._binaries / "BareRoute", "--threads", str(self._workers), "--headers", head]
        program = self._start(command, "bare")
        return Target(BARE, program, program.announced_port())

    def by_hand(self, *, stores: bool) -> Target:
        """A login written by hand with the libraries that the service is made of."""
        port = free_port()
        site = BY_HAND if stores else BY_HAND_WITHOUT_STORE
        name = "by-hand" if stores else "by-hand-without-store"
        command = [self._binaries / "ByHand", "--threads", str(self._workers), "--stub", self._stub]
        command += ["--port", str(port), *(["--database", "by-hand.sqlite"] if stores else [])]
        program = self._start(command, name)
        return Target(site, program, program.announced_port())

    def fastapi(self, *, pooled: bool) -> Target:
        """fastapi-oauth20."""
        site = FASTAPI if pooled else FASTAPI_SHIPPED
        return self._uvicorn(site, "fastapi_oauth20_app", {"BENCH_HTTP": "pooled" if pooled else "shipped"})

    def authlib(self) -> Target:
        """Authlib."""
        return self._uvicorn(AUTHLIB, "authlib_app", {})

    def _uvicorn(self, site: Site, application: str, additions: dict[str, str]) -> Target:
        port = free_port()
        options = ["--app-dir", PEERS, "--host", "127.0.0.1", "--port", str(port), "--workers", str(self._workers)]
        options += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
        name = site.name.replace(", ", "-").replace(" ", "-")
        program = self._start(
            [PYTHON, "-m", "uvicorn", *options, "--timeout-keep-alive", "60", f"{application}:app"],
            name,
            self._peer_variables(name, port) | additions,
        )
        program.wait_until(port, site.verify, [401])
        return Target(site, program, port)

    def django(self) -> Target:
        """social-auth-app-django."""
        port = free_port()
        name = DJANGO.name
        variables = self._peer_variables(name, port)
        (self._folder / name).mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [PYTHON, PEERS / "social_django_app.py", "migrate"],
            env=os.environ | variables | {"PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        options = ["--chdir", PEERS, "--bind", f"127.0.0.1:{port}", "--workers", str(self._workers)]
        options += ["--worker-class", "gthread", "--threads", "8", "--keep-alive", "60", "--log-level", "warning"]
        command = [PYTHON, "-m", "gunicorn", *options, "--no-control-socket", "social_django_app:application"]
        program = self._start(command, name, variables)
        program.wait_until(port, DJANGO.verify, [401])
        return Target(DJANGO, program, port)

    def apache(self) -> Target:
        """Apache with mod_auth_openidc."""
        port = free_port()
        folder = self._folder / "apache"
        page = folder / "site" / "protected" / "page.html"
        page.parent.mkdir(parents=True)
        page.write_text("<!DOCTYPE html><title>Protected</title>\n")
        user = "www-data" if os.geteuid() == 0 else getpass.getuser()
        variables = self._peer_variables("apache", port) | {
            "BENCH_FOLDER": str(folder),
            "BENCH_PORT": str(port),
            "BENCH_MODULES": str(APACHE_MODULES),
            "BENCH_USER": user,
            "BENCH_GROUP": user if os.geteuid() == 0 else grp.getgrgid(os.getgid()).gr_name,
        }
        command = ["/usr/sbin/apache2", "-f", PEERS / "apache.conf", "-DFOREGROUND"]
        program = self._start(command, "apache", variables)
        program.wait_until(port, APACHE.verify, [302])
        return Target(APACHE, program, port)

    def _peer_variables(self, name: str, port: int) -> dict[str, str]:
        return {
            "BENCH_STUB": self._stub,
            "BENCH_ORIGIN": f"http://127.0.0.1:{port}",
            "BENCH_DATABASE": str(self._folder / name / "peer.sqlite"),
        }

    def _start(self, command: Sequence[str | Path], name: str, variables: dict[str, str] | None = None) -> Program:
        program = Program(command, self._folder / name, variables=variables, cores=self._workers)
        self._running.append(program)
        return program


def martlet_configuration(port: int, store: str, stub: str) -> str:
    """The service's configuration: the stub as an OAuth 2.0 provider, and as an OpenID provider."""
    return f"""\
publicURL: http://localhost:{port}
listen: 127.0.0.1:{port}
store: {store}
secretsFile: secrets
insecureAllowHTTP: true
requestsPerMinute: 0
providers:
  bench:
    name: Bench
    authorizationEndpoint: {stub}/authorize
    tokenEndpoint: {stub}/token
    userInfoEndpoint: {stub}/userinfo
    scopes: [profile, email]
    profile: {{ id: sub, username: login, name: name, email: email, emailVerified: email_verified, avatar: picture }}
    pkce: S256
    clientAuthentication: client_secret_post
    clientID: bench
    clientSecret: a secret of the benchmark
  benchid:
    name: Bench, OpenID Connect
    issuer: {stub}
    clientID: bench
    clientSecret: a secret of the benchmark
"""
