"""The rooms of this process: opened with the first socket, closed some time after the last."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final, ParamSpec, TypeVar

from collaboration import rights
from collaboration.bus import Bus, Hint
from collaboration.close_codes import CloseCode
from collaboration.connections import in_thread
from collaboration.deployment import bus
from collaboration.journal import Journal, Standing
from collaboration.member import Member
from collaboration.room import ENDINGS, Room
from collaboration.sql_journal import SqlJournal
from collaboration.write_path import WritePath

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS: Final = 4
TICK_SECONDS: Final = 0.5
POLL_SECONDS: Final = 1.0
RIGHTS_SECONDS: Final = 1.0
"""How often rights are looked up without a hint, for a link may have run out (SPEC R3)."""
LINGER_SECONDS: Final = 10.0


class Rooms:
    """Opens rooms, hands hints to them, and keeps their time. Belongs to one event loop."""

    def __init__(self, journal: Journal, hints: Bus) -> None:
        self.journal = journal
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="journal")
        self._loop = asyncio.get_running_loop()
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._bus = hints
        self._look = asyncio.Event()
        hints.subscribe(self._on_hint)
        self._clock = asyncio.create_task(self._keep_time())

    async def join(self, score_id: str, member: Member) -> Room:
        """Bring a socket into the room of a score.

        Raises:
            CorruptError: nothing that is stored can be read.
            django.db.Error: the journal can't be reached.
        """
        lock = self._opening.setdefault(score_id, asyncio.Lock())
        async with lock:
            room = self._rooms.get(score_id)
            if room is None or room.closed:
                room = await self._open(score_id)
            self._rooms[score_id] = room
            try:
                await room.join(member)
            except BaseException:
                room.leave(member)
                raise
        return room

    async def _open(self, score_id: str) -> Room:
        def open_path() -> tuple[WritePath, dict[str, Standing]]:
            standings = self.journal.standings([score_id])
            return WritePath(score_id, self.journal), standings

        # Heard of from here on: what is stored after the document was read is not missed.
        self._bus.follow(score_id)
        path, standings = await self.in_thread(open_path)
        room = Room(score_id, path, self.journal, self.threads, self._bus)
        room.rights = standings[score_id].rights if score_id in standings else 0
        room.showing.ask_elsewhere()
        return room

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run synchronous work, such as a question to the database, beside the event loop."""
        return await in_thread(self.threads, work, *args, **kwargs)

    # -- hints -----------------------------------------------------------------------------------

    def _on_hint(self, hint: Hint) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take_hint, hint)

    def _take_hint(self, hint: Hint) -> None:
        if hint.kind == "resumed":
            self._look.set()
            for open_room in self._rooms.values():
                open_room.showing.ask_elsewhere()
                open_room.showing.remind()
            return
        room = self._rooms.get(hint.score_id)
        if room is None or room.closed:
            return
        if hint.kind == "committed":
            if hint.seq > room.seq:
                room.start(room.catch_up())
        elif hint.kind == "presence":
            room.showing.heard_elsewhere(hint.blob)
        elif hint.kind == "who":
            room.showing.remind()
        elif hint.kind == "rights":
            room.start(self._renew_roles(room))
        elif hint.kind == "deleted":
            room.start(room.shut(CloseCode.DELETED))
        else:
            event = _event_of(hint)
            if event is not None:
                room.start(room.announce(event))

    # -- time ------------------------------------------------------------------------------------

    async def _keep_time(self) -> None:
        polled = renewed = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), TICK_SECONDS)
            now = time.monotonic()
            try:
                for room in list(self._rooms.values()):
                    await self._apart(room, room.tick())
                asked = self._look.is_set()
                self._look.clear()
                if self._rooms and (asked or now - polled >= POLL_SECONDS):
                    polled = now
                    await self._poll()
                if now - renewed >= RIGHTS_SECONDS:
                    renewed = now
                    for room in list(self._rooms.values()):
                        # Beside the clock: a room that waits for its gate holds up no other.
                        if not room.renewing.locked():
                            room.start(self._apart(room, self._renew_roles(room)))
                self._close_empty(now)
            except ENDINGS:
                raise
            except BaseException:
                log.exception("the rooms' clock stumbled")

    async def _poll(self) -> None:
        standings = await self.in_thread(self.journal.standings, list(self._rooms))
        for score_id, room in list(self._rooms.items()):
            await self._apart(room, self._follow(room, standings.get(score_id)))

    async def _follow(self, room: Room, standing: Standing | None) -> None:
        if standing is None or standing.deleted:
            await room.shut(CloseCode.DELETED)
        elif standing.epoch > room.epoch:
            # Unless it is this very room that begins the new epoch just now.
            if not room.gate.locked():
                await room.shut(CloseCode.EPOCH)
        else:
            if standing.seq > room.seq:
                await room.catch_up()
            if standing.rights != room.rights:
                room.rights = standing.rights
                await self._renew_roles(room)

    async def _apart(self, room: Room, work: Coroutine[Any, Any, None]) -> None:
        """Do something for one room; its failure is no other room's business."""
        try:
            await work
        except ENDINGS:
            raise
        except BaseException:
            log.exception("the room of score %s stumbled", room.score_id)

    async def _renew_roles(self, room: Room) -> None:
        # One at a time: what was read first must not be acted on last.
        async with room.renewing:
            if room.closed or not room.members:
                return
            roles = await room.in_thread(rights.roles_in, room.score_id)
            if roles is None:
                await room.shut(CloseCode.DELETED)
                return
            for member in list(room.members):
                await room.change_role(member, roles.of(member.person_id))

    def _close_empty(self, now: float) -> None:
        for score_id, room in list(self._rooms.items()):
            if room.closed:
                self._forget(score_id, room)
            elif room.empty_since is not None and now - room.empty_since > LINGER_SECONDS:
                room.empty_since = now
                room.start(self._retire(score_id, room))

    async def _retire(self, score_id: str, room: Room) -> None:
        await room.upkeep.snapshot()
        if room.empty_since is not None:
            room.closed = True
            self._forget(score_id, room)

    def _forget(self, score_id: str, room: Room) -> None:
        if self._rooms.get(score_id) is room:
            del self._rooms[score_id]
            lock = self._opening.get(score_id)
            # Locked: the next room of the score opens already, and hears of it from now on.
            if lock and not lock.locked():
                del self._opening[score_id]
                self._bus.unfollow(score_id)


def _event_of(hint: Hint) -> dict[str, object] | None:
    try:
        event = json.loads(hint.blob)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


@cache
def _rooms_of(loop: asyncio.AbstractEventLoop) -> Rooms:
    return Rooms(SqlJournal(), bus)


def rooms() -> Rooms:
    """The rooms of the running event loop."""
    return _rooms_of(asyncio.get_running_loop())
