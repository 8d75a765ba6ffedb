"""What a page may say on the suggestion socket, read strictly into plain values.

Source: the suggestion socket's contract. Anything that doesn't fit raises `BadMessage`, whose
text tells the sender what was wrong; nothing here knows of sockets or of the database.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeGuard

from editor.score.ids import NOTE_LENGTH, TRACK_LENGTH, is_id
from generation.ports import Controls, Region

Ref = str | int | None
Verdict = Literal["accepted", "dismissed", "reopened"]

MAX_CANDIDATES: Final = 4
MAX_TRACKS: Final = 16
MAX_REGION_TICKS: Final = 64 * 4 * 480
MAX_TICK: Final = 2**31 - 1
MAX_SEED: Final = 2**31 - 1
MAX_NOTES: Final = 4096
SUGGESTION_LENGTH: Final = 12
BOUNDS: Final = {"tempo": (20.0, 400.0), "density": (0.05, 16.0), "temperature": (0.05, 2.0)}
TEMPO_BOUNDS: Final = (10.0, 1000.0)


class BadMessage(Exception):
    """A message that can't be followed: stable `code`, `text` for the person, the sender's `ref`.

    `fatal` messages are not even JSON objects of a known type: the socket is closed with 4400.
    """

    def __init__(self, code: str, text: str, ref: Ref = None, *, fatal: bool = False) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.ref = ref
        self.fatal = fatal


@dataclass(frozen=True, slots=True)
class Suggest:
    """Ask for a suggestion. `seed` None = the server draws one."""

    ref: Ref
    kind: str
    region: Region
    controls: Controls
    seed: int | None
    candidates: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop a suggestion that waits or arrives."""

    ref: Ref
    id: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Sing a candidate with `voice`; `tempo` in bpm, None = the score's own tempo map."""

    ref: Ref
    id: str
    candidate: int
    voice: str
    settings: dict[str, object]
    tempo: float | None


@dataclass(frozen=True, slots=True)
class Stop:
    """End a stream of sound."""

    ref: Ref
    stream: int


