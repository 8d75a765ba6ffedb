"""Which SoundFont sounds, and the address at which browsers may keep it for ever.

The General MIDI font comes inside the package ``pretty_midi`` and is not part of this source
tree. It is found without importing that package, which would load NumPy and SciPy.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from django.http import HttpRequest

FONT_IN_PACKAGE = "TimGM6mb.sf2"
DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class SoundFont:
    """One SoundFont file: its path, its length in bytes and the start of its SHA-256."""

    path: Path
    size: int
    digest: str

    @property
    def url(self) -> str:
        """The address of this very content; another font has another address."""
        return f"/soundfont/{self.digest}.sf2"


class SoundFontMissing(Exception):
    """The SoundFont can't be read. The text says which one and what to do."""


def general_midi_path() -> str:
    """The path of the General MIDI font that comes along (it may be absent: then reading fails)."""
    spec = find_spec("pretty_midi")
    folders = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(folders))) if folders else Path("pretty_midi")
    return str(folder / FONT_IN_PACKAGE)


def current_soundfont() -> SoundFont:
    """The font that the setting ``SOUNDFONT_PATH`` names.

    Raises:
        SoundFontMissing: if the file is absent, unreadable or no SoundFont.
    """
    from django.conf import settings  # settings import this module

    path = Path(settings.SOUNDFONT_PATH)
    try:
        stat = path.stat()
        return _read(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise SoundFontMissing(
            f"The SoundFont {path} can't be read ({error.strerror}). "
            "Set SOUNDFONT_PATH to an .sf2 file."
        ) from error


def soundfont_context(request: HttpRequest) -> dict[str, str]:
    """Template context: ``soundfont_url``, empty when no font can be read."""
    try:
        return {"soundfont_url": current_soundfont().url}
    except SoundFontMissing:
        return {"soundfont_url": ""}


@lru_cache(maxsize=4)
def _read(path: Path, size: int, changed: int) -> SoundFont:
    """Hash the file once per content; `changed` only tells one content from the next."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != b"RIFF" or head[8:12] != b"sfbk":
            raise SoundFontMissing(
                f"{path} is not a SoundFont. Set SOUNDFONT_PATH to an .sf2 file."
            )
        digest.update(head)
        while block := file.read(1 << 20):
            digest.update(block)
    return SoundFont(path=path, size=size, digest=digest.hexdigest()[:DIGEST_LENGTH])
