"""Phrases to sing and to measure: random melodies, and the pitch that each sample should have."""

import random

import numpy as np
from numpy.typing import NDArray

from generation.ports import VoiceNote
from generation.voices.line import Choir
from generation.voices.schedule import blocks
from generation.voices.settings import SAMPLE_RATE, SingerSettings
from generation.voices.singer import TAIL_SECONDS, Performance


def melody(*, low: int, high: int, notes: int, seed: int) -> list[VoiceNote]:
    """One voice between two pitches, some notes bound, some detached, loud and soft."""
    draw = random.Random(seed)
    phrase = []
    second = 0.0
    for _ in range(notes):
        length = draw.choice((0.25, 0.5, 0.5, 1.0))
        sounding = length * draw.choice((1.0, 1.0, 0.8))
        phrase.append(VoiceNote(draw.randint(low, high), second, sounding, draw.randint(60, 110)))
        second += length
    return phrase


def sing_parts(
    phrase: list[VoiceNote], wishes: SingerSettings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The modulator and the vocoded sound before the limiter, each of shape (samples,)."""
    performance = Performance(wishes)
    parts = []
    for entering, count in blocks(iter(phrase), SAMPLE_RATE, TAIL_SECONDS):
        for note in entering:
            performance.enter(note)
        parts.append(performance.parts(count))
    return (
        np.concatenate([modulator for modulator, _ in parts]),
        np.concatenate([sung for _, sung in parts]),
    )


def wanted_pitch(
    phrase: list[VoiceNote], wishes: SingerSettings, samples: int
) -> NDArray[np.float64]:
    """The pitch in Hz that a one-voiced phrase should have at each sample; 0 in rests."""
    choir = Choir()
    wanted = np.zeros(samples)
    seconds = np.arange(samples) / SAMPLE_RATE
    sung = [choir.enter(note) for note in phrase]
    for note in sung:
        place = slice(round((note.start + 0.02) * SAMPLE_RATE), round(note.end * SAMPLE_RATE))
        wanted[place] = note.hertz(seconds[place], wishes.vibrato)
    return wanted
