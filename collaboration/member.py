"""One socket in a room: what it may do, what it has been sent, what it has sent."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from collaboration import limits, protocol
from collaboration.close_codes import CloseCode
from collaboration.flow import Flow
from collaboration.journal import Row
from collaboration.limits import TokenBucket
from collaboration.parcel import Parcel
from collaboration.parts import Assembly
from collaboration.presence import Entry

log = logging.getLogger(__name__)

WRITERS: Final = frozenset({"owner", "editor"})

Send = Callable[[bytes], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]


class Member:
    """A socket of a person.

    `frames` counts the update frames that came in, `settled` those up to which all are stored.
    `seq` is the place in the journal up to which the socket was sent everything; `behind` that
    it is not sent live updates until it has caught up. `asked` counts questions for what it knows
    that it has not answered. `wants_state` is the state vector that it will be answered once it
    has received more of what it was sent.
    """

    def __init__(
        self, *, person_id: int, card: dict[str, object], role: str, send: Send, close: Close
    ) -> None:
        self.person_id = person_id
        self.card = card
        self.role = role
        self._send = send
        self._close = close
        self.flow = Flow()
        self.assembly = Assembly()
        self.updates = TokenBucket(rate=limits.UPDATES_PER_SECOND, burst=limits.UPDATE_BURST)
        self.syncs = TokenBucket(rate=limits.SYNCS_PER_SECOND, burst=limits.SYNC_BURST)
        self.speech = TokenBucket(rate=limits.PRIVATE_PER_SECOND, burst=limits.PRIVATE_BURST)
        self.hearing = TokenBucket(rate=limits.HEARD_PER_SECOND, burst=limits.HEARD_BURST)
        self.asked = 0
        self.wants_state: bytes | None = None
        self.client: int | None = None
        self.wants: Entry | None = None
        self.in_epoch = True
        self.synced = False
        self.behind = False
        self.presence_stale = False
        self.seq = 0
        self.frames = 0
        self.settled = 0
        self.resyncing = False
        self.closed = False
        self._long_frames = 0

    @property
    def speaks(self) -> bool:
        """Whether the client said hello: it understands private frames."""
        return self.flow.speaks

    @property
    def may_write(self) -> bool:
        """Whether the role lets the person edit."""
        return self.role in WRITERS

    async def send(self, frame: bytes) -> None:
        """Send a frame, in parts if it is long and the client understands them."""
        if self.closed:
            return
        if self.speaks and len(frame) > limits.PART_BYTES:
            self._long_frames += 1
            for part in protocol.parts(frame, self._long_frames, limits.PART_BYTES):
                await self._send_one(part)
        else:
            await self._send_one(frame)

    async def _send_one(self, frame: bytes) -> None:
        self.flow.sent(len(frame))
        try:
            await self._send(frame)
        except Exception:
            # The socket closed a moment ago; its end is on the way to the consumer. One socket
            # must never keep others from what is theirs, so no error of a server passes here.
            log.debug("a socket of person %s is closed", self.person_id, exc_info=True)
            await self.close(CloseCode.LATER)

    async def ask(self, state: bytes) -> None:
        """Ask for what the client knows and this state vector does not."""
        self.asked += 1
        await self.send(protocol.sync(protocol.STATE_VECTOR, state))

    async def tell(self, name: str, **fields: object) -> None:
        """Send a private frame, if the client understands it."""
        if self.speaks:
            await self.send(protocol.private(name, **fields))

    async def refuse(self, code: CloseCode, text: str) -> None:
        """Say why something the client sent does not count."""
        if self.speaks:
            await self.tell("nack", code=int(code), text=text)
        else:
            await self.send(protocol.denied(text))

    async def deliver(self, parcel: Parcel) -> None:
        """Send an update in the shape that the client can take."""
        if self.speaks:
            await self.send(parcel.frame)
        else:
            for piece in parcel.pieces:
                await self.send(piece)

    async def show(self, row: Row, parcel: Parcel, *, own: bool) -> None:
        """A row was stored, `parcel` carries it; `own`: the client knows it already."""
        if not self.synced or self.behind:
            return
        if not own:
            if not self.flow.open:
                self.behind = True
                return
            await self.deliver(parcel)
        self.seq = row.seq

    async def show_presence(self, frame: bytes) -> None:
        """Send presence, unless the socket has enough to read already."""
        if self.flow.open:
            await self.send(frame)
        else:
            self.presence_stale = True

    async def settle(self, upto: int, seq: int) -> None:
        """All update frames up to the `upto`th are stored."""
        if upto > self.settled:
            self.settled = upto
            await self.tell("ack", n=upto, seq=seq)

    async def close(self, code: CloseCode) -> None:
        """Close the socket, once."""
        if not self.closed:
            self.closed = True
            try:
                await self._close(int(code))
            except Exception:
                log.debug("a socket of person %s was closed", self.person_id, exc_info=True)
