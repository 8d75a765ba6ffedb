"""Scores into sound files, in the background, with progress.

What is known of a rendering lies in its folder under ``$ANTIPHON_HOME/renders``, so that any
process can tell how far it is and can stop it.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

from collaboration import services as live
from editor.files.song import Song, song_of, song_seconds
from editor.files.wav import Bits, Cancelled, RenderError, render_wav
from editor.models import Person
from editor.score.ids import is_id, new_id
from editor.services.refused import Gone, NotThere, TooMany, Unfit
from editor.services.rights import score_for
from editor.services.token_bucket import RENDERS
from editor.soundfont import SoundFontMissing, current_soundfont

State = Literal["running", "done", "failed", "cancelled"]

RENDER_LENGTH: Final = 16
LONGEST_SONG_SECONDS: Final = 30 * 60
KEPT_SECONDS: Final = 3600
KEPT_BYTES: Final = 2 * 1024**3
"""How much the sound files of the last hour may take together."""

OPEN_A_PERSON: Final = 2
OPEN_A_SERVER: Final = 8
"""How many renderings run or wait; each holds its song."""

SILENT_SECONDS: Final = 60
"""A rendering that says nothing for so long has lost its process."""

_AT_ONCE: Final = threading.BoundedSemaphore(1)
"""One at a time in a process: composing people need the cores more."""

_turn = threading.Lock()
_open: dict[str, int] = {}
"""Renderings of this process that run or wait, and whose they are."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering: of which score, how far (0-1), and why not further."""

    score: str
    title: str
    state: State = "running"
    progress: float = 0.0
    text: str | None = None


def do_start_render(person: Person, score_id: str, *, bits: Bits) -> str:
    """Begin to render a score as it is now; the id of the rendering.

    Raises:
        NotThere, Gone, NoRight, TooOften: see `score_for`.
        TooMany: the person, or the server, has enough under way.
        Unfit: there is nothing to hear, or too much.
    """
    _sweep()
    score, _ = score_for(person, score_id)
    RENDERS.take(person.pk)
    content, _ = live.read(score.pk)
    if not content.notes:
        raise Unfit("nothing_to_render", "This score has no notes yet.")
    if song_seconds(content) > LONGEST_SONG_SECONDS:
        raise Unfit("too_long_to_render", "Sound files are made of scores up to 30 minutes long.")
    render = new_id(RENDER_LENGTH)
    _take_place(render, person.pk)
    try:
        folder = _folder(render)
        folder.mkdir(parents=True)
        rendering = Rendering(score=score.pk, title=score.title)
        _write(folder, rendering)
        song = song_of(content)
        threading.Thread(
            target=_work, args=(folder, rendering, song, bits), name=f"render-{render}", daemon=True
        ).start()
    except BaseException:
        _open.pop(render, None)
        raise
    return render


def _take_place(render: str, person: int) -> None:
    """Raises TooMany; whoever gets a place gives it back by ending. A stopped one needs none."""
    with _turn:
        going = [whose for known, whose in list(_open.items()) if not _stopped(known)]
        if going.count(person) >= OPEN_A_PERSON:
            raise TooMany(
                "renders_own", "Two of your sound files are under way. Wait for one to end."
            )
        if len(going) >= OPEN_A_SERVER:
            raise TooMany("renders_full", "The server makes many sound files now. Try again soon.")
        _open[render] = person


def _stopped(render: str) -> bool:
    return (_folder(render) / "cancel").exists()


def rendering_of(person: Person, score_id: str, render: str) -> Rendering:
    """How far a rendering is.

    Raises:
        NotThere, Gone, NoRight: see `score_for`; NotThere also for an unknown rendering, or one
            that was cleaned up.
    """
    score_for(person, score_id)
    _sweep()
    return _known(score_id, render)


