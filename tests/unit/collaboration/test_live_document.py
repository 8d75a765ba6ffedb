"""The fences around a live document, and its seeded model test."""

import random
import weakref
from pathlib import Path
from typing import Any

import pytest

from collaboration import document, limits, update_encoder
from collaboration.live_document import CorruptError, LiveDocument, Verdict
from collaboration.schema import Value, known_key, repaired
from collaboration.write_path import LineageError, StorageError, Submission, WritePath
from tests.unit.collaboration.memory_journal import MemoryJournal
from tests.unit.collaboration.peers import Peer

NOTE = ["trackAb1", 60, 480, 240, 100]
ANNA, BEN = 1, 2


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def path(journal: MemoryJournal) -> WritePath:
    return WritePath("score", journal)


def write(path: WritePath, *updates: bytes, person: int = ANNA) -> list[Verdict]:
    written = path.write([Submission(update, person) for update in updates])
    return [ruling.verdict for ruling in written.rulings]


def content(path: WritePath) -> dict[str, Any]:
    peer = Peer(99)
    peer.apply(path.live.encoded())
    return document.canonical(peer.document)


def stored_content(journal: MemoryJournal) -> dict[str, Any]:
    return content(WritePath("score", journal))


def test_an_edit_becomes_one_row_with_its_actor(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC W4, A3."""
    peer = Peer(7)
    updates = [peer.set("notes", f"note00000{number}", NOTE) for number in range(5)]
    assert write(path, *updates) == [Verdict.ADMITTED] * 5
    assert len(journal.rows) == 1
    assert journal.actors[0]["spans"] == [(ANNA, 7, number, number + 1) for number in range(5)]
    assert journal.identities == {7: ANNA}
    assert content(path) == stored_content(journal)
    assert path.live.live_notes == 5


def test_what_is_known_already_makes_no_row(path: WritePath, journal: MemoryJournal) -> None:
    peer = Peer(7)
    update = peer.set("notes", "note000001", NOTE)
    write(path, update)
    assert write(path, update, b"\x00\x00") == [Verdict.ADMITTED] * 2
    assert len(journal.rows) == 1


def test_a_hole_is_refused_and_filled_later(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC V2."""
    peer = Peer(7)
    first = peer.set("notes", "note000001", NOTE)
    second = peer.set("notes", "note000002", NOTE)
    assert write(path, second) == [Verdict.HOLE]
    assert journal.rows == []
    assert write(path, first, second) == [Verdict.ADMITTED] * 2
    assert set(content(path)["notes"]) == {"note000001", "note000002"}


def test_an_origin_that_nobody_knows_is_a_hole(path: WritePath) -> None:
    """SPEC V2."""
    anna, ben = Peer(7), Peer(8)
    anna.set("notes", "note000001", NOTE)
    ben.apply(anna.document.get_update())
    assert write(path, ben.set("notes", "note000001", NOTE), person=BEN) == [Verdict.HOLE]


def test_a_deletion_of_the_unknown_is_a_hole(path: WritePath) -> None:
    """SPEC V2."""
    assert write(path, b"\x00\x01\x07\x01\x00\x01") == [Verdict.HOLE]


def test_nobody_signs_with_anothers_client_id(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC A1."""
    peer = Peer(7)
    first = peer.set("notes", "note000001", NOTE)
    second = peer.set("notes", "note000002", NOTE)
    assert write(path, first, person=ANNA) == [Verdict.ADMITTED]
    assert write(path, second, person=BEN) == [Verdict.FOREIGN]
    assert write(path, first, person=BEN) == [Verdict.ADMITTED], "known structs bring nothing"
    assert write(path, second, person=ANNA) == [Verdict.ADMITTED]
    assert len(journal.rows) == 2


def test_an_older_lineage_is_refused(journal: MemoryJournal) -> None:
    """SPEC A2."""
    journal.elders = frozenset({7})
    path = WritePath("score", journal)
    assert write(path, Peer(7).set("notes", "note000001", NOTE)) == [Verdict.LINEAGE]


def test_forged_structs_under_known_clocks_change_nothing(
    path: WritePath, journal: MemoryJournal
) -> None:
    honest, forger = Peer(7), Peer(7)
    write(path, honest.set("notes", "note000001", NOTE))
    forged = forger.set("notes", "note000001", ["trackAb1", 1, 1, 1, 1])
    assert write(path, forged) == [Verdict.ADMITTED]
    assert content(path)["notes"] == {"note000001": NOTE}
    assert len(journal.rows) == 1


@pytest.mark.parametrize(
    ("root", "key", "bad", "right"),
    [
        ("notes", "note000001", ["trackAb1", 200, -5, 0, 0], ["trackAb1", 127, 0, 1, 1]),
        ("notes", "note000001", ["trackAb1", 60.4, 0, 10, 64], ["trackAb1", 60, 0, 10, 64]),
        ("notes", "note000001", ["trackAb1", 60, 0, 10], None),
        ("notes", "note000001", "x", None),
        ("notes", "note000001", ["nope", 60, 0, 10, 64], None),
        ("notes", "note000001", ["trackAb1", True, 0, 10, 64], None),
        ("tempo", "960", [1, 0], [60_000, 0]),
        ("meter", "0", [4, 3], [4, 4]),
        ("meter", "960", [99, 8], [64, 8]),
        ("tracks", "trackAb1:color", 99, 12),
        ("tracks", "trackAb1:kind", "theremin", None),
        ("lanes", "trackAb1:bend:480", [-99_999, 1], [-8192, 1]),
        ("lanes", "trackAb1:cc64:480", [-5, 1], [0, 1]),
        ("keys", "0", [-9, "minor"], [-7, "minor"]),
        ("keys", "0", [0, "dorian"], None),
        ("markers", "marker01", [5, "section", "A" * 2000], [5, "section", "A" * 1000]),
        ("noteAttrs", "note000001:muted", 7, 1),
        ("meta", "schema", 12, 1),
    ],
)
def test_a_bad_value_is_repaired_in_the_same_row(
    path: WritePath, journal: MemoryJournal, root: str, key: str, bad: Any, right: Any
) -> None:
    """SPEC V3."""
    peer = Peer(7)
    assert write(path, peer.set(root, key, bad)) == [Verdict.ADMITTED]
    assert len(journal.rows) == 1
    seen: list[Any] = []
    reader = Peer(8)
    map = reader.root(root)
    map.observe(lambda event: seen.extend(change["newValue"] for change in event.keys.values()))
    reader.apply(journal.rows[0].data)
    assert seen == ([] if right is None else [right])
    assert content(path)[root].get(key) == right
    assert stored_content(journal) == content(path)
    peer.apply(journal.rows[0].data)
    assert document.canonical(peer.document) == content(path)


def test_a_bad_value_gives_way_to_what_stood_there(path: WritePath) -> None:
    """SPEC V3."""
    peer = Peer(7)
    write(path, peer.set("notes", "note000001", NOTE))
    write(path, peer.set("notes", "note000001", "rubbish"))
    assert content(path)["notes"]["note000001"] == NOTE
    assert path.live.live_notes == 1


def test_the_first_tempo_can_be_changed_but_not_removed(path: WritePath) -> None:
    """SPEC V3."""
    peer = Peer(7)
    write(path, peer.set("tempo", "0", [600_000, 0]))
    write(path, peer.delete("tempo", "0"))
    assert content(path)["tempo"] == {"0": [600_000, 0]}


def test_too_many_notes_are_refused(
    path: WritePath, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC V5."""
    monkeypatch.setattr(limits, "LIVE_NOTES", 3)
    peer = Peer(7)
    for number in range(3):
        write(path, peer.set("notes", f"note00000{number}", NOTE))
    spare = Peer(8)
    assert write(path, spare.set("notes", "note000009", NOTE)) == [Verdict.FULL]
    write(path, peer.delete("notes", "note000000"))
    assert write(path, spare.sent[0]) == [Verdict.ADMITTED]
    assert path.live.live_notes == 3


def test_a_document_that_is_too_large_is_refused(
    path: WritePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC V5."""
    peer = Peer(7)
    write(path, peer.set("notes", "note000001", NOTE))
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 60)
    assert write(path, peer.set("notes", "note000002", NOTE)) == [Verdict.FULL]


def test_a_short_storage_error_is_outlasted(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC W5."""
    journal.failures = 2
    assert write(path, Peer(7).set("notes", "note000001", NOTE)) == [Verdict.ADMITTED]
    assert len(journal.rows) == 1


def test_a_long_storage_error_is_raised(
    path: WritePath, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC W5."""
    monkeypatch.setattr("collaboration.write_path.RETRY_AFTER", (0.0,))
    journal.failures = 2
    with pytest.raises(StorageError):
        write(path, Peer(7).set("notes", "note000001", NOTE))
    assert journal.rows == []


def test_two_writers_make_one_order(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC W6."""
    other = WritePath("score", journal)
    write(other, Peer(7).set("notes", "note000001", NOTE))
    written = path.write([Submission(Peer(8).set("notes", "note000002", NOTE), BEN)])
    assert [row.seq for row in written.rows] == [1, 2]
    assert written.own == written.rows[1]
    assert other.catch_up() == [written.rows[1]]
    assert content(other) == content(path) == stored_content(journal)


def test_a_gap_that_another_writer_filled_is_no_hole(
    path: WritePath, journal: MemoryJournal
) -> None:
    """SPEC V2, W6."""
    other = WritePath("score", journal)
    anna, ben = Peer(7), Peer(8)
    write(other, anna.set("notes", "note000001", NOTE))
    ben.apply(anna.sent[0])
    assert write(path, ben.set("notes", "note000001", NOTE), person=BEN) == [Verdict.ADMITTED]
    assert path.live.seq == 2


def test_rows_that_are_gone_mean_another_lineage(path: WritePath, journal: MemoryJournal) -> None:
    other = WritePath("score", journal)
    peer = Peer(7)
    for number in range(4):
        write(other, peer.set("notes", f"note00000{number}", NOTE))
        copy = other.live.copy()
        journal.keep_snapshot("score", epoch=1, seq=copy.seq, data=copy.data)
    with pytest.raises(LineageError):
        path.catch_up()


def test_structs_that_wait_for_each_other_are_poison(
    path: WritePath, journal: MemoryJournal
) -> None:
    """SPEC V4: each is the origin of the other; Yrs would keep both aside for ever."""
    circle = (
        b"\x02"
        + b"\x01\x05\x00" + b"\xa8\x06\x00\x01\x7d\x01"
        + b"\x01\x06\x00" + b"\xa8\x05\x00\x01\x7d\x01"
        + b"\x00"
    )  # fmt: skip
    peer = Peer(7)
    honest = peer.set("notes", "note000001", NOTE)
    assert write(path, circle, honest) == [Verdict.MALFORMED, Verdict.ADMITTED]
    assert content(path)["notes"] == {"note000001": NOTE}
    assert stored_content(journal) == content(path)


def test_a_snapshot_stands_for_the_rows_before_it(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC S1, S2."""
    peer = Peer(7)
    for number in range(3):
        write(path, peer.set("notes", f"note00000{number}", NOTE))
        copy = path.live.copy()
        assert copy.loads()
        journal.keep_snapshot("score", epoch=1, seq=copy.seq, data=copy.data)
        path.live.snapshot_kept(copy)
    assert [row.seq for row in journal.rows] == [3]
    assert stored_content(journal) == content(path)
    assert path.live.bytes_since == 0


def test_a_spoilt_snapshot_gives_way_to_the_one_before(
    path: WritePath, journal: MemoryJournal
) -> None:
    """SPEC S2."""
    peer = Peer(7)
    for number in range(2):
        write(path, peer.set("notes", f"note00000{number}", NOTE))
        copy = path.live.copy()
        data = copy.data if number == 0 else b"\x01\x02spoilt"
        journal.keep_snapshot("score", epoch=1, seq=copy.seq, data=data)
    assert stored_content(journal) == content(path)


def test_a_snapshot_that_lost_something_does_not_load(path: WritePath) -> None:
    """SPEC S1."""
    peer = Peer(7)
    write(path, peer.set("notes", "note000001", NOTE))
    copy = path.live.copy()
    write(path, peer.set("notes", "note000002", NOTE))
    short = type(copy)(copy.seq, copy.data, path.live.state, 2, 0)
    assert not short.loads()


def resident_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def test_a_document_that_nobody_holds_is_freed(journal: MemoryJournal) -> None:
    """A process that opens scores all year keeps only those that are open."""
    row: Value = ["trackAb1", 60, 480, 240, 100]
    notes = (("notes", f"n{number:09d}", row) for number in range(10_000))
    whole = update_encoder.encode(7, notes)
    write(WritePath("score", journal), whole)
    left = [weakref.ref(WritePath("score", journal).live) for _ in range(3)]
    before = resident_kib()
    left += [weakref.ref(WritePath("score", journal).live) for _ in range(8)]
    assert [one() for one in left] == [None] * len(left)
    assert resident_kib() - before < 8 * 1024, "eight documents of 5 MiB each would stand here"


def test_nothing_readable_is_said_not_replaced(journal: MemoryJournal) -> None:
    """SPEC S2."""
    write(WritePath("score", journal), Peer(7).set("notes", "note000001", NOTE))
    journal.rows[0] = type(journal.rows[0])(1, b"\xff\xff")
    with pytest.raises(CorruptError):
        LiveDocument(journal.load("score"))


ROOTS: dict[str, tuple[list[str], list[Any]]] = {
    "notes": ([f"note00000{number}" for number in range(6)], [NOTE, ["trackAb1", 61, 0, 5, 9]]),
    "tempo": (["0", "480", "960"], [[500_000, 0], [400_000, 1]]),
    "tracks": (["trackAb1:order", "trackAb1:name", "trackAb1:color"], ["a0", "Viola", 3]),
    "noteAttrs": (["note000001:lyric", "note000001:muted"], ["la", 1]),
}
BAD: list[Any] = ["rubbish", -1, 10**9, [1, 2, 3], ["trackAb1", 999, -1, 0.5, 300], True, 2.5]


@pytest.mark.parametrize("seed", range(25))
def test_whatever_people_and_forgers_do_everyone_agrees(seed: int) -> None:
    """Random clients edit, go offline, forge and repeat; rooms die. All converge on the journal."""
    chance = random.Random(seed)
    journal = MemoryJournal()
    paths = [WritePath("score", journal), WritePath("score", journal)]
    peers = [Peer(100 + number, person=number % 3) for number in range(5)]
    cursor = [0] * len(peers)

    def edit(peer: Peer) -> None:
        root = chance.choice(list(ROOTS))
        keys, values = ROOTS[root]
        key = chance.choice(keys)
        if chance.random() < 0.25 and key in peer.root(root):
            peer.delete(root, key)
        else:
            peer.set(root, key, chance.choice(values if chance.random() < 0.8 else BAD))

    def hear(peer: Peer) -> None:
        for row in journal.rows:
            peer.apply(row.data)

    def send(number: int, peer: Peer) -> None:
        path = chance.choice(paths)
        batch = peer.sent[cursor[number] :]
        if chance.random() < 0.2:
            batch = [peer.document.get_update(), *batch]
        verdicts = write(path, *batch, person=peer.person)
        assert set(verdicts) <= {Verdict.ADMITTED}, verdicts
        cursor[number] = len(peer.sent)

    def forge(peer: Peer) -> None:
        path = chance.choice(paths)
        kind = chance.randrange(4)
        if kind == 0 and peer.sent:
            damaged = bytearray(chance.choice(peer.sent))
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            path.write([Submission(bytes(damaged), 9)])
        elif kind == 1:
            stranger = Peer(peer.client_id, person=9)
            stranger.set("notes", "note000003", NOTE)
            stranger.set("notes", "note000004", NOTE)
            path.write([Submission(stranger.document.get_update(), 9)])
        elif kind == 2:
            path.write([Submission(chance.randbytes(30), 9)])
        else:
            path.write([Submission(b"\x00\x01\x64\x01\x63\x64", 9)])

    # A client id belongs to whoever writes with it first; here that is its honest owner.
    for number, peer in enumerate(peers):
        edit(peer)
        send(number, peer)

    for _ in range(120):
        number = chance.randrange(len(peers))
        peer = peers[number]
        action = chance.random()
        if action < 0.5:
            edit(peer)
        elif action < 0.7:
            send(number, peer)
        elif action < 0.85:
            hear(peer)
        elif action < 0.93:
            forge(peer)
        else:
            paths[chance.randrange(2)] = WritePath("score", journal)

    for number, peer in enumerate(peers):
        send(number, peer)
    for path in paths:
        path.catch_up()
    expected = stored_content(journal)
    for path in paths:
        assert content(path) == expected
        assert path.live.live_notes == len(expected["notes"])
    for peer in peers:
        hear(peer)
        assert document.canonical(peer.document) == expected
    for root, values in expected.items():
        for key, value in values.items():
            assert known_key(root, key)
            assert repaired(root, key, value) == value
