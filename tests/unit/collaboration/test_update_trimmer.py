"""SPEC V4: of an update only what is new is applied."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration import document, state_vector
from collaboration.update_decoder import summarize
from collaboration.update_trimmer import trimmed
from tests.unit.collaboration.peers import Peer
from tests.unit.collaboration.test_update_decoder import STEPS, edited


@settings(max_examples=150, deadline=None)
@given(STEPS, st.data())
def test_what_is_left_means_the_same(steps: list[Any], data: st.DataObject) -> None:
    """SPEC V4: cut at any clock that a reader may stand at."""
    writer = edited(steps)[0]
    whole = writer.document.get_update()
    reader, expected = Peer(1), Peer(2)
    for update in writer.sent[: data.draw(st.integers(0, len(writer.sent)))]:
        if summarize(update).needs.keys() <= {writer.client_id}:
            reader.apply(update)
    known = state_vector.decode(reader.document.get_state())
    rest = trimmed(whole, known)
    assert all(
        first >= known.get(client, 0) for client, (first, _) in summarize(rest).spans.items()
    )
    reader.apply(rest)
    expected.apply(whole)
    assert reader.document.get_state() == expected.document.get_state()
    assert document.canonical(reader.document) == document.canonical(expected.document)


@pytest.mark.parametrize(
    ("update", "rest"),
    [
        (b"\x01\x01\x05\x00\x00\x04\x00", b"\x01\x01\x05\x02\x00\x02\x00"),
        (
            b"\x01\x01\x05\x00\x21\x01\x05tempo\x010\x03\x00",
            b"\x01\x01\x05\x02\x81\x05\x01\x01\x00",
        ),
        (
            b"\x01\x01\x05\x00\x28\x01\x05tempo\x010\x03\x7d\x01\x75\x01\x7d\x02\x7d\x03\x00",
            b"\x01\x01\x05\x02\x88\x05\x01\x01\x7d\x03\x00",
        ),
        (
            b"\x01\x01\x05\x00\x21\x01\x05tempo\x010\x02\x01\x05\x01\x00\x01",
            b"\x00\x01\x05\x01\x00\x01",
        ),
    ],
    ids=["garbage", "deleted", "values", "known"],
)
def test_a_struct_that_is_known_in_part_follows_its_known_part(update: bytes, rest: bytes) -> None:
    """SPEC V4."""
    assert trimmed(update, {5: 2}) == rest
