"""Several processes that train one model, where threads of one would wait for each other."""

import multiprocessing
import socket
from collections.abc import Callable
from pathlib import Path

import torch

from generation.composer.model import Composer, Shape
from generation.training.corpus import open_corpus
from generation.training.loop import Crew, Plan, Run, train
from generation.training.windows import Mixture


def train_together(
    shape: Shape,
    plan: Plan,
    out: Path,
    processes: int,
    report: Callable[[str], None],
    *,
    compiled: bool = False,
    steps: int | None = None,
) -> Composer:
    """Train in `out`, which holds the corpus, with one thread in each of `processes` processes.

    A process that dies ends the training; begun again it goes on from the last checkpoint.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spawn = multiprocessing.get_context("spawn")
    others = [
        spawn.Process(target=_join, args=(shape, plan, out, rank, processes, port, compiled, steps))
        for rank in range(1, processes)
    ]
    for other in others:
        other.start()
    try:
        run = _work(shape, plan, out, Crew(0, processes, port), report, compiled, steps)
    finally:
        for other in others:
            other.join(timeout=30)
            other.kill()
    return run.model


def _join(
    shape: Shape,
    plan: Plan,
    out: Path,
    rank: int,
    processes: int,
    port: int,
    compiled: bool,
    steps: int | None,
) -> None:
    _work(shape, plan, out, Crew(rank, processes, port), _in_silence, compiled, steps)


def _in_silence(line: str) -> None:
    """The first process speaks for all."""


def _work(
    shape: Shape,
    plan: Plan,
    out: Path,
    crew: Crew,
    report: Callable[[str], None],
    compiled: bool,
    steps: int | None,
) -> Run:
    run = Run(shape, plan, out)
    if run.resume():
        report(f"going on from step {run.step}")
    corpus = open_corpus(out / "corpus")
    train(run, corpus, Mixture(), report, compiled=compiled, steps=steps, crew=crew)
    if crew.size > 1:
        torch.distributed.destroy_process_group()
    return run
