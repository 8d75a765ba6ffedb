"""One piece in memory: the same roots as the live document, as plain Python values.

Times are ticks (480 a quarter). A `Score` is a value that importers build, the live document
is read into, and engines and exporters read from; nobody edits a piece through it.
"""

from dataclasses import dataclass, field
from typing import Literal

TrackKind = Literal["pitched", "drums", "audio"]
Mode = Literal["major", "minor"]
MarkerKind = Literal["marker", "section"]


@dataclass(frozen=True, slots=True)
class Note:
    """A sounding note: pitch 0-127, start >= 0 and duration >= 1 in ticks, velocity 1-127."""

    id: str
    track: str
    pitch: int
    start: int
    duration: int
    velocity: int

    @property
    def end(self) -> int:
        """The first tick at which the note no longer sounds."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Track:
    """A line of the score. `order` is a fractional index string, `color` a slot 1-12.

    `program` is a General MIDI program 0-127 (for drums: the kit); `volume`, `reverb` and
    `chorus` are 0-127, `pan` 0-127 with 64 in the centre.
    """

    id: str
    order: str
    name: str = ""
    kind: TrackKind = "pitched"
    program: int = 0
    color: int = 1
    volume: int = 100
    pan: int = 64
    mute: bool = False
    reverb: int = 40
    chorus: int = 0


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of recorded sound on a track; `offset_ms` into the asset, `gain` in centibels."""

    id: str
    track: str
    start: int
    duration: int
    asset: str
    offset_ms: int
    gain: int
    follow: int


@dataclass(slots=True)
class Score:
    """A whole piece. Maps by tick hold what begins there; `tempo` and `meter` always hold tick 0.

    `tempo` is (microseconds per quarter, ramp), `meter` (numerator, denominator), `keys`
    (fifths, mode), `markers` by id (tick, kind, text), `chords` (symbol, duration), `lanes` by
    (track, controller) and tick (value, shape), `note_attrs` by (note id, name).
    """

    title: str = ""
    tracks: dict[str, Track] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    note_attrs: dict[tuple[str, str], int | str] = field(default_factory=dict)
    lanes: dict[tuple[str, str], dict[int, tuple[int, int]]] = field(default_factory=dict)
    tempo: dict[int, tuple[int, int]] = field(default_factory=lambda: {0: (500_000, 0)})
    meter: dict[int, tuple[int, int]] = field(default_factory=lambda: {0: (4, 4)})
    keys: dict[int, tuple[int, Mode]] = field(default_factory=dict)
    markers: dict[str, tuple[int, MarkerKind, str]] = field(default_factory=dict)
    chords: dict[int, tuple[str, int]] = field(default_factory=dict)
    clips: dict[str, Clip] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The tick at which the last note or clip ends; 0 for an empty score."""
        notes = max((note.end for note in self.notes.values()), default=0)
        clips = max((clip.start + clip.duration for clip in self.clips.values()), default=0)
        return max(notes, clips)

    def ordered_tracks(self) -> list[Track]:
        """Tracks from top to bottom; equal orders fall back on the id, the same for everyone."""
        return sorted(self.tracks.values(), key=lambda track: (track.order, track.id))
