"""From a batch of updates to one durable row: fences, document, journal.

Runs in a thread, one batch of a score at a time. Nothing that it returns as a row is shown to
anybody before the journal has it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import Error, IntegrityError

from collaboration import compaction
from collaboration.connections import forget_broken_connections
from collaboration.journal import Journal, Row
from collaboration.live_document import (
    LiveDocument,
    PoisonError,
    Ruling,
    Staged,
    Verdict,
)
from collaboration.update_decoder import summarize

RETRY_AFTER: Final = (0.05, 0.2, 1.0)
"""Seconds to wait between attempts to store a row."""


class StorageError(Exception):
    """The journal does not take the batch; nothing of it may be shown."""


class LineageError(Exception):
    """The score has moved on to another epoch: this document is history."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An update and the person who sent it (None: the server)."""

    update: bytes
    person: int | None


@dataclass(slots=True)
class Written:
    """How a batch went: a ruling per submission, and rows to show, in order.

    `own` is the row that the batch itself came to, if anything changed; it is the last of `rows`.
    `repaired`: the row says something else than what was submitted.
    """

    rulings: list[Ruling]
    rows: list[Row] = field(default_factory=list)
    own: Row | None = None
    repaired: bool = False


class WritePath:
    """Writes to one score through its live document."""

    def __init__(self, score_id: str, journal: Journal) -> None:
        self.score_id = score_id
        self._journal = journal
        self.live = LiveDocument(journal.load(score_id))
        self.spoilt = False
        """The live document holds what is not stored: nobody may read it any more."""

    def write(self, batch: Sequence[Submission]) -> Written:
        """Judge, apply and store a batch.

        Raises:
            StorageError: the journal failed; the live document is spoilt.
            LineageError: the score is in another epoch; it is spoilt too.
        """
        shown = self.live.seq
        self.spoilt = True
        try:
            written = self._write(batch)
        except (PoisonError, IntegrityError):
            # Rare, and only by forged updates or a client id claimed in two processes at once:
            # start again from what is stored, one submission at a time, to find the culprit.
            written = self._write_one_by_one(batch, shown)
        self.spoilt = False
        return written

    def _write(self, batch: Sequence[Submission]) -> Written:
        written = Written([])
        admitted: list[bytes] = []
        caught_up = False
        for submission in batch:
            ruling = self.live.admit(submission.update, submission.person)
            if ruling.verdict in (Verdict.HOLE, Verdict.FOREIGN) and not caught_up:
                caught_up = True
                rows = self.catch_up()
                if rows:
                    written.rows += rows
                    ruling = self.live.admit(submission.update, submission.person)
            written.rulings.append(ruling)
            if ruling.verdict is Verdict.ADMITTED:
                admitted.append(ruling.update)
        if admitted:
            self._store(self.live.apply(admitted), written)
        return written

    def _write_one_by_one(self, batch: Sequence[Submission], shown: int) -> Written:
        written = Written([], repaired=True)
        self.live = self._reload()
        for submission in batch:
            try:
                single = self._write([submission])
            except (PoisonError, IntegrityError):
                self.live = self._reload()
                written.rulings.append(
                    Ruling(Verdict.MALFORMED, "This edit contradicts what is stored.")
                )
                continue
            written.rulings += single.rulings
            written.own = single.own or written.own
        written.rows = self._journal.rows_after(self.score_id, self.live.epoch, shown)
        return written

    def _reload(self) -> LiveDocument:
        return LiveDocument(self._journal.load(self.score_id))

    def _store(self, staged: Staged, written: Written) -> None:
        if staged.data is None:
            return
        while not self._appended(staged):
            rows = self.catch_up()
            if not rows:
                raise LineageError(self.score_id)
            written.rows += rows
            if _clients(rows) & {client for _, client, _, _ in staged.actors["spans"]}:
                raise PoisonError("a client wrote in two places at once")
        self.live.committed(self.live.seq + 1, len(staged.data))
        written.own = Row(self.live.seq, staged.data)
        written.rows.append(written.own)
        written.repaired = staged.repaired

    def _appended(self, staged: Staged) -> bool:
        for pause in (*RETRY_AFTER, None):
            try:
                return self._journal.append(
                    self.score_id,
                    epoch=self.live.epoch,
                    seq=self.live.seq,
                    data=staged.data or b"",
                    actors=staged.actors,
                    newcomers=staged.newcomers,
                )
            except IntegrityError:
                raise
            except Error as error:
                forget_broken_connections()
                if pause is None:
                    raise StorageError(str(error)) from error
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def renew(self) -> bool:
        """Write the document anew as the next epoch, if that is worthwhile; whether it happened."""
        encoded = self.live.encoded()
        if len(encoded) <= compaction.LARGE_BYTES:
            return False
        renewal = compaction.renewed(encoded, self.live.owners)
        if not compaction.worthwhile(encoded, renewal):
            return False
        begun = self._journal.renew(
            self.score_id,
            epoch=self.live.epoch,
            seq=self.live.seq,
            data=renewal.data,
            owners=renewal.owners,
        )
        if begun:
            self.live = self._reload()
        return begun

    def catch_up(self) -> list[Row]:
        """Take in what other writers have stored since; the rows, in order."""
        rows = self._journal.rows_after(self.score_id, self.live.epoch, self.live.seq)
        if not rows:
            return []
        if rows[0].seq != self.live.seq + 1:
            raise LineageError(self.score_id)
        unknown = _clients(rows) - self.live.owners.keys()
        owners = self._journal.owners(self.score_id, sorted(unknown)) if unknown else {}
        self.live.absorb(rows, owners)
        return rows


def _clients(rows: Sequence[Row]) -> set[int]:
    return {client for row in rows for client in summarize(row.data).spans}
