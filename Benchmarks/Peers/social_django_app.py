"""Sign-in with Django and social-auth-app-django, both with their defaults: sessions and users through the ORM.

`python social_django_app.py migrate` makes the tables; `social_django_app:application` is served. A login begins by GET
here, without the form and its CSRF token that the package asks for.
"""

import sys

import django
from common import CLIENT_ID, CLIENT_SECRET, COOKIE_SECRET, DATABASE, STUB
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

settings.configure(
    SECRET_KEY=COOKIE_SECRET,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "social_django",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    AUTHENTICATION_BACKENDS=["bench_backend.BenchOAuth2"],
    LOGIN_REDIRECT_URL="/",
    SOCIAL_AUTH_BENCH_KEY=CLIENT_ID,
    SOCIAL_AUTH_BENCH_SECRET=CLIENT_SECRET,
    BENCH_STUB=STUB,
)
django.setup()

from social_core.actions import do_auth  # noqa: E402 - Django must be set up before
from social_django.utils import psa  # noqa: E402


@psa("social:complete")
def start(request: HttpRequest, backend: str) -> HttpResponse:
    """Begins a login."""
    return do_auth(request.backend)


def verify(request: HttpRequest) -> HttpResponse:
    """Says whose session it is."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(headers={"X-Auth-User": str(request.user.pk)})


urlpatterns = [
    path("start/<backend>/", start),
    path("verify", verify),
    path("", include("social_django.urls", namespace="social")),
]
application = get_wsgi_application()

if __name__ == "__main__":
    call_command(*sys.argv[1:], verbosity=0)