def audio_file(person: Person, score_id: str, render: str) -> tuple[Rendering, Path]:
    """The sound file of a rendering that is done.

    Raises:
        NotThere, Gone, NoRight: see `rendering_of`; Gone also when it is not done.
    """
    rendering = rendering_of(person, score_id, render)
    path = _folder(render) / "audio.wav"
    if rendering.state != "done" or not path.is_file():
        raise Gone("render_unfinished", "This sound file is not ready.")
    return rendering, path


def do_cancel_render(person: Person, score_id: str, render: str) -> None:
    """Stop a rendering; one that has ended already stays as it is.

    Raises:
        NotThere, Gone, NoRight: see `rendering_of`.
    """
    if rendering_of(person, score_id, render).state == "running":
        (_folder(render) / "cancel").touch()


def _known(score_id: str, render: str) -> Rendering:
    unknown = NotThere("render_none", "There is no such rendering. Start it again.")
    if not is_id(render, RENDER_LENGTH):
        raise unknown
    path = _folder(render) / "state.json"
    try:
        rendering = Rendering(**json.loads(path.read_text(encoding="utf-8")))
        silent = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        raise unknown from None
    if rendering.score != score_id:
        raise unknown
    if rendering.state == "running" and (path.parent / "cancel").exists():
        return replace(rendering, state="cancelled", progress=0.0)
    if rendering.state == "running" and silent > SILENT_SECONDS:
        return replace(rendering, state="failed", text="The server was restarted. Start it again.")
    return rendering


def _work(folder: Path, rendering: Rendering, song: Song, bits: Bits) -> None:
    said = time.monotonic()

    def report(share: float) -> None:
        nonlocal said
        if time.monotonic() - said > 0.2:
            said = time.monotonic()
            _write(folder, replace(rendering, progress=share))

    def cancelled() -> bool:
        return (folder / "cancel").exists()

    try:
        while not _AT_ONCE.acquire(timeout=0.2):
            if cancelled():
                raise Cancelled
            os.utime(folder / "state.json")
        try:
            render_wav(
                song,
                folder,
                renderer=settings.BUNDLE / "render" / "render.mjs",
                soundfont=current_soundfont().path,
                bits=bits,
                report=report,
                cancelled=cancelled,
            )
        finally:
            _AT_ONCE.release()
        ended = replace(rendering, state="done", progress=1.0)
    except Cancelled:
        (folder / "audio.wav").unlink(missing_ok=True)
        ended = replace(rendering, state="cancelled")
    except (RenderError, SoundFontMissing) as error:
        ended = replace(rendering, state="failed", text=str(error))
    except Exception:
        _log.exception("rendering %s failed", folder.name)
        ended = replace(rendering, state="failed", text="Rendering failed. Start it again.")
    try:
        _write(folder, ended)
    finally:
        _open.pop(folder.name, None)
    _sweep()


def _folder(render: str) -> Path:
    return Path(settings.HOME.root) / "renders" / render


def _write(folder: Path, rendering: Rendering) -> None:
    """Readers see the state before or after, never half of it."""
    draft = folder / "state.draft"
    draft.write_text(json.dumps(asdict(rendering)), encoding="utf-8")
    draft.replace(folder / "state.json")


def _sweep() -> None:
    """Remove what was rendered more than an hour ago, and the oldest of what takes too much."""
    home = Path(settings.HOME.root) / "renders"
    try:
        folders = [path for path in home.iterdir() if path.name not in _open]
    except FileNotFoundError:
        return
    room = KEPT_BYTES
    for changed, folder in sorted(((_changed(path), path) for path in folders), reverse=True):
        room -= sum(_size(file) for file in folder.glob("audio.*"))
        if room < 0 or time.time() - changed > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _changed(folder: Path) -> float:
    """When a rendering last said something; now, where another sweep has just removed it."""
    for path in (folder / "state.json", folder):
        try:
            return path.stat().st_mtime
        except FileNotFoundError:
            continue
    return time.time()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
