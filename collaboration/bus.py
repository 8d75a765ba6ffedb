"""The bus: hints between everyone who may hold a score open.

A hint is small and may be lost: what it tells of stands in the journal, and a poll of heads heals
the gap. So hints only make things quick, never right.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

HintKind = Literal["committed", "rights", "deleted", "event", "presence", "who", "resumed"]


@dataclass(frozen=True, slots=True)
class Hint:
    """`kind` of news about a score; `seq` where its head stood, `blob` a few bytes to go along.

    An "event" carries its JSON as `blob`, "presence" an awareness update; "who" asks for one.
    "resumed" is about no score: hints may have been lost until now.
    """

    kind: HintKind
    score_id: str
    seq: int = 0
    blob: bytes = b""


Listener = Callable[[Hint], None]


class Bus(Protocol):
    """Carries hints to every listener, in this process or any other."""

    def publish(self, hint: Hint) -> None:
        """Send a hint to everyone; safe from any thread; never raises, never waits."""

    def tell_others(self, hint: Hint) -> None:
        """Send a hint to the other processes; safe from any thread; never raises, never waits."""

    def follow(self, score_id: str) -> None:
        """From now on this process hears what others say of a score."""

    def unfollow(self, score_id: str) -> None:
        """This process need not hear of a score any more."""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for each hint, in whichever thread it comes; returns the way out."""


class LocalBus:
    """The bus of a single process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def publish(self, hint: Hint) -> None:
        """See `Bus.publish`."""
        for listener in self._listeners:
            listener(hint)

    def tell_others(self, hint: Hint) -> None:
        """See `Bus.tell_others`. There are none."""

    def follow(self, score_id: str) -> None:
        """See `Bus.follow`. Everything is heard anyway."""

    def unfollow(self, score_id: str) -> None:
        """See `Bus.unfollow`."""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """See `Bus.subscribe`."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def leave() -> None:
            with self._lock:
                self._listeners = tuple(other for other in self._listeners if other is not listener)

        return leave
