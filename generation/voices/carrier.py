"""The sung pitches as one bright sound: what a vocoder colours."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generation.voices.line import Choir, SungNote
from generation.voices.pulses import harmonics_below, period, read

LEAD_LOW: Final = 92.5
"""The speaking pitch is the lead's, folded into the octave above this frequency (Hz)."""


class Carrier:
    """Pulse trains of all sounding notes, summed; phase runs on from block to block."""

    def __init__(self, choir: Choir, sample_rate: int, vibrato: float) -> None:
        self.choir = choir
        self.sample_rate = sample_rate
        self.vibrato = vibrato
        self._phase: dict[SungNote, float] = {}

    def render(self, first: int, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Samples `first` to `first + count`: the sum, and how open the choir is (0-1).

        Both have shape (count,). Notes that start before the last sample must have entered.
        """
        wave = np.zeros(count)
        power = np.zeros(count)
        open_ = np.zeros(count)
        curves: dict[SungNote, tuple[int, NDArray[np.float64]]] = {}
        for note in self.choir.sounding:
            begin = max(first, math.ceil(note.start * self.sample_rate))
            end = min(first + count, math.ceil(note.silent_after * self.sample_rate))
            if begin >= end:
                continue
            seconds = np.arange(begin, end) / self.sample_rate
            hertz = note.hertz(seconds, self.vibrato)
            turns = np.cumsum(hertz / self.sample_rate)
            phase = self._entry(note, begin, curves) + turns - hertz / self.sample_rate
            curves[note] = (begin, phase)
            self._phase[note] = float(phase[-1] + hertz[-1] / self.sample_rate) % 1.0
            table = period(harmonics_below(note.highest_hertz(), self.sample_rate))
            swell = note.swell(seconds)
            place = slice(begin - first, end - first)
            wave[place] += note.loudness * swell * read(table, phase, hertz)
            power[place] += swell**2
            open_[place] = np.maximum(open_[place], note.loudness * swell)
        self._phase = {note: self._phase[note] for note in curves}
        return wave / np.sqrt(np.maximum(power, 1.0)), open_

    def _entry(
        self, note: SungNote, begin: int, curves: dict[SungNote, tuple[int, NDArray[np.float64]]]
    ) -> float:
        """The phase at sample `begin`: carried, or taken over from the note that it follows."""
        if note in self._phase:
            return self._phase[note]
        if note.follows is not None and note.follows in curves:
            other, phase = curves[note.follows]
            if other <= begin < other + len(phase):
                return float(phase[begin - other]) % 1.0
        return 0.0


class LeadLine:
    """The pitch at which the modulator speaks: the lead's, in a low octave."""

    def __init__(self, sample_rate: int, vibrato: float) -> None:
        self.sample_rate = sample_rate
        self.vibrato = vibrato
        self._leads: list[SungNote] = []
        self._phase = 0.0
        harmonics = harmonics_below(2.2 * LEAD_LOW, sample_rate)
        self._table = period(harmonics)

    def follow(self, note: SungNote) -> None:
        """A note enters: the latest onset leads, of one chord the highest note."""
        latest = self._leads[-1] if self._leads else None
        if latest is not None and latest.start == note.start and latest.pitch > note.pitch:
            return
        self._leads.append(note)

    def render(self, first: int, count: int) -> NDArray[np.float64]:
        """The pulse train from sample `first` on, shape (count,)."""
        seconds = np.arange(first, first + count) / self.sample_rate
        while len(self._leads) > 1 and self._leads[1].start <= seconds[0]:
            self._leads.pop(0)
        hertz = np.full(count, 1.2 * LEAD_LOW)
        for note in self._leads:
            begin = int(np.searchsorted(seconds, note.start))
            fold = 2.0 ** math.floor(math.log2(note.highest_hertz() / LEAD_LOW))
            hertz[begin:] = note.hertz(seconds[begin:], self.vibrato) / fold
        turns = np.cumsum(hertz / self.sample_rate)
        phase = self._phase + turns - hertz / self.sample_rate
        self._phase = float(self._phase + turns[-1]) % 1.0
        return read(self._table, phase, hertz)
