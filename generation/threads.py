"""Blocking work beside the event loop: questions to the database, reading a long score."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from django.db import Error, connections

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = ThreadPoolExecutor(max_workers=3, thread_name_prefix="generation")
"""Threads of our own, so that a slow page elsewhere never delays a socket. They keep their
database connections."""


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in a thread; a database error leaves no broken connection behind."""

    def run() -> T:
        try:
            return work(*args, **kwargs)
        except Error:
            connections.close_all()
            raise

    return await asyncio.get_running_loop().run_in_executor(THREADS, run)
