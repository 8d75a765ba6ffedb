"""How a note is sung: its pitch curve (portamento, late vibrato) and its swell, in closed form.

Everything is a function of absolute time, so a phrase sounds the same however it is cut.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generation.ports import VoiceNote
from generation.voices.vowels import smoothstep

LOWEST: Final = 28
HIGHEST: Final = 84
"""Pitches outside are sung in the nearest octave inside."""
MAX_VOICES: Final = 8
ATTACK: Final = 0.03
RELEASE: Final = 0.09
LEGATO: Final = 0.04
"""Crossfade between two notes of one breath, and how far apart they may be written (s)."""
PORTAMENTO: Final = 0.06
PORTAMENTO_REACH: Final = 9
"""Seconds of the slide, and the widest interval (semitones) that slides."""
VIBRATO_HZ: Final = 5.3
VIBRATO_CENTS: Final = 45.0
VIBRATO_DELAY: Final = 0.22
VIBRATO_SWELL: Final = 0.35
SHORTEST: Final = 0.05


@dataclass(slots=True, eq=False)
class SungNote:
    """A note in a mouth. Times in seconds; `come_from` is the pitch that it slides from."""

    pitch: float
    start: float
    end: float
    loudness: float
    attack: float = ATTACK
    release: float = RELEASE
    come_from: float | None = None
    follows: "SungNote | None" = None

    @property
    def silent_after(self) -> float:
        """From this second on nothing of it sounds."""
        return self.end + self.release

    def hertz(self, seconds: NDArray[np.float64], vibrato: float) -> NDArray[np.float64]:
        """The sung pitch in Hz at `seconds`, shape (samples,); `vibrato` 0-1 scales its depth."""
        age = seconds - self.start
        pitch = np.full_like(seconds, self.pitch)
        if self.come_from is not None:
            left = 1.0 - smoothstep(age / PORTAMENTO)
            pitch += (self.come_from - self.pitch) * left
        if vibrato > 0.0 and self.end - self.start > VIBRATO_DELAY:
            swell = smoothstep((age - VIBRATO_DELAY) / VIBRATO_SWELL)
            sway = np.sin(2.0 * np.pi * VIBRATO_HZ * (age - VIBRATO_DELAY))
            pitch += vibrato * VIBRATO_CENTS / 100.0 * swell * sway
        hertz: NDArray[np.float64] = 440.0 * 2.0 ** ((pitch - 69.0) / 12.0)
        return hertz

    def highest_hertz(self) -> float:
        """The highest pitch that its curve can reach, in Hz."""
        pitch = max(self.pitch, self.come_from if self.come_from is not None else 0.0)
        return float(440.0 * 2.0 ** ((pitch + VIBRATO_CENTS / 100.0 - 69.0) / 12.0))

    def swell(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """How open the note is at `seconds`, 0-1, without corners, shape (samples,)."""
        opening = smoothstep((seconds - self.start) / self.attack)
        closing = 1.0 - smoothstep((seconds - self.end) / self.release)
        return opening * closing


class Choir:
    """The notes that sound now. Notes enter in order of their start."""

    def __init__(self) -> None:
        self.sounding: list[SungNote] = []

    def enter(self, note: VoiceNote) -> SungNote:
        """Take a note in: find the note that it follows, and hush the oldest of too many."""
        end = note.start + max(note.duration, SHORTEST)
        sung = SungNote(_in_range(note.pitch), note.start, end, (note.velocity / 100.0) ** 1.2)
        before = self._before(sung)
        if before is not None:
            if before.end >= sung.start:
                before.end = sung.start
                before.release = LEGATO
            sung.attack = LEGATO
            sung.come_from = before.pitch
            sung.follows = before
        held = [other for other in self.sounding if other.start <= sung.start < other.end]
        if len(held) >= MAX_VOICES:
            oldest = min(held, key=lambda other: (other.start, other.pitch))
            oldest.end = sung.start
            oldest.release = LEGATO
        self.sounding.append(sung)
        return sung

    def leave(self, second: float) -> None:
        """Forget what is silent from `second` on."""
        self.sounding = [note for note in self.sounding if note.silent_after > second]

    def _before(self, sung: SungNote) -> SungNote | None:
        """The note that ends where `sung` begins, nearest in pitch: the two are one breath."""
        taken = {id(note.follows) for note in self.sounding if note.start == sung.start}
        near = [
            note
            for note in self.sounding
            if note.start < sung.start - LEGATO
            and abs(note.end - sung.start) <= LEGATO
            and abs(note.pitch - sung.pitch) <= PORTAMENTO_REACH
            and id(note) not in taken
        ]
        return min(near, key=lambda note: abs(note.pitch - sung.pitch), default=None)


def _in_range(pitch: int) -> float:
    while pitch < LOWEST:
        pitch += 12
    while pitch > HIGHEST:
        pitch -= 12
    return float(pitch)
