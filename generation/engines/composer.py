"""The composer as an engine: continues music and fills gaps in it, note by note."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from editor.score.score import Note
from generation.composer.line import Line, Written
from generation.composer.model import Cache
from generation.composer.reading import ROWS, Reader
from generation.composer.sampling import Taste
from generation.composer.sheet import TICKS_PER_STEP, Sheet, lay_out
from generation.composer.weights import SHIPPED, WeightsMissing, hastened, load
from generation.ports import DoneEvent, EngineError, Event, NoteEvent, ProgressEvent, Request

MAX_BARS = 64
MAX_TICK = 480 * 4 * 20_000
DEFAULT_TEMPO = {0: (500_000, 0)}


class ComposerEngine:
    """Writes 1-4 candidates as one batch on one thread; same score and seed, same notes.

    Raises EngineError `no_weights` when they are missing or do not fit.
    """

    name = "Composer"
    kinds: tuple[str, ...] = ("continue", "infill")

    def __init__(self, weights: Path = SHIPPED) -> None:
        torch.set_num_threads(1)
        try:
            self._reader = Reader(hastened(load(weights)))
        except WeightsMissing as problem:
            raise EngineError("no_weights", str(problem)) from problem

    def propose(self, request: Request) -> Iterator[Event]:
        """Stream notes of each candidate in time order; errors as EngineError."""
        began = time.perf_counter()
        sheet = self._sheet(request)
        taste = Taste(temperature=min(2.0, max(0.05, request.controls.temperature or 0.95)))
        context = self._reader.model.shape.context
        lines = [
            Line(sheet, taste, np.random.default_rng([request.seed & (2**64 - 1), i]), context)
            for i in range(request.candidates)
        ]
        page = self._reader.page()
        logits = self._read_prompts(lines, page)
        reused = float(self._reader.reused)
        first: dict[int, float] = {}
        finished: set[int] = set()
        while len(finished) < len(lines):
            symbols: dict[int, int] = {}
            for row, line in enumerate(lines):
                if row in finished:
                    continue
                bar = line.bar
                symbol = line.next(logits[row])
                for written in line.ready():
                    first.setdefault(row, time.perf_counter() - began)
                    yield NoteEvent(row, _note(written, sheet, request), written.logp)
                if line.bar != bar and not line.done:
                    yield ProgressEvent(row, _tick(sheet.bars[line.bar].start, request))
                if line.done:
                    finished.add(row)
                    stats = _stats(line, time.perf_counter() - began, first.get(row, 0.0))
                    yield DoneEvent(row, {**stats, "reused_symbols": reused})
                elif symbol is not None:
                    symbols[row] = symbol
            if symbols:
                logits = self._step(lines, symbols, page)
            for row, line in enumerate(lines):
                if line.stale and not line.done:
                    logits = logits.copy()
                    logits[row] = self._reader.prompt(line.prompt, page, [row])
                    line.stale = False

    def _sheet(self, request: Request) -> Sheet:
        """The page, once the request is known to make sense."""
        score, region = request.context, request.region
        if request.kind not in self.kinds:
            raise EngineError("kind", f"The composer can't answer {request.kind} requests.")
        if not 1 <= request.candidates <= ROWS:
            raise EngineError("candidates", f"Ask for 1 to {ROWS} candidates.")
        if not region.tracks:
            raise EngineError("no_tracks", "Select at least one track to write in.")
        if len(set(region.tracks)) > 16:
            raise EngineError("too_many_tracks", "Select at most 16 tracks.")
        for track in region.tracks:
            if track not in score.tracks:
                raise EngineError("unknown_track", "A selected track is gone. Select again.")
            if score.tracks[track].kind != "pitched":
                name = score.tracks[track].name or "The selected track"
                raise EngineError(
                    "pitched_only",
                    f"The composer writes pitched tracks only. {name} is a track of "
                    f"{'drums' if score.tracks[track].kind == 'drums' else 'sound'}.",
                )
        if region.start < 0 or region.end <= region.start:
            raise EngineError("empty_region", "Select some time to write in.")
        if region.end > MAX_TICK:
            raise EngineError("too_far", "The region lies too far behind the beginning.")
        tempo = request.controls.tempo
        if tempo is None and score.tempo != DEFAULT_TEMPO:
            at = max((tick for tick in score.tempo if tick <= region.start), default=0)
            tempo = 60_000_000 / score.tempo.get(at, DEFAULT_TEMPO[0])[0]
        sheet = lay_out(
            score,
            region.tracks,
            region.start,
            region.end,
            tempo=tempo,
            density=request.controls.density,
        )
        if sheet.last - sheet.first >= MAX_BARS:
            raise EngineError("region_too_long", f"Select at most {MAX_BARS} bars.")
        if not sheet.heard:
            raise EngineError(
                "empty_context",
                "Write a few notes first, or select bars that have music around them.",
            )
        return sheet

    def _read_prompts(self, lines: list[Line], page: Cache) -> np.ndarray:
        """All lines begin with the same prompt; logits (ROWS, V)."""
        logits = self._reader.prompt(lines[0].prompt, page, range(len(lines)))
        for line in lines:
            line.stale = False
        return np.repeat(logits[None], ROWS, axis=0)

    def _step(self, lines: list[Line], symbols: dict[int, int], page: Cache) -> np.ndarray:
        places = {}
        starts = {}
        for row in symbols:
            timeline = lines[row].grammar.timeline
            places[row] = (timeline.time, timeline.place, timeline.slot, timeline.left)
            starts[row] = lines[row].length - 1
        return self._reader.step(symbols, places, starts, page)


def _tick(step: int, request: Request) -> int:
    """A step's tick, kept inside the region."""
    return min(max(step * TICKS_PER_STEP, request.region.start), request.region.end)


def _note(written: Written, sheet: Sheet, request: Request) -> Note:
    """A written note in ticks, inside the region; its id is left to the server."""
    start = min(_tick(written.start, request), request.region.end - 1)
    return Note(
        id="",
        track=sheet.tracks[written.slot].id,
        pitch=written.pitch,
        start=start,
        duration=max(1, _tick(written.end, request) - start),
        velocity=written.velocity,
    )


def _stats(line: Line, seconds: float, first: float) -> dict[str, float]:
    """Numbers that the page may show."""
    return {
        "notes": float(line.notes),
        "symbols": float(line.symbols),
        "symbols_per_second": line.symbols / max(seconds, 1e-6),
        "first_note_ms": first * 1000,
        "mean_logp": line.total_logp / max(1, line.notes),
    }
