"""The page as a person sees and works it, for tests and benchmarks.

A small recorder rides along in the page and notes what comes over the socket and which frame was drawn,
so that a test can wait for exactly what it asked for. It only listens.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from playwright.sync_api import Locator, Page, expect

from app import protocol

PATIENCE_MS = 45_000
"""Long enough for a busy machine; a test that passes never waits so long."""

RECORDER = """
(() => {
  const text = new TextDecoder();
  const headerOf = (buffer) => {
    const length = new DataView(buffer).getUint32(4, true);
    return JSON.parse(text.decode(new Uint8Array(buffer, 8, length)));
  };
  const wire = {
    sockets: [], status: null, welcome: null, scene: null, drawn: null, violations: [],
    first: null, frames: 0, bytes: 0, frameBytes: 0,
  };
  let coming = [];
  const hear = ({ data }) => {
    if (typeof data === "string") {
      wire.bytes += data.length;
      const message = JSON.parse(data);
      if (message.type === "status") wire.status = message;
      if (message.type === "welcome") {
        // what is known from before is that of another line, which all that follows is told anew
        Object.assign(wire, { welcome: message, status: null, drawn: null });
        coming = [];
      }
      return;
    }
    wire.bytes += data.byteLength;
    const header = headerOf(data);
    if (header.type === "scene") wire.scene = data;
    if (header.type !== "frame") return;
    wire.frameBytes = data.byteLength;
    const [, , [, grid]] = header.arrays.find(([name]) => name === "boundary");
    const { run, frame, step, arrays, training = null } = header;
    coming = [...coming.slice(-7), { run, frame, step, grid, arrays, training }];
  };
  const Socket = WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...address) {
      super(...address);
      wire.sockets.push(this);
      this.addEventListener("message", hear);
    }
    send(message) {
      const { type, frame } = JSON.parse(message);
      // The page acknowledges a frame right after it has drawn it.
      if (type === "ack") {
        wire.frames += 1;
        wire.first ??= performance.now();
        wire.drawn = { ...coming.findLast((header) => header.frame === frame), at: performance.now() };
      }
      super.send(message);
    }
  };
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    wire.violations.push(`${violatedDirective} ${blockedURI}`));
  window.wire = wire;
  window.Socket = Socket;
})();
"""

SETTLED = """() => {
  const { status, drawn } = window.wire;
  return status?.phase === "paused" && drawn?.run === status.run && drawn.step === status.step;
}"""

PLACE = """({ x, y, width, height } = part.getBoundingClientRect()) =>
  (width > 0 ? { x, y, width, height } : null)"""

SHIFTS = """(frames) => new Promise((resolve) => {
  const moved = [];
  const nameOf = ({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node);
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries()) moved.push(...sources.map(nameOf));
  }).observe({ type: "layout-shift" });
  const next = (left) => (left > 0 ? requestAnimationFrame(() => next(left - 1)) : resolve(moved));
  next(frames);
})"""
"""What the browser saw move in so many frames."""

METRICS = ("train-loss", "test-loss", "train-accuracy", "test-accuracy")


class Playground:
    """One page. Methods that change something return when the page shows what came of it."""

    def __init__(self, page: Page) -> None:
        page.add_init_script(RECORDER)
        self.page = page

    @classmethod
    def at(cls, page: Page) -> Self:
        """A page that the browser has opened itself, with the recorder in its profile."""
        found = cls.__new__(cls)
        found.page = page
        return found

    def open(self, settings: str = "", base: str = "") -> Self:
        """Open an address with these settings, and wait until the first picture is drawn."""
        self.page.goto(f"{base}/#{settings}")
        self.ready()
        return self

    def ready(self) -> None:
        """Wait until the page is connected and shows the server's state, as told on this very line."""
        expect(self.get("status")).to_have_attribute("data-state", "open")
        expect(self.transport).not_to_have_attribute("inert", "")
        self.wait("() => window.wire.drawn !== null")

    def look_again(self) -> None:
        """Tell the page that there is a network again: it looks for the server at once, not after a while."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    # What is on the page

    def get(self, testid: str) -> Locator:
        """The element that is known by this name."""
        return self.page.get_by_test_id(testid)

    @property
    def transport(self) -> Locator:
        """Play, step, reset and the counters."""
        return self.page.locator(".transport")

    def in_sight(self, control: Locator) -> Locator:
        """The control, after what it is folded into was opened."""
        control.wait_for(state="attached")
        if not control.is_visible():
            opener = control.evaluate_handle(
                """(control) => {
                  const panel = control.closest("[popover]");
                  return panel
                    ? [...document.querySelectorAll("button")].find((b) => b.popoverTargetElement === panel)
                    : control.closest("details:not([open])").querySelector("summary");
                }"""
            ).as_element()
            assert opener, "what is hidden can be opened"
            opener.click()
        return control

    @staticmethod
    def press_segment(segment: Locator) -> None:
        """Press one of several choices on its words, as people do, once they stand still."""
        segment.locator("xpath=..").click()
        expect(segment).to_be_checked()

    @staticmethod
    def box(part: Locator) -> dict[str, float]:
        """Where a part of the page is, once it has stood still for some frames."""
        return Playground.at_rest(part, PLACE)

    @staticmethod
    def at_rest(part: Locator, read: str, frames: int = 5) -> dict[str, float]:
        """What `read`, a JavaScript function that knows the `part`, gives once that stays for some frames.

        While it gives nothing, there is nothing yet to stay.
        """
        found: dict[str, float] = part.evaluate(
            f"""async (part, frames) => {{
              const read = {read};
              let [seen, still] = [read(), 0];
              while (still < frames) {{
                await new Promise(requestAnimationFrame);
                const now = read();
                still = now && JSON.stringify(now) === JSON.stringify(seen) ? still + 1 : 0;
                seen = now;
              }}
              return seen;
            }}""",
            frames,
        )
        return found

    def knob(self, path: str) -> Locator:
        """The control of a spec path, in sight."""
        return self.in_sight(self.get(f"knob-{path}"))

    def tile(self, kind: str) -> Locator:
        """The picture of a data set, in sight."""
        tile = self.page.locator(f'.tile[data-value="{kind}"]')
        tile.wait_for(state="attached")
        if tile.evaluate("(tile) => tile.closest('.tiles[hidden], .more[hidden]') !== null"):
            for task in ("classes", "numbers"):
                label = self.page.locator("label", has=self.get(f"predict-{task}"))
                if not self.get(f"predict-{task}").is_checked():
                    label.click()
                    break
        return self.in_sight(tile)

    def number(self, name: str) -> float:
        """A streamed number with all its digits, such as "steps" or "train-loss"."""
        return float(self.get(name).get_attribute("data-value") or "nan")

    def losses(self) -> dict[str, str]:
        """All metrics, to the last bit."""
        return {name: self.get(name).get_attribute("data-value") or "" for name in METRICS}

    @property
    def steps(self) -> int:
        """The counter of steps."""
        return int(self.number("steps"))

    def shifts(self, frames: int) -> list[str]:
        """The parts that the browser sees move by themselves, in so many frames."""
        moved: list[str] = self.page.evaluate(SHIFTS, frames)
        return moved

    # What the server said

    @property
    def status(self) -> dict[str, Any]:
        """The newest status."""
        return self.page.evaluate("window.wire.status")

    @property
    def run(self) -> int:
        """Counts up with every start."""
        return self.status["run"]

    def value(self, path: str) -> Any:
        """A value of the spec as the server has it."""
        part = self.status["spec"]
        for name in path.split("."):
            part = part[int(name)] if isinstance(part, list) else part[name]
        return part

    def scene(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The newest scene: its header and its arrays."""
        text = self.page.evaluate(
            """async () => {
              const reader = new FileReader();
              const read = new Promise((resolve) => (reader.onload = resolve));
              reader.readAsDataURL(new Blob([window.wire.scene]));
              await read;
              return reader.result.split(",")[1];
            }"""
        )
        return protocol.decode(base64.b64decode(text))

    # Waiting

    def wait(self, condition: str, arg: Any = None) -> None:
        """Wait until a JavaScript function is true."""
        self.page.wait_for_function(condition, arg=arg, timeout=PATIENCE_MS)

    def wait_phase(self, phase: str) -> None:
        """Wait until the page shows that it is paused, playing, ..."""
        expect(self.transport).to_have_attribute("data-phase", phase)

    def wait_steps(self, least: int) -> None:
        """Wait until at least so many steps of the newest run are drawn."""
        self.wait(
            "(least) => wire.drawn?.run === wire.status.run && wire.drawn.step >= least", least
        )

    def catch_up(self) -> None:
        """Wait until what is drawn is of the newest run: its counters then count that run's steps."""
        self.wait("() => wire.drawn?.run === wire.status.run")

    def wait_run(self, run: int) -> None:
        """Wait until a picture of this run, or a later one, is drawn."""
        self.wait("(run) => wire.drawn?.run >= run && wire.status.run >= run", run)

    def wait_value(self, path: str, value: Any) -> None:
        """Wait until the server has this value in its spec."""
        self.wait(
            """([path, value]) => JSON.stringify(value) === JSON.stringify(
              path.split(".").reduce((part, name) => part?.[name], wire.status?.spec))""",
            [path, value],
        )

    @contextmanager
    def redrawn(self) -> Iterator[None]:
        """What is done inside, at rest, gives another picture of the same step, which is waited for."""
        before = self.page.evaluate("wire.drawn.frame")
        yield
        self.wait("(before) => wire.drawn.frame > before", before)

    def settle(self) -> None:
        """Wait until training is paused and the last picture of it is drawn."""
        self.wait(SETTLED)
        self.wait_phase("paused")

    # What a person does

    def play(self) -> None:
        """Press play, and wait until training goes on: as fast as it goes, if no other speed was chosen."""
        if self.status["speed"] == "rising":
            self.speed(None)
        self.catch_up()
        before = self.steps
        self.get("play").click()
        self.wait_phase("playing")
        self.wait("(before) => wire.drawn.step !== before", before)

    def pause(self) -> None:
        """Press pause, and wait for the last picture."""
        self.get("play").click()
        self.settle()

    def step(self, count: int = 1, unit: str = "epoch") -> None:
        """Train exactly so much, and wait for the picture of the last step."""
        self.catch_up()
        per = self.status["steps_per_epoch"] if unit == "epoch" else 1
        target = self.steps + count * per
        self.get("step-count").fill(str(count))
        self.get("step-unit").select_option(unit)
        self.get("step").click()
        self.wait_steps(target)
        self.settle()
        assert self.steps == target

    def reset(self) -> None:
        """Press reset, and wait for step 0."""
        run = self.run
        self.get("reset").click()
        self.wait_run(run + 1)
        self.settle()

    def speed(self, steps_per_second: int | str | None) -> None:
        """Choose a speed from the list; "rising" begins slowly, None is as fast as it goes."""
        self.get("speed").select_option(
            "max" if steps_per_second is None else str(steps_per_second)
        )
        self.wait("(speed) => wire.status.speed === speed", steps_per_second)

    def fill(self, path: str, value: float) -> None:
        """Type a number into a knob."""
        knob = self.knob(path)
        knob.fill(str(value))
        knob.press("Enter")
        self.wait_value(path, value)

    def choose(self, path: str, value: str) -> None:
        """Choose from a list."""
        self.knob(path).select_option(value)
        self.wait_value(path, value)

    def choose_data(self, kind: str) -> None:
        """Choose a data set by its picture."""
        self.tile(kind).click()
        self.wait_value("data.kind", kind)

    def click_restart(self, target: Locator) -> None:
        """Press something that starts the run again, and wait for the new one."""
        run = self.run
        target.click()
        self.wait_run(run + 1)

    # Pictures

    def pixels(self, testid: str, places: Sequence[tuple[float, float]]) -> list[list[int]]:
        """The colours [red, green, blue] of a canvas at places given as shares of its sides."""
        return self.get(testid).evaluate(
            """(canvas, places) => {
              const { width, height } = canvas;
              const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
              copy.drawImage(canvas, 0, 0);
              const { data } = copy.getImageData(0, 0, width, height);
              return places.map(([across, down]) => {
                const x = Math.min(width - 1, Math.floor(across * width));
                const y = Math.min(height - 1, Math.floor(down * height));
                return [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)];
              });
            }""",
            list(places),
        )

    def picture(self, testid: str) -> str:
        """A whole canvas, to compare with another of it."""
        return self.get(testid).evaluate("(canvas) => canvas.toDataURL()")

    def classes_at(self, points: Iterable[Sequence[float]]) -> list[int]:
        """For points (x1, x2): which class the colour of the output map stands for there."""
        places = [((float(x1) + 6) / 12, (6 - float(x2)) / 12) for x1, x2 in points]
        colours = self.class_colours()

        def nearest(seen: Sequence[int]) -> int:
            return min(range(len(colours)), key=lambda i: math.dist(colours[i], seen))

        return [nearest(seen) for seen in self.pixels("boundary", places)]

    def class_colours(self) -> list[tuple[int, int, int]]:
        """The colour of each class of this run."""
        header, _ = self.scene()
        names = [f"--class-{i}" for i in range(max(2, header["classes"]))]
        texts = self.page.evaluate(
            """(names) => {
              const style = getComputedStyle(document.documentElement);
              return names.map((name) => style.getPropertyValue(name).trim());
            }""",
            names,
        )
        return [(int(t[1:3], 16), int(t[3:5], 16), int(t[5:7], 16)) for t in texts]

    def chart(self) -> list[dict[str, list[float]]]:
        """The curves that the loss chart holds: x and y of each."""
        return self.get("loss-chart").evaluate(
            "(plot) => (plot.data ?? []).map(({ x, y }) => ({ x: [...x], y: [...y] }))"
        )

    def wait_chart(self) -> None:
        """Wait until the loss chart shows the newest frame."""
        self.wait(
            """() => {
              const plot = document.querySelector('[data-testid="loss-chart"]');
              const epoch = Number(document.querySelector('[data-testid="epoch"]').dataset.value);
              return plot.data?.[0].x.at(-1) === epoch;
            }"""
        )

    def wait_pictures(self) -> None:
        """Wait until the data sets have their pictures, the last that an open page asks the server for."""
        self.wait(
            "() => performance.getEntriesByType('resource')"
            ".some(({ name, responseEnd }) => name.includes('api/previews') && responseEnd > 0)"
        )

    def wait_chart_begun(self) -> None:
        """Wait until the library that draws the chart is there and has drawn."""
        self.wait("() => document.querySelector('[data-testid=loss-chart]').data !== undefined")
