"""The voices that can sing a candidate, by name."""

from typing import Final

from generation.voices.singer import Singer

VOICES: Final = {voice.name: voice for voice in (Singer(),)}
