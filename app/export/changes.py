"""Lines of a script that make a change while it trains, from the specs before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Protocol

from app.export.plan import Change, Plan, frozen
from app.export.statements import assignments, clip_line, schedule_line, stopping_line
from engine.spec import Choice, RunSpec


class Library(Protocol):
    """What differs between libraries. positions: where parts such as "layers.0.dropout" are."""

    plan: Plan
    positions: dict[str, int]
    torch: ClassVar[bool]
    """Whether the script's arrays are PyTorch's."""

    def activation(self, kind: str, knobs: dict[str, Any]) -> str:
        """The call that makes an activation."""

    def optimizer(self, spec: RunSpec, indent: int) -> str:
        """The line that makes a spec's optimizer."""

    def optimizer_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        """The lines that change an optimizer's knobs."""

    def penalty_knobs(self, old: Choice, new: Choice) -> Iterator[str]:
        """The lines that change a penalty's knobs."""

    def place(self, path: str) -> tuple[str, str]:
        """A parameter, such as "layers.0.W.1.2": its array and its place in it as a tuple."""

    def held_line(self, names: tuple[str, ...], indent: int) -> str:
        """What lists the parameters that are held fast."""


def change_lines(library: Library, change: Change, indent: int) -> Iterator[str]:
    """The lines that make one change, to stand behind `indent`."""
    old, new, plan = change.old, change.new, library.plan
    yield from _layers(library, old, new)
    yield from _rules(library, old, new, indent)
    if plan.keeps_best and old.stop != new.stop:
        yield stopping_line(new, indent)
    yield from _smoothing(library, old, new)
    yield from _batches(plan, old, new)
    for name, value in change.parameters.items():
        array, place = library.place(name)
        yield f"{array}[{place.strip('(,)')}] = {value!r}"
    if frozen(old) != frozen(new):
        yield library.held_line(frozen(new), indent)


def _rules(library: Library, old: RunSpec, new: RunSpec, indent: int) -> Iterator[str]:
    """Optimizer, schedule, clipping and penalty."""
    if old.optimizer.kind != new.optimizer.kind:
        yield library.optimizer(new, indent)
    else:
        yield from library.optimizer_knobs(old.optimizer, new.optimizer)
    if old.schedule.kind != new.schedule.kind:
        yield schedule_line(new.schedule, indent, "began=batches.progress")
    else:
        yield from assignments("schedule", old.schedule, new.schedule)
    if old.clip.kind != new.clip.kind:
        yield clip_line(new.clip)
    else:
        yield from assignments("clip", old.clip, new.clip)
    yield from library.penalty_knobs(old.penalty, new.penalty)


def _layers(library: Library, old: RunSpec, new: RunSpec) -> Iterator[str]:
    for i, (before, after) in enumerate(zip(old.layers, new.layers, strict=True)):
        name = f"layers.{i}"
        if before.activation != after.activation:
            source = library.activation(after.activation.kind, after.activation.knobs)
            yield f"network[{library.positions[f'{name}.activation']}] = {source}"
        if before.dropout != after.dropout:
            yield f"network[{library.positions[f'{name}.dropout']}].rate = {after.dropout!r}"


def _smoothing(library: Library, old: RunSpec, new: RunSpec) -> Iterator[str]:
    if old.loss == new.loss:
        return
    yield f"targets.smoothing = {new.loss['smoothing']!r}"
    smoothed = "targets(labels[:TRAIN])"
    if library.plan.varies:
        yield f"batches.targets = {smoothed}"
        yield "batches.begin()"
    else:
        array = f"{smoothed}.astype(FLOAT)"
        yield f"batches.y = {f'torch.from_numpy({array})' if library.torch else array}"


def _batches(plan: Plan, old: RunSpec, new: RunSpec) -> Iterator[str]:
    before, after = plan.batch_values(old), plan.batch_values(new)
    changed = [name for name in before if before[name] != after[name]]
    for name in changed:
        value = f"np.array({after[name]!r})" if name == "flip" else repr(after[name])
        yield f"batches.{name} = {value}"
    if plan.varies and set(changed) - {"size"}:
        yield "batches.begin()"
