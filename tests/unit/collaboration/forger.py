"""Updates byte by byte, as nobody's editor would write them."""

import random
from typing import Final

from collaboration.wire import sint, text, uint

Id = tuple[int, int]

PLACES: Final = [
    ("notes", "note000000"), ("notes", "note000001"), ("notes", "note000002"),
    ("tempo", "0"), ("tempo", "480"), ("meter", "0"),
    ("noteAttrs", "note000001:lyric"), ("tracks", "trackAb1:color"),
]  # fmt: skip
RIGHT: Final = [["trackAb1", 60, 0, 10, 64], ["trackAb1", 72, 480, 5, 9], [400_000, 1], [3, 4], 3]


def encoded(value: object) -> bytes:
    """A whole number, a text, or a list of them, as content."""
    if isinstance(value, list):
        return b"\x75" + uint(len(value)) + b"".join(map(encoded, value))
    if isinstance(value, str):
        return b"\x77" + text(value)
    assert isinstance(value, int)
    return b"\x7d" + sint(value)


ODD: Final = [
    b"\x7f", b"\x7e", b"\x78", b"\x79", b"\x7d\x40",
    b"\x7b\x7f\xf8\0\0\0\0\0\0", b"\x7b\x7f\xf0\0\0\0\0\0\0", b"\x7c\x7f\xc0\0\0",
    b"\x7b\x40\x4e\x33\x33\x33\x33\x33\x33",
    b"\x7d\xbf\xff\xff\xff\xff\xff\xff\x0f", b"\x7d\xbf\xff\xff\xff\xff\xff\xff\x7f",
    b"\x7d\xbf\xff\xff\xff\xff\xff\xff\xff\x7f", b"\x7a\0\0\0\0\0\0\0\1", b"\x76\1\1a\x7d\1",
    b"\x75\x01\x7f", b"\x75\x05" + encoded("trackAb1") + b"\x7f\x7e\x78\x7d\x01",
    *map(encoded, [["trackAb1", 200, -5, 0, 0], "x", "", "a\0b", [], "\U0001f3b5" * 1100]),
]  # fmt: skip


class Forger:
    """Draws updates at random, plausible in their clocks and in little else."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.known: dict[int, int] = {}
        """The clocks that the server knows."""

    def update(self, clients: list[int]) -> bytes:
        """New, repeated and contradicting structs of some of these clients, and deletions."""
        chance = self.chance
        written = chance.sample(clients, chance.randrange(len(clients) + 1))
        ends, body, fresh = dict(self.known), b"", list[Id]()
        for client in written:
            first = self.known.get(client, 0)
            if chance.random() < 0.2:
                first = max(0, first - chance.randrange(4))
            clock, structs, count = first, b"", chance.randrange(1, 5)
            for _ in range(count):
                length, struct = self._struct(fresh)
                structs += struct
                fresh += [(client, clock + offset) for offset in range(length)]
                clock += length
            body += uint(count) + uint(client) + uint(first) + structs
            ends[client] = max(clock, ends.get(client, 0))
        whole = uint(len(written)) + body + self._deletions(ends)
        return self._damaged(whole) if chance.random() < 0.1 else whole

    def _struct(self, fresh: list[Id]) -> tuple[int, bytes]:
        chance = self.chance
        length = chance.choice([1, 1, 1, 2, 3])
        if chance.random() < 0.02:
            return length, chance.choice([b"\0", b"\x0a"]) + uint(length)
        kind = 1 if chance.random() < 0.3 else 8
        old = [(client, chance.randrange(end)) for client, end in self.known.items() if end]
        if (old or fresh) and chance.random() < 0.6:
            client, clock = chance.choice(old * 2 + fresh)
            head = bytes((0x80 | kind | chance.choice([0, 0, 0x20]),)) + uint(client) + uint(clock)
        else:
            root, key = chance.choice(PLACES)
            head = bytes((0x20 | kind,)) + b"\x01" + text(root) + text(key)
        values = b"".join(self._value() for _ in range(length)) if kind == 8 else b""
        return length, head + uint(length) + values

    def _value(self) -> bytes:
        chance = self.chance
        return encoded(chance.choice(RIGHT)) if chance.random() < 0.75 else chance.choice(ODD)

    def _deletions(self, ends: dict[int, int]) -> bytes:
        chance, body, count = self.chance, b"", 0
        for client, end in ends.items():
            if end and chance.random() < 0.25:
                ranges = [
                    (chance.randrange(end), chance.choice([1, 1, 1, 1, 0, 2, 3]))
                    for _ in range(chance.randrange(1, 3))
                ]
                body += uint(client) + uint(len(ranges))
                body += b"".join(uint(clock) + uint(length) for clock, length in ranges)
                count += 1
        return uint(count) + body

    def _damaged(self, update: bytes) -> bytes:
        chance, damaged = self.chance, bytearray(update)
        place = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                damaged[place] ^= 1 << chance.randrange(8)
            case 1:
                del damaged[place:]
            case 2:
                damaged[place:place] = chance.randbytes(chance.randrange(1, 5))
            case _:
                del damaged[place : place + chance.randrange(1, 5)]
        return bytes(damaged)
