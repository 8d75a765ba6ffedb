"""Asking for suggestions over real sockets: who may, who hears, what is decided."""

import asyncio
import sqlite3
from collections.abc import Iterator

import pytest
import websockets

from editor.score.ids import NOTE_LENGTH, is_id
from generation.benches.stage import BAR, Stage, set_stage
from tests.integration.canon_engine import CHOICE
from tests.integration.room_client import RoomClient
from tests.integration.server import Server, running_server
from tests.integration.suggestion_client import SuggestionClient

SLOW = {"temperature": 2.0}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(environment={"ANTIPHON_ENGINES": CHOICE}) as started:
        yield started
        assert "Traceback" not in started.said(), started.said()[-6000:]


@pytest.fixture(scope="module")
def common(server: Server) -> Stage:
    """A score for tests that leave nothing open that others would mind."""
    return set_stage(server.home, roles="owner,editor")


@pytest.fixture
def stage(server: Server) -> Stage:
    return set_stage(server.home, roles="owner,editor,commenter,viewer")


def client(server: Server, stage: Stage, role: str) -> SuggestionClient:
    return SuggestionClient(server, stage.score, stage.cookies[role])


async def ask(asker: SuggestionClient, stage: Stage, **changes: object) -> str:
    """Ask to continue the melody for two bars; the suggestion's id."""
    region = {"tracks": [stage.tracks[0]], "start": stage.end, "end": stage.end + 2 * BAR}
    ref = f"ref {len(asker.heard)}"
    message = {
        "ref": ref, "kind": "continue", "region": region, "controls": {}, "seed": 7,
        "candidates": 2, **changes,
    }  # fmt: skip
    await asker.say("suggest", **message)
    return str((await asker.hear("opened", ref=ref))["id"])


async def test_everybody_hears_the_same_notes_and_a_late_joiner_sees_them(
    server: Server, stage: Stage
) -> None:
    async with client(server, stage, "owner") as owner, client(server, stage, "viewer") as viewer:
        await viewer.hear("open", suggestions=[])
        asked = await ask(owner, stage, controls={"density": 4})
        opened = await viewer.hear("opened", id=asked)
        assert "ref" not in opened
        assert opened["by"]["key"] == stage.keys["owner"]
        assert (opened["engine"], opened["seed"], opened["seq"]) == ("Canon", 7, 1)
        assert opened["replaces"] == []
        for index in (0, 1):
            done = await viewer.hear("done", id=asked, candidate=index)
            assert done["stats"]["notes"] == 32
            await owner.hear("done", id=asked, candidate=index)
            notes = viewer.notes(asked, index)
            assert notes == owner.notes(asked, index)
            assert len(notes) == 32
            assert all(is_id(note[0], NOTE_LENGTH) for note in notes)
        ids = [note[0] for index in (0, 1) for note in viewer.notes(asked, index)]
        assert len(set(ids)) == 64
        async with client(server, stage, "commenter") as late:
            shown = (await late.hear("open"))["suggestions"]
            assert [one["id"] for one in shown] == [asked]
            assert shown[0]["state"] == "ready"
            for index in (0, 1):
                notes = [note[:6] for note in shown[0]["candidates"][index]["notes"]]
                assert notes == viewer.notes(asked, index)


