"""SPEC F: the golden frames, and what is no frame."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration import limits, presence, protocol, state_vector, wire
from collaboration.parts import Assembly
from collaboration.protocol import Part
from collaboration.wire import MalformedError
from tests.data import FIXTURES
from tests.unit.collaboration.peers import Peer

GOLDEN = json.loads((FIXTURES / "frames" / "frames.json").read_text(encoding="utf-8"))
FRAMES = {frame["name"]: frame for frame in GOLDEN["frames"]}


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def written(decoded: dict[str, Any]) -> bytes:
    """The frame that our functions write for a golden frame's meaning."""
    payload = raw(decoded.get("payload", ""))
    match decoded["type"]:
        case protocol.SYNC:
            return protocol.sync(decoded["step"], payload)
        case protocol.AWARENESS:
            return protocol.awareness(payload)
        case protocol.AUTH:
            return protocol.denied(decoded["reason"])
        case protocol.QUERY_AWARENESS:
            return protocol.query_awareness()
        case protocol.PRIVATE:
            fields = dict(decoded["message"])
            return protocol.private(fields.pop("t"), **fields)
    long = raw(GOLDEN["long"])
    index: int = decoded["index"]
    return protocol.parts(long, decoded["id"], 512)[index]


@pytest.mark.parametrize("name", FRAMES)
def test_golden_frames_are_written_byte_for_byte(name: str) -> None:
    """SPEC F7."""
    assert written(FRAMES[name]["decoded"]) == raw(FRAMES[name]["base64"])


@pytest.mark.parametrize("name", FRAMES)
def test_golden_frames_are_read(name: str) -> None:
    """SPEC F1-F5."""
    decoded = FRAMES[name]["decoded"]
    match protocol.decode(raw(FRAMES[name]["base64"])):
        case protocol.Sync(step, payload):
            assert (decoded["step"], raw(decoded["payload"])) == (step, payload)
            if step == protocol.STATE_VECTOR:
                state = {int(client): clock for client, clock in decoded["state"].items()}
                assert state_vector.decode(payload) == state
        case protocol.Awareness(payload):
            assert [
                {"client": entry.client, "clock": entry.clock, "state": json.loads(entry.state)}
                for entry in presence.read(payload)
            ] == decoded["entries"]
        case protocol.Auth(reason):
            assert decoded["reason"] == reason
        case protocol.Private(message):
            assert decoded["message"] == message
        case Part(id, index, count, payload):
            assert (decoded["id"], decoded["index"], decoded["count"]) == (id, index, count)
            assert raw(decoded["payload"]) == payload
        case _:
            assert decoded["type"] == protocol.QUERY_AWARENESS


def test_the_golden_update_means_its_content() -> None:
    decoded = FRAMES["update"]["decoded"]
    peer = Peer(1)
    peer.apply(raw(decoded["payload"]))
    for root, key, value in decoded["content"]:
        assert peer.root(root)[key] == value


def test_golden_parts_make_the_long_frame() -> None:
    assembly = Assembly()
    whole = None
    for name in FRAMES:
        if name.startswith("part"):
            frame = protocol.decode(raw(FRAMES[name]["base64"]))
            assert isinstance(frame, Part)
            whole = assembly.add(frame)
    assert whole == raw(GOLDEN["long"])


@given(st.binary(max_size=200))
def test_garbage_is_refused_or_a_frame(data: bytes) -> None:
    """SPEC F6."""
    try:
        protocol.decode(data)
    except MalformedError:
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x07",
        b"\x00\x03\x00",
        b"\x64\x02{}",
        b"\x64\x04null",
        b"\x64\x03\xff\xff\xff",
        b"\x65\x01\x02\x02",
        b"\x65\x01\x00\x00",
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    """SPEC F6."""
    with pytest.raises(MalformedError):
        protocol.decode(data)


def test_private_json_that_nests_without_end_is_refused() -> None:
    deep = "[" * 100_000
    text = f'{{"t":"x","a":{deep}'
    with pytest.raises(MalformedError):
        protocol.decode(bytes((protocol.PRIVATE,)) + wire.text(text))


@given(st.binary(min_size=1, max_size=5000), st.integers(1, 700))
def test_parts_come_back_together(frame: bytes, size: int) -> None:
    """SPEC F5."""
    assembly = Assembly()
    pieces = [protocol.decode(part) for part in protocol.parts(frame, 3, size)]
    results = [assembly.add(piece) for piece in pieces if isinstance(piece, Part)]
    assert results[-1] == frame
    assert all(result is None for result in results[:-1])


@pytest.mark.parametrize(
    "order", [[(1, 1, 3)], [(1, 0, 3), (2, 1, 3)], [(1, 0, 3), (1, 0, 3)], [(1, 0, 3), (1, 1, 2)]]
)
def test_parts_out_of_order_are_refused(order: list[tuple[int, int, int]]) -> None:
    """SPEC F5."""
    assembly = Assembly()
    with pytest.raises(MalformedError):
        for id, index, count in order:
            assembly.add(Part(id, index, count, b"x"))


def test_more_than_16_mib_in_parts_are_refused() -> None:
    """SPEC F5."""
    assembly = Assembly()
    whole = limits.MESSAGE_BYTES // limits.PART_BYTES
    for index in range(whole):
        assert assembly.add(Part(1, index, whole + 1, bytes(limits.PART_BYTES))) is None
    with pytest.raises(MalformedError):
        assembly.add(Part(1, whole, whole + 1, b"x"))


def test_a_private_frame_is_short() -> None:
    with pytest.raises(MalformedError, match="too long"):
        protocol.decode(protocol.private("hello", text="a" * limits.PRIVATE_BYTES))
