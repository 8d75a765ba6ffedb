"""One answer of an engine to a suggestion's question."""

from django.conf import settings
from django.db import models

from generation.models.suggestion import Suggestion


class Candidate(models.Model):
    """`notes` are `[id, track, pitch, start, duration, velocity, logp]`, in order of arrival.

    `verdict` is "accepted" or "dismissed"; `kept` lists the notes taken when not all were.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="candidates")
    index = models.PositiveSmallIntegerField()
    notes = models.JSONField(default=list)
    done = models.BooleanField(default=False)
    stats = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, blank=True)
    kept = models.JSONField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row an index."""

        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "index"], name="one_candidate_an_index")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {chr(ord('A') + self.index)}"
