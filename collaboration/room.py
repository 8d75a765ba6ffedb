"""A score that people have open: its document, its members, and what waits to be stored.

The order of everything is: frame -> limits -> rights -> pending -> one batch -> fences -> one
journal row -> everybody sees it -> its senders are told that it is kept. `gate` is held while
the document is in use, so that nobody is ever answered from content that is not yet durable.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

from collaboration import limits, protocol, state_vector
from collaboration.bus import Bus, Hint
from collaboration.close_codes import CloseCode
from collaboration.connections import in_thread
from collaboration.journal import Journal, Row
from collaboration.live_document import LiveDocument, Ruling, Verdict
from collaboration.member import Member
from collaboration.parcel import Parcel
from collaboration.showing import Showing
from collaboration.upkeep import Upkeep
from collaboration.write_path import LineageError, StorageError, Submission, WritePath, Written

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

ENDINGS: Final = (asyncio.CancelledError, KeyboardInterrupt, SystemExit, GeneratorExit)
"""What ends work on purpose; everything else that is raised is a failure."""

BATCH: Final = 200
WINDOW_SECONDS: Final = 0.025
"""The longest that an update waits for others to be stored with it."""
CATCH_UP_ROWS: Final = 8
IDLE_SECONDS: Final = 15.0
BEAT_SECONDS: Final = 15.0

_CODES: Final = {
    Verdict.MALFORMED: CloseCode.BAD_FRAME,
    Verdict.CONTENT: CloseCode.CONTENT,
    Verdict.FOREIGN: CloseCode.CONTENT,
    Verdict.FULL: CloseCode.CONTENT,
    Verdict.LINEAGE: CloseCode.EPOCH,
}


@dataclass(frozen=True, slots=True)
class Pending:
    """An update frame that waits to be stored: the `number`th of its socket."""

    member: Member
    number: int
    step: int
    update: bytes


class Room:
    """One score in this process. All methods belong to the event loop."""

    def __init__(
        self, score_id: str, path: WritePath, journal: Journal, threads: Executor, bus: Bus
    ) -> None:
        self.score_id = score_id
        self.members: set[Member] = set()
        self.gate = asyncio.Lock()
        self.renewing = asyncio.Lock()
        self.closed = False
        self.rights = 0
        self.showing = Showing(self, bus)
        self._bus = bus
        self._path = path
        self._journal = journal
        self._threads = threads
        self._pending: deque[Pending] = deque()
        self._pending_bytes = 0
        self._flushing: asyncio.Task[None] | None = None
        self._next_flush = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_write = time.monotonic()
        self.empty_since: float | None = time.monotonic()
        self.upkeep = Upkeep(self, path, journal)
        self._last_beat = time.monotonic()

    @property
    def live(self) -> LiveDocument:
        """The document; only to be used under the gate."""
        return self._path.live

    @property
    def epoch(self) -> int:
        """The epoch that this room writes."""
        return self._path.live.epoch

    @property
    def seq(self) -> int:
        """The newest row that everybody was shown."""
        return self._path.live.seq

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run synchronous work beside the event loop."""
        return await in_thread(self._threads, work, *args, **kwargs)

    # -- coming and going ------------------------------------------------------------------------

    async def join(self, member: Member) -> None:
        """A socket enters: it is asked what it knows, and shown who is here."""
        self.members.add(member)
        self.empty_since = None
        async with self.gate:
            state = state_vector.encode(self.live.state)
        await member.ask(state)
        everyone = self.showing.presence.everyone()
        if everyone:
            await member.send(protocol.awareness(everyone))

    def leave(self, member: Member) -> None:
        """A socket is gone; what it has sent is still stored."""
        member.closed = True
        self.members.discard(member)
        if member.client is not None:
            self.showing.leave(member.client)
        if not self.members:
            self.empty_since = time.monotonic()

    async def answer(self, member: Member, state: bytes) -> None:
        """A client says what it knows; it gets everything else that is durable.

        While it has too much to read already its newest question waits: a client that reads
        nothing is not sent the document over and over.
        """
        async with self.gate:
            if self._path.spoilt or member.closed:
                return  # the room is about to close, or the socket is gone
            if not member.flow.open:
                member.wants_state = state
                await self.probe(member)
                return
            member.wants_state = None
            update = await self.in_thread(self.live.missing, state)
            member.seq = self.live.seq
            member.synced = True
            member.behind = False
            await self._deliver(member, Parcel(protocol.MISSING, update))
            await self.probe(member)

    async def knows_deletions(self, update: bytes) -> bool:
        """Whether everything that an update deletes is deleted already.

        Raises:
            MalformedError: it is no update.
        """
        async with self.gate:
            return await self.in_thread(self.live.knows_deletions, update)

    # -- writing ---------------------------------------------------------------------------------

    def submit(self, member: Member, step: int, update: bytes) -> bool:
        """Take an update frame to be stored; False when too much waits already."""
        if self._pending_bytes + len(update) > limits.PENDING_BYTES:
            return False
        self._pending.append(Pending(member, member.frames, step, update))
        self._pending_bytes += len(update)
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return True

    async def _flush(self) -> None:
        while self._pending and not self.closed:
            wait = self._next_flush - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            batch = [self._pending.popleft() for _ in range(min(BATCH, len(self._pending)))]
            self._pending_bytes -= sum(len(pending.update) for pending in batch)
            began = time.monotonic()
            try:
                await self._store(batch)
            except StorageError:
                log.exception("score %s can't be stored", self.score_id)
                await self._fail(batch, "Your edits can't be stored now. They are kept here.")
            except LineageError:
                await self.shut(CloseCode.EPOCH)
            except ENDINGS:
                raise
            except BaseException:
                # A panic in Yrs is no Exception; whatever it was, the document may be spoilt.
                log.exception("a batch of score %s failed", self.score_id)
                await self._fail(batch, "Your edits could not be stored. They are kept here.")
            ended = time.monotonic()
            self._next_flush = ended + min(WINDOW_SECONDS, ended - began)

    async def _store(self, batch: list[Pending]) -> None:
        async with self.gate:
            # The epoch may have changed while this batch waited for the gate.
            batch = [pending for pending in batch if pending.member.in_epoch]
            submissions = [Submission(item.update, item.member.person_id) for item in batch]
            written = await self.in_thread(self._path.write, submissions)
            self._last_write = time.monotonic()
            if written.own is not None:
                self._bus.tell_others(Hint("committed", self.score_id, written.own.seq))
            await self._show(batch, written)
            for pending, ruling in zip(batch, written.rulings, strict=True):
                await self._settle(pending, ruling)
        if self.upkeep.due:
            self.upkeep.snapshot()

    async def _show(self, batch: list[Pending], written: Written) -> None:
        senders = {pending.member for pending in batch}
        author = next(iter(senders)) if len(senders) == 1 and not written.repaired else None
        for row in written.rows:
            parcel = Parcel(protocol.UPDATE, row.data)
            if parcel.long and not all(member.speaks for member in self.members):
                await self.in_thread(getattr, parcel, "pieces")
            for member in list(self.members):
                own = member is author and row is written.own
                await member.show(row, parcel, own=own)
                await self.probe(member)

    async def _settle(self, pending: Pending, ruling: Ruling) -> None:
        member = pending.member
        if ruling.verdict is Verdict.ADMITTED:
            if pending.step == protocol.MISSING:
                member.resyncing = False
            if not member.resyncing:
                await member.settle(pending.number, self.seq)
        elif ruling.verdict is Verdict.HOLE and pending.step == protocol.UPDATE:
            if not member.resyncing:
                await self._resync(member)
        elif ruling.verdict is Verdict.HOLE:
            await member.refuse(CloseCode.BAD_FRAME, "These edits build on others that are lost.")
            await member.close(CloseCode.BAD_FRAME)
        else:
            await member.refuse(_CODES[ruling.verdict], ruling.text)
            await member.close(_CODES[ruling.verdict])

    async def _resync(self, member: Member) -> None:
        member.resyncing = True
        await self._ask_state(member)

    async def _ask_state(self, member: Member) -> None:
        await member.ask(state_vector.encode(self.live.state))

    async def _fail(self, batch: list[Pending], text: str) -> None:
        for member in {pending.member for pending in [*batch, *self._pending]}:
            await member.refuse(CloseCode.LATER, text)
        await self.shut(CloseCode.LATER)

    # -- news from other writers -----------------------------------------------------------------

    async def catch_up(self) -> None:
        """Show everybody what others have written to the journal."""
        if self.closed:
            return
        try:
            async with self.gate:
                rows = await self.in_thread(self._path.catch_up)
                await self._show([], Written([], rows))
        except LineageError:
            await self.shut(CloseCode.EPOCH)

    # -- flow ------------------------------------------------------------------------------------

    async def received(self, member: Member) -> None:
        """A receipt came: a socket that fell behind may get more."""
        if member.wants_state is not None and member.flow.open:
            await self.answer(member, member.wants_state)
        if member.behind and member.flow.open:
            await self._bring_up(member)
        if member.presence_stale and member.flow.open:
            member.presence_stale = False
            everyone = self.showing.presence.everyone()
            if everyone:
                await member.send(protocol.awareness(everyone))

    async def _bring_up(self, member: Member) -> None:
        async with self.gate:
            while member.behind and member.flow.open and not member.closed:
                rows = await self.in_thread(
                    self._journal.rows_after, self.score_id, self.epoch, member.seq, CATCH_UP_ROWS
                )
                if not rows:
                    member.behind = False
                elif rows[0].seq != member.seq + 1:
                    whole = await self.in_thread(self.live.encoded)
                    await self._deliver(member, Parcel(protocol.UPDATE, whole))
                    member.seq = self.seq
                else:
                    await self._send_rows(member, rows)
                await self.probe(member)

    async def _send_rows(self, member: Member, rows: list[Row]) -> None:
        for row in rows:
            if not member.flow.open:
                return
            await self._deliver(member, Parcel(protocol.UPDATE, row.data))
            member.seq = row.seq

    async def _deliver(self, member: Member, parcel: Parcel) -> None:
        if parcel.long and not member.speaks:
            await self.in_thread(getattr, parcel, "pieces")
        await member.deliver(parcel)

    async def probe(self, member: Member) -> None:
        """Ask a stock client for a receipt when it is time."""
        if member.flow.wants_probe:
            await self._ask_state(member)
            member.flow.probed(member.asked)

    # -- time passes -----------------------------------------------------------------------------

    async def tick(self) -> None:
        """Called twice a second."""
        now = time.monotonic()
        for member in [member for member in self.members if member.flow.stalled]:
            await member.close(CloseCode.SLOW)
            self.leave(member)
        self.showing.tick()
        if now - self._last_beat >= BEAT_SECONDS:
            self._last_beat = now
            for member in list(self.members):
                await member.tell("beat", seq=self.seq)
        if self._path.live.rows_since and now - self._last_write > IDLE_SECONDS:
            self.upkeep.snapshot()

    async def enter_epoch(self) -> None:
        """The document has just been written anew: everybody loads it afresh."""
        # What waits was written for the old epoch; nobody was told that it is kept.
        self._pending.clear()
        self._pending_bytes = 0
        for member in list(self.members):
            member.in_epoch = member.synced = False
            if member.speaks:
                await member.tell("epoch", epoch=self.epoch)
            else:
                await member.close(CloseCode.EPOCH)
                self.leave(member)

    # -- everybody -------------------------------------------------------------------------------

    async def announce(self, event: dict[str, object]) -> None:
        """Tell everybody of something that happened beside the document."""
        for member in list(self.members):
            await member.tell("event", **event)

    async def change_role(self, member: Member, role: str | None) -> None:
        """A person's role is now `role`."""
        if role is None:
            await member.close(CloseCode.NO_RIGHT)
            self.leave(member)
        elif role != member.role:
            member.role = role
            await member.tell("role", role=role)
            if member.may_write and member.resyncing:
                async with self.gate:
                    await self._ask_state(member)

    async def shut(self, code: CloseCode) -> None:
        """Close every socket and end; the score can be opened anew at once."""
        self.closed = True
        for member in list(self.members):
            await member.close(code)
            self.leave(member)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on by itself."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
