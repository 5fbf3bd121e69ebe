"""What is long is read in a worker: own points of every kind, with their names."""

import json
from typing import Any

import pytest

from app.protocol import Hello, Load, Set
from app.stream.reading import read
from engine import RunSpec
from engine.catalog.datasets.custom import Rows

POINTS: dict[str, Any] = {
    "kind": "custom",
    "rows": [[0, 1, 0], [2, 3, 1]],
    "class_names": ["a", "b"],
    "column_names": ["x", "y", "team"],
}
VALUES: dict[str, Any] = {"kind": "custom_values", "rows": [[0, 1, 0.5], [2, 3, 300]]}
EACH = pytest.mark.parametrize("data", [POINTS, VALUES], ids=["classes", "values"])


@EACH
def test_own_points_are_read_once_wherever_they_stand(data: dict[str, Any]) -> None:
    for message in ({"type": "load"}, {"type": "hello", "protocol": 1}):
        found = read(json.dumps(message | {"spec": {"data": data}}))
        assert isinstance(found, Hello | Load)
        assert found.spec
        own = found.spec["data"]
        assert isinstance(own, dict)
        assert isinstance(own["rows"], Rows)
        assert (
            RunSpec.from_dict(found.spec).to_dict()["data"] | data
            == RunSpec.from_dict({"data": data}).to_dict()["data"]
        )
    changes = {f"data.{name}": value for name, value in data.items()}
    found = read(json.dumps({"type": "set", "changes": changes}))
    assert isinstance(found, Set)
    assert isinstance(found.changes["data.rows"], Rows)
    spec = RunSpec.from_dict({}).replace(found.changes)
    assert spec == RunSpec.from_dict({}).replace(changes)


@EACH
def test_rows_alone_are_read_for_what_the_run_has(data: dict[str, Any]) -> None:
    found = read(json.dumps({"type": "set", "changes": {"data.rows": data["rows"]}}))
    assert isinstance(found, Set)
    spec = RunSpec.from_dict({"data": data["kind"]}).replace(found.changes)
    assert spec == RunSpec.from_dict({"data": data["kind"]}).replace({"data.rows": data["rows"]})


@pytest.mark.parametrize("kind", ["circle", "nothing", 7, None])
def test_rows_of_other_kinds_are_left_to_the_spec(kind: object) -> None:
    found = read(json.dumps({"type": "load", "spec": {"data": {"kind": kind, "rows": "wrong"}}}))
    assert isinstance(found, Load)
    assert found.spec == {"data": {"kind": kind, "rows": "wrong"}}
