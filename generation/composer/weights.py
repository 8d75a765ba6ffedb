"""Weights in files: half-precision safetensors that carry shape and version with them."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from generation.composer.model import Composer, Shape
from generation.composer.vocabulary import VERSION

SHIPPED = Path(__file__).resolve().parent.parent / "weights" / "composer.safetensors"


class WeightsMissing(Exception):
    """There are no weights, or they don't fit; the text says what to do."""


def save(model: Composer, path: Path) -> None:
    """Write a model's weights as float16."""
    tensors = {name: p.detach().half().contiguous() for name, p in model.state_dict().items()}
    about = {"shape": json.dumps(model.shape.as_dict()), "version": str(VERSION)}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata=about)


def load(path: Path = SHIPPED) -> Composer:
    """A model in float32, ready to write. Raises WeightsMissing."""
    again = "Train it with `python3 manage.py train_composer --data FOLDER`."
    if not path.exists():
        raise WeightsMissing(f"The composer has no weights ({path.name} is missing). {again}")
    try:
        with safe_open(path, framework="pt") as file:
            about = file.metadata() or {}
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}
    except (SafetensorError, OSError) as problem:
        raise WeightsMissing(f"{path.name} can't be read ({problem}). {again}") from problem
    if about.get("version") != str(VERSION):
        raise WeightsMissing(f"{path.name} belongs to another version of the symbols. {again}")
    model = Composer(Shape(**json.loads(about["shape"])))
    model.load_state_dict(tensors)
    return model.eval().requires_grad_(False)


class HalfLinear(nn.Module):
    """A linear layer that multiplies in bfloat16 and answers in float32."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.weight = nn.Parameter(linear.weight.detach().bfloat16(), requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        """(..., in) to (..., out)."""
        return functional.linear(x.bfloat16(), self.weight).float()


def hastened(model: Composer) -> Composer:
    """The model with its blocks in bfloat16 where the processor multiplies that natively.

    Twice as fast for a few rows and five times for a block of a prompt; elsewhere it would be
    slower, and the model stays as it is. The head keeps float32: its logits are what is drawn from.
    """
    if not torch.cpu._is_avx512_bf16_supported():
        return model
    for module in list(model.blocks.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Linear):
                setattr(module, name, HalfLinear(child))
    return model
