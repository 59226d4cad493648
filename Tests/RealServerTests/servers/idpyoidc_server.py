"""Runs idpyoidc's OpenID provider on a loopback port, with one person and some clients.

idpyoidc is a library: it judges requests and makes answers. What is here carries both over HTTP
and adds the pages.

Arguments: PORT, and a JSON object with `base` (where browsers find it), `username`, `password`,
`name`, `email` and `clients`: a list of objects in idpyoidc's terms, besides `keys` (a JWKS). Its
files are made in the working directory.
"""

import json
import sys
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, request
from idpyoidc.message.oauth2 import ResponseMessage
from idpyoidc.message.oidc import AccessTokenRequest, AuthorizationRequest
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import ClientAuthenticationError
from idpyoidc.server.oidc.token import Token
from werkzeug.serving import run_simple

SIGN_IN_PAGE = """<!doctype html><title>Sign in</title>
<form action="{{ action }}" method="post">
<input type="hidden" name="token" value="{{ token }}">
<input name="username"><input type="password" name="password"><button>Sign in</button></form>"""

SIGN_OUT_PAGE = """<!doctype html><title>Sign out</title>
<form action="/sign-out" method="post">
<input type="hidden" name="sjwt" value="{}"><button>Sign out</button></form>"""

PROOFS = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"]
PATHS = {
    "provider_config": ".well-known/openid-configuration",
    "authorization": "authorization",
    "pushed_authorization": "par",
    "token": "token",
    "token_revocation": "revocation",
    "userinfo": "userinfo",
    "session": "session",
}
# So short that each access token is refreshed before it is given to a backend.
ACCESS_SECONDS = 60
REFRESH_SECONDS = 86_400


def endpoint(module: str, path: str, proofs: list[str] | None, **more: Any) -> dict[str, Any]:
    """The setting of an endpoint."""
    return {
        "path": path,
        "class": f"idpyoidc.server.{module}",
        "kwargs": {"client_authn_method": proofs, **more},
    }


def endpoints(base: str) -> dict[str, Any]:
    """The settings of all endpoints."""
    return {
        "provider_config": endpoint(
            "oidc.provider_config.ProviderConfiguration", PATHS["provider_config"], None
        ),
        "authorization": endpoint(
            "oidc.authorization.Authorization",
            PATHS["authorization"],
            None,
            response_types_supported=["code"],
            response_modes_supported=["query", "form_post"],
        ),
        "pushed_authorization": endpoint(
            "oauth2.pushed_authorization.PushedAuthorization",
            PATHS["pushed_authorization"],
            PROOFS,
        ),
        "token": endpoint(
            "oidc.token.Token", PATHS["token"], PROOFS, revoke_refresh_on_issue=True
        ),
        "token_revocation": endpoint(
            "oauth2.token_revocation.TokenRevocation", PATHS["token_revocation"], PROOFS
        ),
        "userinfo": endpoint("oidc.userinfo.UserInfo", PATHS["userinfo"], ["bearer_header"]),
        "session": endpoint(
            "oidc.session.Session",
            PATHS["session"],
            None,
            signing_alg="ES256",
            logout_verify_url=f"{base}/confirm-sign-out",
            post_logout_uri_path="signed-out",
        ),
    }


