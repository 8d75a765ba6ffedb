"""Which note each syllable belongs to."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from editor.files.midi_parts import LYRIC, Part, RawNote
from editor.files.midi_text import decoded
from editor.files.smf import Smf, SmfTrack

_TEXT: Final = 0x01

Syllable = tuple[int, str, int]
"""(tick, text, how many channel events of its track came before it)."""


def attach_lyrics(smf: Smf, parts: list[Part]) -> int:
    """Give syllables to notes; returns how many found none.

    A syllable belongs to the note-on right after it, else to one at the same tick. Those of a
    track without such notes (karaoke) go to the part that has notes at most of their ticks.
    """
    lost = 0
    karaoke = any(
        data.startswith((b"@KMIDI", b"@L", b"@T"))
        for track in smf.tracks
        for _, kind, data, _ in track.metas
        if kind == _TEXT
    )
    for number, track in enumerate(smf.tracks):
        syllables = _syllables(track, karaoke)
        if not syllables:
            continue
        own: dict[int, list[RawNote]] = defaultdict(list)
        for part in parts:
            if part.track == number:
                for note in part.notes:
                    own[note.start].append(note)
        for notes in own.values():
            notes.sort(key=lambda note: note.index)
        homeless = [
            syllable for syllable in syllables if not _sung(syllable, own.get(syllable[0], []))
        ]
        lost += _sing_elsewhere(homeless, parts)
    return lost


def _syllables(track: SmfTrack, karaoke: bool) -> list[Syllable]:
    kinds = (LYRIC, _TEXT) if karaoke else (LYRIC,)
    return [
        (tick, decoded(data).lstrip("/\\") if kind == _TEXT else decoded(data), before)
        for tick, kind, data, before in track.metas
        if kind in kinds and not (kind == _TEXT and (data.startswith(b"@") or not data))
    ]


def _sung(syllable: Syllable, notes: list[RawNote]) -> bool:
    _, text, before = syllable
    free = [note for note in notes if note.lyric is None]
    if not free:
        return False
    note = next((note for note in free if note.index >= before), free[-1])
    note.lyric = text
    return True


def _sing_elsewhere(syllables: list[Syllable], parts: list[Part]) -> int:
    """Returns how many of the syllables no part has a note for."""
    if not syllables:
        return 0
    ticks = {tick for tick, _, _ in syllables}
    matches: Counter[int] = Counter()
    for number, part in enumerate(parts):
        if not part.drums:
            matches[number] = len(ticks & {note.start for note in part.notes})
    best = max(matches, key=lambda number: matches[number], default=None)
    if best is None or not matches[best]:
        return len(syllables)
    highest: dict[int, list[RawNote]] = defaultdict(list)
    for note in sorted(parts[best].notes, key=lambda note: -note.pitch):
        highest[note.start].append(note)
    return sum(not _sung((tick, text, 0), highest.get(tick, [])) for tick, text, _ in syllables)
