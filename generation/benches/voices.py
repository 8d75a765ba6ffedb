"""How quick and how true the singer is: first sound, speed, pitch, vowels, level."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import numpy as np

from collaboration.benches.house import House, running_house
from generation.benches.measures import decibels, envelope_correlation, pitch_error
from generation.benches.percentiles import percentiles
from generation.benches.phrases import melody, sing_parts, wanted_pitch
from generation.benches.stage import set_stage
from generation.benches.visitor import Visitor
from generation.ports import VoiceNote
from generation.voices.settings import SAMPLE_RATE, SingerSettings
from generation.voices.singer import Singer

NAME: Final = "voices"
HELP: Final = "first sound of a preview, speed, pitch and vowels of the singer"

RANGES: Final = {"bass": (40, 55), "tenor": (52, 67), "alto": (60, 77), "soprano": (67, 84)}
PREVIEWS: Final = 20

Report = Callable[[str], None]


def run(report: Report) -> dict[str, object]:
    """Measure the singer here, and previews against a server of this bench's own."""
    singer: dict[str, object] = {
        "real_time": {str(voices): _speed(voices, report) for voices in (1, 4)},
        **_truth(report),
    }
    with running_house() as house:
        first = asyncio.run(_first_sounds(house, report))
    return {"singer": {"first_sound_ms": first, **singer}}


def _speed(voices: int, report: Report) -> float:
    """Seconds of sound for each second of this thread's CPU, with this many voices."""
    notes = [
        VoiceNote(48 + 5 * voice + beat % 7, beat * 0.5, 0.5, 80)
        for beat in range(40)
        for voice in range(voices)
    ]
    list(Singer().stream(iter(notes[: 4 * voices]), {}))
    began = time.thread_time()
    samples = sum(len(chunk) for chunk in Singer().stream(iter(notes), {}))
    speed = samples / SAMPLE_RATE / (time.thread_time() - began)
    report(f"{voices} voice(s): {speed:.1f} x real time on one thread")
    return round(speed, 1)


def _truth(report: Report) -> dict[str, object]:
    wishes = SingerSettings()
    cents, gross, likeness, peaks, levels = [], [], [], [], []
    for seed, (name, (low, high)) in enumerate(RANGES.items()):
        phrase = melody(low=low, high=high, notes=40, seed=seed)
        modulator, sung = sing_parts(phrase, wishes)
        wanted = wanted_pitch(phrase, wishes, len(sung))
        error = pitch_error(sung, SAMPLE_RATE, wanted)
        cents.append(error.median_cents)
        gross.append(error.gross_share)
        likeness.append(envelope_correlation(modulator, sung, wanted, SAMPLE_RATE))
        sound = np.concatenate(list(Singer().stream(iter(phrase), {})))
        peaks.append(decibels(float(np.abs(sound).max())))
        levels.append(decibels(float(np.sqrt(np.mean(sound**2)))))
        report(
            f"{name}: {cents[-1]:.2f} cents, gross {gross[-1]:.2%}, envelope r {likeness[-1]:.2f}, "
            f"peak {peaks[-1]:.1f} dBFS, level {levels[-1]:.1f} dB"
        )
    return {
        "f0_cents_median": round(max(cents), 2),
        "f0_gross_share": round(max(gross), 4),
        "envelope_correlation": round(min(likeness), 3),
        "peak_dbfs": round(max(peaks), 1),
        "level_db": {"least": round(min(levels), 1), "most": round(max(levels), 1)},
    }


async def _first_sounds(house: House, report: Report) -> dict[str, float]:
    """From the click on a candidate that nobody has heard yet to its first frame."""
    stage = set_stage(house.home, suggested=PREVIEWS)
    address = f"{house.address(stage.score)}/suggestions"
    delays = []
    async with Visitor(address, house.origin, stage.cookies["owner"]) as visitor:
        await visitor.hear("open")
        for number, suggestion in enumerate(stage.suggestions):
            await asyncio.sleep(0.3 if number else 3.0)
            began = time.perf_counter()
            await visitor.say(
                "preview", ref=number, id=suggestion, candidate=0, voice="singer", settings={},
                tempo=None,
            )  # fmt: skip
            stream = (await visitor.hear("stream", ref=number))["stream"]
            await visitor.wait_for(lambda: visitor.frames.get(stream))  # noqa: B023
            delays.append(1000.0 * (time.perf_counter() - began))
            await visitor.hear("streamEnd", stream=stream)
    found = percentiles(delays)
    report(f"first sound: p50 {found['p50']} ms, p95 {found['p95']} ms")
    return found
