"""Many light clients of one score, in one thread: they write notes and watch the clock.

A client here has no document: it writes each note as the bytes of an update and finds others'
notes in the bytes of theirs, so that the clients of a bench don't outweigh the server.
"""

import asyncio
import random
import re
import time
from typing import Any, Final, cast

import websockets
from pycrdt import Doc, Map

from collaboration import protocol, update_encoder, wire
from collaboration.benches.house import House
from collaboration.live_document import new_client_id
from collaboration.parts import Assembly
from editor.score.ids import NOTE_LENGTH, new_id

NOTES: Final = re.compile(rb"notes\x0a([0-9A-Za-z]{10})")
GOT_BYTES: Final = 32 * 1024
GOT_SECONDS: Final = 0.25
MARKER_BYTES: Final = 1000


class Ledger:
    """What everybody wrote, when it was first acked and seen, by note id."""

    def __init__(self) -> None:
        self.sent: dict[bytes, float] = {}
        self.acked: set[bytes] = set()
        self.seen: set[bytes] = set()
        self.delays: list[float] = []


class Singer:
    """One client. `watches`: it reads what others write; the rest only count bytes."""

    def __init__(self, ledger: Ledger, *, watches: bool, reads: bool = True) -> None:
        self.client = new_client_id()
        self.ledger = ledger
        self.watches = watches
        self.reads = reads
        self.clock = 0
        self.mine: list[bytes | None] = []
        self.bytes = 0
        self.told = 0
        self.synced = asyncio.Event()
        self.document = b""
        self._acked = 0
        self._told_at = time.monotonic()
        self._document: Any = None
        self._written: list[bytes] = []
        self._assembly = Assembly()

    async def join(self, house: House, score_id: str, cookie: str) -> None:
        """Open the socket, say hello, ask for the document."""
        self.socket = await websockets.connect(
            house.address(score_id),
            origin=cast(Any, house.origin),
            additional_headers={"Cookie": cookie},
            max_size=None,
            max_queue=None if self.reads else 1,
            compression=None,
        )
        self.reader = asyncio.create_task(self._read()) if self.reads else None
        hello = protocol.private("hello", v=1, client=self.client, epoch=0)
        await self.socket.send(hello)
        await self.socket.send(protocol.sync(protocol.STATE_VECTOR, b"\x00"))

    async def write(self) -> None:
        """Write one note."""
        note = new_id(NOTE_LENGTH)
        row: list[int | str] = ["trackAb1", 60, self.clock * 120, 110, 80]
        update = bytearray(update_encoder.encode(self.client, [("notes", note, row)]))
        # The encoder begins a document; here the clock goes on.
        start = 2 + len(wire.uint(self.client))
        update[start : start + 1] = wire.uint(self.clock)
        self.clock += 1
        name = note.encode()
        self.mine.append(name)
        self.ledger.sent[name] = time.perf_counter()
        await self.socket.send(protocol.sync(protocol.UPDATE, bytes(update)))

    async def overwrite(self, size: int) -> None:
        """Write about `size` bytes over what this client wrote there before."""
        if self._document is None:
            self._document = Doc(client_id=self.client)
            self._document.observe(lambda event: self._written.append(event.update))
        markers = self._document.get("markers", type=Map)
        with self._document.transaction():
            for number in range(size // MARKER_BYTES):
                text = random.choice("abcdefgh") * MARKER_BYTES
                markers[f"mark{number:04d}"] = [number, "marker", text]
        self.mine.append(None)
        await self.socket.send(protocol.sync(protocol.UPDATE, self._written.pop()))

    @property
    def acked(self) -> int:
        """How many of this client's update frames are stored."""
        return self._acked

    async def leave(self) -> None:
        """Close the socket."""
        await self.socket.close()
        if self.reader:
            await self.reader

    async def _read(self) -> None:
        try:
            async for data in self.socket:
                await self._take(cast(bytes, data))
        except websockets.ConnectionClosed:
            pass

    async def _take(self, data: bytes) -> None:
        self.bytes += len(data)
        now = time.monotonic()
        if self.bytes - self.told > GOT_BYTES or now - self._told_at > GOT_SECONDS:
            self.told, self._told_at = self.bytes, now
            await self.socket.send(protocol.private("got", bytes=self.bytes))
        kind = data[0]
        if kind == protocol.PRIVATE:
            self._hear(data)
        elif kind == protocol.PART:
            part = protocol.decode(data)
            assert isinstance(part, protocol.Part)
            whole = self._assembly.add(part)
            if whole:
                await self._sync(whole)
        elif kind == protocol.SYNC:
            await self._sync(data)

    async def _sync(self, data: bytes) -> None:
        step = data[1]
        if step == protocol.UPDATE:
            if self.watches:
                self._see(data)
        elif step == protocol.MISSING:
            self.document = data
            self.synced.set()
        else:
            # We know nothing; it counts as our first update frame.
            self.mine.append(None)
            frame = protocol.sync(protocol.MISSING, protocol.EMPTY_UPDATE)
            await self.socket.send(frame)

    def _see(self, data: bytes) -> None:
        now = time.perf_counter()
        for note in NOTES.findall(data):
            sent = self.ledger.sent.get(note)
            if sent is not None:
                self.ledger.delays.append(now - sent)
                self.ledger.seen.add(note)

    def _hear(self, data: bytes) -> None:
        frame = protocol.decode(data)
        if isinstance(frame, protocol.Private) and frame.message["t"] == "ack":
            upto = cast(int, frame.message["n"])
            for note in self.mine[self._acked : upto]:
                if note is not None:
                    self.ledger.acked.add(note)
            self._acked = upto
