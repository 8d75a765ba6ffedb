"""A page's end of the suggestion socket, without the page: keeps and times what it hears."""

import asyncio
import json
import struct
import time
from collections.abc import Callable
from typing import Any, Final, Self, cast

import numpy as np
import websockets
from numpy.typing import NDArray

PATIENCE: Final = 20.0
HEADER: Final = struct.Struct("<BBHIII")


class Visitor:
    """One socket. `heard` holds every event in order, `at` when each came (seconds).

    `frames` holds (sequence, flags, PCM) by stream; `origin` None sends no Origin header.
    """

    def __init__(self, address: str, origin: str | None, cookie: str = "") -> None:
        self.address = address
        self.origin = origin
        self.headers = {"Cookie": cookie} if cookie else {}
        self.heard: list[dict[str, Any]] = []
        self.at: list[float] = []
        self.frames: dict[int, list[tuple[int, int, bytes]]] = {}
        self.acknowledges = True
        self.close_code: int | None = None
        self.patience = PATIENCE
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self.socket = await websockets.connect(
            self.address, origin=cast(Any, self.origin), additional_headers=self.headers
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.socket.close()
        await self._reader

    async def say(self, t: str, **message: Any) -> None:
        """Send a message of type `t`."""
        await self.socket.send(json.dumps({"t": t, **message}))

    async def hear(self, t: str, **values: Any) -> dict[str, Any]:
        """The first event of this type with these values; waits for it."""

        def find() -> dict[str, Any] | None:
            return next(iter(self.all(t, **values)), None)

        return cast(dict[str, Any], await self.wait_for(find, f"{t} {values}"))

    async def ask(self, region: dict[str, Any], **more: Any) -> str:
        """Ask for a suggestion; its id."""
        ref = f"ref {len(self.heard)}"
        wish = {"kind": "continue", "controls": {}, "seed": 7, "candidates": 2, **more}
        await self.say("suggest", ref=ref, region=region, **wish)
        return str((await self.hear("opened", ref=ref))["id"])

    def all(self, t: str, **values: Any) -> list[dict[str, Any]]:
        """All events of this type with these values so far."""
        return [
            event
            for event in self.heard
            if event["t"] == t and all(event.get(key) == value for key, value in values.items())
        ]

    def when(self, event: dict[str, Any]) -> float:
        """When an event that was heard came, on the clock of `time.perf_counter`."""
        return next(at for at, heard in zip(self.at, self.heard, strict=True) if heard is event)

    async def wait_for(self, find: Callable[[], Any], what: str = "it") -> Any:
        """Look after each frame until `find` finds something.

        Raises:
            AssertionError: it does not come in time, or the socket closes first.
        """

        async def wait() -> Any:
            while not (found := find()):
                if self.close_code is not None:
                    raise AssertionError(f"closed with {self.close_code} waiting for {what}")
                self._news.clear()
                await self._news.wait()
            return found

        try:
            return await asyncio.wait_for(wait(), self.patience)
        except TimeoutError:
            late = f"waited {self.patience} s for {what}; heard {self.heard[-5:]}"
            raise AssertionError(late) from None

    async def closed(self) -> int:
        """Wait for the end; the close code."""
        await asyncio.wait_for(asyncio.shield(self._reader), self.patience)
        assert self.close_code is not None
        return self.close_code

    def notes(self, suggestion: str, candidate: int) -> list[list[Any]]:
        """Notes of a candidate in order of arrival, as on the wire."""
        return [event["note"] for event in self.all("note", id=suggestion, candidate=candidate)]

    def samples(self, stream: int) -> NDArray[np.float64]:
        """What a stream brought so far, -1 to 1, shape (samples,)."""
        pcm = b"".join(pcm for _, _, pcm in self.frames.get(stream, []))
        return np.frombuffer(pcm, dtype="<i2") / 32768.0

    def finished(self, stream: int) -> bool:
        """Whether a stream's last frame has come."""
        frames = self.frames.get(stream, [])
        return bool(frames) and bool(frames[-1][1] & 1)

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                if isinstance(frame, str):
                    self.heard.append(json.loads(frame))
                    self.at.append(time.perf_counter())
                else:
                    await self._take_sound(frame)
                self._news.set()
        except websockets.ConnectionClosed:
            pass
        self.close_code = self.socket.close_code
        self._news.set()

    async def _take_sound(self, frame: bytes) -> None:
        version, flags, channels, stream, sequence, rate = HEADER.unpack_from(frame)
        assert (version, channels, rate) == (1, 1, 24_000)
        self.frames.setdefault(stream, []).append((sequence, flags, frame[HEADER.size :]))
        if self.acknowledges:
            await self.say("received", stream=stream, sequence=sequence)
