"""`manage.py evaluate_composer`: nats per note of the composer and of Kneser-Ney 5-grams."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Foretells a folder of music with both models and prints a table by source."""

    help = "Compare the composer with a modified Kneser-Ney 5-gram on music it has not seen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to learn the n-grams from, what to foretell."""
        parser.add_argument("--data", type=Path, required=True, help="music to foretell")
        parser.add_argument("--train", type=Path, required=True,
                            help="the --out folder of train_composer, or its music")  # fmt: skip
        parser.add_argument("--weights", type=Path)
        parser.add_argument("--earlier", type=int, default=512,
                            help="symbols of earlier context that each symbol has")  # fmt: skip
        parser.add_argument("--moves", type=int, default=12,
                            help="transpositions of each piece that the n-grams count")  # fmt: skip
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--card", action="store_true", help="write the card beside the weights")

    def handle(self, *args: Any, **options: Any) -> None:
        """Evaluate and print."""
        import torch

        from generation.composer.weights import SHIPPED, WeightsMissing, load
        from generation.training.card import write_card
        from generation.training.corpus import Corpus, gather, open_corpus
        from generation.training.evaluation import (
            baseline_of,
            baseline_scores,
            compare,
            composer_scores,
        )
        from generation.training.midi_folder import read_folder

        def music(folder: Path) -> Corpus:
            if (folder / "corpus" / "sources.json").exists():
                return open_corpus(folder / "corpus")
            return gather(read_folder(folder, report=self.stderr.write))

        torch.set_num_threads(options["threads"])
        weights: Path = options["weights"] or SHIPPED
        try:
            model = load(weights)
            heard, unheard = music(options["train"]), music(options["data"])
        except (WeightsMissing, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        began = time.monotonic()
        ours = list(composer_scores(model, unheard, options["earlier"]))
        baseline = baseline_of(heard, options["moves"])
        result = compare(ours, list(baseline_scores(baseline, unheard)))
        result["protocol"] = {
            "controls": False,
            "renormalised": True,
            "context": model.shape.context,
            "earlier": options["earlier"],
            "kneser_ney_transpositions": options["moves"],
            "seconds": round(time.monotonic() - began, 1),
        }
        if options["card"]:
            write_card(weights, options["train"], result)
        if options["json"]:
            self.stdout.write(json.dumps(result, indent=1))
            return
        for line in table(result):
            self.stdout.write(line)


def table(result: dict[str, Any]) -> list[str]:
    """The figures as lines of text."""
    lines = [f"{'':14s}{'notes':>9s}{'composer':>10s}{'KN 5':>8s}{'below':>8s}"]
    for name, row in result["sources"].items():
        lines.append(
            f"{name:14s}{row['notes']:9d}{row['composer']:10.3f}{row['kneser_ney_5']:8.3f}"
            f"{row['below']:8.1%}"
        )
    for name, end in (("all", ""), ("macro", "_macro")):
        low, high = result[f"below{end}_interval"]
        lines.append(
            f"{name:14s}{result['notes']:9d}{result['composer' + end]:10.3f}"
            f"{result['kneser_ney_5' + end]:8.3f}{result['below' + end]:8.1%}"
            f"  [{low:.1%}, {high:.1%}]"
        )
    return lines
