"""The row of questions: fair to people, bounded for people and rooms."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from generation.turns import PER_ROOM, QUEUED_PER_PERSON, RUNNING, Refused, Ticket, Turns


class Row(RuleBasedStateMachine):
    """People take tickets, join, and leave in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = Turns()
        self.open: list[Ticket] = []
        self.started: list[Ticket] = []
        self.told: dict[int, int] = {}

    @rule(person=st.integers(1, 9), room=st.sampled_from(["one", "two"]))
    def take(self, person: int, room: str) -> None:
        mine = [ticket for ticket in self.open if ticket.person == person]
        there = [ticket for ticket in self.open if ticket.room == room]
        full = len(mine) > QUEUED_PER_PERSON or len(there) >= PER_ROOM
        try:
            ticket = self.turns.take(person, room)
        except Refused as refusal:
            assert full
            assert refusal.code in ("limit", "room_full")
            return
        assert not full
        self.open.append(ticket)
        self.turns.join(
            ticket,
            lambda: self.started.append(ticket),
            lambda queue: self.told.update({id(ticket): queue}),
        )

    @rule(data=st.data())
    def leave(self, data: Any) -> None:
        if self.open:
            ticket = data.draw(st.sampled_from(self.open))
            self.open.remove(ticket)
            self.turns.leave(ticket)
            self.turns.leave(ticket)

    @invariant()
    def nobody_runs_twice_and_nobody_idles(self) -> None:
        running = [ticket for ticket in self.open if ticket.running]
        people = [ticket.person for ticket in running]
        assert len(people) == len(set(people)) <= RUNNING
        waiting = [ticket for ticket in self.open if not ticket.running]
        if len(running) < RUNNING:
            assert all(ticket.person in people for ticket in waiting)

    @invariant()
    def each_starts_once_and_knows_its_place(self) -> None:
        assert len(self.started) == len({id(ticket) for ticket in self.started})
        waiting = [ticket for ticket in self.open if not ticket.running]
        assert [ticket.queue for ticket in waiting] == list(range(1, len(waiting) + 1))


TestRow = Row.TestCase


def test_who_came_first_is_served_first() -> None:
    turns = Turns()
    order: list[int] = []
    tickets = [turns.take(person, "room") for person in range(1, 8)]
    for person, ticket in enumerate(tickets, start=1):
        turns.join(ticket, partial(order.append, person), lambda queue: None)
    assert order == [*range(1, RUNNING + 1)]
    turns.leave(tickets[0])
    assert order == [*range(1, RUNNING + 2)]


def test_a_ticket_that_is_not_ready_counts_but_does_not_run() -> None:
    turns = Turns()
    tickets = [turns.take(1, "room") for _ in range(3)]
    with pytest.raises(Refused):
        turns.take(1, "room")
    started: list[int] = []
    turns.join(tickets[1], lambda: started.append(1), lambda queue: None)
    assert started == [1]


@given(count=st.integers(0, 30))
def test_a_room_holds_twenty(count: int) -> None:
    turns = Turns()
    taken = 0
    for person in range(count):
        try:
            turns.take(person, "room")
            taken += 1
        except Refused as refusal:
            assert refusal.code == "room_full"
    assert taken == min(count, PER_ROOM)
