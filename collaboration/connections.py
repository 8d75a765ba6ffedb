"""Threads for the database, whose connections outlive what goes wrong: each keeps its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

from django.db import Error, close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(
    threads: Executor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run `work` beside the event loop.

    After a database error the next work in that thread gets a fresh connection.
    """

    def run() -> T:
        try:
            return work(*args, **kwargs)
        except Error:
            forget_broken_connections()
            raise

    return await asyncio.get_running_loop().run_in_executor(threads, run)


def forget_broken_connections() -> None:
    """After a database error in this thread: let the next call open a fresh connection."""
    close_old_connections()
