"""The first fence: what a Yjs V1 update contains, read without applying it.

Yrs swallows updates with holes and keeps what depends on them aside, for ever if need be, and it
takes any content under any root. So we read the bytes ourselves first: which clocks an update
brings, which it builds on, which keys it opens. Only what a score is made of passes: values set
in, or deleted from, root maps that we know. One pass, O(update), nothing kept.
"""

from dataclasses import dataclass, field
from typing import Final

from collaboration import schema
from collaboration.wire import MAX_UINT, MalformedError, Reader

MAX_CLOCK: Final = 2**31 - 1

_GC: Final = 0
_DELETED: Final = 1
ANY: Final = 8
_SKIP: Final = 10
HAS_ORIGIN: Final = 0x80
_HAS_RIGHT_ORIGIN: Final = 0x40
_HAS_KEY: Final = 0x20

_ANY_INTEGER: Final = 125
_ANY_STRING: Final = 119
_ANY_ARRAY: Final = 117
_WIDTHS: Final = {127: 0, 126: 0, 124: 4, 123: 8, 121: 0, 120: 0}
"""Bytes after the tag of undefined, null, a float of 32 or 64 bits, false, true."""


class RefusedError(ValueError):
    """A well-formed update that brings something which has no place in a score."""


@dataclass(frozen=True, slots=True)
class Item:
    """One struct of a map: where it stands by itself, or the (client, clock) that it follows.

    `filled`: it holds a value, which may be deleted all the same.
    """

    client: int
    clock: int
    length: int
    place: tuple[str, str] | None
    origin: tuple[int, int] | None
    filled: bool


@dataclass(slots=True)
class UpdateSummary:
    """What an update brings and needs.

    `spans`: by client, the clocks `[first, end)` of its structs. `holes`: whether clocks are
    skipped between them. `garbage`: whether structs belong to nothing. `needs`: by client, how many
    clocks must be known for every origin and deletion to have a target. `opened`: (root, key) of
    values that name their key (all others follow an earlier value of the same key). `deletions`:
    how many clocks are deleted, `deleted` which (by client, ranges `[from, to)` in order). `items`
    are filled in only when they are asked for.
    """

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    holes: bool = False
    garbage: bool = False
    needs: dict[int, int] = field(default_factory=dict)
    opened: list[tuple[str, str]] = field(default_factory=list)
    deletions: int = 0
    items: list[Item] | None = None
    deleted: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def opened_notes(self) -> int:
        """How many of the opened keys are notes."""
        return sum(1 for root, _ in self.opened if root == "notes")


def summarize(
    update: bytes, *, items: bool = False, most_ranges: int | None = None
) -> UpdateSummary:
    """Read a whole update, with its single items when they are wanted.

    `most_ranges` bounds the deleted ranges that are read of a stranger's update: each takes two
    bytes there and some forty times as many here.

    Raises:
        MalformedError: the bytes are no V1 update, or contradict themselves.
        RefusedError: unknown roots, keys or kinds of content, or too many deleted ranges.
    """
    reader = Reader(update)
    summary = UpdateSummary(items=[] if items else None)
    for _ in range(reader.uint()):
        _read_structs(reader, summary)
    _read_deletions(reader, summary, most_ranges)
    if not reader.finished:
        raise MalformedError("an update is longer than it says")
    return summary


def _read_structs(reader: Reader, summary: UpdateSummary) -> None:
    count = reader.uint()
    client = reader.uint()
    clock = first = reader.uint()
    if client in summary.spans:
        raise MalformedError("an update lists a client twice")
    for _ in range(count):
        clock += read_struct(reader, client, clock, summary)
    summary.spans[client] = (first, clock)


