"""What an open panel of the strip costs: a reading's time and bytes, and the frames left beside it."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import Any

import uvloop
from pydantic import TypeAdapter

import engine
from app.protocol.inspect import Inspect
from app.rehearsal.crowd import Crowd
from app.session.slices import Slice, run_slice
from tests.bench.timing import table
from tests.load.machine import machine

LAYERS: list[dict[str, Any]] = [{"units": 8, "activation": "sigmoid"}] * 6
OTHERWISE = [each | {"batch_norm": True, "dropout": 0.2} for each in LAYERS]
PANELS: dict[str, dict[str, Any]] = {
    "gradients": {"kind": "gradients"},
    "activations": {"kind": "activations"},
    "weights": {"kind": "weights"},
    "hidden space": {"kind": "hidden-space"},
    "two weights": {"kind": "weights", "pair": ["output.W.0.0", "output.W.3.0"]},
}
VIEW: dict[str, Any] = {"grid": 48, "neurons": 16, "evaluation": True}
"""As the page asks while it plays."""
TURNS = 201
SECONDS, WARM_UP = 4.0, 1.0
READER: TypeAdapter[Inspect] = TypeAdapter(Inspect)


def slice_of(state: engine.State, inspect: dict[str, Any] | None, *, training: bool) -> Slice:
    """A slice that makes one step and a picture."""
    return Slice(
        state=state,
        target=state.step + 1,
        planned=(),
        view=engine.View(**VIEW, training=training),
        pace=1e-5,
        budget=1.0,
        run=1,
        frame=1,
        rate=0.0,
        inspect=READER.validate_python(inspect) if inspect else None,
    )


def reading(
    layers: list[dict[str, Any]], inspect: dict[str, Any] | None, *, training: bool = False
) -> tuple[float, int]:
    """What it adds to a slice: milliseconds of a worker, and bytes. Both slices take turns.

    The difference is between neighbours, so that whatever else a machine does falls on both.
    """
    state, _ = engine.train(engine.start(engine.RunSpec.from_dict({"layers": layers})), 40)
    jobs = [
        slice_of(state, None, training=False),
        slice_of(state, inspect, training=training),
    ]
    trainers, sizes, more = engine.Trainers(2**26), [0, 0], []
    for _ in range(TURNS):
        times = []
        for which, job in enumerate(jobs):
            begin = time.thread_time()
            sizes[which] = len(run_slice(job, trainers).frame)
            times.append(time.thread_time() - begin)
        more.append(times[1] - times[0])
    return 1000 * statistics.median(more), sizes[1] - sizes[0]


def readings() -> None:
    """What each panel's reading costs a worker and the wire."""
    rows = []
    for name, inspect in PANELS.items():
        cost, size = reading(LAYERS, inspect)
        rows.append([name, f"{cost:.2f} ms", f"{size:,} bytes"])
    for name, training in (("evaluation", False), ("training", True)):
        cost, size = reading(OTHERWISE, PANELS["activations"], training=training)
        title = f"activations, normalized, with dropout, {name}"
        rows.append([title, f"{cost:.2f} ms", f"{size:,} bytes"])
    table("One reading of six layers of eight", ["panel", "a worker", "the wire"], rows)


async def played(url: str, inspect: dict[str, Any] | None) -> tuple[float, int]:
    """Frames a second and bytes a second of one who plays six layers of eight at full speed."""
    view = VIEW | ({"inspect": inspect} if inspect else {})
    hello = {"spec": {"layers": LAYERS}, "view": view}
    async with Crowd(url, [hello]) as crowd:
        crowd.play()
        await asyncio.sleep(WARM_UP)
        found = await crowd.watch(SECONDS, 2 * SECONDS)
    return found.frames, round(found.people[0].bytes)


def streams() -> None:
    """The stream of one person with each panel open, beside all of them closed."""
    rows = []
    with machine() as running:
        for name, inspect in {"all closed": None, **PANELS}.items():
            frames, size = uvloop.run(played(running.stream, inspect))
            rows.append([name, f"{frames:.1f}", f"{size / 1000:.0f} KB"])
    head = ["panel", "frames/s", "a second"]
    table("One who plays six layers of eight at full speed", head, rows)


def main() -> None:
    """Print both tables."""
    readings()
    streams()


if __name__ == "__main__":
    main()
