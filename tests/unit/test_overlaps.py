"""Notes of one pitch and track never overlap; order strings sort."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.score.general_midi import PROGRAMS, family_of, instrument_name
from editor.score.order import orders_after
from editor.score.overlaps import without_overlaps
from editor.score.score import Note

notes = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.integers(60, 62),
        st.integers(0, 50),
        st.integers(1, 60),
        st.integers(1, 127),
    ),
    max_size=30,
).map(
    lambda rows: [
        Note(f"note{index:06}", track, pitch, start, duration, velocity)
        for index, (track, pitch, start, duration, velocity) in enumerate(rows)
    ]
)


def test_the_earlier_note_is_shortened():
    first, second = Note("a", "T", 60, 0, 20, 80), Note("b", "T", 60, 10, 20, 90)
    other = Note("c", "U", 60, 5, 20, 90)
    assert without_overlaps([second, first, other]) == [
        Note("a", "T", 60, 0, 10, 80),
        other,
        second,
    ]


@given(notes)
def test_nothing_overlaps_and_every_onset_stays(given_notes):
    kept = without_overlaps(given_notes)
    lines: dict[tuple[str, int], list[Note]] = {}
    for note in kept:
        lines.setdefault((note.track, note.pitch), []).append(note)
    for line in lines.values():
        assert all(left.end <= right.start for left, right in pairwise(line))
        assert all(note.duration >= 1 for note in line)
    onsets = {(note.track, note.pitch, note.start) for note in given_notes}
    assert {(note.track, note.pitch, note.start) for note in kept} == onsets
    assert without_overlaps(kept) == kept


@given(notes, st.randoms())
def test_the_result_does_not_depend_on_the_order(given_notes, random):
    shuffled = list(given_notes)
    random.shuffle(shuffled)
    assert without_overlaps(shuffled) == without_overlaps(given_notes)


@given(st.text("0159Aaz", max_size=4), st.integers(1, 200))
def test_orders_sort_after_each_other(last, count):
    orders = orders_after(last or None, count)
    assert orders == sorted(set(orders))
    assert orders[0] > last
    assert all(order[-1] != "0" for order in orders)


def test_every_program_has_a_name_and_a_family():
    assert len(set(PROGRAMS)) == 128
    assert instrument_name(40, drums=False) == "Violin"
    assert instrument_name(3, drums=True) == instrument_name(0, drums=True) == "Standard kit"
    assert family_of(40) == "Strings"
