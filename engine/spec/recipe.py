"""What makes a run, and all that a link carries: a spec, what networks have different from it, and edits.

`replay(recipe.specs, recipe.edits, step)` gives the state at any step, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.core.errors import Problem, SpecError
from engine.core.registry import one_of
from engine.spec.edits import Edit, compact, edited
from engine.spec.parameter_names import split
from engine.spec.paths import combined
from engine.spec.run_spec import RunSpec
from engine.spec.variants import members, vary
from engine.words import N_, listed

PARTS = ("spec", "members", "edits")
SEEDS: Mapping[str, str] = {
    "weights": "weights_seed",
    "data": "data.seed",
    "batches": "batches_seed",
}
"""What people call the seeds, and their paths."""
SEED_COUNT = 2**31

Specs = tuple[RunSpec, ...]
Check = Callable[[Sequence[RunSpec], Iterable[str]], None]
"""What else may be wrong with the specs of a run, of which these paths were changed. Raises SpecError."""


@dataclass(frozen=True)
class Recipe:
    """How a run begins and what is changed while it trains.

    spec: what all networks share at step 0; with no `variants` it is that of the one network.
    variants: what each network of a comparison has different from it, as paths and values.
    edits: changes made on the way, in the order of their steps. At step 0 they set parameters alone: settings
        that are changed there are part of the spec.
    """

    spec: RunSpec
    variants: tuple[Mapping[str, Any], ...] = ()
    edits: tuple[Edit, ...] = ()

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], check: Check | None = None) -> Recipe:
        """Read {"spec", "members", "edits"}, each of which may be left out; edits become as few as can be.

        Raises SpecError with every problem of the spec, else of the members ("members.1.data.noise"), else of
        the edits ("edits.0.changes.batch_size").
        """
        _refuse_unknown(values)
        recipe = cls(RunSpec.from_dict(values.get("spec")), _variants(values.get("members")))
        if check:
            check(recipe.specs, ())
        _ = recipe.ends
        problems: list[Problem] = []
        last = 0
        for i, edit in enumerate(_edits(values.get("edits"))):
            if edit.step < last:
                allowed = N_(
                    "a step from {last} on: edits are in the order of their steps", last=last
                )
                problems.append(Problem(f"edits.{i}.step", edit.step, allowed))
            last = edit.step
            try:
                recipe = recipe.appended(edit.step, edit.changes, check=check)
            except SpecError as error:
                problems += error.within(f"edits.{i}.changes").problems
        if problems:
            raise SpecError(*problems)
        return recipe

    def to_dict(self) -> dict[str, Any]:
        """The recipe as JSON values, the spec whole; `from_dict` reads it back equal."""
        return {
            "spec": self.spec.to_dict(),
            "members": [dict(variant) for variant in self.variants],
            "edits": [{"step": edit.step, "changes": dict(edit.changes)} for edit in self.edits],
        }

    @property
    def specs(self) -> Specs:
        """The spec of each network at step 0. Raises SpecError for differences that they cannot have."""
        return members(self.spec, self.variants) if self.variants else (self.spec,)

    @cached_property
    def ends(self) -> tuple[Specs, Specs]:
        """What all share and then each network, before the edits at the last step, and after them.

        What is known of it is passed on with each change, and not made of all the edits again.
        """
        before = after = (self.spec, *self.specs) if self.variants else (self.spec,)
        last = 0
        for edit in self.edits:
            if edit.step != last:
                before, last = after, edit.step
            after = _replaced(after, edit)
        return before, after

    @cached_property
    def shared(self) -> RunSpec:
        """What all share when all edits are made."""
        return _follow(self.spec, self.edits)

    @property
    def now(self) -> Recipe:
        """What there is when all edits are made, as a run to begin."""
        return Recipe(self.shared, self.variants)

    def specs_at(self, step: int) -> Specs:
        """The spec of each network after `step` updates and the edits made by then."""
        after = self.without_later(step).ends[1]
        return after[1:] if self.variants else after

    def without_later(self, step: int) -> Recipe:
        """The same with the edits up to a step alone."""
        kept = tuple(edit for edit in self.edits if edit.step <= step)
        return self if len(kept) == len(self.edits) else replace(self, edits=kept)

    def with_edits(self, edits: tuple[Edit, ...]) -> Recipe:
        """The same with these edits, which were checked."""
        made, known = replace(self, edits=edits), len(self.edits)
        if edits[:known] == self.edits:
            vars(made)["shared"] = _follow(self.shared, edits[known:])
        return made

    def with_change(self, step: int, changes: Mapping[str, Any], *, merge: bool = True) -> Recipe:
        """The same with one more change at a step, behind those that are made there; later ones stay.

        At step 0 settings become part of the spec. Else a change is one edit with the last one at its step
        where that comes to the same, unless `merge` is False. Raises SpecError for what a running network
        cannot take, and where the change names what the networks have different from each other.
        """
        earlier = self.without_later(step)
        made = earlier.appended(step, changes, merge=merge)
        later = self.edits[len(earlier.edits) :]
        return replace(made, edits=(*made.edits, *later)) if later else made

    def appended(
        self,
        step: int,
        changes: Mapping[str, Any],
        *,
        merge: bool = True,
        check: Check | None = None,
    ) -> Recipe:
        """The same with a change behind all others, as `with_change` makes it. Raises SpecError."""
        self.refuse_varied(changes)
        before, now = self.ends
        if step != _last_step(self):
            before = now
        after = edited(now, changes)
        if check:
            check(after[1:] if self.variants else after, changes)
        short = compact(changes, self.spec.dtype)
        if step == 0:
            return self._begun_with(short, after)
        at_step = [edit for edit in self.edits[-2:] if edit.step == step]
        if merge and len(at_step) == 1:
            merged = combined(at_step[0].changes, short)
            if says(before, merged, after):
                made = replace(self, edits=(*self.edits[:-1], Edit(step, merged)))
                return _known(made, before, after)
        return _appended(self, Edit(step, short), after)

    def with_settings(self, settings: Mapping[str, Any]) -> Recipe:
        """A run to begin with other settings for all. Raises SpecError."""
        return replace(self, spec=self.spec.replace(settings))

    def with_variant(self, member: int, changes: Mapping[str, Any]) -> Recipe:
        """A run to begin with other settings of one network alone. Raises SpecError."""
        if not 0 <= member < len(self.variants):
            allowed = (
                N_(
                    "the number of a network, counted from 0: this run has {networks}",
                    networks=len(self.variants),
                )
                if self.variants
                else N_("left out, as this run has one network alone")
            )
            raise SpecError(Problem("member", member, allowed))
        return replace(self, variants=vary(self.spec, self.variants, member, changes))

    def reseeded(self, seeds: Iterable[str]) -> Recipe:
        """A run to begin with the next of these SEEDS for all networks that do not vary in it."""
        now = {
            "weights": self.spec.weights_seed,
            "data": self.spec.data["seed"],
            "batches": self.spec.batches_seed,
        }
        return self.with_settings({SEEDS[name]: (now[name] + 1) % SEED_COUNT for name in seeds})

    def refuse_varied(self, changes: Mapping[str, Any]) -> None:
        """Raise SpecError where changes for all name what networks have different from each other."""
        problems = [
            Problem(path, value, N_("a setting in which no network differs"))
            for path, value in changes.items()
            if any(_overlap(path, varied) for variant in self.variants for varied in variant)
        ]
        if problems:
            raise SpecError(*problems)

    def _begun_with(self, changes: Mapping[str, Any], after: Specs) -> Recipe:
        """Settings at step 0 are part of the spec; all that is set of parameters there is one edit."""
        values: Mapping[str, Any] = split(changes).values
        for edit in self.edits[:1]:
            values = combined(edit.changes, values)
        made = replace(self, spec=after[0], edits=(Edit(0, values),) if values else ())
        if not self.variants:
            return _known(made, after, after)
        _ = made.ends  # what networks have different may be nothing beside the new settings
        return made


def says(before: Specs, changes: Mapping[str, Any], after: Specs) -> bool:
    """Whether these changes, made as one, make the ones of the other specs."""
    settings = split(changes).settings
    return tuple(spec.replace(settings) for spec in before) == after


def _last_step(recipe: Recipe) -> int:
    return recipe.edits[-1].step if recipe.edits else 0


def _known(recipe: Recipe, before: Specs, after: Specs) -> Recipe:
    """A recipe whose `ends` are known."""
    vars(recipe).update(ends=(before, after), shared=after[0])
    return recipe


def _appended(recipe: Recipe, edit: Edit, after: Specs) -> Recipe:
    """One more edit at the end, and what the specs are then."""
    before, now = recipe.ends
    if edit.step != _last_step(recipe):
        before = now
    return _known(replace(recipe, edits=(*recipe.edits, edit)), before, after)


def _replaced(specs: Specs, edit: Edit) -> Specs:
    """What a checked edit makes of the specs."""
    settings = split(edit.changes).settings
    return tuple(spec.replace(settings) for spec in specs) if settings else specs


def _follow(spec: RunSpec, edits: Iterable[Edit]) -> RunSpec:
    """What checked edits make of a spec."""
    for edit in edits:
        (spec,) = _replaced((spec,), edit)
    return spec


def _overlap(one: str, other: str) -> bool:
    """Whether one path is the other, or a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _refuse_unknown(values: object) -> None:
    """Raise SpecError for what is no recipe, or has parts that none has."""
    if not isinstance(values, Mapping):
        raise SpecError(Problem("", values, N_("an object of {names}", names=listed(PARTS))))
    problems = [
        Problem(
            str(name),
            values[name],
            N_("no such part of a run; {names}", names=one_of(PARTS, name)),
            unknown=True,
        )
        for name in values
        if name not in PARTS
    ]
    if problems:
        raise SpecError(*problems)


