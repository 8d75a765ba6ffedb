"""Text in MIDI files, which never say how it is encoded."""

from __future__ import annotations

import re
from typing import Final

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 1000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_HALF_WIDTH = re.compile(r"[\uff66-\uff9f]{3,}")
_LETTERS = re.compile(r"[A-Za-z]")


def decoded(data: bytes) -> str:
    """The text in `data`: UTF-8, else Shift-JIS where that reads as Japanese, else Latin-1.

    Control characters are dropped, since no page can show them.
    """
    return _CONTROLS.sub("", _decoded(data))[:LONGEST_TEXT]


def name_of(data: bytes) -> str:
    """`decoded`, for a name: no space at its ends, at most 200 characters."""
    return decoded(data).strip()[:LONGEST_NAME]


def encoded(text: str) -> bytes:
    """UTF-8; what can't be encoded (half a surrogate pair) becomes a question mark."""
    return text.encode("utf-8", "replace")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        japanese = data.decode("cp932")
    except UnicodeDecodeError:
        return _western(data)
    signs = len(_JAPANESE.findall(japanese))
    letters = len(_LETTERS.findall(japanese))
    if (signs >= 2 and 2 * signs >= letters) or (not letters and _HALF_WIDTH.search(japanese)):
        return japanese
    return _western(data)


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
