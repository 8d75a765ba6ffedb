"""The training loop: a budget of minutes, not of steps; stops well whatever else the machine does.

The learning rate rises over the first steps, is held, and falls to zero over the last `decay` of
the budget. A checkpoint with optimisers is kept every few minutes; a run begun again goes on from
it.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional as F

from generation.composer.model import Composer, Shape
from generation.training.corpus import Corpus
from generation.training.muon import Muon
from generation.training.windows import Mixture, passes

Row = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. `rows` of the context are one step, taken `at_once` at a time."""

    minutes: float
    rows: int = 8
    at_once: int = 4
    matrix_rate: float = 0.02
    table_rate: float = 0.004
    matrix_decay: float = 0.02
    warm_steps: int = 20
    decay: float = 0.6
    seed: int = 1
    save_minutes: float = 4.0
    report_steps: int = 50


def rate_at(step: int, share: float, plan: Plan) -> float:
    """Factor of the learning rate at a step, when `share` (0-1) of the budget is spent."""
    return min(1.0, (step + 1) / plan.warm_steps, max(0.0, 1.0 - share) / plan.decay)


class Run:
    """One training of a composer: model, optimisers and where it stands."""

    def __init__(self, shape: Shape, plan: Plan, folder: Path) -> None:
        torch.manual_seed(plan.seed)
        self.plan = plan
        self.folder = folder
        self.model = Composer(shape)
        matrices = [p for n, p in self.model.named_parameters() if p.ndim == 2 and "blocks" in n]
        named = {id(p) for p in matrices}
        rest = [p for p in self.model.parameters() if id(p) not in named]
        self.muon = Muon(matrices, lr=plan.matrix_rate, weight_decay=plan.matrix_decay)
        self.adam = torch.optim.AdamW(rest, lr=plan.table_rate, betas=(0.9, 0.98), weight_decay=0.0)
        self.step = 0
        self.symbols = 0
        self.rows = 0
        self.seconds = 0.0

    @property
    def checkpoint(self) -> Path:
        """Where the state of this run lies."""
        return self.folder / "checkpoint.pt"

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "at": [self.step, self.symbols, self.rows, self.seconds],
            "shape": self.model.shape.as_dict(),
        }
        partial = self.checkpoint.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(self.checkpoint)

    def resume(self) -> bool:
        """Go on from the checkpoint; False where there is none."""
        if not self.checkpoint.exists():
            return False
        state = torch.load(self.checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
        self.step, self.symbols, self.rows, self.seconds = state["at"]
        return True


def loss_of(
    model: Callable[[Tensor, Tensor], Tensor], symbols: Tensor, features: Tensor, targets: Tensor
) -> Tensor:
    """Summed cross-entropy in nats over the targets that count: ()."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(symbols, features)  # (B, T, V)
    return F.cross_entropy(
        logits.view(-1, logits.shape[-1]).float(),
        targets.reshape(-1),
        ignore_index=-1,
        reduction="sum",
    )


def batches(rows: Iterator[Row], count: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Stack `count` rows at a time: (B, T), (B, 4, T), (B, T)."""
    while True:
        taken = [next(rows) for _ in range(count)]
        yield (
            torch.from_numpy(np.stack([r[0] for r in taken])),
            torch.from_numpy(np.stack([r[1] for r in taken])),
            torch.from_numpy(np.stack([r[2] for r in taken])),
        )


class Crew:
    """Processes that train one model together, each on one thread with rows of its own.

    Threads that share a product wait for each other many times a step; on a busy machine these
    processes, which meet once a step, get far more done. `size` 1: alone.
    """

    def __init__(self, rank: int = 0, size: int = 1, port: int = 29519) -> None:
        self.rank, self.size = rank, size
        if size > 1:
            torch.set_num_threads(1)
            distributed.init_process_group(
                "gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=size
            )

    def add_up(self, model: nn.Module, numbers: list[float]) -> list[float]:
        """Sum everyone's gradients, in place, and `numbers`."""
        if self.size == 1:
            return numbers
        grads = [p.grad for p in model.parameters() if p.grad is not None]
        flat = torch.cat([*(g.reshape(-1) for g in grads), torch.tensor(numbers)])
        distributed.all_reduce(flat)
        at = 0
        for grad in grads:
            grad.copy_(flat[at : at + grad.numel()].view_as(grad))
            at += grad.numel()
        return [float(x) for x in flat[at:]]


def train(
    run: Run,
    corpus: Corpus,
    mixture: Mixture,
    report: Callable[[str], None],
    *,
    compiled: bool = False,
    steps: int | None = None,
    crew: Crew | None = None,
) -> list[float]:
    """Train until the minutes of the plan are spent (or `steps`); losses per symbol by report.

    Raises OSError when the checkpoint can't be written.
    """
    plan = run.plan
    crew = crew or Crew()
    run.folder.mkdir(parents=True, exist_ok=True)
    model: Callable[[Tensor, Tensor], Tensor] = run.model
    if compiled:
        model = torch.compile(run.model)
    # A resumed run starts a new pass: no piece is seen less often than another by more than one.
    rows = passes(corpus, run.model.shape.context, mixture, plan.seed + run.rows + 7919 * crew.rank)
    feed = batches(rows, plan.at_once)
    budget = plan.minutes * 60
    last = saved = time.monotonic()
    history: list[float] = []
    total = count = 0.0
    while run.seconds < budget and (steps is None or run.step < steps):
        factor = rate_at(run.step, run.seconds / budget, plan)
        run.muon.param_groups[0]["lr"] = plan.matrix_rate * factor
        run.adam.param_groups[0]["lr"] = plan.table_rate * factor
        seen = nats = 0.0
        for _ in range(plan.rows // plan.at_once // crew.size):
            symbols, features, targets = next(feed)
            counted = int((targets >= 0).sum())
            loss = loss_of(model, symbols, features, targets)
            (loss / (plan.rows * run.model.shape.context)).backward()  # type: ignore[no-untyped-call]
            nats += float(loss.detach())
            seen += counted
        now = time.monotonic()
        mine = now - last if crew.rank == 0 else 0.0
        nats, seen, spent = crew.add_up(run.model, [nats, seen, mine])
        nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
        run.muon.step()
        run.adam.step()
        run.model.zero_grad(set_to_none=True)
        total += nats
        count += seen
        run.step += 1
        run.rows += plan.rows
        run.symbols += int(seen)
        run.seconds += spent
        last = now
        if run.step % plan.report_steps == 0:
            history.append(total / count)
            heard = (
                f"step {run.step} minute {run.seconds / 60:.2f} symbols {run.symbols / 1e6:.3f} M "
                f"rate {factor:.3f} loss {total / count:.4f} "
                f"({run.symbols / run.seconds:.0f} symbols/s)"
            )
            if crew.rank == 0:
                report(heard)
            total = count = 0.0
        if now - saved > plan.save_minutes * 60 and crew.rank == 0:
            run.save()
            saved = now
    if crew.rank:
        return history
    run.save()
    about = {"plan": asdict(plan), "mixture": asdict(mixture), "steps": run.step,
             "symbols": run.symbols, "seconds": run.seconds, "processes": crew.size}  # fmt: skip
    (run.folder / "run.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    return history
