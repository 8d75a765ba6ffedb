"""A journal in memory, with a database that can be made to fail."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, OperationalError

from collaboration.journal import Actors, Generation, Row, Standing, Stored


class MemoryJournal:
    """One score. `failures` is how many of the next appends raise."""

    def __init__(self) -> None:
        self.epoch = 1
        self.rows: list[Row] = []
        self.actors: list[Actors] = []
        self.generations: list[Generation] = []
        self.identities: dict[int, int | None] = {}
        self.elders: frozenset[int] = frozenset()
        self.failures = 0

    @property
    def seq(self) -> int:
        newest = self.generations[0].seq if self.generations else 0
        return self.rows[-1].seq if self.rows else newest

    def load(self, score_id: str) -> Stored:
        return Stored(
            self.epoch, self.seq, list(self.generations), list(self.rows),
            dict(self.identities), self.elders,
        )  # fmt: skip

    def rows_after(self, score_id: str, epoch: int, seq: int, most: int | None = None) -> list[Row]:
        return [row for row in self.rows if row.seq > seq and epoch == self.epoch][:most]

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
        if self.failures:
            self.failures -= 1
            raise OperationalError("the disk is full")
        if (epoch, seq) != (self.epoch, self.seq):
            return False
        claims = dict(list(newcomers))
        if claims.keys() & self.identities.keys():
            raise IntegrityError("one owner per client")
        self.rows.append(Row(seq + 1, data))
        self.actors.append(actors)
        self.identities.update(claims)
        return True

    def owners(self, score_id: str, client_ids: Sequence[int]) -> dict[int, int | None]:
        return {id: self.identities[id] for id in client_ids if id in self.identities}

    def keep_snapshot(self, score_id: str, *, epoch: int, seq: int, data: bytes) -> None:
        self.generations = [Generation(seq, data), *self.generations][:2]
        if len(self.generations) == 2:
            self.rows = [row for row in self.rows if row.seq > self.generations[-1].seq]

    def renew(
        self, score_id: str, *, epoch: int, seq: int, data: bytes, owners: Mapping[int, int | None]
    ) -> bool:
        if (epoch, seq) != (self.epoch, self.seq):
            return False
        self.elders |= self.identities.keys()
        self.identities = dict(owners)
        self.epoch, self.rows, self.generations = epoch + 1, [], [Generation(seq + 1, data)]
        return True

    def standings(self, score_ids: Sequence[str]) -> dict[str, Standing]:
        return {id: Standing(self.epoch, self.seq, 0, False) for id in score_ids}