def read_struct(reader: Reader, client: int, clock: int, summary: UpdateSummary) -> int:
    """Read the struct of `client` that begins at `clock` into a summary; how many clocks it has."""
    uint, needs = reader.uint, summary.needs
    place = follows = None
    info = reader.byte()
    if info == _SKIP:
        summary.holes = True
        length = uint()
    elif info == _GC:
        summary.garbage = True
        length = uint()
    else:
        if info & _HAS_RIGHT_ORIGIN:
            raise RefusedError("only values in maps belong to a score")
        if info & HAS_ORIGIN:
            # Root and key are those of the origin; merged updates even forget the key's flag.
            origin = uint()
            origin_clock = uint()
            if origin == client and origin_clock >= clock:
                raise MalformedError("a value follows one that does not precede it")
            if needs.get(origin, 0) <= origin_clock:
                needs[origin] = origin_clock + 1
            follows = (origin, origin_clock)
        else:
            if not info & _HAS_KEY:
                raise RefusedError("only values in maps belong to a score")
            if uint() != 1:
                raise RefusedError("nested types do not belong to a score")
            place = root, key = reader.text(), reader.text()
            if not schema.known_key(root, key):
                raise RefusedError(f"there is no {key[:64]!r} in {root[:64]!r}")
            summary.opened.append(place)
        kind = info & 0x1F
        if kind == ANY:
            length = uint()
            for _ in range(length):
                skip_value(reader)
        elif kind == _DELETED:
            length = uint()
        else:
            raise RefusedError("only plain values belong to a score")
        if summary.items is not None:
            summary.items.append(Item(client, clock, length, place, follows, kind == ANY))
    if length < 1:
        raise MalformedError("a struct is empty")
    if clock + length > MAX_CLOCK:
        raise MalformedError("a clock is too large")
    return length


def skip_head(reader: Reader) -> int | None:
    """Read past what stands before the length of a checked struct; its kind, None of garbage."""
    info = reader.byte()
    if info == _GC:
        return None
    if info & HAS_ORIGIN:
        reader.uint()
        reader.uint()
    else:
        reader.uint()
        reader.blob()
        reader.blob()
    return info & 0x1F


def skip_value(reader: Reader) -> None:
    """Read past one value of a struct."""
    tag = reader.byte()
    if tag == _ANY_ARRAY:
        _skip_scalars(reader, reader.uint())
    else:
        reader.position -= 1
        _skip_scalars(reader, 1)


def _skip_scalars(reader: Reader, count: int) -> None:
    """Skip `count` values that are no lists; a whole song passes here number by number."""
    data, position = reader.data, reader.position
    try:
        for _ in range(count):
            tag = data[position]
            position += 1
            if tag == _ANY_INTEGER:
                first = position
                while data[position] >= 0x80:
                    position += 1
                position += 1
                if position - first > 7 and abs(Reader(data, first).sint()) > MAX_UINT:
                    raise MalformedError("an integer is too large")
            elif tag == _ANY_STRING:
                reader.position = position
                reader.text()
                position = reader.position
            elif tag in _WIDTHS:
                position += _WIDTHS[tag]
            else:
                raise RefusedError("a value is a number, a text, or a flat list of them")
    except IndexError:
        raise MalformedError("the message ends too early") from None
    if position > reader.end:
        raise MalformedError("the message ends too early")
    reader.position = position


def _read_deletions(reader: Reader, summary: UpdateSummary, most: int | None) -> None:
    needs, total = summary.needs, 0
    for _ in range(reader.uint()):
        client = reader.uint()
        last = 0
        ranges = summary.deleted.setdefault(client, [])
        count = reader.uint()
        total += count
        if most is not None and total > most:
            raise RefusedError("it deletes too many single ranges at once")
        for _ in range(count):
            clock = reader.uint()
            length = reader.uint()
            end = clock + length
            if length < 1:
                # Yrs cuts an item before its own beginning there, and never comes back.
                raise MalformedError("a deletion is empty")
            if end > MAX_CLOCK:
                raise MalformedError("a clock is too large")
            ranges.append((clock, end))
            last = max(last, end)
        if needs.get(client, 0) < last:
            needs[client] = last
    for client, ranges in summary.deleted.items():
        # What is listed more than once is deleted once.
        summary.deleted[client] = distinct = joined(ranges)
        summary.deletions += sum(end - clock for clock, end in distinct)


def joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same clocks as ranges `[from, to)` in order, none of which touches another."""
    apart: list[tuple[int, int]] = []
    for clock, end in sorted(ranges):
        if apart and clock <= apart[-1][1]:
            if end > apart[-1][1]:
                apart[-1] = (apart[-1][0], end)
        elif end > clock:
            apart.append((clock, end))
    return apart
