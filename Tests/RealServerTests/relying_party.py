"""The service under test as the relying party of one OpenID provider."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from processes import Server, free_ports, martlet_binary, martlet_environment, running
from scripted_browser import ScriptedBrowser, SignIn

PROVIDER_ID = "corp"


@dataclass(frozen=True)
class Person:
    """Somebody with an account at the provider."""

    username: str
    password: str
    name: str
    email: str


ALICE = Person("alice", "correct horse battery", "Alice Example", "alice@example.test")


@dataclass(frozen=True)
class OpenIDServer:
    """A provider that runs: where it is, the client registered there, and how Alice signs in."""

    issuer: str
    client_id: str
    client_secret: str
    sign_in: SignIn
    verifies_email: bool
    """Whether it says `email_verified: true`; otherwise it says nothing about that."""


@dataclass(frozen=True)
class RelyingParty:
    """The service, configured for one provider and running."""

    origin: str
    provider: OpenIDServer
    server: Server

    @property
    def authorize_url(self) -> str:
        return f"{self.origin}/api/auth/oauth/{PROVIDER_ID}/authorize"

    @property
    def callback_url(self) -> str:
        return callback_url(self.origin)

    def callback(self, browser: ScriptedBrowser, sign_in: SignIn | None = None) -> str:
        """Signs Alice in at the provider, or does what is given instead.

        Gives the URL to which the provider sends the browser.
        """
        return browser.walk(
            self.authorize_url, until=self.callback_url, sign_in=sign_in or self.provider.sign_in
        )


def callback_url(origin: str) -> str:
    """The redirect URI that is registered with the provider."""
    return f"{origin}/api/auth/oauth/{PROVIDER_ID}/callback"


def free_origin() -> str:
    """An address for a service to come: the provider must know it before the service starts."""
    return f"http://localhost:{free_ports(1)[0]}"


@contextlib.contextmanager
def relying_party(origin: str, provider: OpenIDServer, folder: Path) -> Iterator[RelyingParty]:
    """Runs `martlet serve` at `origin` with nothing configured but this provider."""
    port = origin.rpartition(":")[2]
    (folder / "martlet.yaml").write_text(f"""\
publicURL: {origin}
listen: 127.0.0.1:{port}
store: sqlite:martlet.sqlite
secretsFile: secrets
insecureAllowHTTP: true
providers:
  {PROVIDER_ID}:
    name: Example Corporation
    issuer: {provider.issuer}
    clientID: {provider.client_id}
    clientSecret: {provider.client_secret}
""")
    with running(
        [martlet_binary(), "serve", "--config", "martlet.yaml", "--log-level", "trace"],
        ready_url=f"{origin}/health/ready",
        folder=folder,
        environment=martlet_environment(),
    ) as server:
        yield RelyingParty(origin, provider, server)
