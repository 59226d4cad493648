"""The proxies of the guide, as it configures them, let in only who is signed in, and say who it is."""

import contextlib
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from demo import Demo, running_demo
from processes import free_ports, running

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "forward-auth.md"
HTML = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


class Application(BaseHTTPRequestHandler):
    """Answers with the header fields that reached it."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps([[name, value] for name, value in self.headers.items()]).encode()
        self.send_response(418 if self.path == "/teapot" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@contextlib.contextmanager
def application() -> Iterator[int]:
    """The application behind the proxy; gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def example(language: str) -> str:
    """The configuration in the guide."""
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    assert found, f"{GUIDE} has no example for {language}"
    return found[1]


def nginx(folder: Path, text: str, port: int) -> list[str]:
    """How nginx is started with a `server` of the guide."""
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in paths)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\nclient_body_buffer_size 1m;\n{temporary}{text}}}\n"
    )
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx"
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]


def caddy(folder: Path, text: str, port: int) -> list[str]:
    """How Caddy is started with a site of the guide."""
    text = text.replace("example.com {", f"http://localhost:{port} {{", 1)
    (folder / "Caddyfile").write_text("{\nadmin off\nauto_https off\n}\n" + text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@dataclass(frozen=True)
class Site:
    """Where browsers find the proxy, and the demonstration behind it."""

    origin: str
    demo: Demo

    def get(self, path: str, browser: requests.Session, **headers: str) -> requests.Response:
        """Asks the proxy."""
        return browser.get(self.origin + path, headers=headers, allow_redirects=False, timeout=10)

    def sign_in(self) -> requests.Session:
        """Signs a person in at Martlet itself; cookies go to every port of a host."""
        browser = requests.Session()
        begun = browser.get(
            f"{self.demo.origin}/api/auth/oauth/github/authorize",
            headers={"Accept": "application/json"},
            timeout=10,
        )
        url = urlsplit(begun.json()["url"])
        query = dict(parse_qsl(url.query)) | {"prompt": "none", "login_hint": "ada"}
        arrived = browser.get(url._replace(query=urlencode(query)).geturl(), timeout=10)
        assert arrived.url.endswith("?oauth_success=1"), arrived.url
        return browser


# Debian's package of Caddy starts a server on port 80, so it is used only where it is there already.
CADDY = pytest.param(caddy, marks=pytest.mark.skipif(not shutil.which("caddy"), reason="no Caddy here"))


@pytest.fixture(scope="module", params=[nginx, CADDY])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    command: Callable[[Path, str, int], list[str]] = request.param
    folder = tmp_path_factory.mktemp(command.__name__)
    with application() as application_port, running_demo(tmp_path_factory.mktemp("demo")) as demo:
        (port,) = free_ports(1)
        text = example(command.__name__)
        text = text.replace("127.0.0.1:8080", f"127.0.0.1:{urlsplit(demo.origin).port}")
        text = text.replace("127.0.0.1:3000", f"127.0.0.1:{application_port}")
        ready = f"http://localhost:{port}/auth/login"
        # Where Caddy keeps what it remembers.
        environment = os.environ | {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        with running(command(folder, text, port), ready_url=ready, folder=folder, environment=environment):
            yield Site(f"http://localhost:{port}", demo)


def who(answer: requests.Response) -> dict[str, str]:
    """What the application was told of the person, by all spellings of the fields."""
    fields: list[list[str]] = answer.json()
    told = [(name.lower().replace("_", "-"), value) for name, value in fields]
    told = [each for each in told if each[0].startswith("x-auth")]
    assert len(told) == len(dict(told)), told
    return dict(told)


def test_tells_the_application_who_is_signed_in(site: Site) -> None:
    browser = site.sign_in()
    session = browser.get(f"{site.demo.origin}/api/auth/session", timeout=10).json()
    answer = site.get("/reports?year=2026", browser)
    assert answer.status_code == 200
    assert who(answer) == {
        "x-auth-user": session["user"]["id"],
        "x-auth-name": "Ada Lovelace",
        "x-auth-email": "ada@example.com",
        "x-auth-email-verified": "true",
    }


@pytest.mark.parametrize(
    "name", ["X-Auth-User", "X-Auth-Name", "X_Auth_User", "X-Auth_User", "X_Auth-User", "x_auth_email"]
)
def test_believes_no_field_of_the_client(site: Site, name: str) -> None:
    browser = site.sign_in()
    expected = who(site.get("/", browser))
    assert who(site.get("/", browser, **{name: "1000000"})) == expected
    assert site.get("/", requests.Session(), **{name: "1"}).status_code == 401


def test_sends_a_browser_to_sign_in_and_back(site: Site) -> None:
    answer = site.get("/reports?year=2026&sort=up", requests.Session(), **HTML)
    assert answer.status_code == 302
    location = urlsplit(answer.headers["Location"])
    assert location.path == "/auth/login"
    assert dict(parse_qsl(location.query)) == {"redirect_uri": "/reports?year=2026&sort=up"}
    page = site.get(f"{location.path}?{location.query}", requests.Session(), **HTML)
    assert "github/authorize?redirect_uri=%2Freports%3Fyear%3D2026%26sort%3Dup" in page.text


def test_answers_401_to_a_script(site: Site) -> None:
    answer = site.get("/data.json", requests.Session(), Accept="application/json")
    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_lets_changes_through_for_whoever_is_signed_in(site: Site) -> None:
    url = f"{site.origin}/orders"
    assert site.sign_in().post(url, data="x" * 100_000, timeout=10).status_code == 200
    assert requests.post(url, data="x" * 100_000, timeout=10).status_code == 401


def test_leaves_the_answers_of_the_application_alone(site: Site) -> None:
    assert site.get("/teapot", site.sign_in()).status_code == 418


def test_shuts_out_whoever_signed_out(site: Site) -> None:
    browser = site.sign_in()
    kept = browser.cookies.copy()
    assert site.get("/", browser).status_code == 200
    ended = browser.post(
        f"{site.demo.origin}/api/auth/logout", headers={"Origin": site.demo.origin}, timeout=10
    )
    assert ended.status_code == 200
    browser.cookies = kept
    assert site.get("/", browser).status_code == 401
