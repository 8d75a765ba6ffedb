"""The journal: every score's updates in order, the one thing that is durable.

`Journal` is the port; `collaboration.sql_journal` keeps it in Django's database. It is all
synchronous: rooms call it from threads, services from wherever they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypedDict


class Actors(TypedDict):
    """Who wrote a row; see `collaboration.models.Update`."""

    spans: list[tuple[int | None, int, int, int]]
    deleted: list[int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One update at its place in the order of a score."""

    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Generation:
    """A snapshot to start from: the document as it stood at `seq`."""

    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a score's current epoch.

    `generations` from the newest to the oldest; `rows` all that are kept, in order; `owners`
    the person behind each client id of this epoch, `elders` the client ids of older epochs.
    """

    epoch: int
    seq: int
    generations: list[Generation] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    owners: dict[int, int | None] = field(default_factory=dict)
    elders: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a poll learns of a score: its head, its count of rights, whether it is deleted."""

    epoch: int
    seq: int
    rights: int
    deleted: bool


class Journal(Protocol):
    """Where updates are kept. Every method may raise what its storage raises."""

    def load(self, score_id: str) -> Stored:
        """Everything needed to rebuild the current document."""

    def rows_after(self, score_id: str, epoch: int, seq: int, most: int | None = None) -> list[Row]:
        """At most `most` rows after `seq`, in order; they begin later if older are gone."""

    def append(
        self,
        score_id: str,
        *,
        epoch: int,
        seq: int,
        data: bytes,
        actors: Actors,
        newcomers: Iterable[tuple[int, int | None]],
    ) -> bool:
        """Store `data` as row `seq` + 1 if the head still stands at `seq`; whether it did.

        `newcomers` are (client id, person) that write for the first time.
        """

    def owners(self, score_id: str, client_ids: Sequence[int]) -> dict[int, int | None]:
        """The person behind each of these client ids; unknown ones are left out."""

    def keep_snapshot(self, score_id: str, *, epoch: int, seq: int, data: bytes) -> None:
        """Keep a verified snapshot, and let go of what two generations make needless."""

    def renew(
        self, score_id: str, *, epoch: int, seq: int, data: bytes, owners: Mapping[int, int | None]
    ) -> bool:
        """Begin epoch + 1 at `seq` + 1 with `data` if the head still stands at `seq`.

        `owners` are the people behind the client ids of `data`. Whether it began.
        """

    def standings(self, score_ids: Sequence[str]) -> dict[str, Standing]:
        """Where these scores stand, in one query; vanished ones are left out."""
