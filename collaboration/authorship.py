"""Whose client wrote what stands: read from a whole document's bytes.

A value that was overwritten names its key only through a chain of origins, back to the first
value of that key; the newest value that is not deleted is what stands.
"""

from bisect import bisect_right

from collaboration.update_decoder import Item, UpdateSummary, summarize

Place = tuple[str, str]


def authors(document: bytes) -> dict[Place, int]:
    """The client that wrote what stands, by (root, key), of an encoded document."""
    summary = summarize(document, items=True)
    chains = _Chains(summary.items or [])
    found: dict[Place, int] = {}
    for item in summary.items or []:
        if item.filled and not _deleted(summary, item.client, item.clock + item.length - 1):
            place = chains.place_of(item)
            if place is not None:
                found[place] = item.client
    return found


def _deleted(summary: UpdateSummary, client: int, clock: int) -> bool:
    ranges = summary.deleted.get(client, [])
    index = bisect_right(ranges, (clock, 2**53)) - 1
    return index >= 0 and ranges[index][0] <= clock < ranges[index][1]


class _Chains:
    """Finds the key of an item by following origins."""

    def __init__(self, items: list[Item]) -> None:
        self._by_client: dict[int, list[Item]] = {}
        for item in items:
            self._by_client.setdefault(item.client, []).append(item)
        self._starts = {
            client: [item.clock for item in written] for client, written in self._by_client.items()
        }
        self._places: dict[tuple[int, int], Place | None] = {}

    def place_of(self, item: Item) -> Place | None:
        """The (root, key) under which an item stands; None if its chain leads nowhere."""
        path: list[tuple[int, int]] = []
        current: Item | None = item
        place: Place | None = None
        while current is not None:
            id = (current.client, current.clock)
            if id in self._places:
                place = self._places[id]
                break
            path.append(id)
            if current.place is not None:
                place = current.place
                break
            current = self._item_at(*current.origin) if current.origin else None
        for id in path:
            self._places[id] = place
        return place

    def _item_at(self, client: int, clock: int) -> Item | None:
        starts = self._starts.get(client, [])
        index = bisect_right(starts, clock) - 1
        if index < 0:
            return None
        item = self._by_client[client][index]
        return item if clock < item.clock + item.length else None
