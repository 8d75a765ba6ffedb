"""What the importer makes is what the live document may hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration import document, schema
from editor.files.midi_in import import_midi
from editor.files.refusal import FileRefused
from editor.score.score import Score
from editor.services.importing import _timeline_changes, _track_changes
from tests.data import FIXTURES

FILES = sorted((FIXTURES / "midi").glob("*/*.mid"))


def check(score: Score) -> None:
    for root, key, value in document.entries(score):
        assert schema.known_key(root, key), (root, key)
        assert schema.repaired(root, key, value) == value, (root, key, value)
    for change in [*_track_changes(score, None), *_timeline_changes(score)]:
        assert schema.known_key(change.root, change.key), change
        assert schema.repaired(change.root, change.key, change.value) == change.value, change


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_fits(path: Path) -> None:
    try:
        check(import_midi(path.read_bytes()).score)
    except FileRefused as refusal:
        assert refusal.code


@given(st.data())
def test_a_damaged_file_fits_too(data: st.DataObject) -> None:
    piece = bytearray(data.draw(st.sampled_from(FILES)).read_bytes()[:3000])
    for _ in range(data.draw(st.integers(1, 12))):
        if piece:
            piece[data.draw(st.integers(0, len(piece) - 1))] = data.draw(st.integers(0, 255))
    try:
        check(import_midi(bytes(piece)).score)
    except FileRefused as refusal:
        assert refusal.code
