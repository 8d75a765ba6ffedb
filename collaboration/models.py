"""What the database keeps of live documents: the journal, its snapshots, who wrote what."""

from django.conf import settings
from django.db import models


class Head(models.Model):
    """Where a score stands: the newest `seq` of its current `epoch`.

    The row is the lock of the score: a writer moves `seq` on from the value that it knows, so
    that commits of all processes form one order. `rights` counts changes of who may do what, so
    that a process learns of changes made in another.
    """

    score = models.OneToOneField(
        "editor.Score", on_delete=models.CASCADE, primary_key=True, related_name="head"
    )
    epoch = models.PositiveIntegerField(default=1)
    seq = models.PositiveBigIntegerField(default=0)
    rights = models.PositiveIntegerField(default=0)


class Update(models.Model):
    """One row of the journal: a batch of edits as one Yjs V1 update.

    `actors` is `{"spans": [[person, client, from, to], ...], "deleted": [person, ...]}`: whose
    clocks the update brings, and who deleted something in it. A person is an id, or null for
    the server.
    """

    score = models.ForeignKey("editor.Score", on_delete=models.CASCADE, related_name="journal")
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    data = models.BinaryField()
    actors = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No two rows in one place."""

        constraints = [
            models.UniqueConstraint(fields=["score", "epoch", "seq"], name="one_row_per_seq")
        ]


class Snapshot(models.Model):
    """The whole document as it stood at `seq`, so that older rows need not be read."""

    score = models.ForeignKey("editor.Score", on_delete=models.CASCADE, related_name="snapshots")
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    data = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No two rows in one place."""

        constraints = [
            models.UniqueConstraint(fields=["score", "epoch", "seq"], name="one_snapshot_per_seq")
        ]


class ClientIdentity(models.Model):
    """Whose a client id is in a score: the first person's who wrote with it, for ever.

    `epoch` is that in which it first wrote: an edit that belongs to an older lineage than the
    current one is known by it. No person means the server.
    """

    score = models.ForeignKey("editor.Score", on_delete=models.CASCADE, related_name="identities")
    client_id = models.PositiveBigIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    epoch = models.PositiveIntegerField(default=1)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No two rows in one place."""

        constraints = [
            models.UniqueConstraint(fields=["score", "client_id"], name="one_owner_per_client")
        ]
