"""Who may do what in whose score."""

from django.conf import settings
from django.db import models

from editor.models.role import Role
from editor.models.score import Score
from editor.models.share_link import ShareLink


class Membership(models.Model):
    """A role that a person has in somebody's score; the score's owner needs none.

    A person may hold several, one from each link that they opened: the best one counts, and a
    link takes its own away when it is revoked or expires.
    """

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    link = models.ForeignKey(
        ShareLink, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What the database itself guarantees."""

        constraints = [
            models.UniqueConstraint(
                fields=["score", "person", "link"], name="one_membership_a_link"
            ),
            models.UniqueConstraint(
                fields=["score", "person"],
                condition=models.Q(link__isnull=True),
                name="one_membership_without_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.role} of {self.score_id}"
