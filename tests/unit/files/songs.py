"""Random scores of everything that MIDI can hold, and what makes two of them the same."""

from collections import Counter
from dataclasses import astuple
from typing import Any

from hypothesis import strategies as st

from editor.score.ids import new_ids
from editor.score.meter import DENOMINATORS
from editor.score.order import orders_after
from editor.score.overlaps import without_overlaps
from editor.score.score import MarkerKind, Mode, Note, Score, Track

seven_bits = st.integers(0, 127)
ticks = st.one_of(st.integers(0, 4_000), st.integers(0, 2**31 - 2))
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"),
    max_size=12,
)
names = words.map(lambda text: text.strip())


def curve(value: st.SearchStrategy[int]) -> st.SearchStrategy[dict[int, tuple[int, int]]]:
    """Points with steps and lines between them."""
    return st.dictionaries(ticks, st.tuples(value, st.integers(0, 1)), min_size=1, max_size=6)


controllers = st.one_of(
    st.tuples(st.integers(0, 119).map(lambda number: f"cc{number}"), curve(seven_bits)),
    st.tuples(st.just("bend"), curve(st.integers(-8192, 8191))),
    st.tuples(st.just("pressure"), curve(seven_bits)),
)


@st.composite
def songs(draw: st.DrawFn, most_tracks: int = 4) -> Score:
    score = Score(title=draw(names))
    count = draw(st.integers(0, most_tracks))
    for track_id, order in zip(new_ids(8, count), orders_after(None, count), strict=True):
        score.tracks[track_id] = Track(
            track_id, order, draw(names), draw(st.sampled_from(["pitched", "drums"])),
            draw(seven_bits), draw(st.integers(1, 12)), draw(seven_bits), draw(seven_bits),
            draw(st.booleans()), draw(seven_bits), draw(seven_bits),
        )  # fmt: skip
        for controller, lane in draw(st.lists(controllers, max_size=3)):
            score.lanes[track_id, controller] = lane
        rows = draw(
            st.lists(
                st.tuples(seven_bits, ticks, st.integers(1, 5_000), st.integers(1, 127)),
                max_size=8,
            )
        )
        notes = [
            Note(note_id, track_id, pitch, start, min(length, 2**31 - 1 - start), velocity)
            for note_id, (pitch, start, length, velocity) in zip(
                new_ids(10, len(rows)), rows, strict=True
            )
        ]
        for note in without_overlaps(notes):
            score.notes[note.id] = note
            if draw(st.booleans()):
                score.note_attrs[note.id, "lyric"] = draw(words)
    tempo = st.tuples(st.integers(60_000, 12_000_000), st.integers(0, 1))
    score.tempo = {0: draw(tempo), **draw(st.dictionaries(ticks, tempo, max_size=4))}
    meter = st.tuples(st.integers(1, 64), st.sampled_from(DENOMINATORS))
    score.meter = {0: draw(meter), **draw(st.dictionaries(ticks, meter, max_size=4))}
    modes: list[Mode] = ["major", "minor"]
    key = st.tuples(st.integers(-7, 7), st.sampled_from(modes))
    score.keys = draw(st.dictionaries(ticks, key, max_size=3))
    kinds: list[MarkerKind] = ["marker", "section"]
    marker = st.tuples(ticks, st.sampled_from(kinds), words)
    marks = draw(st.lists(marker, max_size=4))
    score.markers = dict(zip(new_ids(8, len(marks)), marks, strict=True))
    return score


def sense(score: Score) -> dict[str, Any]:
    """A score without its ids: what it says, in the order of its tracks."""
    order = {track.id: place for place, track in enumerate(score.ordered_tracks())}
    return {
        "title": score.title,
        "tracks": [astuple(track)[2:] for track in score.ordered_tracks()],
        "notes": Counter(
            (order[note.track], note.pitch, note.start, note.duration, note.velocity,
             score.note_attrs.get((note.id, "lyric")))
            for note in score.notes.values()
        ),
        "lanes": {(order[track], name): lane for (track, name), lane in score.lanes.items()},
        "tempo": score.tempo,
        "meter": score.meter,
        "keys": score.keys,
        "markers": Counter(score.markers.values()),
    }  # fmt: skip
