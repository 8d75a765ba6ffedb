"""Whose question is next: first come, first served, one at a time for each person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

RUNNING: Final = 1
"""Questions that one worker thinks about at a time: an engine's memory holds one."""
QUEUED_PER_PERSON: Final = 2
PER_ROOM: Final = 20


class Refused(Exception):
    """No more questions for now: `code` "limit" (the person's) or "room_full"."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(eq=False, slots=True)
class Ticket:
    """A place in the row. `ready` once its question can be put to an engine."""

    person: int
    room: str
    start: Callable[[], None] | None = None
    moved: Callable[[int], None] | None = None
    running: bool = False
    queue: int = field(default=0)


class Turns:
    """The row of everyone's questions. A ticket counts against the limits from `take` on."""

    def __init__(self) -> None:
        self._tickets: list[Ticket] = []

    def take(self, person: int, room: str) -> Ticket:
        """A place at the end of the row.

        Raises:
            Refused: when the person or the room has enough questions open.
        """
        if sum(ticket.person == person for ticket in self._tickets) > QUEUED_PER_PERSON:
            text = "You have three requests open: wait for one, or stop it."
            raise Refused("limit", text)
        if sum(ticket.room == room for ticket in self._tickets) >= PER_ROOM:
            raise Refused("room_full", "This room has twenty requests open: wait for one to end.")
        ticket = Ticket(person, room)
        self._tickets.append(ticket)
        self._count()
        return ticket

    def join(self, ticket: Ticket, start: Callable[[], None], moved: Callable[[int], None]) -> None:
        """The question can be put now: `start` is called when it is its turn, perhaps at once.

        `moved` hears how many are still ahead when that changes.
        """
        ticket.start = start
        ticket.moved = moved
        self._advance()

    def leave(self, ticket: Ticket) -> None:
        """The question is answered or given up; safe to call twice."""
        if ticket in self._tickets:
            self._tickets.remove(ticket)
            self._advance()

    def _advance(self) -> None:
        for ticket in self._due():
            ticket.running = True
            ticket.queue = 0
            if ticket.start is not None:
                ticket.start()
        for ticket in self._count():
            if ticket.moved is not None:
                ticket.moved(ticket.queue)

    def _due(self) -> list[Ticket]:
        """Tickets whose turn it is now."""
        running = [ticket for ticket in self._tickets if ticket.running]
        busy = {ticket.person for ticket in running}
        places = RUNNING - len(running)
        due: list[Ticket] = []
        for ticket in self._tickets:
            if len(due) >= places:
                break
            if not ticket.running and ticket.start is not None and ticket.person not in busy:
                busy.add(ticket.person)
                due.append(ticket)
        return due

    def _count(self) -> list[Ticket]:
        """Number the waiting ones from 1; those whose number has changed."""
        changed = []
        waiting = [ticket for ticket in self._tickets if not ticket.running]
        for ahead, ticket in enumerate(waiting, start=1):
            if ticket.queue != ahead:
                ticket.queue = ahead
                changed.append(ticket)
        return changed
