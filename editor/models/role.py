"""What a person may do with a score."""

from django.db import models


class Role(models.TextChoices):
    """Roles from the most to the least rights."""

    OWNER = "owner"
    EDITOR = "editor"
    COMMENTER = "commenter"
    VIEWER = "viewer"


RANK: dict[str, int] = {role: rank for rank, role in enumerate(reversed(Role.values))}
"""The greater the number, the more a role may do."""
