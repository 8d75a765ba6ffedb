"""Where the large data lies that only long tests read."""

import os
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"


def long_data() -> Path | None:
    """The folder that ``ANTIPHON_DATA`` names, or None."""
    named = os.environ.get("ANTIPHON_DATA")
    return Path(named) if named and Path(named).is_dir() else None
