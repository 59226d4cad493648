"""The service, configured for the provider of each module."""

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("login_contract")

from relying_party import OpenIDServer, RelyingParty, free_origin, relying_party  # noqa: E402


@pytest.fixture(scope="module")
def origin() -> str:
    """Where the service is going to be."""
    return free_origin()


@pytest.fixture(scope="module")
def party(
    origin: str, provider: OpenIDServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RelyingParty]:
    """The service, running, for the module's `provider`."""
    with relying_party(origin, provider, tmp_path_factory.mktemp("service")) as running_party:
        yield running_party
