"""The suggestion socket: from ASGI messages to the room and back."""

import asyncio
import json
import logging
import time
from collections.abc import Coroutine
from typing import Any, Final

from channels.generic.websocket import AsyncWebsocketConsumer

from editor.selectors import access, people
from editor.selectors.people import Card
from generation.close_codes import CloseCode
from generation.hub import Event, Member
from generation.listening import Listening
from generation.messages import (
    BadMessage,
    Cancel,
    Decide,
    Message,
    Preview,
    Received,
    Ref,
    Stop,
    Suggest,
    Vote,
    parse,
)
from generation.previews import song_of
from generation.room import SuggestionRoom
from generation.rooms import rooms
from generation.threads import in_thread

log = logging.getLogger("generation.consumers")

MAX_FRAME: Final = 64 * 1024
MAX_STREAMS: Final = 2
MESSAGES_PER_SECOND: Final = 30.0
BURST: Final = 120.0
RECEIPT: Final = 0.1
"""What a receipt of sound counts against a message; it allows a minute of sound at once."""
MAX_WAITING: Final = 20_000
"""Events that may wait for one slow socket before it is closed."""
BEAT_SECONDS: Final = 15.0
"""How often a socket hears something even when nothing happens, so that it knows it lives."""


class SuggestionConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One browser's connection to the suggestions of one score."""

    channel_layer_alias = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle an ASGI message, without Channels' look at database connections each time."""
        match message["type"]:
            case "websocket.connect":
                await self.websocket_connect(message)
            case "websocket.receive":
                await self.receive(message.get("text"), message.get("bytes"))
            case "websocket.disconnect":
                await self.websocket_disconnect(message)

    async def connect(self) -> None:
        """Let the socket in, or accept it and say by a code why not."""
        self._member: Member | None = None
        self._room: SuggestionRoom | None = None
        self._outbox: asyncio.Queue[str | CloseCode] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._streams: dict[int, tuple[Listening, asyncio.Task[None]]] = {}
        self._next_stream = 1
        self._tokens, self._refilled = BURST, time.monotonic()
        self._closing = False
        if not any(name == b"origin" for name, _ in self.scope["headers"]):
            await self.close()
            return
        await self.accept()
        self._spawn(self._send_events())
        code = await self._enter()
        if code is not None:
            self.dismiss(code)
            return
        self._spawn(self._beat())

    async def disconnect(self, code: int) -> None:
        """The socket is gone; what it asked for goes on for the others."""
        self._closing = True
        if self._member is not None and self._room is not None:
            rooms().leave(self._room.score_id, self._member)
        for task in tuple(self._tasks):
            task.cancel()

    async def receive(self, text: str | None = None, data: bytes | None = None) -> None:
        """One frame of the page."""
        if self._closing or self._room is None or self._member is None:
            return
        try:
            if text is None or len(text) > MAX_FRAME:
                raise BadMessage("bad_message", "A message is short JSON text.", fatal=True)
            message = parse(text)
            if not self._may_speak(RECEIPT if isinstance(message, Received) else 1.0):
                self.dismiss(CloseCode.RATE)
                return
            await self._follow(message, self._room, self._member)
        except BadMessage as problem:
            self._refuse(problem)
        except Exception:
            log.exception("a message on the suggestions of %s failed", self._room.score_id)
            self._refuse(BadMessage("later", "The server could not do this. Try again."))

    # -- the room's side -----------------------------------------------------------------------

    def deliver(self, event: Event) -> None:
        """Send `event` after all earlier ones; returns at once."""
        if self._closing:
            return
        if self._outbox.qsize() > MAX_WAITING:
            self.dismiss(CloseCode.SLOW)
            return
        self._outbox.put_nowait(json.dumps(event, separators=(",", ":")))

    def dismiss(self, code: int) -> None:
        """Close the socket with `code` after what was delivered."""
        if not self._closing:
            self._closing = True
            self._outbox.put_nowait(CloseCode(code))

    # -- inside --------------------------------------------------------------------------------

    async def _enter(self) -> CloseCode | None:
        score_id: str = self.scope["url_route"]["kwargs"]["score_id"]
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            return CloseCode.SIGN_IN
        try:
            existence, role, card = await in_thread(_rights, user.pk, score_id)
            if existence != "ok":
                return CloseCode.DELETED if existence == "deleted" else CloseCode.NONE
            if role is None:
                return CloseCode.NO_RIGHT
            self._member = Member(self, user.pk, card)
            self._room = await rooms().enter(score_id, self._member)
        except Exception:
            log.exception("the suggestions of %s can't be opened", score_id)
            return CloseCode.LATER
        return None

    async def _follow(self, message: Message, room: SuggestionRoom, member: Member) -> None:
        match message:
            case Received(_, stream, sequence):
                if stream in self._streams:
                    self._streams[stream][0].received(sequence)
                return
            case Stop(_, stream):
                if stream in self._streams:
                    self._streams.pop(stream)[1].cancel()
                return
        role = await in_thread(access.role_of, member.person, room.score_id)
        if role is None:
            self.dismiss(CloseCode.NO_RIGHT)
            return
        match message:
            case Suggest():
                # Reading a long score takes a while: the socket hears other messages meanwhile.
                self._spawn(self._guard(room.ask(member, role, message), message.ref))
            case Cancel():
                await room.cancel(member, role, message)
            case Vote():
                await room.vote(member, role, message)
            case Decide():
                await room.decide(member, role, message)
            case Preview():
                self._spawn(self._guard(self._preview(room, message), message.ref))

    async def _preview(self, room: SuggestionRoom, message: Preview) -> None:
        song, candidate, growing = await song_of(room, message)
        if len(self._streams) >= MAX_STREAMS:
            raise BadMessage("limit", "Two voices sing already: stop one.", message.ref)
        recording = rooms().recordings.listen(song, candidate, growing)
        stream, self._next_stream = self._next_stream, self._next_stream + 1
        listening = Listening(stream, recording, self._send_sound)
        self.deliver(
            {
                "t": "stream",
                "ref": message.ref,
                "stream": stream,
                "id": message.id,
                "candidate": message.candidate,
                "voice": message.voice,
                "rate": recording.rate,
                "channels": 1,
            }
        )
        playing = self._spawn(self._play(listening, message.ref))
        self._streams[stream] = (listening, playing)

    async def _play(self, listening: Listening, ref: Ref) -> None:
        try:
            samples = await listening.play()
            error = listening.error
            if error is None:
                self.deliver({"t": "streamEnd", "stream": listening.stream, "samples": samples})
            else:
                code, text = error
                stream = listening.stream
                self.deliver(
                    {"t": "error", "ref": ref, "stream": stream, "code": code, "text": text}
                )
        except TimeoutError:
            pass
        finally:
            self._streams.pop(listening.stream, None)

    async def _send_sound(self, frame: bytes) -> None:
        await self._outbox.join()
        await self._say({"bytes": frame})

    async def _say(self, content: dict[str, str | bytes]) -> None:
        """Send one message, unless the socket has just closed.

        Between the end of a socket and the news of it there is a moment in which every server
        raises an error of its own; none of them is worth more than an end.
        """
        try:
            await self.base_send({"type": "websocket.send", **content})
        except Exception:
            log.debug("a suggestion socket is closed", exc_info=True)
            self._closing = True
            await self._shut(CloseCode.LATER)

    async def _send_events(self) -> None:
        """Send what was delivered, in order, until the socket is to be closed."""
        while True:
            item = await self._outbox.get()
            try:
                if isinstance(item, CloseCode):
                    await self._shut(item)
                    return
                await self._say({"text": item})
            finally:
                self._outbox.task_done()

    async def _shut(self, code: CloseCode) -> None:
        try:
            await self.close(int(code))
        except Exception:
            log.debug("a suggestion socket was closed", exc_info=True)

    async def _beat(self) -> None:
        while not self._closing:
            await asyncio.sleep(BEAT_SECONDS)
            self.deliver({"t": "beat"})

    async def _guard(self, work: Coroutine[Any, Any, None], ref: Ref) -> None:
        try:
            await work
        except BadMessage as problem:
            self._refuse(problem)
        except Exception:
            log.exception("a request on the suggestion socket failed")
            self._refuse(BadMessage("later", "The server could not do this. Try again.", ref))

    def _refuse(self, problem: BadMessage) -> None:
        self.deliver({"t": "error", "ref": problem.ref, "code": problem.code, "text": problem.text})
        if problem.fatal:
            self.dismiss(CloseCode.BAD_FRAME)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _may_speak(self, cost: float) -> bool:
        """Every message takes tokens, which time refills."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._refilled) * MESSAGES_PER_SECOND)
        self._refilled = now
        self._tokens -= cost
        return self._tokens >= 0.0


def _rights(person: int, score_id: str) -> tuple[str, str | None, Card]:
    return access.exists(score_id), access.role_of(person, score_id), people.card(person)
