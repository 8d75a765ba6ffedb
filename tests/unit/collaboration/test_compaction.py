"""SPEC E: authorship read from bytes, and documents written anew."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration import compaction, document
from collaboration.authorship import authors
from collaboration.live_document import Verdict
from collaboration.write_path import LineageError, Submission, WritePath
from tests.unit.collaboration.memory_journal import MemoryJournal
from tests.unit.collaboration.peers import Peer

STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["set", "set", "delete", "sync"]),
        st.sampled_from([f"note00000{number}" for number in range(4)]),
    ),
    max_size=60,
)
NOTE = ["trackAb1", 60, 480, 240, 100]
ANNA, BEN = 1, 2


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_whoever_wrote_what_stands_is_found(steps: list[Any]) -> None:
    """Every value says who wrote it; the bytes must say the same."""
    peers = [Peer(10), Peer(500), Peer(70_000)]
    for who, what, key in steps:
        peer = peers[who]
        if what == "set":
            peer.set("notes", key, [peer.client_id])
        elif what == "delete" and key in peer.root("notes"):
            peer.delete("notes", key)
        else:
            other = peers[(who + 1) % 3]
            peer.apply(other.document.get_update(peer.document.get_state()))
    for peer in peers:
        standing = {("notes", key): value[0] for key, value in peer.root("notes").to_py().items()}
        assert authors(peer.document.get_update()) == standing


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "LARGE_BYTES", 100)


def content(path: WritePath) -> dict[str, Any]:
    peer = Peer(99)
    peer.apply(path.live.encoded())
    return document.canonical(peer.document)


def worn(journal: MemoryJournal) -> tuple[WritePath, Peer, Peer]:
    """A score with much past: Ben overwrites every note of Anna but one, many times."""
    path = WritePath("score", journal)
    anna, ben = Peer(7), Peer(8)
    keys = [f"note{number:06d}" for number in range(10)]
    for key in keys:
        path.write([Submission(anna.set("notes", key, NOTE), ANNA)])
    ben.apply(anna.document.get_update())
    for _ in range(10):
        for key in keys[1:]:
            path.write([Submission(ben.set("notes", key, NOTE), BEN)])
    return path, anna, ben


def test_a_worn_document_is_written_anew(capsys: Any) -> None:
    """SPEC E1."""
    journal = MemoryJournal()
    path, _, _ = worn(journal)
    before, size, seq = content(path), len(path.live.encoded()), path.live.seq
    assert path.renew()
    assert (path.live.epoch, path.live.seq) == (2, seq + 1)
    assert content(path) == before == content(WritePath("score", journal))
    assert len(path.live.encoded()) < size / 1.5
    assert sorted(owner or 0 for owner in path.live.owners.values()) == [ANNA, BEN]
    written = authors(path.live.encoded())
    assert path.live.owners[written["notes", "note000000"]] == ANNA
    assert path.live.owners[written["notes", "note000001"]] == BEN
    assert path.live.live_notes == 10


def test_a_fresh_document_is_left_alone() -> None:
    """SPEC E1."""
    journal = MemoryJournal()
    path = WritePath("score", journal)
    anna = Peer(7)
    for number in range(20):
        path.write([Submission(anna.set("notes", f"note{number:06d}", NOTE), ANNA)])
    assert not path.renew()
    assert path.live.epoch == 1


def test_edits_of_the_old_lineage_are_refused() -> None:
    """SPEC A2, E3."""
    journal = MemoryJournal()
    path, anna, ben = worn(journal)
    elsewhere = WritePath("score", journal)
    path.renew()
    late = Submission(anna.set("notes", "note000099", NOTE), ANNA)
    assert path.write([late]).rulings[0].verdict is Verdict.LINEAGE
    with pytest.raises(LineageError):
        elsewhere.write([Submission(ben.set("notes", "note000098", NOTE), BEN)])
    newcomer = Peer(9)
    newcomer.apply(path.live.encoded())
    update = newcomer.set("notes", "note000001", NOTE)
    assert path.write([Submission(update, ANNA)]).rulings[0].verdict is Verdict.ADMITTED
