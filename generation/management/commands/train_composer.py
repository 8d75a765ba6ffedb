"""`manage.py train_composer`: train the composer on a folder of music."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Builds the corpus once, trains for the minutes given, writes weights and how they were made.

    A run that was broken off goes on from its last checkpoint when the same --out is given.
    """

    help = "Train the composer on a folder of MIDI files (or --music21) for some minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to learn from, for how long, how large."""
        parser.add_argument("--data", type=Path, help="a folder of MIDI files, or with index.csv")
        parser.add_argument("--music21", type=int, metavar="PIECES",
                            help="make a small open set of so many pieces first")  # fmt: skip
        parser.add_argument("--tiers", default="A,B", help="licence tiers of an indexed folder")
        parser.add_argument("--out", type=Path, required=True, help="corpus and checkpoints")
        parser.add_argument("--weights", type=Path, help="default: the weights that are shipped")
        parser.add_argument("--minutes", type=float, default=75.0)
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--processes", type=int, default=1,
                            help="train in so many processes of one thread each")  # fmt: skip
        parser.add_argument("--layers", type=int, default=6)
        parser.add_argument("--channels", type=int, default=256)
        parser.add_argument("--heads", type=int, default=4)
        parser.add_argument("--context", type=int, default=1024)
        parser.add_argument("--rows", type=int, default=8, help="rows of the context in one step")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--steps", type=int, help="stop after so many steps")
        parser.add_argument("--compile", action="store_true", help="compile the model first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train; errors name what to do."""
        import torch

        from generation.composer.model import Shape
        from generation.composer.weights import SHIPPED, save
        from generation.training.corpus import build, open_corpus
        from generation.training.crew import train_together
        from generation.training.loop import Plan
        from generation.training.midi_folder import read_folder
        from generation.training.open_set import write_open_set

        out: Path = options["out"]
        data: Path | None = options["data"]
        if options["music21"]:
            data = out / "music21"
            write_open_set(data, options["music21"], self.stdout.write)
        torch.set_num_threads(options["threads"])
        try:
            if (out / "corpus" / "sources.json").exists():
                corpus = open_corpus(out / "corpus")
            elif data is None or not data.is_dir():
                raise CommandError("Give --data FOLDER with MIDI files, or --music21 300.")
            else:
                corpus = build(
                    read_folder(data, tuple(options["tiers"].split(",")), self.stdout.write),
                    out / "corpus",
                )
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{len(corpus)} pieces, {len(corpus.symbols)} symbols")
        channels = options["channels"]
        shape = Shape(
            layers=options["layers"],
            channels=channels,
            heads=options["heads"],
            hidden=4 * channels,
            context=options["context"],
        )
        rows = options["rows"]
        at_once = max(1, min(4, rows // options["processes"]))
        plan = Plan(options["minutes"], rows=rows, at_once=at_once, seed=options["seed"])
        model = train_together(
            shape,
            plan,
            out,
            options["processes"],
            self.stdout.write,
            compiled=options["compile"],
            steps=options["steps"],
        )
        weights: Path = options["weights"] or SHIPPED
        save(model, weights)
        made = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.stdout.write(f"{weights}: {made['steps']} steps, {made['symbols']} symbols")
