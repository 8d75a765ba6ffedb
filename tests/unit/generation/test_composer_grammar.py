"""The grammar: takes what is encoded, and whatever it lets through can be read as music."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.composer import vocabulary as v
from generation.composer.encoding import decode, encode, with_density, with_fills, without
from generation.composer.grammar import Grammar, IllegalSymbol, masks
from generation.composer.piece import bars_of
from generation.training.midi_folder import Unreadable, read_midi
from tests.unit.generation.composer_pieces import pieces, tune


@given(pieces())
def test_every_encoded_piece_is_legal(piece):
    grammar = Grammar()
    for symbol in encode(piece).tolist():
        grammar.advance(symbol)
    assert grammar.finished
    plain = without(encode(piece), v.CONTROLS)
    assert masks(plain)[np.arange(len(plain)), plain].all()


@given(pieces(), st.data())
def test_every_filled_piece_is_legal(piece, data):
    symbols = with_density(encode(piece), per_second=False)
    bars = int(np.sum(symbols == v.BAR))
    first = data.draw(st.integers(0, bars - 1))
    slots = data.draw(st.sets(st.integers(0, len(piece.parts) - 1), min_size=1))
    context, answer = with_fills(symbols, first, min(bars - 1, first + 3), slots)
    grammar = Grammar()
    for symbol in [*context.tolist(), *answer.tolist()]:
        grammar.advance(symbol)
    assert grammar.finished


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_anything_that_is_let_through_is_music(seed, controls):
    rng = np.random.default_rng(seed)
    grammar = Grammar(controls=controls)
    symbols: list[int] = []
    while not grammar.finished and len(symbols) < 400:
        legal = np.flatnonzero(grammar.legal())
        assert len(legal)
        symbols.append(int(rng.choice(legal)))
        grammar.advance(symbols[-1])
    piece = decode(symbols)
    for part in piece.parts:
        ends: dict[int, int] = {}
        for note in part.notes:
            assert v.PITCH_LOW <= note.pitch <= v.PITCH_HIGH
            assert note.start >= ends.get(note.pitch, 0) or v.FILLS in symbols
            ends[note.pitch] = note.start + note.duration
    if not controls:
        assert not {v.FAMILY_OF[s] for s in symbols} & set(v.CONTROLS)


def test_what_is_out_of_place_is_refused_and_changes_nothing():
    grammar = Grammar()
    for symbol in encode(tune()).tolist()[:12]:
        grammar.advance(symbol)
    before = grammar.legal()
    for symbol in np.flatnonzero(~before).tolist():
        with pytest.raises(IllegalSymbol):
            grammar.advance(symbol)
    assert (grammar.legal() == before).all()


def test_places_stay_in_the_bar_and_pitches_ascend():
    grammar = Grammar(controls=False)
    for symbol in (v.BOS, v.TRACK, v.PROGRAM, v.BAR, v.meter_symbol(3, 4, 36), v.TRACK):
        grammar.advance(symbol)
    places = np.flatnonzero(grammar.legal()[v.POS : v.PITCH])
    assert places.tolist() == list(range(36))
    for symbol in (v.POS + 12, v.PITCH + 40, v.duration_symbol(12)):
        grammar.advance(symbol)
    row = grammar.legal()
    assert np.flatnonzero(row[v.POS : v.PITCH]).tolist() == list(range(13, 36))
    assert np.flatnonzero(row[v.PITCH : v.DURATION])[0] == 41


def test_a_sounding_pitch_does_not_begin_again():
    grammar = Grammar(controls=False)
    for symbol in (v.BOS, v.TRACK, v.PROGRAM, v.BAR, v.meter_symbol(4, 4, 48), v.TRACK,
                   v.POS, v.PITCH + 40, v.duration_symbol(24), v.POS + 12):  # fmt: skip
        grammar.advance(symbol)
    assert not grammar.legal()[v.PITCH + 40]
    grammar.advance(v.PITCH + 43)
    grammar.advance(v.duration_symbol(12))
    grammar.advance(v.POS + 24)
    assert grammar.legal()[v.PITCH + 40]


@given(pieces(), st.integers(0, 60))
def test_a_copy_goes_its_own_way(piece, count):
    symbols = encode(piece).tolist()
    grammar = Grammar()
    for symbol in symbols[:count]:
        grammar.advance(symbol)
    twin = grammar.copy()
    before = grammar.legal()
    for symbol in symbols[count:]:
        twin.advance(symbol)
    assert (grammar.legal() == before).all()


def test_real_files_are_legal():
    fixtures = Path(__file__).parents[2] / "fixtures"
    read = 0
    for path in sorted(fixtures.rglob("*.mid")):
        try:
            piece = read_midi(path)
        except Unreadable:
            continue  # some fixtures are no MIDI at all
        if piece is None or piece.end > 40_000:
            continue
        symbols = encode(piece)
        grammar = Grammar()
        for symbol in symbols.tolist():
            grammar.advance(symbol)
        back = decode(symbols.tolist(), bars_of(piece.meters, piece.end))
        assert [len(p.notes) for p in back.parts] == [len(p.notes) for p in piece.parts]
        read += 1
    assert read >= 5
