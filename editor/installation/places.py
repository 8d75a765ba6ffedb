"""Where set-up puts things inside the checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
NODE_MODULES = CHECKOUT / "node_modules"
SOURCE = CHECKOUT / "static" / "src"
BUNDLE = CHECKOUT / "static" / "dist"


def inside_venv() -> bool:
    """Whether this very process runs on the checkout's own virtual environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()
