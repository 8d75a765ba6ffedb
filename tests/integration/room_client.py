"""A client of the score socket for tests: a pycrdt document behind a real WebSocket."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import websockets
from pycrdt import Doc, Map

from collaboration import presence, protocol, state_vector
from collaboration.benches.stage import Stage
from collaboration.live_document import new_client_id
from collaboration.parts import Assembly

PATIENCE = 30.0


class RoomClient:
    """One socket. `hello` makes it one of our clients; else it is a stock one."""

    def __init__(
        self,
        server: Any,
        score_id: str,
        cookie: str,
        *,
        hello: bool = True,
        origin: str | None = "",
        client_id: int | None = None,
        receipts: bool = True,
    ) -> None:
        self.address = f"{server.socket_url}/ws/scores/{score_id}"
        self.origin = server.url if origin == "" else origin
        self.cookie = cookie
        self.says_hello = hello
        self.receipts = receipts
        self.document: Any = Doc(client_id=client_id or new_client_id())
        self.notes: Any = self.document.get("notes", type=Map)
        self.tracks: Any = self.document.get("tracks", type=Map)
        self.heard: list[dict[str, Any]] = []
        self.states: dict[int, Any] = {}
        self.denials: list[str] = []
        self.synced = False
        self.sent = 0
        self.acked = 0
        self.bytes = 0
        self.close_code: int | None = None
        self.epoch = 0
        self.assembly = Assembly()
        self._outgoing: list[bytes] = []
        self._news = asyncio.Event()
        self._applying = False
        self.document.observe(self._on_update)

    def _on_update(self, event: Any) -> None:
        if not self._applying:
            self._outgoing.append(event.update)

    async def __aenter__(self) -> "RoomClient":
        await self.connect()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.leave()

    async def connect(self) -> None:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self.socket = await websockets.connect(
            self.address, origin=cast(Any, self.origin), additional_headers=headers, max_size=None,
            max_queue=None,
        )  # fmt: skip
        self.sent = self.acked = self.bytes = 0
        self.synced, self.close_code = False, None
        self._outgoing.clear()
        self._reader = asyncio.create_task(self._read())
        with suppress(websockets.ConnectionClosed):
            if self.says_hello:
                client = self.document.client_id
                await self.say(t="hello", v=1, client=client, epoch=self.epoch)
            await self.socket.send(protocol.sync(0, self.document.get_state()))

    async def leave(self) -> None:
        await self.socket.close()
        await self._reader

    async def say(self, **message: Any) -> None:
        name = message.pop("t")
        await self.socket.send(protocol.private(name, **message))

    async def sync(self) -> "RoomClient":
        await self.until(lambda: self.synced, "the document")
        return self

    async def edit(self, change: Callable[[], None]) -> None:
        """Make a change in one transaction and send it."""
        with self.document.transaction():
            change()
        await self.flush()

    async def put(self, notes: Mapping[str, Any]) -> None:
        """Write notes in one transaction and send it."""
        await self.edit(lambda: self.notes.update(notes))

    async def has(self, *ids: str) -> None:
        """Wait until these notes are there."""
        await self.until(lambda: all(id in self.notes for id in ids), f"the notes {ids}")

    async def counts(self, notes: int) -> None:
        """Wait until there are so many notes."""
        await self.until(lambda: len(self.notes) == notes, f"{notes} notes")

    async def state_of(self, client_id: int) -> Any:
        """Wait until a client's presence is there; what it says."""
        await self.until(lambda: client_id in self.states, f"the presence of {client_id}")
        return self.states[client_id]

    async def flush(self) -> None:
        while self._outgoing:
            await self.send_update(self._outgoing.pop(0))

    async def send_update(self, update: bytes, step: int = protocol.UPDATE) -> None:
        self.sent += 1
        frame = protocol.sync(step, update)
        if len(frame) > 512 * 1024:
            for part in protocol.parts(frame, self.sent, 512 * 1024):
                await self.socket.send(part)
        else:
            await self.socket.send(frame)

    async def point(self, clock: int, **state: Any) -> None:
        entry = presence.Entry(self.document.client_id, clock, json.dumps(state))
        await self.socket.send(protocol.awareness(presence.write([entry])))

    async def stored(self) -> None:
        """Wait until everything sent is acked."""
        await self.until(lambda: self.acked >= self.sent, f"ack {self.sent}")

    async def until(self, condition: Callable[[], bool], what: str = "it") -> None:
        async def wait() -> None:
            while not condition():
                if self.close_code is not None:
                    raise AssertionError(f"closed with {self.close_code} waiting for {what}")
                self._news.clear()
                await self._news.wait()

        try:
            await asyncio.wait_for(wait(), PATIENCE)
        except TimeoutError:
            if self._reader.done():
                self._reader.result()
            raise AssertionError(f"waited {PATIENCE} s for {what}") from None

    async def closed(self) -> int:
        await asyncio.wait_for(asyncio.shield(self._reader), 30)
        assert self.close_code is not None
        return self.close_code

    def said(self, name: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["t"] == name]

    def content(self) -> dict[str, Any]:
        return dict(self.notes.to_py())

    async def _read(self) -> None:
        try:
            async for data in self.socket:
                assert isinstance(data, bytes)
                await self._take(data)
                self._news.set()
        except websockets.ConnectionClosed:
            pass
        self.close_code = self.socket.close_code
        self._news.set()

    async def _take(self, data: bytes) -> None:
        self.bytes += len(data)
        await self._understand(data)
        if self.says_hello and self.receipts:
            await self.say(t="got", bytes=self.bytes)

    async def _understand(self, data: bytes) -> None:
        frame = protocol.decode(data)
        match frame:
            case protocol.Sync(protocol.STATE_VECTOR, payload):
                await self.send_update(self.document.get_update(payload), protocol.MISSING)
            case protocol.Sync(step, payload):
                self.apply(payload)
                self.synced = self.synced or step == protocol.MISSING
            case protocol.Awareness(payload):
                for entry in presence.read(payload):
                    self.states[entry.client] = json.loads(entry.state)
            case protocol.Auth(reason):
                self.denials.append(reason)
            case protocol.Private(message):
                self.heard.append(message)
                if message["t"] == "ack":
                    self.acked = int(message["n"])  # type: ignore[call-overload]
                if message["t"] == "welcome":
                    self.epoch = int(message["epoch"])  # type: ignore[call-overload]
            case protocol.Part():
                whole = self.assembly.add(frame)
                if whole is not None:
                    await self._understand(whole)

    def apply(self, update: bytes) -> None:
        self._applying = True
        self.document.apply_update(update)
        self._applying = False

    def state(self) -> dict[int, int]:
        return state_vector.decode(self.document.get_state())


@asynccontextmanager
async def two_people(
    stage: Stage, server: Any, other: Any = None
) -> AsyncIterator[tuple[RoomClient, RoomClient]]:
    """The first two people of a stage in its score; the second at an `other` server, if any."""
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(other or server, stage.score_id, stage.cookies[1]) as ben,
    ):
        await anna.sync()
        await ben.sync()
        yield anna, ben
