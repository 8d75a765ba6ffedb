"""Long frames that arrive in parts, put together again."""

from collaboration import limits
from collaboration.protocol import Part
from collaboration.wire import MalformedError


class Assembly:
    """Collects the parts of one long frame of a socket at a time, in order."""

    __slots__ = ("_bytes", "_count", "_id", "_parts")

    def __init__(self) -> None:
        self._id = -1
        self._count = 0
        self._bytes = 0
        self._parts: list[bytes] = []

    def add(self, part: Part) -> bytes | None:
        """The whole frame once its last part is in, else None.

        Raises:
            MalformedError: parts out of order, of two frames at once, or too many bytes.
        """
        if part.index == 0 and not self._parts:
            self._id, self._count = part.id, part.count
        elif (part.id, part.count, part.index) != (self._id, self._count, len(self._parts)):
            raise MalformedError("parts of a message are out of order")
        self._bytes += len(part.payload)
        if len(part.payload) > limits.PART_BYTES or self._bytes > limits.MESSAGE_BYTES:
            raise MalformedError("a message in parts is too long")
        if not part.payload and part.count > 1:
            raise MalformedError("a part is empty")
        self._parts.append(part.payload)
        if len(self._parts) < self._count:
            return None
        whole = b"".join(self._parts)
        self._parts, self._bytes = [], 0
        return whole
