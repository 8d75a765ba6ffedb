"""How much a socket and a score may carry (SPEC L)."""

import time
from collections.abc import Callable
from typing import Final

FRAME_BYTES: Final = 1024 * 1024
PART_BYTES: Final = 512 * 1024
MESSAGE_BYTES: Final = 16 * 1024 * 1024
PRIVATE_BYTES: Final = 64 * 1024
PRIVATE_PER_SECOND: Final = 200
PRIVATE_BURST: Final = 2000
"""Private frames that are read at all: receipts are among them, so there may be many."""
LIVE_NOTES: Final = 100_000
DOCUMENT_BYTES: Final = 64 * 1024 * 1024
DELETED_RANGES: Final = 1_000_000
"""Single stretches of clocks that one update deletes."""
NEW_CLIENTS: Final = 1_000
"""Client ids that one update brings and nobody knew: as many reloads of a page offline."""
UPDATES_PER_SECOND: Final = 30
UPDATE_BURST: Final = 120
PRESENCE_BYTES: Final = 4 * 1024
PRESENCE_PER_SECOND: Final = 15
SYNCS_PER_SECOND: Final = 1
SYNC_BURST: Final = 10
"""How often a client may ask for the whole document."""
HEARD_PER_SECOND: Final = 60
HEARD_BURST: Final = 240
"""Presence frames that are read at all: stock clients send back what they hear."""
PENDING_BYTES: Final = 64 * 1024 * 1024
"""What a room holds unstored before it asks writers to come back later."""


def told() -> dict[str, int]:
    """The limits as `welcome` tells them."""
    return {
        "frame": FRAME_BYTES,
        "part": PART_BYTES,
        "message": MESSAGE_BYTES,
        "notes": LIVE_NOTES,
        "document": DOCUMENT_BYTES,
        "updatesPerSecond": UPDATES_PER_SECOND,
        "burst": UPDATE_BURST,
        "presenceBytes": PRESENCE_BYTES,
        "presencePerSecond": PRESENCE_PER_SECOND,
    }


class TokenBucket:
    """Lets `burst` through at once and `rate` a second in the long run."""

    __slots__ = ("_burst", "_clock", "_last", "_rate", "_tokens")

    def __init__(
        self, *, rate: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._last = clock()

    def take(self) -> bool:
        """Whether one more may pass now."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._last) * self._rate)
        self._last = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
