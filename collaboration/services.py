"""The live document for everybody else: seed, read, submit, announce.

Synchronous, and safe from any thread and process. Writes go to the journal itself, under the
lock of the score's head; rooms that hold the score open, here or elsewhere, learn of it by a hint
and show it to everyone. So a submission works the same whether or not anybody is looking.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Length

from collaboration import document, limits, schema, update_encoder
from collaboration.bus import Hint
from collaboration.deployment import bus
from collaboration.journal import Actors, Stored
from collaboration.live_document import CorruptError as CorruptError
from collaboration.live_document import new_client_id, rebuild
from collaboration.models import Head, Snapshot, Update
from collaboration.schema import Value
from collaboration.sql_journal import SqlJournal
from collaboration.update_decoder import summarize
from editor.models import Score as ScoreRow
from editor.score.score import Score

SEED_EPOCH: Final = 1
TRIES: Final = 12
"""How often a submission that others overtake is offered to the journal."""


@dataclass(frozen=True, slots=True)
class Change:
    """Write `value` under `key` of `root`; None removes what stands there."""

    root: str
    key: str
    value: Value | None


class ChangeError(ValueError):
    """A change that has no place in a score; the text says which and why."""


class BusyError(ChangeError):
    """Others wrote all the time; the submission can be made again."""


def seed(score_id: str, content: Score, person_id: int | None) -> None:
    """Write the first content of a score, as seq 1; within the caller's transaction if any.

    Raises:
        ChangeError: the content does not fit a score, or is too large for one.
        ValueError: the score has content already.
    """
    if len(content.notes) > limits.LIVE_NOTES:
        raise ChangeError(f"A score holds at most {limits.LIVE_NOTES:,} notes.")
    client = new_client_id()
    try:
        data = update_encoder.encode(client, document.entries(content))
    except ValueError as error:
        raise ChangeError(str(error)) from error
    if len(data) > limits.DOCUMENT_BYTES:
        raise ChangeError("This piece is too large for one score.")
    with transaction.atomic():
        Head.objects.get_or_create(score_id=score_id, defaults={"epoch": SEED_EPOCH})
        stored = SqlJournal().append(
            score_id,
            epoch=SEED_EPOCH,
            seq=0,
            data=data,
            actors=_actors(data, person_id, deletes=False),
            newcomers=[(client, person_id)],
        )
        if not stored:
            raise ValueError(f"score {score_id} has content already")
    _tell(Hint("committed", score_id, 1))


def read(score_id: str) -> tuple[Score, int]:
    """The content of a score and the seq at which it stood, from the journal.

    Raises:
        Score.DoesNotExist: there is no such score (`editor.models.Score`).
        CorruptError: nothing that is stored can be read.
    """
    title = ScoreRow.objects.values_list("title", flat=True).get(pk=score_id)
    stored = SqlJournal().load(score_id)
    return document.score_of(rebuild(stored, new_client_id()), title), stored.seq


def head(score_id: str) -> int:
    """The seq of the newest row of a score; 0 when it has none."""
    return Head.objects.filter(pk=score_id).values_list("seq", flat=True).first() or 0


def stored_bytes(score_ids: Sequence[str]) -> int:
    """How many bytes the journal keeps for these scores: rows and snapshots."""
    total = 0
    for kept in (Update, Snapshot):
        sizes = kept.objects.filter(score_id__in=score_ids)
        total += sizes.aggregate(bytes=Sum(Length("data")))["bytes"] or 0
    return total


def submit(score_id: str, changes: Sequence[Change], person_id: int | None) -> int:
    """Write changes as one edit of a person; the seq of the journal afterwards.

    Raises:
        ChangeError: a change has no place in a score, or the score would be too large.
        BusyError: others wrote faster than this could be stored; nothing of it was.
        Score.DoesNotExist: there is no such score.
    """
    writes = [(change.root, change.key, _right(change)) for change in changes]
    if not ScoreRow.objects.filter(pk=score_id).exists():
        raise ScoreRow.DoesNotExist(score_id)
    journal = SqlJournal()
    seq = None
    tries = TRIES
    while seq is None and tries:
        # Once, and again only if the score has meanwhile moved to another epoch.
        edit = _edited(journal.load(score_id), writes)
        if edit.data is None:
            return edit.seq
        seq, tries = _append(journal, score_id, edit, person_id, tries)
    if seq is None:
        raise BusyError("Many write to this score just now. Nothing was changed; try again.")
    _tell(Hint("committed", score_id, seq))
    return seq


@dataclass(slots=True)
class _Edit:
    """A submission in the making: `copy` is the document at `seq` with the edit `data` in it."""

    epoch: int
    seq: int
    copy: Any
    client: int
    data: bytes | None
    deletes: bool
    grows: bool
    size: int


def _edited(stored: Stored, writes: Sequence[tuple[str, str, Value | None]]) -> _Edit:
    client = new_client_id()
    copy = rebuild(stored, client)
    before = len(document.root_maps(copy)["notes"])
    updates: list[bytes] = []
    watch = copy.observe(lambda event: updates.append(event.update))
    document.apply_changes(copy, writes)
    copy.unobserve(watch)
    newest = stored.generations[0] if stored.generations else None
    since = newest.seq if newest else 0
    size = len(newest.data) if newest else 0
    return _Edit(
        epoch=stored.epoch,
        seq=stored.seq,
        copy=copy,
        client=client,
        data=updates[0] if updates else None,
        deletes=any(value is None for _, _, value in writes),
        grows=len(document.root_maps(copy)["notes"]) > before,
        size=size + sum(len(row.data) for row in stored.rows if row.seq > since),
    )


def _append(
    journal: SqlJournal, score_id: str, edit: _Edit, person_id: int | None, tries: int
) -> tuple[int | None, int]:
    """The seq at which the edit was stored, if it was, and how many tries are left."""
    data = edit.data or b""
    edit.size += len(data)
    newcomers = [(edit.client, person_id)] if summarize(data).spans else []
    actors = _actors(data, person_id, deletes=edit.deletes)
    while tries:
        tries -= 1
        _check_size(edit)
        if journal.append(
            score_id,
            epoch=edit.epoch,
            seq=edit.seq,
            data=data,
            actors=actors,
            newcomers=newcomers,
        ):
            return edit.seq + 1, tries
        # Others came first. The edit stands beside theirs as it is, like any other peer's.
        rows = journal.rows_after(score_id, edit.epoch, edit.seq)
        if not rows or rows[0].seq != edit.seq + 1:
            break
        for row in rows:
            edit.copy.apply_update(row.data)
            edit.size += len(row.data)
        edit.seq = rows[-1].seq
    return None, tries


def _check_size(edit: _Edit) -> None:
    notes = len(document.root_maps(edit.copy)["notes"])
    if notes > limits.LIVE_NOTES and edit.grows:
        raise ChangeError(f"A score holds at most {limits.LIVE_NOTES:,} notes.")
    if edit.size > limits.DOCUMENT_BYTES:
        edit.size = len(edit.copy.get_update())
        if edit.size > limits.DOCUMENT_BYTES:
            raise ChangeError("This score is full. Duplicate it to go on.")


def duplicate(from_id: str, to_id: str, person_id: int | None) -> None:
    """Seed a score with the content of another."""
    content, _ = read(from_id)
    seed(to_id, content, person_id)


def announce(score_id: str, event: dict[str, object]) -> None:
    """Tell everybody who has the score open of something beside the document."""
    blob = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    _tell(Hint("event", score_id, blob=blob))


def rights_changed(score_id: str) -> None:
    """Somebody's right to a score has changed; live sockets follow at once."""
    Head.objects.filter(score_id=score_id).update(rights=F("rights") + 1)
    _tell(Hint("rights", score_id))


def score_deleted(score_id: str) -> None:
    """The score is in the trash; its sockets are closed."""
    _tell(Hint("deleted", score_id))


def _tell(hint: Hint) -> None:
    tell: Callable[[], None] = lambda: bus.publish(hint)  # noqa: E731
    transaction.on_commit(tell)


def _right(change: Change) -> Value | None:
    if not schema.known_key(change.root, change.key):
        raise ChangeError(f"{change.key!r} can't stand in {change.root!r}.")
    if change.value is None:
        if (change.root, change.key) in schema.ALWAYS:
            raise ChangeError(f"{change.root} at tick {change.key} can't be removed.")
        return None
    right = schema.repaired(change.root, change.key, change.value)
    if right is None or right != change.value:
        raise ChangeError(f"{change.value!r} can't stand under {change.key!r} in {change.root!r}.")
    return change.value


def _actors(data: bytes, person_id: int | None, *, deletes: bool) -> Actors:
    spans = [
        (person_id, client, first, end) for client, (first, end) in summarize(data).spans.items()
    ]
    return {"spans": spans, "deleted": [person_id] if deletes else []}