def _variants(values: object) -> tuple[Mapping[str, Any], ...]:
    """What networks have different from each other. Raises SpecError."""
    found = _list("members", values)
    allowed = N_("an object of paths and values")
    problems = [
        Problem(f"members.{i}", each, allowed)
        for i, each in enumerate(found)
        if not isinstance(each, Mapping)
    ]
    if problems:
        raise SpecError(*problems)
    return tuple(found)


def _edits(values: object) -> list[Edit]:
    """The edits that JSON values are. Raises SpecError."""
    problems: list[Problem] = []
    found = [_edit(f"edits.{i}", each, problems) for i, each in enumerate(_list("edits", values))]
    if problems:
        raise SpecError(*problems)
    return found


def _edit(path: str, values: Any, problems: list[Problem]) -> Edit:
    """One edit, or what is wrong with it."""
    if isinstance(values, Edit):
        return values
    if not isinstance(values, Mapping) or values.keys() != {"step", "changes"}:
        problems.append(Problem(path, values, N_("an object with a step and changes")))
        return Edit(0, {})
    step, changes = values["step"], values["changes"]
    if isinstance(step, bool) or not isinstance(step, int) or step < 0:
        problems.append(Problem(f"{path}.step", step, N_("a whole number of steps, 0 or more")))
    if not isinstance(changes, Mapping):
        problems.append(Problem(f"{path}.changes", changes, N_("an object of paths and values")))
    return Edit(step, changes)


def _list(path: str, values: object) -> Sequence[Any]:
    """A list, empty where there is none. Raises SpecError."""
    if values is None:
        return ()
    if not isinstance(values, list | tuple):
        raise SpecError(Problem(path, values, N_("a list")))
    return values
