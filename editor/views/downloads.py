"""Files that people take home."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

BLOCK: Final = 1 << 18


def download(data: bytes, *, name: str, kind: str) -> HttpResponse:
    """Bytes at hand, to be saved as `name`; `kind` is their media type."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = _attachment(name)
    response["Cache-Control"] = "no-store"
    return response


def stream(path: Path, *, name: str, kind: str) -> HttpResponseBase:
    """A file of any size, to be saved as `name`; it is read as fast as it is taken."""
    response = StreamingHttpResponse(_blocks(path), content_type=kind)
    response["Content-Length"] = str(path.stat().st_size)
    response["Content-Disposition"] = _attachment(name)
    response["Cache-Control"] = "no-store"
    return response


def _attachment(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while block := await asyncio.to_thread(file.read, BLOCK):
            yield block
