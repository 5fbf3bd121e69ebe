"""A run as a script for PyTorch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import engine
from app.export.plan import Plan
from app.export.source import call, keywords, wrapped
from app.export.writer import Writer
from engine.catalog import ACTIVATIONS, OPTIMIZERS, Torch
from engine.spec import Choice, RunSpec
from engine.words import ENGLISH, N_, Language

NADAM_PRECISION = N_("NAdam's product of momenta is in this precision")


def script(recipe: engine.Recipe, steps: int, language: Language = ENGLISH) -> str:
    """The source of a script that makes `steps` updates of a run of one network and ends at the same metrics.

    Raises ValueError for a negative number of steps.
    """
    return PyTorchWriter(Plan.of(recipe, steps), language).write()


class PyTorchWriter(Writer):
    """Leaves gradients, and where it can the optimizer, to PyTorch."""

    library, template, packages = "PyTorch", "pytorch", "torch numpy"
    torch, xp, axis = True, "torch", "dim"

    def __init__(self, plan: Plan, language: Language = ENGLISH) -> None:
        super().__init__(plan, language)
        self._native = _is_native(plan)

    def _imports(self, body: str) -> list[str]:
        functional = ["from torch.nn import functional"] if "functional." in body else []
        return ["import numpy as np", "import torch", "from torch import nn", *functional]

    def _network(self) -> Iterator[str]:
        plan, pieces = self.plan, self.snippets("network_pytorch")
        activations = self.snippets("activations_pytorch")
        for kind, record in ACTIVATIONS.items():
            if kind in plan.activations and record.torch is None:
                yield activations.get(kind)
        if plan.has_dropout:
            yield pieces.get("dropout")
        yield pieces.get("start")
        yield self.snippets("losses").get(plan.spec.loss.kind)
        if not self._native:
            yield pieces.get("parameters")
        elif plan.clips:
            yield pieces.get("clip_gradients")
        if self._native and "l2" in plan.penalties:
            yield pieces.get("groups")
        if self._native and "l1" in plan.penalties:
            yield pieces.get("shrink")
        if plan.holds:
            yield pieces.get("gradient_of")

    def _dense(self, layer: int, n_in: int, n_out: int) -> str:  # noqa: ARG002
        return f"nn.Linear({n_in}, {n_out})"

    def _norm(self, units: int) -> str:
        return f"nn.BatchNorm1d({units})"

    def activation(self, kind: str, knobs: dict[str, Any]) -> str:
        record = ACTIVATIONS[kind]
        if record.torch is None:
            return call(record.script_name, **knobs)
        return call(record.torch.name, **record.torch.named(knobs))

    def network_call(self, parts: list[str]) -> str:
        lines = "".join(f"    {part},\n" for part in parts)
        return (
            f"network = nn.Sequential(\n{lines})\nstart(network.to(torch.{self.plan.spec.dtype}))"
        )

    def place(self, path: str) -> tuple[str, str]:
        layer, name, *indices = path.rsplit(".", 3) if ".W." in path else path.rsplit(".", 2)
        part = "dense" if name in "Wb" else "norm"
        array = "weight" if name in ("W", "gamma") else "bias"
        # PyTorch's W is (n_out, n_in)
        place = f"({', '.join(reversed(indices))}{',' * (len(indices) == 1)})"
        return f"network[{self.positions[f'{layer}.{part}']}].{array}.data", place

    def optimizer(self, spec: RunSpec, indent: int) -> str:
        if not self._native:
            return super().optimizer(spec, indent)
        choice = spec.optimizer
        values = keywords(_arguments(choice))
        name = f"optimizer = torch.optim.{_torch(choice.kind).name}("
        learned = (
            f"groups(network, {spec.penalty['l2']!r})" if self._grouped else "network.parameters()"
        )
        line = wrapped(name, [learned, *values], ")", indent)
        if choice.kind == "nadam" and self.plan.spec.dtype == "float64":
            precision = f"torch.set_default_dtype(torch.float64)  {self._comment(NADAM_PRECISION)}"
            line = f"{precision}\n{line}"
        if not self.plan.schedules:
            return line
        return f"{line}\nlearning_rate = {choice['learning_rate']!r}"

    @property
    def _grouped(self) -> bool:
        """Whether weights are given to PyTorch's optimizer apart from biases, as they pay the L2 penalty."""
        return self._native and "l2" in self.plan.penalties

    def penalty_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        if not self._native:
            yield from super().penalty_knobs(old, new)
            return
        if old["l2"] != new["l2"]:
            yield f'optimizer.param_groups[0]["weight_decay"] = {new["l2"]!r}'
        if old["l1"] != new["l1"]:
            yield f"l1 = {new['l1']!r}"

    def _penalty(self) -> Iterator[str]:
        return iter(()) if self._native else super()._penalty()

    def _penalty_line(self) -> Iterator[str]:
        if not self._native:
            yield from super()._penalty_line()
        elif "l1" in self.plan.penalties:
            yield f"l1 = {self.plan.spec.penalty['l1']!r}"

    def _set(self, name: str, value: str) -> Iterator[str]:
        """The lines that give PyTorch's optimizer another number."""
        if self._grouped:
            yield "for group in optimizer.param_groups:"
            yield f'    group["{name}"] = {value}'
        else:
            yield f'optimizer.param_groups[0]["{name}"] = {value}'

    def _optimizers(self) -> Iterator[str]:
        return iter(()) if self._native else super()._optimizers()

    def optimizer_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        if not self._native:
            yield from super().optimizer_knobs(old, new)
            return
        before, after = _arguments(old), _arguments(new)
        for name, value in after.items():
            if before[name] != value:
                if name == "lr" and self.plan.schedules:
                    yield f"learning_rate = {value!r}"
                else:
                    yield from self._set(name, repr(value))

    def _update(self) -> Iterator[str]:
        plan = self.plan
        if not self._native:
            yield f"rate = {self._rate}"
        elif plan.schedules:
            yield "rate = learning_rate * schedule.factor(batches.progress)"
            yield from self._set("lr", "rate")
        elif "l1" in plan.penalties:
            yield 'rate = optimizer.param_groups[0]["lr"]'
        yield "x, y = batches.next()"
        yield from self._before_step()
        if self._native:
            yield "optimizer.zero_grad()"
            yield "losses(network(x), y).mean().backward()"
            yield from self._hold("gradient_of(array, network)[place] = 0")
            yield from self._clipping("clip_gradients(network, clip)") if plan.clips else ()
            yield "optimizer.step()"
            if "l1" in plan.penalties:
                yield "shrink(network, rate * l1)"
        else:
            yield "g = gradients(network, x, y)"
            yield from self._own_step()
        yield from self._after_step()


