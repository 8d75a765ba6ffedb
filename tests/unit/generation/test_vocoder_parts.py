"""The parts of the vocoder: pulses without aliases, formants in their places, bands that follow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.ports import VoiceNote
from generation.voices.channel_vocoder import BANDS, ChannelVocoder, band_edges
from generation.voices.formants import FormantSinger
from generation.voices.line import HIGHEST, LOWEST, MAX_VOICES, PORTAMENTO, Choir
from generation.voices.pulses import harmonics_below, period, read
from generation.voices.vowels import VOWELS, VowelLine

RATE = 24_000


@pytest.mark.parametrize("hertz", [41.2, 110.0, 440.0, 1046.5, 3000.0])
def test_pulses_hold_only_harmonics(hertz: float) -> None:
    count = RATE
    phase = np.arange(count) * hertz / RATE
    table = period(harmonics_below(hertz, RATE))
    wave = read(table, phase, np.full(count, hertz)) * np.hanning(count)
    power = np.abs(np.fft.rfft(wave)) ** 2
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    away = np.abs(frequency / hertz - np.round(frequency / hertz)) * hertz > 6.0
    below = (frequency < 0.5 * hertz) | away
    assert power[below].sum() < 1e-3 * power.sum()


@given(hertz=st.floats(20.0, 20_000.0))
def test_no_harmonic_passes_the_nyquist_frequency(hertz: float) -> None:
    count = harmonics_below(hertz, RATE)
    assert count >= 1
    assert count == 1 or count * hertz < RATE / 2


@pytest.mark.parametrize("vowel", sorted(VOWELS))
def test_each_vowel_peaks_at_its_formants(vowel: str) -> None:
    pulse = np.zeros(RATE // 2)
    pulse[0] = 1.0
    sung = FormantSinger((vowel,), RATE).render(pulse, {vowel: np.ones_like(pulse)})
    level = np.abs(np.fft.rfft(sung))
    frequency = np.fft.rfftfreq(len(pulse), 1 / RATE)
    first = VOWELS[vowel][0]
    loudest = frequency[int(np.argmax(level))]
    assert abs(loudest - first.frequency) < first.bandwidth


def test_vowels_take_turns_and_always_add_up() -> None:
    line = VowelLine(("a", "i", "o"))
    for second in (0.0, 0.5, 0.53, 1.0):
        line.onset(second)
    seen = []
    for start in np.arange(0.0, 1.4, 0.1):
        weights = line.weights(start + np.arange(100) / 1000)
        assert np.allclose(sum(weights.values()), 1.0)
        seen.append(max(weights, key=lambda vowel: weights[vowel][-1]))
    assert seen[0] == "a"
    assert seen[8] == "o"
    assert seen[-1] == "a"


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(1, 900), min_size=1, max_size=12))
def test_the_vocoder_carries_its_state_over_any_cut(cuts: list[int]) -> None:
    noise = np.random.default_rng(5).standard_normal((2, sum(cuts)))
    whole = ChannelVocoder(RATE).render(*noise)
    vocoder = ChannelVocoder(RATE)
    edges = np.cumsum([0, *cuts])
    parts = [
        vocoder.render(*noise[:, start : start + count])
        for start, count in zip(edges, cuts, strict=False)
    ]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-9)


@pytest.mark.parametrize("band", [2, 9, 17])
def test_only_the_bands_of_the_modulator_sound(band: int) -> None:
    edges = band_edges(BANDS, 70.0, 10_400.0)
    centre = (edges[band] + edges[band + 1]) / 2
    seconds = np.arange(RATE) / RATE
    carrier = np.random.default_rng(5).standard_normal(RATE)
    sung = ChannelVocoder(RATE).render(np.sin(2 * np.pi * centre * seconds), carrier)
    power = np.abs(np.fft.rfft(sung[RATE // 4 :])) ** 2
    frequency = np.fft.rfftfreq(RATE - RATE // 4, 1 / RATE)
    inside = (frequency > edges[band - 1]) & (frequency < edges[band + 2])
    assert power[inside].sum() > 0.98 * power.sum()


def test_silence_in_is_silence_out() -> None:
    assert not ChannelVocoder(RATE).render(np.zeros(500), np.ones(500)).any()
    assert not ChannelVocoder(RATE).render(np.zeros(500), np.zeros(500)).any()


def test_bound_notes_slide_and_detached_ones_do_not() -> None:
    choir = Choir()
    first = choir.enter(VoiceNote(60, 0.0, 0.5, 80))
    bound = choir.enter(VoiceNote(64, 0.5, 0.5, 80))
    detached = choir.enter(VoiceNote(67, 1.2, 0.5, 80))
    far = choir.enter(VoiceNote(40, 1.7, 0.5, 80))
    assert bound.follows is first
    assert detached.follows is None
    assert far.follows is None
    hertz = bound.hertz(np.array([0.5, 0.5 + PORTAMENTO]), 0.0)
    assert hertz == pytest.approx([261.63, 329.63], abs=0.01)


@given(pitches=st.lists(st.integers(0, 127), min_size=1, max_size=20))
def test_a_choir_has_a_bounded_number_of_voices_in_range(pitches: list[int]) -> None:
    choir = Choir()
    for number, pitch in enumerate(pitches):
        note = choir.enter(VoiceNote(pitch, number * 0.1, 60.0, 80))
        assert LOWEST <= note.pitch <= HIGHEST
        assert (note.pitch - pitch) % 12 == 0
    last = len(pitches) * 0.1
    assert sum(note.end > last for note in choir.sounding) <= MAX_VOICES
