"""``/api/scores/{id}/renders``: sound files, made in the background."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from ninja import Router, Status

from editor.services.exporting import file_stem
from editor.services.rendering import (
    audio_file,
    do_cancel_render,
    do_start_render,
    rendering_of,
)
from editor.views.downloads import stream
from editor.views.scores import REFUSALS
from editor.views.session import caller
from editor.views.shapes import Problem, RenderIn, RenderOut, RenderStateOut

router = Router()


@router.post(
    "/{score_id}/renders",
    response={202: RenderOut, 422: Problem, 429: Problem, **REFUSALS},
)
def start_render(
    request: HttpRequest, score_id: str, wanted: RenderIn | None = None
) -> Status[RenderOut]:
    """Begin to render the score as it is now."""
    render = do_start_render(caller(request), score_id, bits=wanted.bits if wanted else 16)
    return Status(202, RenderOut(render=render))


@router.get("/{score_id}/renders/{render}", response={200: RenderStateOut, **REFUSALS})
def render_state(request: HttpRequest, score_id: str, render: str) -> RenderStateOut:
    """How far it is."""
    rendering = rendering_of(caller(request), score_id, render)
    return RenderStateOut(state=rendering.state, progress=rendering.progress, text=rendering.text)


@router.delete("/{score_id}/renders/{render}", response={204: None, **REFUSALS})
def cancel_render(request: HttpRequest, score_id: str, render: str) -> Status[None]:
    """Stop it."""
    do_cancel_render(caller(request), score_id, render)
    return Status(204, None)


@router.get("/{score_id}/renders/{render}/audio.wav", response={200: bytes, **REFUSALS})
def audio(request: HttpRequest, score_id: str, render: str) -> HttpResponseBase:
    """The WAV file, once it is done."""
    rendering, path = audio_file(caller(request), score_id, render)
    return stream(path, name=f"{file_stem(rendering.title)}.wav", kind="audio/wav")
