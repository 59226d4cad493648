"""A demonstration, for all tests of the contract."""

from collections.abc import Iterator

import pytest

from demo import Demo, running_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The service beside its simulated providers."""
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo
