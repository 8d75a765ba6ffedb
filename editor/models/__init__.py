"""What the database keeps about people, scores and rights. Music itself lives in the journal."""

from editor.models.membership import Membership
from editor.models.person import Person
from editor.models.role import Role
from editor.models.score import Score
from editor.models.share_link import ShareLink

__all__ = ["Membership", "Person", "Role", "Score", "ShareLink"]
