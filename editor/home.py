"""Where everything that people make lives: the folder ``$ANTIPHON_HOME``.

The folder holds the database, uploaded assets, SoundFonts, the secret key, the certificate and
the logs. It is never part of the source tree that git sees, and tests use temporary ones.

This module uses the standard library alone, since the bootstrap reads it before anything is
installed.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
"""The root of the source tree."""


@dataclass(frozen=True, slots=True)
class Home:
    """The paths below one home folder. Nothing is created until `prepare` is called."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file with scores, people and the journal."""
        return self.root / "db.sqlite3"

    @property
    def assets(self) -> Path:
        """Files that people bring or render: clips, exports, previews."""
        return self.root / "assets"

    @property
    def soundfonts(self) -> Path:
        """SoundFonts that people add."""
        return self.root / "soundfonts"

    @property
    def logs(self) -> Path:
        """What the server and the worker write down."""
        return self.root / "logs"

    @property
    def secret_key_file(self) -> Path:
        """The signing key, readable by its owner alone."""
        return self.root / "secret.key"

    @property
    def certificate(self) -> Path:
        """The self-signed certificate (PEM), made when the server first leaves loopback."""
        return self.root / "certificate.pem"

    @property
    def certificate_key(self) -> Path:
        """The private key of `certificate` (PEM), readable by its owner alone."""
        return self.root / "certificate.key"

    def prepare(self) -> None:
        """Make the folders. Safe to call at every start.

        Raises:
            OSError: if the folder cannot be made or written.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.assets, self.soundfonts, self.logs):
            folder.mkdir(exist_ok=True)

    def secret_key(self) -> str:
        """Return the signing key; make it (mode 0600) when there is none yet.

        Two processes may ask at once: both get the key of whichever wrote it first.
        """
        self.prepare()
        if not self.secret_key_file.exists():
            draft = self.root / f"secret.key.{secrets.token_hex(4)}"
            write_private(draft, secrets.token_urlsafe(48))
            try:
                os.link(draft, self.secret_key_file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return self.secret_key_file.read_text(encoding="utf-8").strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read (0600), replacing what was there."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def current_home() -> Home:
    """The home that this process uses: ``$ANTIPHON_HOME``, else ``.antiphon`` in the checkout."""
    named = os.environ.get("ANTIPHON_HOME")
    root = Path(named).expanduser() if named else CHECKOUT / ".antiphon"
    return Home(root.resolve())
