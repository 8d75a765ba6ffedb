"""The singer: a built-in voice on vowels, laid on any notes by a 24-band channel vocoder."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from generation.ports import VoiceNote
from generation.voices.carrier import Carrier, LeadLine
from generation.voices.channel_vocoder import ChannelVocoder
from generation.voices.formants import FormantSinger
from generation.voices.line import Choir
from generation.voices.schedule import blocks
from generation.voices.settings import SAMPLE_RATE, SingerSettings
from generation.voices.vowels import VowelLine

TAIL_SECONDS: Final = 0.2
"""What rings on after the last note has closed."""
OUTPUT_GAIN: Final = 0.62
"""Brings a voice at velocity 80 to about -18 dB RMS."""
CEILING: Final = 0.87
KNEE: Final = 0.6
BREATH_HZ: Final = 1_800.0
BREATH_LEVEL: Final = 0.5
MODULATOR_BREATH: Final = 0.02
CHORD_SECONDS: Final = 0.03
"""Onsets closer than this are one chord and share a vowel."""


class Singer:
    """The voice "singer"; see `generation.ports.Voice`."""

    name = "singer"
    family = "channel vocoder"
    sample_rate = SAMPLE_RATE

    def stream(
        self, notes: Iterator[VoiceNote | float], settings: dict[str, object]
    ) -> Iterator[NDArray[np.float32]]:
        """Sing; chunks grow from 40 ms. Raises `VoiceError` for settings that can't be sung."""
        performance = Performance(SingerSettings.read(settings))
        for entering, samples in blocks(notes, SAMPLE_RATE, TAIL_SECONDS):
            for note in entering:
                performance.enter(note)
            yield performance.render(samples)


class Performance:
    """One phrase as it is being sung; the state of every oscillator and filter."""

    def __init__(self, settings: SingerSettings) -> None:
        self._settings = settings
        self._choir = Choir()
        self._carrier = Carrier(self._choir, SAMPLE_RATE, settings.vibrato)
        self._lead = LeadLine(SAMPLE_RATE, settings.vibrato)
        self._vowels = VowelLine(settings.vowels)
        self._throat = FormantSinger(settings.vowels, SAMPLE_RATE)
        self._vocoder = ChannelVocoder(SAMPLE_RATE)
        self._noise = np.random.Generator(np.random.PCG64(24))
        self._airy = butter(1, BREATH_HZ, "highpass", fs=SAMPLE_RATE, output="sos")
        self._air_rest = np.zeros((1, 2))
        self._done = 0
        self._onset = -1.0

    def enter(self, note: VoiceNote) -> None:
        """Take a note in before its start is rendered; notes come in order of their start."""
        sung = self._choir.enter(note)
        self._lead.follow(sung)
        if sung.start - self._onset > CHORD_SECONDS or self._onset < 0.0:
            self._vowels.onset(sung.start)
            self._onset = sung.start

    def render(self, count: int) -> NDArray[np.float32]:
        """The next `count` samples, shape (count,), float32 within ±0.87."""
        sung = self.parts(count)[1]
        return _limit(OUTPUT_GAIN * sung).astype(np.float32)

    def parts(self, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The next `count` samples of the modulator and of the vocoder, each (count,)."""
        first = self._done
        self._done += count
        seconds = np.arange(first, first + count) / SAMPLE_RATE
        self._choir.leave(float(seconds[0]))
        noise = self._noise.random(count) * 3.46 - 1.73
        spoken = self._lead.render(first, count) + MODULATOR_BREATH * noise
        modulator = self._throat.render(spoken, self._vowels.weights(seconds))
        wave, open_ = self._carrier.render(first, count)
        air, self._air_rest = sosfilt(self._airy, noise, zi=self._air_rest)
        wave += BREATH_LEVEL * self._settings.breath * open_ * air
        return modulator, self._vocoder.render(modulator, wave)


def _limit(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend what lies above the knee so that nothing passes the ceiling."""
    over = np.abs(wave) - KNEE
    bent = KNEE + (CEILING - KNEE) * np.tanh(np.maximum(over, 0.0) / (CEILING - KNEE))
    return np.where(over > 0.0, np.sign(wave) * bent, wave)
