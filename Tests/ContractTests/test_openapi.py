"""Whatever the service is asked, it answers as it describes, and never with a server's error."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from demo import Demo

DESCRIPTION = Path(__file__).parents[2] / "Sources" / "MartletServer" / "Resources" / "openapi.json"

EXAMPLES = 150
"""How many requests are made up for each operation; as many as end within a minute in all."""

CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
]


class Visitor:
    """Somebody signed in, who signs in again whenever a test has ended the session."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._session = requests.Session()

    def cookies(self) -> dict[str, str]:
        """The cookies of a session that has not ended."""
        session = self._session.get(f"{self._demo.origin}/api/auth/session", timeout=10)
        if session.status_code != 200:
            self._signs_in()
        return self._session.cookies.get_dict()

    def _signs_in(self) -> None:
        self._session.cookies.clear()
        begun = self._session.get(
            f"{self._demo.origin}/api/auth/oauth/github/authorize",
            headers={"Accept": "application/json"},
            timeout=10,
        )
        url = urlsplit(begun.json()["url"])
        query = dict(parse_qsl(url.query)) | {"prompt": "none", "login_hint": "ada"}
        # The provider redirects to the callback, and that to the sign-in page.
        arrived = self._session.get(url._replace(query=urlencode(query)).geturl(), timeout=10)
        assert arrived.url.endswith("?oauth_success=1"), arrived.url


@pytest.fixture(scope="session")
def visitor(demo: Demo) -> Visitor:
    return Visitor(demo)


def without_other_members(schema: Any) -> Any:
    """The description, read strictly: an object has the members it names and no others."""
    if isinstance(schema, list):
        return [without_other_members(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: without_other_members(each) for name, each in schema.items()}
    if strict.get("type") == "object" and "properties" in strict:
        strict.setdefault("additionalProperties", False)
    return strict


def description_to_test() -> dict[str, Any]:
    """The description, read strictly, with providers of the demonstration, and one it has not."""
    document = without_other_members(json.loads(DESCRIPTION.read_text()))
    provider = document["components"]["parameters"]["Provider"]["schema"]
    provider["enum"] = ["github", "google", "apple", "openid", "wechat_open", "wechat_mini", "nobody"]
    return document


description = schemathesis.openapi.from_dict(description_to_test())


def test_serves_the_description(demo: Demo) -> None:
    answer = requests.get(f"{demo.origin}/openapi.json", timeout=10)
    assert answer.json() == json.loads(DESCRIPTION.read_text())


@description.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_as_described(case: schemathesis.Case, demo: Demo, visitor: Visitor) -> None:
    case.call_and_validate(
        base_url=demo.origin,
        cookies=visitor.cookies(),
        headers={"Origin": demo.origin},
        checks=CHECKS,
        allow_redirects=False,
    )
