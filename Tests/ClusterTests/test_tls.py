"""TLS to PostgreSQL beside TLS to providers; and several hosts, the first of them down."""

import contextlib
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from requests.adapters import HTTPAdapter

from certificates import Authority
from databases import Database, database_folder
from nodes import Node, Simulator, node, simulated_providers
from people import Person
from processes import free_ports


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "right")


@pytest.fixture(scope="module")
def database(authority: Authority) -> Iterator[Database]:
    """A server that is spoken to over TLS only, with a certificate for localhost."""
    certificate, key = authority.sign("localhost")
    with database_folder() as folder:
        database = Database(
            folder, *free_ports(1), ssl="on", ssl_cert_file="server.crt", ssl_key_file="server.key"
        )
        database.create()
        for source, name in ((certificate, "server.crt"), (key, "server.key")):
            target = database.data / name
            shutil.copyfile(source, target)
            target.chmod(0o600)
            shutil.chown(target, database.data.owner())
        hosts = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"
        (database.data / "pg_hba.conf").write_text(hosts)
        try:
            database.start()
            yield database
        finally:
            database.stop()


@contextlib.contextmanager
def encrypted_provider(authority: Authority) -> Iterator[str]:
    """An issuer whose certificate nobody trusts: it is spoken to until the handshake fails."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.sign("localhost"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    connection, _ = server.accept()
                    with connection, context.wrap_socket(connection, server_side=True) as tls:
                        tls.recv(1)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"https://localhost:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


def settings(
    database: Database, simulator: Simulator, query: str, host: str = "localhost"
) -> dict[str, object]:
    return {
        "store": f"postgres://martlet@{host}:{database.port}/postgres?{query}",
        "providers": simulated_providers(simulator.base),
    }


def test_serves_over_a_verified_connection_beside_providers_over_tls(
    tmp_path: Path, database: Database, simulator: Simulator, authority: Authority
) -> None:
    [port] = free_ports(1)
    verified = settings(
        database, simulator, f"sslmode=verify-full&sslrootcert={authority.certificate}"
    )
    with encrypted_provider(authority) as issuer:
        verified["providers"] |= {"corp": {"issuer": issuer, "clientID": "c", "clientSecret": "s"}}
        with node(tmp_path / "node", port, verified) as service:
            # libpq's TLS and the HTTP client's, one after the other and back again.
            for number in (1, 2):
                person = Person(number, service.origin, HTTPAdapter())
                person.signs_in()
                answer = person.browser.get(
                    f"{service.origin}/api/auth/oauth/corp/authorize", timeout=30
                )
                assert answer.json()["code"] == "OAUTH_PROVIDER_UNAVAILABLE"
                assert person.is_signed_in()
            connections = (
                "pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'martlet'"
            )
            assert database.query(f"SELECT DISTINCT ssl, client_addr FROM {connections}") == [
                ["t", "127.0.0.1"]
            ]
            checked = service.check()
            assert checked.returncode == 1
            assert "corp: " in checked.stderr and "store: " not in checked.stderr


def stranger(tmp_path: Path) -> str:
    """An authority that did not sign the server's certificate."""
    return f"sslmode=verify-full&sslrootcert={Authority(tmp_path, 'wrong').certificate}"


@pytest.mark.parametrize(
    ("host", "query", "reason"),
    [
        ("localhost", stranger, "not signed by an authority of sslrootcert"),
        ("127.0.0.1", None, "for another host name"),
        ("localhost", "sslmode=verify-full&sslrootcert=/nowhere.crt", "sslrootcert is missing"),
        ("localhost", "sslmode=disable", "pg_hba.conf"),
    ],
)
def test_says_why_a_server_is_not_spoken_to(
    host: str,
    query: object,
    reason: str,
    tmp_path: Path,
    database: Database,
    simulator: Simulator,
    authority: Authority,
) -> None:
    if query is None:
        query = f"sslmode=verify-full&sslrootcert={authority.certificate}"
    elif callable(query):
        query = query(tmp_path)
    [port] = free_ports(1)
    refused = Node(tmp_path / "node", port, settings(database, simulator, str(query), host))
    checked = refused.check()
    assert checked.returncode == 1
    assert reason in checked.stderr
    # Neither where the server is nor who asks stands in the message.
    assert "postgres://" not in checked.stderr and str(database.port) not in checked.stderr
    with pytest.raises(AssertionError, match=reason):
        refused.start()


def test_starts_when_the_first_host_is_down(
    tmp_path: Path, database: Database, simulator: Simulator
) -> None:
    dead, port = free_ports(2)
    store = f"postgres://martlet@127.0.0.1:{dead},127.0.0.1:{database.port}/postgres"
    providers = simulated_providers(simulator.base)
    with node(tmp_path / "node", port, {"store": store, "providers": providers}) as service:
        Person(3, service.origin, HTTPAdapter()).signs_in()
