"""The counters of this process as Prometheus reads them. They are gathered when somebody asks, not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from app.operations.counts import COUNTS, Counts, Spread

PREFIX = "playground_"

Gauges = Mapping[str, tuple[str, Callable[[], float]]]
"""What is as it is now: by its name what it says, and what reads it."""


class Metrics(Collector):
    """Everything that can be counted of one server, with what the process uses of the machine."""

    def __init__(self, gauges: Gauges, counts: Counts = COUNTS) -> None:
        self._gauges = gauges
        self._counts = counts
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def collect(self) -> Iterator[Metric]:
        """Every number as it is now."""
        counts = self._counts
        for name, (said, read) in self._gauges.items():
            yield GaugeMetricFamily(PREFIX + name, said, read())
        yield _counter("frames", "Frames that were sent to browsers", counts.frames)
        yield _counter("frame_bytes", "Bytes of these frames", counts.frame_bytes)
        yield _counter("steps", "Steps that sessions were trained on", counts.steps)
        yield _counter("worker_starts", "Worker processes that started", counts.worker_starts)
        refusals = CounterMetricFamily(
            PREFIX + "refusals", "What was refused, by the reason", labels=["reason"]
        )
        for reason in ("connections", "host", "origin", "sessions"):
            refusals.add_metric([reason], counts.refusals[reason])
        yield refusals
        yield _histogram("slice_seconds", "From asking for a slice to its result", counts.slices)
        yield _histogram("queue_seconds", "How long jobs waited for a free worker", counts.queue)

    def page(self, accept: str) -> tuple[bytes, str]:
        """The text to send and its type, in the format that an Accept header prefers."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


def _counter(name: str, said: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(PREFIX + name, said, value)


def _histogram(name: str, said: str, spread: Spread) -> HistogramMetricFamily:
    buckets = list(spread.buckets())
    return HistogramMetricFamily(PREFIX + name, said, buckets, sum_value=spread.total)
