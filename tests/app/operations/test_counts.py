"""Counters, and how Prometheus reads them."""

import json

import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as read_openmetrics,
)
from prometheus_client.parser import text_string_to_metric_families as read_text

from app.operations.counts import Counts, Spread
from app.operations.metrics import Metrics
from tests.app import http
from tests.app.client import Client
from tests.app.conftest import Server

VIEW = {"grid": 16, "neurons": 8}


def test_a_spread_counts_a_value_at_its_bound_as_prometheus_does() -> None:
    spread = Spread((0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 1.0, 7.0):
        spread.add(value)
    assert list(spread.buckets()) == [("0.1", 2), ("1.0", 4), ("+Inf", 5)]
    assert spread.total == pytest.approx(8.65)


@pytest.mark.parametrize(
    ("accept", "read"),
    [("", read_text), ("application/openmetrics-text; version=1.0.0", read_openmetrics)],
)
def test_both_formats_hold_what_was_counted(accept: str, read) -> None:
    counts = Counts()
    counts.frames, counts.steps = 7, 250
    counts.refusals["origin"] = 3
    counts.slices.add(0.02)
    body, media_type = Metrics({"jobs": ("Jobs", lambda: 4)}, counts).page(accept)
    assert ("openmetrics" in media_type) == bool(accept)
    samples = {
        (each.name, *sorted(each.labels.items())): each.value
        for family in read(body.decode())
        for each in family.samples
    }
    assert samples["playground_frames_total",] == 7
    assert samples["playground_steps_total",] == 250
    assert samples["playground_jobs",] == 4
    assert samples["playground_refusals_total", ("reason", "origin")] == 3
    assert samples["playground_slice_seconds_bucket", ("le", "0.01")] == 0
    assert samples["playground_slice_seconds_bucket", ("le", "0.025")] == 1
    assert samples["playground_slice_seconds_count",] == 1
    assert samples["process_resident_memory_bytes",] > 2**20


def numbers(server: Server) -> dict[str, float]:
    answer = http.get(f"{server.url}/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return {
        each.name + json.dumps(each.labels): each.value
        for family in read_text(answer.text)
        for each in family.samples
    }


async def test_a_person_who_trains_is_counted_and_not_named(server: Server) -> None:
    before = numbers(server)
    async with Client.open(server.stream, view=VIEW, spec={}) as client:
        await client.ask("step", count=250)
        await client.until(lambda: client.frame["step"] == 250)
        after = numbers(server)
        assert client.welcome["session"] not in http.get(f"{server.url}/metrics").text
    assert after["playground_sessions{}"] >= 1
    assert after["playground_sessions_connected{}"] >= 1
    assert after["playground_held_bytes{}"] > 0
    for name, least in {
        "playground_steps_total{}": 250,
        "playground_frames_total{}": 1,
        "playground_slice_seconds_count{}": 1,
        "playground_queue_seconds_count{}": 2,
        "playground_frame_bytes_total{}": 16 * 16,
    }.items():
        assert after[name] - before[name] >= least, name
    assert after["playground_worker_starts_total{}"] >= 1


def test_a_refusal_is_counted_by_its_reason(server: Server) -> None:
    name = 'playground_refusals_total{"reason": "host"}'
    before = numbers(server)[name]
    assert http.get(server.url, headers={"Host": "evil.example"}).status_code == 400
    assert numbers(server)[name] == before + 1
