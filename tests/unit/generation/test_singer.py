"""The singer: pitch, vowels, level, and that cutting into blocks changes nothing."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.benches.measures import decibels, envelope_correlation, pitch_error
from generation.benches.phrases import melody, sing_parts, wanted_pitch
from generation.ports import VoiceNote
from generation.voices.cast import VOICES as SUNG
from generation.voices.catalogue import VOICES
from generation.voices.errors import VoiceError
from generation.voices.settings import SAMPLE_RATE, SingerSettings
from generation.voices.singer import Singer

PHRASE = melody(low=55, high=74, notes=10, seed=3)


def sing(notes: list[VoiceNote], **wishes: object) -> np.ndarray:
    return np.concatenate(list(Singer().stream(iter(notes), dict(wishes))))


def cut(notes: list[VoiceNote], step: float) -> Iterator[VoiceNote | float]:
    """The notes as they would arrive: each after a few promises that nothing comes before."""
    second = 0.0
    for note in notes:
        while second < note.start:
            yield second
            second += step
        yield note


@settings(max_examples=12, deadline=None)
@given(step=st.floats(0.007, 0.9))
def test_it_sounds_the_same_however_it_is_cut(step: float) -> None:
    chords = [VoiceNote(note.pitch - 12, note.start, 1.1, 70) for note in PHRASE[::2]]
    notes = sorted([*PHRASE, *chords], key=lambda note: note.start)
    whole = sing(notes)
    parts = np.concatenate(list(Singer().stream(cut(notes, step), {})))
    assert len(parts) == len(whole)
    assert np.abs(parts - whole).max() < 1e-4


@pytest.mark.parametrize(("low", "high"), [(43, 57), (55, 74), (70, 84)])
def test_it_sings_in_tune_on_vowels(low: int, high: int) -> None:
    phrase = melody(low=low, high=high, notes=12, seed=5)
    wishes = SingerSettings()
    modulator, sung = sing_parts(phrase, wishes)
    wanted = wanted_pitch(phrase, wishes, len(sung))
    error = pitch_error(sung, SAMPLE_RATE, wanted)
    assert error.median_cents <= 10.0
    assert error.gross_share <= 0.02
    assert envelope_correlation(modulator, sung, wanted, SAMPLE_RATE) >= 0.6


def test_the_measures_notice_a_wrong_pitch_and_a_wrong_vowel() -> None:
    wishes = SingerSettings()
    own, sung = sing_parts(PHRASE, wishes)
    turned = (*wishes.vowels[2:], *wishes.vowels[:2])
    other, _ = sing_parts(PHRASE, SingerSettings(vowels=turned))
    wanted = wanted_pitch(PHRASE, wishes, len(sung))
    assert pitch_error(sung, SAMPLE_RATE, wanted * 2 ** (30 / 1200)).median_cents > 25.0
    assert pitch_error(sung, SAMPLE_RATE, wanted * 2 ** (2 / 12)).gross_share > 0.9
    right = envelope_correlation(own, sung, wanted, SAMPLE_RATE)
    assert envelope_correlation(other, sung, wanted, SAMPLE_RATE) < right - 0.5


@pytest.mark.parametrize(
    "pitches", [(60,), (48, 60, 64, 67), (36,), (96,), tuple(range(48, 72, 2))]
)
def test_it_is_neither_too_loud_nor_too_soft(pitches: tuple[int, ...]) -> None:
    sound = sing([VoiceNote(pitch, beat * 0.5, 0.5, 85) for beat in range(6) for pitch in pitches])
    assert decibels(float(np.abs(sound).max())) <= -1.0
    assert -26.0 < decibels(float(np.sqrt(np.mean(sound**2)))) < -12.0
    assert abs(float(sound.mean())) < 1e-4
    assert sound.dtype == np.float32


def test_it_starts_and_ends_in_silence_without_clicks() -> None:
    sound = sing([VoiceNote(64, 0.1, 0.4, 90), VoiceNote(64, 0.8, 0.3, 90)])
    assert np.abs(sound[: round(0.1 * SAMPLE_RATE)]).max() < 1e-3
    assert np.abs(sound[-240:]).max() < 1e-3
    between = sound[round(0.72 * SAMPLE_RATE) : round(0.8 * SAMPLE_RATE)]
    assert np.abs(between).max() < 5e-3


def test_louder_notes_are_louder() -> None:
    soft, loud = (sing([VoiceNote(64, 0.0, 1.0, velocity)]) for velocity in (40, 100))
    assert np.sqrt(np.mean(loud**2)) > 2.0 * np.sqrt(np.mean(soft**2))


def test_extreme_notes_do_no_harm() -> None:
    notes = [VoiceNote(pitch, 0.0, 0.0, 127) for pitch in range(0, 128, 9)]
    notes += [VoiceNote(60, 0.2, 0.001, 1) for _ in range(20)]
    sound = sing(notes, breath=1.0, vibrato=1.0)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() <= 0.891
    assert list(Singer().stream(iter([]), {})) == []


def test_a_note_that_comes_too_late_is_sung_from_then_on() -> None:
    late: list[VoiceNote | float] = [VoiceNote(60, 0.0, 0.5, 80), 1.0, VoiceNote(64, 0.5, 1.0, 80)]
    sound = np.concatenate(list(Singer().stream(iter(late), {})))
    assert len(sound) == round((1.5 + 0.2) * SAMPLE_RATE)
    assert np.abs(sound[round(1.1 * SAMPLE_RATE) : round(1.4 * SAMPLE_RATE)]).max() > 0.02


@pytest.mark.parametrize(
    "wishes",
    [{"vowels": "hello"}, {"vowels": ""}, {"vowels": 3}, {"vibrato": -0.1}, {"breath": True},
     {"breath": float("nan")}, {"pitch": 1}],
)  # fmt: skip
def test_settings_that_cannot_be_sung(wishes: dict[str, object]) -> None:
    with pytest.raises(VoiceError) as refusal:
        SingerSettings.read(wishes)
    assert refusal.value.code == "settings"


def test_settings_are_read_generously() -> None:
    wishes = SingerSettings.read({"vowels": "A, e i", "vibrato": 1, "breath": None})
    assert wishes == SingerSettings(("a", "e", "i"), 1.0, SingerSettings().breath)


def test_what_is_offered_can_be_sung() -> None:
    assert set(SUNG) == set(VOICES)
    for name, entry in VOICES.items():
        voice = SUNG[name]
        assert (voice.name, voice.family, voice.sample_rate) == (name, entry.family, entry.rate)
