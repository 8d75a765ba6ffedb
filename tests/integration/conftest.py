"""Real servers for integration tests."""

from collections.abc import Iterator

import pytest

from tests.integration.server import Server, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for the tests of a module; they use scores of their own."""
    with running_server() as started:
        yield started
        if started.process is not None and "Traceback" in started.said():
            pytest.fail(f"the server printed a traceback:\n{started.said()[-6000:]}")


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for one test alone, which may kill it."""
    with running_server() as started:
        yield started
