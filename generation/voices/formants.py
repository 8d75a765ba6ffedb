"""A throat: pulses and breath through parallel resonances, one set for each vowel."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import iirpeak, sosfilt

from generation.voices.vowels import VOWELS

BREATH_LEVEL: Final = 0.35
"""Standard deviation of the aspiration noise at full breath, relative to the pulses."""


class FormantSinger:
    """Sings vowels on a given excitation. The vowels' resonators all run on, each fed its share.

    Feeding a share (instead of moving coefficients) morphs between vowels without clicks.
    """

    def __init__(self, vowels: tuple[str, ...], sample_rate: int) -> None:
        self._throats = {
            vowel: [
                (_resonator(formant.frequency, formant.bandwidth, sample_rate), gain)
                for formant, gain in zip(VOWELS[vowel], _gains(vowel), strict=True)
            ]
            for vowel in dict.fromkeys(vowels)
        }
        self._rest = {
            vowel: [np.zeros((1, 2)) for _ in throat] for vowel, throat in self._throats.items()
        }

    def render(
        self, excitation: NDArray[np.float64], weights: dict[str, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Colour `excitation` (samples,) by the vowels' `weights`, each of shape (samples,)."""
        sung = np.zeros_like(excitation)
        for vowel, throat in self._throats.items():
            share = weights.get(vowel)
            fed = np.zeros_like(excitation) if share is None else excitation * share
            rest = self._rest[vowel]
            for number, (resonator, gain) in enumerate(throat):
                out, rest[number] = sosfilt(resonator, fed, zi=rest[number])
                sung += gain * out
        return sung


def _resonator(frequency: float, bandwidth: float, sample_rate: int) -> NDArray[np.float64]:
    """A resonance with gain one at its centre, as one second-order section, shape (1, 6)."""
    numerator, denominator = iirpeak(frequency, frequency / bandwidth, fs=sample_rate)
    return np.concatenate([numerator, denominator])[np.newaxis, :]


def _gains(vowel: str) -> list[float]:
    """Linear gains with alternating signs, so that neighbours don't cancel between centres."""
    return [
        (-1.0) ** number * 10.0 ** (formant.level / 20.0)
        for number, formant in enumerate(VOWELS[vowel])
    ]
