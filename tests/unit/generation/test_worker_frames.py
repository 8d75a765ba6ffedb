"""Frames between server and workers survive any cut, and requests any crossing."""

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.score.score import Note, Score, Track
from generation.ports import Controls, Region, Request
from generation.worker.frames import BrokenFrame, Inbox, Unpacker, pack
from generation.worker.packing import BAR, BARS_AFTER, BARS_BEFORE, pack_request, unpack_request

MESSAGES = st.lists(
    st.tuples(
        st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=9), max_size=4),
        st.binary(max_size=40),
    ),
    max_size=6,
)


@given(messages=MESSAGES, cuts=st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_frames_survive_any_cut(
    messages: list[tuple[dict[str, Any], bytes]], cuts: list[int]
) -> None:
    stream = b"".join(pack(message, blob) for message, blob in messages)
    unpacker = Unpacker()
    heard: list[tuple[dict[str, Any], bytes]] = []
    place = turn = 0
    while place < len(stream):
        size = cuts[turn % len(cuts)]
        heard += unpacker.feed(stream[place : place + size])
        place, turn = place + size, turn + 1
    assert heard == messages


@pytest.mark.parametrize(
    "data", [b"\xff" * 8, b"\x02\x00\x00\x00\x00\x00\x00\x00[]", b"\x01\0\0\0\0\0\0\0{"]
)
def test_other_bytes_are_noticed(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        list(Unpacker().feed(data))


def test_an_inbox_takes_what_has_come_and_notices_the_end() -> None:
    reading, writing = os.pipe()
    inbox = Inbox(reading)
    assert inbox.take(wait=False) == []
    os.write(writing, pack({"n": 1}) + pack({"n": 2})[:5])
    assert inbox.take(wait=True) == [{"n": 1}]
    os.write(writing, pack({"n": 2})[5:])
    assert inbox.take(wait=False) == [{"n": 2}]
    os.close(writing)
    assert inbox.take(wait=True) == []
    assert not inbox.open
    os.close(reading)


def note(number: int, start: int) -> Note:
    return Note(f"note{number:06}", "trackAb1", 60, start, 120, 80)


def request(score: Score) -> Request:
    region = Region(("trackAb1",), 100 * BAR, 104 * BAR)
    return Request("infill", score, region, Controls(tempo=90.0), 7, 2)


def test_a_request_crosses_whole() -> None:
    score = Score(
        title="Étude",
        tracks={"trackAb1": Track("trackAb1", "a0", name="Lead", kind="drums")},
        notes={one.id: one for one in (note(1, 99 * BAR), note(2, 102 * BAR))},
        tempo={0: (500_000, 0), 960: (400_000, 1)},
        meter={0: (3, 4)},
        keys={0: (-3, "minor")},
        chords={480: ("Dm7", 960)},
    )
    assert unpack_request(pack_request(request(score))) == request(score)


def test_far_and_muted_notes_stay_behind() -> None:
    near = [note(1, 100 * BAR), note(2, (100 - BARS_BEFORE) * BAR), note(3, 110 * BAR)]
    far = [note(4, 0), note(5, (104 + BARS_AFTER) * BAR)]
    muted = note(6, 100 * BAR)
    score = Score(
        tracks={"trackAb1": Track("trackAb1", "a0")},
        notes={one.id: one for one in (*near, *far, muted)},
        note_attrs={(muted.id, "muted"): 1, (near[0].id, "muted"): 0},
    )
    assert set(unpack_request(pack_request(request(score))).context.notes) == {
        one.id for one in near
    }
