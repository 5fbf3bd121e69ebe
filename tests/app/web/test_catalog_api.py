"""The catalogue and the thumbnails over HTTP, and whether the server is well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import engine
from tests.app import http
from tests.app.conftest import Server


@pytest.fixture(scope="module")
def catalog(server: Server) -> dict[str, Any]:
    answer = http.get(f"{server.url}/api/catalog")
    assert answer.headers["Content-Encoding"] == "gzip"
    result: dict[str, Any] = answer.json()
    return result


def test_the_catalogue_has_every_record(catalog: dict[str, Any]) -> None:
    assert catalog["default_spec"] == engine.RunSpec.from_dict({}).to_dict()
    for name, family in engine.catalog.FAMILIES.items():
        assert [record["kind"] for record in catalog["families"][name]] == list(family)
        for record in catalog["families"][name]:
            assert {"kind", "label", "help", "formula", "knobs"} <= record.keys()


GOLDEN = Path(__file__).parents[2] / "golden" / "catalog.json"


def test_the_page_is_tested_with_this_catalogue(catalog: dict[str, Any]) -> None:
    """The page's modules are tested with the file; where it is old it is written anew, to be read through."""
    now = json.dumps(catalog, ensure_ascii=False, indent=1) + "\n"
    then = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    if now != then:
        GOLDEN.write_text(now, encoding="utf-8")
    assert now == then, f"{GOLDEN.name} was old and has been written anew"


def test_limits_and_metrics_are_the_engine_s_own(catalog: dict[str, Any]) -> None:
    assert catalog["metrics"] == list(engine.METRICS)
    racer = {"optimizer": "sgd"}
    for name, values in (("racers", [racer]), ("starts", [[0, 0]])):
        most = catalog["limits"][name]
        engine.race.RaceSpec.from_dict({name: values * most})
        with pytest.raises(engine.SpecError):
            engine.race.RaceSpec.from_dict({name: values * (most + 1)})


def test_every_knob_and_section_says_whether_it_is_live(catalog: dict[str, Any]) -> None:
    keys = {"name", "label", "help", "type", "default", "minimum", "maximum", "scale"}
    keys |= {"step", "choices", "choice_labels", "live", "symbol"}
    knobs = [knob for section in catalog["sections"] for knob in section["knobs"]]
    for family in catalog["families"].values():
        knobs += [knob for record in family for knob in record["knobs"]]
    assert all(knob.keys() == keys for knob in knobs)
    sections = {section["path"]: section for section in catalog["sections"] if section["path"]}
    assert sections["optimizer"]["live"] is True
    assert sections["optimizer"]["family"] == "optimizers"
    assert sections["data"]["live"] is False
    assert sections["loss"]["live"] is False
    smoothing = [knob for record in catalog["families"]["losses"] for knob in record["knobs"]]
    assert [(knob["name"], knob["live"]) for knob in smoothing] == [("smoothing", True)] * 2
    for section in catalog["sections"]:
        for knob in section["knobs"]:
            path = f"{section['path']}.{knob['name']}".lstrip(".").replace("*", "0")
            assert engine.spec.is_live(path) is knob["live"], path


def test_a_search_has_sections_of_its_own(catalog: dict[str, Any]) -> None:
    strategy, top = catalog["search"]["sections"]
    assert (strategy["path"], strategy["family"], top["path"]) == ("strategy", "strategies", "")
    spec = engine.search.SearchSpec.from_dict(
        {"base": {}, "knobs": [{"path": "penalty.l2", "low": 0, "high": 1}]}
    ).to_dict()
    assert spec["strategy"]["kind"] == strategy["default"]
    for knob in top["knobs"]:
        assert spec[knob["name"]] == knob["default"]


def test_a_race_has_sections_and_a_default_of_its_own(catalog: dict[str, Any]) -> None:
    race = catalog["race"]
    assert race["default"] == engine.race.RaceSpec.from_dict({}).to_dict()
    sections = {section["path"]: section for section in race["sections"]}
    assert sections["racers.*.optimizer"]["family"] == "optimizers"
    assert [knob["name"] for knob in sections[""]["knobs"]] == [
        "steps",
        "noise",
        "noise_seed",
        "tolerance",
    ]
    # every path of a default race is told of
    for racer in race["default"]["racers"]:
        for part, values in racer.items():
            records = {
                r["kind"]: r for r in catalog["families"][sections[f"racers.*.{part}"]["family"]]
            }
            knobs = [knob["name"] for knob in records[values["kind"]]["knobs"]]
            assert set(values) == {"kind", *knobs}
    schedules = catalog["families"][sections["racers.*.schedule"]["family"]]
    assert not any("epoch" in knob["help"] for record in schedules for knob in record["knobs"])


