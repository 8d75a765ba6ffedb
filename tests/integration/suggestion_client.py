"""A client of the suggestion socket for tests: keeps what it hears and waits for what it wants."""

import asyncio
import json
import struct
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import websockets

PATIENCE = 20.0


class SuggestionClient:
    """One socket. `heard` holds every event in order, `sound` the PCM of each stream."""

    def __init__(
        self, server: Any, score: str, cookie: str = "", *, origin: str | None = ""
    ) -> None:
        self.address = f"{server.socket_url}/ws/scores/{score}/suggestions"
        self.headers = {"Cookie": cookie} if cookie else {}
        self.origin = server.url if origin == "" else origin
        self.heard: list[dict[str, Any]] = []
        self.frames: dict[int, list[tuple[int, int, bytes]]] = {}
        self.acknowledges = True
        self.close_code: int | None = None
        self._news = asyncio.Event()

    async def __aenter__(self) -> "SuggestionClient":
        self.socket = await websockets.connect(
            self.address, origin=cast(Any, self.origin), additional_headers=self.headers
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.socket.close()
        await self._reader

    async def say(self, t: str, **message: Any) -> None:
        await self.socket.send(json.dumps({"t": t, **message}))

    async def hear(self, t: str, **values: Any) -> dict[str, Any]:
        """The first event of this type with these values; waits for it."""
        find = lambda: next(iter(self.all(t, **values)), None)  # noqa: E731
        return cast(dict[str, Any], await self.wait_for(find, f"{t} {values}"))

    def all(self, t: str, **values: Any) -> list[dict[str, Any]]:
        return [
            event
            for event in self.heard
            if event["t"] == t and all(event.get(key) == value for key, value in values.items())
        ]

    async def wait_for(self, find: Callable[[], Any], what: str = "it") -> Any:
        async def wait() -> Any:
            while not (found := find()):
                if self.close_code is not None:
                    raise AssertionError(f"closed with {self.close_code} waiting for {what}")
                self._news.clear()
                await self._news.wait()
            return found

        try:
            return await asyncio.wait_for(wait(), PATIENCE)
        except TimeoutError:
            raise AssertionError(
                f"waited {PATIENCE} s for {what}; heard {self.heard[-5:]}"
            ) from None

    async def closed(self) -> int:
        await asyncio.wait_for(asyncio.shield(self._reader), PATIENCE)
        assert self.close_code is not None
        return self.close_code

    def notes(self, suggestion: str, candidate: int) -> list[list[Any]]:
        """Notes of a candidate in order of arrival, as on the wire."""
        return [event["note"] for event in self.all("note", id=suggestion, candidate=candidate)]

    def samples(self, stream: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
        pcm = b"".join(pcm for _, _, pcm in self.frames.get(stream, []))
        return np.frombuffer(pcm, dtype="<i2") / 32768.0

    def finished(self, stream: int) -> bool:
        frames = self.frames.get(stream, [])
        return bool(frames) and bool(frames[-1][1] & 1)

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                if isinstance(frame, str):
                    self.heard.append(json.loads(frame))
                else:
                    await self._take_sound(frame)
                self._news.set()
        except websockets.ConnectionClosed:
            pass
        self.close_code = self.socket.close_code
        self._news.set()

    async def _take_sound(self, frame: bytes) -> None:
        version, flags, channels, stream, sequence, rate = struct.unpack_from("<BBHIII", frame)
        assert (version, channels, rate) == (1, 1, 24_000)
        self.frames.setdefault(stream, []).append((sequence, flags, frame[16:]))
        if self.acknowledges:
            await self.say("received", stream=stream, sequence=sequence)
