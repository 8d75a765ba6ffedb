"""The bus of several processes: hints over a channel layer, which is Redis's pub/sub.

Nothing depends on it being there: while Redis is away hints are lost, rooms poll the heads of
their scores, and once it is back everybody looks at once. The layer lives in a thread with an
event loop of its own, so that a hint can be published from anywhere, also where no loop runs.
"""

import asyncio
import contextlib
import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from channels.layers import get_channel_layer

from collaboration.bus import Hint, Listener, LocalBus

log = logging.getLogger(__name__)

MOST_WAITING: Final = 5000
"""Hints that wait for Redis; older ones are let go of."""
SEND_SECONDS: Final = 5.0
PULSE_SECONDS: Final = 5.0
"""How often the bus speaks to itself, to learn whether it is heard."""
DEAF_SECONDS: Final = 12.0
RETRY_SECONDS: Final = 1.0
STALE: Final = frozenset({"committed", "presence", "who"})


class RedisBus:
    """Carries hints to the listeners of this process at once, to those of others over Redis."""

    def __init__(self, open_layer: Callable[[], Any] = get_channel_layer) -> None:
        self._open_layer = open_layer
        self._local = LocalBus()
        self._name = secrets.token_hex(8)
        self._waiting: deque[Hint] = deque(maxlen=MOST_WAITING)
        self._followed: set[str] = set()
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._heard = 0.0
        self._connected = False

    def publish(self, hint: Hint) -> None:
        """See `Bus.publish`."""
        self._local.publish(hint)
        self.tell_others(hint)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """See `Bus.subscribe`."""
        return self._local.subscribe(listener)

    def tell_others(self, hint: Hint) -> None:
        """See `Bus.tell_others`."""
        self._waiting.append(hint)
        self._nudge()

    def follow(self, score_id: str) -> None:
        """See `Bus.follow`."""
        self._followed.add(score_id)
        self._nudge()

    def unfollow(self, score_id: str) -> None:
        """See `Bus.unfollow`."""
        self._followed.discard(score_id)
        self._nudge()

    # -- the thread ------------------------------------------------------------------------------

    def _nudge(self) -> None:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._wake = asyncio.Event()
                threading.Thread(target=self._run, name="bus", daemon=True).start()
        assert self._wake is not None
        self._loop.call_soon_threadsafe(self._wake.set)

    def _run(self) -> None:
        assert self._loop is not None
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._stay())

    async def _stay(self) -> None:
        """Connect, and connect again, for as long as the process lives."""
        layer = self._open_layer()
        told = False
        while True:
            try:
                await self._attend(layer)
            except Exception as error:
                if self._connected or not told:
                    told = True
                    log.warning("Redis is away (%s): others' edits come by polling", _first(error))
            self._connected = False
            self._forget_stale()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(layer.flush(), SEND_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)

    def _forget_stale(self) -> None:
        """Let go of hints that a look at the journal, or the next presence, makes good."""
        # Once round, a hint at a time: others go on adding theirs from their threads.
        for _ in range(len(self._waiting)):
            hint = self._waiting.popleft()
            if hint.kind not in STALE:
                self._waiting.append(hint)

    async def _attend(self, layer: Any) -> None:
        channel = await asyncio.wait_for(layer.new_channel(), SEND_SECONDS)
        self._heard = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen(layer, channel))
            tasks.create_task(self._pulse(layer, channel))
            tasks.create_task(self._speak(layer, channel))

    async def _listen(self, layer: Any, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            self._heard = asyncio.get_running_loop().time()
            if not self._connected:
                self._connected = True
                log.info("Redis is here: processes tell each other of news")
                # What was said meanwhile was not heard.
                self._local.publish(Hint("resumed", ""))
            if message.get("type") == "hint" and message["by"] != self._name:
                hint = Hint(message["kind"], message["score"], message["seq"], message["blob"])
                self._local.publish(hint)

    async def _pulse(self, layer: Any, channel: str) -> None:
        while True:
            await asyncio.wait_for(layer.send(channel, {"type": "pulse"}), SEND_SECONDS)
            await asyncio.sleep(PULSE_SECONDS)
            if asyncio.get_running_loop().time() - self._heard > DEAF_SECONDS:
                raise ConnectionError("it says nothing")

    async def _speak(self, layer: Any, channel: str) -> None:
        assert self._wake is not None
        groups: set[str] = set()
        while True:
            self._wake.clear()
            followed = set(self._followed)
            for score_id in followed - groups:
                await asyncio.wait_for(layer.group_add(score_id, channel), SEND_SECONDS)
            for score_id in groups - followed:
                await asyncio.wait_for(layer.group_discard(score_id, channel), SEND_SECONDS)
            groups = followed
            while self._waiting:
                hint = self._waiting[0]
                message = {
                    "type": "hint",
                    "by": self._name,
                    "kind": hint.kind,
                    "score": hint.score_id,
                    "seq": hint.seq,
                    "blob": hint.blob,
                }
                await asyncio.wait_for(layer.group_send(hint.score_id, message), SEND_SECONDS)
                with contextlib.suppress(IndexError):
                    self._waiting.popleft()
            await self._wake.wait()


def _first(error: Exception) -> BaseException:
    """What went wrong in a group of tasks."""
    return error.exceptions[0] if isinstance(error, ExceptionGroup) else error