async def test_who_joins_half_way_misses_no_note(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner:
        asked = await ask(owner, stage, controls=SLOW)
        await owner.wait_for(lambda: len(owner.notes(asked, 0)) >= 3)
        async with client(server, stage, "editor") as late:
            shown = (await late.hear("open"))["suggestions"][0]
            await late.hear("done", id=asked, candidate=1)
            await owner.hear("done", id=asked, candidate=1)
            for index in (0, 1):
                before = [note[:6] for note in shown["candidates"][index]["notes"]]
                assert before + late.notes(asked, index) == owner.notes(asked, index)
                assert before


async def test_one_seed_gives_one_music_and_a_missing_seed_is_drawn(
    server: Server, stage: Stage
) -> None:
    async with client(server, stage, "owner") as owner:
        seeds, music = [], []
        for seed in (7, 7, None):
            asked = await ask(owner, stage, seed=seed)
            await owner.hear("done", id=asked, candidate=1)
            seeds.append((await owner.hear("opened", id=asked))["seed"])
            music.append([note[1:] for note in owner.notes(asked, 0)])
        assert music[0] == music[1]
        assert seeds[:2] == [7, 7]
        assert isinstance(seeds[2], int)


async def test_infill_names_the_notes_that_it_replaces(server: Server, stage: Stage) -> None:
    async with client(server, stage, "editor") as editor:
        region = {"tracks": stage.tracks[:2], "start": BAR, "end": 2 * BAR}
        asked = await ask(editor, stage, kind="infill", region=region)
        opened = await editor.hear("opened", id=asked)
        assert len(set(opened["replaces"])) == 4 + 3
        async with RoomClient(server, stage.score, stage.cookies["owner"]) as reader:
            await reader.sync()
            standing = [[one, *reader.notes[one]] for one in opened["replaces"]]
        assert opened["replaced"] == standing
        async with client(server, stage, "viewer") as late:
            shown = (await late.hear("open"))["suggestions"]
            assert shown[-1]["replaced"] == standing


async def test_a_quiet_socket_hears_that_it_lives(server: Server, common: Stage) -> None:
    async with client(server, common, "owner") as owner:
        await owner.hear("beat")


async def test_cancel_stops_it_for_everybody(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner, client(server, stage, "editor") as editor:
        asked = await ask(owner, stage, controls=SLOW)
        await editor.hear("note", id=asked)
        await editor.say("cancel", id=asked)
        cancelled = await owner.hear("cancelled", id=asked)
        assert cancelled["by"]["key"] == stage.keys["editor"]
        after = len(owner.notes(asked, 0))
        again = await ask(owner, stage)
        await owner.hear("done", id=again, candidate=1)
        assert len(owner.notes(asked, 0)) == after
        async with client(server, stage, "viewer") as late:
            shown = (await late.hear("open"))["suggestions"]
            assert [one["id"] for one in shown] == [again]


async def test_a_person_has_one_running_and_two_waiting(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner, client(server, stage, "editor") as editor:
        long = {"tracks": stage.tracks[:1], "start": stage.end, "end": stage.end + 40 * BAR}
        asked = [await ask(owner, stage, controls=SLOW, region=long) for _ in range(3)]
        queues = [(await owner.hear("opened", id=one))["queue"] for one in asked]
        assert queues == [1, 1, 2]
        await owner.say("suggest", ref="fourth", kind="continue", candidates=1,
                        region={"tracks": stage.tracks[:1], "start": 0, "end": 480})  # fmt: skip
        assert (await owner.hear("error", ref="fourth"))["code"] == "limit"
        other = await ask(editor, stage)
        assert (await editor.hear("opened", id=other))["queue"] == 3
        await owner.hear("note", id=asked[0])
        assert not owner.all("note", id=asked[1])
        await owner.say("cancel", id=asked[0])
        await owner.hear("note", id=asked[1])
        await editor.hear("progress", id=other, queue=2)
        for one in asked[1:]:
            await owner.say("cancel", id=one)
            await owner.hear("cancelled", id=one)
        await editor.hear("done", id=other, candidate=1)


async def test_viewers_listen_commenters_vote_editors_decide(server: Server, stage: Stage) -> None:
    async with (
        client(server, stage, "owner") as owner,
        client(server, stage, "commenter") as commenter,
        client(server, stage, "viewer") as viewer,
    ):
        asked = await ask(owner, stage)
        await viewer.hear("done", id=asked, candidate=1)
        attempts: dict[str, dict[str, object]] = {
            "suggest": {"kind": "continue", "region": {"tracks": stage.tracks[:1], "start": 0,
                        "end": 480}, "candidates": 1},
            "cancel": {"id": asked},
            "vote": {"id": asked, "candidate": 0, "value": 1},
            "decide": {"id": asked, "candidate": 0, "verdict": "accepted", "notes": None},
        }  # fmt: skip
        for number, (kind, message) in enumerate(attempts.items()):
            await viewer.say(kind, ref=number, **message)
            assert (await viewer.hear("error", ref=number))["code"] == "rights"
        await commenter.say("vote", id=asked, candidate=1, value=1)
        voted = await viewer.hear("voted", id=asked)
        assert voted["votes"] == [{"key": stage.keys["commenter"], "value": 1}]
        await commenter.say("decide", ref="no", **attempts["decide"])
        assert (await commenter.hear("error", ref="no"))["code"] == "rights"
        await commenter.say("vote", id=asked, candidate=1, value=0)
        assert (await viewer.hear("voted", id=asked, value=0))["votes"] == []


async def test_accepting_twice_says_it_once(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner, client(server, stage, "viewer") as viewer:
        asked = await ask(owner, stage)
        await owner.hear("done", id=asked, candidate=1)
        accept = {"id": asked, "candidate": 1, "verdict": "accepted", "notes": None}
        await owner.say("decide", **accept)
        await owner.say("decide", **accept)
        await owner.wait_for(lambda: len(owner.all("decided", id=asked)) == 2)
        assert owner.all("decided")[1]["state"] == "decided"
        await owner.say("decide", ref="late", id=asked, candidate=1, verdict="dismissed")
        assert (await owner.hear("error", ref="late"))["code"] == "decided"
        await owner.say("decide", id=asked, candidate=None, verdict="reopened", notes=None)
        reopened = await viewer.hear("decided", verdict="reopened")
        assert reopened["state"] == "ready"
        assert reopened["verdicts"] == [None, None]
        assert len(viewer.all("decided", id=asked)) == 2


async def test_some_notes_are_kept_and_the_rest_stays_open(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner:
        asked = await ask(owner, stage)
        await owner.hear("done", id=asked, candidate=1)
        ids = [note[0] for note in owner.notes(asked, 0)]
        decide = {"id": asked, "candidate": 0, "verdict": "accepted"}
        await owner.say("decide", **decide, notes=ids[:3])
        first = await owner.hear("decided", id=asked)
        assert (first["state"], first["kept"]) == ("ready", [ids[:3], None])
        await owner.say("decide", ref="x", **decide, notes=["aaaaaaaaaa"])
        assert (await owner.hear("error", ref="x"))["code"] == "decided"
        await owner.say("decide", **decide, notes=ids[2:])
        assert await owner.hear("decided", id=asked, state="decided", kept=[None, None])


async def test_an_empty_score_says_what_to_do(server: Server) -> None:
    empty = set_stage(server.home, bars=0)
    async with client(server, empty, "owner") as owner:
        asked = await ask(owner, empty)
        failed = await owner.hear("failed", id=asked)
        assert failed["code"] == "empty_context"
        assert "Write or import" in failed["text"]
        await owner.say("decide", id=asked, candidate=None, verdict="dismissed")
        assert await owner.hear("decided", id=asked, state="decided")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "whistle"}, "kind"),
        ({"region": {"tracks": ["aaaaaaaa"], "start": 0, "end": 480}}, "region"),
        ({"region": {"tracks": [], "start": 0, "end": 480}}, "region"),
        ({"region": {"tracks": ["aaaaaaaa"], "start": 480, "end": 480}}, "region"),
        ({"controls": {"loudness": 3}}, "controls"),
        ({"controls": {"tempo": 1e9}}, "controls"),
        ({"candidates": 5}, "bad_message"),
        ({"seed": -1}, "bad_message"),
    ],
)
async def test_a_wrong_request_is_explained(
    server: Server, common: Stage, changes: dict[str, object], code: str
) -> None:
    region = {"tracks": [common.tracks[0]], "start": common.end, "end": common.end + BAR}
    async with client(server, common, "owner") as owner:
        message = {"kind": "continue", "region": region, "candidates": 1, **changes}
        await owner.say("suggest", ref="wrong", **message)
        error = await owner.hear("error", ref="wrong")
        assert error["code"] == code
        assert len(error["text"]) > 10
        done = await ask(owner, common)
        assert await owner.hear("done", id=done, candidate=1)


@pytest.mark.parametrize(
    "frame",
    ["", "[]", "{", '"suggest"', '{"t": "play"}', '{"t": {}}', b"\x00\x01", "x" * 70_000,
     '{"t": "cancel", "id": ' + "[" * 20_000],
)  # fmt: skip
async def test_garbage_closes_only_its_own_socket(
    server: Server, common: Stage, frame: str | bytes
) -> None:
    async with client(server, common, "owner") as owner, client(server, common, "editor") as other:
        await owner.hear("open")
        await owner.socket.send(frame)
        assert await owner.closed() == 4400
        asked = await ask(other, common)
        assert await other.hear("done", id=asked, candidate=1)


async def test_suggestions_of_another_score_are_not_found(server: Server, stage: Stage) -> None:
    foreign = set_stage(server.home)
    async with client(server, foreign, "owner") as stranger, client(server, stage, "owner") as own:
        asked = await ask(own, stage)
        await own.hear("done", id=asked, candidate=1)
        for kind, more in (
            ("cancel", {}),
            ("vote", {"candidate": 0, "value": 1}),
            ("decide", {"candidate": 0, "verdict": "accepted", "notes": None}),
            ("preview", {"candidate": 0, "voice": "singer", "settings": {}, "tempo": None}),
        ):
            await stranger.say(kind, ref=kind, id=asked, **more)
            assert (await stranger.hear("error", ref=kind))["code"] == "not_found"


async def test_the_door_says_why(server: Server, stage: Stage) -> None:
    other = set_stage(server.home)
    for score, cookie, code in (
        (stage.score, "", 4401),
        (stage.score, other.cookies["owner"], 4403),
        ("aaaaaaaaaaaa", other.cookies["owner"], 4404),
        ("strange%20id", other.cookies["owner"], 4404),
    ):
        async with SuggestionClient(server, score, cookie) as visitor:
            assert await visitor.closed() == code
    for origin in (None, "http://elsewhere.example"):
        with pytest.raises(websockets.InvalidStatus):
            async with SuggestionClient(server, stage.score, stage.cookies["owner"], origin=origin):
                pass


async def test_a_lost_right_closes_the_socket(server: Server, stage: Stage) -> None:
    async with client(server, stage, "editor") as editor, client(server, stage, "owner") as owner:
        await editor.hear("open")
        await owner.hear("open")
        with sqlite3.connect(server.home / "db.sqlite3", timeout=10) as database:
            database.execute(
                "DELETE FROM editor_membership WHERE person_id = ?", (stage.people["editor"],)
            )
        database.close()
        assert await editor.closed() == 4403
        await asyncio.sleep(0.1)
        assert owner.close_code is None


async def test_a_deleted_score_closes_its_sockets(server: Server, stage: Stage) -> None:
    async with client(server, stage, "owner") as owner:
        await owner.hear("open")
        with sqlite3.connect(server.home / "db.sqlite3", timeout=10) as database:
            database.execute(
                "UPDATE editor_score SET deleted_at = '2026-01-01' WHERE id = ?", (stage.score,)
            )
        database.close()
        assert await owner.closed() == 4410


async def test_a_change_of_the_score_is_heard_by_the_next_request(
    server: Server, stage: Stage
) -> None:
    async with client(server, stage, "owner") as owner:
        region = {"tracks": [stage.tracks[0]], "start": BAR, "end": 2 * BAR}
        first = await owner.ask(region, kind="infill")
        before = await owner.hear("opened", id=first)
        gone = before["replaces"][0]
        async with RoomClient(server, stage.score, stage.cookies["owner"]) as editor:
            await editor.sync()
            await editor.edit(lambda: editor.notes.pop(gone))
            await editor.stored()
        second = await owner.ask(region, kind="infill")
        after = await owner.hear("opened", id=second)
        assert after["seq"] > before["seq"]
        assert set(after["replaces"]) == set(before["replaces"]) - {gone}
