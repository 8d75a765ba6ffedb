"""A score as the synthesizer takes it: seconds instead of ticks, steps instead of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import floor
from typing import Final, TypedDict

from editor.score.score import Score, Track
from editor.score.tempo import TempoMap

SAMPLE_RATE: Final = 44_100
TAIL_SECONDS: Final = 3.0
"""How long the last notes and the reverb may ring."""

STEP_SECONDS: Final = 0.01
"""The time between the steps of a controller line, as in the browser."""

RECOVERED: Final = Track(id="", order="", name="Recovered")


class Setup(TypedDict):
    """One track's instrument and mixer settings, 0-127 each."""

    id: str
    kind: str
    program: int
    volume: int
    pan: int
    mute: bool
    reverb: int
    chorus: int


class Song(TypedDict):
    """`notes` are (track, pitch, start, duration, velocity), `lanes` (track, controller, time,
    value), with the index of their track and times in seconds.
    """

    sampleRate: int
    tracks: list[Setup]
    notes: list[tuple[int, int, float, float, int]]
    lanes: list[tuple[int, str, float, int]]
    tail: float


def song_of(score: Score) -> Song:
    """The song: tracks that a synthesizer plays, and what it plays on them.

    Muted notes are left out; notes whose track is gone sound as a piano.
    """
    clock = TempoMap(score.tempo)
    tracks = [track for track in score.ordered_tracks() if track.kind != "audio"]
    places = {track.id: place for place, track in enumerate(tracks)}
    notes: list[tuple[int, int, float, float, int]] = []
    for note in sorted(score.notes.values(), key=lambda note: (note.start, note.pitch, note.id)):
        if score.note_attrs.get((note.id, "muted")) or _is_audio(score, note.track):
            continue
        place = places.get(note.track)
        if place is None:
            if tracks[-1:] != [RECOVERED]:
                tracks.append(RECOVERED)
            place = len(tracks) - 1
        start = clock.seconds(note.start)
        length = clock.seconds(note.end) - start
        notes.append((place, note.pitch, start, length, note.velocity))
    lanes = [
        (places[owner], controller, time, value)
        for (owner, controller), lane in score.lanes.items()
        if owner in places
        for time, value in lane_values(lane, clock)
    ]
    return {
        "sampleRate": SAMPLE_RATE,
        "tracks": [_setup(track) for track in tracks],
        "notes": notes,
        "lanes": lanes,
        "tail": TAIL_SECONDS,
    }


def song_seconds(score: Score) -> float:
    """How long the rendered song lasts, its tail included."""
    return TempoMap(score.tempo).seconds(score.end) + TAIL_SECONDS


def lane_values(
    lane: Mapping[int, tuple[int, int]], clock: TempoMap
) -> Iterator[tuple[float, int]]:
    """(seconds, value): each point, and on a line each 10 ms at which its whole value changes."""
    points = [(clock.seconds(tick), value, shape) for tick, (value, shape) in sorted(lane.items())]
    for (start, value, shape), (end, next_value, _) in pairwise(points):
        yield start, value
        if not shape:
            continue
        last, time = value, start + STEP_SECONDS
        while time < end:
            between = floor(value + (next_value - value) * (time - start) / (end - start) + 0.5)
            if between != last:
                yield time, between
                last = between
            time += STEP_SECONDS
    for start, value, _ in points[-1:]:
        yield start, value


def _is_audio(score: Score, track_id: str) -> bool:
    track = score.tracks.get(track_id)
    return track is not None and track.kind == "audio"


def _setup(track: Track) -> Setup:
    return {
        "id": track.id,
        "kind": track.kind,
        "program": track.program,
        "volume": track.volume,
        "pan": track.pan,
        "mute": track.mute,
        "reverb": track.reverb,
        "chorus": track.chorus,
    }
