"""What a list shows of a score without opening it: length, notes, a picture."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from itertools import islice
from typing import Final

from collaboration import services as live
from editor.models import Score as ScoreRow
from editor.score.score import Score
from editor.score.tempo import TempoMap

THUMBNAIL_NOTES: Final = 200
PATIENCE_SECONDS: Final = 0.5
"""How long one list may spend on scores that have changed; the rest wait for the next."""

_log = logging.getLogger(__name__)

ThumbnailNote = tuple[float, int, float, int]


def fill_summary(row: ScoreRow, content: Score, seq: int) -> None:
    """Set the summary fields of `row` (unsaved) from the music as it stood at `seq`."""
    row.notes_count = len(content.notes)
    row.duration_ms = round(TempoMap(content.tempo).seconds(content.end) * 1000)
    row.thumbnail = thumbnail(content)
    row.summary_seq = seq


def refresh(rows: Iterable[ScoreRow]) -> None:
    """Bring summaries up to date, as many as half a second allows, the first ones first."""
    until = time.monotonic() + PATIENCE_SECONDS
    for row in rows:
        if time.monotonic() > until:
            return
        if live.head(row.pk) == row.summary_seq:
            continue
        try:
            content, seq = live.read(row.pk)
        except live.CorruptError:
            # One score that can't be read must not hide the others.
            _log.exception("score %s can't be read for its summary", row.pk)
            continue
        fill_summary(row, content, seq)
        last_edit = row.journal.order_by("-seq").values_list("created", flat=True).first()
        row.updated = max(row.updated, last_edit) if last_edit else row.updated
        fields = ("notes_count", "duration_ms", "thumbnail", "summary_seq", "updated")
        ScoreRow.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in fields})


def thumbnail(content: Score) -> list[ThumbnailNote]:
    """At most 200 `(start, pitch, duration, color)`, start and duration as shares of the whole.

    Of a larger score every so-manieth note is shown, so that its outline stays.
    """
    length = content.end or 1
    colors = {track.id: track.color for track in content.tracks.values()}
    notes = sorted(content.notes.values(), key=lambda note: (note.start, note.pitch, note.id))
    stride = -(-len(notes) // THUMBNAIL_NOTES) or 1
    return [
        (
            round(note.start / length, 4),
            note.pitch,
            round(note.duration / length, 4),
            colors.get(note.track, 1),
        )
        for note in islice(notes, 0, None, stride)
    ]
