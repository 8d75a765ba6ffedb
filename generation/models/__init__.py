"""What the database keeps of suggestions: the question, the proposals, what people made of them."""

from generation.models.candidate import Candidate
from generation.models.suggestion import State, Suggestion
from generation.models.vote import Vote

__all__ = ["Candidate", "State", "Suggestion", "Vote"]
