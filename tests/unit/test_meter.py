"""Bars: where they start, which one holds a tick, meters that change in mid-bar."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.score.meter import DENOMINATORS, MeterMap, bar_ticks

meters = st.dictionaries(
    st.integers(0, 100_000),
    st.tuples(st.integers(1, 64), st.sampled_from(DENOMINATORS)),
    max_size=8,
)


def test_bars_of_four_four():
    meter = MeterMap({0: (4, 4)})
    assert [meter.bar_of(tick) for tick in (0, 1919, 1920)] == [0, 0, 1]
    assert meter.bar_start(3) == 5760
    assert meter.bars(100, 1921) == [(0, 1920), (1920, 3840)]
    assert meter.bars(5, 5) == []


def test_an_event_in_mid_bar_starts_a_new_bar():
    meter = MeterMap({0: (4, 4), 1000: (3, 4)})
    assert meter.bar_of(999) == 0
    assert meter.bar_of(1000) == 1
    assert meter.bar_start(2) == 1000 + 1440
    assert meter.bars(0, 1001) == [(0, 1000), (1000, 2440)]


def test_without_events_it_is_common_time():
    assert MeterMap({}).at(5) == (4, 4)
    assert bar_ticks((6, 8)) == 1440


@given(meters, st.integers(0, 200_000))
def test_a_tick_lies_in_its_bar(events, tick):
    meter = MeterMap(events)
    bar = meter.bar_of(tick)
    assert meter.bar_start(bar) <= tick < meter.bar_start(bar + 1)
    assert meter.bar_of(meter.bar_start(bar)) == bar


@given(meters, st.integers(0, 50_000), st.integers(1, 20_000))
def test_bars_are_gapless_and_cover_the_span(events, start, length):
    bars = MeterMap(events).bars(start, start + length)
    assert bars[0][0] <= start < bars[0][1]
    assert bars[-1][0] < start + length <= bars[-1][1]
    assert all(left[1] == right[0] for left, right in pairwise(bars))
    assert all(tick in {bar[0] for bar in bars} for tick in events if start < tick < start + length)
