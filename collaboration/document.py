"""Between the CRDT document and a Score: the only place that knows both.

Numbers come out of Yrs as floats; here they become the integers that they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from pycrdt import Doc, Map

from collaboration import schema
from collaboration.schema import Scalar, Value
from editor.score.score import Clip, MarkerKind, Mode, Note, Score, Track, TrackKind

RootMaps = dict[str, "Map[Any]"]

_TRACK_DEFAULT: Final = Track(id="", order="")
_TRACK_NUMBERS: Final = ("program", "color", "volume", "pan", "reverb", "chorus")


def open_document(client_id: int | None = None) -> "Doc[Any]":
    """An empty document; `client_id` signs what is written through it."""
    return Doc(client_id=client_id, allow_multithreading=True)


def root_maps(document: "Doc[Any]") -> RootMaps:
    """The root maps of a document by name."""
    return {root: document.get(root, type=Map) for root in schema.ROOTS}


def entries(score: Score) -> Iterator[tuple[str, str, Value]]:
    """Every (root, key, value) of a score, each value as the schema wants it."""
    for root, key, value in _entries(score):
        if not schema.known_key(root, key):
            raise ValueError(f"{key!r} can't stand in {root!r}")
        right = schema.repaired(root, key, value)
        if right is None:
            raise ValueError(f"{value!r} can't stand under {key!r} in {root!r}")
        yield root, key, right


def _entries(score: Score) -> Iterator[tuple[str, str, object]]:
    yield "meta", "schema", schema.SCHEMA
    for track in score.tracks.values():
        yield from _track_entries(track)
    for tick, tempo in ({0: (500_000, 0)} | score.tempo).items():
        yield "tempo", str(tick), list(tempo)
    for tick, meter in ({0: (4, 4)} | score.meter).items():
        yield "meter", str(tick), list(meter)
    for tick, key in score.keys.items():
        yield "keys", str(tick), list(key)
    for name, marker in score.markers.items():
        yield "markers", name, list(marker)
    for tick, chord in score.chords.items():
        yield "chords", str(tick), list(chord)
    for (track_id, controller), points in score.lanes.items():
        for tick, point in points.items():
            yield "lanes", f"{track_id}:{controller}:{tick}", list(point)
    for clip in score.clips.values():
        row = [clip.track, clip.start, clip.duration, clip.asset]
        yield "clips", clip.id, [*row, clip.offset_ms, clip.gain, clip.follow]
    for note in score.notes.values():
        yield "notes", note.id, [note.track, note.pitch, note.start, note.duration, note.velocity]
    for (note_id, name), value in score.note_attrs.items():
        yield "noteAttrs", f"{note_id}:{name}", value


def _track_entries(track: Track) -> Iterator[tuple[str, str, object]]:
    yield "tracks", f"{track.id}:order", track.order
    yield "tracks", f"{track.id}:name", track.name
    yield "tracks", f"{track.id}:kind", track.kind
    yield "tracks", f"{track.id}:mute", int(track.mute)
    for field in _TRACK_NUMBERS:
        yield "tracks", f"{track.id}:{field}", getattr(track, field)


def score_of(document: "Doc[Any]", title: str = "") -> Score:
    """The score that a document holds, in an order that depends on nothing but its content.

    What is not right by the schema is left out.
    """
    content = {root: _right(root, values) for root, values in root_maps(document).items()}
    return _score(content, title)


def canonical(document: "Doc[Any]") -> dict[str, dict[str, Value]]:
    """Everything in a document by root and key, for comparing: equal content, equal value."""
    return {
        root: {
            key: whole(value) for key, value in sorted(cast(dict[str, Any], map.to_py()).items())
        }
        for root, map in root_maps(document).items()
    }


def whole(value: Any) -> Any:
    """A value as Yrs gives it, with integral floats as integers."""
    if isinstance(value, list):
        return [whole(element) for element in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _right(root: str, values: "Map[Any]") -> dict[str, Any]:
    right: dict[str, Any] = {}
    for key, value in cast(dict[str, object], values.to_py()).items():
        if schema.known_key(root, key):
            fixed = schema.repaired(root, key, value)
            if fixed is not None:
                right[key] = whole(fixed)
    return right


def _score(content: Mapping[str, Mapping[str, Any]], title: str) -> Score:
    score = Score(title=title)
    score.tracks = _tracks(content["tracks"])
    notes = [Note(id, *row) for id, row in content["notes"].items()]
    notes.sort(key=lambda note: (note.start, note.pitch, note.id))
    score.notes = {note.id: note for note in notes}
    for key, value in sorted(content["noteAttrs"].items()):
        note, _, name = key.partition(":")
        score.note_attrs[note, name] = value
    for key, point in sorted(content["lanes"].items()):
        track, controller, tick = key.split(":")
        score.lanes.setdefault((track, controller), {})[int(tick)] = (point[0], point[1])
    for points in score.lanes.values():
        _sort(points)
    score.tempo |= {int(tick): (row[0], row[1]) for tick, row in content["tempo"].items()}
    score.meter |= {int(tick): (row[0], row[1]) for tick, row in content["meter"].items()}
    score.keys = {int(tick): (row[0], cast(Mode, row[1])) for tick, row in content["keys"].items()}
    score.chords = {int(tick): (row[0], row[1]) for tick, row in content["chords"].items()}
    for events in (score.tempo, score.meter, score.keys, score.chords):
        _sort(cast(dict[int, Any], events))
    score.markers = {
        id: (row[0], cast(MarkerKind, row[1]), row[2])
        for id, row in sorted(content["markers"].items())
    }
    score.clips = {id: Clip(id, *row) for id, row in sorted(content["clips"].items())}
    return score


def _sort(events: dict[int, Any]) -> None:
    ordered = sorted(events.items())
    events.clear()
    events.update(ordered)


def _tracks(fields: Mapping[str, Any]) -> dict[str, Track]:
    by_track: dict[str, dict[str, Scalar]] = {}
    for key, value in fields.items():
        track, _, field = key.partition(":")
        by_track.setdefault(track, {})[field] = value
    return {id: _track(id, by_track[id]) for id in sorted(by_track) if "order" in by_track[id]}


def _track(id: str, values: Mapping[str, Any]) -> Track:
    numbers = {field: values.get(field, getattr(_TRACK_DEFAULT, field)) for field in _TRACK_NUMBERS}
    return Track(
        id=id,
        order=values["order"],
        name=values.get("name", ""),
        kind=cast(TrackKind, values.get("kind", "pitched")),
        mute=bool(values.get("mute", 0)),
        **numbers,
    )


def apply_changes(document: "Doc[Any]", changes: Iterable[tuple[str, str, Value | None]]) -> None:
    """Write (root, key, value) in one transaction; None deletes."""
    maps = root_maps(document)
    with document.transaction():
        for root, key, value in changes:
            if value is not None:
                maps[root][key] = value
            elif key in maps[root]:
                del maps[root][key]
