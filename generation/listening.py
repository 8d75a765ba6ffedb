"""One socket's stream of sound: frames of a recording, never more than four ahead of the ear."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from generation.audio_frames import audio_frame
from generation.recordings import Recording

UNRECEIVED: Final = 4
FIRST_SECONDS: Final = 0.04
LONGEST_SECONDS: Final = 0.64
GROWTH: Final = 1.6
DEAF_SECONDS: Final = 120.0
"""A listener that acknowledges nothing for longer has gone."""


class Listening:
    """Sends a recording as it grows. `received` and `stop` come from the socket."""

    def __init__(
        self, stream: int, recording: Recording, send: Callable[[bytes], Awaitable[None]]
    ) -> None:
        self.stream = stream
        self._recording = recording
        self._send = send
        self._sequence = 0
        self._heard = 0
        self._acknowledged = asyncio.Event()

    @property
    def error(self) -> tuple[str, str] | None:
        """Why the recording ends early (code, text), if it does."""
        return self._recording.error

    def received(self, sequence: int) -> None:
        """All frames up to `sequence` have arrived; what was never sent can't have."""
        self._heard = max(self._heard, min(sequence + 1, self._sequence))
        self._acknowledged.set()

    async def play(self) -> int:
        """Send everything; the number of samples. A recording that fails has no last frame.

        Raises:
            TimeoutError: nobody acknowledges the frames.
        """
        with self._recording.heard():
            return await self._play()

    async def _play(self) -> int:
        sent = 0
        seconds = FIRST_SECONDS
        last = False
        while not last:
            await self._recording.beyond(sent)
            if self.error is not None and sent == len(self._recording.pcm):
                break
            await asyncio.wait_for(self._room_for_one(), DEAF_SECONDS)
            length = 2 * round(seconds * self._recording.rate)
            pcm = bytes(memoryview(self._recording.pcm)[sent : sent + length])
            last = self._recording.done and sent + len(pcm) == len(self._recording.pcm)
            sequence, self._sequence = self._sequence, self._sequence + 1
            rate = self._recording.rate
            await self._send(audio_frame(self.stream, sequence, rate, pcm, last=last))
            sent += len(pcm)
            seconds = min(seconds * GROWTH, LONGEST_SECONDS)
        return sent // 2

    async def _room_for_one(self) -> None:
        while self._sequence - self._heard >= UNRECEIVED:
            self._acknowledged.clear()
            await self._acknowledged.wait()
