"""A document written anew: the same content and authors, without its past.

Every overwritten value leaves a trace in a CRDT document for ever. When traces outweigh content,
the content is written into an empty document, one client id per author, and that becomes a new
epoch of the score. Edits that build on the old document don't fit the new one any more, so
everybody loads it afresh and writes again what was not stored.
"""

from dataclasses import dataclass
from typing import Any, Final

from collaboration import document, update_encoder
from collaboration.authorship import authors
from collaboration.live_document import new_client_id
from collaboration.schema import Value

LARGE_BYTES: Final = 6 * 1024 * 1024
WORTHWHILE: Final = 1.5
"""How many times the fresh encoding a document has to be before it is written anew."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A document written anew: its encoding, and the person behind each of its client ids."""

    data: bytes
    owners: dict[int, int | None]


def renewed(encoded: bytes, owners: dict[int, int | None]) -> Renewal:
    """The content of an encoded document as a fresh one; `owners` are those of its client ids."""
    copy: Any = document.open_document()
    copy.apply_update(encoded)
    writer_of = authors(encoded)
    client_of: dict[int | None, int] = {}
    entries: dict[int, list[tuple[str, str, Value]]] = {}
    for root, values in document.canonical(copy).items():
        for key, value in values.items():
            person = owners.get(writer_of.get((root, key), 0))
            client = client_of.setdefault(person, new_client_id())
            entries.setdefault(client, []).append((root, key, value))
    people = {client: person for person, client in client_of.items()}
    return Renewal(update_encoder.encode_together(entries), people)


def worthwhile(encoded: bytes, renewal: Renewal) -> bool:
    """Whether a fresh document saves enough to trouble everybody."""
    return len(encoded) > LARGE_BYTES and len(encoded) > WORTHWHILE * len(renewal.data)
