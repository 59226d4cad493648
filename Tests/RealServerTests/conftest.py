"""The service, configured for the provider of each module."""

from collections.abc import Iterator

import pytest

from processes import free_ports

pytest.register_assert_rewrite("login_contract", "logout_contract", "token_contract")

from relying_party import OpenIDServer, RelyingParty, free_origin, relying_party  # noqa: E402
from wire import Wire, tapped  # noqa: E402


@pytest.fixture(scope="module")
def origin() -> str:
    """Where the service is going to be."""
    return free_origin()


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """Where the module's provider is said to be; the provider itself listens on the inner port."""
    with tapped(*free_ports(2)) as wire:
        yield wire


@pytest.fixture(scope="module")
def party(
    origin: str, provider: OpenIDServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RelyingParty]:
    """The service, running, for the module's `provider`."""
    with relying_party(origin, provider, tmp_path_factory.mktemp("service")) as running_party:
        yield running_party
