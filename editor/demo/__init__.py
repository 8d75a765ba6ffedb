"""The score that waits for every visitor: a template, which the first edit copies."""

from typing import Final

DEMO_ID: Final = "AntiphonDemo"
"""The same everywhere, so that pages can link it."""
