"""Lets the server close sockets with 1012 (restart) and 1013 (later).

Autobahn keeps applications to 1000 and 3000-4999 and raises an error otherwise, so that the
socket would stay open. These two are a server's own to send: IANA's registry of close codes
knows them as "Service Restart" and "Try Again Later".
"""

from __future__ import annotations

from typing import Final

from daphne.ws_protocol import WebSocketProtocol

SERVERS_OWN: Final = frozenset({1012, 1013})


class CandidProtocol(WebSocketProtocol):  # type: ignore[misc]
    """A WebSocket connection that can say that the server restarts or is in trouble."""

    def serverClose(self, code: int | None = None) -> None:
        """Close the socket with `code`; 1000 when there is none."""
        if code in SERVERS_OWN:
            self.sendCloseFrame(code=code, isReply=False)
        else:
            super().serverClose(code)
