"""A question to an engine, and engines that behave badly."""

import time
from collections.abc import Iterator

from editor.score.score import Note, Score, Track
from generation.ports import Controls, DoneEvent, Event, NoteEvent, Region, Request


def question(*, seed: int) -> Request:
    note = Note("aaaaaaaaaa", "trackAb1", 60, 0, 120, 80)
    score = Score(tracks={"trackAb1": Track("trackAb1", "a0")}, notes={note.id: note})
    return Request("continue", score, Region(("trackAb1",), 480, 960), Controls(), seed, 1)


class HangingEngine:
    """Answers with one note; with seed 0 never."""

    name = "Mute"
    kinds = ("continue",)

    def propose(self, request: Request) -> Iterator[Event]:
        if request.seed == 0:
            time.sleep(3600)
        yield NoteEvent(0, Note("", "trackAb1", 61, 480, 120, 80), -1.0)
        yield DoneEvent(0)
