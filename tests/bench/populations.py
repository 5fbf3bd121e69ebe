"""Many networks in lockstep, beside as many steps of PyTorch, one by one and by torch.func.vmap."""

from __future__ import annotations

import itertools

from tests.bench import peers
from tests.bench.steps import spec_of, step_of
from tests.bench.timing import Step, micro, side_by_side, table

UNITS = (2, 8, 8, 1)
BATCH = 30


def vmap_step(members: int) -> Step:
    """PyTorch's own way to train many networks at once: grad under vmap over stacked parameters."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    shapes = [shape for pair in itertools.pairwise(UNITS) for shape in (pair, pair[1:])]
    parameters = [torch.randn(members, *shape) * 0.3 for shape in shapes]
    x, y = torch.randn(BATCH, 2), torch.sign(torch.randn(BATCH, 1))

    def loss(*weights: torch.Tensor) -> torch.Tensor:
        a = x
        for w, b in zip(weights[::2], weights[1::2], strict=True):
            a = torch.tanh(a @ w + b)
        return 0.5 * torch.mean((a - y) ** 2)

    gradient = torch.func.vmap(torch.func.grad(loss, argnums=tuple(range(len(shapes)))))

    def steps(count: int) -> None:
        for _ in range(count):
            for parameter, g in zip(parameters, gradient(*parameters), strict=True):
                parameter.sub_(g, alpha=0.03)

    return steps


def main() -> None:
    """Print the table."""
    spec = spec_of(UNITS, BATCH, "sgd")
    with_torch = "PyTorch" not in peers.missing()
    rows = []
    for members in (1, 4, 16, 64, 256):
        works = {
            "ours": step_of([spec.replace({"weights_seed": seed}) for seed in range(members)]),
            "single": step_of([spec]),
        }
        if with_torch:
            works["eager"] = peers.torch_step(UNITS, BATCH, "sgd")
            works["vmap"] = vmap_step(members)
        found = side_by_side(works)
        ours = found["ours"]
        row = [str(members), micro(ours.median), micro(ours.median / members)]
        row += [
            f"1/{members * found[name].times(ours):.1f}"
            for name in works
            if name in ("single", "eager")
        ]
        row += [ours.share_of(found["vmap"])] if with_torch else ["–", "–"]
        rows.append(row)
    head = ["members", "step", "each", "of a single", "of PyTorch steps", "of torch.func.vmap"]
    table("One step of a population, 2-8-8-1 tanh, batch 30, SGD", head, rows)


if __name__ == "__main__":
    main()
