"""Training: rows, resumption, a tiny model that learns; and the n-gram baseline."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import symusic
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from generation.composer import vocabulary as v
from generation.composer.encoding import encode, without
from generation.composer.grammar import Grammar
from generation.composer.model import Shape
from generation.composer.piece import GridNote, Part, Piece
from generation.composer.weights import load
from generation.training.corpus import Corpus, build, gather, open_corpus
from generation.training.evaluation import (
    bare,
    baseline_of,
    baseline_scores,
    compare,
    composer_scores,
    windows,
)
from generation.training.kneser_ney import KneserNey
from generation.training.loop import Plan, Run, rate_at, train
from generation.training.midi_folder import Source, read_folder, read_midi
from generation.training.windows import Mixture, cut, dressed, passes
from tests.unit.generation.composer_pieces import pieces, tune

TINY = Shape(layers=1, channels=32, heads=2, hidden=64, context=128)


def small_corpus(count: int = 6) -> Corpus:
    return gather(
        Source(f"piece-{i}", "made", tune(parts=1 + i % 3, bars=6 + i)) for i in range(count)
    )


@given(pieces(), st.integers(0, 1000), st.sampled_from([64, 128, 1024]))
def test_windows_are_legal_and_fit(piece, seed, length):
    rng = np.random.default_rng(seed)
    for window in cut(encode(piece), length, rng):
        assert len(window) <= length
        made = dressed(window, length, Mixture(bare=0.3, infill=0.6), rng)
        assert len(made) <= length
        grammar = Grammar()
        for symbol in made.tolist():
            grammar.advance(symbol)


def test_windows_cover_the_piece():
    piece = encode(tune(parts=3, bars=40))
    rng = np.random.default_rng(0)
    bars = sum(int(np.sum(w == v.BAR)) for w in cut(piece, 200, rng))
    assert bars >= 40


def test_rows_repeat_by_seed_and_have_targets():
    corpus = small_corpus()
    first, second = (passes(corpus, 128, Mixture(), seed=3, pool=4) for _ in range(2))
    for _ in range(10):
        a, b = next(first), next(second)
        assert all(a[i].tobytes() == b[i].tobytes() for i in range(3))
        symbols, places, targets = a
        assert symbols.shape == (128,) and places.shape == (4, 128)
        counted = targets >= 0
        assert counted.any()
        assert np.array_equal(targets[:-1][counted[:-1]], symbols[1:][counted[:-1]])
        names = {v.FAMILY_OF[t] for t in targets[counted].tolist()}
        assert not names & {*v.CONTROLS, "PAD", "BOS", "MID", "FILL", "FILLS"}


def test_a_corpus_is_kept_in_files(tmp_path):
    sources = [Source("a", "made", tune()), Source("b", "other", tune(parts=1))]
    corpus = build(sources, tmp_path)
    again = open_corpus(tmp_path)
    assert again.ids == ["a", "b"] and again.sources == ["made", "other"]
    assert np.array_equal(again.piece(1), encode(tune(parts=1)))
    assert np.array_equal(again.symbols, corpus.symbols)
    about = json.loads((tmp_path / "sources.json").read_text())
    (tmp_path / "sources.json").write_text(json.dumps({**about, "version": 0}))
    with pytest.raises(ValueError, match="again"):
        open_corpus(tmp_path)


def test_a_tiny_model_learns_and_goes_on_where_it_stopped(tmp_path):
    corpus = small_corpus()
    plan = Plan(minutes=60, rows=4, at_once=2, report_steps=4, warm_steps=2)
    run = Run(TINY, plan, tmp_path)
    history = train(run, corpus, Mixture(), lambda line: None, steps=24)
    assert history[-1] < 0.7 * history[0]
    more = Run(TINY, plan, tmp_path)
    assert more.resume() and more.step == 24 and more.symbols == run.symbols
    for name, weight in run.model.state_dict().items():
        assert np.array_equal(weight.numpy(), more.model.state_dict()[name].numpy())
    later = train(more, corpus, Mixture(), lambda line: None, steps=28)
    assert later[-1] < history[0]


def test_the_rate_rises_holds_and_ends_at_nothing():
    plan = Plan(minutes=1, warm_steps=10, decay=0.5)
    assert rate_at(0, 0.0, plan) == pytest.approx(0.1)
    assert rate_at(50, 0.3, plan) == 1.0
    assert rate_at(90, 0.75, plan) == pytest.approx(0.5)
    assert rate_at(120, 1.0, plan) == 0.0


def test_ngrams_are_distributions_and_know_what_they_heard():
    corpus = small_corpus()
    model = KneserNey([bare(corpus.piece(i)) for i in range(5)])
    unheard = bare(corpus.piece(5))
    before = -np.log(model.distributions(unheard)[np.arange(len(unheard) - 1), unheard[1:]]).mean()
    reached = model.tune([unheard])
    chances = model.distributions(unheard)
    assert np.allclose(chances.sum(1), 1.0)
    assert (chances > 0).all()
    after = -np.log(chances[np.arange(len(unheard) - 1), unheard[1:]]).mean()
    assert after == pytest.approx(reached, abs=1e-6)
    assert after <= before + 1e-9
    assert after < 1.0


def test_a_hand_counted_ngram():
    # After A comes B twice and C once; what the discounts take goes to the order below.
    a, b, c = v.PITCH, v.PITCH + 1, v.PITCH + 2
    text = np.array([v.BOS, a, b, a, b, a, c], dtype=np.uint16)
    model = KneserNey([text], order=2)
    model.orders[0].discounts[:] = 0.0
    model.orders[1].discounts[:] = 0.5
    row = model.distributions(np.array([v.BOS, a, b], dtype=np.uint16))[1]
    lower = {a: 2 / 4, b: 1 / 4, c: 1 / 4}  # how many different symbols stand before each
    assert row[b] == pytest.approx((2 - 0.5) / 3 + (0.5 + 0.5) / 3 * lower[b])
    assert row[c] == pytest.approx((1 - 0.5) / 3 + (0.5 + 0.5) / 3 * lower[c])
    assert row[a] == pytest.approx((0.5 + 0.5) / 3 * lower[a])


@given(pieces(), st.sampled_from([(96, 32), (200, 100)]))
def test_evaluation_windows_score_every_symbol_once(piece, sizes):
    length, earlier = sizes
    symbols = bare(encode(piece))
    bars = np.flatnonzero(symbols == v.BAR)
    if np.diff([*bars, len(symbols)]).max() > length - earlier - 20:
        return  # a bar that no window can hold
    scored = 1
    for window, first, last in windows(symbols, length, earlier):
        assert first == scored and len(window) <= length
        assert np.array_equal(window[len(window) - (last - first) :], symbols[first:last])
        scored = last
    assert scored == len(symbols)


def test_both_models_are_compared_on_the_same_notes(tmp_path):
    corpus, unheard = small_corpus(8), small_corpus(3)
    run = Run(TINY, Plan(minutes=60, rows=4, at_once=2), tmp_path)
    train(run, corpus, Mixture(), lambda line: None, steps=10)
    ours = list(composer_scores(run.model, unheard, earlier=32))
    theirs = list(baseline_scores(baseline_of(corpus, 2), unheard))
    result = compare(ours, theirs, draws=50)
    assert result["notes"] == sum(
        int(np.sum((unheard.symbols >= v.DURATION) & (unheard.symbols < v.VELOCITY))) for _ in "x"
    )
    assert result["below"] == pytest.approx(1 - result["composer"] / result["kneser_ney_5"])
    low, high = result["below_interval"]
    assert low <= result["below"] <= high
    assert result["sources"]["made"]["pieces"] == 3


def write_midi(path: Path, *, drums: bool = False, velocities: tuple[int, int] = (80, 80)) -> None:
    score: Any = symusic.Score(480)
    track: Any = symusic.Track("piano", 5, drums)
    for i in range(32):
        track.notes.append(symusic.Note(i * 240, 240, 60 + i % 7, velocities[i % 2]))
    score.tracks.append(track)
    score.time_signatures.append(symusic.TimeSignature(0, 3, 4))
    path.parent.mkdir(parents=True, exist_ok=True)
    score.dump_midi(str(path))


def test_midi_files_become_pieces(tmp_path):
    write_midi(tmp_path / "a.mid")
    piece = read_midi(tmp_path / "a.mid")
    assert piece is not None
    assert piece.meters[0] == (0, 3, 4)
    assert [n.duration for n in piece.parts[0].notes] == [6] * 32
    assert {n.velocity for n in piece.parts[0].notes} == {None}  # one velocity tells nothing
    write_midi(tmp_path / "b.mid", velocities=(60, 100))
    loud = read_midi(tmp_path / "b.mid")
    assert loud is not None
    assert {n.velocity for n in loud.parts[0].notes} == {60, 100}
    write_midi(tmp_path / "c.mid", drums=True)
    assert read_midi(tmp_path / "c.mid") is None


def test_an_indexed_folder_gives_only_the_licences_asked_for(tmp_path):
    for name in ("free", "shared"):
        write_midi(tmp_path / "midi" / f"{name}.mid")
    (tmp_path / "index.csv").write_text(
        "id,source,tier,tempo_known,midi\n"
        "free,lieder,A,1,midi/free.mid\nshared,pianomidi,C,1,midi/shared.mid\n"
    )
    assert [s.id for s in read_folder(tmp_path)] == ["free"]
    assert [s.id for s in read_folder(tmp_path, ("A", "C"))] == ["free", "shared"]


def test_the_commands_train_evaluate_and_write_a_card(tmp_path, capsys):
    for i in range(4):
        write_midi(tmp_path / "music" / f"{i}.mid", velocities=(60 + i, 90))
    weights = tmp_path / "composer.safetensors"
    sizes = {"layers": 1, "channels": 32, "heads": 2, "context": 128, "rows": 2}
    call_command("train_composer", data=tmp_path / "music", out=tmp_path / "run", steps=3,
                 weights=weights, minutes=60.0, **sizes)  # fmt: skip
    assert load(weights).shape.channels == 32
    call_command("train_composer", out=tmp_path / "run", steps=4, weights=weights, minutes=60.0,
                 processes=2, **sizes)  # fmt: skip
    assert "going on from step 3" in capsys.readouterr().out
    call_command("evaluate_composer", data=tmp_path / "music", train=tmp_path / "run",
                 weights=weights, earlier=32, card=True)  # fmt: skip
    assert "macro" in capsys.readouterr().out
    card = json.loads(weights.with_suffix(".json").read_text())
    assert card["training"]["steps"] == 4
    assert card["evaluation"]["notes"] == 4 * 32


def test_training_without_music_says_what_to_give(tmp_path):
    with pytest.raises(CommandError, match="--data"):
        call_command("train_composer", out=tmp_path / "run")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="No usable MIDI"):
        call_command("train_composer", data=tmp_path / "empty", out=tmp_path / "run")


def test_silence_has_nothing_to_fill():
    piece = Piece([Part(0, []), Part(0, [GridNote(0, 60, 12, None)])], [(0, 4, 4), (480, 3, 4)])
    silent = without(encode(piece), ("TRACK", "POS", "PITCH", "DURATION", "PROGRAM"))
    rng = np.random.default_rng(0)
    for _ in range(20):
        assert len(dressed(silent, 128, Mixture(bare=1.0, infill=1.0), rng)) == len(silent)


def test_broken_files_are_left_out_and_named(tmp_path):
    write_midi(tmp_path / "good.mid")
    (tmp_path / "bad.mid").write_bytes(b"MThd")
    said: list[str] = []
    assert [s.id for s in read_folder(tmp_path, report=said.append)] == ["good.mid"]
    assert len(said) == 1 and said[0].startswith("bad.mid is left out")
