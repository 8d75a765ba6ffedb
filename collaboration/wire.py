"""Variable-length integers, strings and byte strings as Yjs puts them on the wire.

Unsigned integers carry seven bits a byte, lowest first, the high bit meaning "more follows".
Signed ones spend bit 6 of the first byte on the sign. Strings are UTF-8 behind their length.
"""

from typing import Final

MAX_UINT: Final = 2**53 - 1
"""The largest integer that a JavaScript peer can hold exactly."""


class MalformedError(ValueError):
    """Bytes that are not what the wire format says."""


class Reader:
    """Reads values one after the other from `data`, from `position` on."""

    __slots__ = ("data", "end", "position")

    def __init__(self, data: bytes, position: int = 0) -> None:
        self.data = data
        self.position = position
        self.end = len(data)

    @property
    def finished(self) -> bool:
        """Whether nothing is left."""
        return self.position >= self.end

    def byte(self) -> int:
        """One byte as an integer 0-255."""
        if self.position >= self.end:
            raise MalformedError("the message ends too early")
        value = self.data[self.position]
        self.position += 1
        return value

    def uint(self) -> int:
        """An unsigned integer of at most 53 bits."""
        data, position = self.data, self.position
        try:
            value = data[position]
            position += 1
            if value >= 0x80:
                value &= 0x7F
                shift = 7
                while True:
                    byte = data[position]
                    position += 1
                    value |= (byte & 0x7F) << shift
                    if byte < 0x80:
                        break
                    shift += 7
                    if shift > 56:
                        raise MalformedError("an integer is too long")
        except IndexError:
            raise MalformedError("the message ends too early") from None
        if value > MAX_UINT:
            raise MalformedError("an integer is too large")
        self.position = position
        return value

    def sint(self) -> int:
        """A signed integer of at most 53 bits and a sign."""
        first = self.byte()
        value = first & 0x3F
        negative = bool(first & 0x40)
        shift = 6
        more = first & 0x80
        while more:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            more = byte & 0x80
            if shift > 62:
                raise MalformedError("an integer is too long")
        if value > MAX_UINT:
            raise MalformedError("an integer is too large")
        return -value if negative else value

    def take(self, length: int) -> bytes:
        """The next `length` bytes."""
        start = self.position
        stop = start + length
        if stop > self.end:
            raise MalformedError("the message ends too early")
        self.position = stop
        return self.data[start:stop]

    def blob(self) -> bytes:
        """A byte string behind its length."""
        return self.take(self.uint())

    def text(self) -> str:
        """A UTF-8 string behind its length in bytes."""
        raw = self.blob()
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise MalformedError("a string is not UTF-8") from None

    def rest(self) -> bytes:
        """Everything that is left."""
        return self.take(self.end - self.position)


def uint(value: int) -> bytes:
    """`value` (0 or more) as a variable-length unsigned integer."""
    if value < 0x80:
        return bytes((value,))
    out = bytearray()
    while value >= 0x80:
        out.append(0x80 | (value & 0x7F))
        value >>= 7
    out.append(value)
    return bytes(out)


def sint(value: int) -> bytes:
    """`value` as a variable-length signed integer."""
    sign = 0x40 if value < 0 else 0
    value = abs(value)
    if value < 0x40:
        return bytes((sign | value,))
    return bytes((0x80 | sign | (value & 0x3F),)) + uint(value >> 6)


def blob(value: bytes) -> bytes:
    """`value` behind its length."""
    return uint(len(value)) + value


def text(value: str) -> bytes:
    """`value` as UTF-8 behind its length in bytes."""
    return blob(value.encode())
