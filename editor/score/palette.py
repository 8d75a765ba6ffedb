"""In which order the twelve colours are dealt, so that tracks and people rarely share one."""

from typing import Final

TRACK_COLORS: Final = (1, 2, 6, 11, 8, 10, 9, 7, 4, 5, 3, 12)
"""Brass, azure, coral, slate, orchid, rust … mint, which is close to the answering green, last."""

PEOPLE_COLORS: Final = (3, 4, 5, 7, 9, 10, 8, 11, 6, 2, 1, 12)
"""Rose, lime, violet, sky …"""
