"""How long MIDI files of 1k, 10k and 100k notes take in and out."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from editor.files.midi_in import import_midi
from editor.files.midi_out import export_midi
from editor.files.midi_process import read_midi_file
from editor.score.ids import NOTE_LENGTH, TRACK_LENGTH, new_ids
from editor.score.order import orders_after
from editor.score.score import Note, Score, Track

NAME: Final = "midi"
HELP: Final = "MIDI files in and out"

SIZES: Final = {"1k": 1_000, "10k": 10_000, "100k": 100_000}
TRACKS: Final = 8
ROUNDS: Final = 5


def run(report: Callable[[str], None]) -> dict[str, object]:
    """Milliseconds, the best of five.

    ``import`` and ``export`` are CPU of one thread, ``import_process`` is the wall time of an
    import in a process of its own, as the server does it, and ``import_process_cpu`` what both
    processes use.
    """
    figures: dict[str, dict[str, float]] = {
        "import_ms": {},
        "export_ms": {},
        "import_process_ms": {},
        "import_process_cpu_ms": {},
    }
    for name, size in SIZES.items():
        report(f"{name} notes")
        score = _song(size)
        data = export_midi(score)
        figures["export_ms"][name] = _least(partial(export_midi, score), time.thread_time)
        figures["import_ms"][name] = _least(partial(import_midi, data), time.thread_time)
        elsewhere = partial(read_midi_file, data, "song.mid")
        figures["import_process_ms"][name] = _least(elsewhere, time.perf_counter)
        figures["import_process_cpu_ms"][name] = _least(elsewhere, _cpu_of_all)
    return dict(figures)


def _song(notes: int) -> Score:
    """Eight tracks of running sixteenths."""
    score = Score(title="Bench")
    tracks = new_ids(TRACK_LENGTH, TRACKS)
    for track, order in zip(tracks, orders_after(None, TRACKS), strict=True):
        score.tracks[track] = Track(track, order)
    for number, name in enumerate(new_ids(NOTE_LENGTH, notes)):
        place, line = divmod(number, TRACKS)
        pitch, velocity = 40 + (number * 7) % 48, 40 + number % 80
        score.notes[name] = Note(name, tracks[line], pitch, place * 120, 100, velocity)
    return score


def _least(work: Callable[[], object], clock: Callable[[], float]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = clock()
        work()
        best = min(best, clock() - began)
    return round(best * 1000, 2)


def _cpu_of_all() -> float:
    """CPU seconds of this process and of those it has waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
