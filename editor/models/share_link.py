"""An address that gives whoever opens it a role in a score."""

from django.conf import settings
from django.db import models

from editor.models.role import Role
from editor.models.score import Score
from editor.score.ids import new_id

LINK_LENGTH = 10
NONCE_BYTES = 16


def new_link_id() -> str:
    """A fresh id of a share link."""
    return new_id(LINK_LENGTH)


class ShareLink(models.Model):
    """The token itself is never stored: it is derived from `nonce` and the secret key.

    `digest` is the SHA-256 of the token in hexadecimal, by which a link is found.
    """

    id = models.CharField(primary_key=True, max_length=LINK_LENGTH, default=new_link_id)
    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=10, choices=Role.choices)
    nonce = models.BinaryField(max_length=NONCE_BYTES)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role} link {self.id}"
