"""Rights, news and edits that come from another process reach live sockets."""

import os
import subprocess
import sys

from collaboration.benches.stage import set_stage
from tests.integration.room_client import RoomClient, two_people
from tests.integration.server import CHECKOUT, Server

NOTE = ["trackAb1", 60, 480, 240, 100]


def elsewhere(server: Server, code: str) -> None:
    """Run code in another process over the same database."""
    environment = {
        **os.environ,
        "ANTIPHON_HOME": str(server.home),
        "DJANGO_SETTINGS_MODULE": "editor.settings",
    }
    setup = "import django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", setup + code],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


CHANGE_ROLE = """
from collaboration import services
from editor.models import Membership
Membership.objects.filter(score_id={score!r}, person_id={person}).{what}
services.rights_changed({score!r})
"""


async def test_a_role_changes_on_a_live_socket(server: Server) -> None:
    """SPEC R3."""
    stage = set_stage(server.home, people=2, notes=3)
    async with RoomClient(server, stage.score_id, stage.cookies[1]) as ben:
        await ben.sync()
        change = {"score": stage.score_id, "person": stage.person_ids[1]}
        elsewhere(server, CHANGE_ROLE.format(**change, what="update(role='viewer')"))
        await ben.until(lambda: bool(ben.said("role")), "the new role")
        assert ben.said("role")[-1]["role"] == "viewer"
        await ben.put({"tooLate001": NOTE})
        await ben.until(lambda: bool(ben.said("nack")), "the refusal")
        elsewhere(server, CHANGE_ROLE.format(**change, what="update(role='editor')"))
        await ben.until(lambda: ben.acked >= ben.sent and ben.said("role")[-1]["role"] == "editor")
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        assert "tooLate001" in anna.content(), "asked for again when the right came back"


async def test_a_lost_right_closes_the_socket(server: Server) -> None:
    """SPEC R3."""
    stage = set_stage(server.home, people=2, notes=3)
    async with two_people(stage, server) as (anna, ben):
        change = {"score": stage.score_id, "person": stage.person_ids[1]}
        elsewhere(server, CHANGE_ROLE.format(**change, what="all().delete()"))
        assert await ben.closed() == 4403
        assert anna.close_code is None


async def test_a_score_in_the_trash_closes_its_sockets(server: Server) -> None:
    """SPEC R1."""
    stage = set_stage(server.home, people=1, notes=3)
    trash = f"""
from collaboration import services
from django.utils import timezone
from editor.models import Score
Score.objects.filter(pk={stage.score_id!r}).update(deleted_at=timezone.now())
services.score_deleted({stage.score_id!r})
"""
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        await anna.sync()
        elsewhere(server, trash)
        assert await anna.closed() == 4410
    async with RoomClient(server, stage.score_id, stage.cookies[0]) as anna:
        assert await anna.closed() == 4410


async def test_a_submission_of_another_process_is_shown(server: Server) -> None:
    """SPEC W6."""
    stage = set_stage(server.home, people=2, notes=3)
    submit = f"""
from collaboration import services
change = services.Change("notes", "fromAfar01", {NOTE!r})
assert services.submit({stage.score_id!r}, [change], {stage.person_ids[0]}) == 2
score, seq = services.read({stage.score_id!r})
assert (len(score.notes), seq) == (4, 2), (score, seq)
"""
    async with (
        RoomClient(server, stage.score_id, stage.cookies[0]) as anna,
        RoomClient(server, stage.score_id, stage.cookies[1], hello=False) as stock,
    ):
        await anna.sync()
        await stock.sync()
        elsewhere(server, submit)
        for client in (anna, stock):
            await client.has("fromAfar01")
        await anna.put({"fromAfar01": ["trackAb1", 61, 480, 240, 100]})
        await anna.stored()
        assert anna.said("ack")[-1]["seq"] == 3
