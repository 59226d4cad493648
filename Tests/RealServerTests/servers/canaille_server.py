"""Runs Canaille on a loopback port, with one person and some clients.

Arguments: PORT, and a JSON object with `host` (where browsers find it), `username`, `password`,
`name`, `email` and `clients`: a list of objects with `id`, `redirectURI`, `logoutURI` and
`authentication`, and, where they apply, `secret`, `keys` (a JWKS), `algorithm` (of ID tokens) and
`userinfoAlgorithm`. The database is made in the working directory.
"""

import datetime
import json
import sys
from typing import Any

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from flask import Flask
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import run_simple

# So short that each access token is refreshed before it is given to a backend.
TOKEN_SECONDS = 60


def application(host: str) -> Flask:
    """Canaille over SQLite: its memory backend does not tell two codes apart reliably."""
    rsa = RSAKey.generate_key(2048, parameters={"kid": "rsa", "use": "sig", "alg": "RS256"})
    ec = ECKey.generate_key("P-256", parameters={"kid": "ec", "use": "sig", "alg": "ES256"})
    return create_app(
        {
            "SECRET_KEY": "for tests on loopback only",
            "SERVER_NAME": host,
            "PREFERRED_URL_SCHEME": "http",
            "OAUTH2_TOKEN_EXPIRES_IN": {
                "authorization_code": TOKEN_SECONDS,
                "refresh_token": TOKEN_SECONDS,
            },
            "CANAILLE": {"DATABASE": "sql", "FORCE_HTTPS": False},
            "CANAILLE_SQL": {"DATABASE_URI": "sqlite:///canaille.sqlite"},
            "CANAILLE_OIDC": {
                "ACTIVE_JWKS": [rsa.as_dict(private=True), ec.as_dict(private=True)]
            },
        }
    )


def provision(app: Flask, setup: dict[str, Any]) -> None:
    """Makes the tables, the person and the clients."""
    with app.app_context():
        Backend.instance.install(app)
    with app.app_context(), Backend.instance.session():
        given, family = setup["name"].split()
        person = models.User(
            user_name=setup["username"],
            password=setup["password"],
            emails=[setup["email"]],
            formatted_name=setup["name"],
            given_name=given,
            family_name=family,
        )
        Backend.instance.save(person)
        for each in setup["clients"]:
            register(each)


def register(setup: dict[str, Any]) -> None:
    """Makes a client."""
    client = models.Client(
        client_id=setup["id"],
        client_secret=setup.get("secret"),
        client_name="Martlet",
        client_uri=setup["redirectURI"],
        client_id_issued_at=datetime.datetime.now(datetime.UTC),
        redirect_uris=[setup["redirectURI"]],
        post_logout_redirect_uris=[setup["logoutURI"]],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
        scope=["openid", "profile", "email"],
        token_endpoint_auth_method=setup["authentication"],
        id_token_signed_response_alg=setup.get("algorithm"),
        userinfo_signed_response_alg=setup.get("userinfoAlgorithm"),
        jwks=json.dumps(setup["keys"]) if "keys" in setup else None,
    )
    Backend.instance.save(client)
    # A token is meant for the client itself, which must exist to be named.
    client.audience = [client]
    Backend.instance.save(client)


if __name__ == "__main__":
    port_argument, setup_argument = sys.argv[1:]
    given = json.loads(setup_argument)
    canaille = application(given["host"])
    provision(canaille, given)
    run_simple("127.0.0.1", int(port_argument), canaille, threaded=True)
