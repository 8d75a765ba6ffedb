"""Refuses a request's body while it arrives, before it fills the disk.

Daphne hands a request to the application when all of its body is there, so that the application
itself can't stop a body that is too large; the reader of the connection can.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, Final

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory

from editor.serving.close_codes import CandidProtocol

LARGEST_BODY: Final = 24 * 1024 * 1024
"""Bytes: a MIDI file is at most 20 MB, a form around it needs a little more."""

LINGER_SECONDS: Final = 5.0
"""Who still sends is listened to for so long, or the answer would be lost on its way."""


def _answer(status: bytes, code: str, text: str) -> bytes:
    body = json.dumps({"code": code, "text": text}).encode()
    head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    return head % (status, len(body)) + b"Connection: close\r\n\r\n" + body


_TOO_LARGE: Final = _answer(
    b"413 Request Entity Too Large",
    "file_too_large",
    "This file is larger than 20 MB, the most we open.",
)
_FORMLESS: Final = _answer(
    b"400 Bad Request", "bad_request", "The server does not understand this request."
)


class BoundedRequest(WebRequest):  # type: ignore[misc]
    """A request whose body ends with 413 as soon as it is, or says that it is, too large."""

    taken = 0
    refused = False

    def gotLength(self, length: int | None) -> None:
        """The headers are read; `length` is what they say of the body."""
        if length is not None and length > LARGEST_BODY:
            self.content = BytesIO()
            self._refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:
        """A piece of the body, which counts whether it was announced or not."""
        self.taken += len(data)
        if not self.refused and self.taken > LARGEST_BODY:
            self.content.close()
            self.content = BytesIO()
            self._refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        """Everything has arrived. Twisted would answer a form without a boundary with no word."""
        kind = (self.requestHeaders.getRawHeaders(b"content-type") or [b""])[-1].lower()
        if kind.startswith(b"multipart/form-data") and b"boundary=" not in kind:
            self.channel.transport.write(_FORMLESS)
            self.channel.loseConnection()
        else:
            super().requestReceived(command, path, version)

    def process(self) -> Any:
        """All of the body is there. One that was refused goes no further."""
        if self.refused:
            self.channel.loseConnection()
            return None
        return super().process()

    def _refuse(self) -> None:
        self.refused = True
        transport = self.channel.transport
        transport.write(_TOO_LARGE)
        self.channel.callLater(LINGER_SECONDS, transport.abortConnection)


class _BoundedFactory(HTTPFactory):  # type: ignore[misc]
    def buildProtocol(self, addr: object) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol


class BoundedServer(Server):  # type: ignore[misc]
    """Daphne, with a limit to bodies and with the close codes of a server."""

    @property
    def http_factory(self) -> HTTPFactory:
        """What makes a connection's protocol; Daphne sets its own when it starts."""
        return self._bounded

    @http_factory.setter
    def http_factory(self, factory: HTTPFactory) -> None:
        self._bounded = _BoundedFactory(factory.server)

    @property
    def ws_factory(self) -> WebSocketFactory:
        """What makes a socket's protocol; Daphne sets its own when it starts."""
        return self._candid

    @ws_factory.setter
    def ws_factory(self, factory: WebSocketFactory) -> None:
        factory.protocol = CandidProtocol
        self._candid = factory
