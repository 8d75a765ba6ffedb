"""A score as plain JSON values and back, to hand it from one process to another."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

from editor.score.score import Clip, Note, Score, Track


def score_to_json(score: Score) -> str:
    """The whole score as one JSON text."""
    return json.dumps(
        {
            "title": score.title,
            "tracks": [astuple(track) for track in score.tracks.values()],
            "notes": [
                (note.id, note.track, note.pitch, note.start, note.duration, note.velocity)
                for note in score.notes.values()
            ],
            "noteAttrs": [(*key, value) for key, value in score.note_attrs.items()],
            "lanes": [
                (*key, [(tick, *point) for tick, point in lane.items()])
                for key, lane in score.lanes.items()
            ],
            "tempo": [(tick, *event) for tick, event in score.tempo.items()],
            "meter": [(tick, *event) for tick, event in score.meter.items()],
            "keys": [(tick, *event) for tick, event in score.keys.items()],
            "markers": [(name, *marker) for name, marker in score.markers.items()],
            "chords": [(tick, *chord) for tick, chord in score.chords.items()],
            "clips": [astuple(clip) for clip in score.clips.values()],
        },
        separators=(",", ":"),
    )


def score_from_json(text: str | bytes) -> Score:
    """The score that `score_to_json` wrote down. Only for text of our own processes."""
    plain: dict[str, Any] = json.loads(text)
    return Score(
        title=plain["title"],
        tracks={row[0]: Track(*row) for row in plain["tracks"]},
        notes={row[0]: Note(*row) for row in plain["notes"]},
        note_attrs={(note, name): value for note, name, value in plain["noteAttrs"]},
        lanes={
            (track, controller): {tick: (value, shape) for tick, value, shape in points}
            for track, controller, points in plain["lanes"]
        },
        tempo={tick: (microseconds, ramp) for tick, microseconds, ramp in plain["tempo"]},
        meter={tick: (top, bottom) for tick, top, bottom in plain["meter"]},
        keys={tick: (fifths, mode) for tick, fifths, mode in plain["keys"]},
        markers={name: (tick, kind, words) for name, tick, kind, words in plain["markers"]},
        chords={tick: (symbol, duration) for tick, symbol, duration in plain["chords"]},
        clips={row[0]: Clip(*row) for row in plain["clips"]},
    )
