"""What a record is called in exported scripts: what an exporter could not make up by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.arrays import Numbers


@dataclass(frozen=True)
class Torch:
    """PyTorch's own class that does the same.

    name: of a module with its "nn.", of an optimizer as `torch.optim` has it.
    arguments: what its arguments are called, knob by knob in PyTorch's order, where that is not the knob's
        own name; knobs that share an argument make a tuple.
    always: arguments that it is given besides.
    """

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, Any] = field(default_factory=dict)

    def named(self, knobs: Numbers) -> dict[str, Any]:
        """The arguments for these knobs' values: those that `arguments` names first, then the others.

        >>> adam = Torch("Adam", {"learning_rate": "lr", "beta1": "betas", "beta2": "betas"})
        >>> adam.named({"beta1": 0.9, "beta2": 0.99, "learning_rate": 0.1})
        {'lr': 0.1, 'betas': (0.9, 0.99)}
        """
        found: dict[str, Any] = {}
        shared = list(self.arguments.values())
        for knob, argument in self.arguments.items():
            if knob in knobs and shared.count(argument) > 1:
                found[argument] = (*found.get(argument, ()), knobs[knob])
            elif knob in knobs:
                found[argument] = knobs[knob]
        others = {name: value for name, value in knobs.items() if name not in self.arguments}
        return found | others | dict(self.always)
