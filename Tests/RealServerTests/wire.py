"""A proxy that stands where a provider says it is, and remembers what passed."""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True)
class Exchange:
    """A request and the provider's answer to it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer_headers: dict[str, str]
    answer: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        """The parameters in the body."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        """What was answered."""
        return json.loads(self.answer)


class Wire:
    """What passed between a provider, the service and the browsers."""

    def __init__(self, port: int, inner_port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        """Where the provider is said to be."""
        self.inner_port = inner_port
        """Where it is."""
        self.exchanges: list[Exchange] = []

    def to(self, url: str, **parameters: str) -> list[Exchange]:
        """The requests to an endpoint that had these parameters in their body, oldest first."""
        path = urlsplit(url).path
        return [
            exchange
            for exchange in self.exchanges
            if exchange.path == path and parameters.items() <= exchange.form.items()
        ]


def _handler(wire: Wire) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {n: v for n, v in self.headers.items() if n.lower() != "connection"}
            connection = http.client.HTTPConnection("127.0.0.1", wire.inner_port, timeout=60)
            try:
                connection.request(self.command, self.path, body=body or None, headers=headers)
                answer = connection.getresponse()
                content = answer.read()
            except OSError:
                self.send_error(502)
                return
            finally:
                connection.close()
            lower = {name.lower(): value for name, value in headers.items()}
            answered = {name.lower(): value for name, value in answer.getheaders()}
            wire.exchanges.append(
                Exchange(self.command, self.path, lower, body, answer.status, answered, content)
            )
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextlib.contextmanager
def tapped(port: int, inner_port: int) -> Iterator[Wire]:
    """A proxy on one port, before a provider that listens, or is going to, on another."""
    wire = Wire(port, inner_port)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(wire))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
