"""The new part of an update that begins with what is known already.

Structs under known clocks are skipped by every CRDT, whatever they say. Of a struct that is known
in part Yrs takes the rest with the key that the struct names, but stores it as a value that
follows its own known part: if the two disagree, the document in memory shows what no stored byte
says. So we cut first, and what is applied is what is stored.
"""

from collections.abc import Mapping

from collaboration import wire
from collaboration.update_decoder import (
    ANY,
    HAS_ORIGIN,
    UpdateSummary,
    read_struct,
    skip_head,
    skip_value,
)
from collaboration.wire import Reader


def trimmed(update: bytes, state: Mapping[int, int]) -> bytes:
    """`update` without the structs, and the parts of structs, that `state` (clocks) knows.

    Raises:
        MalformedError, RefusedError: what `summarize` would raise.
    """
    reader = Reader(update)
    blocks = []
    for _ in range(reader.uint()):
        block = _block(reader, state)
        if block:
            blocks.append(block)
    return wire.uint(len(blocks)) + b"".join(blocks) + reader.rest()


def _block(reader: Reader, state: Mapping[int, int]) -> bytes:
    count, client, clock = reader.uint(), reader.uint(), reader.uint()
    known = state.get(client, 0)
    summary = UpdateSummary()
    kept, first, begin, cut = 0, clock, reader.position, b""
    for _ in range(count):
        start, position = clock, reader.position
        clock += read_struct(reader, client, clock, summary)
        if clock <= known:
            first, begin = clock, reader.position
            continue
        if start < known:
            cut = _rest(reader.data[position : reader.position], client, known, known - start)
            first, begin = known, reader.position
        kept += 1
    if not kept:
        return b""
    head = wire.uint(kept) + wire.uint(client) + wire.uint(first)
    return head + cut + reader.data[begin : reader.position]


def _rest(struct: bytes, client: int, clock: int, known: int) -> bytes:
    """What is left of a struct behind its first `known` clocks; it begins at `clock`."""
    reader = Reader(struct)
    kind = skip_head(reader)
    if kind is None:
        return b"\x00" + wire.uint(reader.uint() - known)
    left = wire.uint(reader.uint() - known)
    if kind == ANY:
        for _ in range(known):
            skip_value(reader)
    origin = wire.uint(client) + wire.uint(clock - 1)
    return bytes((HAS_ORIGIN | kind,)) + origin + left + reader.rest()
