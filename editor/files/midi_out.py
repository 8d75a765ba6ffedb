"""A score as a Standard MIDI File of type 1, 480 ticks a quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from editor.files.midi_curves import has_lines, lane_steps, tempo_steps
from editor.files.midi_mixer import MIXER
from editor.files.midi_private import SEQUENCER_SPECIFIC, private_event, rows_of
from editor.files.midi_text import encoded
from editor.files.smf_writer import TimedBytes, file_of, meta
from editor.score.general_midi import DRUM_CHANNEL
from editor.score.order import orders_after
from editor.score.overlaps import without_overlaps
from editor.score.score import Note, Score, Track
from editor.score.ticks import TICKS_PER_QUARTER

RECOVERED: Final = "Recovered"
"""The name of the track that holds notes whose own track is gone."""

FIRST_MODE: Final = 120
"""From this controller on, MIDI means commands to a channel, not curves."""

_PORTS: Final = 128
_PITCHED: Final = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)
_PARAMETER_ORDER: Final = {0: 0, 32: 1, 101: 2, 100: 3, 99: 4, 98: 5, 6: 6, 38: 7}
"""At one tick a parameter is chosen before its value is sent."""


def export_midi(score: Score) -> bytes:
    """The file: a conductor track, then a track for each pitched or drum track of the score.

    The sixteenth pitched track and the second drum track go on through another MIDI port.
    Recorded sound, hand-set chords and marks on notes other than lyrics stay behind.
    """
    tracks = [track for track in score.ordered_tracks() if track.kind != "audio"]
    notes = without_overlaps(score.notes.values())
    lost = [note for note in notes if note.track not in score.tracks]
    if lost:
        order = orders_after(tracks[-1].order if tracks else None, 1)[0]
        tracks.append(Track(id="", order=order, name=RECOVERED))
    by_track: dict[str, list[Note]] = {track.id: [] for track in tracks}
    for note in notes:
        line = by_track.get(note.track)
        if line is not None:
            line.append(note)
    by_track[""] = lost
    chunks: list[Iterable[TimedBytes]] = [_conductor(score)]
    addresses = _addresses(tracks)
    for track, (port, channel) in zip(tracks, addresses, strict=True):
        chunks.append(_track(score, track, by_track[track.id], port, channel))
    return file_of(chunks, division=TICKS_PER_QUARTER)


def _addresses(tracks: Iterable[Track]) -> list[tuple[int, int]]:
    """A (port, channel) for each track: drums on channel 10, nobody shares while there is room."""
    addresses: list[tuple[int, int]] = []
    drums = pitched = 0
    for track in tracks:
        if track.kind == "drums":
            addresses.append((drums % _PORTS, DRUM_CHANNEL))
            drums += 1
        else:
            port, place = divmod(pitched, len(_PITCHED))
            addresses.append((port % _PORTS, _PITCHED[place]))
            pitched += 1
    return addresses


def _conductor(score: Score) -> Iterator[TimedBytes]:
    yield 0, meta(0x03, encoded(score.title))
    content: dict[str, object] = {"version": 1}
    if has_lines(score.tempo):
        content["tempo"] = rows_of(score.tempo.items())
    yield 0, meta(SEQUENCER_SPECIFIC, private_event(content))
    for tick, microseconds in tempo_steps(score.tempo):
        yield tick, meta(0x51, microseconds.to_bytes(3))
    for tick, (numerator, denominator) in score.meter.items():
        yield tick, meta(0x58, bytes((numerator, denominator.bit_length() - 1, 24, 8)))
    for tick, (fifths, mode) in score.keys.items():
        yield tick, meta(0x59, fifths.to_bytes(1, signed=True) + bytes((mode == "minor",)))
    for tick, kind, text in sorted(score.markers.values()):
        yield tick, meta(0x06 if kind == "marker" else 0x07, encoded(text))


def _track(
    score: Score, track: Track, notes: Iterable[Note], port: int, channel: int
) -> Iterator[TimedBytes]:
    lanes = {
        controller: lane for (owner, controller), lane in score.lanes.items() if owner == track.id
    }
    yield 0, meta(0x03, encoded(track.name))
    content: dict[str, object] = {"color": track.color, "mute": int(track.mute)}
    lines = {name: rows_of(lane.items()) for name, lane in lanes.items() if has_lines(lane)}
    if lines:
        content["lanes"] = lines
    yield 0, meta(SEQUENCER_SPECIFIC, private_event(content))
    if port:
        yield 0, meta(0x21, bytes((port,)))
    yield 0, bytes((0xC0 | channel, track.program))
    for controller, name in MIXER.items():
        yield 0, bytes((0xB0 | channel, int(controller[2:]), getattr(track, name)))
    for controller in sorted(lanes, key=_lane_order):
        yield from _lane(lanes[controller], controller, channel)
    yield from _notes(score.note_attrs, notes, channel)


def _lane_order(controller: str) -> tuple[int, str]:
    number = int(controller[2:]) if controller.startswith("cc") else -1
    return _PARAMETER_ORDER.get(number, len(_PARAMETER_ORDER)), controller


def _lane(
    lane: Mapping[int, tuple[int, int]], controller: str, channel: int
) -> Iterator[TimedBytes]:
    number = int(controller[2:]) if controller.startswith("cc") else -1
    if number >= FIRST_MODE:
        return
    for tick, value in lane_steps(lane):
        if controller == "bend":
            bent = value + 8192
            yield tick, bytes((0xE0 | channel, bent & 0x7F, bent >> 7))
        elif controller == "pressure":
            yield tick, bytes((0xD0 | channel, value))
        else:
            yield tick, bytes((0xB0 | channel, number, value))


def _notes(
    attrs: Mapping[tuple[str, str], int | str], notes: Iterable[Note], channel: int
) -> Iterator[TimedBytes]:
    """Ends before beginnings at each tick; a lyric stands right before its note."""
    strokes: list[tuple[int, int, int, Note]] = []
    for note in notes:
        strokes.append((note.start, 1, note.pitch, note))
        strokes.append((note.end, 0, note.pitch, note))
    strokes.sort(key=lambda stroke: stroke[:3])
    for tick, begins, pitch, note in strokes:
        if not begins:
            yield tick, bytes((0x80 | channel, pitch, 64))
            continue
        lyric = attrs.get((note.id, "lyric"))
        if lyric is not None:
            yield tick, meta(0x05, encoded(str(lyric)))
        yield tick, bytes((0x90 | channel, pitch, note.velocity))
