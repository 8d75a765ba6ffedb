"""Words that people type into forms."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """The text without line breaks, needless spaces and what no page can show.

    Control characters are dropped, and half surrogate pairs, which no database keeps.
    """
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cs"})
