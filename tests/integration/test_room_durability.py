"""Seen by anyone or acked = durable: kill -9, a locked database, two processes."""

import asyncio
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server, running_server

NOTE = ["trackAb1", 60, 480, 240, 100]


async def compose(client: RoomClient, name: str, rounds: int) -> set[str]:
    """Write notes one after the other until the socket ends; those that were acked."""
    first = client.sent
    notes = [f"{name}{number:08d}" for number in range(rounds)]
    for note in notes:
        if client.close_code is not None:
            break
        try:
            await client.put({note: NOTE})
        except Exception:
            break
        await asyncio.sleep(random.random() * 0.05)
    return set(notes[: max(0, client.acked - first)])


@pytest.mark.parametrize("round", range(3))
async def test_kill_9_under_load_loses_nothing_acked_or_seen(
    own_server: Server, round: int
) -> None:
    """SPEC W3."""
    stage = set_stage(own_server.home, people=4, notes=0)
    clients = [RoomClient(own_server, stage.score_id, cookie) for cookie in stage.cookies]
    for client in clients:
        await client.connect()
        await client.sync()
    await asyncio.sleep(0.2)
    work = [
        asyncio.create_task(compose(client, f"p{number}", 400))
        for number, client in enumerate(clients)
    ]
    await asyncio.sleep(1 + random.random())
    own_server.kill()
    acked = set().union(*await asyncio.gather(*work))
    assert acked
    # What a client saw of others, it can only have from the server.
    seen = {
        note
        for number, client in enumerate(clients)
        for note in client.content()
        if not note.startswith(f"p{number}")
    }
    own_server.start()
    async with RoomClient(own_server, stage.score_id, stage.cookies[0]) as reader:
        await reader.sync()
        kept = set(reader.content())
    assert acked - kept == set()
    assert seen - kept == set()
    # Those who were cut off come back with what they have; nothing of theirs is lost either.
    for client in clients:
        await client.connect()
        await client.sync()
        await client.stored()
    everything = set().union(*(client.content() for client in clients))
    await clients[0].has(*everything)
    for client in clients:
        await client.leave()


async def test_while_the_database_is_locked_nothing_is_shown_or_acked(
    own_server: Server,
) -> None:
    """SPEC W3, W5."""
    stage = set_stage(own_server.home, people=2, notes=0)
    async with two_people(stage, own_server) as (anna, ben):
        await anna.stored()
        lock = sqlite3.connect(_database(own_server.home), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        await anna.put({"waiting001": NOTE})
        await asyncio.sleep(2)
        assert "waiting001" not in ben.content()
        assert anna.acked < anna.sent
        late = RoomClient(own_server, stage.score_id, stage.cookies[1])
        joining = asyncio.create_task(late.connect())
        await asyncio.sleep(0.5)
        assert "waiting001" not in late.content(), "a joiner gets committed content alone"
        lock.execute("ROLLBACK")
        lock.close()
        await ben.has("waiting001")
        await anna.stored()
        await joining
        await late.has("waiting001")
        await late.leave()


def _database(home: Path) -> Path:
    (found,) = [path for path in home.glob("*.sqlite3") if path.stat().st_size]
    return found


class SecondDoor:
    """Another server process over the home of the first."""

    def __init__(self, first: Server) -> None:
        self.server = Server(first.home)
        self.server.log = first.home / "second.log"

    def __enter__(self) -> Server:
        self.server.start()
        return self.server

    def __exit__(self, *error: object) -> None:
        self.server.kill()


async def test_two_processes_on_one_score_converge() -> None:
    """SPEC W6: no hint passes between them here; the poll of heads alone heals."""
    with running_server() as first, SecondDoor(first) as second:
        stage = set_stage(first.home, people=2, notes=0)
        async with (
            RoomClient(first, stage.score_id, stage.cookies[0]) as anna,
            RoomClient(second, stage.score_id, stage.cookies[1]) as ben,
        ):
            await anna.sync()
            await ben.sync()
            await asyncio.gather(compose(anna, "a0", 60), compose(ben, "b0", 60))
            await anna.stored()
            await ben.stored()
            await anna.counts(120)
            await ben.counts(120)
            await ben.edit(lambda: ben.notes.pop("a000000001"))
            await anna.until(lambda: "a000000001" not in anna.content(), "the deletion")
            contents: list[Any] = [anna.content(), ben.content()]
            assert contents[0] == contents[1]
            assert anna.close_code is None
            assert ben.close_code is None
