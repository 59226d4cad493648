"""Runs django-oauth-toolkit on a loopback port, with one person and one client.

Arguments: PORT, and a JSON object with `base` (where browsers find it), `redirectURI`,
`logoutURI`, `clientID`, `clientSecret`, `username`, `password`, `name` and `email`. The database
is made in the working directory.
"""

import json
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

PORT, SETUP = int(sys.argv[1]), json.loads(sys.argv[2])

SIGN_IN_PAGE = """<!doctype html><title>Sign in</title>
<form method="post">{% csrf_token %}{{ form }}<button>Sign in</button></form>"""


def signing_key() -> str:
    """A new RSA key in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


# This module is the site's URL configuration, too: Django imports it again by this name.
if __name__ == "__main__":
    sys.modules["django_server"] = sys.modules["__main__"]

settings.configure(
    SECRET_KEY="for tests on loopback only",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="django_server",
    USE_TZ=True,
    LOGIN_URL="/sign-in/",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django.sqlite"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request"],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"sign-in.html": SIGN_IN_PAGE}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": signing_key(),
        "OIDC_ISS_ENDPOINT": f"{SETUP['base']}/o",
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        # So short that each is refreshed before it is given to a backend.
        "ACCESS_TOKEN_EXPIRE_SECONDS": 60,
        "OAUTH2_VALIDATOR_CLASS": "django_server.ClaimsValidator",
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "Who you are", "profile": "Your name", "email": "Your address"},
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402

urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("sign-in/", LoginView.as_view(template_name="sign-in.html")),
]


class ClaimsValidator(OAuth2Validator):
    """Adds who the person is to the ID token and to the userinfo answer."""

    oidc_claim_scope = {
        **OAuth2Validator.oidc_claim_scope,
        "name": "profile",
        "email": "email",
        "email_verified": "email",
    }

    def get_additional_claims(self, request) -> dict[str, object]:
        user = request.user
        return {"name": user.get_full_name(), "email": user.email, "email_verified": True}


class Server(ThreadingMixIn, WSGIServer):
    """Answers each connection on a thread of its own."""

    daemon_threads = True


def provision() -> None:
    """Makes the tables, the person and the client."""
    call_command("migrate", verbosity=0)
    given, family = SETUP["name"].split()
    person = User.objects.create_user(
        SETUP["username"], SETUP["email"], SETUP["password"], first_name=given, last_name=family
    )
    Application.objects.create(
        client_id=SETUP["clientID"],
        client_secret=SETUP["clientSecret"],
        name="Martlet",
        user=person,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=SETUP["redirectURI"],
        post_logout_redirect_uris=SETUP["logoutURI"],
        algorithm=Application.RS256_ALGORITHM,
    )


if __name__ == "__main__":
    provision()
    make_server("127.0.0.1", PORT, get_wsgi_application(), server_class=Server).serve_forever()
