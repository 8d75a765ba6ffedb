"""An engine for tests of everything around engines: a canon on what was written, a note a tick.

Chosen by the environment variable that `generation.engines.registry` names. `density` sets how
many notes a beat come; `temperature` 2 makes it think slowly; seed 13 kills its process half-way.
"""

import os
import random
import signal
import time
from collections.abc import Iterator

from editor.score.score import Note
from generation.ports import DoneEvent, EngineError, Event, NoteEvent, ProgressEvent, Request

CHOICE = "Canon|continue,infill|tests.integration.canon_engine:CanonEngine"


class CanonEngine:
    """Answers with the pitches of the context, moved by an interval that the seed draws."""

    name = "Canon"
    kinds = ("continue", "infill")

    def propose(self, request: Request) -> Iterator[Event]:
        draw = random.Random(request.seed)
        heard = sorted(
            (
                note
                for note in request.context.notes.values()
                if note.track in request.region.tracks
            ),
            key=lambda note: (note.start, note.pitch),
        )
        if not heard:
            raise EngineError("empty_context", "These tracks have no notes yet.")
        step = round(480 / (request.controls.density or 2.0))
        pause = 0.05 if request.controls.temperature == 2.0 else 0.002
        shifts = [draw.randint(-5, 5) for _ in range(request.candidates)]
        starts = range(request.region.start, request.region.end, step)
        for number, start in enumerate(starts):
            time.sleep(pause)
            if request.seed == 13 and number > len(starts) // 2:
                os.kill(os.getpid(), signal.SIGKILL)
            for candidate, shift in enumerate(shifts):
                pitch = heard[number % len(heard)].pitch + shift
                note = Note("", request.region.tracks[0], pitch, start, step, 80)
                yield NoteEvent(candidate, note, -1.0 - 0.1 * candidate)
                yield ProgressEvent(candidate, start + step)
        for candidate in range(request.candidates):
            yield DoneEvent(candidate, {"notes": float(len(starts))})
