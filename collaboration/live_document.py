"""A score's document in memory, and the fences that everything passes on the way into it.

Synchronous, and used by one thread at a time: a room hands it round under its gate.
"""

import secrets
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from pycrdt import MapEvent, Subscription, merge_updates

from collaboration import document, limits, state_vector, validation
from collaboration.journal import Actors, Generation, Row, Stored
from collaboration.schema import Value
from collaboration.update_decoder import RefusedError, UpdateSummary, joined, summarize
from collaboration.update_trimmer import trimmed
from collaboration.validation import NULL, Change
from collaboration.wire import MalformedError


class CorruptError(Exception):
    """Nothing that is stored of a score can be read as a document."""


class PoisonError(Exception):
    """Applying an update did not do what its bytes say; the document in memory is spoilt."""


class Verdict(Enum):
    """What becomes of an update that somebody sent."""

    ADMITTED = auto()
    HOLE = auto()
    MALFORMED = auto()
    CONTENT = auto()
    FOREIGN = auto()
    LINEAGE = auto()
    FULL = auto()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, what to tell the person, and the part of an admitted update to apply."""

    verdict: Verdict
    text: str = ""
    update: bytes = b""


@dataclass(slots=True)
class Staged:
    """What the admitted updates came to, ready for the journal. No `data`: nothing changed."""

    data: bytes | None
    actors: Actors
    newcomers: list[tuple[int, int | None]] = field(default_factory=list)
    repaired: bool = False


LINEAGE_TEXT: Final = (
    "This edit belongs to an older state of the score. "
    "Reload the page; unsaved edits can be kept as a new score."
)


def new_client_id() -> int:
    """A random client id as Yjs makes them: 32 bits, not 0."""
    return secrets.randbelow(2**32 - 1) + 1


def _standing(value: object) -> object:
    """A value that stands in a map; null and undefined, which Yrs both reads as None, are told
    apart from nothing at all."""
    return NULL if value is None else value


def _alive(this: "weakref.ref[LiveDocument]") -> "LiveDocument":
    live = this()
    assert live is not None, "a document changes only through its LiveDocument"
    return live


def rebuild(stored: Stored, client_id: int) -> Any:
    """The document of what is stored; an unreadable snapshot gives way to the one before it.

    Raises:
        CorruptError: no generation leads to the head.
    """
    starts: list[Generation | None] = [*stored.generations, None]
    for start in starts:
        since = start.seq if start else 0
        rows = [row for row in stored.rows if row.seq > since]
        if [row.seq for row in rows] != list(range(since + 1, stored.seq + 1)):
            continue
        candidate = document.open_document(client_id)
        try:
            if start:
                candidate.apply_update(start.data)
            with candidate.transaction():
                for row in rows:
                    candidate.apply_update(row.data)
        except ValueError:
            continue
        return candidate
    raise CorruptError("what is stored of this score can't be read")


class LiveDocument:
    """The document of one score at `seq` of `epoch`, with the client ids that it knows."""

    def __init__(self, stored: Stored) -> None:
        self.epoch = stored.epoch
        self.seq = stored.seq
        self.owners = dict(stored.owners)
        self._elders = stored.elders
        self._client_id = new_client_id()
        self._document = rebuild(stored, self._client_id)
        self._maps = document.root_maps(self._document)
        self.state = state_vector.decode(self._document.get_state())
        self.live_notes = len(self._maps["notes"])
        newest = stored.generations[0] if stored.generations else None
        self.snapshot_seq = newest.seq if newest else 0
        fresh = [row for row in stored.rows if row.seq > self.snapshot_seq]
        self.rows_since = len(fresh)
        self.bytes_since = sum(len(row.data) for row in fresh)
        self._snapshot_bytes = len(newest.data) if newest else 0
        self._newcomers: dict[int, int | None] = {}
        self._spans: list[tuple[int | None, int, int, int]] = []
        self._deleters: list[int | None] = []
        self._entangled = False
        self._fixes: list[tuple[str, str, Value | None]] = []
        self._updates: list[bytes] = []
        # Yrs keeps its observers where Python's collector does not see them: they must neither
        # hold this object nor outlive it, or the document stays long after its room was left.
        this = weakref.ref(self)
        observer = self._document.observe(lambda event: _alive(this)._updates.append(event.update))
        weakref.finalize(self, self._document.unobserve, observer)
        self._subscriptions: list[Subscription] = []
        for root, values in self._maps.items():
            # Past pycrdt's own wrapper, which turns every value of an event over once more: a
            # transform of a whole song would take three times as long.
            self._subscriptions.append(values.integrated.observe(self._recorder(root)))

    def _recorder(self, root: str) -> Callable[[MapEvent], None]:
        this = weakref.ref(self)

        def record(event: MapEvent) -> None:
            live = _alive(this)
            keys: dict[str, dict[str, object]] = event.keys  # type: ignore[attr-defined]
            if root == "notes":
                live.live_notes += sum(
                    ("newValue" in change) - ("oldValue" in change) for change in keys.values()
                )
            live._fixes += validation.repairs(
                Change(
                    root,
                    key,
                    before=change.get("oldValue"),
                    after=_standing(change["newValue"]) if "newValue" in change else None,
                )
                for key, change in keys.items()
            )

        return record

    # -- fences before anything is applied -------------------------------------------------------

    def admit(self, update: bytes, person: int | None) -> Ruling:
        """Judge an update by its bytes; when admitted, its clocks count as known from now on.

        What an admitted ruling holds has to be passed to `apply` next, in order.
        """
        try:
            summary = summarize(update, most_ranges=limits.DELETED_RANGES)
        except MalformedError as error:
            return Ruling(Verdict.MALFORMED, f"This edit can't be read: {error}.")
        except RefusedError as error:
            return Ruling(Verdict.CONTENT, f"This edit does not fit a score: {error}.")
        if self._elders and not self._elders.isdisjoint(
            summary.spans.keys() | summary.needs.keys()
        ):
            return Ruling(Verdict.LINEAGE, LINEAGE_TEXT)
        if self._has_hole(summary):
            return Ruling(Verdict.HOLE)
        news = {
            client: (max(first, self.state.get(client, 0)), end)
            for client, (first, end) in summary.spans.items()
            if end > self.state.get(client, 0)
        }
        if summary.garbage:
            # Only what stood in a nested type becomes garbage; whoever builds on it would be
            # shown by one implementation and hidden by the other.
            return Ruling(Verdict.CONTENT, "This edit does not fit a score: it holds garbage.")
        if sum(client not in self.owners for client in news) > limits.NEW_CLIENTS:
            return Ruling(Verdict.CONTENT, "This edit is signed with too many new names.")
        ruling = self._ruling_on_owner(news, person) or self._ruling_on_size(update, summary)
        if ruling:
            return ruling
        overlaps = any(
            first < self.state.get(client, 0) for client, (first, _) in summary.spans.items()
        )
        if overlaps:
            update = trimmed(update, self.state)
        for client, (first, end) in news.items():
            if client not in self.owners:
                self.owners[client] = person
                self._newcomers[client] = person
            self.state[client] = end
            self._spans.append((person, client, first, end))
        if summary.deletions and person not in self._deleters:
            self._deleters.append(person)
        self._entangled = self._entangled or len(news) > 1
        return Ruling(Verdict.ADMITTED, update=update)

    def _has_hole(self, summary: UpdateSummary) -> bool:
        if summary.holes:
            return True
        spans, state = summary.spans, self.state
        if any(first > state.get(client, 0) for client, (first, _) in spans.items()):
            return True
        for client, count in summary.needs.items():
            known = state.get(client, 0)
            if client in spans:
                known = max(known, spans[client][1])
            if count > known:
                return True
        return False

    def _ruling_on_owner(
        self, news: dict[int, tuple[int, int]], person: int | None
    ) -> Ruling | None:
        for client in news:
            if self.owners.get(client, person) != person:
                return Ruling(Verdict.FOREIGN, "This edit is signed with somebody else's name.")
        return None

    def _ruling_on_size(self, update: bytes, summary: UpdateSummary) -> Ruling | None:
        opened = summary.opened_notes
        fits = self.live_notes + opened - summary.deletions <= limits.LIVE_NOTES
        if opened and (self.live_notes >= limits.LIVE_NOTES or not fits):
            return Ruling(
                Verdict.FULL,
                f"A score holds at most {limits.LIVE_NOTES:,} notes. Delete some, or split it.",
            )
        if self.size + len(update) > limits.DOCUMENT_BYTES:
            self._snapshot_bytes = len(self.encoded()) - self.bytes_since
            if self.size + len(update) > limits.DOCUMENT_BYTES:
                return Ruling(Verdict.FULL, "This score is full. Duplicate it to go on.")
        return None

    # -- in and out ------------------------------------------------------------------------------

    def apply(self, updates: Sequence[bytes]) -> Staged:
        """Apply admitted updates as one transaction and repair what they did wrong.

        Raises:
            PoisonError: the document in memory is not usable any more.
        """
        self._updates.clear()
        self._fixes.clear()
        try:
            with self._document.transaction():
                for update in updates:
                    self._document.apply_update(update)
        except ValueError as error:
            raise PoisonError(str(error)) from error
        if self._entangled:
            self._entangled = False
            if state_vector.decode(self._document.get_state()) != self.state:
                raise PoisonError("an update's structs wait for each other")
        fixes, self._fixes = self._fixes, []
        if fixes:
            document.apply_changes(self._document, fixes)
            self._sign(self._updates[-1])
        spans, deleters, newcomers = self._spans, self._deleters, self._newcomers
        self._spans, self._deleters, self._newcomers = [], [], {}
        return Staged(
            data=self._merged(),
            actors={"spans": spans, "deleted": deleters},
            newcomers=list(newcomers.items()),
            repaired=bool(fixes),
        )

    def _sign(self, repair: bytes) -> None:
        for client, (first, end) in summarize(repair).spans.items():
            if client not in self.owners:
                self.owners[client] = None
                self._newcomers[client] = None
            self.state[client] = end
            self._spans.append((None, client, first, end))

    def _merged(self) -> bytes | None:
        updates, self._updates = self._updates, []
        if not updates:
            return None
        return updates[0] if len(updates) == 1 else merge_updates(*updates)

    def committed(self, seq: int, size: int) -> None:
        """The journal has stored a row of `size` bytes as `seq`."""
        self.seq = seq
        self.rows_since += 1
        self.bytes_since += size

    def absorb(self, rows: Iterable[Row], owners: dict[int, int | None]) -> None:
        """Take in rows that another writer stored, and whose client ids they bring."""
        self.owners.update(owners)
        for row in rows:
            self._document.apply_update(row.data)
            for client, (_, end) in summarize(row.data).spans.items():
                self.state[client] = max(end, self.state.get(client, 0))
            self.committed(row.seq, len(row.data))
        self._updates.clear()

    def missing(self, state: bytes) -> bytes:
        """What a peer with this state vector lacks, as an update.

        Raises:
            MalformedError: it is no state vector.
        """
        try:
            update: bytes = self._document.get_update(state)
        except ValueError:
            raise MalformedError("a state vector is damaged") from None
        return update

    def knows_deletions(self, update: bytes) -> bool:
        """Whether everything that an update deletes is deleted here already.

        Raises:
            MalformedError: it is no update.
        """
        try:
            claimed = summarize(update, most_ranges=limits.DELETED_RANGES).deleted
        except RefusedError:
            return False
        # Nothing is missing behind our own state but the whole set of deletions.
        known = summarize(self.missing(self._document.get_state())).deleted
        return all(
            joined([*known.get(client, []), *ranges]) == joined(known.get(client, []))
            for client, ranges in claimed.items()
        )

    def encoded(self) -> bytes:
        """The whole document as one update."""
        update: bytes = self._document.get_update()
        return update

    @property
    def size(self) -> int:
        """About how many bytes the encoded document has, never less than it has."""
        return self._snapshot_bytes + self.bytes_since

    def snapshot_kept(self, snapshot: "Copy") -> None:
        """The snapshot is stored."""
        self.rows_since = self.seq - snapshot.seq
        self.bytes_since -= snapshot.covered
        self.snapshot_seq = snapshot.seq
        self._snapshot_bytes = len(snapshot.data)

    def copy(self) -> "Copy":
        """The document as it stands, to keep as a snapshot."""
        return Copy(
            seq=self.seq,
            data=self.encoded(),
            state=dict(self.state),
            live_notes=self.live_notes,
            covered=self.bytes_since,
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole document at `seq`; `covered` bytes of journal rows are in it since the last one."""

    seq: int
    data: bytes
    state: dict[int, int]
    live_notes: int
    covered: int

    def loads(self) -> bool:
        """Whether the bytes load into a document with the same clocks and as many notes."""
        candidate = document.open_document()
        try:
            candidate.apply_update(self.data)
        except ValueError:
            return False
        clocks = state_vector.decode(candidate.get_state())
        notes = len(document.root_maps(candidate)["notes"])
        return clocks == self.state and notes == self.live_notes
