"""The suggestion socket's consumer where the socket itself gives way."""

import asyncio
import gc
from typing import Any

import pytest

from generation.consumers import SuggestionConsumer

SCOPE = {
    "type": "websocket",
    "headers": [(b"origin", b"http://localhost")],
    "url_route": {"kwargs": {"score_id": "testScore001"}},
}


class Browser:
    """Opens a socket on a consumer; gone, without a word, once it is let in."""

    def __init__(self) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.let_in = asyncio.Event()
        self.missed = asyncio.Event()

    async def hear(self, message: dict[str, Any]) -> None:
        """What the server sends; between its end and the news of it a server raises."""
        if self.let_in.is_set():
            self.missed.set()
            raise RuntimeError("Attempt to send on a closed protocol")
        self.let_in.set()


class Opened:
    """A consumer that a browser has opened a socket on, and what nobody dealt with meanwhile."""

    def __init__(self) -> None:
        self.unhandled: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: self.unhandled.append(context)
        )
        self.browser = Browser()
        self.consumer: SuggestionConsumer | None = SuggestionConsumer()
        self.running: asyncio.Task[None] | None = asyncio.create_task(
            self.consumer(SCOPE, self.browser.inbox.get, self.browser.hear)
        )

    async def end(self) -> None:
        """The server hears that the socket is gone; failures of its tasks come to light."""
        assert self.running is not None
        self.browser.inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self.running
        self.running = self.consumer = None
        gc.collect()
        await asyncio.sleep(0)


async def test_a_socket_that_closes_while_it_is_spoken_to_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = Opened()
    async with asyncio.timeout(10):
        await opened.browser.missed.wait()
        await opened.end()
    assert not [record for record in caplog.records if record.levelname != "DEBUG"]
    assert not opened.unhandled


async def test_an_event_for_a_socket_that_has_closed_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SuggestionConsumer, "_enter", _enter)
    opened = Opened()
    assert opened.consumer is not None
    async with asyncio.timeout(10):
        await opened.browser.let_in.wait()
        opened.consumer.deliver({"t": "progress"})
        await opened.browser.missed.wait()
        opened.consumer.deliver({"t": "progress"})
        await opened.end()
    assert not opened.unhandled


async def _enter(consumer: SuggestionConsumer) -> None:
    """Everybody may listen."""
