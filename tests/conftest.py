"""What all Python tests share."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.data import long_data

# No deadlines: a busy machine is not a failure. In CI the same examples come every time.
settings.register_profile(
    "antiphon",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("antiphon")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests where there is no data for them."""
    if long_data() is not None:
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