def test_surfaces_say_what_is_known_of_them(catalog: dict[str, Any]) -> None:
    surfaces = {record["kind"]: record for record in catalog["families"]["surfaces"]}
    assert surfaces["bowl"]["view"] == [-1.5, 1.5, -1.5, 1.5]
    assert surfaces["bowl"]["start"] == [1, 1]
    assert surfaces["bowl"]["minimum"] == 0
    assert surfaces["three_hump_camel"]["minima"] == [[0, 0]]
    assert len(surfaces["three_hump_camel"]["local_minima"]) == 2
    assert surfaces["saddle"]["minimum"] is None
    assert surfaces["saddle"]["minima"] == []
    (text,) = surfaces["formula"]["knobs"]
    assert text["type"] == "text"


def test_data_sets_say_what_there_is_to_learn(catalog: dict[str, Any]) -> None:
    for record in catalog["families"]["datasets"]:
        assert record["task"] in {"two_class", "multi_class", "regression"}
        assert isinstance(record["classes"], int)
        assert set(record["ignores"]) <= {"points", "noise", "balance"}


def test_augmentations_are_records_whose_knobs_stand_in_one_section(
    catalog: dict[str, Any],
) -> None:
    (section,) = (part for part in catalog["sections"] if part["path"] == "augmentation")
    knobs = [knob for record in catalog["families"]["augmentations"] for knob in record["knobs"]]
    assert section["knobs"] == knobs
    assert all(knob["live"] for knob in knobs)


def test_previews_show_every_data_set(server: Server) -> None:
    answer = http.get(f"{server.url}/api/previews", params={"noise": "0.2", "seed": "3"})
    points = answer.json()
    assert set(points) <= set(engine.catalog.FAMILIES["datasets"])
    assert {"circle", "spiral"} <= set(points)
    for rows in points.values():
        assert 0 < len(rows) <= 160
        assert all(len(row) == 3 for row in rows)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"noise": "3"}, "data.noise"),
        ({"noise": "nan"}, "data.noise"),
        ({"noise": "much"}, "data.noise"),
        ({"seed": "1.5"}, "data.seed"),
        ({"colour": "red"}, "data.colour"),
    ],
)
def test_wrong_previews_name_the_field(server: Server, query: dict[str, str], path: str) -> None:
    answer = http.get(f"{server.url}/api/previews", params=query)
    assert answer.status_code == 400
    body = answer.json()
    assert [problem["path"] for problem in body["problems"]] == [path]
    assert path in body["message"]


def test_the_server_is_up_and_its_workers_answer(server: Server) -> None:
    assert http.get(f"{server.url}/healthz").status_code == 200
    assert http.get(f"{server.url}/readyz").status_code == 200


def test_a_server_whose_workers_do_not_answer_is_not_ready(
    serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as server:
        monkeypatch.setattr(server.app.state.settings, "ready_timeout", 0.0)
        answer = http.get(f"{server.url}/readyz")
        assert answer.status_code == 503
        assert answer.text == "The workers do not answer in time."
        assert http.get(f"{server.url}/healthz").status_code == 200


def test_limits_are_those_that_are_held(catalog: dict[str, Any]) -> None:
    limits = catalog["limits"]
    assert catalog["metrics"] == list(engine.METRICS)
    assert len(set(catalog["racer_marks"])) == limits["racers"] == limits["members"]

    def refuses(changes: dict[str, Any]) -> bool:
        try:
            engine.RunSpec.from_dict({}).replace(changes)
        except engine.SpecError:
            return True
        return False

    def rows(count: int, reach: float = 1, classes: int = 2) -> dict[str, Any]:
        made = [[reach, 0, i % classes] for i in range(count)]
        return {"data": {"kind": "custom", "rows": made}}

    for more in (0, 1):
        assert refuses({"layers": [{}] * (limits["layers"] + more)}) is bool(more)
        assert refuses(rows(limits["rows"] + more)) is bool(more)
        assert refuses(rows(20, limits["farthest"] + more)) is bool(more)
        assert refuses(rows(40, classes=limits["learned_classes"] + more)) is bool(more)
        named = rows(4)["data"] | {"class_names": ["x" * (limits["name"] + more)]}
        assert refuses({"data": named}) is bool(more)

    def race_refuses(values: dict[str, Any]) -> bool:
        try:
            engine.race.RaceSpec.from_dict(values)
        except engine.SpecError:
            return True
        return False

    for more in (0, 1):
        assert race_refuses({"racers": [{}] * (limits["racers"] + more)}) is bool(more)
        assert race_refuses({"starts": [[1, 1]] * (limits["starts"] + more)}) is bool(more)
        text = "x^2" + " " * (limits["formula"] - 5 + more) + "+y"
        assert race_refuses({"surface": {"kind": "formula", "text": text}}) is bool(more)
