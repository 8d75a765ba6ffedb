"""SPEC P: what is shown of what clients say about themselves."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration.presence import GONE, Entry, Presence, read, write
from collaboration.wire import MalformedError

OBOE = {"key": "k3yOboe1", "name": "Oboe", "color": 4}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presence(clock: Clock) -> Presence:
    return Presence(clock)


def shown(presence: Presence) -> dict[int, Any]:
    update = presence.everyone()
    entries = read(update) if update else []
    return {entry.client: json.loads(entry.state) for entry in entries}


def said(**state: Any) -> str:
    return json.dumps(state)


@given(st.lists(st.tuples(st.integers(0, 2**32), st.integers(0, 2**31), st.text(max_size=30))))
def test_awareness_updates_come_back(entries: list[tuple[int, int, str]]) -> None:
    written = [Entry(*entry) for entry in entries]
    assert read(write(written)) == written


@given(st.binary(max_size=60))
def test_garbage_is_refused_or_read(data: bytes) -> None:
    try:
        read(data)
    except MalformedError:
        pass


RIGHT = {
    "cursor": [480, 60.5, "trackAb1"],
    "select": {"n": 3, "box": [0, 480, 60, 72], "ids": ["aB3dE5gH7j"]},
    "drag": {"kind": "move", "dt": 120, "dp": -1, "box": [0, 1, 2, 3], "ids": []},
    "view": [0, 1920, 36, 84],
    "hear": {"suggestion": "s1", "candidate": 0},
    "panel": "suggest",
    "claims": ["trackAb1"],
    "idle": True,
}


def test_known_fields_are_kept_and_signed(presence: Presence) -> None:
    """SPEC P2."""
    presence.hear(Entry(7, 1, said(**RIGHT, user={"name": "Liar"}, more=1)), OBOE)
    assert shown(presence) == {7: {"user": OBOE, **RIGHT}}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cursor", [1, 2]),
        ("cursor", "here"),
        ("cursor", [1, True, None]),
        ("select", {"n": 1, "box": [0, 1, 2, 3], "ids": ["x"] * 65}),
        ("select", {"n": 1, "secret": 2}),
        ("drag", {"kind": "explode"}),
        ("view", [1, 2, 3]),
        ("claims", ["a" * 17]),
        ("panel", 5),
        ("idle", {}),
    ],
)
def test_fields_of_a_wrong_shape_are_dropped(presence: Presence, field: str, wrong: Any) -> None:
    """SPEC P2."""
    presence.hear(Entry(7, 1, said(**{field: wrong})), OBOE)
    assert shown(presence) == {7: {"user": OBOE}}


@pytest.mark.parametrize("state", ["[1]", "5", "{", '"x"', "[" * 5000, said(panel="x" * 5000)])
def test_what_is_no_state_is_dropped(presence: Presence, state: str) -> None:
    """SPEC P2."""
    presence.hear(Entry(7, 1, state), OBOE)
    assert shown(presence) == {}
    assert presence.news() is None


def test_news_are_told_once(presence: Presence) -> None:
    presence.hear(Entry(7, 1, said(idle=True)), OBOE)
    news = presence.news()
    assert news is not None
    assert [entry.client for entry in read(news)] == [7]
    assert presence.news() is None


def test_older_clocks_are_old_news(presence: Presence) -> None:
    presence.hear(Entry(7, 5, said(cursor=[5, 5, None])), OBOE)
    presence.news()
    for clock in (4, 5):
        presence.hear(Entry(7, clock, said(cursor=[0, 0, None])), OBOE)
    assert presence.news() is None
    assert shown(presence)[7]["cursor"] == [5, 5, None]


def test_who_leaves_is_told_as_gone(presence: Presence) -> None:
    """SPEC P4."""
    presence.hear(Entry(7, 5, said(idle=True)), OBOE)
    presence.news()
    presence.leave(7)
    news = presence.news()
    assert news is not None
    assert read(news) == [Entry(7, 5, GONE)]
    assert shown(presence) == {}


def test_who_comes_and_leaves_between_two_tellings_is_gone(presence: Presence) -> None:
    presence.hear(Entry(7, 5, said(idle=True)), OBOE)
    presence.hear(Entry(7, 6, GONE), OBOE)
    news = presence.news()
    assert news is not None
    assert read(news) == [Entry(7, 6, GONE)]


def test_the_silent_are_let_go_and_the_renewed_stay(presence: Presence, clock: Clock) -> None:
    """SPEC P4."""
    presence.hear(Entry(7, 1, said(idle=True)), OBOE)
    presence.hear(Entry(8, 1, said(idle=True)), OBOE)
    clock.now += 30
    presence.hear(Entry(8, 2, said(idle=True)), OBOE)
    clock.now += 6
    assert presence.drop_silent() == [7]
    assert list(shown(presence)) == [8]


@pytest.mark.parametrize(
    "state",
    [
        '{"panel":"\\ud800","idle":true}',
        '{"claims":["\\udfff"],"idle":true}',
        '{"view":[NaN,0,0,0],"idle":true}',
        '{"cursor":[Infinity,60,null],"idle":true}',
        '{"view":[1e999,0,0,0],"idle":true}',
        '{"select":{"n":1' + "0" * 3000 + '},"idle":true}',
    ],
)
def test_what_no_browser_can_read_is_dropped(presence: Presence, state: str) -> None:
    """SPEC P2: one client's state must not keep the others from reading anybody's."""
    presence.hear(Entry(7, 1, state), OBOE)
    assert shown(presence) == {7: {"user": OBOE, "idle": True}}


def test_endless_lists_are_refused_at_once() -> None:
    with pytest.raises(MalformedError):
        read(b"\xc0\x84\x3d" + b"\x01\x01\x00" * 1_000_000)
