"""What a page says is read strictly: either a message of the contract, or an explained refusal."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.messages import (
    MAX_REGION_TICKS,
    BadMessage,
    Cancel,
    Decide,
    Preview,
    Received,
    Stop,
    Suggest,
    Vote,
    parse,
)
from generation.ports import Controls, Region

ID = "aB3dE5gH7jK9"
SUGGEST = {
    "t": "suggest", "ref": 4, "kind": "infill", "seed": 12, "candidates": 3,
    "region": {"tracks": ["aaaaaaaa", "bbbbbbbb"], "start": 0, "end": 1920},
    "controls": {"tempo": 90, "density": None, "temperature": 0.9},
}  # fmt: skip

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["suggest", "cancel", "preview", "stop", "received", "vote", "decide", "other", 3]
)
FIELDS = st.sampled_from(
    ["ref", "id", "kind", "region", "controls", "seed", "candidates", "candidate", "voice",
     "settings", "tempo", "stream", "sequence", "value", "verdict", "notes"]
)  # fmt: skip


def test_every_message_of_the_contract_is_read() -> None:
    read = parse(json.dumps(SUGGEST))
    region = Region(("aaaaaaaa", "bbbbbbbb"), 0, 1920)
    assert read == Suggest(4, "infill", region, Controls(90.0, None, 0.9), 12, 3)
    for body, expected in (
        ({"t": "cancel", "id": ID}, Cancel(None, ID)),
        ({"t": "stop", "stream": 3}, Stop(None, 3)),
        ({"t": "received", "stream": 3, "sequence": 0}, Received(None, 3, 0)),
        ({"t": "vote", "id": ID, "candidate": 1, "value": -1}, Vote(None, ID, 1, -1)),
        (
            {"t": "decide", "id": ID, "candidate": 0, "verdict": "accepted",
             "notes": ["aaaaaaaaaa", "aaaaaaaaaa"]},
            Decide(None, ID, 0, "accepted", ("aaaaaaaaaa",)),
        ),
        (
            {"t": "decide", "id": ID, "candidate": None, "verdict": "dismissed"},
            Decide(None, ID, None, "dismissed", None),
        ),
        (
            {"t": "preview", "ref": "p", "id": ID, "candidate": 0, "voice": "singer",
             "settings": None, "tempo": 100},
            Preview("p", ID, 0, "singer", {}, 100.0),
        ),
    ):  # fmt: skip
        assert parse(json.dumps(body)) == expected


@given(body=st.dictionaries(FIELDS, JSON, max_size=8), kind=KINDS)
def test_anything_else_is_refused_in_words(body: dict[str, Any], kind: object) -> None:
    try:
        message = parse(json.dumps({**body, "t": kind}))
    except BadMessage as refusal:
        assert refusal.code
        assert refusal.text.endswith(".")
    else:
        assert type(message).__name__.lower() == kind


@given(text=st.text(max_size=60))
def test_text_that_is_no_object_is_fatal(text: str) -> None:
    with pytest.raises(BadMessage) as refusal:
        parse(json.dumps(text))
    assert refusal.value.fatal


@given(path=st.sampled_from(["kind", "region", "controls", "seed", "candidates"]), value=JSON)
def test_a_refusal_names_the_senders_ref(path: str, value: object) -> None:
    try:
        parse(json.dumps({**SUGGEST, path: value}))
    except BadMessage as refusal:
        assert refusal.ref == 4
        assert not refusal.fatal


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ({"tracks": ["aaaaaaaa"], "start": 0, "end": MAX_REGION_TICKS + 1}, "region"),
        ({"tracks": ["aaaaaaaa"], "start": -1, "end": 9}, "region"),
        ({"tracks": ["aaaaaaaa"], "start": 0.5, "end": 9}, "region"),
        ({"tracks": ["a"], "start": 0, "end": 9}, "region"),
        ({"tracks": [f"aaaaaa{n:02}" for n in range(17)], "start": 0, "end": 9}, "region"),
        ({"tracks": "aaaaaaaa", "start": 0, "end": 9}, "region"),
    ],
)
def test_regions_that_cannot_be_asked_for(region: dict[str, object], code: str) -> None:
    with pytest.raises(BadMessage) as refusal:
        parse(json.dumps({**SUGGEST, "region": region}))
    assert refusal.value.code == code
