"""What has to be installed and built, as chains of steps; nothing when all is fresh."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from editor.installation.places import BUNDLE, CHECKOUT, VENV, VENV_PYTHON
from editor.installation.stamps import (
    Stamp,
    bundle_stamp,
    front_end_stamp,
    packages_stamp,
    test_packages_stamp,
)
from editor.installation.steps import Step

NETWORK_ADVICE = (
    "If the log speaks of the network, check the connection or the proxy; if of space, free some "
    "disk (about 3 GB are needed). Then run the same command again: what is done is kept."
)
TORCH_INDEX = "ANTIPHON_TORCH_INDEX"


@dataclass(frozen=True, slots=True)
class Needs:
    """Which parts a command needs."""

    front_end: bool = True
    tests: bool = False


def python_chain(needs: Needs) -> list[Step]:
    """Make the virtual environment and install Python packages into it."""
    steps = []
    if not _venv_works():
        steps.append(
            Step(
                "Virtual environment",
                [sys.executable, "-m", "venv", "--clear", str(VENV)],
                advice="On Debian and Ubuntu this needs: apt install python3-venv",
            )
        )
    stamp = packages_stamp()
    if steps or not stamp.fresh:
        steps += _torch_for_cpu()
        steps.append(_pip("Python packages", CHECKOUT / "requirements.txt", stamp))
    if needs.tests:
        test_stamp = test_packages_stamp()
        if steps or not test_stamp.fresh:
            lock = CHECKOUT / "tests" / "requirements.txt"
            steps.append(_pip("Python packages for tests", lock, test_stamp))
    return steps


def front_end_chain(needs: Needs) -> list[Step]:
    """Install the front end's packages and build its bundle."""
    if not needs.front_end:
        return []
    steps = []
    stamp = front_end_stamp()
    if not stamp.fresh:
        command = [shutil.which("npm") or "npm", "ci", "--no-audit", "--no-fund"]
        steps.append(Step("Front-end packages", command, advice=NETWORK_ADVICE, after=stamp.write))
    built = bundle_stamp()
    if steps or not built.fresh or not (BUNDLE / "manifest.json").is_file():
        command = [shutil.which("npm") or "npm", "run", "build"]
        steps.append(
            Step(
                "Front-end bundle",
                command,
                advice="The sources under static/src do not build; the log names the file.",
                after=built.write,
            )
        )
    return steps


def _pip(name: str, lock: Path, stamp: Stamp) -> Step:
    # Bytecode is made when a module is first used: most of the packages' modules never are.
    command = [
        str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--no-compile",
        "--disable-pip-version-check", "--prefer-binary", "-r", str(lock),
    ]  # fmt: skip
    return Step(name, command, advice=_pip_advice(), after=stamp.write)


def _pip_advice() -> str:
    advice = NETWORK_ADVICE
    if sys.version_info[:2] != (3, 11):
        advice += " The packages are locked and tested on Python 3.11."
    return advice


def _torch_for_cpu() -> list[Step]:
    """Take torch from the index of CPU builds that the environment names.

    The ordinary Linux build brings gigabytes of CUDA libraries, of no use without such a card.
    """
    index = os.environ.get(TORCH_INDEX)
    if not index or not sys.platform.startswith("linux") or _has_nvidia_card():
        return []
    lock = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    pin = re.search(r"^torch==\S+", lock, re.MULTILINE)
    if pin is None:
        return []
    command = [
        str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--no-compile", "--no-deps",
        "--disable-pip-version-check", "--index-url", index, pin[0],
    ]  # fmt: skip
    advice = f"{TORCH_INDEX} names {index}; unset it to take torch from where pip looks first."
    return [Step("PyTorch for CPU", command, advice=advice)]


def _has_nvidia_card() -> bool:
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def _venv_works() -> bool:
    """Whether the virtual environment is whole: a set-up may have been cut off half-way."""
    if packages_stamp().fresh and VENV_PYTHON.exists():
        return True
    try:
        said = subprocess.run(
            [str(VENV_PYTHON), "-m", "pip", "--version"], capture_output=True, check=False
        )
    except OSError:
        return False
    return said.returncode == 0
