"""One point's way as a study: what the engine finds, in the order of theta, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine
from app import protocol
from app.studies import queued
from app.studies.job import Chunk, QueuedStudy, work
from app.studies.trace import TraceJob
from tests.app.session.test_session import Driver
from tests.app.stream.study_jobs import job_of, shown

BLOBS = {"data": {"kind": "blobs", "classes": 3}, "loss": "cross_entropy", "layers": [{"units": 4}]}


def after(steps: int, **hello: Any) -> Driver:
    driver = Driver(chunk=1000, view={"grid": 8, "neurons": 0}, **hello)
    if steps:
        driver.control("step", count=steps)
        driver.run()
    return driver


def traced(driver: Driver, **what: Any) -> Chunk:
    asked = {"kind": "trace", "point": [1.1, 0.4], "label": 2, **what}
    (found,) = shown(job_of(asked, driver.session))
    return found


def queued_of(what: dict[str, Any]) -> QueuedStudy:
    asked = protocol.parse(json.dumps({"type": "study", "what": {"kind": "trace", **what}}))
    assert isinstance(asked, protocol.Study)
    return queued(asked, after(20, spec=BLOBS).session)


def test_every_number_of_the_way() -> None:
    driver = after(20, spec=BLOBS)
    state = driver.session.state
    found, expected = traced(driver), engine.insight.trace(state, (1.1, 0.4), 2)
    assert expected.information is not None
    assert found.header == {
        "run": driver.session.run.number,
        "step": 20,
        "point": (1.1, 0.4),
        "label": 2.0,
        "features": ("x1", "x2"),
        "units": [2, 4, 3],
        "activations": ["tanh", "linear"],
        "loss": expected.loss,
        "information": [0.0, expected.information.kl_divergence, expected.loss],
        "checked": False,
    }
    arrays = found.arrays
    np.testing.assert_array_equal(arrays["sums"], np.concatenate([e.sums for e in expected.layers]))
    np.testing.assert_array_equal(arrays["theta"], state.theta[0].astype(np.float64))
    # w x of the first weight, and its gradient x δ
    assert arrays["terms"][0] == pytest.approx(1.1 * state.theta[0, 0])
    assert arrays["gradient"][0] == pytest.approx(1.1 * arrays["delta"][0])
    np.testing.assert_allclose(arrays["probabilities"].sum(), 1)
    assert not {"numeric", "after"} & set(arrays)


def test_finite_differences_and_the_next_update_where_they_are_asked_for() -> None:
    driver = after(5, spec=BLOBS | {"optimizer": {"kind": "sgd", "learning_rate": 0.1}})
    state = driver.session.state
    found = traced(driver, check=True, update=True)
    assert found.header is not None
    assert found.header["checked"]
    assert found.header["update"] == {"batch": state.spec.batch_size, "learning_rate": 0.1}
    assert found.arrays["difference"].max() < 1e-6
    next_state, _ = engine.train(state, 1)
    np.testing.assert_array_equal(found.arrays["after"], next_state.theta[0])
    np.testing.assert_array_equal(found.arrays["batch_gradient"], engine.gradient(state)[0])


def test_a_large_network_is_followed_without_finite_differences() -> None:
    found = traced(after(0, spec=BLOBS | {"layers": [{"units": 128}, {"units": 32}]}), check=True)
    assert found.header is not None
    assert not found.header["checked"]
    assert "numeric" not in found.arrays


def test_numbers_have_no_probabilities() -> None:
    found = traced(after(3, spec={"data": "plane"}), label=0.25)
    assert found.header is not None
    assert found.header["information"] is None
    assert "probabilities" not in found.arrays


def test_a_network_that_is_lost_is_followed_too() -> None:
    job = job_of({"kind": "trace", "point": [1, 2], "label": 0, "check": True})
    assert isinstance(job, TraceJob)
    state = replace(job.state, theta=np.full_like(job.state.theta, np.nan))
    header = replace(job, state=state).work(0).header
    assert header is not None
    assert header["loss"] is None


def test_any_member_can_be_followed() -> None:
    members = [{"optimizer.kind": "sgd"}, {"optimizer.kind": "adam"}]
    driver = after(10, spec=BLOBS, members=members)
    found = traced(driver, member=1)
    np.testing.assert_array_equal(found.arrays["theta"], driver.session.state.theta[1])


def test_the_page_reads_what_is_sent() -> None:
    """The file that the page's tests read is what the server says of this network."""
    golden = Path(__file__).parents[2] / "golden/trace.bin"
    study = replace(
        queued_of({"point": [1.1, 0.4], "label": 2, "check": True, "update": True}), id=7
    )
    sent, known = (protocol.decode(each) for each in (work(study).frame, golden.read_bytes()))
    assert sent[0].keys() == known[0].keys()
    assert sent[0]["loss"] == pytest.approx(known[0]["loss"])
    assert sent[1].keys() == known[1].keys()
    for name, values in known[1].items():
        # finite differences round differently on another machine
        np.testing.assert_allclose(sent[1][name], values, rtol=1e-4, atol=1e-6, err_msg=name)


@pytest.mark.parametrize(
    ("what", "path"),
    [({"label": 3}, "label"), ({"label": 0.5}, "label"), ({"member": 1}, "member")],
)
def test_what_there_is_not_is_refused(what: dict[str, Any], path: str) -> None:
    with pytest.raises(engine.SpecError) as refused:
        traced(after(0, spec=BLOBS), **what)
    assert [problem.path for problem in refused.value.problems] == [path]
