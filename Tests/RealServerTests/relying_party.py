"""The service under test as the relying party of one OpenID provider."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from processes import Server, free_ports, martlet_binary, martlet_environment, running
from scripted_browser import ScriptedBrowser, SignIn
from wire import Wire

PROVIDER_ID = "corp"
SERVICE_KEY = "a-key-of-the-backend-of-the-tests-only"


@dataclass(frozen=True)
class Person:
    """Somebody with an account at the provider."""

    username: str
    password: str
    name: str
    email: str


ALICE = Person("alice", "correct horse battery", "Alice Example", "alice@example.test")


@dataclass(frozen=True)
class Client:
    """A client registered at a provider."""

    id: str
    secret: str | None = None
    issuer: str | None = None
    """Its issuer, where the provider has several; else the provider's."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the service is told about it besides the issuer, the id and the secret."""


@dataclass(frozen=True)
class OpenIDServer:
    """A provider that runs: where it is, what is registered there, and how a person uses it."""

    issuer: str
    wire: Wire
    clients: Mapping[str, Client]
    """By the provider's id in the service; `PROVIDER_ID` is the one that most tests use."""
    sign_in: SignIn
    verifies_email: bool
    """Whether it says `email_verified: true`; otherwise it says nothing about that."""
    person: Person = ALICE
    """Who signs in: Alice, unless the server has people of its own."""
    sign_out: SignIn | None = None
    """What the person does on the pages of its end of sessions."""
    pause: Callable[[], None] = lambda: None
    """What is waited for before a token is asked for."""
    knows: Callable[[ScriptedBrowser], bool] | None = None
    """Whether it has a session with a browser; none for a server that keeps no sessions."""

    @property
    def client(self) -> Client:
        return self.clients[PROVIDER_ID]

    def metadata(self, provider_id: str = PROVIDER_ID) -> dict[str, Any]:
        """What it says of itself."""
        issuer = self.clients[provider_id].issuer or self.issuer
        return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=30).json()


@dataclass(frozen=True)
class RelyingParty:
    """The service, configured for one provider and running."""

    origin: str
    provider: OpenIDServer
    server: Server

    @property
    def callback_url(self) -> str:
        return callback_url(self.origin)

    def authorize_url(self, provider_id: str = PROVIDER_ID) -> str:
        return f"{self.origin}/api/auth/oauth/{provider_id}/authorize"

    def callback(
        self,
        browser: ScriptedBrowser,
        sign_in: SignIn | None = None,
        *,
        provider_id: str = PROVIDER_ID,
    ) -> str:
        """Signs the person in at the provider, or does what is given instead.

        Gives the URL to which the provider sends the browser.
        """
        return browser.walk(
            self.authorize_url(provider_id),
            until=callback_url(self.origin, provider_id),
            sign_in=sign_in or self.provider.sign_in,
        )

    def link(self, browser: ScriptedBrowser, provider_id: str) -> None:
        """Links a further account to the user who is signed in."""
        begun = browser.get(
            f"{self.authorize_url(provider_id)}?bind=1", Referer=f"{self.origin}/profile"
        )
        callback = browser.walk(
            begun.headers["Location"],
            until=callback_url(self.origin, provider_id),
            sign_in=self.provider.sign_in,
        )
        assert browser.get(callback).headers["Location"] == "/profile?bind_success=1"

    def change(self, browser: ScriptedBrowser, method: str, path: str) -> requests.Response:
        """A call of the application's own page, which changes something."""
        return browser.session.request(
            method,
            self.origin + path,
            headers={"Origin": self.origin, "Accept": "application/json"},
            allow_redirects=False,
            timeout=30,
        )

    def access_token(
        self, browser: ScriptedBrowser, provider_id: str = PROVIDER_ID
    ) -> requests.Response:
        """Asks for the user's access token, as the application's backend does."""
        return browser.get(
            f"{self.origin}/api/auth/oauth/{provider_id}/token",
            Authorization=f"Bearer {SERVICE_KEY}",
            Accept="application/json",
        )


def callback_url(origin: str, provider_id: str = PROVIDER_ID) -> str:
    """The redirect URI that is registered with the provider."""
    return f"{origin}/api/auth/oauth/{provider_id}/callback"


def logout_callback_url(origin: str, provider_id: str = PROVIDER_ID) -> str:
    """Where the provider sends a person who signed out there; registered, too."""
    return f"{origin}/api/auth/oauth/{provider_id}/logout/callback"


def free_origin() -> str:
    """An address for a service to come: the provider must know it before the service starts."""
    return f"http://localhost:{free_ports(1)[0]}"


def _provider_settings(server: OpenIDServer, provider_id: str, client: Client) -> dict[str, Any]:
    secret = {} if client.secret is None else {"clientSecret": client.secret}
    return {
        "name": "Example Corporation" if provider_id == PROVIDER_ID else provider_id,
        "issuer": client.issuer or server.issuer,
        "clientID": client.id,
        "keepTokens": True,
        **secret,
        **client.settings,
    }


@contextlib.contextmanager
def relying_party(origin: str, provider: OpenIDServer, folder: Path) -> Iterator[RelyingParty]:
    """Runs `martlet serve` at `origin` with nothing configured but this provider."""
    port = origin.rpartition(":")[2]
    configuration = {
        "publicURL": origin,
        "listen": f"127.0.0.1:{port}",
        "store": "sqlite:martlet.sqlite",
        "secretsFile": "secrets",
        "serviceKey": SERVICE_KEY,
        "insecureAllowHTTP": True,
        "providers": {
            provider_id: _provider_settings(provider, provider_id, client)
            for provider_id, client in provider.clients.items()
        },
    }
    (folder / "martlet.json").write_text(json.dumps(configuration))
    with running(
        [martlet_binary(), "serve", "--config", "martlet.json", "--log-level", "trace"],
        ready_url=f"{origin}/health/ready",
        folder=folder,
        environment=martlet_environment(),
    ) as server:
        yield RelyingParty(origin, provider, server)
