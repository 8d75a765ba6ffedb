"""SPEC V1, V2: what an update says, read from its bytes alone."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, merge_updates

from collaboration import update_encoder
from collaboration.update_decoder import RefusedError, summarize
from collaboration.update_splitter import split
from collaboration.wire import MalformedError, uint
from tests.unit.collaboration.peers import Peer

KEYS = st.integers(0, 5).map(lambda number: f"note00000{number}")
VALUES = st.one_of(
    st.integers(-(2**31), 2**31),
    st.text(max_size=20).filter(lambda text: "\0" not in text),
    st.lists(st.one_of(st.integers(-1000, 1000), st.just("trackAb1")), max_size=6),
)
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["set", "delete", "sync"]), KEYS, VALUES),
    max_size=40,
)


def edited(steps: list[Any]) -> list[Peer]:
    """Three peers who set, delete and hear of each other."""
    peers = [Peer(10), Peer(2**32 - 1), Peer(77)]
    for who, what, key, value in steps:
        peer = peers[who]
        if what == "set":
            peer.set("notes", key, value)
        elif what == "delete":
            if key in peer.root("notes"):
                peer.delete("notes", key)
        else:
            other = peers[(who + 1) % 3]
            peer.apply(other.document.get_update(peer.document.get_state()))
    return peers


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_summaries_agree_with_yrs(steps: list[Any]) -> None:
    peers = edited(steps)
    known: dict[int, int] = {}
    for peer in peers:
        clock = 0
        for update in peer.sent:
            summary = summarize(update)
            assert not summary.holes
            for client, (first, end) in summary.spans.items():
                assert client == peer.client_id
                assert first == clock
                clock = end
            for client, count in summary.needs.items():
                known[client] = max(known.get(client, 0), count)
        whole = summarize(peer.document.get_update())
        clocks = {client: end for client, (_, end) in whole.spans.items()}
        assert all(first == 0 for first, _ in whole.spans.values())
        assert all(count <= clocks[client] for client, count in whole.needs.items())
        assert clocks.get(peer.client_id, 0) == clock


@settings(max_examples=150, deadline=None)
@given(STEPS, st.data())
def test_damaged_updates_never_escape(steps: list[Any], data: st.DataObject) -> None:
    """Every byte string is summarised, refused or malformed; never anything else."""
    update = bytearray(edited(steps)[0].document.get_update())
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(update) - 1))
        update[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(update)))
    for damaged in (bytes(update), bytes(update[:cut])):
        try:
            summarize(damaged)
        except (MalformedError, RefusedError):
            pass


@given(st.binary(max_size=120))
def test_garbage_never_escapes(data: bytes) -> None:
    try:
        summarize(data)
    except (MalformedError, RefusedError):
        pass


def test_a_missing_update_is_seen_as_a_hole() -> None:
    peer = Peer(5)
    for number in range(4):
        peer.set("notes", f"note00000{number}", number)
    merged = merge_updates(peer.sent[0], peer.sent[3])
    assert summarize(merged).holes
    assert summarize(peer.sent[3]).spans == {5: (3, 4)}


def test_needs_name_origins_and_deletions() -> None:
    anna, ben = Peer(1), Peer(2)
    anna.set("notes", "note000001", 1)
    anna.set("notes", "note000002", 1)
    ben.apply(anna.document.get_update())
    summary = summarize(ben.set("notes", "note000002", 2))
    assert summary.needs == {1: 2}
    assert summary.opened == []
    assert summarize(ben.delete("notes", "note000001")).deletions == 1


def _update_of(change: Any) -> bytes:
    document: Any = Doc(client_id=9)
    change(document)
    return bytes(document.get_update())


def _text(document: Any) -> None:
    document["notes"] = Text("hello")


def _array(document: Any) -> None:
    document["notes"] = Array([1, 2])


def _nested(document: Any) -> None:
    document.get("notes", type=Map)["note000001"] = Map({"a": 1})


def _object(document: Any) -> None:
    document.get("notes", type=Map)["note000001"] = {"a": 1}


def _list_in_list(document: Any) -> None:
    document.get("notes", type=Map)["note000001"] = [[1]]


def _bytes(document: Any) -> None:
    document.get("notes", type=Map)["note000001"] = b"abc"


def _root(document: Any) -> None:
    document.get("passwords", type=Map)["note000001"] = 1


def _key(document: Any) -> None:
    document.get("notes", type=Map)["too short"] = 1


def _field(document: Any) -> None:
    document.get("tracks", type=Map)["trackAb1:colour"] = 1


@pytest.mark.parametrize(
    "change", [_text, _array, _nested, _object, _list_in_list, _bytes, _root, _key, _field]
)
def test_what_has_no_place_in_a_score_is_refused(change: Any) -> None:
    with pytest.raises(RefusedError):
        summarize(_update_of(change))


def test_a_value_that_follows_itself_is_malformed() -> None:
    loop = b"\x01\x01\x05\x00\xa8\x05\x00\x01\x7d\x01\x00"
    with pytest.raises(MalformedError):
        summarize(loop)


@pytest.mark.parametrize(
    "update",
    [
        b"\x00\x00\x00",
        b"\x01\x01\x05\x00\x00\x00\x00",
        b"\x02\x01\x05\x00\x00\x01\x01\x05\x00\x00\x01\x00",
        b"\x01\x01\x05\x00\x00" + uint(2**40) + b"\x00",
        b"\x00\x01\x05\x01" + uint(2**31) + b"\x01",
    ],
    ids=["longer", "empty struct", "client twice", "huge clock", "huge deletion"],
)
def test_contradictions_are_malformed(update: bytes) -> None:
    with pytest.raises(MalformedError):
        summarize(update)


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES))
def test_the_encoder_writes_what_yrs_reads(values: dict[str, Any]) -> None:
    update = update_encoder.encode(
        4_000_000_000, [("notes", key, value) for key, value in values.items()]
    )
    peer = Peer(1)
    peer.apply(update)
    assert peer.root("notes").to_py() == values
    if values:
        assert summarize(update).spans == {4_000_000_000: (0, len(values))}


@settings(max_examples=150, deadline=None)
@given(STEPS, st.integers(40, 300))
def test_split_updates_mean_the_same_together(steps: list[Any], size: int) -> None:
    update = edited(steps)[0].document.get_update()
    pieces = split(update, size)
    reader, whole = Peer(1), Peer(2)
    for piece in pieces:
        reader.apply(piece)
    whole.apply(update)
    assert reader.root("notes").to_py() == whole.root("notes").to_py()
    assert reader.document.get_state() == whole.document.get_state()
    assert len(pieces) == 1 or all(len(piece) <= size + 80 for piece in pieces)


def test_a_range_that_is_listed_twice_is_deleted_once() -> None:
    thrice = b"\x00\x01\x05\x03\x02\x04\x00\x03\x02\x04"
    summary = summarize(thrice)
    assert summary.deletions == 6
    assert summary.deleted == {5: [(0, 6)]}
