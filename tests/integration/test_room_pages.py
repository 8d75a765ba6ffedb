"""What people do on pages acts on the open sockets of the score, at once."""

import asyncio
import time

from tests.data import FIXTURES
from tests.integration.http_client import HttpClient
from tests.integration.room_client import RoomClient
from tests.integration.server import Server

NOTE = ["trackAb1", 60, 480, 240, 100]


async def test_a_guest_shares_renames_imports_and_takes_back(server: Server) -> None:
    """SPEC N1, R1, R3, W6: from the first visit to the trash, two people on live sockets."""
    anna, ben = HttpClient(server), HttpClient(server)
    for visitor in (anna, ben):
        assert visitor.get("/api/me").status == 200
    score = (await _off(anna.send, "POST", "/api/scores", {"title": "Étude"})).json["id"]
    link = (
        await _off(
            anna.send,
            "POST",
            f"/api/scores/{score}/links",
            {"role": "editor", "expires_hours": None},
        )
    ).json
    assert ben.submit("/s/" + link["url"].rsplit("/s/")[1]).status in (302, 303)
    async with (
        RoomClient(server, score, anna.cookie) as owner,
        RoomClient(server, score, ben.cookie) as editor,
    ):
        await owner.sync()
        await editor.sync()
        await editor.put({"fromBen001": NOTE})
        await owner.has("fromBen001")

        await _off(anna.send, "PATCH", f"/api/scores/{score}", {"title": "二重奏"})
        await editor.until(lambda: bool(editor.said("event")), "the new title")
        (event,) = editor.said("event")
        assert (event["kind"], event["title"]) == ("title", "二重奏")

        midi = next(iter(sorted((FIXTURES / "midi").rglob("*.mid"))))
        before = len(editor.notes)
        answer = await _off(
            anna.drop, f"/api/scores/{score}/import", midi.read_bytes(), "piece.mid"
        )
        assert answer.status == 200, answer.text
        await editor.counts(before + answer.json["notes"])
        await editor.put({"fromBen002": NOTE})
        await owner.has("fromBen002")

        revoked = time.monotonic()
        await _off(anna.send, "DELETE", f"/api/scores/{score}/links/{link['id']}")
        assert await editor.closed() == 4403
        assert time.monotonic() - revoked < 2
        assert owner.close_code is None

        await _off(anna.send, "DELETE", f"/api/scores/{score}")
        assert await owner.closed() == 4410


async def test_the_demo_is_everybodys_to_see_and_nobodys_to_change(server: Server) -> None:
    """SPEC R2."""
    visitor = HttpClient(server)
    visitor.get("/api/me")
    async with RoomClient(server, "AntiphonDemo", visitor.cookie) as guest:
        await guest.sync()
        assert guest.said("welcome")[0]["role"] == "viewer"
        assert len(guest.notes) > 0
        await guest.put({"vandalism1": NOTE})
        await guest.until(lambda: bool(guest.said("nack")), "the refusal")
    async with RoomClient(server, "AntiphonDemo", visitor.cookie) as again:
        await again.sync()
        assert "vandalism1" not in again.content()


async def _off(call, *arguments):
    """A blocking call, while the sockets go on being read."""
    return await asyncio.get_running_loop().run_in_executor(None, call, *arguments)
