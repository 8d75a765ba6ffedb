"""``manage.py bench NAME``: measures what the README claims."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

APPS = ("editor", "collaboration", "generation")
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """One measurement: a module ``<app>/benches/<name>.py`` with NAME, HELP and run(report)."""

    name: str
    about: str
    run: Callable[[Report], dict[str, object]]


class Command(BaseCommand):
    """Runs one bench and prints a table, or one JSON object with ``--json``."""

    help = "Measure one part of Antiphon; without a name, list the parts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare NAME and --json."""
        parser.add_argument("name", nargs="?", help="which bench")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: Any) -> None:
        """Run the bench; progress goes to stderr, figures to stdout."""
        benches = find_benches()
        name = options["name"]
        if name is None:
            for bench in benches.values():
                self.stdout.write(f"{bench.name:<10} {bench.about}")
            return
        if name not in benches:
            known = ", ".join(benches) or "none yet"
            raise CommandError(f"There is no bench {name!r}. Benches: {known}")
        figures = benches[name].run(_progress)
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            for line in table(figures):
                self.stdout.write(line)


def find_benches() -> dict[str, Bench]:
    """Every bench by its name, in the order of the apps."""
    found: dict[str, Bench] = {}
    for app in APPS:
        package = importlib.import_module(f"{app}.benches")
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{app}.benches.{info.name}")
            if hasattr(module, "run"):  # a module without it serves the benches beside it
                found[module.NAME] = Bench(module.NAME, module.HELP, module.run)
    return found


def table(figures: dict[str, object], indent: str = "") -> list[str]:
    """Lay figures out as lines, sub-figures indented."""
    width = max((len(str(key)) for key in figures), default=0)
    lines = []
    for key, value in figures.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}")
            lines += table(value, indent + "  ")
        else:
            shown = f"{value:.4g}" if isinstance(value, float) else str(value)
            lines.append(f"{indent}{key:<{width}}  {shown}")
    return lines


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
