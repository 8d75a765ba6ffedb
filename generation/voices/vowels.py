"""Five vowels as formants, and the order in which a phrase sings them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Formant:
    """One resonance of the throat: centre and -3 dB bandwidth in Hz, level in dB."""

    frequency: float
    bandwidth: float
    level: float


def _vowel(
    frequencies: tuple[int, ...], bandwidths: tuple[int, ...], levels: tuple[int, ...]
) -> tuple[Formant, ...]:
    return tuple(
        Formant(*resonance) for resonance in zip(frequencies, bandwidths, levels, strict=True)
    )


VOWELS: Final[dict[str, tuple[Formant, ...]]] = {
    "a": _vowel((650, 1080, 2650, 2900, 3250), (80, 90, 120, 130, 140), (0, -6, -7, -8, -22)),
    "e": _vowel((400, 1700, 2600, 3200, 3580), (70, 80, 100, 120, 120), (0, -14, -12, -14, -20)),
    "i": _vowel((290, 1870, 2800, 3250, 3540), (40, 90, 100, 120, 120), (0, -15, -18, -20, -30)),
    "o": _vowel((400, 800, 2600, 2800, 3000), (70, 80, 100, 130, 135), (0, -10, -12, -12, -26)),
    "u": _vowel((350, 600, 2700, 2900, 3300), (40, 60, 100, 120, 120), (0, -20, -17, -14, -26)),
}
"""A tenor's vowels; values after the formant table of the Csound manual."""

GLIDE_SECONDS: Final = 0.07
"""How long the mouth takes from one vowel to the next."""


class VowelLine:
    """Which vowel sounds when: each onset of the phrase takes the next one of the sequence."""

    def __init__(self, sequence: tuple[str, ...]) -> None:
        self.sequence = sequence
        self._changes: list[tuple[float, str]] = [(-1.0, sequence[0])]
        self._sung = 0

    def onset(self, second: float) -> None:
        """Begin the next vowel at `second`; onsets come in order."""
        if self._sung:
            self._changes.append((second, self.sequence[self._sung % len(self.sequence)]))
        self._sung += 1

    def weights(self, seconds: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """How much of each vowel sounds at `seconds`, shape (samples,); they sum to one.

        Times must not go back: changes that are over are forgotten.
        """
        first = seconds[0]
        while len(self._changes) > 1 and self._changes[1][0] + GLIDE_SECONDS <= first:
            self._changes.pop(0)
        mix = {self._changes[0][1]: np.ones_like(seconds)}
        for begin, vowel in self._changes[1:]:
            if begin >= seconds[-1]:
                break
            arrived = smoothstep((seconds - begin) / GLIDE_SECONDS)
            mix = {name: weight * (1.0 - arrived) for name, weight in mix.items()}
            mix[vowel] = mix.get(vowel, 0.0) + arrived
        return mix


def smoothstep(position: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 before 0, 1 after 1, and between them a raised cosine without corners."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(position, 0.0, 1.0))
