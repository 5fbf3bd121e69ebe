"""Formulas as the page sets them, read back: from the trees of its MathML to numbers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent

SCRIPT = """
import { equations, parseMath } from "./static/js/ui/formula-parser.js";
let text = "";
for await (const part of process.stdin) text += part;
const trees = JSON.parse(text).map((formula) => equations(formula).map(parseMath));
process.stdout.write(JSON.stringify(trees));
"""

Tree = dict[str, Any]
Names = Mapping[str, Any]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "ln": np.log,
    "sign": np.sign,
    "max": np.maximum,
    "min": np.minimum,
}


def trees_of(formulas: list[str]) -> list[list[list[Tree]]]:
    """What the page makes of each formula: for each of its equations the nodes of a row."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert node, "the page's modules need Node.js, which `make test` installs"
    done = subprocess.run(
        [node, "--input-type=module", "-e", SCRIPT],
        input=json.dumps(formulas),
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    found: list[list[list[Tree]]] = json.loads(done.stdout)
    return found


def text_of(node: Tree | list[Tree]) -> str:
    """A tree in one line, letters in braces where they are raised or lowered: "β_{1}"."""
    if isinstance(node, list):
        return " ".join(text_of(each) for each in node)
    if "text" in node:
        return str(node["text"])
    parts = [text_of(child) for child in node["children"]]
    if node["tag"] == "mover":
        return f"{parts[0]}\u0302"
    sign = {"msub": "_", "msup": "^"}.get(node["tag"])
    return f"{parts[0]}{sign}{{{parts[1]}}}" if sign else f"{node['tag']}({' '.join(parts)})"


def flat(node: Tree) -> str:
    """A letter with what is lowered at it as one name: "n_in", "β1", "v̂"."""
    if node["tag"] == "msub":
        return "".join(flat(child) for child in node["children"])
    if node["tag"] == "mover":
        return flat(node["children"][0]) + "\u0302"
    if node["tag"] == "mrow":
        return "".join(flat(child) for child in node["children"])
    return str(node["text"])


def plain(symbol: str) -> str:
    """The same name for a letter as the catalogue writes it: β₁ is "β1"."""
    return symbol.translate(str.maketrans("₀₁₂₃₄ᵢⱼ", "01234ij"))


def split(nodes: list[Tree], *signs: str) -> list[list[Tree]]:
    """The parts of a row between signs or words."""
    parts: list[list[Tree]] = [[]]
    for node in nodes:
        if node["tag"] in ("mo", "mtext") and node.get("text") in signs:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def value(nodes: list[Tree], names: Names) -> Any:
    """What a row comes to, as one reads it: a function takes the product after it, which ends at + and −."""
    return _Reader(nodes, names).sum()


def truth(nodes: list[Tree], names: Names) -> Any:
    """What a row with one relation says."""
    for sign, holds in {"<": np.less, "≥": np.greater_equal, ">": np.greater}.items():
        sides = split(nodes, sign)
        if len(sides) == 2:
            return holds(value(sides[0], names), value(sides[1], names))
    raise AssertionError(f"no relation in {text_of(nodes)}")


class _Reader:
    def __init__(self, nodes: list[Tree], names: Names) -> None:
        self.nodes, self.names, self.at = nodes, names, 0

    def sum(self) -> Any:
        total: Any = 0.0
        sign = 1
        if self._sign() in ("−", "-"):
            self.at, sign = self.at + 1, -1
        while True:
            total = total + sign * self.product()
            if self._sign() not in ("+", "−", "-"):
                break
            sign = -1 if self._sign() in ("−", "-") else 1
            self.at += 1
        assert self.at == len(self.nodes), f"not read: {text_of(self.nodes[self.at :])}"
        return total

    def product(self) -> Any:
        found: Any = 1.0
        begun = False
        while self.at < len(self.nodes) and (self._sign() in ("·", "∂") or not self._ends()):
            if self._sign() == "·":
                self.at += 1
                continue
            begun, found = True, found * self.factor()
        assert begun, f"nothing to multiply in {text_of(self.nodes)}"
        return found

    def factor(self) -> Any:
        node = self.nodes[self.at]
        self.at += 1
        name, power = self._function(node)
        if name == "Σ":
            return np.sum(self.product(), axis=0)
        if name is None:
            return self.number(node)
        group, raised = self._arguments()
        if group is not None:
            self.at += 1
            arguments = [value(part, self.names) for part in split(group[1:-1], ",", ";")]
            power = raised if power is None else power
        else:
            arguments = [self.product()]
        known = {**FUNCTIONS, **{n: f for n, f in self.names.items() if callable(f)}}
        result: Any = known[name](*arguments)
        return result**power if power is not None else result

    def number(self, node: Tree) -> Any:
        tag, children = node["tag"], node.get("children", [])
        if tag == "mn":
            return float(node["text"])
        if tag in ("mi", "mo", "mtext", "msub", "mover"):
            known = {"π": np.pi, "e": np.e, **self.names}
            assert flat(node) in known, f"nothing is called {text_of(node)}"
            return known[flat(node)]
        if tag == "mrow":
            return self._group(children)
        parts = [value([child], self.names) for child in children]
        operations: dict[str, Callable[..., Any]] = {
            "mfrac": lambda above, below: above / below,
            "msqrt": np.sqrt,
            "msup": lambda base, power: base**power,
        }
        return operations[tag](*parts)

    def _group(self, children: list[Tree]) -> Any:
        opening = children[0].get("text")
        if opening == "(":
            return value(children[1:-1], self.names)
        if opening == "|":
            return np.abs(value(children[1:-1], self.names))
        if opening == "⌊":
            return np.floor(value(children[1:-1], self.names))
        if opening == "‖":
            return np.linalg.norm(value(children[1:-1], self.names), axis=0)
        return value(children, self.names)

    def _arguments(self) -> tuple[list[Tree] | None, Any]:
        """What stands in parentheses after a function, and what is raised behind them."""
        node: Tree = self.nodes[self.at] if self.at < len(self.nodes) else {"tag": ""}
        if node["tag"] == "msup" and _is_group(node["children"][0], "("):
            return node["children"][0]["children"], value([node["children"][1]], self.names)
        return (node["children"], None) if _is_group(node, "(") else (None, None)

    def _function(self, node: Tree) -> tuple[str | None, Any]:
        if node["tag"] == "msup":
            name, _ = self._function(node["children"][0])
            return name, value([node["children"][1]], self.names) if name else None
        name = flat(node) if node["tag"] in ("mi", "mo", "mtext", "msub") else ""
        known = name in FUNCTIONS or callable(self.names.get(name)) or name.startswith("Σ")
        return (name[0] if name.startswith("Σ") else name, None) if known else (None, None)

    def _sign(self) -> str | None:
        if self.at >= len(self.nodes) or self.nodes[self.at]["tag"] != "mo":
            return None
        return str(self.nodes[self.at]["text"])

    def _ends(self) -> bool:
        node = self.nodes[self.at]
        if node["tag"] == "mo":
            return node["text"] not in self.names and node["text"] != "Σ"
        return node["tag"] == "mtext" and node["text"] not in self.names


def _is_group(node: Tree, opening: str) -> bool:
    return (
        node["tag"] == "mrow"
        and node["children"][:1] != []
        and node["children"][0].get("text") == opening
    )
