"""The pool and its worker: questions wait for it to wake, and one that hangs is given up."""

import asyncio
from typing import Any

import pytest

from generation import pool as pools
from generation.pool import EmbeddedPool
from generation.worker.packing import pack_request
from tests.unit.generation.questions import question

HANGING = "Mute|continue|tests.unit.generation.questions:HangingEngine"


class Ear:
    """Keeps what a listener is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []
        self.news = asyncio.Event()

    def _take(self, *event: Any) -> None:
        self.heard.append(event)
        self.news.set()

    def begins(self) -> None:
        self._take("begins")

    def interrupted(self) -> None:
        self._take("interrupted")

    def note(self, candidate: int, note: list[Any], logp: float) -> None:
        self._take("note", candidate, note)

    def progress(self, candidate: int, tick: int) -> None:
        self._take("progress", candidate, tick)

    def done(self, candidate: int, stats: dict[str, float]) -> None:
        self._take("done", candidate)

    def end(self) -> None:
        self._take("end")

    def failed(self, code: str, text: str) -> None:
        self._take("failed", code)

    async def until(self, *event: Any) -> None:
        async with asyncio.timeout(20):
            while event not in self.heard:
                self.news.clear()
                await self.news.wait()


async def test_an_engine_that_hangs_is_given_up_and_the_pool_lives_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTIPHON_ENGINES", HANGING)
    monkeypatch.setattr(pools, "STALL_SECONDS", 1.0)
    pool = EmbeddedPool()
    hangs, answers = Ear(), Ear()
    try:
        assert not pool.awake
        pool.propose(pack_request(question(seed=0)), hangs)
        await hangs.until("failed", "too_slow")
        assert hangs.heard[0] == ("begins",)
        pool.propose(pack_request(question(seed=1)), answers)
        await answers.until("end")
        assert ("note", 0, ["trackAb1", 61, 480, 120, 80]) in answers.heard
        job = pool.propose(pack_request(question(seed=0)), silent := Ear())
        pool.cancel(job)
        await asyncio.sleep(0)
        assert silent.heard == [("begins",)]
    finally:
        await pool.close()
