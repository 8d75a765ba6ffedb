"""Stamps remember what was installed or built, so that a second start skips it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from editor.installation.places import BUNDLE, CHECKOUT, NODE_MODULES, SOURCE, VENV


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file that holds the digest of what its neighbours were made from."""

    file: Path
    digest: str

    @property
    def fresh(self) -> bool:
        """Whether what lies there was made from exactly these sources."""
        try:
            return self.file.read_text(encoding="ascii") == self.digest
        except OSError:
            return False

    def write(self) -> None:
        """Remember the digest. Called when the making has succeeded."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.digest, encoding="ascii")


def packages_stamp() -> Stamp:
    """What the program runs on, in the virtual environment."""
    digest = _digest([CHECKOUT / "requirements.txt"], sys.version.encode())
    return Stamp(VENV / "antiphon-packages", digest)


def test_packages_stamp() -> Stamp:
    """What the tests and the lint need besides."""
    sources = [CHECKOUT / "requirements.txt", CHECKOUT / "tests" / "requirements.txt"]
    return Stamp(VENV / "antiphon-test-packages", _digest(sources, sys.version.encode()))


def front_end_stamp() -> Stamp:
    """The front end's packages."""
    sources = [CHECKOUT / "package.json", CHECKOUT / "package-lock.json"]
    return Stamp(NODE_MODULES / ".antiphon-packages", _digest(sources))


def bundle_stamp() -> Stamp:
    """The front end's bundle."""
    sources = [
        CHECKOUT / "package-lock.json",
        CHECKOUT / "vite.config.ts",
        CHECKOUT / "tsconfig.json",
        *sorted(path for path in SOURCE.rglob("*") if path.is_file()),
    ]
    return Stamp(BUNDLE / ".antiphon-bundle", _digest(sources))


def _digest(files: Iterable[Path], extra: bytes = b"") -> str:
    digest = hashlib.sha256(extra)
    for file in files:
        digest.update(str(file.relative_to(CHECKOUT)).encode())
        try:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        except FileNotFoundError:
            digest.update(b"absent")
    return digest.hexdigest()
