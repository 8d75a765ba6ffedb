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


async def test_a_socket_that_closes_while_it_is_spoken_to_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    unhandled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    browser = Browser()
    consumer = SuggestionConsumer()
    running = asyncio.create_task(consumer(SCOPE, browser.inbox.get, browser.hear))
    async with asyncio.timeout(10):
        await browser.missed.wait()
        browser.inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await running
    del running, consumer
    gc.collect()
    await asyncio.sleep(0)
    assert not [record for record in caplog.records if record.levelname != "DEBUG"]
    assert not unhandled


async def test_an_event_for_a_socket_that_has_closed_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SuggestionConsumer, "_enter", _enter)
    unhandled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    browser = Browser()
    consumer = SuggestionConsumer()
    running = asyncio.create_task(consumer(SCOPE, browser.inbox.get, browser.hear))
    async with asyncio.timeout(10):
        await browser.let_in.wait()
        consumer.deliver({"t": "progress"})
        await browser.missed.wait()
        consumer.deliver({"t": "progress"})
        browser.inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await running
    del running, consumer
    gc.collect()
    await asyncio.sleep(0)
    assert not unhandled


async def _enter(consumer: SuggestionConsumer) -> None:
    """Everybody may listen."""
