"""From the events of a file to parts: what one instrument plays on one channel of one track."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Final

from editor.files.midi_mixer import MIXER
from editor.files.smf import Smf, SmfTrack
from editor.score.general_midi import DRUM_CHANNEL

PORT: Final = 0x21
LYRIC: Final = 0x05

Channel = tuple[int, int]
"""(port, channel 0-15)."""

Control = tuple[int, str, int]
"""(tick, controller as in `Score.lanes`, value)."""


@dataclass(slots=True)
class RawNote:
    """A note in file ticks; `index` is the place of its note-on among its track's events."""

    pitch: int
    start: int
    end: int
    velocity: int
    index: int
    lyric: str | None = None


@dataclass(slots=True)
class Part:
    """The notes and controls of one program on one channel of the file's track `track`."""

    track: int
    channel: Channel
    program: int
    notes: list[RawNote] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)

    @property
    def drums(self) -> bool:
        """Whether it plays on the drum channel."""
        return self.channel[1] == DRUM_CHANNEL


Programs = dict[Channel, list[tuple[int, int]]]
"""(tick, program) by channel, sorted."""


def parts_of(smf: Smf) -> list[Part]:
    """All parts, in the order of the file's tracks and of first use within a track.

    A track that changes its program becomes one part a program. A setup track, which sends
    programs and controllers to channels that others play on, gives them to those others.
    """
    programs = _all_programs(smf)
    parts: list[Part] = []
    for number, track in enumerate(smf.tracks):
        parts.extend(_parts_of_track(number, track, programs))
    played: dict[Channel, list[Part]] = defaultdict(list)
    for part in parts:
        if part.notes:
            played[part.channel].append(part)
    kept: list[Part] = []
    for part in parts:
        others = [other for other in played[part.channel] if other.track != part.track]
        if part.notes or not others:
            kept.append(part)
            continue
        for other in others:
            other.controls = sorted(part.controls + other.controls, key=lambda control: control[0])
    return kept


def _ports(track: SmfTrack) -> tuple[list[int], list[int]]:
    """From which event on (places) which port (numbers) is meant."""
    places, ports = [0], [0]
    for _, kind, data, before in track.metas:
        if kind == PORT and data:
            places.append(before)
            ports.append(data[0])
    return places, ports


def _all_programs(smf: Smf) -> Programs:
    programs: Programs = defaultdict(list)
    for track in smf.tracks:
        places, ports = _ports(track)
        for index, (tick, status, first, _) in enumerate(track.events):
            if status & 0xF0 == 0xC0:
                port = ports[bisect_right(places, index) - 1]
                programs[port, status & 0x0F].append((tick, first))
    for changes in programs.values():
        changes.sort(key=lambda change: change[0])
    return programs


def _parts_of_track(number: int, track: SmfTrack, programs: Programs) -> list[Part]:
    """Note-ons and -offs are paired first in, first out; what never ends, ends with its track."""
    parts: dict[tuple[Channel, int | None], Part] = {}
    current: dict[Channel, Part] = {}
    own_program: dict[Channel, int] = {}
    waiting: dict[Channel, list[Control]] = defaultdict(list)
    sounding: dict[tuple[Channel, int], deque[RawNote]] = defaultdict(deque)
    mixer: dict[Channel, dict[str, int]] = defaultdict(dict)
    places, ports = _ports(track)
    single_port = len(ports) == 1
    for index, (tick, status, first, second) in enumerate(track.events):
        port = 0 if single_port else ports[bisect_right(places, index) - 1]
        channel = (port, status & 0x0F)
        kind = status & 0xF0
        if kind == 0x90 and second:
            program = own_program.get(channel)
            if program is None:
                program = _program_at(programs.get(channel, []), tick)
            part = current.get(channel)
            if part is None or part.program != program:
                part = parts.get((channel, program))
                if part is None:
                    part = parts[channel, program] = Part(number, channel, program)
                    told = {name for _, name, _ in waiting[channel]}
                    part.controls.extend(
                        (tick, name, value)
                        for name, value in mixer[channel].items()
                        if name not in told
                    )
                current[channel] = part
                part.controls.extend(waiting[channel])
                mixer[channel].update(_mixer_values(waiting.pop(channel)))
            note = RawNote(first, tick, track.end, second, index)
            part.notes.append(note)
            sounding[channel, first].append(note)
        elif kind == 0x80 or kind == 0x90:
            stack = sounding.get((channel, first))
            if stack:
                stack.popleft().end = tick
        elif kind == 0xC0:
            own_program[channel] = first
        else:
            control = _control(tick, kind, first, second)
            if control is not None:
                part = current.get(channel)
                # Until the next note it is not known which program a control is for.
                changed = part is None or own_program.get(channel, part.program) != part.program
                if changed or part is None:
                    waiting[channel].append(control)
                else:
                    part.controls.append(control)
                    mixer[channel].update(_mixer_values([control]))
    for channel in own_program.keys() | waiting.keys():
        rest = waiting.pop(channel, [])
        part = current.get(channel)
        if part is None:
            program = own_program.get(channel, _program_at(programs.get(channel, []), 0))
            part = parts.setdefault((channel, program), Part(number, channel, program))
        part.controls.extend(rest)
    return list(parts.values())


def _program_at(changes: list[tuple[int, int]], tick: int) -> int:
    place = bisect_right(changes, tick, key=lambda change: change[0])
    return changes[place - 1][1] if place else 0


def _mixer_values(controls: list[Control]) -> dict[str, int]:
    return {name: value for _, name, value in controls if name in MIXER}


def _control(tick: int, kind: int, first: int, second: int) -> Control | None:
    if kind == 0xB0:
        return (tick, f"cc{first}", second) if first < 120 else None
    if kind == 0xE0:
        return tick, "bend", (second << 7 | first) - 8192
    if kind == 0xD0:
        return tick, "pressure", first
    return None
