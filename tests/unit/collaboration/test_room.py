"""A room without sockets: what its members are sent, and when."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from collaboration import compaction, presence, protocol
from collaboration.bus import LocalBus
from collaboration.consumers import ScoreConsumer
from collaboration.member import Member
from collaboration.presence import Entry
from collaboration.room import Room
from collaboration.write_path import WritePath
from tests.unit.collaboration.memory_journal import MemoryJournal
from tests.unit.collaboration.peers import Peer

NOTE = ["trackAb1", 60, 480, 240, 100]


class Seat:
    """A member and what it was sent."""

    def __init__(self, person: int, *, hello: bool = True, role: str = "editor") -> None:
        self.frames: list[protocol.Frame] = []
        self.code: int | None = None
        self.peer = Peer(100 + person, person)
        self.breaks = False
        card: dict[str, object] = {"key": f"k{person}", "name": "Oboe", "color": 1}
        self.member = Member(
            person_id=person, card=card, role=role, send=self.send, close=self.close
        )
        if hello:
            self.member.flow.hello()

    async def send(self, frame: bytes) -> None:
        if self.breaks:
            raise ConnectionError("the socket is gone")
        self.frames.append(protocol.decode(frame))

    async def close(self, code: int) -> None:
        self.code = code

    def said(self, name: str) -> list[dict[str, Any]]:
        return [
            frame.message
            for frame in self.frames
            if isinstance(frame, protocol.Private) and frame.message["t"] == name
        ]

    def updates(self) -> list[bytes]:
        return [
            frame.payload
            for frame in self.frames
            if isinstance(frame, protocol.Sync) and frame.step == protocol.UPDATE
        ]

    def submit(self, room: Room, update: bytes, step: int = protocol.UPDATE) -> None:
        self.member.frames += 1
        assert room.submit(self.member, step, update)


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
async def room(journal: MemoryJournal) -> AsyncIterator[Room]:
    with ThreadPoolExecutor(2) as threads:
        yield Room("score", WritePath("score", journal), journal, threads, LocalBus())


async def seated(room: Room, *seats: Seat) -> None:
    for seat in seats:
        await room.join(seat.member)
        await room.answer(seat.member, b"\x00")
        seat.frames.clear()


async def settled(room: Room) -> None:
    while room._flushing and not room._flushing.done():
        await asyncio.sleep(0.01)


async def test_waiting_updates_share_a_row(room: Room, journal: MemoryJournal) -> None:
    """SPEC W4."""
    anna, ben = Seat(1), Seat(2)
    await seated(room, anna, ben)
    for number in range(50):
        anna.submit(room, anna.peer.set("notes", f"note{number:06d}", NOTE))
    await settled(room)
    assert len(journal.rows) == 1
    assert len(ben.updates()) == 1
    assert anna.updates() == [], "its own edit alone is not sent back"
    assert [ack["n"] for ack in anna.said("ack")][-1] == 50


async def test_a_dying_socket_keeps_nobody_from_anything(room: Room) -> None:
    anna, dying, ben = Seat(1), Seat(2), Seat(3)
    await seated(room, anna, dying, ben)
    dying.breaks = True
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    await settled(room)
    assert len(ben.updates()) == 1
    assert anna.said("ack")[-1]["n"] == 1
    assert dying.member.closed


async def test_a_consumer_that_fails_leaves_no_ghost(room: Room) -> None:
    anna = Seat(1)
    await seated(room, anna)
    consumer = ScoreConsumer()
    consumer.member, consumer.room = anna.member, room

    async def broken() -> None:
        raise RuntimeError("the server's fault")

    with pytest.raises(RuntimeError):
        await consumer({"type": "websocket"}, broken, anna.send)
    assert room.members == set()


async def test_nothing_is_shown_when_nothing_can_be_stored(
    room: Room, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC W5."""
    monkeypatch.setattr("collaboration.write_path.RETRY_AFTER", (0.0, 0.0))
    anna, ben = Seat(1), Seat(2)
    await seated(room, anna, ben)
    journal.failures = 3
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    await settled(room)
    assert ben.updates() == []
    assert anna.said("ack") == []
    assert anna.said("nack")[0]["code"] == 1013
    assert (anna.code, ben.code) == (1013, 1013)
    assert room.closed


