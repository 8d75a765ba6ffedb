"""One score has one room, whoever enters while the rooms are swept."""

import asyncio

import pytest

from generation.room import SuggestionRoom
from generation.rooms import Rooms


async def test_a_room_swept_while_it_is_awaited_is_loaded_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rooms = Rooms()
    loads = 0

    async def load(room: SuggestionRoom) -> None:
        nonlocal loads
        loads += 1
        if loads == 1:
            # Runs between the end of loading and the entry of whoever waits for it.
            loading = rooms._rooms["score"]
            loading.add_done_callback(lambda _: rooms._sweep())

    monkeypatch.setattr(SuggestionRoom, "load", load)
    entering = asyncio.create_task(rooms._loaded("score"))
    room = await entering
    assert loads == 2
    assert rooms._rooms["score"].result() is room