@dataclass(frozen=True, slots=True)
class Received:
    """All frames of a stream up to `sequence` have arrived."""

    ref: Ref
    stream: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Vote:
    """An opinion on a candidate: -1, 0 (taken back) or 1."""

    ref: Ref
    id: str
    candidate: int
    value: int


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision; `candidate` None = all of them, `notes` None = every note of the candidate."""

    ref: Ref
    id: str
    candidate: int | None
    verdict: Verdict
    notes: tuple[str, ...] | None


Message = Suggest | Cancel | Preview | Stop | Received | Vote | Decide


def parse(text: str) -> Message:
    """Read one frame.

    Raises:
        BadMessage: fatal when it is no JSON object of a known type, else with what is wrong.
    """
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise BadMessage("bad_message", "This is not JSON.", fatal=True) from None
    if not isinstance(body, dict):
        raise BadMessage("bad_message", "A message is a JSON object.", fatal=True)
    ref = body.get("ref")
    if not (ref is None or _integer(ref) or (isinstance(ref, str) and len(ref) <= 64)):
        raise BadMessage("bad_message", "ref is a short string or a whole number.")
    reader = _READERS.get(body["t"]) if isinstance(body.get("t"), str) else None
    if reader is None:
        raise BadMessage("bad_message", "This kind of message is unknown.", ref, fatal=True)
    try:
        return reader(body, ref)
    except BadMessage as problem:
        problem.ref = ref
        raise


def _suggest(body: dict[str, object], ref: Ref) -> Suggest:
    kind = body.get("kind")
    if not isinstance(kind, str) or len(kind) > 32:
        raise BadMessage("bad_message", "kind is a word, such as continue or infill.")
    candidates = _whole(body.get("candidates", 2), 1, MAX_CANDIDATES, "candidates")
    given = body.get("seed")
    seed = None if given is None else _whole(given, 0, MAX_SEED, "seed")
    controls = _controls(body.get("controls"))
    return Suggest(ref, kind, _region(body.get("region")), controls, seed, candidates)


def _cancel(body: dict[str, object], ref: Ref) -> Cancel:
    return Cancel(ref, _suggestion(body))


def _preview(body: dict[str, object], ref: Ref) -> Preview:
    voice = body.get("voice")
    if not isinstance(voice, str) or len(voice) > 32:
        raise BadMessage("voice", "voice is the name of a voice.")
    settings = body.get("settings")
    if settings is None:
        settings = {}
    if not isinstance(settings, dict) or len(settings) > 16:
        raise BadMessage("settings", "settings is an object with the voice's settings.")
    tempo = body.get("tempo")
    bpm = None if tempo is None else _number(tempo, *TEMPO_BOUNDS, "tempo", "settings")
    return Preview(ref, _suggestion(body), _candidate(body), voice, dict(settings), bpm)


def _stop(body: dict[str, object], ref: Ref) -> Stop:
    return Stop(ref, _whole(body.get("stream"), 0, 2**32 - 1, "stream"))


def _received(body: dict[str, object], ref: Ref) -> Received:
    stream = _whole(body.get("stream"), 0, 2**32 - 1, "stream")
    return Received(ref, stream, _whole(body.get("sequence"), 0, 2**32 - 1, "sequence"))


def _vote(body: dict[str, object], ref: Ref) -> Vote:
    return Vote(ref, _suggestion(body), _candidate(body), _whole(body.get("value"), -1, 1, "value"))


def _decide(body: dict[str, object], ref: Ref) -> Decide:
    verdict = body.get("verdict")
    if verdict not in ("accepted", "dismissed", "reopened"):
        raise BadMessage("bad_message", "verdict is accepted, dismissed or reopened.")
    candidate = None if body.get("candidate") is None else _candidate(body)
    if candidate is None and verdict == "accepted":
        raise BadMessage("bad_message", "Accepting names one candidate.")
    notes = body.get("notes")
    if notes is None:
        return Decide(ref, _suggestion(body), candidate, verdict, None)
    if not isinstance(notes, list) or not 0 < len(notes) <= MAX_NOTES:
        raise BadMessage("bad_message", f"notes is a list of 1 to {MAX_NOTES} note ids, or null.")
    if not all(isinstance(note, str) and is_id(note, NOTE_LENGTH) for note in notes):
        raise BadMessage("bad_message", "notes holds ids of notes.")
    return Decide(ref, _suggestion(body), candidate, verdict, tuple(dict.fromkeys(notes)))


_READERS: Final[dict[str, Callable[[dict[str, object], Ref], Message]]] = {
    "suggest": _suggest,
    "cancel": _cancel,
    "preview": _preview,
    "stop": _stop,
    "received": _received,
    "vote": _vote,
    "decide": _decide,
}


def _region(value: object) -> Region:
    if not isinstance(value, dict):
        raise BadMessage("region", "region holds tracks, start and end.")
    tracks = value.get("tracks")
    if not isinstance(tracks, list) or not 0 < len(tracks) <= MAX_TRACKS:
        raise BadMessage("region", f"Ask for 1 to {MAX_TRACKS} tracks at once.")
    if not all(isinstance(track, str) and is_id(track, TRACK_LENGTH) for track in tracks):
        raise BadMessage("region", "region.tracks holds ids of tracks.")
    start = _whole(value.get("start"), 0, MAX_TICK, "region.start", "region")
    end = _whole(value.get("end"), 1, MAX_TICK, "region.end", "region")
    if end <= start:
        raise BadMessage("region", "The region is empty: select at least one beat.")
    if end - start > MAX_REGION_TICKS:
        raise BadMessage("region", "The region is too long: ask for at most 64 bars.")
    return Region(tuple(dict.fromkeys(tracks)), start, end)


def _controls(value: object) -> Controls:
    if value is None:
        return Controls()
    if not isinstance(value, dict):
        raise BadMessage("controls", "controls is an object.")
    wishes: dict[str, float] = {}
    for name, wish in value.items():
        if name not in BOUNDS:
            raise BadMessage("controls", f"There is no wish named {str(name)[:32]}.")
        if wish is not None:
            wishes[name] = _number(wish, *BOUNDS[name], name, "controls")
    return Controls(**wishes)


def _suggestion(body: dict[str, object]) -> str:
    value = body.get("id")
    if not isinstance(value, str) or not is_id(value, SUGGESTION_LENGTH):
        raise BadMessage("not_found", "There is no such suggestion here.")
    return value


def _candidate(body: dict[str, object]) -> int:
    return _whole(body.get("candidate"), 0, MAX_CANDIDATES - 1, "candidate")


def _integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 2**53


def _whole(value: object, low: int, high: int, name: str, code: str = "bad_message") -> int:
    if not _integer(value) or not low <= value <= high:
        raise BadMessage(code, f"{name} is a whole number from {low} to {high}.")
    return value


def _number(value: object, low: float, high: float, name: str, code: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadMessage(code, f"{name} is a number from {low:g} to {high:g}.")
    return float(value)
