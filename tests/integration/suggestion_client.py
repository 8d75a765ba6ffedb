"""A client of the suggestion socket for tests."""

from generation.benches.visitor import Visitor
from tests.integration.server import Server


class SuggestionClient(Visitor):
    """A visitor of a test server; `origin` is the server's own unless another one is given."""

    def __init__(
        self, server: Server, score: str, cookie: str = "", *, origin: str | None = ""
    ) -> None:
        address = f"{server.socket_url}/ws/scores/{score}/suggestions"
        super().__init__(address, server.url if origin == "" else origin, cookie)
