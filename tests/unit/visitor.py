"""A browser as far as the HTTP interface can tell."""

import io
import json
from typing import Any

from django.test import Client


class Visitor:
    """Keeps its cookies, sends the CSRF token, reads JSON; a first call makes it a guest."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.get("/api/me")

    def get(self, path: str, status: int = 200) -> Any:
        return self._answer(self.client.get(path), status)

    def send(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """A call with a JSON body; the answer's JSON, or None where there is none."""
        sent = json.dumps(body if body is not None else {})
        answer = self.client.generic(
            method, path, sent, content_type="application/json", headers=self.token()
        )
        return self._answer(answer, status)

    def drop(self, path: str, data: bytes, name: str = "a.mid", status: int = 201) -> Any:
        """A file, sent as a form sends it."""
        file = io.BytesIO(data)
        file.name = name
        return self._answer(self.client.post(path, {"file": file}, headers=self.token()), status)

    def token(self) -> dict[str, str]:
        """The header that proves that a call comes from our own page."""
        return {"X-CSRFToken": self.client.cookies["antiphon_csrf"].value}

    def _answer(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, (answer.status_code, answer.content[:300])
        if not answer.content:
            return None
        body = json.loads(answer.content)
        if status >= 400:
            assert set(body) == {"code", "text"}
        return body
