"""The SoundFont, at an address that names its content and so never changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse

from editor.soundfont import SoundFontMissing, current_soundfont

BLOCK = 1 << 18


async def soundfont(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Send the font whose SHA-256 begins with `digest`; 404 when it is not the current one."""
    try:
        font = await asyncio.to_thread(current_soundfont)
    except SoundFontMissing as error:
        return JsonResponse({"code": "soundfont_missing", "text": str(error)}, status=503)
    if digest != font.digest:
        text = "This SoundFont is no longer in use. Reload the page to get the current one."
        return JsonResponse({"code": "soundfont_changed", "text": text}, status=404)
    response = StreamingHttpResponse(_blocks(font.path), content_type="audio/x-soundfont")
    response["Content-Length"] = str(font.size)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{font.digest}"'
    return response


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while block := await asyncio.to_thread(file.read, BLOCK):
            yield block
