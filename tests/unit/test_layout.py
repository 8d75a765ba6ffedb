"""The shape of the source tree and the words in it."""

import re
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
FOLDERS = {".ci", "collaboration", "editor", "generation", "static", "templates", "tests"}
FILES = {
    ".gitattributes", ".gitignore", ".npmrc", "LICENSE", "NOTICE", "README.md", "eslint.config.js",
    "manage.py", "package-lock.json", "package.json", "pyproject.toml", "requirements.in",
    "requirements.txt", "tsconfig.json", "vite.config.ts", "vitest.config.ts",
}  # fmt: skip
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "stuff"}
TEXT = {".py", ".ts", ".js", ".json", ".md", ".html", ".css", ".toml", ".txt", ".in", ".yaml", ""}
# Put together here, so that this file does not name what it forbids.
REGISTRIES = ["pypi." + "org", "pythonhosted." + "org", "npmjs." + "org", "npmjs." + "com",
              "download.pytorch" + ".org", "huggingface" + ".co"]  # fmt: skip


def tracked() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def test_top_level_holds_what_the_plan_says() -> None:
    files = tracked()
    assert {path.parts[0] for path in files if len(path.parts) > 1} <= FOLDERS
    assert {path.name for path in files if len(path.parts) == 1} <= FILES


def test_no_file_has_a_vague_name() -> None:
    assert [path for path in tracked() if path.stem.lower() in VAGUE] == []


def test_no_text_names_a_package_registry() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT:
            continue
        text = (CHECKOUT / path).read_text(encoding="utf-8", errors="replace")
        found += [f"{path}: {host}" for host in REGISTRIES if host in text]
    assert found == []


def test_locks_pin_everything_and_carry_no_address() -> None:
    for name in ("requirements.txt", "tests/requirements.txt"):
        lines = (CHECKOUT / name).read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#", "-"))]
        assert pins, name
        assert [
            line for line in pins if not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line)
        ] == []
        assert not any("://" in line or "+cpu" in line for line in lines), name
    assert '"resolved"' not in (CHECKOUT / "package-lock.json").read_text(encoding="utf-8")
