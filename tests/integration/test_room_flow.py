"""Sockets that read slowly, or not at all."""

import asyncio

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient
from tests.integration.server import Server

BULK = 5_000


def bulk(number: int) -> dict[str, list[int | str]]:
    return {
        f"b{number:03d}n{index:05d}": ["trackAb1", 60, index, 240, 100] for index in range(BULK)
    }


async def test_a_reader_without_receipts_is_closed_and_costs_little(own_server: Server) -> None:
    """SPEC B3, B4. Its document stays behind; others are served meanwhile."""
    stage = set_stage(own_server.home, people=3, notes=0)
    async with (
        RoomClient(own_server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(own_server, stage.score_id, stage.cookies[1]) as ben,
        RoomClient(own_server, stage.score_id, stage.cookies[2], receipts=False) as silent,
    ):
        for client in (anna, ben, silent):
            await client.sync()
        for number in range(15):
            await anna.put(bulk(number))
            await anna.stored()
        await ben.until(lambda: len(ben.notes) == 15 * BULK, "all notes")
        await asyncio.sleep(0.5)
        assert silent.bytes < 2 * 1024 * 1024 < ben.bytes
        assert await silent.closed() == 4408


async def test_a_reader_that_comes_back_gets_everything(server: Server) -> None:
    """SPEC B3."""
    stage = set_stage(server.home, people=2, notes=0)
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1], receipts=False) as slow,
    ):
        await anna.sync()
        await slow.sync()
        for number in range(10):
            await anna.put(bulk(number))
            await anna.stored()
        await asyncio.sleep(0.5)
        assert len(slow.notes) < 10 * BULK
        slow.receipts = True
        await slow.say(t="got", bytes=slow.bytes)
        await slow.until(lambda: len(slow.notes) == 10 * BULK, "the rest")
        await anna.put({"liveAgain1": bulk(0)["b000n00000"]})
        await slow.until(lambda: "liveAgain1" in slow.content(), "a live edit")


async def test_a_stock_client_gives_receipts_by_answering(server: Server) -> None:
    """SPEC B2."""
    stage = set_stage(server.home, people=2, notes=0)
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1], hello=False) as stock,
    ):
        await anna.sync()
        await stock.sync()
        answered = stock.sent
        for number in range(10):
            await anna.put(bulk(number))
            await anna.stored()
        await stock.until(lambda: len(stock.notes) == 10 * BULK, "all notes")
        assert stock.sent - answered >= 5


async def test_a_receipt_for_what_was_never_sent_is_garbage(server: Server) -> None:
    """SPEC B1, F6."""
    stage = set_stage(server.home, people=1, notes=0)
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        await anna.say(t="got", bytes=10**9)
        assert await anna.closed() == 4400
