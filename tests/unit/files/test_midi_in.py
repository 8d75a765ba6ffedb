"""Files as other programs write them, and as nobody should."""

import threading
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import symusic
from hypothesis import given
from hypothesis import strategies as st

from editor.files import midi_process
from editor.files.midi_in import MOST_NOTES, import_midi
from editor.files.midi_out import export_midi
from editor.files.midi_process import read_midi_file
from editor.files.refusal import FileRefused
from editor.files.smf_writer import file_of, meta
from editor.score.score import Note, Score
from tests.data import FIXTURES
from tests.unit.files.songs import sense

FILES = FIXTURES / "midi"
REFUSED = {
    "own/running-status-at-start.mid": "midi_damaged",
    "own/tempo-every-tick.mid": "midi_empty",
    "jazzsoft/test-empty-file.mid": "file_empty",
    "jazzsoft/test-empty.mid": "midi_empty",
    "midly/SysExTest.mid": "midi_empty",
    "nfroidure/MIDIBadTrackHdr.mid": "midi_damaged",
    "own/empty.xml": "file_empty",
}
DAMAGED = {
    "nfroidure/MIDIBadTrackLength.mid",
    "own/tracklen-4GiB.mid",
    "own/truncated-vlq.mid",
}


def all_fixtures() -> list[str]:
    paths = sorted(FILES.glob("*/*"))
    return [str(path.relative_to(FILES)) for path in paths]


def one(events: list[tuple[int, bytes]], division: int = 480) -> Score:
    return import_midi(file_of([events], division=division), "song.mid").score


def rows(score: Score) -> list[tuple[int, int, int]]:
    return sorted((note.start, note.pitch, note.duration) for note in score.notes.values())


@pytest.mark.parametrize("name", all_fixtures())
def test_each_file_is_read_or_refused_in_words(name):
    data = (FILES / name).read_bytes()
    wanted = REFUSED.get(name)
    if wanted is None and Path(name).suffix in {".xml", ".mxl"}:
        wanted = "musicxml_unsupported"
    if wanted is not None:
        with pytest.raises(FileRefused) as refusal:
            import_midi(data, name)
        assert refusal.value.code == wanted
        assert refusal.value.text.endswith(".")
        return
    imported = import_midi(data, name)
    assert imported.score.notes
    assert any("damaged" in warning for warning in imported.warnings) == (name in DAMAGED)
    again = import_midi(export_midi(imported.score)).score
    assert sense(again) == sense(imported.score)


@pytest.mark.parametrize(
    "name",
    ["midly/Clementi.mid", "partitura/mozart_k265_var1.mid", "jazzsoft/test-all-gm-percussion.mid",
     "nfroidure/MIDIOkFormat1.mid", "own/type0-16-channels.mid", "own/many-tracks-300.mid"],
)  # fmt: skip
def test_another_reader_finds_the_same_notes_in_whole_files(name):
    read: Any = symusic.Score(str(FILES / name))
    theirs = read.resample(480, min_dur=1)
    expected = Counter((n.pitch, n.time, n.velocity) for t in theirs.tracks for n in t.notes)
    ours = import_midi((FILES / name).read_bytes()).score
    assert Counter((n.pitch, n.start, n.velocity) for n in ours.notes.values()) == expected


def test_names_in_other_encodings_are_read():
    assert _track_name("own/text-sjis.mid") == "ピアノ"
    assert _track_name("own/text-html.mid") == "<img src=x onerror=alert(1)>"
    assert _track_name("own/text-invalid-utf8.mid")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Für Elise".encode("latin-1"), "Für Elise"),
        ("Prélude, Été".encode("latin-1"), "Prélude, Été"),
        ("Señor".encode("latin-1"), "Señor"),
        ("第九 合唱".encode("cp932"), "第九 合唱"),
        ("さくら".encode(), "さくら"),
        (b"Lead\0\x07", "Lead"),
    ],
)
def test_a_guess_at_the_encoding(data, text):
    events = [(0, meta(3, data)), (0, b"\x90\x3c\x40"), (480, b"\x80\x3c\x40")]
    assert next(iter(one(events).tracks.values())).name == text