def configuration(base: str) -> dict[str, Any]:
    """The settings of the provider."""
    keys = {
        "key_defs": [{"type": "OCT", "use": ["enc"], "kid": name} for name in ("password", "salt")]
    }
    tokens = ["access_token", "refresh_token", "id_token"]
    usage = {
        "authorization_code": {"supports_minting": tokens, "max_usage": 1, "expires_in": 120},
        "access_token": {"expires_in": ACCESS_SECONDS},
        "refresh_token": {"supports_minting": tokens, "expires_in": REFRESH_SECONDS},
    }
    jwt_token = "idpyoidc.server.token.jwt_token.JWTToken"
    return {
        "issuer": base,
        "template_dir": "templates",
        # Its default handler has no key to sign with, and fails when a cookie comes back.
        "cookie_handler": {
            "class": "idpyoidc.server.cookie_handler.CookieHandler",
            "kwargs": {
                "keys": {
                    "key_defs": [
                        {"type": "OCT", "use": [use], "kid": use} for use in ("enc", "sig")
                    ]
                },
                "name": {"session": "session", "register": "register", "session_management": "s"},
            },
        },
        "key_conf": {
            "key_defs": [
                {"type": "RSA", "use": ["sig"]},
                {"type": "EC", "crv": "P-256", "use": ["sig"]},
            ],
            "uri_path": "jwks",
        },
        "add_on": {
            "pkce": {
                "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True, "code_challenge_methods": {"S256": None}},
            }
        },
        "authz": {
            "class": "idpyoidc.server.authz.AuthzHandling",
            "kwargs": {"grant_config": {"usage_rules": usage, "expires_in": REFRESH_SECONDS}},
        },
        "authentication": {
            "user": {
                "acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocolPassword",
                "class": "idpyoidc.server.user_authn.user.UserPassJinja2",
                "kwargs": {
                    "verify_endpoint": "/sign-in",
                    "template": "sign-in.jinja2",
                    "db": {
                        "class": "idpyoidc.server.util.JSONDictDB",
                        "kwargs": {"filename": "passwords.json"},
                    },
                },
            }
        },
        "endpoint": endpoints(base),
        "token_handler_args": {
            "jwks_defs": {
                "key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}]
            },
            "code": {
                "lifetime": 120,
                "kwargs": {"crypt_conf": {"kwargs": {"keys": keys, "iterations": 1}}},
            },
            "token": {"class": jwt_token, "kwargs": {"lifetime": ACCESS_SECONDS}},
            "refresh": {"class": jwt_token, "kwargs": {"lifetime": REFRESH_SECONDS}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {}},
        },
        "userinfo": {
            "class": "idpyoidc.server.user_info.UserInfo",
            "kwargs": {"db_file": "people.json"},
        },
    }


def provision(setup: dict[str, Any]) -> Server:
    """Writes its files, and makes the provider with its clients."""
    name = setup["username"]
    person = {"name": setup["name"], "email": setup["email"], "email_verified": True}
    Path("passwords.json").write_text(json.dumps({name: setup["password"]}))
    Path("people.json").write_text(json.dumps({name: person}))
    Path("private").mkdir()
    Path("templates").mkdir()
    Path("templates", "sign-in.jinja2").write_text(SIGN_IN_PAGE)
    server = Server(OPConfiguration(configuration(setup["base"]), base_path="."), cwd=".")
    # With it, a browser that proves nothing at the end of sessions is answered by a KeyError.
    for proof in ("none", "public"):
        del server.context.client_authn_methods[proof]
    keys = server.get_endpoint("token").upstream_get("attribute", "keyjar")
    for client in setup["clients"]:
        identifier = client["client_id"]
        known = client.pop("keys", None)
        if known:
            keys.import_jwks(known, identifier)
        else:
            keys.add_symmetric(identifier, client["client_secret"])
        server.context.cdb[identifier] = {
            "client_salt": "salt",
            "response_types_supported": ["code"],
            "response_types": ["code"],
            "grant_types": ["authorization_code", "refresh_token"],
            "allowed_scopes": ["openid", "profile", "email", "offline_access"],
            **client,
        }
    return server


def problem(error: object, status: int, code: str) -> Response:
    """An error as RFC 6749 section 5.2 describes it."""
    if isinstance(error, ResponseMessage):
        return Response(error.to_json(), status, content_type="application/json")
    text = json.dumps({"error": code, "error_description": str(error)})
    return Response(text, status, content_type="application/json")


def add_cookies(response: Response, cookies: Any) -> Response:
    """Sets the cookies that the library asks for, one or several."""
    for cookie in cookies if isinstance(cookies, list) else [cookies] if cookies else []:
        response.set_cookie(
            cookie["name"], cookie["value"], max_age=cookie.get("max_age"), samesite="Lax"
        )
    return response


