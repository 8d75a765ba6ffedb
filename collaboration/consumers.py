"""The score socket: from ASGI messages to the room and back."""

import asyncio
import logging
from typing import Any, Final

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error

from collaboration import limits, presence, protocol
from collaboration.close_codes import CloseCode
from collaboration.live_document import CorruptError
from collaboration.member import Member
from collaboration.protocol import Awareness, Part, Private, QueryAwareness, Sync
from collaboration.room import Room
from collaboration.rooms import rooms
from collaboration.wire import MalformedError, Reader
from editor.selectors import access, people

log = logging.getLogger(__name__)

MOVED_ON: Final = "This score has moved on. Reload the page; unsaved edits can be kept."
NO_STRUCTS: Final = 0
"""An update whose first byte this is brings nothing new."""


class ScoreConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One browser's connection to one score.

    Reads frames and hands them on; everything that it knows is in its `Member` and its `Room`.
    """

    channel_layer_alias = None
    room: Room
    member: Member | None = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle an ASGI message.

        Channels would first look after database connections, in a thread, for every frame; this
        consumer leaves the database to the room's threads.
        """
        match message["type"]:
            case "websocket.receive":
                await self.receive_frame(message.get("bytes"))
            case "websocket.connect":
                await self.connect()
            case "websocket.disconnect":
                await self.websocket_disconnect(message)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Live as long as the socket; a server that ends says so (SPEC N2)."""
        try:
            await super().__call__(scope, receive, send)
        except asyncio.CancelledError:
            if self.member is not None:
                await self.member.close(CloseCode.RESTART)
            raise
        finally:
            # After a failure nobody tells a consumer that its socket is gone.
            self._leave()

    async def connect(self) -> None:
        """Let the socket in, or accept it and say by a code why not."""
        if not any(name == b"origin" for name, _ in self.scope["headers"]):
            await self.close()
            return
        await self.accept()
        code = await self._enter()
        if code is not None:
            await self.close(int(code))

    async def _enter(self) -> CloseCode | None:
        score_id: str = self.scope["url_route"]["kwargs"]["score_id"]
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            return CloseCode.SIGN_IN
        house = rooms()
        try:
            existence, role, card = await house.in_thread(_rights_of, user.pk, score_id)
            if existence != "ok":
                return CloseCode.DELETED if existence == "deleted" else CloseCode.NONE
            if role is None:
                return CloseCode.NO_RIGHT
            self.member = Member(
                person_id=user.pk, card=card, role=role, send=self._send_frame, close=self.close
            )
            self.room = await house.join(score_id, self.member)
        except (Error, CorruptError):
            log.exception("score %s can't be opened", score_id)
            return CloseCode.LATER
        return None

    async def _send_frame(self, frame: bytes) -> None:
        await self.base_send({"type": "websocket.send", "bytes": frame})

    async def disconnect(self, code: int) -> None:
        """The socket is gone."""
        self._leave()

    def _leave(self) -> None:
        if self.member is not None and hasattr(self, "room") and self.member in self.room.members:
            self.room.leave(self.member)

    # -- frames ----------------------------------------------------------------------------------

    async def receive_frame(self, data: bytes | None) -> None:
        """One WebSocket message; text has no meaning here."""
        member = self.member
        if member is None or member.closed:
            return
        try:
            if data is None or len(data) > limits.FRAME_BYTES:
                raise MalformedError("frames are binary and at most 1 MiB long")
            await self._take(member, data)
        except MalformedError as error:
            await member.refuse(CloseCode.BAD_FRAME, f"This message can't be read: {error}.")
            await member.close(CloseCode.BAD_FRAME)
        if self.room.closed and not member.closed:
            await member.close(CloseCode.LATER)

    async def _take(self, member: Member, data: bytes) -> None:
        frame = protocol.decode(data)
        match frame:
            case Sync(protocol.STATE_VECTOR, payload):
                await self._take_state(member, payload)
            case Sync(step, payload):
                await self._take_update(member, step, payload)
            case Awareness(payload):
                self._take_presence(member, payload)
            case QueryAwareness():
                everyone = self.room.showing.presence.everyone()
                if everyone and member.hearing.take():
                    await member.show_presence(protocol.awareness(everyone))
            case Private(message):
                if member.speech.take():
                    await self._take_private(member, message)
                else:
                    await self._too_fast(member)
            case Part():
                whole = member.assembly.add(frame)
                if whole is not None:
                    if Reader(whole).uint() == protocol.PART:
                        raise MalformedError("a message in parts holds another")
                    await self._take(member, whole)

    async def _take_state(self, member: Member, payload: bytes) -> None:
        if not member.in_epoch:
            await member.refuse(CloseCode.EPOCH, MOVED_ON)
        elif not member.syncs.take():
            await self._too_fast(member)
        else:
            await self.room.answer(member, payload)

    async def _take_update(self, member: Member, step: int, update: bytes) -> None:
        answers = step == protocol.MISSING
        if answers and member.asked:
            member.asked -= 1
            member.flow.answered()
            await self.room.received(member)
        elif not member.updates.take():
            await self._too_fast(member)
            return
        member.frames += 1
        if not member.in_epoch:
            await member.refuse(CloseCode.EPOCH, MOVED_ON)
        elif not member.may_write:
            await self._read_only(member, answers=answers, update=update)
        elif not self.room.submit(member, step, update):
            await member.refuse(CloseCode.LATER, "Too much waits to be stored. Try again.")
            await member.close(CloseCode.LATER)

    async def _read_only(self, member: Member, *, answers: bool, update: bytes) -> None:
        told = update[:1] == bytes((NO_STRUCTS,)) and (answers or update == protocol.EMPTY_UPDATE)
        # Yjs answers with everything that it knows to be deleted, which is no edit.
        if told and (update == protocol.EMPTY_UPDATE or await self.room.knows_deletions(update)):
            if not member.resyncing:
                await member.settle(member.frames, self.room.seq)
            return
        member.resyncing = True
        await member.refuse(CloseCode.NO_RIGHT, "You may look at this score, not change it.")

    async def _too_fast(self, member: Member) -> None:
        await member.refuse(CloseCode.RATE, "Too many edits at once. They are kept, try again.")
        await member.close(CloseCode.RATE)

    def _take_presence(self, member: Member, payload: bytes) -> None:
        if not member.hearing.take():
            return
        for entry in presence.read(payload):
            if member.client is None and self._may_be(member, entry.client):
                member.client = entry.client
            # Stock clients send back what they hear of others; only they themselves count.
            if entry.client == member.client:
                member.wants = entry
                self.room.showing.soon()

    def _may_be(self, member: Member, client: int) -> bool:
        if self.room.live.owners.get(client, member.person_id) != member.person_id:
            return False
        for other in self.room.members:
            if other.client == client and other is not member:
                if other.person_id != member.person_id:
                    return False
                # The same browser came back before its old socket was found dead.
                other.client = None
        return True

    # -- private frames --------------------------------------------------------------------------

    async def _take_private(self, member: Member, message: dict[str, object]) -> None:
        match message:
            case {"t": "hello", "v": 1, "client": int(client), **rest}:
                await self._hello(member, client, rest.get("epoch"))
            case {"t": "got", "bytes": int(total)}:
                if not member.flow.got(total):
                    raise MalformedError("a receipt for what was never sent")
                await self.room.received(member)
            case _:
                raise MalformedError("there is no such private message")

    async def _hello(self, member: Member, client: int, epoch: object) -> None:
        if not 0 < client < 2**53:
            raise MalformedError("a client id is out of range")
        member.flow.hello()
        if member.client is None and self._may_be(member, client):
            member.client = client
        member.in_epoch = epoch in (None, 0, self.room.epoch)
        await member.tell(
            "welcome",
            epoch=self.room.epoch,
            seq=self.room.seq,
            role=member.role,
            person=member.card,
            limits=limits.told(),
        )


def _rights_of(person_id: int, score_id: str) -> tuple[str, str | None, dict[str, object]]:
    existence = access.exists(score_id)
    if existence != "ok":
        return existence, None, {}
    return existence, access.role_of(person_id, score_id), dict(people.card(person_id))
