"""The seams of generation: what an engine is asked, what it answers, and what a voice is.

Implementations live in `generation.engines` and `generation.voices`; the worker only knows
these names. Everything here is plain data, so that a request can cross a pipe or a queue.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from editor.score.score import Note, Score


class EngineError(Exception):
    """An engine can't answer: `code` is stable, `text` tells the person what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Region:
    """Where to write: track ids, and ticks from `start` up to but without `end`."""

    tracks: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Controls:
    """Wishes; None = no preference. `tempo` in bpm, `density` in notes per beat and track."""

    tempo: float | None = None
    density: float | None = None
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine. `context` is the score as it stood at the request."""

    kind: str
    context: Score
    region: Region
    controls: Controls
    seed: int
    candidates: int


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """A proposed note (its id is empty: the server names it) and its log-probability in nats."""

    candidate: int
    note: Note
    logp: float


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """How far a candidate is: the tick up to which it is written."""

    candidate: int
    tick: int


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """A candidate is complete; `stats` holds numbers that the page may show."""

    candidate: int
    stats: dict[str, float] = field(default_factory=dict)


Event = NoteEvent | ProgressEvent | DoneEvent


class Engine(Protocol):
    """Anything that proposes. Closing the iterator cancels; errors are `EngineError`."""

    name: str
    kinds: tuple[str, ...]

    def propose(self, request: Request) -> Iterator[Event]:
        """Stream events, each naming its candidate, notes of a candidate in time order."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """What a voice sings: `start` and `duration` in seconds from the preview's start."""

    pitch: int
    start: float
    duration: float
    velocity: int


class Voice(Protocol):
    """Turns notes into sound while they still arrive."""

    name: str
    family: str
    sample_rate: int

    def stream(
        self, notes: Iterator[VoiceNote | float], settings: dict[str, object]
    ) -> Iterator[NDArray[np.float32]]:
        """Yield mono chunks of shape (samples,), float32 in [-1, 1].

        `notes` yields notes ordered by start, and bare floats: "nothing more begins before this
        second", so that a voice may render up to there; its end means that all notes are known.
        """
        ...
