"""Candidates are sung over real sockets, while they arrive and afterwards."""

import asyncio
from collections.abc import Iterator

import numpy as np
import pytest

from generation.benches.stage import BAR, Stage, set_stage
from tests.integration.canon_engine import CHOICE
from tests.integration.server import Server, running_server
from tests.integration.suggestion_client import SuggestionClient
from tests.integration.test_suggest_worker import kill_worker

SECONDS_A_BAR = 2.0
TAIL = 0.2


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(environment={"ANTIPHON_ENGINES": CHOICE}) as started:
        yield started


@pytest.fixture(scope="module")
def stage(server: Server) -> Stage:
    return set_stage(server.home, roles="owner,viewer")


async def ask(
    asker: SuggestionClient, stage: Stage, *, slow: bool = False, **changes: object
) -> str:
    region = {"tracks": [stage.tracks[0]], "start": stage.end, "end": stage.end + 4 * BAR}
    message = {"ref": "asked", "kind": "continue", "region": region, "seed": 7, "candidates": 1,
               "controls": {"temperature": 2.0 if slow else 1.0}, **changes}  # fmt: skip
    await asker.say("suggest", **message)
    return str((await asker.hear("opened", ref="asked"))["id"])


async def preview(listener: SuggestionClient, asked: str, **changes: object) -> int:
    ref = f"preview {len(listener.heard)}"
    message = {"candidate": 0, "voice": "singer", "settings": {}, "tempo": None, **changes}
    await listener.say("preview", ref=ref, id=asked, **message)
    stream = await listener.hear("stream", ref=ref)
    assert (stream["id"], stream["rate"], stream["channels"]) == (asked, 24_000, 1)
    return int(stream["stream"])


async def test_it_sings_while_the_notes_still_arrive(server: Server, stage: Stage) -> None:
    async with (
        SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner,
        SuggestionClient(server, stage.score, stage.cookies["viewer"]) as viewer,
    ):
        long = {"tracks": [stage.tracks[0]], "start": stage.end, "end": stage.end + 60 * BAR}
        asked = await ask(owner, stage, slow=True, region=long)
        await viewer.hear("note", id=asked)
        stream = await preview(viewer, asked)
        await viewer.wait_for(lambda: len(viewer.frames.get(stream, [])) >= 3)
        assert not viewer.all("done", id=asked)
        assert not viewer.all("streamEnd")
        await owner.say("cancel", id=asked)
        end = await viewer.hear("streamEnd", stream=stream)
        sung = viewer.samples(stream)
        assert viewer.finished(stream)
        last = viewer.notes(asked, 0)[-1]
        bars = (last[3] + last[4] - stage.end) / BAR
        assert end["samples"] == len(sung)
        assert len(sung) == pytest.approx((bars * SECONDS_A_BAR + TAIL) * 24_000, abs=1.0)
        assert [sequence for sequence, _, _ in viewer.frames[stream]] == list(
            range(len(viewer.frames[stream]))
        )
        assert 0.05 < np.sqrt(np.mean(sung**2)) < 0.3
        assert np.abs(sung).max() < 0.891
        # Heard again it is the same sound, now from the shelf; at another tempo it is not.
        again = await preview(viewer, asked)
        await viewer.hear("streamEnd", stream=again)
        assert np.array_equal(viewer.samples(again), sung)
        quick = await preview(viewer, asked, tempo=240)
        end = await viewer.hear("streamEnd", stream=quick)
        expected = (bars * SECONDS_A_BAR / 2 + TAIL) * 24_000
        assert end["samples"] == pytest.approx(expected, abs=1.0)
        assert not owner.frames


async def test_at_most_four_frames_are_ahead_of_the_ear(server: Server, stage: Stage) -> None:
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        asked = await ask(owner, stage)
        await owner.hear("done", id=asked)
        owner.acknowledges = False
        stream = await preview(owner, asked)
        await owner.wait_for(lambda: len(owner.frames.get(stream, [])) == 4)
        await asyncio.sleep(0.5)
        assert len(owner.frames[stream]) == 4
        await owner.say("received", stream=stream, sequence=9999)
        await owner.wait_for(lambda: len(owner.frames[stream]) == 8)
        await asyncio.sleep(0.2)
        assert len(owner.frames[stream]) == 8
        await owner.say("stop", stream=stream)
        await owner.say("received", stream=stream, sequence=7)
        owner.acknowledges = True
        other = await preview(owner, asked)
        await owner.hear("streamEnd", stream=other)
        assert len(owner.frames[stream]) == 8


async def test_a_killed_voice_goes_on_where_it_was(server: Server, stage: Stage) -> None:
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        asked = await ask(owner, stage, slow=True)
        await owner.hear("note", id=asked)
        stream = await preview(owner, asked)
        await owner.wait_for(lambda: len(owner.frames.get(stream, [])) >= 2)
        kill_worker(server, "singing")
        await owner.hear("streamEnd", stream=stream)
        # At the score's own tempo, but as another recording.
        fresh = await preview(owner, asked, tempo=120)
        await owner.hear("streamEnd", stream=fresh)
        assert np.abs(owner.samples(stream) - owner.samples(fresh)).max() < 1e-4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"voice": "whistler"}, "voice"),
        ({"settings": {"vowels": "xyz"}}, "settings"),
        ({"settings": {"vibrato": 2}}, "settings"),
        ({"settings": {"gain": 1}}, "settings"),
        ({"tempo": 0}, "settings"),
        ({"candidate": 3}, "not_found"),
    ],
)
async def test_a_preview_that_cannot_be_is_explained(
    server: Server, stage: Stage, changes: dict[str, object], code: str
) -> None:
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        asked = await ask(owner, stage)
        await owner.hear("done", id=asked)
        message = {"candidate": 0, "voice": "singer", "settings": {}, "tempo": None, **changes}
        await owner.say("preview", ref="wrong", id=asked, **message)
        assert (await owner.hear("error", ref="wrong"))["code"] == code
        assert not owner.frames


async def test_drums_are_not_sung(server: Server, stage: Stage) -> None:
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        region = {"tracks": [stage.tracks[2]], "start": stage.end, "end": stage.end + BAR}
        asked = await ask(owner, stage, region=region)
        await owner.hear("done", id=asked)
        await owner.say("preview", ref="drums", id=asked, candidate=0, voice="singer", settings={},
                        tempo=None)  # fmt: skip
        assert (await owner.hear("error", ref="drums"))["code"] == "nothing_to_sing"


async def test_a_voice_that_dies_twice_says_so(server: Server, stage: Stage) -> None:
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        long = {"tracks": [stage.tracks[0]], "start": stage.end, "end": stage.end + 40 * BAR}
        asked = await ask(owner, stage, slow=True, region=long)
        await owner.hear("note", id=asked)
        stream = await preview(owner, asked)
        for _ in range(2):
            heard = len(owner.frames.get(stream, []))
            await owner.wait_for(lambda: len(owner.frames.get(stream, [])) > heard)  # noqa: B023
            kill_worker(server, "singing")
            await asyncio.sleep(0.3)
        assert (await owner.hear("error", stream=stream))["code"] == "voice_failed"
        assert not owner.finished(stream)
        await owner.say("cancel", id=asked)
        again = await preview(owner, asked)
        assert await owner.hear("streamEnd", stream=again)
