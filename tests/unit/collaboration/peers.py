"""Documents that edit and remember what they would send."""

from typing import Any

from pycrdt import Doc, Map


class Peer:
    """A person's pycrdt document; `sent` collects its updates."""

    def __init__(self, client_id: int, person: int = 1) -> None:
        self.client_id = client_id
        self.person = person
        self.document: Any = Doc(client_id=client_id)
        self.sent: list[bytes] = []
        self._applying = False
        self.document.observe(self._on_update)

    def _on_update(self, event: Any) -> None:
        if not self._applying:
            self.sent.append(event.update)

    def root(self, name: str) -> Any:
        return self.document.get(name, type=Map)

    def set(self, root: str, key: str, value: Any) -> bytes:
        self.root(root)[key] = value
        return self.sent[-1]

    def delete(self, root: str, key: str) -> bytes:
        del self.root(root)[key]
        return self.sent[-1]

    def apply(self, update: bytes) -> None:
        self._applying = True
        self.document.apply_update(update)
        self._applying = False
