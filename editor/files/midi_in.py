"""A Standard MIDI File as a score. Pure: bytes in, score and warnings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import PurePath
from typing import Final

from editor.files.midi_clock import clock, is_smpte
from editor.files.midi_curves import lane_steps
from editor.files.midi_lyrics import attach_lyrics
from editor.files.midi_mixer import MIXER
from editor.files.midi_parts import Control, Part, parts_of
from editor.files.midi_private import SEQUENCER_SPECIFIC, curve_of, private_content
from editor.files.midi_text import LONGEST_NAME, name_of
from editor.files.midi_timeline import read_timeline
from editor.files.recognise import refuse_other_kinds
from editor.files.refusal import FileRefused
from editor.files.smf import Smf, SmfTrack, read_smf
from editor.score.general_midi import instrument_name
from editor.score.ids import NOTE_LENGTH, TRACK_LENGTH, new_ids
from editor.score.order import orders_after
from editor.score.overlaps import without_overlaps
from editor.score.palette import TRACK_COLORS
from editor.score.score import Note, Score, Track
from editor.score.ticks import LAST_TICK, TICKS_PER_QUARTER

MOST_NOTES: Final = 100_000
MOST_TRACKS: Final = 2_000
MOST_POINTS: Final = 400_000

_BEND: Final = (-8192, 8191)
_SEVEN_BITS: Final = (0, 127)


@dataclass(slots=True)
class Imported:
    """A score read from a file, and what a person should know of the reading."""

    score: Score
    warnings: list[str] = field(default_factory=list)


def import_midi(data: bytes, filename: str = "") -> Imported:
    """Read a MIDI file; `filename` gives the title where the file itself has none.

    Raises:
        FileRefused: when it is no MIDI file, too damaged, without notes, or too large.
    """
    refuse_other_kinds(data, filename)
    smf = read_smf(data)
    warnings: list[str] = []
    if smf.damaged:
        warnings.append("This file is damaged. What could be read was kept.")
    if smf.format == 2 and len(smf.tracks) > 1:
        _lay_one_after_another(smf)
        warnings.append("This file holds separate patterns. They follow one after another.")
    if is_smpte(smf.division):
        warnings.append("This file counts seconds, not beats. Its notes stand at 120 bpm.")
    in_ticks = clock(smf.division)
    parts = parts_of(smf)
    if sum(len(part.notes) for part in parts) > 2 * MOST_NOTES:
        raise _too_many_notes(sum(len(part.notes) for part in parts))
    lost_lyrics = attach_lyrics(smf, parts)
    score = Score()
    own = [_private_of(track) for track in smf.tracks]
    read_timeline(score, smf, in_ticks, own[0], warnings)
    _read_parts(score, smf, parts, own, in_ticks, warnings)
    if lost_lyrics:
        warnings.append(
            f"{lost_lyrics} syllables of the lyrics belong to no note and are left out."
        )
    if not score.notes and smf.damaged:
        raise FileRefused("midi_damaged", "This MIDI file is damaged: no note can be read from it.")
    if not score.notes and not any(content is not None for content in own):
        raise FileRefused("midi_empty", "This MIDI file holds no notes.")
    score.title = _title(smf, parts, filename)
    return Imported(score, warnings)


def _read_parts(
    score: Score,
    smf: Smf,
    parts: list[Part],
    own: list[dict[str, object] | None],
    in_ticks: Callable[[int], int],
    warnings: list[str],
) -> None:
    """Tracks, notes, lyrics and lanes."""
    kept = [part for part in parts if part.notes or own[part.track] is not None]
    if len(kept) > MOST_TRACKS:
        raise FileRefused(
            "too_many_tracks",
            f"This file holds {len(kept):,} tracks. A score holds {MOST_TRACKS:,}.",
        )
    siblings = Counter(part.track for part in kept)
    ids = new_ids(TRACK_LENGTH, len(kept))
    orders = orders_after(None, len(kept))
    colors = cycle(TRACK_COLORS)
    notes: list[Note] = []
    for part, track_id, order in zip(kept, ids, orders, strict=True):
        content = own[part.track]
        exact = content is not None
        name = _part_name(smf.tracks[part.track], part, siblings[part.track], exact=exact)
        mixer = _mixer_values(part)
        score.tracks[track_id] = Track(
            id=track_id,
            order=order,
            name=name,
            kind="drums" if part.drums else "pitched",
            program=part.program,
            color=_whole(content, "color", 1, 12) or next(colors),
            mute=bool(_whole(content, "mute", 0, 1)),
            volume=mixer["volume"],
            pan=mixer["pan"],
            reverb=mixer["reverb"],
            chorus=mixer["chorus"],
        )
        lanes = _lanes(part.controls, in_ticks)
        lanes.update(_restored_lanes(content or {}, lanes))
        for controller, lane in lanes.items():
            score.lanes[track_id, controller] = lane
        notes += _notes(part, track_id, in_ticks, score.note_attrs)
    if sum(len(lane) for lane in score.lanes.values()) > MOST_POINTS:
        raise FileRefused(
            "too_many_points", "This file holds more controller events than a score can."
        )
    beyond = sum(len(part.notes) for part in kept) - len(notes)
    if beyond:
        warnings.append(f"{beyond:,} notes stand later than a score can be and are left out.")
    score.notes = {note.id: note for note in without_overlaps(notes)}
    if len(score.notes) > MOST_NOTES:
        raise _too_many_notes(len(score.notes))
    score.note_attrs = {
        key: value for key, value in score.note_attrs.items() if key[0] in score.notes
    }


def _notes(
    part: Part,
    track_id: str,
    in_ticks: Callable[[int], int],
    attrs: dict[tuple[str, str], int | str],
) -> list[Note]:
    """The part's notes but for those beyond the last tick; their lyrics go into `attrs`."""
    notes: list[Note] = []
    for raw, note_id in zip(part.notes, new_ids(NOTE_LENGTH, len(part.notes)), strict=True):
        start = in_ticks(raw.start)
        if start >= LAST_TICK:
            continue
        end = min(max(in_ticks(raw.end), start + 1), LAST_TICK)
        notes.append(Note(note_id, track_id, raw.pitch, start, end - start, raw.velocity))
        if raw.lyric is not None:
            attrs[note_id, "lyric"] = raw.lyric
    return notes


