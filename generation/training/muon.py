"""Muon: momentum made orthogonal, for the hidden matrices of a network.

After K. Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024): the
Nesterov momentum of each matrix is replaced by the nearest semi-orthogonal one, found by five
quintic Newton-Schulz steps. Embeddings, head and vectors are left to AdamW.
"""

import torch
from torch import Tensor, nn


def orthogonalised(matrix: Tensor, steps: int = 5) -> Tensor:
    """Roughly U Vᵀ of matrix (rows, columns) = U S Vᵀ, in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x: Tensor = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    answer: Tensor = x.T if tall else x
    return answer


class Muon(torch.optim.Optimizer):
    """Muon over 2-D parameters; `parts` of a parameter (stacked q, k, v) are treated apart."""

    def __init__(
        self,
        params: list[nn.Parameter],
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """One update of every matrix that has a gradient."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(weight)
                momentum: Tensor = state["momentum"]
                momentum.lerp_(weight.grad, 1 - group["momentum"])
                update = weight.grad.lerp(momentum, group["momentum"])
                square = weight.shape[0] // weight.shape[1]
                parts = square if square == 3 else 1
                for rows, out in zip(update.chunk(parts), weight.chunk(parts), strict=True):
                    scale = max(1.0, rows.shape[0] / rows.shape[1]) ** 0.5
                    out.mul_(1 - group["lr"] * group["weight_decay"])
                    out.add_(orthogonalised(rows).to(out.dtype), alpha=-group["lr"] * scale)
