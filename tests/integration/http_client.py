"""A browser's HTTP: cookies, the CSRF token, redirects."""

import json
import re
import uuid
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any

from tests.integration.server import Server


class Answer:
    """A whole answer: `status`, `headers`, `body`, and `json` where it is JSON."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class HttpClient:
    """One visitor of a server; nothing is followed or retried by itself."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The Cookie header of this visitor, for sockets too."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", **headers: str
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        sent = {"Cookie": self.cookie, "X-CSRFToken": self.cookies.get("antiphon_csrf", "")}
        if kind:
            sent["Content-Type"] = kind
        connection.request(method, path, body, {**sent, **headers})
        answer = Answer(connection.getresponse())
        connection.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """A call with JSON."""
        return self.ask(method, path, json.dumps(body or {}).encode(), "application/json")

    def drop(self, path: str, data: bytes, name: str) -> Answer:
        """A file in a form."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = head.encode() + b"Content-Type: audio/midi\r\n\r\n" + data
        body += f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def submit(self, path: str) -> Answer:
        """Press the one button of the page at `path`, with the token that its form holds."""
        page = self.get(path).text
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        token = found[1] if found else ""
        body = f"csrfmiddlewaretoken={token}".encode()
        origin = {"Origin": self.server.url}
        return self.ask("POST", path, body, "application/x-www-form-urlencoded", **origin)
