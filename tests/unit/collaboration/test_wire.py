import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration import state_vector, wire
from collaboration.wire import MalformedError, Reader


@given(st.integers(0, wire.MAX_UINT))
def test_unsigned_integers_come_back(value: int) -> None:
    reader = Reader(wire.uint(value))
    assert reader.uint() == value
    assert reader.finished


@given(st.integers(-wire.MAX_UINT, wire.MAX_UINT))
def test_signed_integers_come_back(value: int) -> None:
    assert Reader(wire.sint(value)).sint() == value


@given(st.text())
def test_texts_come_back(value: str) -> None:
    try:
        encoded = wire.text(value)
    except UnicodeEncodeError:
        return
    assert Reader(encoded).text() == value


@given(st.dictionaries(st.integers(0, 2**32), st.integers(0, 2**31)))
def test_state_vectors_come_back(state: dict[int, int]) -> None:
    assert state_vector.decode(state_vector.encode(state)) == state


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (Reader.uint, Reader.sint, Reader.text, Reader.blob):
        try:
            read(Reader(data))
        except MalformedError:
            pass


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 9, b"\xff" * 7 + b"\x7f", b"\x05abc"])
def test_what_ends_too_early_or_is_too_large_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        Reader(data).blob()
