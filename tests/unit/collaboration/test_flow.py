"""SPEC B: receipts, windows, token buckets."""

import pytest

from collaboration.flow import PROBE_BYTES, STALL_SECONDS, WINDOW_BYTES, Flow
from collaboration.limits import TokenBucket


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def flow(clock: Clock) -> Flow:
    return Flow(clock)


def stalled(flow: Flow) -> bool:
    return flow.stalled


def wants_probe(flow: Flow) -> bool:
    return flow.wants_probe


def test_receipts_open_the_window_again(flow: Flow) -> None:
    """SPEC B3."""
    flow.hello()
    flow.sent(WINDOW_BYTES)
    assert not flow.open
    assert flow.got(1)
    assert flow.open


@pytest.mark.parametrize("total", [-1, 101])
def test_impossible_receipts_are_seen(flow: Flow, total: int) -> None:
    flow.hello()
    flow.sent(100)
    assert not flow.got(total)


def test_receipts_never_go_back(flow: Flow) -> None:
    flow.hello()
    flow.sent(100)
    assert flow.got(50)
    assert not flow.got(49)


def test_a_silent_reader_stalls(flow: Flow, clock: Clock) -> None:
    """SPEC B4."""
    flow.hello()
    clock.now += 100
    assert not stalled(flow), "nothing is owed"
    flow.sent(10)
    clock.now += STALL_SECONDS - 1
    flow.sent(10)
    assert not stalled(flow)
    clock.now += 2
    assert stalled(flow)
    flow.got(10)
    assert not stalled(flow), "it reads, if slowly"
    clock.now += STALL_SECONDS + 1
    assert stalled(flow)
    flow.got(20)
    clock.now += STALL_SECONDS + 1
    assert not stalled(flow)


def test_a_stock_client_is_probed_and_stalls_only_then(flow: Flow, clock: Clock) -> None:
    """SPEC B2, B4."""
    flow.sent(PROBE_BYTES - 1)
    clock.now += 100
    assert not stalled(flow)
    assert not wants_probe(flow)
    flow.sent(1)
    assert wants_probe(flow)
    flow.sent(5)
    flow.probed()
    assert not wants_probe(flow)
    flow.sent(7)
    clock.now += STALL_SECONDS + 1
    assert stalled(flow)
    flow.answered()
    assert not stalled(flow)
    assert flow.under_way == 7


def test_an_answer_without_a_question_is_no_receipt(flow: Flow) -> None:
    flow.sent(100)
    flow.answered()
    assert flow.under_way == 100


def test_a_bucket_lets_a_burst_and_then_a_rate_through(clock: Clock) -> None:
    """SPEC B5."""
    bucket = TokenBucket(rate=30, burst=120, clock=clock)
    assert all(bucket.take() for _ in range(120))
    assert not bucket.take()
    clock.now += 1
    assert sum(bucket.take() for _ in range(100)) == 30
    clock.now += 1000
    assert sum(bucket.take() for _ in range(1000)) == 120
