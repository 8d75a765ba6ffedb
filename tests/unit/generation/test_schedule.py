"""Blocks of a phrase: every note enters once, before its block is rendered, and nothing waits."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from generation.ports import VoiceNote
from generation.voices.schedule import FIRST_BLOCK, LONGEST_BLOCK, blocks

RATE = 1000
TAIL = 0.2
PHRASES = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0, 2), st.integers(0, 127)), max_size=12
).map(lambda raw: sorted((VoiceNote(p, s, d, 80) for s, d, p in raw), key=lambda note: note.start))


@given(phrase=PHRASES, promises=st.lists(st.floats(0, 25), max_size=20))
def test_each_note_enters_once_in_the_block_of_its_start(
    phrase: list[VoiceNote], promises: list[float]
) -> None:
    items: list[tuple[float, int, VoiceNote | float]] = [(n.start, 1, n) for n in phrase]
    items += [(second, 0, second) for second in promises]
    items.sort(key=lambda item: item[:2])
    done = 0
    entered: list[VoiceNote] = []
    for entering, count in blocks((item for _, _, item in items), RATE, TAIL):
        assert 0 < count <= round(LONGEST_BLOCK * RATE)
        for note in entering:
            assert done / RATE <= note.start + 1e-9 < (done + count) / RATE + 1e-9
        entered += entering
        done += count
    assert sorted(entered, key=str) == sorted(phrase, key=str)
    if phrase and not promises:
        end = max(note.start + note.duration for note in phrase)
        assert 0 <= done - (end + TAIL) * RATE + 1e-6 < 1.001


def test_the_first_block_comes_with_the_first_promise() -> None:
    heard = []

    def arrivals() -> Iterator[VoiceNote | float]:
        yield VoiceNote(60, 0.0, 0.5, 80)
        heard.append("note")
        yield 0.1
        heard.append("promise")
        yield 0.2

    stream = blocks(arrivals(), RATE, TAIL)
    entering, count = next(stream)
    assert len(entering) == 1
    assert count == round(FIRST_BLOCK * RATE)
    assert heard == ["note"]
