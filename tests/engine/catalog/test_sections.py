"""Every record and knob tells a person what it is, and every default is one it allows."""

import pytest

from engine.catalog.sections import FAMILIES, SECTIONS, Section
from engine.core.registry import Knob, Record
from engine.race.sections import RACE_SECTIONS

RECORDS = {
    f"{name}-{kind}": record for name, family in FAMILIES.items() for kind, record in family.items()
}
EACH_SECTION = pytest.mark.parametrize(
    "section", [*SECTIONS, *RACE_SECTIONS], ids=lambda section: f"{section.path}-{section.help}"
)
KNOBS = {
    f"{owner}.{knob.name}": knob
    for owner, knobs in [
        *((f"{s.path}-{s.label}", s.knobs) for s in (*SECTIONS, *RACE_SECTIONS)),
        *(
            (f"{family.noun}.{kind}", family[kind].knobs)
            for family in FAMILIES.values()
            for kind in family
        ),
    ]
    for knob in knobs
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_records_explain_themselves(record: Record) -> None:
    assert record.label
    assert record.formula
    assert record.help.endswith(".")
    assert len(record.help) <= 110
    assert len({knob.name for knob in record.knobs}) == len(record.knobs)


@pytest.mark.parametrize("knob", KNOBS.values(), ids=KNOBS)
def test_knobs_explain_themselves_and_allow_what_they_offer(knob: Knob) -> None:
    assert knob.label
    assert knob.help.endswith(".")
    assert knob.read(knob.default) == knob.default
    assert all(knob.read(choice) == choice for choice in knob.choices)
    if knob.type in ("number", "integer"):
        assert knob.minimum is not None
        assert knob.maximum is not None
    if knob.scale == "log":
        assert knob.minimum
        assert knob.minimum > 0


@EACH_SECTION
def test_each_section_defaults_to_one_of_its_records(section: Section) -> None:
    assert section.help.endswith(".")
    assert (section.family is None) == (section.default is None)
    if section.family and section.default:
        assert section.default in FAMILIES[section.family]


@EACH_SECTION
def test_no_record_repeats_a_knob_of_its_section(section: Section) -> None:
    for kind in FAMILIES[section.family] if section.family else ():
        names = [knob.name for knob in section.knobs_of(kind)]
        assert len(set(names)) == len(names), kind


def test_a_race_counts_steps_where_a_run_counts_epochs() -> None:
    for kind, record in FAMILIES["step_schedules"].items():
        words = [record.help, *(knob.help for knob in record.knobs)]
        assert not any("epoch" in sentence for sentence in words)
        assert record.factor is FAMILIES["schedules"][kind].factor
    assert "step" in FAMILIES["step_schedules"]["exponential"].help
