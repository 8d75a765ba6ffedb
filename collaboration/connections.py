"""Database connections that outlive what goes wrong: a thread keeps its own for good."""

from collections.abc import Callable
from typing import TypeVar

from django.db import Error, close_old_connections

T = TypeVar("T")


def with_fresh_connection(work: Callable[[], T]) -> T:
    """Run `work`; after a database error this thread's next work gets a fresh connection."""
    try:
        return work()
    except Error:
        forget_broken_connections()
        raise


def forget_broken_connections() -> None:
    """After a database error in this thread: let the next call open a fresh connection."""
    close_old_connections()
