"""All suggestion rooms of this process, and what they share: the row, the workers, the hub."""

import asyncio
import logging
from functools import lru_cache
from typing import Final

from editor.selectors import access
from generation.close_codes import CloseCode
from generation.hub import Hub, Member
from generation.pool import EmbeddedPool
from generation.recordings import Recordings
from generation.room import SuggestionRoom
from generation.threads import in_thread
from generation.turns import Turns

log = logging.getLogger("generation.rooms")

RIGHTS_SECONDS: Final = 1.5
"""How often the rights of everyone who listens are looked at."""


class Rooms:
    """Rooms by score. A room is loaded for its first member and goes when nothing happens in it."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.pool = EmbeddedPool()
        self.turns = Turns()
        self.recordings = Recordings()
        self._rooms: dict[str, asyncio.Task[SuggestionRoom]] = {}
        self._watch: asyncio.Task[None] | None = None

    async def enter(self, score_id: str, member: Member) -> SuggestionRoom:
        """Let `member` in: it hears what is open, and from then on every event."""
        room = await self._loaded(score_id)
        # Nothing may come between the complete state and the events after it: no await here.
        member.socket.deliver({"t": "open", "suggestions": room.open()})
        self.hub.join(score_id, member)
        self.pool.wake()
        self.recordings.wake()
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._watch_rights())
        return room

    def leave(self, score_id: str, member: Member) -> None:
        """`member` is gone."""
        self.hub.leave(score_id, member)
        self._sweep()

    async def _loaded(self, score_id: str) -> SuggestionRoom:
        """The one room of a score. One that was swept while it was awaited is loaded anew."""
        while True:
            loading = self._rooms.get(score_id)
            if loading is None:
                loading = asyncio.get_running_loop().create_task(self._load(score_id))
                self._rooms[score_id] = loading
            try:
                room = await asyncio.shield(loading)
            except Exception:
                if self._rooms.get(score_id) is loading:
                    del self._rooms[score_id]
                raise
            if self._rooms.get(score_id) is loading:
                return room

    async def _load(self, score_id: str) -> SuggestionRoom:
        room = SuggestionRoom(score_id, self.hub, self.pool, self.turns)
        await room.load()
        return room

    def _sweep(self) -> None:
        for score_id, loading in list(self._rooms.items()):
            if not loading.done() or self.hub.members(score_id):
                continue
            failed = loading.cancelled() or loading.exception() is not None
            if failed or not loading.result().busy:
                del self._rooms[score_id]

    async def _watch_rights(self) -> None:
        while self.hub.scores():
            await asyncio.sleep(RIGHTS_SECONDS)
            self._sweep()
            for score_id in self.hub.scores():
                people = {member.person for member in self.hub.members(score_id)}
                try:
                    lost = await in_thread(_without_right, score_id, people)
                except Exception:
                    log.exception("the rights of %s could not be read", score_id)
                    continue
                for member in self.hub.members(score_id):
                    if member.person in lost:
                        member.socket.dismiss(lost[member.person])


def _without_right(score_id: str, people: set[int]) -> dict[int, CloseCode]:
    """Who of `people` may no longer listen, and the code that says why."""
    existence = access.exists(score_id)
    if existence != "ok":
        code = CloseCode.DELETED if existence == "deleted" else CloseCode.NONE
        return dict.fromkeys(people, code)
    return {
        person: CloseCode.NO_RIGHT for person in people if access.role_of(person, score_id) is None
    }


@lru_cache(maxsize=1)
def rooms() -> Rooms:
    """The rooms of this process. First asked for on the event loop, which they belong to."""
    return Rooms()
