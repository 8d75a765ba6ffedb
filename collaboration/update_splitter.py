"""A long update as several shorter ones that mean the same together.

A stock client can't put parts together, and a server may not send a message of more than 1 MiB.
Yjs keeps what it can't place yet until the rest arrives, so structs may be cut anywhere.
"""

from collections.abc import Iterator

from collaboration import wire
from collaboration.update_decoder import UpdateSummary, read_struct
from collaboration.wire import Reader

HEAD_BYTES = 32
"""More than a client's head in an update takes."""


def split(update: bytes, size: int) -> list[bytes]:
    """`update` as updates of at most about `size` bytes each, in the order of its structs.

    Raises:
        MalformedError, RefusedError: what `summarize` would raise.
    """
    if len(update) <= size:
        return [update]
    reader = Reader(update)
    pieces: list[bytes] = []
    for _ in range(reader.uint()):
        pieces += _structs(reader, size)
    pieces += _deletions(reader, size)
    return pieces


def _structs(reader: Reader, size: int) -> Iterator[bytes]:
    left, client, clock = reader.uint(), reader.uint(), reader.uint()
    summary = UpdateSummary()
    while left:
        first, begin, count = clock, reader.position, 0
        while left and reader.position - begin < size - HEAD_BYTES:
            clock += read_struct(reader, client, clock, summary)
            count += 1
            left -= 1
        summary.opened.clear()
        head = wire.uint(count) + wire.uint(client) + wire.uint(first)
        yield b"\x01" + head + reader.data[begin : reader.position] + b"\x00"


def _deletions(reader: Reader, size: int) -> Iterator[bytes]:
    for _ in range(reader.uint()):
        client, left = reader.uint(), reader.uint()
        while left:
            begin, count = reader.position, 0
            while left and reader.position - begin < size - HEAD_BYTES:
                reader.uint()
                reader.uint()
                count += 1
                left -= 1
            head = wire.uint(client) + wire.uint(count)
            yield b"\x00\x01" + head + reader.data[begin : reader.position]
