"""Set-up: steps, stamps, prerequisites, the lock, and what the closing line counts."""

import io
import multiprocessing
import os
import sys
import threading
from pathlib import Path

import pytest

from editor.installation import chromium as browsers
from editor.installation import plan, prerequisites
from editor.installation.chromium import ChromiumMissing, chromium
from editor.installation.prerequisites import missing_prerequisites, node_suffices
from editor.installation.stamps import Stamp
from editor.installation.steps import Conductor, Step
from editor.installation.tally import Tally, of_junit, of_vitest
from editor.installation.turn import our_turn


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_chains_stop_at_their_own_failure_only() -> None:
    out = io.StringIO()
    done: list[str] = []
    chains = [
        [
            Step("breaks", python("print('why'); raise SystemExit(3)"), advice="mend it"),
            Step("never", python("pass"), after=lambda: done.append("never")),
        ],
        [Step("goes on", python("pass"), after=lambda: done.append("goes on"))],
    ]
    outcomes = Conductor(out).run(chains)
    assert [(item.step.name, item.code) for item in outcomes] == [("breaks", 3), ("goes on", 0)]
    assert outcomes[0].tail() == "why"
    assert done == ["goes on"]
    said = out.getvalue()
    assert "FAILED breaks" in said
    assert "ok goes on" in said


def test_a_program_that_is_not_there_is_a_failed_step() -> None:
    [outcome] = Conductor(io.StringIO()).run([[Step("absent", ["no-such-program-here"])]])
    assert outcome.code == -1
    assert "no-such-program-here can't be started" in outcome.tail()


def test_a_step_past_its_limit_is_ended() -> None:
    code = """
try:
    import time; print("asleep", flush=True); time.sleep(60)
except KeyboardInterrupt:
    print("cleaned up")
"""
    step = Step("sleeps", python(code), limit=2)
    [outcome] = Conductor(io.StringIO()).run([[step]])
    assert outcome.code == 124
    assert "asleep\ncleaned up" in outcome.tail()
    assert "Stopped after" in outcome.tail()


def test_steps_get_the_variables_of_theirs() -> None:
    step = Step("says", python("import os; print(os.environ['TUNE'])"), env={"TUNE": "jig"})
    [outcome] = Conductor(io.StringIO()).run([[step]])
    assert outcome.tail() == "jig"


def test_stamp_is_fresh_only_for_its_own_content(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "deep" / "stamp", "abc")
    before = stamp.fresh
    stamp.write()
    assert (before, stamp.fresh) == (False, True)
    assert not Stamp(stamp.file, "abd").fresh


@pytest.mark.parametrize(
    ("version", "suffices"),
    [
        ("v20.19.0\n", True), ("v20.20.2", True), ("v22.13.0", True), ("v24.1.0", True),
        ("v20.18.3", False), ("v21.7.0", False), ("v22.12.0", False), ("v18.20.0", False),
        ("", False), ("no node", False),
    ],
)  # fmt: skip
def test_node_versions(version: str, suffices: bool) -> None:
    assert node_suffices(version) is suffices


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = missing_prerequisites(front_end=True)
    assert any("Node.js 20.19" in item for item in missing)
    assert any("npm" in item for item in missing)
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.1.0\n")
    old.chmod(0o755)
    assert any("this is v18.1.0" in item for item in missing_prerequisites(front_end=True))
    assert missing_prerequisites(front_end=False) == []
    monkeypatch.setattr(prerequisites, "LEAST_PYTHON", (9, 9))
    assert "Python 9.9 or newer" in missing_prerequisites(front_end=False)[0]


def test_cpu_index_is_used_only_when_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(plan.TORCH_INDEX, raising=False)
    assert plan._torch_for_cpu() == []
    monkeypatch.setenv(plan.TORCH_INDEX, "https://wheels.example/cpu")
    monkeypatch.setattr(plan, "_has_nvidia_card", lambda: False)
    [step] = plan._torch_for_cpu()
    assert "https://wheels.example/cpu" in step.command
    assert step.command[-1].startswith("torch==")
    monkeypatch.setattr(plan, "_has_nvidia_card", lambda: True)
    assert plan._torch_for_cpu() == []


def _hold(entered: "multiprocessing.synchronize.Event", leave: "threading.Event") -> None:
    with our_turn(lambda: None):
        entered.set()
        leave.wait(20)


def test_two_set_ups_take_turns() -> None:
    context = multiprocessing.get_context("spawn")
    entered, leave = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(entered, leave))
    other.start()
    try:
        assert entered.wait(20)
        waited: list[bool] = []

        def on_wait() -> None:
            waited.append(True)
            leave.set()

        with our_turn(on_wait):
            assert waited == [True]
    finally:
        leave.set()
        other.join(20)


def browser(path: Path, *, works: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
    path.chmod(0o755)
    return path


def test_chromium_is_looked_for_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    conductor = Conductor(io.StringIO())
    named = browser(tmp_path / "named")
    on_path = browser(tmp_path / "bin" / "chromium")
    monkeypatch.setenv("PATH", f"{on_path.parent}:/usr/bin:/bin")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium(conductor) == str(named)
    monkeypatch.delenv("CHROMIUM")
    assert chromium(conductor) == str(on_path)
    monkeypatch.setenv("CHROMIUM", str(browser(tmp_path / "broken", works=False)))
    with pytest.raises(ChromiumMissing, match="does not start"):
        chromium(conductor)


def test_no_chromium_gives_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser(tmp_path / "chromium", works=False)  # lies there, but lacks a library
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browsers, "VENV_PYTHON", tmp_path / "no-python")
    monkeypatch.setattr(browsers, "_playwrights_own", lambda: None)
    monkeypatch.setattr(browsers, "_may_use_apt", lambda: False)
    with pytest.raises(ChromiumMissing, match="apt-get install -y chromium"):
        chromium(Conductor(io.StringIO()))


def test_tally_counts_what_runners_report(tmp_path: Path) -> None:
    junit = tmp_path / "a.xml"
    junit.write_text(
        '<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>'
    )
    assert of_junit(junit) == Tally(passed=4, failed=3, skipped=3)
    vitest = tmp_path / "b.json"
    vitest.write_text('{"numPassedTests": 5, "numFailedTests": 1, "numPendingTests": 0}')
    assert of_vitest(vitest) == Tally(passed=5, failed=1)
    assert of_junit(junit) + of_vitest(vitest) == Tally(9, 4, 3)
    for broken in (tmp_path / "absent", tmp_path / "c"):
        if broken.name == "c":
            broken.write_text("<oops")
        assert of_junit(broken) == of_vitest(broken) == Tally()


def test_the_command_line_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    from editor.bootstrap import enter

    assert enter([]) == 0
    assert "manage.py start" in capsys.readouterr().out
    assert enter(["test", "unit"]) == 2
    assert os.environ.get("ANTIPHON_READY") in {None, "1"}
