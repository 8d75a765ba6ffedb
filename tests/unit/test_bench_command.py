"""The bench command: what it finds, and that --json prints one object and nothing else."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from editor.management.commands import bench
from editor.management.commands.bench import Bench, Report, find_benches, table


def measure(report: Report) -> dict[str, object]:
    report("half way")
    return {"frame_ms": {"1k": 1.25, "10k": 2.0}, "machine": "2 cores"}


@pytest.fixture
def one_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"scroll": Bench("scroll", "how long a frame takes", measure)}
    monkeypatch.setattr(bench, "find_benches", lambda: found)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("bench", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("one_bench")
def test_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run("scroll", "--json")) == measure(lambda line: None)
    assert capsys.readouterr().err == "half way\n"


@pytest.mark.usefixtures("one_bench")
def test_table_and_list() -> None:
    assert run().split() == ["scroll", "how", "long", "a", "frame", "takes"]
    assert "1k   1.25" in run("scroll")
    assert table({"a": {"b": 1}, "long": 2}) == ["a", "  b  1", "long  2"]


@pytest.mark.usefixtures("one_bench")
def test_unknown_bench_names_the_known_ones() -> None:
    with pytest.raises(CommandError, match="scroll"):
        run("nothing")


def test_every_bench_of_the_apps_says_what_it_measures() -> None:
    for name, found in find_benches().items():
        assert name == found.name
        assert found.about
