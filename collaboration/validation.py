"""The second fence: what changed keys mean.

A value that has no place in a score is repaired in the batch that brought it: brought to the
nearest right one, else put back to what stood there before, else removed. Peers receive the
batch and its repair as one update, so none of them ever sees the bad value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from collaboration import schema
from collaboration.schema import Value

NULL: Final = object()
"""A null or undefined that stands in a map: a key is there, and no value is near to it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed key; `before` and `after` are None where nothing stood or stands.

    A null or undefined that stands there now comes as `NULL`.
    """

    root: str
    key: str
    before: object
    after: object


def repairs(changes: Iterable[Change]) -> list[tuple[str, str, Value | None]]:
    """What has to be written, (root, key, value or None to remove), to make changes right."""
    fixes: list[tuple[str, str, Value | None]] = []
    for change in changes:
        root, key, after = change.root, change.key, change.after
        if after is None:
            if (root, key) in schema.ALWAYS:
                fixes.append((root, key, _best(change)))
            continue
        right = schema.repaired(root, key, after) if schema.known_key(root, key) else None
        if right is None:
            fixes.append((root, key, _best(change)))
        elif right is not after and right != after:
            fixes.append((root, key, right))
    return fixes


def _best(change: Change) -> Value | None:
    if change.before is not None and schema.known_key(change.root, change.key):
        right = schema.repaired(change.root, change.key, change.before)
        if right is not None:
            return right
    return schema.ALWAYS.get((change.root, change.key))