async def test_what_can_not_be_stored_gets_into_no_snapshot(
    room: Room, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC W3: a snapshot that waits for its turn must not make the lost batch durable."""
    monkeypatch.setattr("collaboration.write_path.RETRY_AFTER", (0.05, 0.05))
    anna = Seat(1)
    await seated(room, anna)
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    await settled(room)
    journal.failures = 3
    anna.submit(room, anna.peer.set("notes", "note000002", NOTE))
    await asyncio.sleep(0.02)
    assert room.gate.locked()
    await room.upkeep.snapshot()
    await settled(room)
    assert journal.failures == 0
    reader = WritePath("score", journal)
    assert set(reader.live._maps["notes"].keys()) == {"note000001"}


async def test_a_joiner_waits_for_what_is_being_stored(room: Room, journal: MemoryJournal) -> None:
    """SPEC W3."""
    journal.failures = 1
    anna, late = Seat(1), Seat(2)
    await seated(room, anna)
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    await asyncio.sleep(0.01)
    await seated(room, late)
    assert len(journal.rows) == 1, "the answer came after the commit"


async def test_a_slow_reader_is_brought_up_from_the_journal(
    room: Room, journal: MemoryJournal
) -> None:
    """SPEC B3, and S2 when the rows it needs are gone."""
    anna, slow = Seat(1), Seat(2)
    await seated(room, anna, slow)
    sent = slow.member.flow.under_way
    slow.member.flow.sent(2 * 1024 * 1024)
    for number in range(20):
        anna.submit(room, anna.peer.set("notes", f"note{number:06d}", NOTE))
        await settled(room)
    assert slow.updates() == []
    assert slow.member.behind
    slow.member.flow.got(sent + 2 * 1024 * 1024)
    await room.received(slow.member)
    assert len(slow.updates()) == 20
    slow.member.flow.sent(2 * 1024 * 1024)
    for number in range(20, 23):
        anna.submit(room, anna.peer.set("notes", f"note{number:06d}", NOTE))
        await settled(room)
        await room.upkeep.snapshot()
    slow.member.flow.got(slow.member.flow._sent)
    await room.received(slow.member)
    reader = Peer(55)
    for update in slow.updates():
        reader.apply(update)
    assert len(reader.root("notes")) == 23
    assert not slow.member.behind


async def test_presence_waits_for_a_slow_reader_too(room: Room) -> None:
    """SPEC B3."""
    anna, slow = Seat(1), Seat(2)
    await seated(room, anna, slow)
    slow.member.flow.sent(2 * 1024 * 1024)
    anna.member.wants = Entry(101, 1, '{"idle":true}')
    room.showing.soon()
    await asyncio.sleep(0.1)
    assert any(isinstance(frame, protocol.Awareness) for frame in anna.frames)
    assert slow.frames == []
    slow.member.flow.got(slow.member.flow._sent)
    await room.received(slow.member)
    (frame,) = slow.frames
    assert isinstance(frame, protocol.Awareness)
    assert presence.read(frame.payload)[0].client == 101


async def test_a_worn_score_moves_to_a_new_epoch(
    room: Room, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC E1, E2."""
    monkeypatch.setattr(compaction, "LARGE_BYTES", 200)
    anna, ben, stock = Seat(1), Seat(2), Seat(3, hello=False)
    await seated(room, anna, ben, stock)
    for _ in range(60):
        anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
        anna.submit(room, anna.peer.set("notes", "note000002", NOTE))
        await settled(room)
    async with room.gate:
        renewal = asyncio.create_task(room.upkeep._renew())
        await asyncio.sleep(0)
        ben.submit(room, ben.peer.set("notes", "tooLate001", NOTE))
        await asyncio.sleep(0.01)
    await renewal
    await settled(room)
    assert room.epoch == 2
    assert ben.said("ack") == [], "what came too late is written again by the client"
    assert ben.code is None
    assert [message["epoch"] for message in ben.said("epoch")] == [2]
    assert stock.code == 4409
    assert not ben.member.in_epoch
    reader = Peer(55)
    reader.apply(room.live.encoded())
    assert set(reader.root("notes").to_py()) == {"note000001", "note000002"}


async def test_a_role_that_comes_back_is_asked_for_what_was_refused(room: Room) -> None:
    """SPEC R3."""
    ben = Seat(2, role="viewer")
    await seated(room, ben)
    ben.member.resyncing = True
    await room.change_role(ben.member, "editor")
    assert ben.said("role")[0]["role"] == "editor"
    asked = ben.frames[-1]
    assert isinstance(asked, protocol.Sync)
    assert asked.step == protocol.STATE_VECTOR
    await room.change_role(ben.member, None)
    assert ben.code == 4403
    assert ben.member not in room.members


class Panic(BaseException):
    """What Yrs raises when it panics: no Exception."""


async def test_a_panic_shuts_the_room_and_says_so(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Seat(1)
    await seated(room, anna)

    def panics(batch: object) -> None:
        raise Panic

    monkeypatch.setattr(room._path, "write", panics)
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    await settled(room)
    assert anna.said("nack")[0]["code"] == 1013
    assert (anna.code, room.closed) == (1013, True)


def answers(seat: Seat) -> int:
    return sum(
        isinstance(frame, protocol.Sync) and frame.step == protocol.MISSING for frame in seat.frames
    )


async def test_who_reads_nothing_gets_one_whole_document(room: Room) -> None:
    """SPEC B3, B6: a stock client that asks over and over is probed, and waits for its turn."""
    stock = Seat(2, hello=False)
    await room.join(stock.member)
    stock.member.flow.sent(2 * 1024 * 1024)
    for _ in range(3):
        await room.answer(stock.member, b"\x00")
    assert answers(stock) == 0
    assert stock.member.asked == 2, "it was asked on joining, and once for a receipt"
    stock.member.flow.answered()
    await room.received(stock.member)
    assert answers(stock) == 0, "that was the answer to the first question"
    stock.member.flow.answered()
    await room.received(stock.member)
    assert answers(stock) == 1
    assert stock.member.synced


async def test_deletions_that_the_room_has_are_told_from_new_ones(room: Room) -> None:
    anna = Seat(1)
    await seated(room, anna)
    anna.submit(room, anna.peer.set("notes", "note000001", NOTE))
    anna.submit(room, anna.peer.set("notes", "note000002", NOTE))
    old = anna.peer.delete("notes", "note000001")
    anna.submit(room, old)
    await settled(room)
    assert await room.knows_deletions(old)
    assert await room.knows_deletions(anna.peer.document.get_update(anna.peer.document.get_state()))
    new = anna.peer.delete("notes", "note000002")
    assert not await room.knows_deletions(new)
