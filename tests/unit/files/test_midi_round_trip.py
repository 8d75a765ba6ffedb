"""What goes out as MIDI comes back as it was."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
import symusic
from hypothesis import given, settings

from editor.files.midi_curves import lane_steps, tempo_steps
from editor.files.midi_in import import_midi
from editor.files.midi_out import export_midi
from editor.files.smf import read_smf
from editor.score.ids import new_ids
from editor.score.order import orders_after
from editor.score.score import Note, Score, Track, TrackKind
from editor.score.tempo import TempoMap, microseconds_of
from tests.unit.files.songs import sense, songs


@given(songs())
def test_import_undoes_export(score):
    imported = import_midi(export_midi(score))
    assert sense(imported.score) == sense(score)
    assert imported.warnings == []


@given(songs(most_tracks=2))
def test_another_reader_finds_the_same_notes(score):
    read: Any = symusic.Score.from_midi(export_midi(score))
    theirs = Counter(
        (note.pitch, note.time, note.duration, note.velocity)
        for track in read.tracks
        for note in track.notes
    )
    ours = Counter(
        (note.pitch, note.start, note.duration, note.velocity) for note in score.notes.values()
    )
    assert theirs == ours


@given(songs(most_tracks=2))
@settings(max_examples=50)
def test_exporting_twice_gives_the_same_notes_and_curves(score):
    once = import_midi(export_midi(score)).score
    assert sense(import_midi(export_midi(once)).score) == sense(once)


def test_forty_tracks_use_ports_and_come_back():
    ids = new_ids(8, 40)
    score = Score()
    for number, (name, order) in enumerate(zip(ids, orders_after(None, 40), strict=True)):
        kind: TrackKind = "drums" if number % 20 == 3 else "pitched"
        score.tracks[name] = Track(name, order, f"Part {number}", kind=kind, program=number)
        score.notes[f"note{number:06}"] = Note(f"note{number:06}", name, 60, number, 100, 80)
    data = export_midi(score)
    addresses = set()
    for track in read_smf(data).tracks[1:]:
        ports = [data[0] for _, kind, data, _ in track.metas if kind == 0x21]
        addresses.add((ports[0] if ports else 0, track.events[0][1] & 15))
    assert len(addresses) == 40
    assert max(port for port, _ in addresses) == 2
    assert sense(import_midi(data).score) == sense(score)


def test_a_ramp_goes_out_each_sixteenth_and_keeps_its_time():
    tempo = {0: (microseconds_of(60), 1), 1920: (microseconds_of(120), 0)}
    steps = tempo_steps(tempo)
    assert [tick for tick, _ in steps] == [*range(0, 1920, 120), 1920]
    ramp, stairs = TempoMap(tempo), TempoMap({tick: (us, 0) for tick, us in steps})
    for tick in range(0, 3000, 120):
        assert stairs.seconds(tick) == pytest.approx(ramp.seconds(tick), abs=1e-5)


def test_a_ramp_that_was_edited_elsewhere_stays_as_edited():
    score = Score(tempo={0: (1_000_000, 1), 480: (500_000, 0)})
    data = export_midi(score)
    edited = data.replace(b"\xff\x51\x03" + (500_000).to_bytes(3), b"\xff\x51\x03\x09\x27\xc0")
    assert edited != data
    tempo = import_midi(edited).score.tempo
    assert tempo[480] == (600_000, 0)
    assert all(ramp == 0 for _, ramp in tempo.values())


def test_a_very_long_ramp_makes_no_endless_file():
    tempo = {0: (1_000_000, 1), 2**31 - 1: (500_000, 0)}
    assert len(tempo_steps(tempo)) <= 4097 + 1


@given(songs(most_tracks=1))
def test_steps_of_a_line_never_leave_it(score):
    for lane in score.lanes.values():
        steps = lane_steps(lane)
        assert [tick for tick, _ in steps] == sorted({tick for tick, _ in steps})
        told = dict(steps)
        assert all(told[tick] == value for tick, (value, _) in lane.items())
        for (start, (low, _)), (end, (high, _)) in pairwise(sorted(lane.items())):
            between = [value for tick, value in steps if start <= tick <= end]
            assert all(min(low, high) <= value <= max(low, high) for value in between)


def test_notes_without_a_track_go_out_on_a_track_of_their_own():
    score = Score(notes={"note000000": Note("note000000", "gonegone", 60, 0, 480, 80)})
    imported = import_midi(export_midi(score)).score
    assert [track.name for track in imported.tracks.values()] == ["Recovered"]
    assert len(imported.notes) == 1


def test_recorded_sound_stays_behind():
    score = Score(tracks={"audioaud": Track("audioaud", "1", "Voice", kind="audio")})
    assert import_midi(export_midi(score)).score.tracks == {}


def test_overlapping_notes_go_out_without_overlap():
    score = Score(tracks={"leadlead": Track("leadlead", "1", "Lead")})
    score.notes["a" * 10] = Note("a" * 10, "leadlead", 60, 0, 480, 80)
    score.notes["b" * 10] = Note("b" * 10, "leadlead", 60, 240, 480, 90)
    imported = import_midi(export_midi(score)).score
    rows = sorted((note.start, note.duration, note.velocity) for note in imported.notes.values())
    assert rows == [(0, 240, 80), (240, 480, 90)]