def _mixer_values(part: Part) -> dict[str, int]:
    """Volume, pan and sends of a part: the first value of each, taken out of its controls.

    A value that comes after the first note is no setting but part of a curve.
    """
    first_note = min((note.start for note in part.notes), default=LAST_TICK)
    plain = Track(id="", order="")
    given = {name: int(getattr(plain, name)) for name in MIXER.values()}
    taken: set[str] = set()
    rest: list[Control] = []
    for control in part.controls:
        tick, controller, value = control
        name = MIXER.get(controller)
        if name is None or name in taken or tick > first_note:
            rest.append(control)
        else:
            given[name] = value
            taken.add(name)
    part.controls = rest
    return given


def _lanes(
    controls: Iterable[Control], in_ticks: Callable[[int], int]
) -> dict[str, dict[int, tuple[int, int]]]:
    lanes: dict[str, dict[int, tuple[int, int]]] = {}
    for tick, controller, value in controls:
        place = in_ticks(tick)
        if place <= LAST_TICK:
            lanes.setdefault(controller, {})[place] = (value, 0)
    return lanes


def _restored_lanes(
    content: dict[str, object], lanes: dict[str, dict[int, tuple[int, int]]]
) -> dict[str, dict[int, tuple[int, int]]]:
    """Lanes with lines, as far as the file still holds the very steps made from them."""
    given = content.get("lanes")
    restored: dict[str, dict[int, tuple[int, int]]] = {}
    for controller, rows in given.items() if isinstance(given, dict) else ():
        low, high = _BEND if controller == "bend" else _SEVEN_BITS
        lane = curve_of(rows, low=low, high=high)
        there = [(tick, value) for tick, (value, _) in sorted(lanes.get(controller, {}).items())]
        if lane and lane_steps(lane) == there:
            restored[controller] = lane
    return restored


def _part_name(track: SmfTrack, part: Part, siblings: int, *, exact: bool) -> str:
    """The track's name; the instrument where there is none; both where a track holds several."""
    name = _track_name(track)
    if exact:
        return name
    instrument = instrument_name(part.program, drums=part.drums)
    if not name:
        return instrument
    return name if siblings == 1 else f"{name} · {instrument}"[:LONGEST_NAME]


def _track_name(track: SmfTrack) -> str:
    return next((name_of(data) for _, kind, data, _ in track.metas if kind == 0x03), "")


def _title(smf: Smf, parts: list[Part], filename: str) -> str:
    """What the conductor's track is called, else the file."""
    first = smf.tracks[0]
    conducts = smf.format == 0 or not any(part.track == 0 and part.notes for part in parts)
    return (_track_name(first) if conducts else "") or PurePath(filename).stem[:LONGEST_NAME]


def _private_of(track: SmfTrack) -> dict[str, object] | None:
    for _, kind, data, _ in track.metas:
        if kind == SEQUENCER_SPECIFIC:
            content = private_content(data)
            if content is not None:
                return content
    return None


def _whole(content: dict[str, object] | None, name: str, low: int, high: int) -> int | None:
    value = (content or {}).get(name)
    return value if type(value) is int and low <= value <= high else None


def _too_many_notes(notes: int) -> FileRefused:
    return FileRefused(
        "too_many_notes",
        f"This file holds {notes:,} notes. A score holds at most {MOST_NOTES:,}.",
    )


def _lay_one_after_another(smf: Smf) -> None:
    """Type 2: each track is a pattern of its own; each begins at the bar line after the last."""
    whole = 4 * (smf.division if not is_smpte(smf.division) else 0) or TICKS_PER_QUARTER
    offset = 0
    for track in smf.tracks:
        track.events = [(tick + offset, a, b, c) for tick, a, b, c in track.events]
        track.metas = [(tick + offset, kind, data, n) for tick, kind, data, n in track.metas]
        track.end += offset
        offset = -(-track.end // whole) * whole
