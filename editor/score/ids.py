"""Random base62 names for the things in a score."""

import secrets
import string
from typing import Final

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase

SCORE_LENGTH: Final = 12
NOTE_LENGTH: Final = 10
TRACK_LENGTH: Final = 8
MARKER_LENGTH: Final = 8
CLIP_LENGTH: Final = 8


def new_id(length: int) -> str:
    """A random base62 string of `length` characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def is_id(text: str, length: int) -> bool:
    """Whether `text` is exactly `length` base62 characters."""
    return len(text) == length and all(character in ALPHABET for character in text)


def new_ids(length: int, count: int) -> list[str]:
    """`count` random base62 strings at once, for whole songs."""
    letters = secrets.token_bytes(length * count).translate(_FROM_BYTE).decode("ascii")
    return [letters[place : place + length] for place in range(0, length * count, length)]


_FROM_BYTE: Final = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
