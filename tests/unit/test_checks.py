"""The test command's report: what failed is shown, what ran is counted, the last line is plain."""

import sys
from pathlib import Path

import pytest

from editor.installation import checks
from editor.installation.checks import Check, run_checks
from editor.installation.steps import Step
from editor.installation.tally import Tally


def check(name: str, code: str, tally: Tally | None = None) -> Check:
    step = Step(name, [sys.executable, "-c", code])
    return Check(step, (lambda: tally) if tally is not None else None)


def closing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    quick: list[Check],
    slow: list[Check],
) -> tuple[int, str]:
    monkeypatch.setattr(checks, "_checks", lambda folder, env: (quick, slow))
    code = run_checks("chromium")
    return code, capsys.readouterr().out


def test_all_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    quick = [check("lint", "pass"), check("unit", "pass", Tally(7))]
    code, said = closing(monkeypatch, capsys, quick, [check("browser", "pass", Tally(3))])
    assert code == 0
    assert said.splitlines()[-1] == "10 passed, 0 failed"


def test_failures_are_shown_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = [
        check("lint", "print('line 3 is too long'); raise SystemExit(1)"),
        check("unit", "print('a wrong note'); raise SystemExit(1)", Tally(5, 2)),
    ]
    slow = [
        check("crashes", "raise SystemExit(3)", Tally()),
        check("still runs", "pass", Tally(1)),
    ]
    code, said = closing(monkeypatch, capsys, quick, slow)
    assert code == 1
    assert "line 3 is too long" in said
    assert "a wrong note" in said
    assert said.splitlines()[-1] == "6 passed, 4 failed"


@pytest.mark.parametrize("data", [True, False])
def test_left_out_runs_are_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    data: bool,
) -> None:
    monkeypatch.delenv("ANTIPHON_DATA", raising=False)
    if data:
        monkeypatch.setenv("ANTIPHON_DATA", str(tmp_path))
    _, said = closing(monkeypatch, capsys, [check("unit", "pass", Tally(1))], [])
    assert ("left out" in said) is not data
