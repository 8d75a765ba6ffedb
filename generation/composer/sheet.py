"""A score as the composer sees it: bars, slots and notes on the grid, and prompts made of them.

Rounding is to the nearest step; what is already written in the score is never changed by it.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from editor.score.score import Score, Track
from editor.score.ticks import TICKS_PER_QUARTER
from generation.composer.encoding import segment
from generation.composer.piece import Bar, GridNote, bars_of, fold_pitch, tidy
from generation.composer.vocabulary import (
    BAR,
    BOS,
    EOS,
    FILL,
    FILLS,
    MAX_TRACKS,
    MID,
    STEPS_PER_QUARTER,
    TRACK,
    program_symbol,
    tempo_symbol,
)

TICKS_PER_STEP = TICKS_PER_QUARTER // STEPS_PER_QUARTER
LONGEST_FILL = 8  # bars that are taken out at once, as in training
FULLEST_BAR = 300  # symbols
HEARD_BEHIND = 256 * TICKS_PER_QUARTER  # what begins later than that is not looked at
ALIGNED = 8  # bars: prompts begin at multiples of it, so that the next one begins alike


def step_of(tick: int) -> int:
    """The grid step nearest to a tick (of two, the later)."""
    return (tick + TICKS_PER_STEP // 2) // TICKS_PER_STEP


@dataclass(slots=True)
class Sheet:
    """What stands on the page while one candidate is written.

    `cells[slot][bar]` are the notes that begin there, `regions` the slots to write, from step
    `start` up to but without `end`; `blocked[slot][pitch]` is the tick until which a note from
    before the region sounds; `level[slot]` is a track's usual velocity.
    """

    bars: list[Bar]
    tracks: list[Track]
    cells: list[dict[int, list[GridNote]]]
    regions: tuple[int, ...]
    start: int
    end: int
    first: int  # bar that holds `start`
    last: int  # bar that holds the step before `end`
    blocked: list[dict[int, int]]
    level: list[int]
    dynamics: bool
    tempo: float | None = None
    density: float | None = None
    heard: range = field(default_factory=lambda: range(0))  # bars from the first note to the last

    def copy(self) -> "Sheet":
        """The same page for another candidate; only what is written in the region is apart."""
        cells = list(self.cells)
        for slot in self.regions:
            cells[slot] = dict(cells[slot])
        return Sheet(self.bars, self.tracks, cells, self.regions, self.start, self.end,
                     self.first, self.last, self.blocked, self.level, self.dynamics,
                     self.tempo, self.density, self.heard)  # fmt: skip

    @property
    def surrounded(self) -> bool:
        """Whether music stands beside or behind the region, so that it is filled, not continued."""
        return any(
            bar >= self.first and (slot not in self.regions or bar > self.first)
            for slot, cells in enumerate(self.cells)
            for bar in cells
        )

    def bar_symbols(self, bar: int, meter: int | None, hidden: tuple[int, ...] = ()) -> list[int]:
        """A bar as symbols; `meter` is the METER before it, `hidden` slots become FILLs."""
        symbols = self.opening(bar, meter)
        for slot, cells in enumerate(self.cells):
            if slot in hidden:
                symbols += [TRACK + slot, FILL]
            elif bar in cells:
                symbols += [TRACK + slot, *segment(cells[bar], self.bars[bar])]
        return symbols

    def opening(self, bar: int, meter: int | None) -> list[int]:
        """BAR, and METER where it is another than before."""
        mine = self.bars[bar].meter
        return [BAR] if mine == meter else [BAR, mine]

    def head(self, first: int) -> list[int]:
        """The head of a prompt that begins with bar `first`, up to that bar's METER and TEMPO."""
        symbols = [MID if self.heard and self.heard.start < first else BOS]
        for slot, track in enumerate(self.tracks):
            symbols += [TRACK + slot, program_symbol(track.program)]
        symbols += self.opening(first, None)
        if self.tempo is not None:
            symbols.append(tempo_symbol(self.tempo))
        return symbols

    def _span(self, first: int, last: int, hidden: range, slots: tuple[int, ...]) -> list[int]:
        """Bars first..last as a prompt; in the bars `hidden` the `slots` are FILLs."""
        symbols = self.head(first)
        for bar in range(first, last + 1):
            mine = self.bar_symbols(
                bar, self.bars[max(first, bar - 1)].meter, slots if bar in hidden else ()
            )
            symbols += mine[1:] if bar == first else mine
        return symbols

    def _cost(self, bar: int) -> int:
        return len(self.bar_symbols(bar, None))

    def continuation(self, bar: int, room: int) -> list[int]:
        """A prompt of at most about `room` symbols that ends where bar `bar` is to be written."""
        first, used = bar, 0
        begin = min(bar, self.heard.start)
        while first > begin and used + self._cost(first - 1) <= room:
            first -= 1
            used += self._cost(first)
        if first > begin:
            aligned = -(-first // ALIGNED) * ALIGNED
            first = aligned if aligned < bar else first
        symbols = self._span(first, bar - 1, range(0), ()) if first < bar else self.head(first)
        if first < bar:
            symbols += self.opening(bar, self.bars[bar - 1].meter)
        return symbols

    def filling(self, bar: int, room: int) -> tuple[list[int], int]:
        """A prompt with FILLs from bar `bar` on, up to FILLS; and the last bar that it leaves open.

        What stands around the open bars gets `room` symbols, three fifths of it before them.
        """
        last = min(self.last, bar + LONGEST_FILL - 1)
        costs = {b: len(self.bar_symbols(b, None, self.regions)) for b in range(bar, last + 1)}
        while last > bar and sum(costs[b] for b in range(bar, last + 1)) > room * 3 // 5:
            last -= 1
        left = max(0, room - sum(costs[b] for b in range(bar, last + 1)))
        behind = last
        finish = self.heard.stop - 1
        if last == self.last:
            share = left * 2 // 5
            while behind < finish and self._cost(behind + 1) <= share:
                behind += 1
                share -= self._cost(behind)
                left -= self._cost(behind)
        first = bar
        begin = min(bar, self.heard.start)
        while first > begin and self._cost(first - 1) <= left:
            first -= 1
            left -= self._cost(first)
        symbols = self._span(first, behind, range(bar, last + 1), self.regions)
        if last == self.last and behind >= finish:
            symbols.append(EOS)
        return [*symbols, FILLS], last


def lay_out(
    score: Score,
    region_tracks: tuple[str, ...],
    start: int,
    end: int,
    *,
    tempo: float | None = None,
    density: float | None = None,
) -> Sheet:
    """A score with a region, in ticks, that is to be written anew in some pitched tracks."""
    begin = step_of(start)
    stop = max(begin + 1, step_of(end))
    chosen = _chosen_tracks(score, region_tracks)
    slots = {track.id: slot for slot, track in enumerate(chosen)}
    wanted = {slots[t] for t in region_tracks}
    blocked: list[dict[int, int]] = [{} for _ in chosen]
    raw: list[list[GridNote]] = [[] for _ in chosen]
    heard_velocities: list[list[int]] = [[] for _ in chosen]
    for note in sorted(score.notes.values(), key=lambda n: (n.start, n.pitch, n.id)):
        slot = slots.get(note.track)
        if slot is None or note.start >= end + HEARD_BEHIND:
            continue
        if slot in wanted and start <= note.start < end:
            continue
        if note.start < start:
            blocked[slot][note.pitch] = max(blocked[slot].get(note.pitch, 0), note.end)
        at = step_of(note.start)
        if slot in wanted and begin <= at < stop:
            continue  # rounds into the region
        length = max(1, step_of(note.end) - at)
        raw[slot].append(GridNote(at, fold_pitch(note.pitch), length, note.velocity))
        heard_velocities[slot].append(note.velocity)
    everything = [v for velocities in heard_velocities for v in velocities]
    dynamics = len(set(everything)) > 1
    usual = round(median(everything)) if everything else 80
    meters = sorted((step_of(tick), n, d) for tick, (n, d) in score.meter.items())
    music_end = max((n.start + n.duration for notes in raw for n in notes), default=0)
    bars = bars_of(meters, max(stop, music_end))
    starts = [bar.start for bar in bars]
    first, last = _bar_at(starts, begin), _bar_at(starts, stop - 1)
    cells: list[dict[int, list[GridNote]]] = []
    for slot, notes in enumerate(raw):
        by_bar: defaultdict[int, list[GridNote]] = defaultdict(list)
        for grid_note in tidy(notes if dynamics else [n._replace(velocity=None) for n in notes]):
            bar = _bar_at(starts, grid_note.start)
            if slot in wanted and first <= bar <= last and grid_note.start >= begin:
                continue  # behind the region in its last bar: out of sight
            by_bar[bar].append(grid_note)
        cells.append(dict(by_bar))
    _thin(cells, bars, wanted, range(max(0, first - ALIGNED), last + 2))
    sounding = [bar for by in cells for bar in by]
    return Sheet(
        bars=bars,
        tracks=chosen,
        cells=cells,
        regions=tuple(sorted(wanted)),
        start=begin,
        end=stop,
        first=first,
        last=last,
        blocked=blocked,
        level=[round(median(v[-64:])) if v else usual for v in heard_velocities],
        dynamics=dynamics,
        tempo=tempo,
        density=density,
        heard=range(min(sounding), max(sounding) + 1) if sounding else range(0),
    )


def _thin(
    cells: list[dict[int, list[GridNote]]], bars: list[Bar], wanted: set[int], near: range
) -> None:
    """Where a bar is fuller than a prompt can hold, its fullest parts go unheard."""
    for bar in near:
        costs = {
            slot: len(segment(by[bar], bars[bar])) + 1 for slot, by in enumerate(cells) if bar in by
        }
        while sum(costs.values()) > FULLEST_BAR:
            slot = max(costs, key=lambda s: (s not in wanted, costs[s]))
            del cells[slot][bar], costs[slot]


def _bar_at(starts: list[int], step: int) -> int:
    return max(0, bisect_right(starts, step) - 1)


def _chosen_tracks(score: Score, wanted: tuple[str, ...]) -> list[Track]:
    """Pitched tracks that are to be written or hold notes, in order; the fullest where too many."""
    count: defaultdict[str, int] = defaultdict(int)
    for note in score.notes.values():
        count[note.track] += 1
    pitched = [t for t in score.ordered_tracks() if t.kind == "pitched"]
    useful = [t for t in pitched if t.id in wanted or count[t.id]]
    ranked = sorted(useful, key=lambda t: (t.id not in wanted, -count[t.id]))[:MAX_TRACKS]
    return [t for t in useful if t in ranked]
