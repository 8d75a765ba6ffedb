"""How soon a suggestion answers, how fast it writes, and what editing pays for it."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from typing import Any, Final

from collaboration.benches.crowd import Ledger, Singer
from collaboration.benches.house import House, running_house
from generation.benches.percentiles import percentiles
from generation.benches.stage import BAR, Stage, set_stage
from generation.benches.visitor import Visitor

NAME: Final = "suggest"
HELP: Final = "request to first note warm and cold, symbols a second, cancel, cost to editing"

WARM: Final = 20
COLD: Final = 12
CANCELS: Final = 10
BARS: Final = 16
WAKE_SECONDS: Final = 120.0
EDITORS: Final = 10
EDITS_PER_SECOND: Final = 2.0
EDITING_SECONDS: Final = 12.0

Report = Callable[[str], None]


def run(report: Report) -> dict[str, object]:
    """Measure against a server of this bench's own, with the engine that is shipped."""
    with running_house() as house:
        return asyncio.run(_all(house, report))


async def _all(house: House, report: Report) -> dict[str, object]:
    figures: dict[str, object] = {}
    stage = set_stage(house.home, bars=BARS)
    async with _visit(house, stage) as visitor:
        visitor.patience = WAKE_SECONDS
        began = time.perf_counter()
        first = await visitor.ask(_region(stage), seed=0)
        await visitor.hear("note", id=first)
        figures["wake_s"] = round(time.perf_counter() - began, 1)
        report(f"server started to first note: {figures['wake_s']} s")
        figures["symbols_per_second"] = await _speed(visitor, stage, report)
        warm = [await _first_note(visitor, stage, seed) for seed in range(WARM)]
        figures["cancel_ms"] = await _cancels(visitor, stage, report)
    cold = []
    for seed in range(COLD):
        fresh = set_stage(house.home, bars=BARS + seed)
        async with _visit(house, fresh) as visitor:
            await visitor.hear("open")
            cold.append(await _first_note(visitor, fresh, seed))
    figures["first_note_ms"] = {"warm": percentiles(warm), "cold": percentiles(cold)}
    report(f"request to first note: {figures['first_note_ms']}")
    figures["editing_ms"] = await _editing(house, stage, report)
    return figures


async def _first_note(visitor: Visitor, stage: Stage, seed: int) -> float:
    """Milliseconds from the request to the first note of any candidate."""
    began = time.perf_counter()
    asked = await visitor.ask(_region(stage), seed=seed)
    note = await visitor.hear("note", id=asked)
    delay = 1000.0 * (visitor.when(note) - began)
    await visitor.say("cancel", id=asked)
    await visitor.hear("cancelled", id=asked)
    await asyncio.sleep(0.2)
    return delay


async def _speed(visitor: Visitor, stage: Stage, report: Report) -> dict[str, float]:
    """What the engine itself counts: symbols a second of one candidate, alone and of two."""
    speeds = {}
    for candidates in (1, 2):
        asked = await visitor.ask(_region(stage), seed=3, candidates=candidates)
        done = await visitor.hear("done", id=asked, candidate=candidates - 1)
        await visitor.hear("done", id=asked, state="ready")
        if "symbols_per_second" in done["stats"]:
            speeds[str(candidates)] = round(done["stats"]["symbols_per_second"], 1)
    report(f"symbols a second of each candidate, by how many are written: {speeds}")
    return speeds


async def _cancels(visitor: Visitor, stage: Stage, report: Report) -> dict[str, float]:
    delays = []
    for seed in range(CANCELS):
        asked = await visitor.ask(_region(stage), seed=seed)
        await visitor.hear("note", id=asked)
        began = time.perf_counter()
        await visitor.say("cancel", id=asked)
        cancelled = await visitor.hear("cancelled", id=asked)
        delays.append(1000.0 * (visitor.when(cancelled) - began))
        await asyncio.sleep(0.2)
    found = percentiles(delays)
    report(f"cancel: {found} ms")
    return found


async def _editing(house: House, stage: Stage, report: Report) -> dict[str, float]:
    """Edit to seen among ten people, quiet and while the engine writes without a pause."""
    quiet = await _crowd(house, house.stage(people=EDITORS, notes=0))
    async with _visit(house, stage) as visitor:
        busy = asyncio.create_task(_keep_asking(visitor, stage))
        generating = await _crowd(house, house.stage(people=EDITORS, notes=0))
        busy.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await busy
    report(f"edit to seen, p95: {quiet} ms quiet, {generating} ms while generating")
    ratio = round(generating / quiet, 2)
    return {"p95_quiet": quiet, "p95_generating": generating, "ratio": ratio}


async def _keep_asking(visitor: Visitor, stage: Stage) -> None:
    seed = 0
    while True:
        asked = await visitor.ask(_region(stage, bars=32), seed=seed)
        await visitor.wait_for(lambda: _over(visitor, asked), "the end")  # noqa: B023
        seed += 1


def _over(visitor: Visitor, asked: str) -> bool:
    ready = visitor.all("done", id=asked, state="ready")
    return bool(ready or visitor.all("failed", id=asked))


async def _crowd(house: House, stage: Any) -> float:
    """The 95th percentile from edit to seen, in milliseconds."""
    ledger = Ledger()
    singers = [Singer(ledger, watches=number < 3) for number in range(EDITORS)]
    for singer, cookie in zip(singers, stage.cookies, strict=True):
        await singer.join(house, stage.score_id, cookie)
    await asyncio.gather(*(singer.synced.wait() for singer in singers))
    await asyncio.gather(*(_edit(singer) for singer in singers))
    await asyncio.sleep(1.0)
    await asyncio.gather(*(singer.leave() for singer in singers))
    return percentiles([1000.0 * delay for delay in ledger.delays])["p95"]


async def _edit(singer: Singer) -> None:
    pause = 1.0 / EDITS_PER_SECOND
    await asyncio.sleep(random.random() * pause)
    until = time.monotonic() + EDITING_SECONDS
    while time.monotonic() < until:
        await singer.write()
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))


def _visit(house: House, stage: Stage) -> Visitor:
    address = f"{house.address(stage.score)}/suggestions"
    return Visitor(address, house.origin, stage.cookies["owner"])


def _region(stage: Stage, bars: int = 8) -> dict[str, Any]:
    return {"tracks": stage.tracks[:1], "start": stage.end, "end": stage.end + bars * BAR}
