"""A channel vocoder: the loudness of a modulator's bands, laid on the bands of a carrier.

24 bands from 70 Hz to 10.4 kHz, evenly spaced in mel. Each is a band-pass from a fourth-order
Butterworth prototype (24 dB an octave to either side; with 12 vowels leak into each other), the
same for both signals, followed by an envelope detector. All filters carry their state, so blocks
of any size give the same sound. (H. Dudley, "The Vocoder", 1939, with digital filters.)
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

BANDS: Final = 24
LOW_HZ: Final = 70.0
HIGH_HZ: Final = 10_400.0
ORDER: Final = 4
FOLLOW_HZ: Final = 24.0
"""Cut-off of the envelope detectors: quicker than a syllable, slower than any pitch."""


def band_edges(bands: int, low: float, high: float) -> NDArray[np.float64]:
    """`bands` + 1 frequencies in Hz, evenly spaced in mel."""
    mels = np.linspace(_mel(low), _mel(high), bands + 1)
    edges: NDArray[np.float64] = 700.0 * (10.0 ** (mels / 2595.0) - 1.0)
    return edges


class FilterBank:
    """Band-passes side by side; splits one signal into bands."""

    def __init__(self, edges: NDArray[np.float64], sample_rate: int) -> None:
        self._filters = [
            butter(ORDER, (low, high), "bandpass", fs=sample_rate, output="sos")
            for low, high in pairwise(edges)
        ]
        self._rest = [np.zeros((len(sections), 2)) for sections in self._filters]

    def split(self, signal: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bands of `signal` (samples,), shape (bands, samples)."""
        bands = np.empty((len(self._filters), len(signal)))
        for number, sections in enumerate(self._filters):
            bands[number], self._rest[number] = sosfilt(sections, signal, zi=self._rest[number])
        return bands


class EnvelopeFollower:
    """How loud each band is: rectified and smoothed by a fourth-order low-pass."""

    def __init__(self, bands: int, sample_rate: int) -> None:
        self._smooth = butter(4, FOLLOW_HZ, "lowpass", fs=sample_rate, output="sos")
        self._rest = np.zeros((len(self._smooth), bands, 2))

    def follow(self, bands: NDArray[np.float64]) -> NDArray[np.float64]:
        """Envelopes of `bands`, same shape (bands, samples), never negative."""
        smooth, self._rest = sosfilt(self._smooth, np.abs(bands), axis=-1, zi=self._rest)
        envelopes: NDArray[np.float64] = np.maximum(smooth, 0.0)
        return envelopes


class ChannelVocoder:
    """Lays a modulator's spectral envelope on a carrier with a flat spectrum."""

    def __init__(self, sample_rate: int) -> None:
        edges = band_edges(BANDS, LOW_HZ, HIGH_HZ)
        self._modulator = FilterBank(edges, sample_rate)
        self._carrier = FilterBank(edges, sample_rate)
        self._follower = EnvelopeFollower(BANDS, sample_rate)
        # A flat carrier puts power into a band by its width: undo that, and the bands of the
        # result are as loud as the modulator's.
        self._level = np.sqrt((edges[1] - edges[0]) / np.diff(edges))[:, np.newaxis]

    def render(
        self, modulator: NDArray[np.float64], carrier: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Vocode one block; all of shape (samples,)."""
        envelopes = self._follower.follow(self._modulator.split(modulator))
        envelopes *= self._level
        sung: NDArray[np.float64] = np.einsum("bs,bs->s", envelopes, self._carrier.split(carrier))
        return sung


def _mel(frequency: float) -> float:
    return float(2595.0 * np.log10(1.0 + frequency / 700.0))
