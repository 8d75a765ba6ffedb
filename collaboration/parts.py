"""Long frames that arrive in parts, put together again."""

from collaboration import limits
from collaboration.protocol import Part
from collaboration.wire import MalformedError


class Assembly:
    """Collects the parts of one long frame of a socket at a time, in order."""

    __slots__ = ("_bytes", "_count", "_id", "_next")

    def __init__(self) -> None:
        self._id = -1
        self._count = 0
        self._next = 0
        # One stretch of bytes: a list of tiny parts would take twenty times what they carry.
        self._bytes = bytearray()

    def add(self, part: Part) -> bytes | None:
        """The whole frame once its last part is in, else None.

        Raises:
            MalformedError: parts out of order, of two frames at once, or too many bytes.
        """
        if part.index == 0 and self._next == 0:
            self._id, self._count = part.id, part.count
        elif (part.id, part.count, part.index) != (self._id, self._count, self._next):
            raise MalformedError("parts of a message are out of order")
        if len(part.payload) > limits.PART_BYTES:
            raise MalformedError("a part is too long")
        if len(self._bytes) + len(part.payload) > limits.MESSAGE_BYTES:
            raise MalformedError("a message in parts is too long")
        if not part.payload and part.count > 1:
            raise MalformedError("a part is empty")
        self._bytes += part.payload
        self._next += 1
        if self._next < self._count:
            return None
        whole = bytes(self._bytes)
        self._bytes, self._next = bytearray(), 0
        return whole
