"""Tempo, meter, keys and markers of a MIDI file, from whichever track they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from editor.files.midi_clock import is_smpte
from editor.files.midi_curves import tempo_steps
from editor.files.midi_private import curve_of
from editor.files.midi_text import decoded
from editor.files.smf import Smf
from editor.score.ids import MARKER_LENGTH, new_id
from editor.score.meter import DENOMINATORS, LARGEST_NUMERATOR
from editor.score.score import MarkerKind, Score
from editor.score.tempo import FASTEST, SLOWEST
from editor.score.ticks import LAST_TICK

_TEMPO: Final = 0x51
_METER: Final = 0x58
_KEY: Final = 0x59
_MARKERS: Final[dict[int, MarkerKind]] = {0x06: "marker", 0x07: "section"}


def read_timeline(
    score: Score,
    smf: Smf,
    in_ticks: Callable[[int], int],
    private: dict[str, object] | None,
    warnings: list[str],
) -> None:
    """Fill `score.tempo`, `.meter`, `.keys` and `.markers`.

    Events that MIDI forbids (a tempo of nothing, a bar of no beats, 99 sharps) are left out, a
    tempo beyond what a score may hold is brought to the nearest that it may.
    """
    unfit = False
    for track in smf.tracks:
        for place, kind, data, _ in track.metas:
            tick = in_ticks(place)
            if tick > LAST_TICK:
                continue
            if kind == _TEMPO and not is_smpte(smf.division):
                microseconds = int.from_bytes(data[:3]) if len(data) >= 3 else 0
                unfit |= not FASTEST <= microseconds <= SLOWEST
                if microseconds:
                    score.tempo[tick] = (min(SLOWEST, max(FASTEST, microseconds)), 0)
            elif kind == _METER and len(data) >= 2:
                meter = (data[0], 1 << min(data[1], 8))
                if 1 <= meter[0] <= LARGEST_NUMERATOR and meter[1] in DENOMINATORS:
                    score.meter[tick] = meter
                else:
                    unfit = True
            elif kind == _KEY and len(data) >= 2:
                fifths = int.from_bytes(data[:1], signed=True)
                if -7 <= fifths <= 7 and data[1] in (0, 1):
                    score.keys[tick] = (fifths, "minor" if data[1] else "major")
                else:
                    unfit = True
            elif kind in _MARKERS:
                score.markers[new_id(MARKER_LENGTH)] = (tick, _MARKERS[kind], decoded(data))
    if unfit:
        warnings.append(
            "Some tempo, meter or key marks of this file are impossible and were mended."
        )
    _restore_ramps(score, private)


def _restore_ramps(score: Score, private: dict[str, object] | None) -> None:
    """Ramps come back if the file still holds the very steps that were made from them."""
    tempo = curve_of((private or {}).get("tempo"), low=FASTEST, high=SLOWEST)
    steps = [(tick, microseconds) for tick, (microseconds, _) in sorted(score.tempo.items())]
    if tempo and tempo_steps(tempo) == steps:
        score.tempo = tempo
