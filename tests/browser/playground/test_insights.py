"""Looking closer: exact answers, mistakes, confusion, R² and the large curves."""

from playwright.sync_api import expect

from tests.browser.playground_page import Playground

BLANK = """() => {
  const marks = document.querySelector('[data-testid="marks"]');
  const blank = document.createElement("canvas");
  [blank.width, blank.height] = [marks.width, marks.height];
  return marks.toDataURL() === blank.toDataURL();
}"""

CURVES = """() => document.querySelector('[data-testid="curves-chart"]')?.data
  ?.map(({ name, x, y }) => ({ name, x: Array.from(x), y: Array.from(y) })) ?? []"""


def test_the_map_answers_exactly_where_it_is_pointed_at(playground: Playground):
    playground.open("data=blobs&data.classes=3&loss=cross_entropy")
    playground.step(5)
    playground.get("boundary").hover(position={"x": 80, "y": 60})
    probe = playground.get("probe")
    expect(probe).to_contain_text("scores")
    expect(playground.get("reading")).to_contain_text("entropy")
    width = "document.querySelector('.output-square').getBoundingClientRect().right"
    assert playground.page.evaluate(width) < 1280
    cut = "[...document.querySelectorAll('.output-reading')].filter((p) => p.scrollWidth > p.clientWidth)"
    assert playground.page.evaluate(f"{cut}.length") == 0
    shares = [float(p) for p in probe.inner_text().split("p ")[1].split(", ")]
    assert len(shares) == 3
    assert abs(sum(shares) - 1) < 0.002
    playground.get("test-loss").hover()
    expect(probe).to_be_empty()


def test_mistakes_are_ringed_and_counted(playground: Playground):
    playground.open("data=xor&layers=")
    playground.step(20)
    playground.wait(f"() => !({BLANK})()")
    playground.in_sight(playground.get("mark-mistakes")).uncheck()
    playground.wait(BLANK)

    playground.get("tab-answers").click()
    table = playground.get("confusion-training")
    table.scroll_into_view_if_needed()
    expect(table.locator("td").first).not_to_be_empty()
    counts = [int(text) for text in table.locator("td").all_inner_texts()]
    assert sum(counts) == 250
    right = (counts[0] + counts[3]) / 250
    assert abs(right - playground.number("train-accuracy")) < 1e-9
    expect(playground.get("information")).to_contain_text("Entropy")


def test_regression_says_how_much_it_explains(playground: Playground):
    playground.open("data=plane")
    playground.step(20)
    expect(playground.get("train-accuracy")).to_be_hidden()
    playground.wait(
        "() => document.querySelector('[data-testid=test-r-squared]').dataset.value > 0.9"
    )
    playground.get("tab-answers").click()
    playground.page.locator(".answers-none").scroll_into_view_if_needed()
    expect(playground.page.locator(".answers-none")).to_be_visible()


def test_the_penalty_stands_apart_from_the_loss(playground: Playground):
    playground.open("penalty.l2=0.1")
    playground.step(2)
    assert playground.number("train-penalty") > 0
    playground.fill("penalty.l2", 0)
    expect(playground.get("train-penalty")).to_be_hidden()


def test_curves_of_loss_accuracy_and_rate_and_their_best_point(playground: Playground):
    playground.open("schedule=exponential")
    for _ in range(4):
        playground.step(5)
    chart = playground.get("curves-chart")
    chart.scroll_into_view_if_needed()
    playground.wait(f"() => ({CURVES})().length === 3")
    train, test, best = playground.page.evaluate(CURVES)
    assert (train["name"], test["name"]) == ("Train", "Test")
    assert best["y"][0] == min(test["y"])
    expect(playground.get("best")).to_contain_text("Best test loss")

    playground.get("curves-along").select_option("steps")
    playground.wait(f"() => ({CURVES})()[0].x.at(-1) === 500")
    playground.get("curves-log-x").check()
    playground.wait(f"() => ({CURVES})()[0].x[0] > 0")
    playground.get("curves-measure").select_option("learning_rate")
    playground.wait(f"() => ({CURVES})().length === 1")
    (rates,) = playground.page.evaluate(CURVES)
    assert rates["y"] == sorted(rates["y"], reverse=True)
    assert rates["y"][-1] < rates["y"][0]
    playground.get("curves-measure").select_option("accuracy")
    playground.wait(f"() => ({CURVES})().length === 2")
