"""A song as a WAV file: played by the browser's own synthesizer under Node, as fast as it can."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from editor.files.song import Song

Bits = Literal[16, 24]

LONGEST_SECONDS: Final = 900
"""How long a rendering may take."""

_ENDING_SECONDS: Final = 10
"""How long Node may take to end after its last word."""

_POLL_SECONDS: Final = 0.2
_BLOCK_FRAMES: Final = 1 << 16


class RenderError(Exception):
    """Sound could not be written; the text says why and what to do."""


class Cancelled(Exception):
    """Somebody said stop."""


def render_wav(
    song: Song,
    folder: Path,
    *,
    renderer: Path,
    soundfont: Path,
    bits: Bits,
    report: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Path:
    """Render a song (see `editor.files.song`) to ``audio.wav`` in `folder` and return its path.

    `report` hears the share that is done (0-1), `cancelled` is asked five times a second.

    Raises:
        RenderError: Node, its bundle or the SoundFont is missing, or rendering failed.
        Cancelled: `cancelled` said so; the subprocess is gone by then.
    """
    node = shutil.which("node")
    if node is None:
        raise RenderError("Node is missing on the server, so it can't render sound. Install Node.")
    if not renderer.is_file():
        raise RenderError(
            "The sound renderer is not built. Run python3 manage.py start once to build it."
        )
    if not soundfont.is_file():
        raise RenderError(f"The SoundFont {soundfont.name} is missing. Set SOUNDFONT_PATH to one.")
    source, raw, target = folder / "song.json", folder / "audio.f32", folder / "audio.wav"
    source.write_text(json.dumps(song), encoding="utf-8")
    command = [node, str(renderer), "--soundfont", str(soundfont)]
    command += ["--in", str(source), "--out", str(raw), "--while-stdin"]
    try:
        _run(command, report, cancelled)
        _write_wav(raw, target, song["sampleRate"], bits, cancelled)
    finally:
        source.unlink(missing_ok=True)
        raw.unlink(missing_ok=True)
    report(1.0)
    return target


def _run(
    command: list[str], report: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    # Node ends with its stdin, and that with this process, however it dies.
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=complaints,
            stdin=subprocess.PIPE,
        ) as process,
    ):
        # Rendering gives way to whatever people are doing now.
        os.setpriority(os.PRIO_PROCESS, process.pid, 10)
        assert process.stdout is not None
        try:
            with selectors.DefaultSelector() as waiting:
                waiting.register(process.stdout, selectors.EVENT_READ)
                os.set_blocking(process.stdout.fileno(), False)
                tail = b""
                while True:
                    if cancelled():
                        raise Cancelled
                    if time.monotonic() > until:
                        raise RenderError("Rendering takes longer than a quarter of an hour.")
                    if not waiting.select(_POLL_SECONDS):
                        continue
                    chunk = process.stdout.read()
                    if chunk == b"":
                        break
                    *lines, tail = (tail + (chunk or b"")).split(b"\n")
                    for line in lines[-1:]:
                        word, _, share = line.partition(b" ")
                        if word == b"progress":
                            # The last twentieth is for writing the file.
                            report(0.95 * float(share))
            try:
                status = process.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                raise RenderError("The sound renderer does not end. Start it again.") from None
            if status != 0:
                complaints.seek(0)
                said = complaints.read().decode("utf-8", "replace").strip()
                raise RenderError(f"Rendering failed: {said[-300:] or 'no reason was given'}.")
        finally:
            process.kill()


def _write_wav(
    raw: Path, target: Path, rate: int, bits: Bits, cancelled: Callable[[], bool]
) -> None:
    """Interleaved stereo float32 to PCM. A song beyond full scale is turned down as a whole."""
    import numpy as np  # loading it takes longer than most answers of the server
    import soundfile

    frames = np.memmap(raw, dtype="<f4", mode="r").reshape(-1, 2)  # (frames, 2)
    blocks = range(0, len(frames), _BLOCK_FRAMES)
    peak = max((float(np.abs(frames[at : at + _BLOCK_FRAMES]).max()) for at in blocks), default=0.0)
    gain = np.float32(1.0 if peak <= 1.0 else 1.0 / peak)
    with soundfile.SoundFile(target, "w", rate, 2, f"PCM_{bits}", format="WAV") as file:
        for at in blocks:
            if cancelled():
                raise Cancelled
            file.write(frames[at : at + _BLOCK_FRAMES] * gain)
