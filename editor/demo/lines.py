"""Music written as text: pitches with lengths in sixteenths, bar by bar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from editor.score.ticks import TICKS_PER_QUARTER

SIXTEENTH: Final = TICKS_PER_QUARTER // 4
BAR: Final = 16 * SIXTEENTH

_PITCH = re.compile(r"([A-G])([#b]?)(-?\d)")
_STEPS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ALTERED: Final = {"#": 1, "b": -1, "": 0}


@dataclass(frozen=True, slots=True)
class Stroke:
    """A note without a track: pitch, start and length in ticks, velocity."""

    pitch: int
    start: int
    duration: int
    velocity: int


def pitch_of(name: str) -> int:
    """The MIDI pitch of a name such as F#5; C4 is 60.

    Raises:
        ValueError: for anything else.
    """
    found = _PITCH.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is no pitch")
    letter, sign, octave = found.groups()
    return 12 * (int(octave) + 1) + _STEPS[letter] + _ALTERED[sign]


def line(text: str, *, velocity: int, first_bar: int = 0) -> list[Stroke]:
    """A melody. Bars end with ``|``; a note is a pitch and its sixteenths, a rest is ``r``.

    An ending ``!`` stresses a note, ``~`` holds it back, each by 12. Long notes are a little
    louder than short ones, and a note that repeats a beat's pulse louder than one beside it.

    Raises:
        ValueError: if a bar does not hold sixteen sixteenths.
    """
    strokes: list[Stroke] = []
    for number, bar in enumerate(text.split("|"), first_bar):
        words, place = bar.split(), 0
        for word, length in zip(words[::2], words[1::2], strict=True):
            sixteenths = int(length)
            if word != "r":
                name = word.rstrip("!~")
                weight = velocity + (4 if place % 8 == 0 else 0) + min(sixteenths, 6) - 3
                weight += 12 * (word.endswith("!") - word.endswith("~"))
                start = number * BAR + place * SIXTEENTH
                # A breath before the next note keeps repeated pitches apart.
                held = sixteenths * SIXTEENTH - SIXTEENTH // 6
                strokes.append(Stroke(pitch_of(name), start, held, min(127, weight)))
            place += sixteenths
        if place != 16:
            raise ValueError(f"bar {number + 1} holds {place} sixteenths: {bar.strip()}")
    return strokes


def chords(
    names: str, rhythms: str, voicings: dict[str, str], *, velocity: int, first_bar: int = 0
) -> list[Stroke]:
    """Comping. `names` gives each bar one chord or two halves, `rhythms` each bar its strokes.

    A stroke is ``place:length`` in sixteenths; it plays the chord that reigns at its place.
    """
    strokes: list[Stroke] = []
    bars = zip(names.split("|"), rhythms.split("|"), strict=True)
    for number, (bar, rhythm) in enumerate(bars, first_bar):
        reigning = bar.split()
        for stroke in rhythm.split():
            place, length = (int(part) for part in stroke.split(":"))
            chord = reigning[place * len(reigning) // 16]
            for voice, name in enumerate(voicings[chord].split()):
                start = number * BAR + place * SIXTEENTH
                held = length * SIXTEENTH - SIXTEENTH // 6
                weight = velocity - 2 * voice + (5 if place == 0 else 0)
                strokes.append(Stroke(pitch_of(name), start, held, weight))
    return strokes


def beats(patterns: list[dict[int, str]], *, first_bar: int = 0) -> list[Stroke]:
    """Drums. A pattern gives each drum's pitch sixteen signs: ``.`` rest, 1-9 how loud."""
    return [
        Stroke(pitch, (first_bar + bar) * BAR + place * SIXTEENTH, SIXTEENTH, 14 * int(sign))
        for bar, pattern in enumerate(patterns)
        for pitch, signs in pattern.items()
        for place, sign in enumerate(signs)
        if sign != "."
    ]
