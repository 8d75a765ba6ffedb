"""A question to an engine, asked by somebody in a score."""

from django.conf import settings
from django.db import models

from editor.models import Score
from editor.score.ids import new_id
from generation.messages import SUGGESTION_LENGTH


def new_suggestion_id() -> str:
    """A fresh public id of a suggestion."""
    return new_id(SUGGESTION_LENGTH)


class State(models.TextChoices):
    """Where a suggestion stands. The first three are at work; "ready" waits for a decision."""

    WAITING = "waiting"
    WAKING = "waking"
    ARRIVING = "arriving"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DECIDED = "decided"


class Suggestion(models.Model):
    """`seq` is the journal position of the context, `replaces` the notes in the region then.

    `replaced` holds the values of those, `[id, track, pitch, start, duration, velocity]`.

    `boot` names the server process that works on it: a row at work whose process is gone was
    interrupted.
    """

    id = models.CharField(primary_key=True, max_length=SUGGESTION_LENGTH, default=new_suggestion_id)
    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions"
    )
    engine = models.CharField(max_length=60)
    kind = models.CharField(max_length=32)
    tracks = models.JSONField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    controls = models.JSONField(default=dict)
    seed = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    replaces = models.JSONField(default=list)
    replaced = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    error_code = models.CharField(max_length=32, blank=True)
    error_text = models.CharField(max_length=400, blank=True)
    boot = models.CharField(max_length=16)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Found by score and state."""

        indexes = [models.Index(fields=["score", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.state})"
