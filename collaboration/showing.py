"""Shows a room's presence to its members, and to the rooms of the score in other processes.

People hold the score open in any of the server's processes; each process speaks for those whose
sockets it has, and passes on what the others say.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final, Protocol

from collaboration import limits, protocol
from collaboration.bus import Bus, Hint
from collaboration.member import Member
from collaboration.presence import Presence

PRESENCE_SECONDS: Final = 1 / limits.PRESENCE_PER_SECOND
CROWD: Final = 40
"""From so many members on presence is shown less often: frames grow with those who move and are
sent to as many."""
REMIND_SECONDS: Final = 10.0
"""How often other processes are told who is still here."""


class Home(Protocol):
    """What showing needs of the room."""

    score_id: str
    members: set[Member]
    closed: bool

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on by itself."""

    async def probe(self, member: Member) -> None:
        """Ask a stock client for a receipt when it is time."""


class Showing:
    """The presence of one room, shown at the pace that clients can use."""

    def __init__(self, home: Home, bus: Bus, clock: Callable[[], float] = time.monotonic) -> None:
        self.presence = Presence(clock)
        self._home = home
        self._bus = bus
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self._next = 0.0
        self._reminded = clock()

    def soon(self) -> None:
        """Show what is new: at once, but not more often than clients can use."""
        if self._timer is None and not self._home.closed:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(0.0, self._next - self._clock()), self._start)

    def _start(self) -> None:
        self._timer = None
        crowd = max(1.0, len(self._home.members) / CROWD)
        self._next = self._clock() + PRESENCE_SECONDS * crowd
        self._home.start(self._show())

    async def _show(self) -> None:
        for member in list(self._home.members):
            if member.wants is not None and not member.closed:
                self.presence.hear(member.wants, member.card)
                member.wants = None
        told = self.presence.news_from_here()
        if told:
            self._bus.tell_others(Hint("presence", self._home.score_id, blob=told))
        news = self.presence.news()
        if news:
            await self._send(protocol.awareness(news))

    async def _send(self, frame: bytes) -> None:
        for member in list(self._home.members):
            await member.show_presence(frame)
            await self._home.probe(member)

    def leave(self, client: int) -> None:
        """A client of this process is gone."""
        self.presence.leave(client)
        self.soon()

    def heard_elsewhere(self, payload: bytes) -> None:
        """Another process says who is there."""
        self.presence.hear_elsewhere(payload)
        self.soon()

    def remind(self) -> None:
        """Tell other processes who is here, for those that do not know and those that forget."""
        self._reminded = self._clock()
        here = self.presence.everyone_here()
        if here:
            self._bus.tell_others(Hint("presence", self._home.score_id, blob=here))

    def ask_elsewhere(self) -> None:
        """Ask other processes who is there."""
        self._bus.tell_others(Hint("who", self._home.score_id))

    def tick(self) -> None:
        """Time passes: the silent are let go of, other processes reminded."""
        silent = self.presence.drop_silent()
        if silent:
            _forget(self._home.members, silent)
            self.soon()
        if self._clock() - self._reminded >= REMIND_SECONDS:
            self.remind()


def _forget(members: Iterable[Member], silent: Iterable[int]) -> None:
    gone = set(silent)
    for member in members:
        if member.client in gone and not member.speaks:
            member.client = None
