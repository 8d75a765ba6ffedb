"""What may stand in the document: its roots, their keys, and their values.

A value is an integer, a string, or a flat list of them. `repaired` is the one judge of values:
it answers the value itself when it is right, the nearest right one when there is one, else None.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from editor.score.ids import (
    CLIP_LENGTH,
    MARKER_LENGTH,
    NOTE_LENGTH,
    TRACK_LENGTH,
    is_id,
)

Scalar = int | str
Value = Scalar | list[Scalar]

SCHEMA: Final = 1
ROOTS: Final = (
    "meta",
    "notes",
    "noteAttrs",
    "tracks",
    "lanes",
    "tempo",
    "meter",
    "keys",
    "markers",
    "chords",
    "clips",
)
NOTE_ATTRS: Final = frozenset({"lyric", "muted", "articulation", "from"})
TRACK_FIELDS: Final = frozenset(
    {
        "order",
        "name",
        "kind",
        "program",
        "color",
        "volume",
        "pan",
        "mute",
        "reverb",
        "chorus",
    }
)
CONTROLLERS: Final = frozenset({"bend", "pressure", *(f"cc{number}" for number in range(128))})
TRACK_KINDS: Final = ("pitched", "drums", "audio")
MODES: Final = ("major", "minor")
MARKER_KINDS: Final = ("marker", "section")
DENOMINATORS: Final = (1, 2, 4, 8, 16, 32, 64)
MAX_TICK: Final = 2**31 - 1
MAX_TEXT: Final = 1000
MAX_NAME: Final = 64

ALWAYS: Final[dict[tuple[str, str], Value]] = {
    ("tempo", "0"): [500_000, 0],
    ("meter", "0"): [4, 4],
}
"""Keys that always exist, and what stands there when nothing better is known."""


def known_key(root: str, key: str) -> bool:
    """Whether `key` may stand in `root`."""
    check = _KEYS.get(root)
    return check is not None and check(key)


def repaired(root: str, key: str, value: object) -> Value | None:
    """The right value nearest to `value` under a known key; None when nothing is near."""
    return _VALUES[root](key, value)


def is_tick(text: str) -> bool:
    """Whether `text` is a plain decimal tick: no sign, no leading zero."""
    return (
        0 < len(text) <= 10
        and text.isascii()
        and text.isdigit()
        and (text == "0" or text[0] != "0")
        and int(text) <= MAX_TICK
    )


def _note_attr_key(key: str) -> bool:
    note, _, name = key.partition(":")
    return is_id(note, NOTE_LENGTH) and name in NOTE_ATTRS


def _track_key(key: str) -> bool:
    track, _, field = key.partition(":")
    return is_id(track, TRACK_LENGTH) and field in TRACK_FIELDS


def _lane_key(key: str) -> bool:
    track, _, rest = key.partition(":")
    controller, _, tick = rest.partition(":")
    return is_id(track, TRACK_LENGTH) and controller in CONTROLLERS and is_tick(tick)


_KEYS: Final[dict[str, Callable[[str], bool]]] = {
    "meta": lambda key: key == "schema",
    "notes": lambda key: is_id(key, NOTE_LENGTH),
    "noteAttrs": _note_attr_key,
    "tracks": _track_key,
    "lanes": _lane_key,
    "tempo": is_tick,
    "meter": is_tick,
    "keys": is_tick,
    "markers": lambda key: is_id(key, MARKER_LENGTH),
    "chords": is_tick,
    "clips": lambda key: is_id(key, CLIP_LENGTH),
}


def _whole(value: object, low: int, high: int) -> int | None:
    """`value` as an integer within bounds; None for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None
    if value <= low:
        return low
    if value >= high:
        return high
    return round(value)


def _text(value: object, longest: int = MAX_TEXT) -> str | None:
    return value[:longest] if isinstance(value, str) else None


def _word(value: object, words: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in words else None


def _row(value: object, *slots: Callable[[object], Scalar | None]) -> Value | None:
    if not isinstance(value, list) or len(value) != len(slots):
        return None
    row: list[Scalar] = []
    for slot, element in zip(slots, value, strict=True):
        right = slot(element)
        if right is None:
            return None
        row.append(right)
    return row


def _between(low: int, high: int) -> Callable[[object], int | None]:
    return lambda value: _whole(value, low, high)


def _identity(length: int) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and is_id(value, length) else None


_TICK = _between(0, MAX_TICK)
_LENGTH = _between(1, MAX_TICK)
_BYTE = _between(0, 127)
_FLAG = _between(0, 1)
_TRACK = _identity(TRACK_LENGTH)
_PITCH = _BYTE
_VELOCITY = _between(1, 127)


@lru_cache(maxsize=4096)
def _is_track(text: str) -> bool:
    return is_id(text, TRACK_LENGTH)


def _note(key: str, value: object) -> Value | None:
    if isinstance(value, list) and len(value) == 5:
        track, pitch, start, duration, velocity = value
        # Whole songs pass here note by note: the usual case is judged without a detour.
        if (
            type(pitch) is type(start) is type(duration) is type(velocity) is float
            and isinstance(track, str)
            and _is_track(track)
            and 0 <= pitch <= 127
            and 0 <= start <= MAX_TICK
            and 1 <= duration <= MAX_TICK
            and 1 <= velocity <= 127
            and pitch % 1 == start % 1 == duration % 1 == velocity % 1 == 0
        ):
            return value
    return _row(value, _TRACK, _PITCH, _TICK, _LENGTH, _VELOCITY)


def _note_attr(key: str, value: object) -> Value | None:
    if key.endswith(":muted"):
        return _between(1, 1)(value)
    return _text(value, MAX_NAME if not key.endswith(":lyric") else MAX_TEXT)


def _track(key: str, value: object) -> Value | None:
    field = key.partition(":")[2]
    if field == "order":
        return _text(value, MAX_TEXT) or None
    if field == "name":
        return _text(value)
    if field == "kind":
        return _word(value, TRACK_KINDS)
    if field == "color":
        return _whole(value, 1, 12)
    return _FLAG(value) if field == "mute" else _BYTE(value)


def _lane(key: str, value: object) -> Value | None:
    bend = key.split(":")[1] == "bend"
    low, high = (-8192, 8191) if bend else (0, 127)
    return _row(value, _between(low, high), _FLAG)


def _denominator(value: object) -> int | None:
    bottom = _whole(value, 1, 64)
    return bottom if bottom == value and bottom in DENOMINATORS else None


_VALUES: Final[dict[str, Callable[[str, object], Value | None]]] = {
    "meta": lambda key, value: _whole(value, SCHEMA, SCHEMA),
    "notes": _note,
    "noteAttrs": _note_attr,
    "tracks": _track,
    "lanes": _lane,
    "tempo": lambda key, value: _row(value, _between(60_000, 12_000_000), _FLAG),
    "meter": lambda key, value: _row(value, _between(1, 64), _denominator),
    "keys": lambda key, value: _row(value, _between(-7, 7), lambda mode: _word(mode, MODES)),
    "markers": lambda key, value: _row(value, _TICK, lambda kind: _word(kind, MARKER_KINDS), _text),
    "chords": lambda key, value: _row(value, lambda symbol: _text(symbol, MAX_NAME), _LENGTH),
    "clips": lambda key, value: _row(
        value,
        _TRACK,
        _TICK,
        _LENGTH,
        lambda asset: _text(asset, MAX_NAME),
        _between(-MAX_TICK, MAX_TICK),
        _between(-10_000, 10_000),
        _FLAG,
    ),
}
