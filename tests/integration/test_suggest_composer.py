"""The composer that is shipped, asked over real sockets."""

from collections.abc import Iterator

import pytest

from generation.benches.stage import BAR, Stage, set_stage
from tests.integration import weightless
from tests.integration.server import Server, running_server
from tests.integration.suggestion_client import SuggestionClient


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as started:
        yield started


@pytest.fixture
def stage(server: Server) -> Stage:
    return set_stage(server.home)


async def music(owner: SuggestionClient, region: dict[str, object], **more: object) -> list[object]:
    """What both candidates hold in the end, without the ids."""
    asked = await owner.ask(region, **more)
    await owner.hear("done", id=asked, state="ready")
    return [[note[1:] for note in owner.notes(asked, index)] for index in (0, 1)]


@pytest.mark.parametrize("kind", ["continue", "infill"])
async def test_the_same_seed_writes_the_same_music(server: Server, stage: Stage, kind: str) -> None:
    start = stage.end if kind == "continue" else 2 * BAR
    region = {"tracks": stage.tracks[:2], "start": start, "end": start + 2 * BAR}
    async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
        owner.patience = 60.0
        one = await music(owner, region, kind=kind, seed=11)
        other = await music(owner, region, kind=kind, seed=12)
        again = await music(owner, region, kind=kind, seed=11)
    assert one == again
    assert one != other
    notes = [note for candidate in (*one, *other) for note in candidate]  # type: ignore[attr-defined]
    assert notes
    for track, pitch, begin, duration, velocity in notes:
        assert track in region["tracks"]  # type: ignore[operator]
        assert 0 <= pitch <= 127 and 1 <= velocity <= 127
        assert start <= begin < begin + duration <= start + 2 * BAR


async def test_missing_weights_name_the_command_that_trains_them() -> None:
    with running_server(environment={"ANTIPHON_ENGINES": weightless.CHOICE}) as server:
        stage = set_stage(server.home)
        async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
            owner.patience = 60.0
            region = {"tracks": stage.tracks[:1], "start": stage.end, "end": stage.end + BAR}
            asked = await owner.ask(region)
            failed = await owner.hear("failed", id=asked)
            assert failed["code"] == "no_weights"
            assert "manage.py train_composer" in failed["text"]
