"""Runs Canaille on a loopback port, with one person and one client.

Arguments: PORT, and a JSON object with `redirectURI`, `clientID`, `clientSecret`, `username`,
`password`, `name` and `email`. The database is made in the working directory.
"""

import datetime
import json
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from flask import Flask
from joserfc.jwk import RSAKey
from werkzeug.serving import run_simple


def application(port: int) -> Flask:
    """Canaille over SQLite: its memory backend does not tell two codes apart reliably."""
    key = RSAKey.generate_key(2048, parameters={"kid": "signing", "use": "sig", "alg": "RS256"})
    return create_app(
        {
            "SECRET_KEY": "for tests on loopback only",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "sql", "FORCE_HTTPS": False},
            "CANAILLE_SQL": {"DATABASE_URI": "sqlite:///canaille.sqlite"},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
        }
    )


def provision(app: Flask, setup: dict[str, str]) -> None:
    """Makes the tables, the person and the client."""
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
        client = models.Client(
            client_id=setup["clientID"],
            client_secret=setup["clientSecret"],
            client_name="Martlet",
            client_uri=setup["redirectURI"],
            client_id_issued_at=datetime.datetime.now(datetime.UTC),
            redirect_uris=[setup["redirectURI"]],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        # A token is meant for the client itself, which must exist to be named.
        client.audience = [client]
        Backend.instance.save(client)


if __name__ == "__main__":
    port_argument, setup_argument = sys.argv[1:]
    canaille = application(int(port_argument))
    provision(canaille, json.loads(setup_argument))
    run_simple("127.0.0.1", int(port_argument), canaille, threaded=True)
