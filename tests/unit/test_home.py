"""Where people's work lives."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from editor.home import CHECKOUT, Home, current_home


def test_home_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANTIPHON_HOME", str(tmp_path / "mine"))
    assert current_home().root == tmp_path / "mine"
    monkeypatch.delenv("ANTIPHON_HOME")
    assert current_home().root == CHECKOUT / ".antiphon"


def test_key_is_made_once_and_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "new" / "home")
    key = home.secret_key()
    assert len(key) >= 50
    assert home.secret_key() == key
    assert stat.S_IMODE(home.secret_key_file.stat().st_mode) == 0o600
    assert [path.name for path in home.root.glob("secret*")] == ["secret.key"]


def test_processes_that_race_for_the_key_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Home(tmp_path).secret_key(), range(32)))
    assert len(keys) == 1
