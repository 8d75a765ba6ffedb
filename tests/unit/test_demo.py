"""The demo: sound music, placed once."""

import pytest

from collaboration import services as live
from editor.demo import DEMO_ID
from editor.demo.lines import beats, line, pitch_of
from editor.demo.piece import BARS, demo_score
from editor.demo.placing import do_place_demo
from editor.models import Score
from editor.score.meter import MeterMap
from editor.score.overlaps import without_overlaps
from editor.selectors.access import role_of


def test_the_piece_is_whole():
    score = demo_score()
    assert [track.name for track in score.ordered_tracks()] == [
        "Call", "Answer", "Keys", "Strings", "Bass", "Drums",
    ]  # fmt: skip
    assert MeterMap(score.meter).bar_of(score.end - 1) == BARS - 1
    notes = list(score.notes.values())
    assert sorted(note.duration for note in without_overlaps(notes)) == sorted(
        note.duration for note in notes
    )
    assert all(1 <= note.velocity <= 127 and 24 <= note.pitch <= 96 for note in notes)
    bars = {note.start // 1920 for note in notes}
    assert bars == set(range(BARS))


def test_the_winds_stay_in_the_key_but_for_its_chords():
    score = demo_score()
    winds = {track.id for track in score.tracks.values() if track.name in {"Call", "Answer"}}
    scale = {pitch_of(f"{name}4") % 12 for name in ("D", "E", "F#", "G", "A", "B", "C#")}
    foreign = {n.pitch % 12 for n in score.notes.values() if n.track in winds} - scale
    assert foreign == {pitch_of("G#4") % 12, pitch_of("D#4") % 12}


def test_bars_are_counted_and_pitches_read():
    assert pitch_of("C4") == 60 and pitch_of("Bb3") == 58
    with pytest.raises(ValueError, match="bar 2 holds 15"):
        line("C4 16 | C4 15", velocity=80)
    with pytest.raises(ValueError, match="no pitch"):
        line("H4 16", velocity=80)
    assert [stroke.start for stroke in beats([{36: "9...5..........."}])] == [0, 480]


@pytest.mark.django_db
def test_it_is_placed_once_for_everybody_to_read():
    assert do_place_demo() is True
    assert do_place_demo() is False
    row = Score.objects.get(pk=DEMO_ID)
    assert row.template and row.notes_count > 500 and len(row.thumbnail) <= 200
    content, seq = live.read(DEMO_ID)
    assert seq == 1 and len(content.notes) == row.notes_count
    assert role_of(None, DEMO_ID) == "viewer"
