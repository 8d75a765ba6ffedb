"""Two server processes over one PostgreSQL, with Redis, without it, and while it is away."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from collaboration.benches.stage import Stage, set_stage
from collaboration.benches.throwaway import Postgres, Redis, running_postgres, running_redis
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server

NOTE = ["trackAb1", 60, 480, 240, 100]


@dataclass
class Street:
    """Two houses that share a database and a Redis."""

    first: Server
    second: Server
    postgres: Postgres
    redis: Redis

    def stage(self, people: int) -> Stage:
        environment = self.first.environment
        return set_stage(self.first.home, people=people, notes=0, environment=environment)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    home: Path = tmp_path_factory.mktemp("street")
    with running_postgres() as postgres, running_redis() as redis:
        environment = {
            "ANTIPHON_DATABASE": postgres.new_database(),
            "ANTIPHON_REDIS": redis.url,
        }
        first, second = (Server(home, environment=environment) for _ in range(2))
        second.log = home / "second.log"
        try:
            first.start()
            second.start()
            yield Street(first, second, postgres, redis)
            for server in (first, second):
                server.stop()
        finally:
            first.end_group()
            second.end_group()


async def write(client: RoomClient, name: str, count: int) -> None:
    for number in range(count):
        await client.put({f"{name}{number:08d}": NOTE})
        await asyncio.sleep(0.02)


async def test_they_write_one_score_and_see_each_other(street: Street) -> None:
    """SPEC W3, W6, W7, P2, P4."""
    stage = street.stage(2)
    async with two_people(stage, street.first, street.second) as (anna, ben):
        await asyncio.gather(write(anna, "a0", 50), write(ben, "b0", 50))
        await anna.stored()
        await ben.stored()
        await anna.counts(100)
        await ben.counts(100)
        assert anna.content() == ben.content()
        own = anna.document.client_id
        await anna.point(1, cursor=[480, 60, None])
        await ben.until(lambda: own in ben.states, "the other's cursor")
        assert ben.states[own]["cursor"] == [480, 60, None]
    # Whoever has gone is seen to go in the other process too.
    async with RoomClient(street.second, stage.score_id, stage.cookies[1]) as ben:
        await ben.sync()
        async with RoomClient(street.first, stage.score_id, stage.cookies[0]) as anna:
            await anna.sync()
            await anna.point(1, cursor=[0, 60, None])
            own = anna.document.client_id
            await ben.until(lambda: own in ben.states, "the other's cursor")
        await ben.until(lambda: ben.states[own] is None, "the other is gone")


async def test_an_outage_of_redis_costs_time_and_nothing_else(street: Street) -> None:
    """SPEC W3, W6, W7."""
    stage = street.stage(2)
    async with two_people(stage, street.first, street.second) as (anna, ben):
        street.redis.stop()
        await asyncio.gather(write(anna, "a1", 50), write(ben, "b1", 50))
        await anna.stored()
        await ben.stored()
        await anna.counts(100)
        await ben.counts(100)
        street.redis.start()
        await write(anna, "a2", 10)
        await ben.counts(110)
        own = anna.document.client_id

        async def shows() -> None:
            for tick in range(200):
                await anna.point(tick + 1, cursor=[tick, 60, None])
                await asyncio.sleep(0.1)

        showing = asyncio.create_task(shows())
        await ben.until(lambda: own in ben.states, "the other's cursor over the new Redis")
        showing.cancel()
        assert anna.content() == ben.content()
        assert anna.close_code is None
        assert ben.close_code is None


async def test_an_outage_of_the_database_acks_nothing_and_loses_nothing(street: Street) -> None:
    """SPEC W3, W5: every thread of the server has to find its way to the new database."""
    stage = street.stage(2)
    anna = RoomClient(street.first, stage.score_id, stage.cookies[0])
    ben = RoomClient(street.second, stage.score_id, stage.cookies[1])
    await anna.connect()
    await ben.connect()
    await anna.sync()
    await ben.sync()
    await anna.put({"before0001": NOTE})
    await ben.has("before0001")
    street.postgres.stop()
    acked = anna.acked
    await anna.put({"waiting001": NOTE})
    assert await anna.closed() == 1013
    assert anna.acked == acked
    assert "waiting001" not in ben.content()
    street.postgres.start()
    await anna.leave()
    await anna.connect()
    await anna.sync()
    await anna.stored()
    await ben.has("waiting001")
    # The rooms' threads, one after the other, meet the connections that broke.
    await write(anna, "a3", 20)
    await write(ben, "b3", 20)
    await anna.counts(42)
    await ben.counts(42)
    assert ben.close_code is None
    await anna.leave()
    await ben.leave()
