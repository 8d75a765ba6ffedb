"""A stock y-websocket client from npm works with a valid session, without knowing about us."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient
from tests.integration.server import Server

SCRIPT = Path(__file__).with_name("stock_client.mjs")
NOTE = ["trackAb1", 60, 480, 240, 100]


class StockClient:
    """y-websocket's own provider in a Node process."""

    def __init__(self, server: Server, score_id: str, cookie: str) -> None:
        self.arguments = [f"{server.socket_url}/ws/scores", score_id, cookie, server.url]
        self.events: list[dict[str, Any]] = []

    async def __aenter__(self) -> "StockClient":
        node = shutil.which("node")
        assert node, "Node is missing: install Node 20.19 or newer"
        self.process = await asyncio.create_subprocess_exec(
            node, str(SCRIPT), *self.arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        return self

    async def __aexit__(self, *error: object) -> None:
        self.say(do="quit")
        await self.process.wait()

    def say(self, **command: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(command).encode() + b"\n")

    async def until(self, event: str, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first event of a kind, from now on, that fits."""
        assert self.process.stdout
        while True:
            line = await asyncio.wait_for(self.process.stdout.readline(), 15)
            assert line, f"the stock client ended; it said {self.events[-5:]}"
            heard = json.loads(line)
            self.events.append(heard)
            if heard["event"] == event and fits(heard):
                return heard


async def test_a_stock_client_syncs_edits_and_sees_edits(server: Server) -> None:
    stage = set_stage(server.home, people=2, notes=40)
    async with (
        StockClient(server, stage.score_id, stage.cookies[0]) as stock,
        RoomClient(server, stage.score_id, stage.cookies[1]) as ben,
    ):
        synced = await stock.until("sync", lambda event: event["synced"])
        assert synced["notes"] == 40, "complete at synced"
        await ben.sync()
        stock.say(do="set", key="aB3dE5gH7j", value=NOTE)
        await ben.until(lambda: ben.content().get("aB3dE5gH7j") == NOTE, "the stock edit")
        await ben.put({"bB3dE5gH7j": NOTE})
        seen = await stock.until("notes", lambda event: "bB3dE5gH7j" in event["keys"])
        assert seen["keys"]["bB3dE5gH7j"] == NOTE
        stock.say(do="delete", key="aB3dE5gH7j")
        await ben.until(lambda: "aB3dE5gH7j" not in ben.content(), "the deletion")


async def test_a_stock_client_sees_presence_signed_by_the_server(server: Server) -> None:
    """SPEC P1, P2."""
    stage = set_stage(server.home, people=2, notes=0)
    async with (
        StockClient(server, stage.score_id, stage.cookies[0]) as stock,
        RoomClient(server, stage.score_id, stage.cookies[1]) as ben,
    ):
        await stock.until("sync")
        await ben.sync()
        stock.say(do="point", state={"cursor": [480, 60, "trackAb1"], "user": {"name": "Liar"}})
        await ben.until(lambda: any("cursor" in state for state in ben.states.values()))
        (state,) = ben.states.values()
        assert state["cursor"] == [480, 60, "trackAb1"]
        assert state["user"]["name"] == "Oboe"
        await ben.point(1, cursor=[960, 64, None])
        mine = str(ben.document.client_id)
        heard = await stock.until("awareness", lambda event: mine in event["states"])
        assert heard["states"][mine]["cursor"] == [960, 64, None]


async def test_a_stock_client_survives_a_kill_of_the_server(own_server: Server) -> None:
    """SPEC W3: it reconnects by itself, and what it did offline arrives."""
    stage = set_stage(own_server.home, people=2, notes=3)
    async with StockClient(own_server, stage.score_id, stage.cookies[0]) as stock:
        await stock.until("sync", lambda event: event["synced"])
        own_server.kill()
        await stock.until("close")
        stock.say(do="set", key="offline001", value=NOTE)
        own_server.start()
        await stock.until("sync", lambda event: event["synced"])
        async with RoomClient(own_server, stage.score_id, stage.cookies[1]) as ben:
            await ben.sync()
            await ben.until(lambda: "offline001" in ben.content(), "the offline edit")
