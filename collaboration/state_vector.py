"""State vectors: how many structs of each client are known."""

from collections.abc import Mapping

from collaboration import wire
from collaboration.wire import Reader


def encode(state: Mapping[int, int]) -> bytes:
    """The state vector as Yjs writes it."""
    out = bytearray(wire.uint(len(state)))
    for client, clock in state.items():
        out += wire.uint(client) + wire.uint(clock)
    return bytes(out)


def decode(data: bytes) -> dict[int, int]:
    """The clock by client; MalformedError for anything else."""
    reader = Reader(data)
    return {reader.uint(): reader.uint() for _ in range(reader.uint())}
