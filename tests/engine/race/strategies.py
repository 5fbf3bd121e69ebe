"""Hypothesis strategies for whole races, built from the catalogue."""

from typing import Any

from hypothesis import strategies as st

from engine.catalog.sections import sections_at
from engine.race.sections import RACE_SECTIONS
from tests.engine.strategies import knob_values, sections


def section(path: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any value of a section of a race."""
    (found,) = sections_at(path, RACE_SECTIONS)
    return sections(found)


POINTS = st.lists(st.tuples(*(st.floats(-5, 5) | st.floats(-1e6, 1e6),) * 2).map(list), max_size=3)
VIEWS = st.tuples(st.floats(-9, 0), st.floats(1, 9), st.floats(-9, 0), st.floats(1, 9)).map(list)
RACERS = st.fixed_dictionaries(
    {},
    optional={name: section(f"racers.*.{name}") for name in ("optimizer", "schedule", "clip")},
)


@st.composite
def race_dicts(draw: st.DrawFn) -> dict[str, Any]:
    """Any valid race, short enough to run at once."""
    (top,) = sections_at("", RACE_SECTIONS)
    race: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {"steps": st.integers(1, 150), "racers": st.lists(RACERS, min_size=1, max_size=4)},
            optional={
                "surface": section("surface"),
                "starts": POINTS,
                "view": st.none() | VIEWS,
                **{knob.name: knob_values(knob) for knob in top.knobs if knob.name != "steps"},
            },
        )
    )
    return race
