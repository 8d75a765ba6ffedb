"""What a person thinks of a candidate."""

from django.conf import settings
from django.db import models

from generation.models.candidate import Candidate


class Vote(models.Model):
    """`value` is 1 or -1; a vote taken back has no row."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes"
    )
    value = models.SmallIntegerField()

    class Meta:
        """One vote a person."""

        constraints = [
            models.UniqueConstraint(fields=["candidate", "person"], name="one_vote_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} by {self.person_id}"
