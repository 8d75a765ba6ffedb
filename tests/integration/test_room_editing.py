"""People edit a score together over real sockets."""

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import Server

NOTE = ["trackAb1", 60, 480, 240, 100]


async def test_an_edit_reaches_the_other_person_and_is_acked(server: Server) -> None:
    """SPEC H2, H4, W2, W4."""
    stage = set_stage(server.home, people=2, notes=50)
    async with two_people(stage, server) as (anna, ben):
        assert len(anna.content()) == 50
        assert anna.said("welcome")[0]["role"] == "owner"
        assert ben.said("welcome")[0]["role"] == "editor"
        assert ben.said("welcome")[0]["person"]["name"] == "Oboe"
        await anna.put({"aB3dE5gH7j": NOTE})
        await ben.until(lambda: "aB3dE5gH7j" in ben.content(), "the note")
        await anna.stored()
        await ben.edit(lambda: ben.notes.pop("aB3dE5gH7j"))
        await anna.until(lambda: "aB3dE5gH7j" not in anna.content(), "the deletion")
        assert anna.said("ack")[-1]["seq"] == 2


async def test_what_was_acked_survives_kill_9(own_server: Server) -> None:
    """SPEC W3: seen by anyone or acked = durable."""
    stage = set_stage(own_server.home, people=2, notes=0)
    async with RoomClient(own_server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        for number in range(20):
            anna.notes[f"note{number:06d}"] = NOTE
            await anna.flush()
        await anna.until(lambda: anna.acked >= 5, "some acks")
        own_server.kill()
        kept = anna.acked
    own_server.start()
    async with RoomClient(own_server, stage.score_id, stage.cookies[1]) as ben:
        await ben.sync()
        # The first frame of every client is its SyncStep2, so the first note is the second one.
        assert len(ben.content()) >= kept - 1