def _torch(kind: str) -> Torch:
    """PyTorch's optimizer of the same convention, where a run was found to be native."""
    found = OPTIMIZERS[kind].torch
    assert found is not None
    return found


def _arguments(choice: Choice) -> dict[str, Any]:
    """What PyTorch's optimizer is given, by its own names."""
    knobs = choice.knobs
    knobs.pop("bias_correction", None)  # PyTorch's always corrects
    if not knobs.get("momentum", 1):
        del knobs["momentum"]  # as is usual there
    return _torch(choice.kind).named(knobs)


def _is_native(plan: Plan) -> bool:
    """Whether PyTorch's own optimizers do what this run's do."""
    kinds = set(plan.kinds("optimizer"))
    # the step of an L1 penalty needs the averages of an optimizer that has any
    kinked = "l1" in plan.penalties and kinds != {"sgd"}
    # AdamW's `weight_decay` is a decay of its own, and what is held would pay into PyTorch's averages
    apart = "l2" in plan.penalties and ("adamw" in kinds or plan.holds)
    if kinked or apart:
        return False
    optimizers = [spec.optimizer for spec in plan.specs]
    for kind in plan.kinds("optimizer"):
        knobs = [choice.knobs for choice in optimizers if choice.kind == kind]
        momenta = {k.get("momentum", 0) for k in knobs}
        # a velocity begins with the first momentum there; here it is always there
        moving = momenta == {0} or 0 not in momenta
        still = kind == "nesterov" and 0 in momenta
        corrected = all(k.get("bias_correction", True) for k in knobs)
        warming = kind == "nadam" and len({k["beta1"] for k in knobs}) > 1
        if OPTIMIZERS[kind].torch is None or not moving or still or not corrected or warming:
            return False
    return True
