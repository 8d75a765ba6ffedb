"""SPEC V1-V4: what forgers send is refused, or everybody sees the same right values of it.

Yjs itself, in a Node process, is shown every stored row, one by one.
"""

import base64
import json
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collaboration import document, limits, schema
from collaboration.live_document import Verdict
from collaboration.parts import Assembly
from collaboration.protocol import Part
from collaboration.wire import uint
from collaboration.write_path import Submission, WritePath
from tests.unit.collaboration.forger import Forger, encoded
from tests.unit.collaboration.memory_journal import MemoryJournal
from tests.unit.collaboration.peers import Peer

NOTE = ["trackAb1", 60, 480, 240, 100]
ANNA, BEN = 1, 2
CLIENTS = {ANNA: [101, 102, 5], BEN: [7, 2**32 - 1]}


class Oracle:
    """What Yjs shows after each of some rows, and loaded afresh."""

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node, "Node is missing: install Node 20.19 or newer"
        script = Path(__file__).with_name("yjs_oracle.mjs")
        self._process = subprocess.Popen(
            [node, str(script), json.dumps(schema.ROOTS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def shows(self, rows: list[bytes], snapshot: bytes) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        question = {"rows": [base64.b64encode(row).decode() for row in rows]}
        question |= {"snapshot": base64.b64encode(snapshot).decode()}  # type: ignore[dict-item]
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "Yjs can't read a stored row"
        shown: dict[str, Any] = json.loads(answer)
        return shown

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    started = Oracle()
    yield started
    started.close()


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def path(journal: MemoryJournal) -> WritePath:
    return WritePath("score", journal)


def assert_right(content: dict[str, dict[str, Any]]) -> None:
    for root, values in content.items():
        for key, value in values.items():
            assert schema.known_key(root, key), (root, key)
            assert value is not None and schema.repaired(root, key, value) == value, (key, value)


def assert_everyone_sees_the_same(path: WritePath, journal: MemoryJournal, oracle: Oracle) -> None:
    """The document in memory, one loaded from what is stored, and Yjs at every step."""
    expected = document.canonical(path.live._document)
    assert path.live.live_notes == len(expected["notes"])
    afresh = Peer(1)
    afresh.apply(path.live.encoded())
    assert document.canonical(afresh.document) == expected
    shown = oracle.shows([row.data for row in journal.rows], path.live.encoded())
    for step in shown["steps"]:
        assert not step["waiting"]
        assert_right(step["content"])
    for seen in [*shown["steps"][-1:], *shown["fresh"]]:
        assert seen == {"content": expected, "waiting": False}


def write(path: WritePath, *updates: bytes, person: int = ANNA) -> list[Verdict]:
    written = path.write([Submission(update, person) for update in updates])
    return [ruling.verdict for ruling in written.rulings]


def forge(seed: int, oracle: Oracle) -> None:
    forger, journal = Forger(seed), MemoryJournal()
    path, other = WritePath("score", journal), WritePath("score", journal)
    for _ in range(forger.chance.randrange(2, 9)):
        person = forger.chance.choice([ANNA, BEN])
        batch = [forger.update(CLIENTS[person]) for _ in range(forger.chance.choice([1, 1, 2, 3]))]
        write(path, *batch, person=person)
        forger.known = dict(path.live.state)
        if forger.chance.random() < 0.3:
            other.catch_up()
            assert other.live.state == path.live.state
    other.catch_up()
    assert document.canonical(other.live._document) == document.canonical(path.live._document)
    assert_everyone_sees_the_same(path, journal, oracle)


@pytest.mark.parametrize("block", range(10))
def test_forged_updates_are_refused_or_seen_alike(block: int, oracle: Oracle) -> None:
    """SPEC V1-V4: 1,000 seeds, about 6,000 updates."""
    for seed in range(block * 100, block * 100 + 100):
        forge(seed, oracle)


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_many_more_forged_updates(block: int, oracle: Oracle) -> None:
    """SPEC V1-V4: 10,000 further seeds."""
    for seed in range(1000 + block * 1000, 2000 + block * 1000):
        forge(seed, oracle)


@pytest.mark.parametrize("value", [b"\x7f", b"\x7e"], ids=["undefined", "null"])
@pytest.mark.parametrize("before", [NOTE, None], ids=["over a note", "alone"])
def test_nobody_ever_sees_a_value_that_is_none(
    path: WritePath, journal: MemoryJournal, oracle: Oracle, value: bytes, before: Any
) -> None:
    """SPEC V3: Yrs reads null and undefined as if nothing stood there; Yjs shows the key."""
    if before:
        write(path, Peer(7).set("notes", "note000001", before), person=BEN)
    bad = b"\x01\x01\x65\x00\x28\x01\x05notes\x0anote000001\x01" + value + b"\x00"
    if before:
        bad = b"\x01\x01\x65\x00\xa8\x07\x00\x01" + value + b"\x00"
    assert write(path, bad) == [Verdict.ADMITTED]
    expected = {"note000001": NOTE} if before else {}
    assert document.canonical(path.live._document)["notes"] == expected
    assert_everyone_sees_the_same(path, journal, oracle)


def test_a_struct_that_contradicts_its_known_part_is_cut(
    path: WritePath, journal: MemoryJournal, oracle: Oracle
) -> None:
    """SPEC V4: clock 0 is a tempo, so what follows it under clock 1 is one too."""
    write(path, b"\x01\x01\x65\x00\x28\x01\x05tempo\x03480\x01" + encoded([400_000, 1]) + b"\x00")
    forged = b"\x01\x01\x65\x00\x28\x01\x05meter\x03960\x02" + encoded([3, 4]) * 2 + b"\x00"
    assert write(path, forged) == [Verdict.ADMITTED]
    assert_everyone_sees_the_same(path, journal, oracle)


def test_a_deletion_of_nothing_is_malformed(path: WritePath) -> None:
    """SPEC V1: this one kept Yrs busy for ever."""
    value = b"\x7b\x7f\xf8\0\0\0\0\0\0"
    item = b"\x28\x01\x05tempo\x010\x03" + encoded([500_000, 1]) + value + b"\x7d\x03"
    assert write(path, b"\x01\x01\x66\x00" + item + b"\x01\x66\x01\x01\x00") == [Verdict.MALFORMED]


def test_garbage_is_refused(path: WritePath, journal: MemoryJournal) -> None:
    """SPEC V1: Yjs hides what builds on it."""
    assert write(path, b"\x01\x01\x65\x00\x00\x02\x00") == [Verdict.CONTENT]
    assert journal.rows == []


@pytest.mark.parametrize("last", [b"\x0f", b"\x7f", b"\xff\x7f"])
def test_integers_that_no_browser_can_read_are_refused(path: WritePath, last: bytes) -> None:
    """SPEC V1: Yrs would store them as big integers, which our own decoder refuses."""
    value = b"\x7d\xbf" + b"\xff" * 6 + last
    bad = b"\x01\x01\x65\x00\x28\x01\x05tempo\x03480\x02" + value + encoded([400_000, 1]) + b"\x00"
    right = last == b"\x0f"
    assert write(path, bad) == [Verdict.ADMITTED if right else Verdict.MALFORMED]


def test_too_many_new_names_are_refused(
    path: WritePath, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC V6."""
    monkeypatch.setattr(limits, "NEW_CLIENTS", 2)
    note = b"\x28\x01\x05tempo\x03480\x01" + encoded([400_000, 1])
    crowd = b"\x03" + b"".join(b"\x01" + uint(client) + b"\x00" + note for client in (3, 4, 5))
    assert write(path, crowd + b"\x00") == [Verdict.CONTENT]
    assert journal.identities == {}


def test_too_many_deleted_ranges_are_refused(
    path: WritePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC V6."""
    write(path, Peer(7).set("notes", "note000001", NOTE))
    monkeypatch.setattr(limits, "DELETED_RANGES", 2)
    thrice = b"\x00\x01\x07\x03" + b"\x00\x01" * 3
    assert write(path, thrice) == [Verdict.CONTENT]
    assert not path.live.knows_deletions(thrice)


def test_tiny_parts_take_little_more_room_than_their_bytes() -> None:
    """SPEC F5."""
    assembly, count = Assembly(), 20_000
    tracemalloc.start()
    try:
        for index in range(count):
            assembly.add(Part(1, index, count + 1, bytes((index % 256, 1))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * 2 * count
    whole = assembly.add(Part(1, count, count + 1, b"c"))
    assert whole is not None and len(whole) == 2 * count + 1
