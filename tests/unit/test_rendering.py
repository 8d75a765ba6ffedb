"""Sound files: made in the background, told of honestly, stopped and cleaned up."""

import json
import os
import shutil
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import soundfile
from django.conf import settings
from django.core.cache import cache

from editor.files.song import lane_values, song_of, song_seconds
from editor.files.wav import RenderError, render_wav
from editor.home import CHECKOUT
from editor.models import Person
from editor.score.score import Score
from editor.score.tempo import TempoMap
from editor.services import rendering
from editor.services.scores import do_add_score
from editor.soundfont import current_soundfont
from tests.unit.scores import small_score
from tests.unit.visitor import Visitor

PLAYER = """
import { writeFileSync, readFileSync } from 'node:fs';
const given = (name) => process.argv[process.argv.indexOf(name) + 1];
const song = JSON.parse(readFileSync(given('--in'), 'utf8'));
const seconds = Math.max(...song.notes.map(([, , start, length]) => start + length)) + song.tail;
const sound = new Float32Array(Math.round(seconds * song.sampleRate) * 2).fill(LOUDNESS);
console.log('progress 0.5');
const wait = new Int32Array(new SharedArrayBuffer(4));
Atomics.wait(wait, 0, 0, PAUSE);
if (FAILS) { console.error('no such preset'); process.exit(2); }
writeFileSync(given('--out'), sound);
console.log('progress 1');
"""


@pytest.fixture
def player(tmp_path, settings):
    """Stands where the built renderer stands: obeys its contract with a plain tone."""

    def put(*, pause_ms: int = 0, fails: bool = False, loudness: float = 0.5) -> Path:
        path = Path(tmp_path) / "bundle" / "render" / "render.mjs"
        path.parent.mkdir(parents=True, exist_ok=True)
        source = PLAYER.replace("PAUSE", str(pause_ms)).replace("FAILS", str(fails).lower())
        path.write_text(source.replace("LOUDNESS", str(loudness)))
        settings.BUNDLE = tmp_path / "bundle"
        return path

    cache.clear()
    yield put
    for thread in threading.enumerate():
        if thread.name.startswith("render-"):
            thread.join(20)
    shutil.rmtree(settings.HOME.root / "renders", ignore_errors=True)


@pytest.fixture
def visitor(db):
    return Visitor()


@pytest.fixture
def score(visitor):
    person = Person.objects.get(key=visitor.get("/api/me")["key"])
    return do_add_score(person, small_score(), title="Étude").pk


def wait(visitor: Visitor, path: str, *states: str) -> dict[str, Any]:
    for _ in range(400):
        state: dict[str, Any] = visitor.get(path)
        if state["state"] in states:
            return state
        time.sleep(0.05)
    raise AssertionError(f"still {state}")


def test_a_song_in_seconds():
    score = small_score()
    score.note_attrs["note000000", "muted"] = 1
    score.lanes["leadlead", "cc11"] = {0: (0, 1), 480: (10, 0)}
    song = song_of(score)
    assert [track["kind"] for track in song["tracks"]] == ["pitched", "drums"]
    assert len(song["notes"]) == 5
    assert song["notes"][0] == pytest.approx((1, 36, 0.0, 0.3, 90))
    assert sorted({value for _, _, _, value in song["lanes"]}) == list(range(11))
    assert song_seconds(score) == pytest.approx(1.5 + 3)


def test_a_lane_changes_only_where_its_value_does():
    clock = TempoMap({0: (500_000, 0)})
    values = list(lane_values({0: (0, 1), 4800: (2, 0), 5000: (9, 0)}, clock))
    assert [value for _, value in values] == [0, 1, 2, 2, 9]
    assert list(lane_values({}, clock)) == []


def test_notes_whose_track_is_gone_still_sound():
    score = small_score()
    del score.tracks["leadlead"]
    song = song_of(score)
    assert [track["kind"] for track in song["tracks"]] == ["drums", "pitched"]
    assert {note[0] for note in song["notes"]} == {0, 1}


def test_a_score_becomes_a_wav_file(visitor, score, player):
    player(loudness=2.0)
    path = f"/api/scores/{score}/renders"
    render = visitor.send("POST", path, {"bits": 24}, 202)["render"]
    state = wait(visitor, f"{path}/{render}", "done", "failed")
    assert (state["state"], state["progress"]) == ("done", 1.0)
    answer = visitor.client.get(f"{path}/{render}/audio.wav")
    assert answer.status_code == 200 and answer["Content-Type"] == "audio/wav"
    assert "%C3%89tude.wav" in answer["Content-Disposition"]
    file = settings.HOME.root / "renders" / render / "audio.wav"
    info = soundfile.info(file)
    assert (info.samplerate, info.channels, info.subtype) == (44_100, 2, "PCM_24")
    sound, _ = soundfile.read(file)
    assert info.duration == pytest.approx(4.5, abs=0.01)
    assert 0.99 < abs(sound).max() <= 1.0
    assert sorted(os.listdir(file.parent)) == ["audio.wav", "state.json"]


def test_a_rendering_is_stopped(visitor, score, player):
    player(pause_ms=60_000)
    path = f"/api/scores/{score}/renders"
    render = visitor.send("POST", path, status=202)["render"]
    folder = settings.HOME.root / "renders" / render
    for _ in range(100):
        if (folder / "song.json").exists():
            break
        time.sleep(0.05)
    visitor.send("DELETE", f"{path}/{render}", status=204)
    assert visitor.get(f"{path}/{render}")["state"] == "cancelled"
    for _ in range(100):
        if json.loads((folder / "state.json").read_text())["state"] == "cancelled":
            break
        time.sleep(0.05)
    assert not (folder / "song.json").exists() and not (folder / "audio.wav").exists()
    visitor.get(f"{path}/{render}/audio.wav", 410)


