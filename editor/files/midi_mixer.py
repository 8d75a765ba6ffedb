"""Controllers whose first value is a setting of the track."""

from typing import Final

MIXER: Final = {"cc7": "volume", "cc10": "pan", "cc91": "reverb", "cc93": "chorus"}
"""Field of `Track` by controller, as lanes name it."""
