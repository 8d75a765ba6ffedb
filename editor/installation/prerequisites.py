"""What has to be on the machine before anything else: Python, its venv module, Node and npm."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

LEAST_PYTHON = (3, 11)
NODE_WANTED = "Node.js 20.19 or newer in line 20, or 22.13 and newer"


def missing_prerequisites(*, front_end: bool) -> list[str]:
    """Name everything that is missing, each with what to do. Empty when set-up can begin.

    Args:
        front_end: whether Node and npm are needed too.
    """
    missing = []
    if sys.version_info[:2] < LEAST_PYTHON:
        wanted = ".".join(map(str, LEAST_PYTHON))
        missing.append(
            f"Python {wanted} or newer (this is {sys.version.split()[0]}): "
            f"install it and call it by name, for example python{wanted} manage.py start"
        )
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        missing.append(
            "Python's venv module. On Debian and Ubuntu: "
            f"apt install python3-venv (or python{version}-venv)"
        )
    if front_end:
        missing += _missing_node()
    return missing


def _missing_node() -> list[str]:
    missing = []
    node = shutil.which("node")
    if node is None:
        missing.append(f"{NODE_WANTED}: https://nodejs.org")
    else:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        if not node_suffices(said.stdout):
            found = said.stdout.strip() or "one that does not answer"
            missing.append(f"{NODE_WANTED} (this is {found}): https://nodejs.org")
    if shutil.which("npm") is None:
        missing.append("npm, which comes with Node.js (on Debian: apt install npm)")
    return missing


def node_suffices(version: str) -> bool:
    """Whether what ``node --version`` printed ("v20.19.0") is a version that can build."""
    match = re.match(r"v?(\d+)\.(\d+)", version.strip())
    if not match:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 13) or major >= 23
