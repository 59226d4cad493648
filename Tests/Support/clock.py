"""A clock of a program under test that a test can move while the program runs."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class MovableClock:
    """The wall clock of one program, by libfaketime. Waiting and timeouts go on as they are."""

    def __init__(self, folder: Path) -> None:
        self._offset = folder / "clock-offset"
        self._process_id = folder / "clock-process"
        self._set(0)

    def move_on(self, minutes: int) -> None:
        """Makes it later by so many minutes than it really is."""
        self._set(minutes * 60)

    def _set(self, seconds: int) -> None:
        # The program reads the file whenever it asks for the time: it must never be half written.
        new = self._offset.with_suffix(".new")
        new.write_text(f"+{seconds}\n")
        new.rename(self._offset)

    def command(self, command: Sequence[str | Path]) -> list[str | Path]:
        """The command that runs a program under this clock.

        The library adds to the environment of the first program that it is loaded into, which keeps
        a Swift program from finding its arguments. So the first is a shell that becomes the program.
        """
        return ["/bin/sh", "-c", f'echo $$ > "{self._process_id}"; exec "$@"', "sh", *command]

    @property
    def environment(self) -> dict[str, str]:
        """What the environment of the program needs besides."""
        libraries = sorted(Path("/").glob(LIBRARY.removeprefix("/")))
        if not libraries:
            raise FileNotFoundError(f"{LIBRARY} is missing; install it with: make packages")
        return {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def clean_up(self) -> None:
        """Removes what the library leaves in shared memory, because the shell did not end."""
        if self._process_id.exists():
            process_id = self._process_id.read_text().strip()
            for name in (f"faketime_shm_{process_id}", f"sem.faketime_sem_{process_id}"):
                (Path("/dev/shm") / name).unlink(missing_ok=True)


@contextlib.contextmanager
def movable_clock(folder: Path) -> Iterator[MovableClock]:
    """A clock that shows the real time until it is moved."""
    clock = MovableClock(folder)
    try:
        yield clock
    finally:
        clock.clean_up()
