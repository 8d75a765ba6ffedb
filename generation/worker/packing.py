"""A request to an engine as JSON: only what an engine reads, and only the music near the region."""

from dataclasses import asdict
from typing import Any, Final

from editor.score.score import Note, Score, Track
from generation.ports import Controls, Region, Request

BARS_BEFORE: Final = 64
BARS_AFTER: Final = 32
BAR: Final = 4 * 480
"""An engine hears this many bars of four quarters around the region, more than it can attend to."""


def pack_request(request: Request) -> dict[str, Any]:
    """Plain values of `request`; muted notes and music far away are left out."""
    score, region = request.context, request.region
    first = region.start - BARS_BEFORE * BAR
    last = region.end + BARS_AFTER * BAR
    muted = {note for (note, name), value in score.note_attrs.items() if name == "muted" and value}
    return {
        "kind": request.kind,
        "region": asdict(region),
        "controls": asdict(request.controls),
        "seed": request.seed,
        "candidates": request.candidates,
        "score": {
            "title": score.title,
            "tracks": [asdict(track) for track in score.tracks.values()],
            "notes": [
                [note.id, note.track, note.pitch, note.start, note.duration, note.velocity]
                for note in score.notes.values()
                if note.start < last and note.end > first and note.id not in muted
            ],
            "tempo": list(score.tempo.items()),
            "meter": list(score.meter.items()),
            "keys": list(score.keys.items()),
            "chords": list(score.chords.items()),
        },
    }


def unpack_request(body: dict[str, Any]) -> Request:
    """The request again, on the worker's side."""
    piece = body["score"]
    score = Score(
        title=piece["title"],
        tracks={track["id"]: Track(**track) for track in piece["tracks"]},
        notes={note[0]: Note(*note) for note in piece["notes"]},
        tempo={tick: (quarter, ramp) for tick, (quarter, ramp) in piece["tempo"]},
        meter={tick: (above, below) for tick, (above, below) in piece["meter"]},
        keys={tick: (fifths, mode) for tick, (fifths, mode) in piece["keys"]},
        chords={tick: (symbol, duration) for tick, (symbol, duration) in piece["chords"]},
    )
    region = body["region"]
    return Request(
        kind=body["kind"],
        context=score,
        region=Region(tuple(region["tracks"]), region["start"], region["end"]),
        controls=Controls(**body["controls"]),
        seed=body["seed"],
        candidates=body["candidates"],
    )
