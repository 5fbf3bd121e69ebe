"""What a person sees and can find out before touching anything."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewContext, Visit
from tests.browser.playground_page import Playground

CONTROLS = ("button", "checkbox", "combobox", "radio", "slider", "spinbutton", "textbox")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def tip(playground: Playground) -> Locator:
    return playground.page.get_by_role("tooltip")


def open_all(playground: Playground) -> None:
    closed = playground.page.locator("details:not([open]) > summary:visible")
    for left in reversed(range(closed.count())):
        closed.first.click()
        expect(closed).to_have_count(left)


def test_every_control_has_a_name(playground: Playground):
    playground.open()
    open_all(playground)
    session = playground.page.context.new_cdp_session(playground.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    controls = [
        node
        for node in nodes
        if not node["ignored"] and node.get("role", {}).get("value") in CONTROLS
    ]
    assert len(controls) > 40
    assert not [node for node in controls if not node.get("name", {}).get("value", "").strip()]


def test_every_control_explains_itself(playground: Playground):
    playground.open()
    open_all(playground)
    silent = playground.page.evaluate(
        """() => [...document.querySelectorAll("main *, .top *")]
          .filter((part) => part.matches("button, input, select"))
          .filter((part) => !["Close", "Dismiss"].includes(part.getAttribute("aria-label")))
          .filter((part) => !(part.closest("[data-tip]")?.dataset.tip.length > 10))
          .map((part) => part.outerHTML)"""
    )
    assert silent == []


def test_every_knob_says_beforehand_whether_it_restarts_the_run(playground: Playground):
    """The mark and the tip of each control agree with what the server says in its catalogue."""
    playground.open()
    open_all(playground)
    shown = playground.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".field[data-path]")].map((field) =>
          [field.dataset.path, [field.dataset.tipEffect, field.querySelector(".restart-mark") !== null]]))"""
    )
    catalog = playground.page.request.get("api/catalog").json()
    expected = {}
    for section in catalog["sections"]:
        records = catalog["families"].get(section["family"] or "", [])
        knobs = [*section["knobs"], *(knob for record in records for knob in record["knobs"])]
        live = {knob["name"]: knob.get("live", section["live"]) for knob in knobs}
        if records:
            live["kind"] = section["live"]
        prefix = section["path"] + "." if section["path"] else ""
        for name, is_live in live.items():
            for i in "01":
                path = (prefix + name).replace("*", i)
                expected[path] = ["live", False] if is_live else ["restart", True]
    assert len(shown) > 15
    assert shown == {path: expected[path] for path in shown}


def test_pointing_at_a_control_explains_it(playground: Playground):
    playground.open()
    playground.get("new-start").hover()
    expect(tip(playground)).to_contain_text("moves every seed that is not locked on")
    playground.knob("optimizer.learning_rate").hover()
    expect(tip(playground)).to_contain_text("Applies at once")
    playground.tile("xor").hover()
    expect(tip(playground)).to_contain_text("Starts the run again")
    playground.page.mouse.move(640, 5)
    expect(tip(playground)).to_be_hidden()


def test_the_tab_key_reaches_and_explains_every_control(playground: Playground):
    playground.open()
    seen = {}
    for _ in range(80):
        playground.page.keyboard.press("Tab")
        name, text = playground.page.evaluate(
            """async () => {
              // what is focused may have to be scrolled into sight
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              const { activeElement: at } = document;
              const tip = document.querySelector("#tip");
              const name = at.dataset.testid ?? at.getAttribute("aria-label") ?? at.textContent;
              const needsNone = at === document.body || at.matches("summary, canvas, .unit:not(.feature)");
              return [name, needsNone ? "none needed" : tip.matches(":popover-open") ? tip.textContent : ""];
            }"""
        )
        if name in seen:
            break
        seen[name] = text
    assert not [name for name, text in seen.items() if not text]
    wanted = {"play", "reset", "step", "speed", "add-layer", "new-data", "feature-x1", "boundary"}
    knobs = {"data.noise", "data.train_share", "batch_size", "optimizer.learning_rate"}
    assert wanted | {f"knob-{path}" for path in knobs} <= seen.keys()


