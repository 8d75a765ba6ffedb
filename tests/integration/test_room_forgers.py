"""Frames that no honest client sends, over real sockets: nobody else notices."""

import json
import random
from collections.abc import Callable

import pytest
import websockets

from collaboration import document, limits, protocol, wire
from collaboration.benches.stage import Stage, set_stage
from collaboration.schema import Value, repaired
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server
from tests.unit.collaboration.forger import Forger

NOTE = ["trackAb1", 60, 480, 240, 100]
REFUSALS = {4400, 4422}


@pytest.fixture(scope="module")
def stage(server: Server) -> Stage:
    return set_stage(server.home, people=3, notes=5)


async def test_the_server_speaks_first_with_its_state(server: Server, stage: Stage) -> None:
    """SPEC H1."""
    headers = {"Cookie": stage.cookies[0]}
    address = f"{server.socket_url}/ws/scores/{stage.score_id}"
    origin = websockets.Origin(server.url)
    async with websockets.connect(address, origin=origin, additional_headers=headers) as socket:
        first = await socket.recv()
    assert isinstance(first, bytes)
    frame = protocol.decode(first)
    assert isinstance(frame, protocol.Sync)
    assert frame.step == protocol.STATE_VECTOR


async def test_an_edit_of_another_epoch_waits_for_the_right_hello(
    server: Server, stage: Stage
) -> None:
    """SPEC H3."""
    async with two_people(stage, server) as (anna, ben):
        right = anna.epoch
        await anna.say(t="hello", v=1, client=anna.document.client_id, epoch=right + 7)
        await anna.until(lambda: len(anna.said("welcome")) == 2, "the second welcome")
        await anna.put({"otherEpoch": NOTE})
        await anna.until(lambda: bool(anna.said("nack")), "the refusal")
        assert anna.said("nack")[0]["code"] == 4409
        await anna.say(t="hello", v=1, client=anna.document.client_id, epoch=right)
        await anna.until(lambda: len(anna.said("welcome")) == 3, "the third welcome")
        assert "otherEpoch" not in ben.content()
        await anna.send_update(anna.document.get_update(), protocol.UPDATE)
        await ben.has("otherEpoch")


async def test_too_much_talk_is_cut_off(server: Server, stage: Stage) -> None:
    """SPEC B7."""
    async with RoomClient(server, stage.score_id, stage.cookies[0], receipts=False) as anna:
        await anna.sync()
        hello = {"t": "hello", "v": 1, "client": anna.document.client_id, "epoch": anna.epoch}
        try:
            for _ in range(limits.PRIVATE_BURST * 3):
                await anna.say(**hello)
        except websockets.ConnectionClosed:
            pass
        assert await anna.closed() == 4429


@pytest.mark.parametrize(
    "text",
    [
        '{"t":"hello","v":1,"client":' + "9" * 400 + ',"epoch":1}',
        '{"t":"hello","v":1,"client":' + "9" * 5000 + ',"epoch":1}',
        '{"t":"hello","v":1,"client":1e400,"epoch":1}',
        '{"t":"hello","v":1,"client":0,"epoch":NaN}',
        '{"t":"hello","v":1,"client":-5}',
        '{"t":"hello","v":2,"client":5}',
        '{"t":"hello"}',
        '{"t":["hello"]}',
        '{"t":"got","bytes":-1}',
        '{"t":"got","bytes":1.5}',
        '{"t":"got","bytes":1' + "0" * 300 + "}",
        '{"t":"ack","n":1,"seq":1}',
        '{"t":"welcome"}',
        "[" * 30_000,
        '"hello"',
        "NaN",
        "",
    ],
    ids=lambda text: text[:24],
)
async def test_private_frames_that_say_nothing_close_their_socket(
    server: Server, stage: Stage, text: str
) -> None:
    """SPEC F4, F6."""
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        await anna.socket.send(bytes((protocol.PRIVATE,)) + wire.text(text))
        assert await anna.closed() == 4400


