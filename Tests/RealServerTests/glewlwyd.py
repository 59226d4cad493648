"""Glewlwyd's files, and its administration over HTTP."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import requests
from joserfc.jwk import ECKey, RSAKey

from relying_party import ALICE

SCHEMA = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
MODULES = Path("/usr/lib/glewlwyd")
PAGES = Path("/usr/share/glewlwyd/webapp")
SCOPES = ("openid", "profile", "email")


def program() -> str:
    """Where Debian's package puts the program."""
    found = shutil.which("glewlwyd", path="/usr/bin:/usr/sbin:/usr/local/bin")
    if found is None:
        raise AssertionError("Glewlwyd is missing; `make packages` installs it")
    return found


def prepare(folder: Path, base: str, port: int) -> Path:
    """Makes an empty database and the configuration file, and gives the latter.

    It listens on `port`, and says that it is at `base`.
    """
    with sqlite3.connect(folder / "glewlwyd.sqlite") as database:
        database.executescript(SCHEMA.read_text())
    database.close()
    settings = {
        "port": port,
        "bind_address": "127.0.0.1",
        "external_url": base,
        "api_prefix": "api",
        "login_url": "login.html",
        "static_files_path": str(PAGES),
        "log_mode": "console",
        "log_level": "WARNING",
        "hash_algorithm": "SHA512",
        "session_key": "GLEWLWYD2_SESSION_ID",
        "session_expiration": 3600,
        "cookie_secure": False,
        "admin_scope": "g_admin",
        "profile_scope": "g_profile",
        "admin_session_authentication": "cookie",
        "profile_session_authentication": "cookie",
        "use_secure_connection": False,
        # Must be named although TLS is off; the files need not exist.
        "secure_connection_key_file": str(folder / "none.key"),
        "secure_connection_pem_file": str(folder / "none.pem"),
        "user_module_path": str(MODULES / "user"),
        "client_module_path": str(MODULES / "client"),
        "user_auth_scheme_module_path": str(MODULES / "scheme"),
        "plugin_module_path": str(MODULES / "plugin"),
    }
    # libconfig writes strings, numbers and booleans as JSON does.
    lines = [f"{name} = {json.dumps(value)};" for name, value in settings.items()]
    path = json.dumps(str(folder / "glewlwyd.sqlite"))
    lines.append(f'database = {{ type = "sqlite3"; path = {path}; }};')
    configuration = folder / "glewlwyd.conf"
    configuration.write_text("\n".join(lines) + "\n")
    return configuration


class Administration:
    """What an administrator does after the first start."""

    def __init__(self, base: str) -> None:
        self._api = f"{base}/api"
        self._session = requests.Session()
        # The account and the password that the package's database begins with.
        self._post("auth/", {"username": "admin", "password": "password"})

    def _post(self, path: str, content: dict[str, Any]) -> None:
        answer = self._session.post(f"{self._api}/{path}", json=content, timeout=30)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"

    def add_provider(self, name: str, key: RSAKey | ECKey, **more: Any) -> str:
        """Turns OpenID Connect on, PKCE by S256 required; gives the issuer."""
        issuer = f"{self._api}/{name}"
        parameters = {
            "iss": issuer,
            "jwt-type": "rsa" if isinstance(key, RSAKey) else "ecdsa",
            "jwt-key-size": "256",
            "jwks-private": json.dumps({"keys": [key.as_dict(private=True)]}),
            "default-kid": key.kid,
            "jwks-show": True,
            # So short that each is refreshed before it is given to a backend.
            "access-token-duration": 60,
            "refresh-token-duration": 86_400,
            "refresh-token-rolling": True,
            "refresh-token-one-use": "always",
            "code-duration": 300,
            "allowed-scope": list(SCOPES),
            "auth-type-code-enabled": True,
            "auth-type-code-revoke-replayed": True,
            "auth-type-token-enabled": False,
            # The code flow's ID token is issued only if this is on, too.
            "auth-type-id-token-enabled": True,
            "auth-type-none-enabled": False,
            "auth-type-password-enabled": False,
            "auth-type-client-enabled": True,
            "auth-type-device-enabled": False,
            "auth-type-refresh-enabled": True,
            "pkce-allowed": True,
            "pkce-required": True,
            "pkce-method-plain-allowed": False,
            "introspection-revocation-allowed": True,
            "introspection-revocation-allow-target-client": True,
            # Without this, it announces and takes no `private_key_jwt`.
            "request-parameter-allow": True,
            "client-jwks-parameter": "jwks",
            "oauth-par-allowed": True,
            "oauth-par-required": False,
            "oauth-par-duration": 90,
            "oauth-par-request_uri-prefix": "urn:ietf:params:oauth:request_uri:",
            "oauth-as-iss-id": True,
            "session-management-allowed": True,
            "session-cookie-name": f"GLEWLWYD_{name}",
            "session-cookie-expiration": 86_400,
            "front-channel-logout-allowed": True,
            "back-channel-logout-allowed": True,
            "subject-type": "public",
            "name-claim": "on-demand",
            "name-claim-scope": ["profile"],
            "email-claim": "on-demand",
            "email-claim-scope": ["email"],
            "scope-claim": "no",
            **more,
        }
        self._post(
            "mod/plugin/",
            {"module": "oidc", "name": name, "display_name": name, "parameters": parameters},
        )
        return issuer

    def allow_logout_addresses(self) -> None:
        """Lets clients have a list of `post_logout_redirect_uris`, which the plugin asks for."""
        address = f"{self._api}/mod/client/database"
        module = self._session.get(address, timeout=30).json()
        several = {"multiple": True, "read": True, "write": True}
        module["parameters"]["data-format"]["post_logout_redirect_uris"] = several
        for path, content in ((address, module), (f"{address}/reset", None)):
            answer = self._session.put(path, json=content, timeout=30)
            assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"

    def add_person(self) -> None:
        """Adds the scopes that Glewlwyd does not begin with, and Alice."""
        for scope in ("profile", "email"):
            self._post(
                "scope/",
                {"name": scope, "display_name": scope, "password_required": True, "scheme": {}},
            )
        self._post(
            "user/",
            {
                "username": ALICE.username,
                "password": ALICE.password,
                "name": ALICE.name,
                "email": ALICE.email,
                "scope": [*SCOPES, "g_profile"],
                "enabled": True,
            },
        )

    def add_client(self, client_id: str, redirect_uri: str, **more: Any) -> None:
        """Registers the service."""
        self._post(
            "client/?source=database",
            {
                "client_id": client_id,
                "name": "Martlet",
                "confidential": True,
                "enabled": True,
                "redirect_uri": [redirect_uri],
                # A client may revoke its tokens only if it has `client_credentials`.
                "authorization_type": ["code", "refresh_token", "client_credentials"],
                "scope": [],
                **more,
            },
        )
