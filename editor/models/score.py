"""What is known of a score without opening it."""

from django.conf import settings
from django.db import models

from editor.score.ids import SCORE_LENGTH, new_id


def new_score_id() -> str:
    """A fresh public id of a score."""
    return new_id(SCORE_LENGTH)


class Score(models.Model):
    """The row of a score. Its music is in the journal of `collaboration`.

    `notes_count`, `duration_ms`, `size` and `thumbnail` are a summary of the music as it was at
    journal position `summary_seq`; a list of scores brings it up to date when it has fallen
    behind. `thumbnail` holds at most 200 `[start, pitch, duration, color]`, start and duration
    as shares of the whole (0-1).
    """

    id = models.CharField(primary_key=True, max_length=SCORE_LENGTH, default=new_score_id)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scores"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    template = models.BooleanField(default=False)
    notes_count = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    thumbnail = models.JSONField(default=list)
    summary_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        """What lists of scores are found by."""

        indexes = [models.Index(fields=["owner", "deleted_at"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.id})"
