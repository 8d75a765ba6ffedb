"""Which voices there are. Without numpy: the server reads it, workers hold the voices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from generation.voices.settings import SAMPLE_RATE, SingerSettings


@dataclass(frozen=True, slots=True)
class VoiceEntry:
    """A voice that is offered; `check` raises `VoiceError` for settings that it can't follow."""

    name: str
    family: str
    rate: int
    check: Callable[[dict[str, object]], object]


VOICES: Final = {
    entry.name: entry
    for entry in (VoiceEntry("singer", "channel vocoder", SAMPLE_RATE, SingerSettings.read),)
}
