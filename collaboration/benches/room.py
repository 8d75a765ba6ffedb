"""How quick and how sure a room is: edits seen, joins, and what a kill -9 costs."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from typing import Final

from collaboration.benches.crowd import NOTES, Ledger, Singer
from collaboration.benches.house import House, running_house

NAME: Final = "room"
HELP: Final = "edit to seen for 10, 50, 200 people, joins, kill -9, stalled readers"

CROWDS: Final = (10, 50, 200)
EDITS_PER_SECOND: Final = 5
SECONDS: Final = 8.0
WATCHERS: Final = 5
JOINS: Final = {"1k": 1_000, "10k": 10_000, "100k": 100_000}
KILLS: Final = 3
STALLED: Final = 5
LARGE: Final = 200_000
TRAFFIC: Final = 20_000_000

Report = Callable[[str], None]


def run(report: Report) -> dict[str, object]:
    """Measure everything against servers of this bench's own."""
    figures: dict[str, object] = {}
    with running_house() as house:
        figures["clients"] = {
            str(people): asyncio.run(_crowd(house, people, SECONDS, report)) for people in CROWDS
        }
        figures["join_ms"] = {
            name: _joins(house, name, notes, report) for name, notes in JOINS.items()
        }
        figures["kill9"] = _kills(house, report)
        figures["stalled"] = asyncio.run(_stalled(house, report))
    return figures


async def _crowd(house: House, people: int, seconds: float, report: Report) -> dict[str, object]:
    stage = house.stage(people=people, notes=0)
    ledger = Ledger()
    singers = [Singer(ledger, watches=number < WATCHERS) for number in range(people)]
    for singer, cookie in zip(singers, stage.cookies, strict=True):
        await singer.join(house, stage.score_id, cookie)
    await asyncio.gather(*(singer.synced.wait() for singer in singers))
    await asyncio.gather(*(_sing(singer, seconds) for singer in singers))
    await _until(lambda: len(ledger.acked) == len(ledger.sent), 20)
    await asyncio.gather(*(singer.leave() for singer in singers))
    kept = await _kept(house, stage.score_id, stage.cookies[0])
    lost = len((ledger.acked | ledger.seen) - kept)
    p50, p95, p99 = (_percentile(ledger.delays, share) for share in (0.5, 0.95, 0.99))
    report(
        f"{people:4} people: p50 {p50:.1f}  p95 {p95:.1f}  p99 {p99:.1f} ms; "
        f"{len(ledger.sent)} edits, {len(ledger.acked)} acked, {lost} lost"
    )
    return {
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "edits": len(ledger.sent),
        "acked": len(ledger.acked),
        "lost": lost,
    }


async def _sing(singer: Singer, seconds: float) -> None:
    pause = 1 / EDITS_PER_SECOND
    await asyncio.sleep(random.random() * pause)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await singer.write()
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))


def _joins(house: House, name: str, notes: int, report: Report) -> dict[str, float]:
    stage = house.stage(people=1, notes=notes)
    house.kill()
    house.start()

    async def join() -> float:
        began = time.perf_counter()
        singer = Singer(Ledger(), watches=False)
        await singer.join(house, stage.score_id, stage.cookies[0])
        await singer.synced.wait()
        took = (time.perf_counter() - began) * 1000
        assert len(NOTES.findall(singer.document)) == notes, "synced means complete"
        await singer.leave()
        return round(took, 1)

    cold = asyncio.run(join())
    warm = asyncio.run(join())
    report(f"{name:>5} notes: join cold {cold:.0f} ms, warm {warm:.0f} ms")
    return {"cold": cold, "warm": warm}


def _kills(house: House, report: Report) -> dict[str, int]:
    lost_acked = lost_seen = 0
    for _ in range(KILLS):
        acked, seen = asyncio.run(_kill(house))
        lost_acked += acked
        lost_seen += seen
    report(f"kill -9, {KILLS} rounds: {lost_acked} acked and {lost_seen} seen edits lost")
    return {"rounds": KILLS, "lost_acked": lost_acked, "lost_seen": lost_seen}


async def _kill(house: House) -> tuple[int, int]:
    stage = house.stage(people=10, notes=0)
    ledger = Ledger()
    singers = [Singer(ledger, watches=number < WATCHERS) for number in range(10)]
    for singer, cookie in zip(singers, stage.cookies, strict=True):
        await singer.join(house, stage.score_id, cookie)
    await asyncio.gather(*(singer.synced.wait() for singer in singers))
    work = [asyncio.create_task(_sing(singer, 30)) for singer in singers]
    await asyncio.sleep(1 + random.random())
    house.kill()
    await asyncio.gather(*work, return_exceptions=True)
    await asyncio.gather(*(singer.leave() for singer in singers))
    house.start()
    kept = await _kept(house, stage.score_id, stage.cookies[0])
    return len(ledger.acked - kept), len(ledger.seen - kept)


async def _stalled(house: House, report: Report) -> dict[str, float]:
    """Five readers who never read while 20 MB are written; what they cost, when they are gone."""
    house.kill()
    house.start()
    stage = house.stage(people=STALLED + 1, notes=0)
    writer = Singer(Ledger(), watches=False)
    await writer.join(house, stage.score_id, stage.cookies[0])
    await writer.synced.wait()
    await writer.overwrite(LARGE)
    await _until(lambda: writer.acked > 1, 20)
    readers = [Singer(Ledger(), watches=False, reads=False) for _ in range(STALLED)]
    for reader, cookie in zip(readers, stage.cookies[1:], strict=True):
        await reader.join(house, stage.score_id, cookie)
    before, began = house.resident_bytes(), time.monotonic()
    most = before
    for _ in range(TRAFFIC // LARGE):
        await writer.overwrite(LARGE)
        await asyncio.sleep(0.05)
        most = max(most, house.resident_bytes())
    await _until(lambda: house.connections() == 1, 40)
    closed = round(time.monotonic() - began, 1)
    await writer.leave()
    growth = round((max(most, house.resident_bytes()) - before) / 2**20, 1)
    report(f"{STALLED} stalled readers, 20 MB: memory +{growth} MB, closed after {closed} s")
    return {"rss_growth_mb": growth, "closed_s": closed}


async def _kept(house: House, score_id: str, cookie: str) -> set[bytes]:
    reader = Singer(Ledger(), watches=False)
    await reader.join(house, score_id, cookie)
    await reader.synced.wait()
    await reader.leave()
    return set(NOTES.findall(reader.document))


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        await asyncio.sleep(0.05)


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[int(share * (len(ordered) - 1))] * 1000, 1)
