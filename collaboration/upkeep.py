"""Keeps a room's document quick to load: snapshots, and a new epoch when its past outweighs it."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, ParamSpec, Protocol, TypeVar

from collaboration import compaction
from collaboration.journal import Journal
from collaboration.live_document import Copy
from collaboration.write_path import WritePath

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

SNAPSHOT_ROWS: Final = 500
SNAPSHOT_BYTES: Final = 1024 * 1024
GROWTH: Final = 1.25
"""How much a large document has to grow before it is asked again whether it should be renewed."""


class Home(Protocol):
    """What upkeep needs of the room that it keeps."""

    score_id: str
    gate: asyncio.Lock

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run synchronous work beside the event loop."""

    async def enter_epoch(self) -> None:
        """Everybody has to load the document afresh."""


class Upkeep:
    """Snapshots and epochs of one room."""

    def __init__(self, home: Home, path: WritePath, journal: Journal) -> None:
        self._home = home
        self._path = path
        self._journal = journal
        self._task: asyncio.Task[None] | None = None
        self._weighed = 0

    @property
    def due(self) -> bool:
        """Whether enough has been written since the last snapshot."""
        live = self._path.live
        return live.rows_since >= SNAPSHOT_ROWS or live.bytes_since >= SNAPSHOT_BYTES

    def snapshot(self) -> asyncio.Task[None]:
        """Keep a snapshot beside everything else; only one at a time."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep())
        return self._task

    async def _keep(self) -> None:
        home = self._home
        try:
            async with home.gate:
                live = self._path.live
                if self._path.spoilt or not live.rows_since:
                    return
                epoch, copy = live.epoch, await home.in_thread(live.copy)
            await home.in_thread(self._store, epoch, copy)
            async with home.gate:
                if self._path.live is live:
                    live.snapshot_kept(copy)
            if len(copy.data) > max(compaction.LARGE_BYTES, GROWTH * self._weighed):
                self._weighed = len(copy.data)
                await self._renew()
        except Exception:
            # The rows are all there; the next snapshot will do.
            log.exception("no snapshot of score %s", home.score_id)

    def _store(self, epoch: int, copy: Copy) -> None:
        score_id = self._home.score_id
        if not copy.loads():
            raise ValueError(f"the snapshot of {score_id} at {copy.seq} does not load")
        self._journal.keep_snapshot(score_id, epoch=epoch, seq=copy.seq, data=copy.data)

    async def _renew(self) -> None:
        async with self._home.gate:
            if await self._home.in_thread(self._path.renew):
                self._weighed = 0
                await self._home.enter_epoch()
