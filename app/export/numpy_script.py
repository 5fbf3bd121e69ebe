"""A run as a script that needs nothing but NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import engine
from app.export.plan import Plan
from app.export.source import call
from app.export.writer import Writer
from engine.catalog import ACTIVATIONS
from engine.words import ENGLISH, Language


def script(recipe: engine.Recipe, steps: int, language: Language = ENGLISH) -> str:
    """The source of a script that makes `steps` updates of a run of one network and ends at the same metrics.

    Raises ValueError for a negative number of steps.
    """
    return NumPyWriter(Plan.of(recipe, steps), language).write()


class NumPyWriter(Writer):
    """Writes the chain rule out."""

    library, template, packages = "NumPy", "numpy", '"numpy>=2"'
    torch, xp, axis = False, "np", "axis"

    def _imports(self, body: str) -> list[str]:  # noqa: ARG002
        return ["import numpy as np"]

    def _network(self) -> Iterator[str]:
        plan, pieces = self.plan, self.snippets("network_numpy")
        yield pieces.get("dense")
        if plan.has_batch_norm:
            yield pieces.get("batch_norm")
        activations = self.snippets("activations_numpy")
        for kind in ACTIVATIONS:
            if kind in plan.activations or (kind == "tanh" and self.tanh_head):
                yield activations.get(kind)
        if plan.has_dropout:
            yield pieces.get("dropout")
        yield self.snippets("losses").get(plan.spec.loss.kind)
        yield pieces.get("passes")
        if plan.holds:
            yield pieces.get("gradient_of")

    def _dense(self, layer: int, n_in: int, n_out: int) -> str:
        return f"Dense({layer}, {n_in}, {n_out})"

    def _norm(self, units: int) -> str:
        return f"BatchNorm({units})"

    def activation(self, kind: str, knobs: dict[str, Any]) -> str:
        return call(ACTIVATIONS[kind].script_name, **knobs)

    def place(self, path: str) -> tuple[str, str]:
        layer, name, *indices = path.rsplit(".", 3) if ".W." in path else path.rsplit(".", 2)
        part = "dense" if name in "Wb" else "norm"
        place = f"({', '.join(indices)}{',' * (len(indices) == 1)})"
        return f"network[{self.positions[f'{layer}.{part}']}].{name}", place

    def _update(self) -> Iterator[str]:
        plan = self.plan
        yield f"rate = {self._rate}"
        yield "x, y = batches.next()"
        yield from self._before_step()
        if plan.clips or plan.holds or plan.penalties:
            yield "g = gradients(network, x, y)"
            yield from self._own_step()
        else:
            yield "optimizer.update(gradients(network, x, y), rate)"
        yield from self._after_step()
