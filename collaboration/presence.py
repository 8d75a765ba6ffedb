"""Who is here and what they point at: the awareness of a room.

A client describes itself; the server keeps the fields that it knows, writes `user` itself, and
shows the result to everybody, the sender included. Clocks stay those of the client: whoever
raises them by itself would overwrite what the client says next.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from collaboration import limits, wire
from collaboration.wire import MalformedError, Reader

SILENCE_SECONDS: Final = 35.0
MAX_IDS: Final = 64
MAX_CLAIMS: Final = 64
PANEL_LENGTH: Final = 40
MOST_ENTRIES: Final = 1000
"""More clients than any room has; a longer list only keeps the event loop busy."""

GONE: Final = "null"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an awareness update says of one client: JSON text, "null" when it left."""

    client: int
    clock: int
    state: str


@dataclass(slots=True)
class _Shown:
    clock: int
    state: str
    heard: float


def read(payload: bytes) -> list[Entry]:
    """The entries of an awareness update; MalformedError for anything else."""
    reader = Reader(payload)
    count = reader.uint()
    if count > MOST_ENTRIES:
        raise MalformedError("nobody knows so many people")
    return [Entry(reader.uint(), reader.uint(), reader.text()) for _ in range(count)]


def write(entries: Iterable[Entry]) -> bytes:
    """An awareness update of these entries."""
    body = bytearray()
    count = 0
    for entry in entries:
        body += wire.uint(entry.client) + wire.uint(entry.clock) + wire.text(entry.state)
        count += 1
    return wire.uint(count) + bytes(body)


class Presence:
    """The awareness states of a room by client id, and which of them are news."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: dict[int, _Shown] = {}
        self._news: set[int] = set()
        self._left: dict[int, int] = {}
        self._elsewhere: set[int] = set()
        self._untold: set[int] = set()

    def __len__(self) -> int:
        return len(self._shown)

    @property
    def has_news(self) -> bool:
        """Whether somebody came, moved or left since the last `news`."""
        return bool(self._news or self._left)

    def hear(self, entry: Entry, user: Mapping[str, object]) -> None:
        """A client describes itself; older news, too long or unreadable ones are dropped."""
        shown = self._shown.get(entry.client)
        if shown and entry.clock < shown.clock:
            return
        if entry.state == GONE:
            self.leave(entry.client, entry.clock)
            return
        if shown and entry.clock == shown.clock:
            shown.heard = self._clock()
            return
        if len(entry.state.encode()) > limits.PRESENCE_BYTES:
            return
        state = _cleaned(entry.state, user)
        if state is None:
            return
        self._elsewhere.discard(entry.client)
        self._untold.add(entry.client)
        self._put(entry.client, entry.clock, state)

    def leave(self, client: int, clock: int = 0) -> None:
        """A client of this process is gone; who has gone on in another process is not."""
        if client not in self._elsewhere:
            self._untold.add(client)
            self._drop(client, clock)

    def hear_elsewhere(self, payload: bytes) -> None:
        """Another process says what its clients say; it has checked them."""
        for entry in read(payload):
            shown = self._shown.get(entry.client)
            if entry.state == GONE:
                if entry.client in self._elsewhere:
                    self._drop(entry.client, entry.clock)
            elif shown is None or entry.clock > shown.clock:
                self._elsewhere.add(entry.client)
                self._untold.discard(entry.client)
                self._put(entry.client, entry.clock, entry.state)
            elif entry.client in self._elsewhere:
                shown.heard = self._clock()

    def _put(self, client: int, clock: int, state: str) -> None:
        self._left.pop(client, None)
        self._shown[client] = _Shown(clock, state, self._clock())
        self._news.add(client)

    def _drop(self, client: int, clock: int) -> None:
        shown = self._shown.pop(client, None)
        self._elsewhere.discard(client)
        if shown:
            self._news.discard(client)
            self._left[client] = max(clock, shown.clock)

    def drop_silent(self) -> list[int]:
        """Let go of clients that have been silent for too long; who they were."""
        oldest = self._clock() - SILENCE_SECONDS
        silent = [client for client, shown in self._shown.items() if shown.heard < oldest]
        for client in silent:
            self._drop(client, 0)
        return silent

    def news(self) -> bytes | None:
        """An awareness update of what has changed since the last call, if anything has.

        `news_from_here` of the same time has to be asked for first.
        """
        self._untold.clear()
        if not self.has_news:
            return None
        entries = [self._entry(client) for client in self._news]
        entries += [Entry(client, clock, GONE) for client, clock in self._left.items()]
        self._news.clear()
        self._left.clear()
        return write(entries)

    def news_from_here(self) -> bytes | None:
        """What of the news other processes do not know: the clients of this one."""
        entries = [self._entry(client) for client in self._news & self._untold]
        left = self._untold & self._left.keys()
        entries += [Entry(client, self._left[client], GONE) for client in left]
        return write(entries) if entries else None

    def everyone_here(self) -> bytes | None:
        """An awareness update of the clients of this process; None when there are none."""
        here = self._shown.keys() - self._elsewhere
        return write(self._entry(client) for client in here) if here else None

    def everyone(self) -> bytes | None:
        """An awareness update of everybody who is here; None when nobody is."""
        if not self._shown:
            return None
        return write(self._entry(client) for client in self._shown)

    def _entry(self, client: int) -> Entry:
        shown = self._shown[client]
        return Entry(client, shown.clock, shown.state)


def _cleaned(text: str, user: Mapping[str, object]) -> str | None:
    """The state with known fields only and the server's `user`; None when it is no state."""
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(state, dict):
        return None
    clean: dict[str, object] = {"user": dict(user)}
    for name, check in _FIELDS.items():
        if name in state:
            value = state[name]
            if value is None or check(value):
                clean[name] = value
    return json.dumps(clean, ensure_ascii=False, separators=(",", ":"))


def _number(value: object) -> bool:
    # Python reads NaN and Infinity too, which are broken JSON to a browser; neither is in bounds.
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -wire.MAX_UINT <= value <= wire.MAX_UINT
    )


def _numbers(count: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list) and len(value) == count and all(map(_number, value))
    )


def _printable(value: object, length: int) -> bool:
    # Half surrogate pairs, which JSON may escape and no frame can carry, are not printable.
    return isinstance(value, str) and len(value) <= length and value.isprintable()


def _id(value: object) -> bool:
    return _printable(value, 16)


def _ids(most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(_id, value))


def _word(length: int) -> Callable[[Any], bool]:
    return lambda value: _printable(value, length)


def _object(**fields: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, dict)
        and value.keys() <= fields.keys()
        and all(item is None or fields[name](item) for name, item in value.items())
    )


def _cursor(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and _number(value[0])
        and _number(value[1])
        and (value[2] is None or _id(value[2]))
    )


_BOX: Final = _numbers(4)
_FIELDS: Final[dict[str, Callable[[Any], bool]]] = {
    "cursor": _cursor,
    "select": _object(n=_number, box=_BOX, ids=_ids(MAX_IDS)),
    "drag": _object(
        kind=lambda value: value in ("move", "resize", "copy"),
        dt=_number,
        dp=_number,
        box=_BOX,
        ids=_ids(MAX_IDS),
    ),
    "view": _BOX,
    "hear": _object(suggestion=lambda value: _number(value) or _word(64)(value), candidate=_number),
    "panel": _word(PANEL_LENGTH),
    "claims": _ids(MAX_CLAIMS),
    "idle": lambda value: isinstance(value, bool) or _number(value),
}
