"""Many rooms on one clock."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from collaboration import rooms as house_module
from collaboration.bus import Hint, LocalBus
from collaboration.close_codes import CloseCode
from collaboration.rights import Roles
from collaboration.rooms import Rooms
from tests.unit.collaboration.memory_journal import MemoryJournal
from tests.unit.collaboration.test_room import Panic, Seat


@pytest.fixture
async def house() -> AsyncIterator[Rooms]:
    made = Rooms(MemoryJournal(), LocalBus())
    yield made
    made._clock.cancel()
    made.threads.shutdown()


async def test_a_room_that_fails_stops_no_other(
    house: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house_module, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(house_module, "POLL_SECONDS", 0.01)
    first = await house.join("score0000001", Seat(1).member)
    second = await house.join("score0000002", Seat(2).member)
    reached: set[str] = set()

    async def panics() -> None:
        raise Panic

    async def ticks() -> None:
        reached.add("tick")

    async def catches_up() -> None:
        reached.add("catch_up")

    monkeypatch.setattr(first, "tick", panics)
    monkeypatch.setattr(first, "catch_up", panics)
    monkeypatch.setattr(second, "tick", ticks)
    monkeypatch.setattr(second, "catch_up", catches_up)
    for room in (first, second):
        room.live.seq = -1
    for _ in range(200):
        if reached == {"tick", "catch_up"}:
            break
        await asyncio.sleep(0.01)
    assert reached == {"tick", "catch_up"}
    assert not house._clock.done()


async def test_roles_are_renewed_one_at_a_time(
    house: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading that takes long must not undo a later one."""
    seat = Seat(1)
    room = await house.join("score0000001", seat.member)
    readings = iter([(0.2, "editor"), (0.0, "viewer")])

    def slow(score_id: str) -> Roles:
        pause, role = next(readings)
        time.sleep(pause)
        return Roles(None, {1: role})

    monkeypatch.setattr("collaboration.rights.roles_in", slow)
    await asyncio.gather(house._renew_roles(room), house._renew_roles(room))
    assert seat.member.role == "viewer"


class FollowedBus(LocalBus):
    """Remembers which scores this process hears of."""

    def __init__(self) -> None:
        super().__init__()
        self.followed: set[str] = set()

    def follow(self, score_id: str) -> None:
        self.followed.add(score_id)

    def unfollow(self, score_id: str) -> None:
        self.followed.discard(score_id)


async def test_a_room_opened_while_the_one_before_is_forgotten_is_followed() -> None:
    """SPEC W7: else it would hear of no hint for as long as it lives."""
    bus = FollowedBus()
    journal = MemoryJournal()
    house = Rooms(journal, bus)
    house._clock.cancel()
    before = await house.join("score0000001", Seat(1).member)
    await before.shut(CloseCode.EPOCH)
    opens = house.in_thread

    async def forgets_meanwhile(work: Any, *args: Any) -> Any:
        found = await opens(work, *args)
        house._close_empty(time.monotonic())
        return found

    house.in_thread = forgets_meanwhile  # type: ignore[method-assign, assignment]
    after = await house.join("score0000001", Seat(2).member)
    assert after is not before
    assert bus.followed == {"score0000001"}
    house.threads.shutdown()


async def test_news_of_redis_in_an_empty_house_are_taken_once() -> None:
    """SPEC W7: else the clock would look again and again, without a pause."""
    bus = LocalBus()
    house = Rooms(MemoryJournal(), bus)
    try:
        bus.publish(Hint("resumed", ""))
        await asyncio.sleep(0)
        assert house._look.is_set()
        async with asyncio.timeout(10):
            while house._look.is_set():
                await asyncio.sleep(0.01)
    finally:
        house._clock.cancel()
        house.threads.shutdown()