def _track_name(name: str) -> str:
    tracks = import_midi((FILES / name).read_bytes()).score.tracks
    return next(iter(tracks.values())).name


divisions = st.sampled_from([24, 96, 100, 120, 192, 220, 384, 480, 960, 1024, 15360])


@given(divisions, st.lists(st.integers(0, 1_000_000), min_size=1, max_size=20, unique=True))
def test_each_onset_stays_within_half_a_tick(division, onsets):
    # One pitch each, so that no onset hides another.
    _check(division, Fraction(480, division), onsets)


@given(
    st.sampled_from([(24, 24), (25, 25), (29, Fraction(30_000, 1001)), (30, 30)]),
    st.sampled_from([4, 8, 10, 40, 80, 100]),
    st.lists(st.integers(0, 1_000_000), min_size=1, max_size=20, unique=True),
)
def test_smpte_keeps_its_seconds(rate, parts, onsets):
    code, frames = rate
    division = (256 - code) << 8 | parts
    score = _check(division, Fraction(960) / (Fraction(frames) * parts), onsets)
    assert score.tempo == {0: (500_000, 0)}


def _check(division: int, ratio: Fraction, onsets: list[int]) -> Score:
    events = []
    for pitch, onset in enumerate(onsets):
        events += [(onset, bytes((0x90, pitch, 64))), (onset + 1, bytes((0x80, pitch, 0)))]
    score = one(events, division)
    placed = {note.pitch: note.start for note in score.notes.values()}
    for pitch, onset in enumerate(onsets):
        assert abs(placed[pitch] - onset * ratio) <= Fraction(1, 2)
    return score


def test_a_type_0_file_is_split_by_channel_and_program():
    score = one([
        (0, b"\xc0\x28"), (0, b"\xb0\x07\x50"), (0, b"\xc1\x49"), (0, b"\x90\x3c\x40"),
        (0, b"\x91\x48\x40"), (0, b"\x99\x24\x40"), (480, b"\x80\x3c\x40"), (480, b"\xc0\x2a"),
        (480, b"\x90\x3e\x40"), (960, b"\x80\x3e\x40"), (960, b"\x81\x48\x40"),
        (960, b"\x89\x24\x40"),
    ])  # fmt: skip
    found = [(t.name, t.kind, t.program, t.volume) for t in score.ordered_tracks()]
    assert found == [
        ("Violin", "pitched", 40, 80),
        ("Flute", "pitched", 73, 100),
        ("Standard kit", "drums", 0, 100),
        ("Cello", "pitched", 42, 80),
    ]
    assert score.lanes == {}


def test_a_setup_track_gives_its_programs_to_those_who_play():
    setup = [(0, meta(3, b"Suite")), (0, b"\xc0\x2a"), (0, b"\xb0\x0a\x20")]
    plays = [(0, meta(3, b"Bass line")), (0, b"\x90\x24\x40"), (480, b"\x80\x24\x40")]
    score = import_midi(file_of([setup, plays], division=480)).score
    (track,) = score.tracks.values()
    assert (track.name, track.program, track.pan) == ("Bass line", 42, 32)
    assert score.title == "Suite"


def test_patterns_of_a_type_2_file_follow_each_other():
    imported = import_midi((FILES / "own/type2-two-patterns.mid").read_bytes())
    first, second = sorted(imported.score.notes.values(), key=lambda note: note.start)
    assert first.end <= second.start and second.start % 1920 == 0
    assert imported.warnings


def test_a_note_that_is_struck_again_ends_and_one_never_released_lasts():
    struck = [(0, b"\x90\x3c\x40"), (240, b"\x90\x3c\x40"), (480, b"\x80\x3c\x40"),
              (720, b"\x80\x3c\x40")]  # fmt: skip
    assert rows(one(struck)) == [(0, 60, 240), (240, 60, 480)]
    held = [(0, b"\x90\x3c\x40"), (960, meta(1, b"the end"))]
    assert rows(one(held)) == [(0, 60, 960)]


