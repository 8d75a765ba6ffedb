"""Workers and servers that die: what was asked is finished, or said to have failed."""

import os
import signal
import time
from pathlib import Path

import pytest

from generation.benches.stage import BAR, Stage, set_stage
from tests.integration.canon_engine import CHOICE
from tests.integration.server import Server, running_server
from tests.integration.suggestion_client import SuggestionClient

SLOW = {"temperature": 2.0, "density": 2.0}


@pytest.fixture
def own_server():
    with running_server(environment={"ANTIPHON_ENGINES": CHOICE}) as started:
        yield started


def workers(server: Server, role: str) -> list[int]:
    """Process ids of the server's workers of this role."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
            parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if b"generation.worker" in command and role.encode() in command and parent == server.pid:
            found.append(int(place.name))
    return found


def kill_worker(server: Server, role: str) -> None:
    (pid,) = workers(server, role)
    os.kill(pid, signal.SIGKILL)


async def ask(asker: SuggestionClient, stage: Stage, *, seed: int, bars: int = 4) -> str:
    region = {"tracks": [stage.tracks[0]], "start": stage.end, "end": stage.end + bars * BAR}
    ref = f"ref {len(asker.heard)}"
    await asker.say("suggest", ref=ref, kind="continue", region=region, controls=SLOW, seed=seed,
                    candidates=2)  # fmt: skip
    return str((await asker.hear("opened", ref=ref))["id"])


async def test_a_killed_worker_is_started_again_and_the_music_goes_on(own_server: Server) -> None:
    stage = set_stage(own_server.home)
    async with SuggestionClient(own_server, stage.score, stage.cookies["owner"]) as owner:
        whole = await ask(owner, stage, seed=7)
        await owner.hear("done", id=whole, candidate=1)
        cut = await ask(owner, stage, seed=7)
        await owner.wait_for(lambda: len(owner.notes(cut, 1)) >= 5)
        kill_worker(own_server, "thinking")
        await owner.hear("progress", id=cut, state="waking")
        await owner.hear("done", id=cut, candidate=1)
        for candidate in (0, 1):
            music = [note[1:] for note in owner.notes(whole, candidate)]
            assert [note[1:] for note in owner.notes(cut, candidate)] == music
            assert len(owner.all("done", id=cut, candidate=candidate)) == 1


async def test_a_request_that_kills_twice_fails_and_the_next_one_works(own_server: Server) -> None:
    stage = set_stage(own_server.home, roles="owner,editor")
    async with SuggestionClient(own_server, stage.score, stage.cookies["owner"]) as owner:
        deadly = await ask(owner, stage, seed=13)
        failed = await owner.hear("failed", id=deadly)
        assert failed["code"] == "worker_died"
        assert "again" in failed["text"]
        after = await ask(owner, stage, seed=7)
        assert await owner.hear("done", id=after, candidate=1)
    async with SuggestionClient(own_server, stage.score, stage.cookies["editor"]) as late:
        shown = {one["id"]: one for one in (await late.hear("open"))["suggestions"]}
        assert shown[deadly]["error"]["code"] == "worker_died"
        assert shown[after]["state"] == "ready"


async def test_after_a_killed_server_all_is_there_and_the_running_one_has_failed(
    own_server: Server,
) -> None:
    stage = set_stage(own_server.home, roles="owner,editor")
    async with SuggestionClient(own_server, stage.score, stage.cookies["owner"]) as owner:
        ready = await ask(owner, stage, seed=7)
        await owner.hear("done", id=ready, candidate=1)
        kept = [note[0] for note in owner.notes(ready, 0)][:2]
        await owner.say("vote", id=ready, candidate=1, value=1)
        await owner.hear("voted", id=ready)
        await owner.say("decide", id=ready, candidate=0, verdict="accepted", notes=kept)
        await owner.hear("decided", id=ready)
        running = await ask(owner, stage, seed=8, bars=40)
        await owner.hear("note", id=running)
        time.sleep(0.5)
        orphans = workers(own_server, "thinking") + workers(own_server, "singing")
        os.kill(own_server.pid, signal.SIGKILL)
    own_server.restart()
    async with SuggestionClient(own_server, stage.score, stage.cookies["editor"]) as late:
        first, second = (await late.hear("open"))["suggestions"]
        assert (first["id"], first["state"]) == (ready, "ready")
        assert len(first["candidates"][1]["notes"]) == 32
        assert first["candidates"][0]["kept"] == kept
        assert first["candidates"][1]["votes"] == [{"key": stage.keys["owner"], "value": 1}]
        assert (second["id"], second["state"]) == (running, "failed")
        assert second["error"]["code"] == "interrupted"
    assert not [pid for pid in orphans if Path(f"/proc/{pid}/cmdline").exists()
                and b"generation" in Path(f"/proc/{pid}/cmdline").read_bytes()]  # fmt: skip


async def test_an_engine_that_cannot_start_says_why() -> None:
    missing = "Canon|continue|tests.integration.absent_engine:NoEngine"
    with running_server(environment={"ANTIPHON_ENGINES": missing}) as server:
        stage = set_stage(server.home)
        async with SuggestionClient(server, stage.score, stage.cookies["owner"]) as owner:
            asked = await ask(owner, stage, seed=1)
            failed = await owner.hear("failed", id=asked)
            assert failed["code"] == "engine_failed"
            assert "absent_engine" in failed["text"]
