"""The tempo map against its definition: an integral, and its own inverse."""

import json
from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.score.tempo import TempoMap, bpm_of, microseconds_of
from tests.data import FIXTURES

tempos = st.dictionaries(
    st.integers(0, 200_000),
    st.tuples(st.integers(60_000, 12_000_000), st.integers(0, 1)),
    max_size=12,
).map(lambda events: {0: (500_000, 0), **events})


def test_120_bpm_lasts_half_a_second_a_quarter():
    tempo = TempoMap({0: (500_000, 0)})
    assert tempo.seconds(480) == pytest.approx(0.5)
    assert tempo.tick(2.0) == pytest.approx(1920)
    assert tempo.bpm(99) == pytest.approx(120)


def test_a_ramp_lasts_what_the_closed_form_says():
    tempo = TempoMap({0: (microseconds_of(60), 1), 4 * 480: (microseconds_of(120), 0)})
    assert tempo.seconds(4 * 480) == pytest.approx(60 * 4 * log(120 / 60) / (120 - 60))
    assert tempo.bpm(2 * 480) == pytest.approx(90)


def test_the_last_event_never_ramps_and_time_goes_on_before_zero():
    tempo = TempoMap({0: (500_000, 1)})
    assert tempo.seconds(960) == pytest.approx(1.0)
    assert tempo.seconds(-480) == pytest.approx(-0.5)
    assert TempoMap({}).bpm(0) == pytest.approx(120)
    assert TempoMap({480: (1_000_000, 0)}).bpm(0) == pytest.approx(60)


@given(tempos, st.integers(0, 300_000))
def test_ticks_and_seconds_are_inverse(events, tick):
    tempo = TempoMap(events)
    assert tempo.tick(tempo.seconds(tick)) == pytest.approx(tick, abs=1e-4)


@given(tempos, st.integers(0, 200_000), st.integers(1, 100))
def test_a_span_lasts_between_its_slowest_and_its_fastest_tempo(events, start, span):
    tempo = TempoMap(events)
    tempi = [tempo.bpm(start + step) for step in range(span + 1)]
    elapsed = tempo.seconds(start + span) - tempo.seconds(start)
    assert span / 8 / max(tempi) <= elapsed * (1 + 1e-6) + 1e-7
    assert elapsed <= span / 8 / min(tempi) * (1 + 1e-6) + 1e-7


@given(st.integers(60_000, 12_000_000))
def test_bpm_and_microseconds_are_inverse(microseconds):
    assert microseconds_of(bpm_of(microseconds)) == microseconds


def golden() -> list[dict[str, Any]]:
    """Cases that the browser's tempo map passes too."""
    cases: list[dict[str, Any]] = json.loads((FIXTURES / "tempo.json").read_text())["cases"]
    return cases


@pytest.mark.parametrize("case", golden(), ids=lambda case: case["name"])
def test_the_page_and_the_server_agree(case):
    tempo = TempoMap({tick: (microseconds, ramp) for tick, microseconds, ramp in case["events"]})
    for point in case["points"]:
        assert tempo.seconds(point["tick"]) == pytest.approx(point["seconds"], abs=1e-9)
        assert tempo.bpm(point["tick"]) == pytest.approx(point["bpm"], abs=1e-9)
        assert tempo.tick(point["seconds"]) == pytest.approx(point["tick"], abs=1e-5)
