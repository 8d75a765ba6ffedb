"""The journal in Django's database: SQLite and PostgreSQL by one implementation."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction
from django.db.models import F

from collaboration.journal import Actors, Generation, Row, Standing, Stored
from collaboration.models import ClientIdentity, Head, Snapshot, Update


class SqlJournal:
    """The journal in Django's database."""

    generations = 2
    looks = 5

    def __init__(self) -> None:
        # SQLite lets its one writer in by sleeping and trying again; inside a process a lock
        # hands over at once.
        one_writer = connection.vendor == "sqlite"
        self._turn: AbstractContextManager[object] = (
            threading.RLock() if one_writer else nullcontext()
        )

    def load(self, score_id: str) -> Stored:
        """See `Journal.load`. A score without a head stands at seq 0 of epoch 1."""
        for _ in range(self.looks):
            head, _ = Head.objects.get_or_create(score_id=score_id)
            generations, rows = self._content(score_id, head.epoch)
            newest = max(rows[-1].seq if rows else 0, generations[0].seq if generations else 0)
            # Writers go on meanwhile: rows may have come after the head was read, or old ones
            # have been let go of. Only a whole picture counts.
            if newest >= head.seq:
                break
        seq = max(newest, head.seq)
        owners: dict[int, int | None] = {}
        elders: set[int] = set()
        identities = ClientIdentity.objects.filter(score_id=score_id)
        for client_id, person_id, epoch in identities.values_list(
            "client_id", "person_id", "epoch"
        ):
            if epoch == head.epoch:
                owners[client_id] = person_id
            else:
                elders.add(client_id)
        return Stored(head.epoch, seq, generations, rows, owners, frozenset(elders))

    def _content(self, score_id: str, epoch: int) -> tuple[list[Generation], list[Row]]:
        snapshots = Snapshot.objects.filter(score_id=score_id, epoch=epoch).order_by("-seq")
        generations = [
            Generation(snapshot.seq, bytes(snapshot.data))
            for snapshot in snapshots[: self.generations]
        ]
        oldest = min((generation.seq for generation in generations), default=0)
        return generations, self.rows_after(score_id, epoch, oldest)

    def rows_after(self, score_id: str, epoch: int, seq: int, most: int | None = None) -> list[Row]:
        """See `Journal.rows_after`."""
        rows = Update.objects.filter(score_id=score_id, epoch=epoch, seq__gt=seq)
        return [
            Row(number, bytes(data))
            for number, data in rows.order_by("seq").values_list("seq", "data")[:most]
        ]

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
        """See `Journal.append`. An owner of a newcomer found elsewhere raises IntegrityError."""
        with self._turn, transaction.atomic():
            moved = Head.objects.filter(score_id=score_id, epoch=epoch, seq=seq)
            if not moved.update(seq=F("seq") + 1):
                return False
            Update.objects.create(
                score_id=score_id, epoch=epoch, seq=seq + 1, data=data, actors=dict(actors)
            )
            identities = [
                ClientIdentity(
                    score_id=score_id, client_id=client_id, person_id=person_id, epoch=epoch
                )
                for client_id, person_id in newcomers
            ]
            if identities:
                ClientIdentity.objects.bulk_create(identities)
        return True

    def owners(self, score_id: str, client_ids: Sequence[int]) -> dict[int, int | None]:
        """See `Journal.owners`."""
        found = ClientIdentity.objects.filter(score_id=score_id, client_id__in=client_ids)
        return dict(found.values_list("client_id", "person_id"))

    def keep_snapshot(self, score_id: str, *, epoch: int, seq: int, data: bytes) -> None:
        """See `Journal.keep_snapshot`."""
        with self._turn, transaction.atomic():
            Snapshot.objects.update_or_create(
                score_id=score_id, epoch=epoch, seq=seq, defaults={"data": data}
            )
            kept = list(
                Snapshot.objects.filter(score_id=score_id, epoch=epoch)
                .order_by("-seq")
                .values_list("seq", flat=True)[: self.generations]
            )
            Snapshot.objects.filter(score_id=score_id, epoch=epoch, seq__lt=kept[-1]).delete()
            if len(kept) == self.generations:
                Update.objects.filter(score_id=score_id, epoch=epoch, seq__lte=kept[-1]).delete()

    def renew(
        self, score_id: str, *, epoch: int, seq: int, data: bytes, owners: Mapping[int, int | None]
    ) -> bool:
        """See `Journal.renew`. The epoch before stays as it was; older ones are let go of."""
        with self._turn, transaction.atomic():
            moved = Head.objects.filter(score_id=score_id, epoch=epoch, seq=seq)
            if not moved.update(epoch=epoch + 1, seq=seq + 1):
                return False
            Snapshot.objects.create(score_id=score_id, epoch=epoch + 1, seq=seq + 1, data=data)
            ClientIdentity.objects.bulk_create(
                ClientIdentity(
                    score_id=score_id, client_id=client_id, person_id=person_id, epoch=epoch + 1
                )
                for client_id, person_id in owners.items()
            )
            for kept in (Update, Snapshot):
                kept.objects.filter(score_id=score_id, epoch__lt=epoch).delete()
        return True

    def standings(self, score_ids: Sequence[str]) -> dict[str, Standing]:
        """See `Journal.standings`."""
        heads = Head.objects.filter(score_id__in=score_ids).values_list(
            "score_id", "epoch", "seq", "rights", "score__deleted_at"
        )
        return {
            score_id: Standing(epoch, seq, rights, deleted_at is not None)
            for score_id, epoch, seq, rights, deleted_at in heads
        }
