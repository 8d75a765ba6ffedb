"""“Call and answer”: 24 bars in D for two winds, keys, strings, bass and drums. Ours, CC0.

The flute calls in two bars and the clarinet answers in two. The second time round the answer
comes sooner, until both sing in thirds; the bridge thins out to single notes, and the last four
bars let the two sing together and slow down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from editor.demo.lines import BAR, SIXTEENTH, Stroke, beats, chords, line
from editor.score.ids import MARKER_LENGTH, NOTE_LENGTH, TRACK_LENGTH, new_id, new_ids
from editor.score.order import orders_after
from editor.score.score import Note, Score, Track
from editor.score.tempo import microseconds_of

TITLE: Final = "Call and answer"
BARS: Final = 24

CALL: Final = """
F#5 6 D5 2 E5 2 F#5 2 A5! 4 | E5 6 C#5 2 B4~ 2 C#5 2 A4 4 | r 16 | r 16 |
F#5 6 D5 2 E5 2 F#5 2 B5! 4 | A5 4 F#5 2 E5 2 D5 6 r 2 | r 16 | r 12 A4~ 2 D5 2 |
F#5 3 G5 1 F#5 2 D5 2 E5 2 F#5 2 A5! 4 | C#6! 4 A5 2 E5 2 F#5 6 r 2 | r 16 | r 16 |
B5! 6 A5 2 F#5 2 A5 2 G5 4 | F#5 4 A5 2 C#6 2 B5! 6 r 2 |
G5 2 B5 2 D6! 2 B5 2 A5 3 G5 1 E5 4 | F#5 12 r 4 |
r 4 B4~ 4 C#5 4 D5 4 | F#5 12 E5 4 | D5~ 8 r 8 | r 8 E5 2 F#5 2 G5 2 A5 2 |
B5! 6 A5 2 G5 2 F#5 2 A5 4 | E5 6 C#5 2 B4 2 C#5 2 A4 4 |
B4 2 D5 2 F#5 2 G5 2 A5 2 F#5 2 E5 4 | D5 16
"""

ANSWER: Final = """
r 16 | r 16 | r 2 D5 2 B4 2 D5 2 F#5! 6 E5 2 | E5 4 D5 2 B4 2 G#4 6 r 2 |
r 16 | r 16 | r 2 B4 2 D5 2 E5 2 G5! 3 F#5 1 E5 2 C#5 2 | D5 8 A4~ 4 r 4 |
r 16 | r 12 C#5~ 2 E5 2 | F#5 4 F#4 2 B4 2 D5 3 C#5 1 B4 4 | D5 2 E5 2 F#5 2 G#5 2 B5! 6 r 2 |
G5 6 F#5 2 D5 2 F#5 2 E5 4 | C#5 4 F#5 2 A5 2 D#5 6 r 2 |
E5 8 G5 3 E5 1 C#5 4 | r 4 A4 2 D5 2 E5 4 r 4 |
r 16 | r 16 | r 4 C#5 4 D5 4 F#5 4 | G5! 8 E5 4 C#5 4 |
G5 6 F#5 2 E5 2 D5 2 F#5 4 | C#5 6 A4 2 F#4 2 A4 2 E4 4 |
G4 4 B4 4 C#5 4 G4 4 | F#4 4 A4 4 E5 8
"""

HARMONY: Final = (
    "G | F#m | Bm | E9 | G | F#m Bm | Em A13 | D |"
    "G | F#m | Bm | E9 | G | F#m B7 | Em A13 | D |"
    "Bm | Bm/A | G#11 | Asus A7 | G | F#m | Em A13 | D"
)
KEYS_RHYTHM: Final = (
    "0:5 6:8 | 0:5 6:8 | 0:5 6:4 10:5 | 0:5 6:8 | 0:5 6:8 | 0:5 8:6 | 0:5 8:3 12:3 | 0:5 6:9 |"
    "0:5 6:4 10:5 | 0:5 6:8 | 0:5 6:4 10:5 | 0:5 6:4 12:3 |"
    "0:5 6:4 10:5 | 0:5 8:6 | 0:5 8:3 12:3 | 0:5 6:9 |"
    "0:15 | 0:15 | 0:15 | 0:8 8:7 | 0:5 6:8 | 0:5 6:8 | 0:7 8:7 | 0:16"
)
KEYS_VOICINGS: Final = {
    "G": "B3 D4 F#4 A4",
    "F#m": "A3 C#4 E4 A4",
    "Bm": "A3 C#4 D4 F#4",
    "Bm/A": "A3 D4 F#4 B4",
    "E9": "G#3 B3 D4 F#4",
    "Em": "G3 B3 D4 F#4",
    "A13": "G3 C#4 E4 F#4",
    "B7": "A3 D#4 F#4 B4",
    "D": "F#3 A3 C#4 E4",
    "G#11": "B3 C#4 D4 F#4",
    "Asus": "G3 B3 D4 E4",
    "A7": "G3 C#4 E4 A4",
}
STRINGS_HARMONY: Final = (
    "G | F#m | Bm | E9 | G | F#m B7 | Em A13 | D |Bm | Bm/A | G#11 | Asus A7 | G | F#m | Em A13 | D"
)
STRINGS_RHYTHM: Final = (
    "0:16 | 0:16 | 0:16 | 0:16 | 0:16 | 0:8 8:8 | 0:8 8:8 | 0:16 |"
    "0:16 | 0:16 | 0:16 | 0:8 8:8 | 0:16 | 0:16 | 0:8 8:8 | 0:16"
)
STRINGS_VOICINGS: Final = {
    "G": "G3 D4 B4",
    "F#m": "F#3 C#4 A4",
    "Bm": "B3 D4 F#4",
    "Bm/A": "A3 D4 F#4",
    "E9": "G#3 D4 B4",
    "Em": "G3 E4 B4",
    "A13": "G3 E4 C#5",
    "B7": "A3 D#4 B4",
    "D": "F#3 D4 A4",
    "G#11": "G3 D4 C#5",
    "Asus": "A3 D4 B4",
    "A7": "A3 E4 C#5",
}

BASS: Final = """
G2! 6 D3 2 G2 4 D2 2 G2 2 | F#2! 6 C#3 2 F#2 4 A2 2 A#2 2 |
B2! 6 F#2 2 B2 4 D3 2 D#3 2 | E3! 6 B2 2 E2 4 F#2 2 G#2 2 |
G2! 6 D3 2 G2 4 D2 2 G2 2 | F#2! 6 F#2 2 B2! 4 A2 2 F#2 2 |
E2! 6 B2 2 A2! 4 G2 2 E2 2 | D2! 6 A2 2 D3 4 F#2 2 F2 2 |
G2! 6 D3 2 G2 4 D2 2 G2 2 | F#2! 6 C#3 2 F#2 2 r 2 A2 2 A#2 2 |
B2! 6 F#2 2 B2 4 D3 2 D#3 2 | E3! 4 r 2 B2 2 E2 4 F#2 2 G#2 2 |
G2! 6 D3 2 G2 4 B2 2 G2 2 | F#2! 6 C#3 2 B2! 4 D#3 2 B2 2 |
E2! 6 B2 2 A2! 4 C#3 2 A2 2 | D3! 6 A2 2 D2 4 r 4 |
B2 14 r 2 | A2 14 r 2 | G2 14 r 2 | A2 8 A2 4 C#3 2 F#2 2 |
G2! 6 D3 2 G2 4 D2 2 G2 2 | F#2! 6 C#3 2 F#2 4 C#3 2 F#2 2 |
E2! 8 A2 8 | D2 16
"""

KICK: Final = 36
STICK: Final = 37
SNARE: Final = 38
CLOSED: Final = 42
OPEN: Final = 46
LOW_TOM: Final = 45
HIGH_TOM: Final = 50
CRASH: Final = 49
RIDE: Final = 51

_LIGHT: Final = {KICK: "6......4..5.....", STICK: "....5.......5...", CLOSED: "4.2.4.3.4.2.4.3."}
_TURN: Final = _LIGHT | {CLOSED: "4.2.4.3.4.2.4...", OPEN: "..............4."}
_FULL: Final = {KICK: "7......4..6...3.", SNARE: "....6..2.2..6...", CLOSED: "5.3.5.4.5.3.5.4."}
_FULL_TURN: Final = _FULL | {CLOSED: "5.3.5.4.5.3.5...", OPEN: "..............5."}
_FILL: Final = {
    KICK: "7......4........", SNARE: "....6.....34....",
    CLOSED: "5.3.5.4.........", HIGH_TOM: "............55..", LOW_TOM: "..............56",
}  # fmt: skip
_BRIDGE: Final = {RIDE: "5...3...4...3...", KICK: "5..............."}
_RISE: Final = {RIDE: "5...3...........", KICK: "5.......4...4...", SNARE: "........2.3.4567"}
_LAST: Final = {KICK: "6...............", CRASH: "4...............", RIDE: "....3...2......."}


def _with_crash(pattern: dict[int, str]) -> dict[int, str]:
    return pattern | {CRASH: "5..............."}


DRUMS: Final = [
    _LIGHT, _LIGHT, _LIGHT, _TURN, _LIGHT, _LIGHT, _LIGHT, _FILL,
    _with_crash(_FULL), _FULL, _FULL, _FULL_TURN, _FULL, _FULL, _FULL, _FILL,
    _with_crash(_BRIDGE), _BRIDGE, _BRIDGE, _RISE,
    _with_crash(_FULL), _LIGHT, _LIGHT, _LAST,
]  # fmt: skip


def demo_score() -> Score:
    """The whole piece, with fresh ids."""
    score = Score(title=TITLE)
    score.tempo = {
        0: (microseconds_of(92), 0),
        22 * BAR: (microseconds_of(92), 1),
        23 * BAR + 8 * SIXTEENTH: (microseconds_of(64), 0),
    }
    score.keys = {0: (2, "major")}
    for bar, name in ((0, "A"), (8, "A′"), (16, "B"), (20, "A″")):
        score.markers[new_id(MARKER_LENGTH)] = (bar * BAR, "section", name)
    parts: list[tuple[Track, list[Stroke]]] = [
        (_track("Call", program=73, color=1, volume=104, pan=54), line(CALL, velocity=88)),
        (_track("Answer", program=71, color=2, volume=100, pan=74), line(ANSWER, velocity=84)),
        (
            _track("Keys", program=4, color=6, volume=88, pan=58, chorus=30),
            chords(HARMONY, KEYS_RHYTHM, KEYS_VOICINGS, velocity=66),
        ),
        (
            _track("Strings", program=48, color=11, volume=72, pan=70, reverb=70),
            chords(STRINGS_HARMONY, STRINGS_RHYTHM, STRINGS_VOICINGS, velocity=58, first_bar=8),
        ),
        (_track("Bass", program=33, color=8, volume=100, reverb=10), line(BASS, velocity=86)),
        (_track("Drums", kind_is_drums=True, color=10, volume=86, reverb=24), beats(DRUMS)),
    ]
    orders = orders_after(None, len(parts))
    for (track, strokes), order in zip(parts, orders, strict=True):
        _add(score, track, order, strokes)
    strings = next(track for track in score.tracks.values() if track.name == "Strings")
    # The strings come from nowhere, step back for the bridge and swell into the return.
    score.lanes[strings.id, "cc11"] = {
        8 * BAR: (40, 1),
        10 * BAR: (96, 0),
        16 * BAR: (56, 1),
        20 * BAR: (112, 1),
        23 * BAR: (70, 0),
    }
    return score


def _track(
    name: str,
    *,
    color: int,
    volume: int,
    program: int = 0,
    pan: int = 64,
    reverb: int = 46,
    chorus: int = 0,
    kind_is_drums: bool = False,
) -> Track:
    return Track(
        id=new_id(TRACK_LENGTH),
        order="",
        name=name,
        kind="drums" if kind_is_drums else "pitched",
        program=program,
        color=color,
        volume=volume,
        pan=pan,
        reverb=reverb,
        chorus=chorus,
    )


def _add(score: Score, track: Track, order: str, strokes: list[Stroke]) -> None:
    score.tracks[track.id] = replace(track, order=order)
    for note_id, stroke in zip(new_ids(NOTE_LENGTH, len(strokes)), strokes, strict=True):
        score.notes[note_id] = Note(
            note_id, track.id, stroke.pitch, stroke.start, stroke.duration, stroke.velocity
        )
