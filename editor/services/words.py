"""Words that people type into forms."""

from __future__ import annotations

import unicodedata
from typing import Final

JOINERS: Final = "\u200c\u200d"


def one_line(text: str) -> str:
    """The text without line breaks, needless spaces and what no page can show.

    Control characters are dropped, and half surrogate pairs, which no database keeps. So are the
    signs that steer how other signs are shown, such as those that turn a line's direction; the
    two joiners stay, which scripts and emoji are written with.
    """
    spaced = " ".join(text.split())
    return "".join(
        sign
        for sign in spaced
        if sign in JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
    )
