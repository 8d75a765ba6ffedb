"""Standard MIDI Files as chunks and events: a tolerant reader.

Own code, since symusic 0.6 (which the tests compare this with, note by note) can't carry what a
score needs: it refuses SMPTE divisions, long headers and chunks that are cut short, and drops
channel pressure, ports, cue points, sequencer-specific events, notes that are never released and
the channel of a track. It is also C++ that would parse strangers' bytes in our address space.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from editor.files.refusal import FileRefused

Event = tuple[int, int, int, int]
"""Channel event: (tick, status byte, first data byte, second data byte or 0)."""

Meta = tuple[int, int, bytes, int]
"""Meta event: (tick, type, data, how many channel events of its track came before it)."""

LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_EVENTS: Final = 2_000_000
MOST_TRACKS: Final = 4096

META: Final = 0xFF
END_OF_TRACK: Final = 0x2F
_SYSEX: Final = (0xF0, 0xF7)
_ILLEGAL_LENGTHS: Final = {0xF1: 1, 0xF2: 2, 0xF3: 1}
"""Data bytes of system messages, which have no place in a file but turn up; the others have 0."""


@dataclass(slots=True)
class SmfTrack:
    """One MTrk chunk in file ticks; `end` is the tick of its last event."""

    events: list[Event] = field(default_factory=list)
    metas: list[Meta] = field(default_factory=list)
    end: int = 0


@dataclass(slots=True)
class Smf:
    """A file: `format` 0-2, raw `division` (16 bits), its tracks, and what was wrong with it."""

    format: int
    division: int
    tracks: list[SmfTrack]
    damaged: bool = False


def read_smf(data: bytes) -> Smf:
    """Parse a Standard MIDI File, or one in a RIFF (.rmi) wrapper.

    Damage is survived where something can be read: a chunk that claims more bytes than there
    are, an event that can't be, a missing end of track. What stands before it is kept.

    Raises:
        FileRefused: when it is no MIDI file at all, or larger than what a score may hold.
    """
    if len(data) > LARGEST_FILE:
        raise FileRefused("file_too_large", "This file is larger than 20 MB, the most we open.")
    data = _unwrapped(data)
    if data[:4] != b"MThd" or len(data) < 14:
        raise FileRefused("not_midi", "This is not a MIDI file. Antiphon opens MIDI files (.mid).")
    header_length = int.from_bytes(data[4:8])
    if header_length < 6:
        raise FileRefused("midi_damaged", "The header of this MIDI file is cut short.")
    smf = Smf(int.from_bytes(data[8:10]), int.from_bytes(data[12:14]), [])
    place, budget = 8 + header_length, MOST_EVENTS
    while place + 8 <= len(data):
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8])
        start, end = place + 8, min(place + 8 + length, len(data))
        smf.damaged |= place + 8 + length > len(data)
        if name == b"MTrk":
            track, whole = _read_track(data, start, end, budget)
            smf.damaged |= not whole
            smf.tracks.append(track)
            budget -= len(track.events) + len(track.metas)
            if budget <= 0 or len(smf.tracks) > MOST_TRACKS:
                raise FileRefused(
                    "midi_too_long", "This MIDI file holds more events than a score can."
                )
        place = end
    if not smf.tracks:
        raise FileRefused("midi_damaged", "This MIDI file is damaged: no track can be found in it.")
    return smf


def _unwrapped(data: bytes) -> bytes:
    """The MIDI file inside a RIFF RMID wrapper; anything else as it is."""
    if data[:4] != b"RIFF" or data[8:12] != b"RMID":
        return data
    place = 12
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        if data[place : place + 4] == b"data":
            return data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
    return data


def _read_track(data: bytes, place: int, end: int, budget: int) -> tuple[SmfTrack, bool]:
    """The events of a chunk, and whether it could be read to its end."""
    track = SmfTrack()
    events, metas = track.events, track.metas
    tick = status = 0
    try:
        while place < end and len(events) + len(metas) < budget:
            byte = data[place]
            place += 1
            delta = byte & 0x7F
            while byte & 0x80:
                byte = data[place]
                place += 1
                delta = delta << 7 | byte & 0x7F
                if delta >> 28:
                    return track, False
            tick += delta
            byte = data[place]
            if byte < 0x80:
                if not status:
                    return track, False
            else:
                place += 1
                if byte < 0xF0:
                    status = byte
                elif byte == META or byte in _SYSEX:
                    kind = -1
                    if byte == META:
                        kind = data[place]
                        place += 1
                    length, place = _variable(data, place)
                    if place + length > end:
                        return track, False
                    track.end = tick
                    if kind == END_OF_TRACK:
                        return track, True
                    if kind >= 0:
                        metas.append((tick, kind, data[place : place + length], len(events)))
                    place += length
                    continue
                else:
                    place += _ILLEGAL_LENGTHS.get(byte, 0)
                    continue
            first = data[place]
            if 0xC0 <= status < 0xE0:
                second = 0
                place += 1
            else:
                second = data[place + 1]
                place += 2
            if place > end or first > 127 or second > 127:
                return track, False
            events.append((tick, status, first, second))
            track.end = tick
    except IndexError:
        return track, False
    # Many programs forget the end of track; a chunk that ends with an event is whole.
    return track, place == end


def _variable(data: bytes, place: int) -> tuple[int, int]:
    """The variable-length number at `place` and the place after it."""
    number = 0
    while True:
        byte = data[place]
        place += 1
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            return number, place
        if number >> 28:
            raise IndexError("a number of more than five bytes")
