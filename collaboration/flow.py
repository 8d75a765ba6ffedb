"""Flow control of one socket: what it was sent, what it has received, whether to go on.

A socket that reads slowly is not buffered for. It falls behind the journal instead, which costs
one number, and is brought up to date from there once it has received what it was sent.
"""

import time
from collections.abc import Callable
from typing import Final

WINDOW_BYTES: Final = 1024 * 1024
"""What may be under way to a socket, beyond a first synchronisation."""
PROBE_BYTES: Final = 256 * 1024
"""After so many bytes a stock client is asked for a receipt."""
STALL_SECONDS: Final = 18.0
"""Silence after which a socket is closed; noticing and closing take up to 2 s more."""
SLOWEST_BYTES: Final = 256 * 1024
"""Bytes a second that a first synchronisation, which may be long, has to be read at."""


class Flow:
    """Counts the bytes of a socket. `speaks` says whether it sends `got` by itself.

    A stock client gives receipts by answering a SyncStep1, which `wants_probe` asks for.
    """

    __slots__ = ("_clock", "_due", "_probed_at", "_received", "_sent", "_waiting_since", "speaks")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent = 0
        self._received = 0
        self._waiting_since: float | None = None
        self._probed_at: int | None = None
        self._due = 0
        self.speaks = False

    @property
    def under_way(self) -> int:
        """Bytes that were sent and not yet received, as far as we know."""
        return self._sent - self._received

    @property
    def open(self) -> bool:
        """Whether more may be sent."""
        return self.under_way < WINDOW_BYTES

    @property
    def wants_probe(self) -> bool:
        """Whether a stock client should be asked for a receipt now."""
        return not self.speaks and self._probed_at is None and self.under_way >= PROBE_BYTES

    @property
    def stalled(self) -> bool:
        """Whether a receipt is overdue."""
        since = self._waiting_since
        extra = max(0, self.under_way - WINDOW_BYTES) / SLOWEST_BYTES
        return since is not None and self._clock() - since > STALL_SECONDS + extra

    def hello(self) -> None:
        """The client sends receipts by itself; what it got before counts from now on."""
        self.speaks = True
        self._probed_at = None
        if self.under_way:
            self._waiting_since = self._clock()

    def sent(self, size: int) -> None:
        """So many bytes go out."""
        self._sent += size
        if self.speaks and self._waiting_since is None:
            self._waiting_since = self._clock()

    def probed(self, due: int = 1) -> None:
        """A SyncStep1 has been sent as a probe: its answer is a receipt for all until here.

        `due` counts the answers under way, that to the probe included; it comes last of them.
        """
        self._due = due
        self._probed_at = self._sent
        self._waiting_since = self._clock()

    def got(self, total: int) -> bool:
        """Our client has received `total` bytes in all; False when it claims the impossible."""
        if not self._received <= total <= self._sent:
            return False
        self._received = total
        self._waiting_since = self._clock() if self.under_way else None
        return True

    def answered(self) -> None:
        """A stock client has sent a SyncStep2."""
        self._due -= 1
        if self._probed_at is not None and not self.speaks and self._due <= 0:
            self._received = self._probed_at
            self._probed_at = None
            self._waiting_since = None
