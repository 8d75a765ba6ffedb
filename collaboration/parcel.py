"""An update on its way to many sockets, in the shapes that they can take."""

from functools import cached_property

from collaboration import limits, protocol
from collaboration.update_splitter import split

MARGIN = 64
"""Room for the head of a frame."""


class Parcel:
    """An update as a sync frame of `step`, and as frames short enough for a stock client."""

    def __init__(self, step: int, update: bytes) -> None:
        self._step = step
        self._update = update

    @cached_property
    def frame(self) -> bytes:
        """All of it as one frame, however long."""
        return protocol.sync(self._step, self._update)

    @cached_property
    def pieces(self) -> list[bytes]:
        """All of it as frames of at most 1 MiB; only the last is of `step`.

        So a stock client that is told "this is what you lack" by the last one has everything.
        """
        updates = split(self._update, limits.FRAME_BYTES - MARGIN)
        *before, last = updates
        frames = [protocol.sync(protocol.UPDATE, update) for update in before]
        return [*frames, protocol.sync(self._step, last)]

    @property
    def long(self) -> bool:
        """Whether cutting it takes a while."""
        return len(self._update) > limits.FRAME_BYTES - MARGIN
