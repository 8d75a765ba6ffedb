"""Thousands of files that other people wrote: read, or refused in words, and never slow."""

import time
from pathlib import Path

import pytest

from editor.files.midi_in import import_midi
from editor.files.midi_out import export_midi
from editor.files.midi_process import read_midi_file
from editor.files.refusal import FileRefused
from tests.data import long_data
from tests.unit.files.songs import sense

pytestmark = pytest.mark.long

EACH = 30
"""One in so many of the training files is read."""


def files(*patterns: str) -> list[Path]:
    data = long_data()
    assert data is not None
    found = [path for pattern in patterns for path in sorted(data.glob(pattern))]
    assert found, f"no files {patterns} under {data}"
    return found


def test_each_malformed_file_is_read_or_refused():
    for path in files("badmidi/*/*/*"):
        data, began = path.read_bytes(), time.monotonic()
        try:
            score = read_midi_file(data, path.name).score
        except FileRefused as refusal:
            assert refusal.code and refusal.text.endswith("."), path
            assert refusal.code != "midi_unreadable", path
            if path.suffix in {".xml", ".musicxml", ".mxl"}:
                assert refusal.code in {"musicxml_unsupported", "file_empty"}, path
        else:
            assert sense(import_midi(export_midi(score)).score) == sense(score), path
        assert time.monotonic() - began < 10, path


def test_music_goes_out_as_it_came_in():
    for path in files("train/midi/*/*.mid")[::EACH]:
        imported = import_midi(path.read_bytes(), path.name)
        assert imported.score.notes, path
        again = import_midi(export_midi(imported.score)).score
        assert sense(again) == sense(imported.score), path
