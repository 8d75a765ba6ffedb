"""The engine: its notes stay where they belong, come in order, and come again for the same seed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.score.score import Note, Score, Track
from generation.composer import vocabulary as v
from generation.composer.grammar import Grammar
from generation.composer.line import Line
from generation.composer.model import Shape
from generation.composer.sampling import Taste
from generation.composer.sheet import lay_out
from generation.composer.weights import SHIPPED, load, save
from generation.engines.composer import ComposerEngine
from generation.ports import (
    Controls,
    DoneEvent,
    EngineError,
    Event,
    NoteEvent,
    Region,
    Request,
)
from tests.unit.generation.composer_pieces import pieces, score_of, tune
from tests.unit.generation.test_composer_model import tiny_model

BAR = 1920
SMALL = Shape(layers=2, channels=32, heads=2, hidden=64)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    path = tmp_path_factory.mktemp("weights") / "composer.safetensors"
    save(tiny_model(SMALL), path)
    return path


@pytest.fixture(scope="module")
def engine(weights):
    return ComposerEngine(weights)


@pytest.fixture(scope="module")
def score():
    return score_of(tune(parts=3, bars=8))


def ask(
    engine: ComposerEngine,
    score: Score,
    tracks: Sequence[str] = ("t0",),
    start: int = 8 * BAR,
    end: int = 10 * BAR,
    *,
    kind: str = "continue",
    seed: int = 7,
    candidates: int = 2,
) -> tuple[dict[int, list[Note]], dict[int, dict[str, float]]]:
    """Notes by candidate, and the statistics that end each."""
    request = Request(
        kind=kind,
        context=score,
        region=Region(tuple(tracks), start, end),
        controls=Controls(),
        seed=seed,
        candidates=candidates,
    )
    notes: dict[int, list[Note]] = {i: [] for i in range(request.candidates)}
    done = {}
    for event in engine.propose(request):
        if isinstance(event, NoteEvent):
            assert event.candidate not in done
            assert event.logp <= 0
            notes[event.candidate].append(event.note)
        elif isinstance(event, DoneEvent):
            done[event.candidate] = event.stats
    assert set(done) == set(notes)
    return notes, done


def check(notes: list[Note], score: Score, tracks: Sequence[str], start: int, end: int) -> None:
    """In the region, on its tracks, in time order, never over a note of the same pitch."""
    placed = [
        (n.track, n.pitch, n.start, n.end)
        for n in score.notes.values()
        if not (n.track in tracks and start <= n.start < end)
    ]
    for before, after in pairwise(notes):
        assert before.start <= after.start
    for i, note in enumerate(notes):
        assert note.id == "" and note.track in tracks
        assert start <= note.start < note.end <= end
        assert 1 <= note.velocity <= 127 and v.PITCH_LOW <= note.pitch <= v.PITCH_HIGH
        others = [*placed, *((n.track, n.pitch, n.start, n.end) for n in notes[:i])]
        for track, pitch, begin, stop in others:
            if (track, pitch) == (note.track, note.pitch) and begin <= note.start:
                assert stop <= note.start


def test_a_continuation_fills_its_region(engine, score):
    notes, done = ask(engine, score, tracks=("t0", "t2"))
    for candidate in notes.values():
        assert candidate
        check(candidate, score, ("t0", "t2"), 8 * BAR, 10 * BAR)
    assert notes[0] != notes[1]
    assert done[0]["notes"] == len(notes[0])
    assert done[0]["symbols_per_second"] > 0


def test_an_infill_sees_both_sides_and_replaces_what_is_there(engine, score):
    start, end = 3 * BAR + 480, 5 * BAR - 7
    notes, _ = ask(engine, score, tracks=("t1",), start=start, end=end, kind="infill")
    for candidate in notes.values():
        assert candidate
        check(candidate, score, ("t1",), start, end)


def test_the_prompt_of_an_infill_hides_the_region_and_shows_the_rest(score):
    sheet = lay_out(score, ("t1",), 3 * BAR, 5 * BAR)
    prompt, last = sheet.filling(3, 600)
    assert last == 4
    assert prompt.count(v.FILL) == 2
    assert prompt[-1] == v.FILLS
    grammar = Grammar()
    for symbol in prompt:
        grammar.advance(symbol)
    heard = sum(v.FAMILY_OF[s] == "PITCH" for s in prompt)
    assert heard == len(score.notes) - 8


@settings(max_examples=12)
@given(pieces(), st.data())
def test_every_proposal_on_any_score_is_sound(engine, piece, data):
    score = score_of(piece)
    start = data.draw(st.integers(0, 400 * 40))
    end = start + data.draw(st.integers(1, 3 * BAR))
    tracks = tuple(data.draw(st.sets(st.sampled_from(sorted(score.tracks)), min_size=1)))
    try:
        notes, _ = ask(engine, score, tracks=tracks, start=start, end=end, candidates=1,
                       kind="infill", seed=data.draw(st.integers(0, 99)))  # fmt: skip
    except EngineError as problem:
        assert problem.code == "empty_context"
        return
    check(notes[0], score, tracks, start, end)


def test_the_same_score_and_seed_give_the_same_notes(engine, weights, score):
    first, _ = ask(engine, score, tracks=("t0", "t1"), seed=3)
    ask(engine, score, tracks=("t2",), start=2 * BAR, end=4 * BAR, kind="infill", seed=5)
    warm, _ = ask(engine, score, tracks=("t0", "t1"), seed=3)
    cold, _ = ask(ComposerEngine(weights), score, tracks=("t0", "t1"), seed=3)
    assert first == warm == cold
    other, _ = ask(engine, score, tracks=("t0", "t1"), seed=4)
    assert other != first


def test_a_candidate_does_not_depend_on_how_many_there_are(engine, score):
    alone, _ = ask(engine, score, candidates=1)
    four, _ = ask(engine, score, candidates=4)
    assert alone[0] == four[0]
    assert len({tuple(n) for n in four.values()}) == 4


def test_long_regions_outgrow_the_context(engine, score):
    notes, _ = ask(engine, score, tracks=("t0", "t1"), end=24 * BAR, candidates=1)
    check(notes[0], score, ("t0", "t1"), 8 * BAR, 24 * BAR)
    assert notes[0][-1].start >= 22 * BAR
    longer = {**score.notes}
    longer["far"] = Note("far", "t2", 60, 24 * BAR, 480, 80)
    around = replace(score, notes=longer)
    filled, _ = ask(engine, around, tracks=("t0",), end=24 * BAR, candidates=1, kind="infill")
    check(filled[0], around, ("t0",), 8 * BAR, 24 * BAR)
    assert filled[0][-1].start >= 22 * BAR


def test_an_empty_track_can_be_written_beside_music(engine, score):
    tracks = {**score.tracks, "new": Track("new", "z", program=32)}
    wider = replace(score, tracks=tracks)
    notes, _ = ask(engine, wider, tracks=("new",), start=0, end=4 * BAR, candidates=1)
    assert {n.track for n in notes[0]} == {"new"}


def test_velocities_stay_at_the_level_of_the_track(engine, score):
    notes, _ = ask(engine, score, candidates=1)
    assert {n.velocity for n in notes[0]} == {80}
    levels = {key: 30 + 60 * (i % 2) for i, key in enumerate(score.notes)}
    mixed = {key: replace(n, velocity=levels[key]) for key, n in score.notes.items()}
    notes, _ = ask(engine, replace(score, notes=mixed), end=12 * BAR, candidates=1)
    assert len({n.velocity for n in notes[0]}) > 1


def test_closing_the_iterator_cancels(engine, score):
    request = Request("continue", score, Region(("t0",), 8 * BAR, 40 * BAR), Controls(), 1, 2)
    events = engine.propose(request)
    next(events)
    events.close()
    notes, _ = ask(engine, score)
    assert notes[0]


def test_two_open_proposals_do_not_disturb_each_other(engine, score):
    requests = [
        Request("continue", score, Region((track,), 8 * BAR, 10 * BAR), Controls(), 1, 2)
        for track in ("t0", "t1")
    ]
    apart = [list(map(_music, engine.propose(r))) for r in requests]
    both = zip_longest(*(engine.propose(r) for r in requests))
    mixed = list(zip(*([_music(e) if e else None for e in pair] for pair in both)))
    assert [[e for e in events if e] for events in mixed] == apart


def _music(event: Event) -> object:
    """An event without its times."""
    return f"done {event.candidate}" if isinstance(event, DoneEvent) else event


def test_wishes_are_written_into_the_prompt(score):
    sheet = lay_out(score, ("t0",), 8 * BAR, 10 * BAR, tempo=90.0, density=2.0)
    line = Line(sheet, Taste(), np.random.default_rng(0), SMALL.context)
    assert v.tempo_symbol(90.0) in line.prompt
    symbols = []
    uniform = np.zeros(v.SIZE, dtype=np.float32)
    line.stale = False
    while (symbol := line.next(uniform)) is not None:
        symbols.append(symbol)
    follower = symbols[symbols.index(v.TRACK) + 1]
    assert follower == v.density_symbol(2.0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "sing"}, "kind"),
        ({"tracks": ("gone",)}, "unknown_track"),
        ({"tracks": ("drums",)}, "pitched_only"),
        ({"tracks": ()}, "no_tracks"),
        ({"start": 10, "end": 10}, "empty_region"),
        ({"end": 80 * BAR}, "region_too_long"),
        ({"candidates": 9}, "candidates"),
        ({"start": 10**12, "end": 10**12 + BAR}, "too_far"),
        ({"score": Score(tracks={"t0": Track("t0", "a")})}, "empty_context"),
    ],
)
def test_requests_without_sense_get_a_clear_error(engine, score, change, code):
    tracks = {**score.tracks, "drums": Track("drums", "y", name="Kit", kind="drums")}
    asked = {"score": replace(score, tracks=tracks), **change}
    with pytest.raises(EngineError) as problem:
        ask(engine, asked.pop("score"), **asked)
    assert problem.value.code == code
    assert problem.value.text.endswith(".")


def test_everything_selected_leaves_no_context(engine, score):
    with pytest.raises(EngineError) as problem:
        ask(engine, score, tracks=tuple(score.tracks), start=0, end=8 * BAR, kind="infill")
    assert problem.value.code == "empty_context"
    assert "Write a few notes first" in problem.value.text


def test_the_shipped_weights_answer_and_match_their_card(score):
    card = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))
    assert card["parameters"] == sum(p.numel() for p in load(SHIPPED).parameters()) >= 3_500_000
    assert card["evaluation"]["below"] >= 0.32
    assert all(source["tier"] in ("A", "B") for source in card["data"])
    notes, _ = ask(ComposerEngine(), score, candidates=1)
    check(notes[0], score, ("t0",), 8 * BAR, 10 * BAR)
    # It carries the tune on: quarters on the beat, as there were.
    assert sum(n.start % 480 == 0 for n in notes[0]) >= 0.7 * len(notes[0])


def test_missing_weights_name_the_training_command(tmp_path):
    with pytest.raises(EngineError, match="train_composer") as problem:
        ComposerEngine(tmp_path / "composer.safetensors")
    assert problem.value.code == "no_weights"
