"""The composer's symbols: one table of families, each a run of consecutive ids.

The layout is that of MMM and MIDI-GPT (Ens & Pasquier 2020; Pasquier et al. 2025): bars of
track segments, REMI-like notes (Huang & Yang 2020) on a grid of twelve steps per quarter.

    BOS|MID [STYLE] [KEY] (TRACK PROGRAM)+                                    head
    (BAR [METER] [TEMPO] [CHORD [CHORD]] (TRACK [DENSITY] notes | TRACK FILL)*)+  bars
    [FILLS (BAR (TRACK [DENSITY] notes)+)+]                                   answer to the FILLs
    EOS
    notes = (POS ([VELOCITY] PITCH DURATION)+)+

METER and TEMPO are written on change, VELOCITY at the first note of each bar of a track and on
change. STYLE, KEY, TEMPO, CHORD, DENSITY and PACE are controls: what a person may wish, absent as
a rule. `python -m generation.composer.vocabulary` prints the table.
"""

from bisect import bisect_right
from math import log

VERSION = 1
STEPS_PER_QUARTER = 12
MAX_BAR = 96  # steps; longer bars are cut

PITCH_LOW, PITCH_HIGH = 21, 108
DURATIONS: tuple[int, ...] = (
    *range(1, 25),
    *range(27, 49, 3),
    *range(54, 97, 6),
    *range(120, 193, 24),
)
METERS: tuple[tuple[int, int], ...] = tuple(
    (n, d) for d in (2, 4, 8, 16) for n in range(1, MAX_BAR * d // 48 + 1)
)
CHORD_KINDS = ("maj", "min", "7", "maj7", "min7", "dim", "aug", "sus")
STYLES = ("tune", "chorale", "song", "quartet", "leadsheet", "pop", "piano", "other")
VELOCITY_CLASSES = 8
TEMPO_CLASSES = 24
DENSITY_CLASSES = 12
MAX_TRACKS = 16

FAMILIES: tuple[tuple[str, int], ...] = (
    ("PAD", 1),
    ("BOS", 1),
    ("MID", 1),
    ("EOS", 1),
    ("BAR", 1),
    ("FILL", 1),
    ("FILLS", 1),
    ("METER", len(METERS) + 1),  # the last: any other bar, MAX_BAR long
    ("TRACK", MAX_TRACKS),
    ("PROGRAM", 17),  # families of General MIDI; the last: not told
    ("POS", MAX_BAR),
    ("PITCH", PITCH_HIGH - PITCH_LOW + 1),
    ("DURATION", len(DURATIONS)),
    ("VELOCITY", VELOCITY_CLASSES),
    ("STYLE", len(STYLES)),
    ("KEY", 24),  # tonic + 12 when minor
    ("TEMPO", TEMPO_CLASSES),
    ("CHORD", 12 * len(CHORD_KINDS) + 1),  # the last: no chord
    ("DENSITY", DENSITY_CLASSES),  # notes per quarter in a bar of a track
    ("PACE", DENSITY_CLASSES),  # notes per second in a bar of a track
)

_starts: dict[str, int] = {}
_size = 0
for _name, _count in FAMILIES:
    _starts[_name] = _size
    _size += _count

SIZE = _size
COUNT: dict[str, int] = dict(FAMILIES)
START: dict[str, int] = dict(_starts)
PAD, BOS, MID, EOS = START["PAD"], START["BOS"], START["MID"], START["EOS"]
BAR, FILL, FILLS = START["BAR"], START["FILL"], START["FILLS"]
METER, TRACK, PROGRAM, POS = START["METER"], START["TRACK"], START["PROGRAM"], START["POS"]
PITCH, DURATION, VELOCITY = START["PITCH"], START["DURATION"], START["VELOCITY"]
STYLE, KEY, TEMPO, CHORD = START["STYLE"], START["KEY"], START["TEMPO"], START["CHORD"]
DENSITY, PACE = START["DENSITY"], START["PACE"]
FAMILY_OF: tuple[str, ...] = tuple(name for name, count in FAMILIES for _ in range(count))
CONTROLS = ("STYLE", "KEY", "TEMPO", "CHORD", "DENSITY", "PACE")

_METER_INDEX = {meter: i for i, meter in enumerate(METERS)}
METER_LENGTH: tuple[int, ...] = (*(48 * n // d for n, d in METERS), MAX_BAR)  # steps
OTHER_METER = METER + len(METERS)


def meter_symbol(numerator: int, denominator: int, length: int) -> int:
    """The METER symbol of a bar of `length` steps that is written numerator/denominator.

    A bar cut short gets the signature of what is left of it where there is one.
    """
    index = _METER_INDEX.get((numerator, denominator))
    if index is not None and METER_LENGTH[index] == length:
        return METER + index
    for d in (denominator, 4, 8, 16):
        index = _METER_INDEX.get((length * d // 48, d))
        if (length * d) % 48 == 0 and index is not None:
            return METER + index
    return OTHER_METER


def duration_symbol(steps: int) -> int:
    """The longest DURATION that is not above `steps`, or the nearest above 24 steps."""
    i = bisect_right(DURATIONS, max(1, steps)) - 1
    return DURATION + i


def nearest_duration(steps: int) -> int:
    """Of the durations that can be written, the nearest to `steps` (the shorter of two)."""
    i = bisect_right(DURATIONS, max(1, steps)) - 1
    if i + 1 < len(DURATIONS) and DURATIONS[i + 1] - steps < steps - DURATIONS[i]:
        i += 1
    return DURATIONS[i]


def velocity_symbol(velocity: int) -> int:
    """VELOCITY of a MIDI velocity 1-127: eight classes of sixteen."""
    return VELOCITY + min(127, max(0, velocity)) // 16


def velocity_of(symbol: int) -> int:
    """The middle of a VELOCITY symbol's class."""
    return (symbol - VELOCITY) * 16 + 8


def tempo_symbol(bpm: float) -> int:
    """TEMPO of quarters per minute: 24 classes, a tenth apart, from 30 to 300; clipped."""
    position = log(min(300.0, max(30.0, bpm)) / 30.0) / log(10.0) * (TEMPO_CLASSES - 1)
    return TEMPO + round(position)


def _level(rate: float) -> int:
    """Class of a rate of notes: 0 below 0.3, then by steps of about a third, 11 from 8.6 on."""
    if rate < 0.3:
        return 0
    return min(DENSITY_CLASSES - 1, 1 + int(log(rate / 0.3) / log(1.4)))


def density_symbol(notes_per_quarter: float) -> int:
    """DENSITY of a bar of a track, in notes per quarter."""
    return DENSITY + _level(notes_per_quarter)


def pace_symbol(notes_per_second: float) -> int:
    """PACE of a bar of a track, in notes per second (classes one octave up from DENSITY)."""
    return PACE + _level(notes_per_second / 2.0)


def rate_of(symbol: int) -> float:
    """The middle rate of a DENSITY (per quarter) or PACE (per second) symbol."""
    level = symbol - PACE if symbol >= PACE else symbol - DENSITY
    rate = 0.15 if level == 0 else 0.3 * 1.4 ** (level - 0.5)
    return 2.0 * rate if symbol >= PACE else rate


def tempo_of(symbol: int) -> float:
    """Quarters per minute of a TEMPO symbol."""
    return float(30.0 * 10.0 ** ((symbol - TEMPO) / (TEMPO_CLASSES - 1)))


def key_symbol(tonic: int, minor: bool) -> int:
    """KEY of a tonic pitch class."""
    return KEY + tonic % 12 + (12 if minor else 0)


def program_symbol(program: int | None) -> int:
    """PROGRAM of a General MIDI program 0-127: its family; None: not told."""
    return PROGRAM + (16 if program is None else program // 8)


def describe(symbol: int) -> str:
    """A symbol as people read it: POS 12, PITCH 60, METER 4/4."""
    name = FAMILY_OF[symbol]
    value = symbol - START[name]
    if COUNT[name] == 1:
        return name
    if name == "METER":
        return "METER " + ("other" if value == len(METERS) else "{}/{}".format(*METERS[value]))
    if name == "PITCH":
        return f"PITCH {PITCH_LOW + value}"
    if name == "DURATION":
        return f"DURATION {DURATIONS[value]}"
    if name == "STYLE":
        return f"STYLE {STYLES[value]}"
    return f"{name} {value}"


def main() -> None:
    """Print the table."""
    for name, count in FAMILIES:
        first = START[name]
        print(
            f"{first:4d}-{first + count - 1:<4d} {name:9s} {describe(first)} ... "
            f"{describe(first + count - 1)}"
        )
    print(f"{SIZE} symbols, version {VERSION}")


if __name__ == "__main__":
    main()
