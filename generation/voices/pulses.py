"""Pulse trains without aliasing: one period in tables, each with as many harmonics as fit.

A train's spectrum is flat, so whatever shapes it afterwards (a throat, a vocoder's bands) alone
decides the colour. Its level keeps the power per Hz the same at every pitch.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

TABLE_SIZE: Final = 4096
STEPS_PER_OCTAVE: Final = 4
TOP_SHARE: Final = 0.94
"""Harmonics end below this share of the Nyquist frequency."""
REFERENCE_HZ: Final = 220.0
"""The pitch at which every harmonic has amplitude one."""
LIFT_HZ: Final = 400.0
"""Above it fewer harmonics meet a strong formant, so trains are made louder by a half power."""


def harmonics_below(frequency: float, sample_rate: int) -> int:
    """How many harmonics of `frequency` (Hz) a table may hold, rounded down to a stored size."""
    fits = max(1.0, TOP_SHARE * sample_rate / 2.0 / frequency)
    step = np.floor(np.log2(fits) * STEPS_PER_OCTAVE)
    return max(1, int(2.0 ** (step / STEPS_PER_OCTAVE)))


@lru_cache(maxsize=64)
def period(harmonics: int) -> NDArray[np.float32]:
    """One period with `harmonics` cosines of amplitude one, shape (TABLE_SIZE + 1,).

    Schroeder's phases spread each pulse over the period, which keeps peaks low.
    """
    number = np.arange(1, harmonics + 1)
    spectrum = np.zeros(TABLE_SIZE // 2 + 1, dtype=np.complex128)
    spread = np.exp(-1j * np.pi * number * (number - 1) / harmonics * 0.25)
    spectrum[1 : harmonics + 1] = 0.5 * TABLE_SIZE * spread
    wave = np.fft.irfft(spectrum, TABLE_SIZE)
    return np.append(wave, wave[0]).astype(np.float32)


def read(
    table: NDArray[np.float32], phase: NDArray[np.float64], hertz: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The train at `phase` (cycles) for pitch `hertz`; all of shape (samples,)."""
    place = (phase % 1.0) * TABLE_SIZE
    index = place.astype(np.int64)
    index[index == TABLE_SIZE] = 0
    part = place - index
    wave = table[index] * (1.0 - part) + table[index + 1] * part
    level = np.sqrt(hertz / REFERENCE_HZ * np.maximum(hertz / LIFT_HZ, 1.0))
    loud: NDArray[np.float64] = level * wave
    return loud
