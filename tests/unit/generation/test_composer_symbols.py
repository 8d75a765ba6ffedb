"""Symbols: what is written can be read again, whole or with parts moved to an answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.composer import vocabulary as v
from generation.composer.encoding import (
    decode,
    encode,
    room,
    transposed,
    with_density,
    with_fills,
    without,
)
from generation.composer.piece import GridNote, bars_of, pickup, tidy
from generation.composer.timeline import features
from tests.unit.generation.composer_pieces import grid_notes, pieces, tune


def loud(notes: list[GridNote]) -> list[GridNote]:
    """Notes with the velocities that their symbols stand for."""
    return [
        n._replace(velocity=v.velocity_of(v.velocity_symbol(n.velocity))) if n.velocity else n
        for n in notes
    ]


@given(pieces())
def test_notes_come_back_from_symbols(piece):
    symbols = encode(piece)
    back = decode(symbols.tolist(), bars_of(piece.meters, piece.end))
    assert [p.notes for p in back.parts] == [loud(p.notes) for p in piece.parts]


@given(pieces(), st.data())
def test_filled_pieces_hold_the_same_notes(piece, data):
    symbols = encode(piece)
    bars = bars_of(piece.meters, piece.end)
    first = data.draw(st.integers(0, len(bars) - 1))
    last = data.draw(st.integers(first, min(len(bars) - 1, first + 5)))
    slots = data.draw(st.sets(st.integers(0, len(piece.parts) - 1), min_size=1))
    context, answer = with_fills(symbols, first, last, slots)
    assert np.sum(context == v.FILL) == (last - first + 1) * len(slots)
    back = decode([*context.tolist(), *answer.tolist()], bars)
    assert [p.notes for p in back.parts] == [loud(p.notes) for p in piece.parts]


@given(pieces())
def test_controls_can_be_taken_out(piece):
    plain = without(encode(piece), v.CONTROLS)
    assert not {v.FAMILY_OF[s] for s in plain.tolist()} & set(v.CONTROLS)
    piece.style = piece.key = None
    piece.tempos, piece.chords = [], []
    assert plain.tolist() == encode(piece).tolist()


@given(pieces(), st.integers(-5, 6))
def test_transposition_moves_every_pitch(piece, semitones):
    symbols = encode(piece)
    low, high = room(symbols)
    semitones = max(low, min(high, semitones))
    moved = decode(transposed(symbols, semitones).tolist(), bars_of(piece.meters, piece.end))
    for before, after in zip(piece.parts, moved.parts):
        assert [n.pitch + semitones for n in before.notes] == [n.pitch for n in after.notes]
    assert transposed(transposed(symbols, semitones), -semitones).tolist() == symbols.tolist()


@given(st.lists(grid_notes, max_size=40))
def test_tidy_notes_never_overlap_themselves(notes):
    ends: dict[int, int] = {}
    for note in tidy(notes):
        assert ends.get(note.pitch, 0) <= note.start
        assert note.duration in v.DURATIONS
        ends[note.pitch] = note.start + note.duration


def test_doubled_notes_keep_the_longest_and_a_running_note_ends_at_the_next():
    notes = [GridNote(0, 60, 6, 80), GridNote(0, 60, 12, 80), GridNote(8, 60, 4, 80)]
    assert tidy(notes) == [GridNote(0, 60, 8, 80), GridNote(8, 60, 4, 80)]


def test_density_tells_notes_per_quarter():
    symbols = with_density(encode(tune(parts=1)), per_second=False)
    told = symbols[(symbols >= v.DENSITY) & (symbols < v.PACE)]
    assert set(told.tolist()) == {v.density_symbol(1.0)}
    assert len(told) == 8


def test_pace_needs_a_tempo():
    piece = tune(parts=1)
    assert not np.any(with_density(encode(piece), per_second=True) >= v.PACE)
    piece.tempos = [(0, 120.0)]
    symbols = with_density(encode(piece), per_second=True)
    assert set(symbols[symbols >= v.PACE].tolist()) == {v.pace_symbol(2.0)}


def test_the_timeline_follows_bars_answers_and_wishes():
    piece = tune(parts=2, bars=4)
    context, answer = with_fills(encode(piece), 1, 2, {1})
    symbols = [*context.tolist(), *answer.tolist()]
    time, _, slot, left = features(symbols)
    heard = [
        (int(time[i]), int(slot[i])) for i, s in enumerate(symbols) if v.FAMILY_OF[s] == "PITCH"
    ]
    assert sorted(heard) == sorted((n.start, p) for p, x in enumerate(piece.parts) for n in x.notes)
    assert set(left.tolist()) == {0}
    wished = with_density(encode(tune(parts=1, bars=1)), per_second=False)
    left = features(wished.tolist())[3]
    assert left.max() > left[-2] > 0  # it counts down as notes are written


@pytest.mark.parametrize("lead", [6, 12, 30])
def test_a_missing_pickup_is_found(lead):
    bar = 36
    notes = []
    for i in range(40):
        notes += [GridNote(bar * i, 60, 24, None), GridNote(bar * i + 24, 64, 12, None)]
    cut = [n._replace(start=n.start - (bar - lead)) for n in notes if n.start >= bar - lead]
    assert pickup(notes, bar) == 0
    assert pickup(cut, bar) == bar - lead


@given(st.integers(1, 300))
def test_durations_are_written_as_the_nearest(steps):
    nearest = min(v.DURATIONS, key=lambda d: (abs(d - steps), d))
    assert v.nearest_duration(steps) == nearest


def test_every_symbol_has_a_name():
    names = [v.describe(s) for s in range(v.SIZE)]
    assert len(set(names)) == v.SIZE
