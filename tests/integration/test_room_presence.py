"""Who is here, over real sockets."""

import time

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server


async def test_presence_is_cleaned_signed_and_echoed(server: Server) -> None:
    """SPEC P1, P2."""
    stage = set_stage(server.home, people=2, notes=0)
    async with two_people(stage, server) as (anna, ben):
        id = anna.document.client_id
        await anna.point(1, cursor=[480, 60, None], user={"name": "Liar"}, secret="x", view=[1])
        for client in (anna, ben):
            state = await client.state_of(id)
            assert state["cursor"] == [480, 60, None]
            assert state["user"] == anna.said("welcome")[0]["person"]
            assert "secret" not in state
            assert "view" not in state


async def test_a_closed_socket_is_gone_within_a_second(server: Server) -> None:
    """SPEC P4."""
    stage = set_stage(server.home, people=2, notes=0)
    async with RoomClient(server, stage.score_id, stage.cookies[1]) as ben:
        await ben.sync()
        async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
            await anna.sync()
            await anna.point(1, cursor=[480, 60, None])
            id = anna.document.client_id
            await ben.until(lambda: id in ben.states, "the cursor")
            anna.socket.transport.abort()
            left = time.monotonic()
            await ben.until(lambda: ben.states[id] is None, "the leave")
            assert time.monotonic() - left < 1


async def test_nobody_speaks_for_another(server: Server) -> None:
    """SPEC P1."""
    stage = set_stage(server.home, people=3, notes=0)
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1], client_id=777) as liar,
        RoomClient(server, stage.score_id, stage.cookies[2]) as ben,
    ):
        for client in (anna, liar, ben):
            await client.sync()
        await anna.point(1, cursor=[1, 1, None])
        await ben.until(lambda: anna.document.client_id in ben.states)
        liar.document = anna.document
        await liar.point(9, cursor=[2, 2, None])
        await anna.point(2, cursor=[3, 3, None])
        id = anna.document.client_id
        await ben.until(lambda: ben.states[id]["cursor"] == [3, 3, None])
        assert ben.states[id]["user"]["key"] == anna.said("welcome")[0]["person"]["key"]


async def test_of_many_states_the_last_counts(server: Server) -> None:
    """SPEC P3."""
    stage = set_stage(server.home, people=2, notes=0)
    async with two_people(stage, server) as (anna, ben):
        for clock in range(1, 101):
            await anna.point(clock, cursor=[clock, 60, None])
        id = anna.document.client_id
        await ben.until(lambda: id in ben.states and ben.states[id]["cursor"][0] == 100)
