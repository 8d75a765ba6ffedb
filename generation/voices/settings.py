"""What a page may wish of the singer. Without numpy: the server checks wishes before it asks."""

import re
from dataclasses import dataclass
from typing import Final

from generation.voices.errors import VoiceError

SAMPLE_RATE: Final = 24_000
LETTERS: Final = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class SingerSettings:
    """Which vowels in turn, and how much vibrato and breath (0-1)."""

    vowels: tuple[str, ...] = ("a", "o", "e", "u", "i")
    vibrato: float = 0.5
    breath: float = 0.2

    @classmethod
    def read(cls, settings: dict[str, object]) -> "SingerSettings":
        """Check settings as they come from a page.

        Raises:
            VoiceError: with code "settings" and what is wrong.
        """
        unknown = set(settings) - {"vowels", "vibrato", "breath"}
        if unknown:
            raise VoiceError("settings", "The singer knows vowels, vibrato and breath.")
        given = {name: value for name, value in settings.items() if value is not None}
        vowels = given.get("vowels", " ".join(cls().vowels))
        if not isinstance(vowels, str) or len(vowels) > 64:
            raise VoiceError("settings", "Vowels are letters, such as a e i o u.")
        letters = tuple(re.sub(r"[\s,]+", "", vowels.lower()))
        if not letters or not set(letters) <= LETTERS:
            raise VoiceError("settings", "The singer sings the vowels a, e, i, o and u.")
        vibrato = _share(given.get("vibrato", cls().vibrato), "vibrato")
        return cls(letters, vibrato, _share(given.get("breath", cls().breath), "breath"))


def _share(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
        raise VoiceError("settings", f"{name} is a number from 0 to 1.")
    return float(value)
