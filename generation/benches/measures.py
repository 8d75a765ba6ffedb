"""Measuring sung sound: pitch by autocorrelation, band envelopes, levels."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generation.voices.channel_vocoder import BANDS, HIGH_HZ, LOW_HZ, band_edges

FRAME_SECONDS: Final = 0.02
STEADY: Final = 2.0 ** (0.6 / 12.0)
"""A frame whose pitch moves by more than this ratio is a slide and is left out."""
FLOOR_DB: Final = 50.0
GROSS_CENTS: Final = 50.0
"""A frame that is further off is an error of its own kind, not an inaccuracy."""

Samples = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class PitchError:
    """Over voiced frames: median error in cents, and the share of frames beyond 50 cents."""

    median_cents: float
    gross_share: float


def pitch_error(sound: Samples, rate: int, wanted: Samples) -> PitchError:
    """Compare what is heard with `wanted` (Hz at each sample, 0 where nothing should sound)."""
    hop = round(FRAME_SECONDS * rate)
    errors = []
    for start in range(0, len(sound) - 4 * hop, hop):
        goal = wanted[start : start + 4 * hop]
        if goal.min() <= 0.0 or goal.max() / goal.min() > STEADY:
            continue  # rests, slides, and what lies across two notes
        centre = float(np.median(goal))
        found = _pitch(np.asarray(sound[start : start + 4 * hop], dtype=np.float64), rate, centre)
        errors.append(1200.0 * np.log2(found / centre))
    cents = np.abs(np.array(errors))
    return PitchError(
        median_cents=float(np.median(cents)), gross_share=float(np.mean(cents > GROSS_CENTS))
    )


def envelope_correlation(modulator: Samples, sung: Samples, wanted: Samples, rate: int) -> float:
    """How alike the 24 bands of both sounds move: Pearson's r over frames and bands, in dB.

    Each frame's mean (loudness) and each band's mean (the tilt that all vowels share) are taken
    out: what is left is which vowel sounds when. Only bands count in which a harmonic of the sung
    pitch (`wanted`, Hz at each sample) lies: between harmonics nothing can sound. Levels more
    than 50 dB below the frame's loudest band are cut off there.
    """
    length = min(len(modulator), len(sung), len(wanted))
    levels = np.stack([_bands(signal[:length], rate) for signal in (modulator, sung)])
    levels = np.maximum(levels, levels.max(axis=2, keepdims=True) - FLOOR_DB)
    edges = band_edges(BANDS, LOW_HZ, HIGH_HZ)
    lit = np.zeros(levels.shape[1:], dtype=bool)
    for number in range(levels.shape[1]):
        pitch = wanted[_frame(number, rate)]
        if pitch.min() > 0.0 and pitch.max() / pitch.min() < STEADY:
            lit[number] = np.diff(np.floor(edges / np.median(pitch))) >= 1.0
    moving = levels * lit
    for _ in range(8):  # frames and bands in turn: with gaps neither mean is right at once
        for axis in (2, 1):
            count = np.maximum(lit.sum(axis=axis - 1, keepdims=True), 1)
            moving = (moving - moving.sum(axis=axis, keepdims=True) / count) * lit
    return float(np.corrcoef(moving[:, lit])[0, 1])


def decibels(value: float) -> float:
    """20 log10, with silence at -120."""
    return float(20.0 * np.log10(max(value, 1e-6)))


def _pitch(frame: Samples, rate: int, near: float) -> float:
    """The fundamental of `frame` in Hz within a fifth of `near`, or its octaves when stronger.

    Normalised autocorrelation (as in YIN's second step) with parabolic interpolation. The search
    spans two octaves around `near`, so that octave errors are found as what they are.
    """
    frame = frame - frame.mean()
    low, high = int(rate / (near * 2.2)), int(rate / (near * 0.45)) + 2
    high = min(high, len(frame) // 2)
    size = len(frame) - high
    head = frame[:size]
    lags = np.arange(max(low, 2), high)
    power = np.concatenate([[0.0], np.cumsum(frame**2)])
    difference = np.array([np.sum((head - frame[lag : lag + size]) ** 2) for lag in lags])
    scale = power[size] + power[lags + size] - power[lags]
    score = difference / np.maximum(scale, 1e-12)
    # The shortest lag that is nearly as good as the best: a period, not a multiple of it.
    good = np.flatnonzero(score <= score.min() + 0.06)
    best = int(good[0])
    while best + 1 < len(score) and score[best + 1] < score[best]:
        best += 1
    if not 0 < best < len(score) - 1:
        return float(rate / lags[best])
    before, here, after = score[best - 1 : best + 2]
    bend = before - 2.0 * here + after
    shift = 0.5 * (before - after) / bend if bend > 0.0 else 0.0
    return float(rate / (lags[best] + shift))


def _bands(signal: Samples, rate: int) -> NDArray[np.float64]:
    """Level in dB of 24 mel bands, shape (frames, bands); by FFT, not by our filters."""
    count = (len(signal) - _frame(0, rate).stop) // round(FRAME_SECONDS * rate)
    frames = np.stack([signal[_frame(number, rate)] for number in range(count)])
    size = frames.shape[1]
    frames = frames * np.hanning(size)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    frequency = np.fft.rfftfreq(size, 1.0 / rate)
    edges = band_edges(BANDS, LOW_HZ, HIGH_HZ)
    places = np.digitize(frequency, edges)
    levels = np.stack([power[:, places == band].sum(axis=1) for band in range(1, BANDS + 1)], 1)
    return np.asarray(10.0 * np.log10(levels + 1e-9), dtype=np.float64)


def _frame(number: int, rate: int) -> slice:
    """The samples of one analysis frame: 80 ms, every 20 ms."""
    hop = round(FRAME_SECONDS * rate)
    return slice(number * hop, number * hop + 4 * hop)
