"""A script from a plan: what NumPy's and PyTorch's have in common."""

from __future__ import annotations

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from app.export.changes import change_lines
from app.export.header import header
from app.export.plan import Plan, frozen, returns
from app.export.source import Snippets, assigned, render, wrapped
from app.export.statements import (
    assignments,
    clip_line,
    initial_lines,
    schedule_line,
    stopping_line,
)
from engine.catalog import INITIALIZERS, OPTIMIZERS
from engine.spec import Choice, RunSpec
from engine.words import ENGLISH, N_, Language

L1_HELPERS = ("shrink", "whole", "heaped")
"""The scripts' functions for an L1 penalty, of which each optimizer calls some."""


class Writer(ABC):
    """Puts the pieces of one script together."""

    library: ClassVar[str]
    template: ClassVar[str]
    packages: ClassVar[str]
    torch: ClassVar[bool]
    xp: ClassVar[str]
    axis: ClassVar[str]

    def __init__(self, plan: Plan, language: Language = ENGLISH) -> None:
        self.plan = plan
        self._language = language
        self.flag = ", training" if plan.has_batch_norm or plan.has_dropout else ""
        self._names = {
            "p": plan,
            "torch": self.torch,
            "xp": self.xp,
            "axis": self.axis,
            "flag": self.flag,
            "bias": repr(plan.spec.initializer.knobs.get("bias", 0.0)),
            "learns": "isinstance(part, Dense | BatchNorm)"
            if plan.has_batch_norm
            else "isinstance(part, Dense)",
        }
        self.positions, self._parts = self._build(plan.spec)

    def write(self) -> str:
        """The whole script."""
        plan = self.plan
        sections = list(self._sections())
        body = "\n".join(sections)
        imports = ["import math", ""] if "math." in body else []
        rows = [f"({x1!r}, {x2!r}, {label!r})," for x1, x2, label in plan.points]
        beside = 2 if plan.classes else 1
        lines = [" ".join(rows[i : i + beside]) for i in range(0, len(rows), beside)]
        script = render(
            "script.py.jinja",
            self._language,
            p=plan,
            header=self._header(),
            meanings=map(self._language.say, plan.meanings),
            imports="\n".join([*imports, *self._imports(body)]),
            sections=sections,
            rows="\n".join(lines),
        )
        return f"{script}\n"

    def _header(self) -> str:
        """The words above the script."""
        return header(self.plan, self.library, self.packages, self._language)

    def snippets(self, template: str, **more: Any) -> Snippets:
        """A template's pieces for this script; `more` is known in them too."""
        return Snippets(f"{template}.py.jinja", self._names | more, self._language)

    @abstractmethod
    def _imports(self, body: str) -> list[str]:
        """The library's import lines, for a script with this body."""

    @abstractmethod
    def _network(self) -> Iterator[str]:
        """The sections that make the network and its gradient."""

    @abstractmethod
    def _dense(self, layer: int, n_in: int, n_out: int) -> str:
        """The call that makes a layer's affine map."""

    @abstractmethod
    def _norm(self, units: int) -> str:
        """The call that makes a batch normalization."""

    @abstractmethod
    def activation(self, kind: str, knobs: dict[str, Any]) -> str:
        """The call that makes an activation."""

    def optimizer(self, spec: RunSpec, indent: int) -> str:
        """The line that makes a spec's optimizer."""
        choice = spec.optimizer
        knobs = choice.knobs
        if len(self._corrections(choice.kind)) < 2:
            knobs.pop("bias_correction", None)
        name = OPTIMIZERS[choice.kind].script_name
        return assigned("optimizer", name, "parameters(network)", indent=indent, **knobs)

    def optimizer_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        """The lines that change an optimizer's knobs."""
        return assignments("optimizer", old, new)

    def penalty_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        """The lines that change a penalty's knobs."""
        return assignments("penalty", old, new)

    def _optimizers(self) -> Iterator[str]:
        """The optimizers' sections, after what their steps with an L1 penalty need."""
        pieces = self.snippets("optimizers")
        classes = [pieces.get(kind, self._written(kind)) for kind in self.plan.kinds("optimizer")]
        for name in L1_HELPERS:
            if any(f"{name}(" in each for each in classes):
                yield pieces.get(name, {})
        yield from classes

    def _written(self, kind: str) -> dict[str, bool]:
        """What an optimizer's class has to be able to do."""
        found, l1 = self._corrections(kind), "l1" in self.plan.penalties
        return {"toggled": len(found) == 2, "corrected": found == {True}, "l1": l1}

    def _corrections(self, kind: str) -> set[bool]:
        """Whether an optimizer of this kind corrects its averages: always, never, or now and then."""
        choices = [spec.optimizer for spec in self.plan.specs if spec.optimizer.kind == kind]
        return {bool(choice.knobs.get("bias_correction", False)) for choice in choices}

    @abstractmethod
    def _update(self) -> Iterator[str]:
        """The lines of one step."""

    @abstractmethod
    def place(self, path: str) -> tuple[str, str]:
        """A parameter, such as "layers.0.W.1.2": its array and its place in it as a tuple."""

    def network_call(self, parts: list[str]) -> str:
        """The network of these parts."""
        return "network = [\n" + "".join(f"    {part},\n" for part in parts) + "]"

    # what both have, in the order of the file

    def _sections(self) -> Iterator[str]:
        """Every function and class, under a heading where a new subject begins."""
        data = self.snippets("data", columns=wrapped("columns = [", self.plan.features, "]", 4))
        chapters = {
            N_("Data"): [data.get(name) for name in ("load", "inputs", "targets", "batches")],
            N_("Network and loss"): [self._initial_weights(), *self._network()],
            N_("From gradients to steps"): [*self._optimizers(), *self._rules()],
            N_("Training"): list(self._run()),
        }
        for title, pieces in chapters.items():
            if pieces:
                yield f"# --- {self._language.say(title)} ---"
                yield from pieces

    def _rules(self) -> Iterator[str]:
        """Schedules, clips, the penalty and early stopping."""
        plan, rules = self.plan, self.snippets("rules")
        for kind in plan.schedules:
            yield rules.get(kind)
        for kind in plan.clips:
            yield rules.get(f"clip_{kind}")
        yield from self._penalty()
        if plan.keeps_best:
            yield self.snippets(f"network_{self.template}").get("kept")
            yield rules.get("best")

    def _penalty(self) -> Iterator[str]:
        """The section of the penalties that weights pay."""
        on = self.plan.penalties
        if on:
            yield self.snippets("rules").get("penalty", "l1" in on, "l2" in on)

    def _initial_weights(self) -> str:
        chosen = self.plan.spec.initializer
        pieces = self.snippets(
            "initializers",
            formula=INITIALIZERS[chosen.kind].formula,
            draws=self.plan.draws_weights,
            lines=initial_lines(chosen, self._language),
        )
        return pieces.get("initial_weights")

    def _build(self, spec: RunSpec) -> tuple[dict[str, int], list[str]]:
        """Where in the network each part is, by names such as "layers.0.dropout", and their calls."""
        places: dict[str, int] = {}
        calls: list[str] = []

        def add(name: str, source: str) -> None:
            places[name] = len(calls)
            calls.append(source)

        for i, layer in enumerate(spec.layers):
            name = f"layers.{i}"
            add(f"{name}.dense", self._dense(i, spec.units[i], spec.units[i + 1]))
            if layer.batch_norm:
                add(f"{name}.norm", self._norm(layer.units))
            add(
                f"{name}.activation", self.activation(layer.activation.kind, layer.activation.knobs)
            )
            if self.plan.drops_out(i):
                values = f"Dropout(batches, {i}, {layer.units}, rate={layer.dropout!r})"
                add(f"{name}.dropout", values)
        last = len(spec.layers)
        add("output.dense", self._dense(last, *spec.units[-2:]))
        if self.tanh_head:
            add("output.activation", self.activation("tanh", {}))
        return places, calls

    @property
    def tanh_head(self) -> bool:
        """Whether the outputs have an activation."""
        spec = self.plan.spec
        return spec.loss.kind == "squared_error" and spec.task != "regression"

    def _run(self) -> Iterator[str]:
        """The sections that train and print."""
        edits: list[str] = []
        last: list[str] = []
        for change in self.plan.changes:
            final = change.step == self.plan.steps
            lines = list(change_lines(self, change, 4 if final else 12))
            if final and lines:
                last += [self._comment(N_("changed at the end")), *lines]
            elif lines:
                block = textwrap.indent("\n".join(lines), "    ")
                edits.append(f"if step == {change.step}:\n{block}")
        made = self._comment(N_("changes made while it trained"))
        pieces = self.snippets(
            "run",
            setup="\n".join(self._setup()),
            edits="\n".join([made, *edits] if edits else []),
            update="\n".join(self._update()),
            last="\n".join(last),
        )
        yield pieces.get("evaluate")
        yield pieces.get("run")

    def _comment(self, said: str) -> str:
        """A line that is only said."""
        return f"# {self._language.say(said)}"

    def _setup(self) -> Iterator[str]:
        """The lines that make everything a run has."""
        plan, spec = self.plan, self.plan.spec
        yield assigned(
            "batches", "Batches", "points[:TRAIN]", "labels[:TRAIN]", **plan.batch_values(spec)
        )
        yield self.network_call(self._parts)
        yield from self._penalty_line()
        yield self.optimizer(spec, 4)
        if plan.schedules:
            yield schedule_line(spec.schedule, 4)
        if plan.clips:
            yield clip_line(spec.clip)
        if plan.keeps_best:
            yield stopping_line(spec, 4)
        if plan.holds:
            yield self.held_line(frozen(spec), 4)

    def _penalty_line(self) -> Iterator[str]:
        """The line that makes the penalty."""
        values = {name: self.plan.spec.penalty[name] for name in self.plan.penalties}
        if values:
            yield assigned("penalty", "Penalty", **values)

    def held_line(self, names: tuple[str, ...], indent: int) -> str:
        """Each held parameter as its array and its place in it."""
        pairs = [f"({array}, {place})" for array, place in map(self.place, names)]
        return wrapped("held = [", pairs, "]", indent)

    @property
    def _rate(self) -> str:
        """The expression for the learning rate of a step."""
        factor = " * schedule.factor(batches.progress)" if self.plan.schedules else ""
        return f"optimizer.learning_rate{factor}"

    def _before_step(self) -> Iterator[str]:
        if self.plan.holds:
            yield "values = [float(array[place]) for array, place in held]"

    def _hold(self, line: str) -> Iterator[str]:
        """The lines that take what is held out of the gradient, so that it does not count for clipping."""
        if self.plan.holds:
            yield "for array, place in held:"
            yield f"    {line}"

    def _clipping(self, line: str) -> Iterator[str]:
        """The line that clips, made only where there is a clip just now."""
        if "none" in self.plan.kinds("clip"):
            yield "if clip:"
            line = f"    {line}"
        yield line

    def _own_step(self) -> Iterator[str]:
        """From gradients of the loss, g, to an update by an optimizer that the script has."""
        plan = self.plan
        yield from self._hold("gradient_of(array, network, g)[place] = 0")
        yield from self._clipping("g = clip.clip(g)") if plan.clips else ()
        if "l2" in plan.penalties:
            yield "g = penalty.add_l2(optimizer.parameters, g)"
            yield from self._hold("gradient_of(array, network, g)[place] = 0")
        if "l1" in plan.penalties:
            yield "prices = penalty.prices(optimizer.parameters)"
            yield from self._hold("gradient_of(array, network, prices)[place] = 0")
        yield f"optimizer.update(g, rate{', prices' * ('l1' in plan.penalties)})"

    def _after_step(self) -> Iterator[str]:
        """What follows the optimizer's update."""
        if self.plan.holds:
            yield "for (array, place), value in zip(held, values, strict=True):"
            yield "    array[place] = value"
        if self.plan.keeps_best:
            always = all(returns(spec) for spec in self.plan.specs)
            yield f"if batches.used == 0{'' if always else ' and stopping'}:"
            yield "    stopping.look(evaluate(network, step + 1, batches.epoch))"
