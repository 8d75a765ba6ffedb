"""Scores into MIDI files."""

from __future__ import annotations

import re
import unicodedata

from collaboration import services as live
from editor.files.midi_out import export_midi
from editor.models import Person
from editor.services.rights import score_for

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def midi_file(person: Person, score_id: str) -> tuple[str, bytes]:
    """The name and the bytes of a score as a MIDI file.

    Raises:
        NotThere, Gone, NoRight.
    """
    score, _ = score_for(person, score_id)
    content, _ = live.read(score.pk)
    return f"{file_stem(score.title)}.mid", export_midi(content)


def file_stem(title: str) -> str:
    """A title as a file name that every system takes, without its ending."""
    stem = _UNFIT.sub(" ", unicodedata.normalize("NFC", title)).strip(" .")
    return " ".join(stem.split())[:100] or "score"
