"""Which engines are offered, and what a missing one says."""

import pytest

from generation.engines.registry import OFFERED, Roster, offered
from generation.ports import EngineError


def test_kinds_and_names_are_known_without_loading() -> None:
    assert {kind: entry.name for kind, entry in offered().items()} == {
        "continue": "Composer",
        "infill": "Composer",
    }


def test_the_list_agrees_with_the_engines_themselves() -> None:
    from importlib import import_module

    for entry in OFFERED:
        module, _, name = entry.place.partition(":")
        engine = getattr(import_module(module), name)
        assert (engine.name, tuple(engine.kinds)) == (entry.name, entry.kinds)


def test_an_engine_that_is_missing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTIPHON_ENGINES", "Ghost|vary|generation.engines.ghost:Ghost")
    roster = Roster()
    assert set(roster.load_all()) == {"vary"}
    with pytest.raises(EngineError) as problem:
        roster.engine("vary")
    assert problem.value.code == "engine_failed"
    assert "Ghost can't start" in problem.value.text
    with pytest.raises(EngineError) as problem:
        roster.engine("continue")
    assert problem.value.code == "kind"
