"""Who listens to which score's suggestions in this process, and how events reach them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Protocol

from editor.selectors.people import Card

Event = dict[str, Any]


class Socket(Protocol):
    """An open suggestion socket."""

    def deliver(self, event: Event) -> None:
        """Send `event` after all earlier ones; returns at once."""

    def dismiss(self, code: int) -> None:
        """Close the socket with `code` after what was delivered."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A socket and the person behind it."""

    socket: Socket
    person: int
    card: Card


class Hub:
    """Members by score. Delivery never waits and never drops."""

    def __init__(self) -> None:
        self._members: dict[str, set[Member]] = defaultdict(set)

    def join(self, score_id: str, member: Member) -> None:
        """From now on `member` hears the score's events."""
        self._members[score_id].add(member)

    def leave(self, score_id: str, member: Member) -> None:
        """`member` hears nothing more; safe to call twice."""
        members = self._members.get(score_id, set())
        members.discard(member)
        if not members:
            self._members.pop(score_id, None)

    def members(self, score_id: str) -> tuple[Member, ...]:
        """Who listens to the score now."""
        return tuple(self._members.get(score_id, ()))

    def scores(self) -> tuple[str, ...]:
        """Scores that somebody listens to now."""
        return tuple(self._members)

    def publish(self, score_id: str, event: Event) -> None:
        """Deliver `event` to everybody who listens to the score."""
        for member in self.members(score_id):
            member.socket.deliver(event)