class Provider:
    """Carries requests to the library, and its answers back."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def serve(self, name: str) -> Response:
        """Asks the endpoint of that name."""
        target = self.server.get_endpoint(name)
        told = {
            "headers": {key.lower(): value for key, value in request.headers.items()},
            "method": request.method,
            "url": request.url,
            "cookie": [{"name": key, "value": value} for key, value in request.cookies.items()],
        }
        given = request.args if request.method == "GET" else request.form
        try:
            parsed = target.parse_request(given.to_dict(), http_info=told)
            if isinstance(parsed, ResponseMessage) and "error" in parsed:
                return problem(parsed, 400, "invalid_request")
            if isinstance(target, Token):
                parsed = AccessTokenRequest(**parsed)
            result = target.process_request(parsed, http_info=told)
        except ClientAuthenticationError as error:
            return problem(error, 401, "invalid_client")
        except Exception as error:
            return problem(error, 400, "invalid_request")
        return self.answer(target, parsed, result)

    def answer(self, target: Any, parsed: Any, result: Any) -> Response:
        """Puts what the library answers into HTTP."""
        if isinstance(result, ResponseMessage) and "error" in result:
            return problem(result, 400, "invalid_request")
        if "redirect_location" in result:
            return redirect(result["redirect_location"])
        if "http_response" in result:
            content = result["http_response"]
            if isinstance(content, str):
                return Response(content, content_type="text/html")
            return Response(json.dumps(content), 201, content_type="application/json")
        made = target.do_response(request=parsed, **result)
        if made.get("response_placement", target.response_placement) == "body":
            response = Response(made["response"], made.get("response_code", 200))
        else:
            response = redirect(made["response"])
        for key, value in made["http_headers"]:
            response.headers[key] = value
        return add_cookies(response, made.get("cookie"))

    def sign_in(self) -> Response:
        """Takes the form of the page."""
        method = self.server.context.authn_broker.get_method_by_id("user")
        user = method.verify(**request.form.to_dict())
        begun = method.unpack_token(request.form["token"])
        asked = AuthorizationRequest().from_urlencoded(begun["query"])
        target = self.server.get_endpoint("authorization")
        session = target.create_session(
            asked, user, begun["authn_class_ref"], begun["iat"], method
        )
        return self.answer(target, asked, target.authz_part2(request=asked, session_id=session))

    def confirm_sign_out(self) -> Response:
        """Asks whether to sign out."""
        return Response(SIGN_OUT_PAGE.format(request.args["sjwt"]), content_type="text/html")

    def sign_out(self) -> Response:
        """Ends the session, tells the client, and sends the browser back."""
        target = self.server.get_endpoint("session")
        begun = target.unpack_signed_jwt(request.form["sjwt"])
        # Asked for all clients, it would tell each of its first session only.
        target.do_verified_logout(sid=begun["sid"])
        return add_cookies(redirect(begun["redirect_uri"]), target.kill_cookies())


def application(provider: Provider) -> Flask:
    """The routes."""
    app = Flask(__name__)
    for name, path in PATHS.items():
        app.add_url_rule(
            f"/{path}", name, lambda name=name: provider.serve(name), methods=["GET", "POST"]
        )
    keys = provider.server.get_endpoint("token").upstream_get("attribute", "keyjar")
    app.add_url_rule("/jwks", "jwks", keys.export_jwks)
    app.add_url_rule("/sign-in", "sign_in", provider.sign_in, methods=["POST"])
    app.add_url_rule("/confirm-sign-out", "confirm", provider.confirm_sign_out)
    app.add_url_rule("/sign-out", "sign_out", provider.sign_out, methods=["POST"])
    return app


if __name__ == "__main__":
    port_argument, setup_argument = sys.argv[1:]
    idpyoidc = Provider(provision(json.loads(setup_argument)))
    run_simple("127.0.0.1", int(port_argument), application(idpyoidc), threaded=True)