def test_a_failure_says_why(visitor, score, player):
    player(fails=True)
    path = f"/api/scores/{score}/renders"
    render = visitor.send("POST", path, status=202)["render"]
    state = wait(visitor, f"{path}/{render}", "done", "failed")
    assert state["state"] == "failed" and "no such preset" in state["text"]


def test_missing_parts_are_named(tmp_path, monkeypatch):
    song, font = song_of(small_score()), tmp_path / "font.sf2"

    def attempt() -> None:
        render_wav(
            song, tmp_path, renderer=tmp_path / "none.mjs", soundfont=font, bits=16,
            report=lambda share: None, cancelled=lambda: False,
        )  # fmt: skip

    with pytest.raises(RenderError, match="not built"):
        attempt()
    (tmp_path / "none.mjs").touch()
    with pytest.raises(RenderError, match=r"font\.sf2 is missing"):
        attempt()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RenderError, match="Node is missing"):
        attempt()


def test_what_can_not_be_rendered_is_refused(visitor, player):
    player()
    person = Person.objects.get()
    empty = do_add_score(person, Score(), title="Empty").pk
    assert visitor.send("POST", f"/api/scores/{empty}/renders", status=422)["code"] == (
        "nothing_to_render"
    )
    long = small_score()
    long.tempo = {0: (12_000_000, 0)}
    long.notes["note000000"] = replace(long.notes["note000000"], start=480_000)
    kept = do_add_score(person, long, title="Long").pk
    assert visitor.send("POST", f"/api/scores/{kept}/renders", status=422)["code"] == (
        "too_long_to_render"
    )


def test_a_rendering_whose_process_died_has_failed(visitor, score, player):
    player()
    render = "A" * 16
    folder = settings.HOME.root / "renders" / render
    folder.mkdir(parents=True)
    (folder / "state.json").write_text(json.dumps({"score": score, "title": "x"}))
    assert visitor.get(f"/api/scores/{score}/renders/{render}")["state"] == "running"
    old = time.time() - rendering.SILENT_SECONDS - 1
    os.utime(folder / "state.json", (old, old))
    assert visitor.get(f"/api/scores/{score}/renders/{render}")["state"] == "failed"
    ancient = time.time() - rendering.KEPT_SECONDS - 1
    os.utime(folder / "state.json", (ancient, ancient))
    visitor.send("POST", f"/api/scores/{score}/renders", status=202)
    assert not folder.exists()


def test_unknown_renderings_and_those_of_other_scores(visitor, score, player):
    player()
    for render in ("none", "B" * 16, "..", "%2e%2e"):
        visitor.client.get(f"/api/scores/{score}/renders/{render}")
    assert visitor.get(f"/api/scores/{score}/renders/{'B' * 16}", 404)["code"] == "render_none"
    other = visitor.send("POST", "/api/scores", status=201)["id"]
    render = visitor.send("POST", f"/api/scores/{score}/renders", status=202)["render"]
    visitor.get(f"/api/scores/{other}/renders/{render}", 404)


def test_two_at_a_time_and_then_a_refusal(visitor, score, player):
    player(pause_ms=60_000)
    path = f"/api/scores/{score}/renders"
    first, second = (visitor.send("POST", path, status=202)["render"] for _ in range(2))
    assert visitor.send("POST", path, status=429)["code"] == "renders_own"
    visitor.send("DELETE", f"{path}/{first}", status=204)
    third = visitor.send("POST", path, status=202)["render"]
    for render in (second, third):
        visitor.send("DELETE", f"{path}/{render}", status=204)


def test_the_server_has_an_end_too(visitor, score, player, monkeypatch):
    player(pause_ms=60_000)
    monkeypatch.setattr(rendering, "OPEN_A_SERVER", 1)
    path = f"/api/scores/{score}/renders"
    render = visitor.send("POST", path, status=202)["render"]
    assert visitor.send("POST", path, status=429)["code"] == "renders_full"
    visitor.send("DELETE", f"{path}/{render}", status=204)


def test_the_oldest_sound_makes_room(visitor, score, player, monkeypatch):
    player()
    monkeypatch.setattr(rendering, "KEPT_BYTES", 1_000_000)  # one such file, not two
    path = f"/api/scores/{score}/renders"
    first = visitor.send("POST", path, status=202)["render"]
    wait(visitor, f"{path}/{first}", "done")
    second = visitor.send("POST", path, status=202)["render"]
    wait(visitor, f"{path}/{second}", "done")
    for _ in range(100):
        if not (settings.HOME.root / "renders" / first).exists():
            break
        time.sleep(0.05)
    visitor.get(f"{path}/{first}", 404)
    assert visitor.get(f"{path}/{second}")["state"] == "done"


def test_the_renderer_ends_with_its_server(tmp_path):
    bundle = CHECKOUT / "static" / "dist" / "render" / "render.mjs"
    song = {**song_of(small_score()), "tail": 1500.0}
    (tmp_path / "song.json").write_text(json.dumps(song))
    command = ["node", str(bundle), "--soundfont", str(current_soundfont().path), "--while-stdin"]
    command += ["--in", str(tmp_path / "song.json"), "--out", str(tmp_path / "out.f32")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            assert process.stdout.readline().startswith(b"progress 0.0")
            process.stdin.close()
            assert process.wait(10) == 3
        finally:
            process.kill()
