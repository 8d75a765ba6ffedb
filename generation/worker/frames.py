"""Messages between the server and its workers: a JSON object and bytes, with their lengths."""

import asyncio
import json
import os
import select
import struct
from collections.abc import Iterator
from typing import Any, Final

HEAD: Final = struct.Struct("<II")
MAX_BYTES: Final = 256 * 1024 * 1024

Message = dict[str, Any]


class BrokenFrame(Exception):
    """The bytes are no frame: the two sides have lost each other."""


def pack(message: Message, blob: bytes = b"") -> bytes:
    """One frame: two little-endian u32 lengths, the JSON in UTF-8, the bytes."""
    text = json.dumps(message, separators=(",", ":")).encode()
    return HEAD.pack(len(text), len(blob)) + text + blob


class Unpacker:
    """Cuts a stream of bytes, fed in any pieces, into frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Message, bytes]]:
        """Take bytes in; yield every message that is complete with them.

        Raises:
            BrokenFrame: on lengths or JSON that `pack` never writes.
        """
        self._bytes += data
        while len(self._bytes) >= HEAD.size:
            text, blob = HEAD.unpack_from(self._bytes)
            if text + blob > MAX_BYTES:
                raise BrokenFrame(f"a frame of {text + blob} bytes")
            end = HEAD.size + text + blob
            if len(self._bytes) < end:
                return
            body = bytes(self._bytes[HEAD.size : end])
            del self._bytes[:end]
            yield _message(body[:text]), body[text:]


async def read(stream: asyncio.StreamReader) -> tuple[Message, bytes]:
    """The next message.

    Raises:
        asyncio.IncompleteReadError: the other side is gone.
        BrokenFrame: on bytes that are no frame.
    """
    text, blob = HEAD.unpack(await stream.readexactly(HEAD.size))
    if text + blob > MAX_BYTES:
        raise BrokenFrame(f"a frame of {text + blob} bytes")
    body = await stream.readexactly(text + blob)
    return _message(body[:text]), body[text:]


class Inbox:
    """The worker's side of a pipe: takes what has come, without waiting unless asked to."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._unpacker = Unpacker()
        self.open = True

    def take(self, *, wait: bool) -> list[Message]:
        """Messages that have come. With `wait`, at least one, unless the pipe has closed."""
        while self.open:
            if not wait and not select.select([self._descriptor], [], [], 0)[0]:
                return []
            data = os.read(self._descriptor, 1 << 16)
            if not data:
                self.open = False
                return []
            messages = [message for message, _ in self._unpacker.feed(data)]
            if messages:
                return messages
        return []


def _message(text: bytes) -> Message:
    try:
        message = json.loads(text)
    except ValueError as problem:
        raise BrokenFrame(str(problem)) from None
    if not isinstance(message, dict):
        raise BrokenFrame("not an object")
    return message
