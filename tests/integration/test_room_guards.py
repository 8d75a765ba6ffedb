"""Who gets in, what is refused, and what a refusal costs: over real sockets."""

import asyncio
from typing import Any

import pytest
import websockets
from pycrdt import Array

from collaboration import limits
from collaboration.benches.stage import Stage, set_stage
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server

NOTE = ["trackAb1", 60, 480, 240, 100]


@pytest.fixture(scope="module")
def stage(server: Server) -> Stage:
    return set_stage(server.home, people=4, notes=20)


async def test_nobody_is_asked_to_sign_in(server: Server, stage: Stage) -> None:
    """SPEC R1."""
    async with RoomClient(server, stage.score_id, "") as nobody:
        assert await nobody.closed() == 4401


async def test_a_score_that_does_not_exist(server: Server, stage: Stage) -> None:
    """SPEC R1."""
    async with RoomClient(server, "AAAAAAAAAAAA", stage.cookies[0]) as anna:
        assert await anna.closed() == 4404


async def test_a_score_of_others(server: Server, stage: Stage) -> None:
    """SPEC R1."""
    other = set_stage(server.home, people=1, notes=0)
    async with RoomClient(server, other.score_id, stage.cookies[1]) as ben:
        assert await ben.closed() == 4403


async def test_a_socket_without_origin_is_not_accepted(server: Server, stage: Stage) -> None:
    """SPEC R1."""
    with pytest.raises(websockets.InvalidStatus):
        await RoomClient(server, stage.score_id, stage.cookies[0], origin=None).connect()


async def test_a_trailing_slash_is_fine(server: Server, stage: Stage) -> None:
    anna = RoomClient(server, stage.score_id, stage.cookies[0])
    anna.address += "/"
    async with anna:
        await anna.sync()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xff",
        b"\x00\x02\x05",
        b"\x64\x03{}x",
        b"\x07hello",
        b"\x65\x01\x05\x02x",
        b"\x01\x03\x01",
        b"\x00\x00\x03\xff\xff\xff",
        b"\x65\x01\x00\x01" + b"\xe5\x00\x01\x00\x01" * 3000,
    ],
)
async def test_garbage_closes_its_socket_alone(
    server: Server, stage: Stage, garbage: bytes
) -> None:
    """SPEC F6."""
    async with two_people(stage, server) as (anna, ben):
        if garbage == b"":
            await anna.socket.send("text")
        else:
            await anna.socket.send(garbage)
        assert await anna.closed() == 4400
        assert anna.said("nack")[0]["code"] == 4400
        await ben.put({"stillalive": NOTE})
        await ben.stored()


async def test_a_message_of_more_than_a_mebibyte_is_not_read(server: Server, stage: Stage) -> None:
    """SPEC F6."""
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        await anna.socket.send(bytes(limits.FRAME_BYTES + 1))
        assert await anna.closed() in (1009, 1006)


async def test_a_foreign_client_id_is_refused(server: Server, stage: Stage) -> None:
    """SPEC A1."""
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1], client_id=4242) as ben,
        RoomClient(server, stage.score_id, stage.cookies[2], client_id=4242) as thief,
    ):
        for client in (anna, ben, thief):
            await client.sync()
        await ben.put({"mineAlone1": NOTE})
        await ben.stored()
        await thief.until(lambda: "mineAlone1" in thief.content())
        await thief.put({"stolen0001": NOTE})
        assert await thief.closed() == 4422
        assert thief.said("nack")[0]["code"] == 4422
        await ben.put({"mineAlone2": NOTE})
        await anna.until(lambda: "mineAlone2" in anna.content())
        assert "stolen0001" not in anna.content()


async def test_what_is_no_score_is_refused(server: Server, stage: Stage) -> None:
    """SPEC V1."""
    async with two_people(stage, server) as (anna, ben):
        await anna.edit(lambda: anna.document.__setitem__("list", Array([1])))
        assert await anna.closed() == 4422
        assert not ben.said("nack")


async def test_a_bad_value_arrives_repaired_also_at_its_sender(
    server: Server, stage: Stage
) -> None:
    """SPEC V3, W4."""
    async with two_people(stage, server) as (anna, ben):
        seen: list[Any] = []
        ben.notes.observe(lambda event: seen.extend(event.keys.values()))
        bad = ["trackAb1", 500, -3, 10, 100]
        right = ["trackAb1", 127, 0, 10, 100]
        await anna.put({"outOfRange": bad})
        await ben.until(lambda: "outOfRange" in ben.content())
        await anna.until(lambda: anna.content()["outOfRange"] == right, "the repair")
        assert [change["newValue"] for change in seen] == [right]


async def test_a_hole_is_filled_by_a_new_synchronisation(server: Server, stage: Stage) -> None:
    """SPEC V2."""
    async with two_people(stage, server) as (anna, ben):
        anna.notes["lostOnWire"] = NOTE
        anna._outgoing.clear()
        await anna.put({"afterwards": NOTE})
        await ben.until(lambda: {"lostOnWire", "afterwards"} <= ben.content().keys(), "both notes")
        await anna.stored()


async def test_a_viewer_may_look_but_not_write(server: Server) -> None:
    """SPEC R2."""
    stage = set_stage(server.home, people=3, notes=5, role="viewer")
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1]) as viewer,
        RoomClient(server, stage.score_id, stage.cookies[2], hello=False) as stock,
    ):
        for client in (anna, viewer, stock):
            await client.sync()
        assert viewer.said("welcome")[0]["role"] == "viewer"
        for client in (viewer, stock):
            await client.put({"sneaky0001": NOTE})
        await viewer.until(lambda: bool(viewer.said("nack")), "the refusal")
        await stock.until(lambda: bool(stock.denials), "the refusal")
        assert viewer.said("nack")[0]["code"] == 4403
        await anna.put({"allowed001": NOTE})
        await viewer.until(lambda: "allowed001" in viewer.content())
        assert "sneaky0001" not in anna.content()
        assert viewer.close_code is None


async def test_too_many_edits_at_once(server: Server, stage: Stage) -> None:
    """SPEC B5."""
    async with RoomClient(server, stage.score_id, stage.cookies[3]) as fast:
        await fast.sync()
        for number in range(200):
            fast.notes[f"fast{number:06d}"] = NOTE
        await fast.flush()
        assert await fast.closed() == 4429
        kept = fast.acked
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        stored = [note for note in anna.content() if note.startswith("fast")]
        assert len(stored) >= kept - 1


async def test_long_edits_travel_in_parts_and_count_once(server: Server) -> None:
    """SPEC F5, W1."""
    stage = set_stage(server.home, people=2, notes=0)
    notes = {f"long{number:06d}": NOTE for number in range(30_000)}
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1]) as ben,
        RoomClient(server, stage.score_id, stage.cookies[1], hello=False) as stock,
    ):
        for client in (anna, ben, stock):
            await client.sync()
        await anna.put(notes)
        await anna.stored()
        assert anna.acked == 2
        assert anna.said("ack")[-1]["seq"] == 2
        for client in (ben, stock):
            await client.counts(30_000)


async def test_a_server_that_stops_says_so(own_server: Server) -> None:
    """SPEC N2."""
    stage = set_stage(own_server.home, people=1, notes=0)
    async with RoomClient(own_server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        stopping = asyncio.get_running_loop().run_in_executor(None, own_server.stop)
        assert await anna.closed() in (1012, 1006)
        await stopping
