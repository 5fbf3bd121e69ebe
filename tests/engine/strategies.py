"""Hypothesis strategies for whole specs, built from the catalogue."""

from typing import Any

from hypothesis import strategies as st

from engine.catalog.losses import LOSSES
from engine.catalog.sections import FAMILIES, SECTIONS, Section
from engine.catalog.stop_rules import STOPS
from engine.core.registry import Knob
from engine.spec.run_spec import RunSpec

ROWS = st.tuples(
    st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=4, max_size=20),
    st.integers(2, 4),
).map(lambda drawn: [[*point, i % drawn[1]] for i, point in enumerate(drawn[0])])
"""A person's own points, of two to four classes."""

NAMES = st.sampled_from([[], ["x", "y", "Größe (cm)"], ["#1", 'a"b', "类; ~"]])
"""What a person calls columns, or classes."""

FORMULAS = ("x^2 + 2*y^2", "sin(3*x)*cos(y) + x^2/5", "sqrt(x) + y", "max(y, x*y)", "exp(x*y)")
"""Surfaces of a person's own: a quadratic, waves, one with an edge, one with a kink, and a steep one."""

SMALL = {"points": 60, "units": 6, "batch_size": 40}
"""Upper ends that keep a drawn run quick; limits themselves are tested elsewhere."""


def knob_values(knob: Knob) -> st.SearchStrategy[Any]:
    """Any value the knob allows."""
    if knob.type == "boolean":
        return st.booleans()
    if knob.type == "choice":
        return st.sampled_from(knob.choices)
    lists = {"rows": ROWS, "names": NAMES, "text": st.sampled_from(FORMULAS)}
    if knob.type in lists:
        return lists[knob.type]
    assert knob.minimum is not None
    assert knob.maximum is not None
    high = SMALL.get(knob.name, knob.maximum)
    if knob.type == "integer":
        return st.integers(int(knob.minimum), int(high))
    return st.floats(knob.minimum, high)


def sections(section: Section, kinds: list[str] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Any value of a section."""
    if section.family is None:
        return st.fixed_dictionaries({knob.name: knob_values(knob) for knob in section.knobs})
    chosen = st.sampled_from(kinds or list(FAMILIES[section.family]))
    return chosen.flatmap(
        lambda kind: st.fixed_dictionaries(
            {"kind": st.just(kind)},
            optional={knob.name: knob_values(knob) for knob in section.knobs_of(kind)},
        )
    )


@st.composite
def spec_dicts(draw: st.DrawFn) -> dict[str, Any]:
    """Any valid spec, small enough to train at once."""
    by_path = {section.path: section for section in SECTIONS}
    spec: dict[str, Any] = {}
    for section in SECTIONS:
        if section.path == "":
            for knob in section.knobs:
                if draw(st.booleans()):
                    spec[knob.name] = draw(knob_values(knob))
        elif "*" not in section.path and section.path != "loss" and draw(st.booleans()):
            spec[section.path] = draw(sections(section))
    spec.setdefault("data", {"points": 60})
    spec["data"].setdefault("points", 60)
    if spec["data"].get("train_share") == 1 and "stop" in spec:
        watches = STOPS[spec["stop"]["kind"]].watches
        spec["stop"] |= {"on": "train"} if watches else {}
    task = RunSpec.from_dict({"data": spec["data"]}).task
    fitting = [kind for kind, record in LOSSES.items() if task in record.tasks]
    spec["loss"] = draw(sections(by_path["loss"], fitting))
    features = list(FAMILIES["features"])
    spec["features"] = draw(st.lists(st.sampled_from(features), min_size=1, unique=True))
    own = [knob for section in SECTIONS if section.path == "layers.*" for knob in section.knobs]
    layer = st.fixed_dictionaries(
        {"units": st.integers(1, SMALL["units"])},
        optional={"activation": sections(by_path["layers.*.activation"])}
        | {knob.name: knob_values(knob) for knob in own if knob.name != "units"},
    )
    spec["layers"] = draw(st.lists(layer, max_size=3))
    if any(layer.get("batch_norm") for layer in spec["layers"]):
        # which needs two points in every batch
        spec["batch_size"] = max(spec.get("batch_size", 10), 2)
        spec["data"]["train_share"] = max(spec["data"].get("train_share", 0.5), 0.5)
    return spec
