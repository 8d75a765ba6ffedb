"""The composer as it is in a checkout whose weights were never trained."""

from pathlib import Path

from generation.engines.composer import ComposerEngine

CHOICE = "Composer|continue,infill|tests.integration.weightless:WeightlessComposer"


class WeightlessComposer(ComposerEngine):
    """Looks for its weights where there are none."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere") / "composer.safetensors")
