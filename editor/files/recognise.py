"""Files that people drop by mistake, or in hope: said by name."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from editor.files.refusal import FileRefused

_XML_NAMES: Final = {".xml", ".musicxml", ".mxl"}
_XML_STARTS: Final = (
    b"<?xml",
    b"<score-",
    b"<!DOCTYPE",
    b"PK\x03\x04",
    b"\xff\xfe<\0",
    b"\xfe\xff\0<",
)
_AUDIO_STARTS: Final = (b"ID3", b"OggS", b"fLaC", b"\xff\xfb")


def refuse_other_kinds(data: bytes, filename: str) -> None:
    """Refuse what is clearly no MIDI file, in words that fit it.

    Raises:
        FileRefused: for an empty file, MusicXML and recorded sound.
    """
    if data[:4] in (b"MThd", b"RIFF") and data[8:12] != b"WAVE":
        return
    if not data:
        raise FileRefused("file_empty", "This file is empty.")
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if PurePath(filename).suffix.lower() in _XML_NAMES or start.startswith(_XML_STARTS):
        raise FileRefused(
            "musicxml_unsupported", "This is a MusicXML file. Antiphon opens MIDI files (.mid)."
        )
    if start.startswith(_AUDIO_STARTS) or data[8:12] == b"WAVE":
        raise FileRefused(
            "audio_unsupported", "This is recorded sound. Antiphon opens MIDI files (.mid)."
        )
