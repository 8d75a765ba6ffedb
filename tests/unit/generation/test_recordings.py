"""Recordings that nobody hears are stopped, and only so many run."""

from typing import Any

import pytest

from generation.process import WorkerProcess
from generation.proposal import CandidateState
from generation.recordings import CROWDED, RUNNING, Recordings, Song


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(WorkerProcess, "say", lambda self, message: messages.append(message))
    monkeypatch.setattr(WorkerProcess, "wake", lambda self: None)
    return messages


def song(tempo: int) -> Song:
    return Song("s", 0, "singer", {}, str(tempo), lambda tick: tick / 480, frozenset(), True)


def test_the_last_listener_stops_it(said: list[dict[str, Any]]) -> None:
    recordings, candidate = Recordings(), CandidateState(0)
    first = recordings.listen(song(1), candidate, lambda: False)
    with first.heard():
        with first.heard():
            assert recordings.listen(song(1), candidate, lambda: False) is first
        assert not said
    assert [message["t"] for message in said] == ["stop"]
    assert recordings.listen(song(1), candidate, lambda: False) is not first


def test_so_many_run_and_no_more(said: list[dict[str, Any]]) -> None:
    recordings, candidate = Recordings(), CandidateState(0)
    made = [recordings.listen(song(n), candidate, lambda: False) for n in range(RUNNING)]
    with made[0].heard():
        recordings.listen(song(100), candidate, lambda: False)
        assert [message["job"] for message in said] == [2]
        assert made[1].error == CROWDED and not made[0].done
    assert len(said) == 2
