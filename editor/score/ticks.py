"""Musical time in integers."""

from typing import Final

TICKS_PER_QUARTER: Final = 480
"""Ticks of one quarter note; every position in a score is a whole number of them."""

LAST_TICK: Final = 2**31 - 1
"""No position in a score is later, so that every one fits 32 bits."""
