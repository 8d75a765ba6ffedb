"""Delays in two numbers."""

from collections.abc import Sequence


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile, nearest rank, to a tenth."""
    ranked = sorted(values)
    last = len(ranked) - 1
    return {
        "p50": round(ranked[round(0.5 * last)], 1),
        "p95": round(ranked[round(0.95 * last)], 1),
    }
