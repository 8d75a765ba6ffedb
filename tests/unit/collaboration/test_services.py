"""The live document as other parts use it: over a real database."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration import compaction, document, limits, schema, services
from collaboration.bus import Hint
from collaboration.deployment import bus
from collaboration.live_document import CorruptError
from collaboration.models import ClientIdentity, Head, Snapshot, Update
from collaboration.services import Change, ChangeError
from collaboration.sql_journal import SqlJournal
from collaboration.write_path import Submission, WritePath
from editor.models import Person
from editor.models import Score as ScoreRow
from editor.score.score import Clip, Note, Score, Track
from tests.unit.collaboration.peers import Peer

pytestmark = pytest.mark.django_db(transaction=True)

NOTE: list[int | str] = ["trackAb1", 60, 480, 240, 100]


@pytest.fixture
def person() -> Person:
    return Person.objects.create(username="viola", name="Viola")


@pytest.fixture
def row(person: Person) -> ScoreRow:
    return ScoreRow.objects.create(title="Étude", owner=person)


@pytest.fixture
def hints() -> Iterator[list[Hint]]:
    heard: list[Hint] = []
    leave = bus.subscribe(heard.append)
    yield heard
    leave()


def rich() -> Score:
    score = Score(title="Étude")
    score.tracks = {
        "trackAb1": Track("trackAb1", "a0", "Viola", "pitched", 41, 3, 90, 30, True, 10, 5),
        "trackAb2": Track("trackAb2", "a1", "Drums", "drums"),
    }
    score.notes = {
        "note000001": Note("note000001", "trackAb1", 60, 0, 480, 100),
        "note000002": Note("note000002", "trackAb2", 36, 2**31 - 5, 1, 1),
    }
    score.note_attrs = {("note000001", "lyric"): "lá 中", ("note000001", "muted"): 1}
    score.lanes = {("trackAb1", "bend"): {0: (-8192, 1), 480: (8191, 0)}}
    score.tempo = {0: (500_000, 1), 960: (400_000, 0)}
    score.meter = {0: (3, 4), 1440: (7, 8)}
    score.keys = {0: (-3, "minor")}
    score.markers = {"marker01": (960, "section", "Bridge")}
    score.chords = {0: ("Am7", 960)}
    score.clips = {"clipAAA1": Clip("clipAAA1", "trackAb1", 0, 960, "asset", 12, -30, 1)}
    return score


def test_what_is_seeded_is_read(row: ScoreRow, person: Person, hints: list[Hint]) -> None:
    services.seed(row.pk, rich(), person.pk)
    assert services.read(row.pk) == (rich(), 1)
    assert services.head(row.pk) == 1
    assert hints == [Hint("committed", row.pk, 1)]
    update = Update.objects.get()
    identity = ClientIdentity.objects.get()
    assert identity.person == person
    assert update.actors["spans"][0][:2] == [person.pk, identity.client_id]
    assert services.stored_bytes([row.pk]) == len(update.data)


def test_a_score_is_seeded_once(row: ScoreRow) -> None:
    services.seed(row.pk, rich(), None)
    with pytest.raises(ValueError, match="content already"):
        services.seed(row.pk, Score(), None)
    assert services.read(row.pk)[0] == rich()


def test_a_seed_goes_down_with_its_transaction(row: ScoreRow, hints: list[Hint]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.seed(row.pk, rich(), None)
        raise RuntimeError
    assert services.head(row.pk) == 0
    assert hints == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda score: score.notes.update(x=Note("x", "trackAb1", 60, 0, 480, 100)),
        lambda score: score.lanes.update({("trackAb1", "cc200"): {0: (1, 0)}}),
        lambda score: score.keys.update({0: (0, "dorian")}),
    ],
)
def test_what_does_not_fit_is_not_seeded(row: ScoreRow, spoil: Any) -> None:
    score = rich()
    spoil(score)
    with pytest.raises(ChangeError):
        services.seed(row.pk, score, None)


def test_a_score_too_large_is_not_seeded(row: ScoreRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIVE_NOTES", 1)
    with pytest.raises(ChangeError, match="at most 1 notes"):
        services.seed(row.pk, rich(), None)


def test_reading_what_is_not_there() -> None:
    with pytest.raises(ScoreRow.DoesNotExist):
        services.read("AAAAAAAAAAAA")


def test_a_score_without_content_reads_as_empty(row: ScoreRow) -> None:
    assert services.read(row.pk) == (Score(title="Étude"), 0)


def test_submissions_change_add_and_remove(
    row: ScoreRow, person: Person, hints: list[Hint]
) -> None:
    services.seed(row.pk, rich(), None)
    changes = [
        Change("notes", "note000003", NOTE),
        Change("notes", "note000001", None),
        Change("notes", "unknown001", None),
        Change("tracks", "trackAb1:name", "Cello"),
    ]
    assert services.submit(row.pk, changes, person.pk) == 2
    score, seq = services.read(row.pk)
    assert seq == 2
    assert set(score.notes) == {"note000002", "note000003"}
    assert score.tracks["trackAb1"].name == "Cello"
    assert hints[-1] == Hint("committed", row.pk, 2)
    assert Update.objects.get(seq=2).actors["deleted"] == [person.pk]
    assert services.submit(row.pk, [Change("notes", "unknown001", None)], person.pk) == 2


@pytest.mark.parametrize(
    "change",
    [
        Change("notes", "short", NOTE),
        Change("nothing", "note000001", NOTE),
        Change("notes", "note000001", ["trackAb1", 200, 0, 1, 1]),
        Change("notes", "note000001", ["trackAb1", 1.5, 0, 1, 1]),  # type: ignore[list-item]
        Change("tempo", "0", None),
        Change("tracks", "trackAb1:kind", "theremin"),
    ],
)
def test_bad_submissions_are_refused_whole(row: ScoreRow, change: Change) -> None:
    services.seed(row.pk, rich(), None)
    with pytest.raises(ChangeError):
        services.submit(row.pk, [Change("notes", "note000009", NOTE), change], None)
    assert services.read(row.pk) == (rich(), 1)


def test_a_submission_joins_what_a_room_writes(row: ScoreRow, person: Person) -> None:
    """SPEC W6."""
    services.seed(row.pk, rich(), None)
    path = WritePath(row.pk, SqlJournal())
    services.submit(row.pk, [Change("notes", "note000003", NOTE)], person.pk)
    written = path.write([Submission(Peer(5).set("notes", "note000004", NOTE), person.pk)])
    assert [stored.seq for stored in written.rows] == [2, 3]
    assert {"note000003", "note000004"} <= services.read(row.pk)[0].notes.keys()


def test_a_client_id_claimed_elsewhere_is_not_taken(row: ScoreRow, person: Person) -> None:
    """SPEC A1: two processes, each of which sees the client id for the first time."""
    other = Person.objects.create(username="oboe", name="Oboe")
    services.seed(row.pk, Score(), None)
    here, there = WritePath(row.pk, SqlJournal()), WritePath(row.pk, SqlJournal())
    mine, forged = Peer(5), Peer(5)
    here.write([Submission(mine.set("notes", "note000001", NOTE), person.pk)])
    forgery = [Submission(forged.set("notes", f"note00000{n}", NOTE), other.pk) for n in (2, 3)]
    written = there.write(forgery)
    assert [ruling.verdict.name for ruling in written.rulings] == ["ADMITTED", "FOREIGN"]
    assert [row.seq for row in written.rows] == [2]
    assert written.own is None
    assert set(services.read(row.pk)[0].notes) == {"note000001"}


def test_the_journal_takes_a_row_only_at_the_head(row: ScoreRow) -> None:
    services.seed(row.pk, Score(), None)
    journal = SqlJournal()
    wanted: Any = {
        "epoch": 1, "data": b"\x00\x00", "actors": {"spans": [], "deleted": []}, "newcomers": [],
    }  # fmt: skip
    assert not journal.append(row.pk, seq=0, **wanted)
    assert not journal.append(row.pk, seq=2, **wanted)
    assert journal.append(row.pk, seq=1, **wanted)
    wanted["newcomers"] = [(ClientIdentity.objects.get().client_id, None)]
    with pytest.raises(IntegrityError):
        journal.append(row.pk, seq=2, **wanted)
    assert services.head(row.pk) == 2


def test_two_generations_of_snapshots_are_kept(row: ScoreRow, person: Person) -> None:
    """SPEC S2."""
    services.seed(row.pk, Score(), None)
    journal = SqlJournal()
    path = WritePath(row.pk, journal)
    peer = Peer(5)
    for number in range(4):
        path.write([Submission(peer.set("notes", f"note00000{number}", NOTE), person.pk)])
        copy = path.live.copy()
        journal.keep_snapshot(row.pk, epoch=1, seq=copy.seq, data=copy.data)
    assert sorted(Snapshot.objects.values_list("seq", flat=True)) == [4, 5]
    assert list(Update.objects.values_list("seq", flat=True)) == [5]
    assert len(services.read(row.pk)[0].notes) == 4
    Snapshot.objects.filter(seq=5).update(data=b"spoilt")
    assert len(services.read(row.pk)[0].notes) == 4
    Snapshot.objects.all().update(data=b"spoilt")
    with pytest.raises(CorruptError):
        services.read(row.pk)


def test_a_new_epoch_keeps_the_one_before(row: ScoreRow, person: Person) -> None:
    """SPEC E1."""
    services.seed(row.pk, rich(), person.pk)
    journal = SqlJournal()
    for epoch in (1, 2):
        live = WritePath(row.pk, journal).live
        renewal = compaction.renewed(live.encoded(), live.owners)
        assert journal.renew(
            row.pk, epoch=epoch, seq=epoch, data=renewal.data, owners=renewal.owners
        )
        assert not journal.renew(row.pk, epoch=epoch, seq=epoch, data=b"", owners={})
        assert services.read(row.pk) == (rich(), epoch + 1)
    assert Head.objects.get().epoch == 3
    assert list(Snapshot.objects.order_by("epoch").values_list("epoch", flat=True)) == [2, 3]
    assert not Update.objects.exists()
    assert set(ClientIdentity.objects.values_list("person", flat=True)) == {person.pk}
    assert services.submit(row.pk, [Change("notes", "note000003", NOTE)], person.pk) == 4


def test_a_duplicate_has_the_same_content(row: ScoreRow, person: Person) -> None:
    services.seed(row.pk, rich(), None)
    services.submit(row.pk, [Change("notes", "note000003", NOTE)], person.pk)
    copy = ScoreRow.objects.create(title="Étude", owner=person)
    services.duplicate(row.pk, copy.pk, person.pk)
    assert services.read(copy.pk)[0] == services.read(row.pk)[0]


def test_news_are_told_after_the_commit(row: ScoreRow, hints: list[Hint]) -> None:
    services.seed(row.pk, Score(), None)
    hints.clear()
    with transaction.atomic():
        services.announce(row.pk, {"kind": "title", "title": "中"})
        services.rights_changed(row.pk)
        services.score_deleted(row.pk)
        assert hints == []
    assert [hint.kind for hint in hints] == ["event", "rights", "deleted"]
    assert Head.objects.get().rights == 1


def test_submissions_from_many_threads_all_arrive(row: ScoreRow, person: Person) -> None:
    services.seed(row.pk, Score(), None)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for index in range(4):
                change = Change("notes", f"t{number}note{index:04d}", NOTE)
                services.submit(row.pk, [change], person.pk)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    score, seq = services.read(row.pk)
    assert (len(score.notes), seq) == (16, 17)


def overtaken(monkeypatch: pytest.MonkeyPatch, row: ScoreRow, times: int) -> list[int]:
    """Let another writer in before each of the next appends; the loads that are made."""
    loads: list[int] = []
    append, load = SqlJournal.append, SqlJournal.load
    other = Peer(5)

    def late(journal: SqlJournal, score_id: str, **wanted: Any) -> bool:
        if len(other.sent) < times:
            data = other.set("notes", f"other{len(other.sent):05d}", NOTE)
            actors: Any = {"spans": [], "deleted": []}
            head = services.head(row.pk)
            append(journal, score_id, epoch=1, seq=head, data=data, actors=actors, newcomers=[])
        return append(journal, score_id, **wanted)

    def counted(journal: SqlJournal, score_id: str) -> Any:
        loads.append(1)
        return load(journal, score_id)

    monkeypatch.setattr(SqlJournal, "append", late)
    monkeypatch.setattr(SqlJournal, "load", counted)
    return loads


def test_a_submission_that_is_overtaken_catches_up(
    row: ScoreRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.seed(row.pk, Score(), None)
    loads = overtaken(monkeypatch, row, 5)
    assert services.submit(row.pk, [Change("notes", "note000003", NOTE)], None) == 7
    assert len(loads) == 1
    assert len(services.read(row.pk)[0].notes) == 6


def test_a_submission_gives_up_in_a_busy_room(
    row: ScoreRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.seed(row.pk, Score(), None)
    overtaken(monkeypatch, row, 1000)
    with pytest.raises(services.BusyError):
        services.submit(row.pk, [Change("notes", "note000003", NOTE)], None)
    assert "note000003" not in services.read(row.pk)[0].notes


def test_a_submission_keeps_to_the_size_of_a_score(
    row: ScoreRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEC V5."""
    services.seed(row.pk, rich(), None)
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 100)
    with pytest.raises(ChangeError, match="full"):
        services.submit(row.pk, [Change("notes", "note000003", NOTE)], None)


VALUES = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.none(), st.text(max_size=5),
    st.lists(st.one_of(st.integers(-9999, 9999), st.floats(), st.text(max_size=10)), max_size=7),
)  # fmt: skip
KEYS = [
    ("notes", "note000001"), ("tempo", "0"), ("meter", "960"), ("keys", "0"), ("chords", "5"),
    ("markers", "marker01"), ("tracks", "trackAb1:order"), ("tracks", "trackAb1:pan"),
    ("lanes", "trackAb1:cc7:0"), ("clips", "clipAAA1"), ("noteAttrs", "note000001:lyric"),
]  # fmt: skip


@given(st.sampled_from(KEYS), VALUES)
@settings(max_examples=400)
def test_repairs_are_right_and_final(place: tuple[str, str], value: Any) -> None:
    """SPEC V3: a repaired value needs no further repair and is what a document can hold."""
    root, key = place
    right = schema.repaired(root, key, value)
    if right is not None:
        assert schema.repaired(root, key, right) == right
        elements = right if isinstance(right, list) else [right]
        assert all(isinstance(document.whole(element), int | str) for element in elements)
