"""One set-up at a time: two starts at once must not write into one virtual environment."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

from editor.installation.places import CHECKOUT


@contextlib.contextmanager
def our_turn(on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the checkout's lock. `on_wait` is called once if another process holds it.

    The lock is on manage.py itself, so that no file is left behind, and it goes with its process.
    """
    if os.name == "nt":  # file locks there would forbid others to read manage.py
        yield
        return
    import fcntl

    with (CHECKOUT / "manage.py").open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