def test_a_finger_on_a_name_explains_it(visit: Visit):
    phone = visit(**PHONE)
    phone.page.locator('.field[data-path="data.noise"] .caption').tap()
    expect(tip(phone)).to_be_visible()
    expect(tip(phone)).to_contain_text("Noise")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_laptop_shows_it_all_without_scrolling(visit: Visit, color_scheme: str):
    laptop = visit(color_scheme=color_scheme)
    expect(laptop.page.locator("html")).to_have_attribute("data-theme", color_scheme)
    laptop.box(laptop.page.locator(".playground"))
    width, bottom = laptop.page.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('#training-panel').getBoundingClientRect().bottom]"
    )
    assert width == 1280
    assert bottom <= 800
    names = ("play", "timeline", "epoch", "train-loss", "boundary", "loss-chart", "knob-data.noise")
    # of the strip the tabs look out; a panel that is opened comes up
    for name in (*names, "tab-gradients"):
        expect(laptop.get(name)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_phone_has_the_transport_at_hand(visit: Visit, color_scheme: str):
    phone = visit(color_scheme=color_scheme, **PHONE)
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    for name in ("play", "reset", "step", "timeline", "boundary", "undo", "share"):
        expect(phone.get(name)).to_be_in_viewport(ratio=1)
    phone.get("knob-penalty.l2").scroll_into_view_if_needed()
    expect(phone.get("play")).to_be_in_viewport(ratio=1)
    expect(phone.get("epoch")).to_be_in_viewport(ratio=1)


CUT = """(panel) => {
  const { left, right } = panel.getBoundingClientRect();
  const narrow = [...panel.querySelectorAll("label, button, span, p")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline");
  if (left < 0 || right > innerWidth) narrow.unshift(panel);
  return narrow.map((part) => part.textContent);
}"""


def test_no_size_of_screen_scrolls_sideways_or_cuts_a_panel_off(playground: Playground):
    playground.open("data=blobs&data.classes=8&loss=cross_entropy")
    playground.get("tab-answers").click()
    expect(playground.get("confusion-test").locator("td")).to_have_count(64)
    for width in (390, 1280):
        playground.page.set_viewport_size({"width": width, "height": 844})
        for name in ("runs", "share", "seeds"):
            playground.get(name).click()
            assert playground.page.locator(":popover-open").evaluate(CUT) == [], (width, name)
            playground.page.keyboard.press("Escape")
    for width, height in ((360, 640), (768, 1024), (1024, 768), (1920, 1080)):
        playground.page.set_viewport_size({"width": width, "height": height})
        playground.wait("(width) => document.documentElement.scrollWidth === width", width)
        expect(playground.get("play")).to_be_in_viewport(ratio=1)
        expect(playground.get("boundary")).to_be_in_viewport(ratio=0.5)


def test_text_stands_out_from_what_is_behind_it(visit: Visit):
    """WCAG AA: 4.5 to 1 for the two inks on every surface, in both themes."""
    ratios = """() => {
      const style = getComputedStyle(document.documentElement);
      const light = (name) => {
        const [, r, g, b] = /#(..)(..)(..)/.exec(style.getPropertyValue(name));
        const [R, G, B] = [r, g, b].map((x) => parseInt(x, 16) / 255)
          .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
        return 0.2126 * R + 0.7152 * G + 0.0722 * B;
      };
      return ["--ink", "--ink-soft"].flatMap((ink) => ["--page", "--surface", "--sunken"].map((behind) => {
        const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x);
        return [`${ink} on ${behind}`, (a + 0.05) / (b + 0.05)];
      }));
    }"""
    playground = visit()
    for theme in ("light", "dark"):
        expect(playground.page.locator("html")).to_have_attribute("data-theme", theme)
        for pair, ratio in playground.page.evaluate(ratios):
            assert ratio >= 4.5, f"{pair} in the {theme} theme"
        playground.get("theme").click()


def test_the_theme_that_was_chosen_stays(new_context: NewContext):
    context = new_context()
    playground = Playground(context.new_page()).open()
    before = playground.picture("boundary")
    playground.get("theme").click()
    expect(playground.page.locator("html")).to_have_attribute("data-theme", "dark")
    playground.page.wait_for_function(
        "(before) => document.querySelector('[data-testid=boundary]').toDataURL() !== before",
        arg=before,
    )
    playground.page.reload()
    playground.ready()
    expect(playground.page.locator("html")).to_have_attribute("data-theme", "dark")
