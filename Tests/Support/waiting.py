"""Waiting for what others do."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, seconds: float) -> float:
    """Returns once something is so, and says after how many seconds; fails if that is too late."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} seconds"
        time.sleep(0.02)
    return time.monotonic() - begun
