"""The stub provider as a backend of social-auth, in the form its documentation gives."""

from typing import Any

from django.conf import settings
from social_core.backends.oauth import BaseOAuth2PKCE


class BenchOAuth2(BaseOAuth2PKCE):
    """OAuth 2.0 with PKCE."""

    name = "bench"
    ID_KEY = "sub"
    AUTHORIZATION_URL = f"{settings.BENCH_STUB}/authorize"
    ACCESS_TOKEN_URL = f"{settings.BENCH_STUB}/token"
    ACCESS_TOKEN_METHOD = "POST"
    REDIRECT_STATE = False
    DEFAULT_SCOPE = ["profile", "email"]

    def get_user_details(self, response: dict[str, Any]) -> dict[str, Any]:
        """The profile as the user table has it."""
        return {"username": f"person{response['sub']}", "fullname": response["name"], "email": response["email"]}

    def user_data(self, access_token: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Asks for the profile."""
        return self.get_json(
            f"{settings.BENCH_STUB}/userinfo", headers={"Authorization": f"Bearer {access_token}"}
        )