def test_lyrics_find_their_notes_in_their_own_track_or_in_another():
    own = [(0, meta(5, b"A")), (0, b"\x90\x3c\x40"), (480, b"\x80\x3c\x40"),
           (480, meta(5, b"men")), (480, b"\x90\x3e\x40"), (960, b"\x80\x3e\x40")]  # fmt: skip
    score = one(own)
    assert [score.note_attrs.get((note.id, "lyric")) for note in in_time(score)] == ["A", "men"]
    words = [(0, meta(5, b"A")), (480, meta(5, b"men")), (999, meta(5, b"lost"))]
    notes = [event for event in own if event[1][:2] != b"\xff\x05"]
    imported = import_midi(file_of([words, notes], division=480))
    sung = imported.score
    assert [sung.note_attrs.get((note.id, "lyric")) for note in in_time(sung)] == ["A", "men"]
    assert imported.warnings == ["1 syllables of the lyrics belong to no note and are left out."]


def in_time(score: Score) -> list[Note]:
    return sorted(score.notes.values(), key=lambda note: note.start)


def test_karaoke_words_are_lyrics():
    score = import_midi((FILES / "jazzsoft/test-karaoke-kar.mid").read_bytes()).score
    sung = [score.note_attrs.get((note.id, "lyric")) for note in in_time(score)]
    assert sum(word is not None for word in sung) >= 20
    assert not any(str(word).startswith(("/", "\\", "@")) for word in sung)


def test_more_notes_than_a_score_holds_are_refused_by_number():
    events = []
    for number in range(MOST_NOTES + 1):
        pitch = number % 128
        events.append((number // 128 * 10, bytes((0x90, pitch, 64))))
        events.append((number // 128 * 10 + 5, bytes((0x80, pitch, 64))))
    with pytest.raises(FileRefused) as refusal:
        one(events)
    assert refusal.value.code == "too_many_notes"
    assert "100,001" in refusal.value.text


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    for start in (b"", b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\1\0", b"RIFF\0\0\1\0RMIDdata"):
        try:
            import_midi(start + data)
        except FileRefused as refusal:
            assert refusal.code and refusal.text


@given(st.data())
def test_a_damaged_piece_is_read_or_refused(data):
    piece = bytearray((FILES / "partitura/mozart_k265_var1.mid").read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        piece[data.draw(st.integers(0, len(piece) - 1))] = data.draw(st.integers(0, 255))
    del piece[data.draw(st.integers(0, len(piece))) :]
    try:
        imported = import_midi(bytes(piece))
    except FileRefused as refusal:
        assert refusal.text
    else:
        assert sense(import_midi(export_midi(imported.score)).score) == sense(imported.score)


def test_the_other_process_reads_the_same():
    data = (FILES / "midly/Clementi.mid").read_bytes()
    there, here = read_midi_file(data, "Clémenti.mid"), import_midi(data, "Clémenti.mid")
    assert sense(there.score) == sense(here.score)
    assert there.score.title == "Clémenti"
    with pytest.raises(FileRefused) as refusal:
        read_midi_file(b"nothing", "a.mid")
    assert refusal.value.code == "not_midi"


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("editor.files.midi_process.LONGEST_SECONDS", 0.001)
    with pytest.raises(FileRefused) as refusal:
        read_midi_file((FILES / "midly/Clementi.mid").read_bytes(), "a.mid")
    assert refusal.value.code == "midi_too_long"


def test_files_wait_for_each_other_but_not_for_ever(monkeypatch):
    monkeypatch.setattr("editor.files.midi_process._AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr("editor.files.midi_process.LONGEST_WAIT_SECONDS", 0.01)
    data = (FILES / "midly/Clementi.mid").read_bytes()
    read_midi_file(data, "a.mid")
    midi_process._AT_ONCE.acquire()
    with pytest.raises(FileRefused) as refusal:
        read_midi_file(data, "a.mid")
    assert refusal.value.code == "busy"
    midi_process._AT_ONCE.release()
    read_midi_file(data, "a.mid")


def test_a_process_that_dies_is_a_clear_answer(monkeypatch):
    monkeypatch.setattr("editor.files.midi_process.sys.executable", "/bin/false")
    with pytest.raises(FileRefused) as refusal:
        read_midi_file(b"MThd", "a.mid")
    assert refusal.value.code == "midi_unreadable"
