"""The frames of the score socket: plain y-websocket ones and our private ones.

A frame is one binary WebSocket message. Types 0-3 are y-websocket's; 100 is one JSON object,
101 one part of a frame that is too long for a single message.
"""

import json
from dataclasses import dataclass
from typing import Final

from collaboration import limits, wire
from collaboration.wire import MalformedError, Reader

SYNC: Final = 0
AWARENESS: Final = 1
AUTH: Final = 2
QUERY_AWARENESS: Final = 3
PRIVATE: Final = 100
PART: Final = 101

STATE_VECTOR: Final = 0
"""SyncStep1: the sender's state vector; the answer is what it lacks."""
MISSING: Final = 1
"""SyncStep2: the answer to a SyncStep1."""
UPDATE: Final = 2
"""An update as it happens."""

EMPTY_UPDATE: Final = b"\x00\x00"


@dataclass(frozen=True, slots=True)
class Sync:
    """A sync frame: `step` is STATE_VECTOR, MISSING or UPDATE, `payload` what it carries."""

    step: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Awareness:
    """An awareness frame; `payload` is an awareness update."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Auth:
    """An auth frame; clients have no reason to send one."""

    reason: str


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    """The client asks for everybody's awareness."""


@dataclass(frozen=True, slots=True)
class Private:
    """One JSON object; `message["t"]` names it."""

    message: dict[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes `index` of `count` of the long frame `id`."""

    id: int
    index: int
    count: int
    payload: bytes


Frame = Sync | Awareness | Auth | QueryAwareness | Private | Part


def decode(data: bytes) -> Frame:
    """What `data` says; MalformedError when it says nothing we know."""
    reader = Reader(data)
    kind = reader.uint()
    if kind == SYNC:
        step = reader.uint()
        if step > UPDATE:
            raise MalformedError(f"there is no sync message {step}")
        return Sync(step, reader.blob())
    if kind == AWARENESS:
        return Awareness(reader.blob())
    if kind == AUTH:
        reader.uint()
        return Auth(reader.text())
    if kind == QUERY_AWARENESS:
        return QueryAwareness()
    if kind == PRIVATE:
        if len(data) > limits.PRIVATE_BYTES:
            raise MalformedError("a private frame is too long")
        return Private(_object(reader.text()))
    if kind == PART:
        part = Part(reader.uint(), reader.uint(), reader.uint(), reader.rest())
        if not 0 <= part.index < part.count:
            raise MalformedError("a part lies outside its message")
        return part
    raise MalformedError(f"there is no frame type {kind}")


def _object(text: str) -> dict[str, object]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedError("a private frame is not JSON") from None
    if not isinstance(message, dict) or not isinstance(message.get("t"), str):
        raise MalformedError("a private frame has no name")
    return message


def sync(step: int, payload: bytes) -> bytes:
    """A sync frame."""
    return bytes((SYNC, step)) + wire.blob(payload)


def awareness(payload: bytes) -> bytes:
    """An awareness frame around an awareness update."""
    return bytes((AWARENESS,)) + wire.blob(payload)


def denied(reason: str) -> bytes:
    """The y-websocket frame by which a stock client learns that it may not write."""
    return bytes((AUTH, 0)) + wire.text(reason)


def query_awareness() -> bytes:
    """The frame that asks for everybody's awareness."""
    return bytes((QUERY_AWARENESS,))


def private(name: str, **fields: object) -> bytes:
    """A private frame: `{"t": name, ...fields}`."""
    message = json.dumps({"t": name, **fields}, ensure_ascii=False, separators=(",", ":"))
    return bytes((PRIVATE,)) + wire.text(message)


def parts(frame: bytes, id: int, size: int) -> list[bytes]:
    """`frame` cut into part frames of at most `size` bytes of it each."""
    count = max(1, -(-len(frame) // size))
    head = bytes((PART,)) + wire.uint(id)
    return [
        head + wire.uint(index) + wire.uint(count) + frame[index * size : (index + 1) * size]
        for index in range(count)
    ]
