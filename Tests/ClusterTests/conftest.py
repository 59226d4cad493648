"""The simulated providers, for all tests of several processes."""

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("nodes", "people", "databases", "balancers")

from nodes import Simulator, running_simulator  # noqa: E402


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running_simulator(tmp_path_factory.mktemp("providers") / "simulator") as simulator:
        yield simulator
