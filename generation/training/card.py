"""The card beside the weights: how they were made, from what, under which licences, how good."""

import json
from pathlib import Path
from typing import Any

from generation.composer.vocabulary import SIZE, VERSION
from generation.composer.weights import load

LICENCES = {
    "airds": ("music in the public domain; ABC by J. Campin, distributed with music21", "B"),
    "bach": ("music in the public domain; encodings distributed with music21 by permission", "B"),
    "jsfakes": ("CC BY 4.0, O. Peracha, JS Fake Chorales", "A"),
    "lieder": ("CC0 1.0, OpenScore Lieder Corpus", "A"),
    "miscfolk": ("music in the public domain; ABC distributed with music21", "B"),
    "musetrainer": ("stated public domain, MuseTrainer library", "B"),
    "oneills": ("music in the public domain; ABC distributed with music21", "B"),
    "openewld": ("MIT repository, scores stated public domain, OpenEWLD", "A"),
    "osq": ("CC0 1.0, OpenScore String Quartets", "A"),
    "pop909": ("MIT, POP909 and POP909-CL; the songs arranged are in copyright", "B"),
    "ryans": ("music in the public domain; ABC distributed with music21", "B"),
}


def write_card(weights: Path, out: Path, evaluation: dict[str, Any]) -> Path:
    """Write the card of `weights` from a training's --out folder and an evaluation; its path."""
    made: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    about = json.loads((out / "corpus" / "sources.json").read_text(encoding="utf-8"))
    names = sorted(set(about["sources"]))
    model = load(weights)
    card = {
        "name": "Composer",
        "what": "Writes notes bar by bar and track by track; decoder-only transformer.",
        "command": "python3 manage.py train_composer --data FOLDER --out FOLDER --compile "
        f"--processes {made['processes']} --minutes {made['plan']['minutes']:g}",
        "symbols": {"version": VERSION, "count": SIZE},
        "shape": model.shape.as_dict(),
        "parameters": sum(p.numel() for p in model.parameters()),
        "data": [
            {
                "source": name,
                "pieces": about["sources"].count(name),
                "licence": LICENCES.get(name, ("not known here", ""))[0],
                "tier": LICENCES.get(name, ("", ""))[1],
            }
            for name in names
        ],
        "training": made,
        "evaluation": evaluation,
        "limits": "Pitched tracks only, a grid of twelve steps a quarter, 88 keys, 16 tracks. "
        "It has heard Western songs, chorales, quartets, fiddle tunes and Chinese pop ballads.",
    }
    path = weights.with_suffix(".json")
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return path
