"""Which engines there are, by the kind of question that they answer.

The server reads names and kinds here without importing any engine; a worker loads them.
"""

import os
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from generation.ports import Engine, EngineError

VARIABLE: Final = "ANTIPHON_ENGINES"
"""Replaces the list below: `name|kind,kind|module:Class`, several with semicolons."""


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """An engine that is offered: its name, the kinds that it answers, where its class is."""

    name: str
    kinds: tuple[str, ...]
    place: str


OFFERED: Final = (
    EngineEntry("Composer", ("continue", "infill"), "generation.engines.composer:ComposerEngine"),
)


def offered() -> dict[str, EngineEntry]:
    """The engine that answers each kind of question."""
    listed = os.environ.get(VARIABLE)
    entries = tuple(_entry(text) for text in listed.split(";")) if listed else OFFERED
    return {kind: entry for entry in entries for kind in entry.kinds}


class Roster:
    """Engines as a worker holds them: each loaded once; one that fails is tried again."""

    def __init__(self) -> None:
        self._entries = offered()
        self._loaded: dict[str, Engine] = {}

    def engine(self, kind: str) -> Engine:
        """The engine for `kind`.

        Raises:
            EngineError: when there is none, or when it can't be loaded, with what to do.
        """
        entry = self._entries.get(kind)
        if entry is None:
            raise EngineError("kind", f"No engine answers {kind} requests.")
        if entry.place not in self._loaded:
            try:
                self._loaded[entry.place] = _load(entry.place)
            except EngineError:
                raise
            except Exception as problem:
                text = f"{entry.name} can't start: {problem}"
                raise EngineError("engine_failed", text[:400]) from problem
        return self._loaded[entry.place]

    def load_all(self) -> dict[str, str]:
        """Load every engine ahead; what failed, by kind, in words."""
        failed: dict[str, str] = {}
        for kind in self._entries:
            try:
                self.engine(kind)
            except EngineError as problem:
                failed[kind] = problem.text
        return failed


def engines() -> dict[str, Engine]:
    """Every engine by kind. Raises `EngineError` when one can't be loaded."""
    roster = Roster()
    return {kind: roster.engine(kind) for kind in offered()}


def _load(place: str) -> Engine:
    module, _, name = place.partition(":")
    return cast(Engine, getattr(import_module(module), name)())


def _entry(text: str) -> EngineEntry:
    name, kinds, place = text.strip().split("|")
    return EngineEntry(name, tuple(kinds.split(",")), place)