async def test_forged_updates_disturb_nobody(server: Server) -> None:
    """SPEC V1-V4: some sixty updates of a forger, in twelve sockets."""
    stage = set_stage(server.home, people=2, notes=5)
    chance = random.Random(7)
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        for seed in range(12):
            forger = Forger(seed)
            async with RoomClient(server, stage.score_id, stage.cookies[1]) as forging:
                await forging.sync()
                try:
                    for _ in range(5):
                        forger.known = forging.state()
                        step = chance.choice([protocol.UPDATE, protocol.MISSING])
                        update = forger.update([101 + seed * 10, 102 + seed * 10])
                        await forging.send_update(update, step)
                except websockets.ConnectionClosed:
                    pass
                if seed % 3 == 0:
                    await forging.socket.send(b"\x00\x02\x05forge")
                    assert await forging.closed() in REFUSALS
            # An editor may delete what others wrote, so only the newest edit has to be there.
            await anna.put({f"honest{seed:04d}": NOTE})
            await anna.stored()
        async with RoomClient(server, stage.score_id, stage.cookies[0]) as late:
            await late.sync()
            await late.has("honest0011")
            await anna.until(lambda: canonical(anna) == canonical(late), "the same score")
            for root, values in canonical(late).items():
                for key, value in values.items():
                    assert value is not None and repaired(root, key, value) == value
        assert anna.close_code is None


def canonical(client: RoomClient) -> dict[str, dict[str, Value]]:
    return document.canonical(client.document)


def whole(update: bytes, step: int) -> list[bytes]:
    return [protocol.sync(step, update)]


def in_parts(update: bytes, step: int) -> list[bytes]:
    return protocol.parts(protocol.sync(step, update), 1, 7)


@pytest.mark.parametrize("step", [protocol.UPDATE, protocol.MISSING])
@pytest.mark.parametrize("frames", [whole, in_parts])
@pytest.mark.parametrize("deed", ["write", "overwrite", "delete"])
@pytest.mark.parametrize("role", ["viewer", "commenter"])
async def test_who_may_not_write_changes_nothing(
    server: Server, role: str, deed: str, frames: Callable[[bytes, int], list[bytes]], step: int
) -> None:
    """SPEC R2."""
    stage = set_stage(server.home, people=2, notes=3, role=role)
    async with two_people(stage, server) as (anna, reader):
        before = anna.content()
        first = next(iter(before))
        known = reader.document.get_state()
        with reader.document.transaction():
            if deed == "delete":
                del reader.notes[first]
            else:
                reader.notes["sneaky0001" if deed == "write" else first] = NOTE
        for frame in frames(reader.document.get_update(known), step):
            await reader.socket.send(frame)
        await reader.until(lambda: bool(reader.said("nack")), "the refusal")
        assert reader.said("nack")[0]["code"] == 4403
        async with RoomClient(server, stage.score_id, stage.cookies[0]) as late:
            await late.sync()
            assert late.content() == before == anna.content()
        assert reader.close_code is None


async def test_forged_presence_shows_nothing(server: Server, stage: Stage) -> None:
    """SPEC P1, P2."""
    async with two_people(stage, server) as (anna, forging):
        id = forging.document.client_id
        states = [
            json.dumps({"cursor": [1, 1, None], "panel": "x" * 5000}),
            json.dumps({f"field{number}": number for number in range(20_000)}),
            "[" * 3000,
            '{"cursor":' * 400,
        ]
        for clock, state in enumerate(states, start=1):
            entry = protocol.awareness(
                b"\x01" + wire.uint(id) + wire.uint(clock) + wire.text(state)
            )
            await forging.socket.send(entry)
        await forging.point(9, cursor={"tick": [1]}, user={"name": "Liar"}, role="owner", idle=True)
        shown = await anna.state_of(id)
        assert shown == {"user": forging.said("welcome")[0]["person"], "idle": True}
