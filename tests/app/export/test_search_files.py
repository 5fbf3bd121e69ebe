"""Scripts of a search: NumPy's finds the engine's own trials, Optuna's judges settings in the same way, and
scikit-learn's runs with the library."""

import ast
import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import engine
from app.export.search_files import SearchFile, make_search_file
from app.presets.searches import SEARCHES
from app.protocol import spec_error
from engine.catalog import FAMILIES, STRATEGIES
from engine.search import Search, SearchSpec, advance_search, begin_search, ranked
from engine.training.data import arrays
from tests.app.stream.study_jobs import job_of, pieces

RATE = {"path": "optimizer.learning_rate", "low": 0.01, "high": 1}
L2 = {"path": "penalty.l2", "low": 1e-5, "high": 0.1, "scale": "log"}
UNITS = {"path": "layers.0.units", "values": [2, 4]}
RULE = {"path": "optimizer.kind", "values": ["sgd", "adam", "momentum"]}


def spec_of(*knobs: Any, base: Any = None, **more: Any) -> SearchSpec:
    run = {
        "data": {"kind": "moons", "noise": 0.2, "points": 60},
        "layers": [{"units": 4}],
        "loss": "logistic",
        "dtype": "float64",
    }
    small = {
        "base": run | (base or {}),
        "updates": 30,
        "budget": 270,
        "knobs": list(knobs or (RATE, L2)),
    }
    return SearchSpec.from_dict(small | more)


def text_of(spec: SearchSpec, what: SearchFile) -> str:
    return make_search_file(spec, what).content.decode()


def names_of(text: str) -> dict[str, Any]:
    """What a script defines."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "search.py", "exec"), names)  # noqa: S102 - it is our own
    return names


def searched(spec: SearchSpec) -> Search:
    return advance_search(begin_search(spec), 10**9)[0]


CASES = {
    "random": spec_of(),
    "grid": spec_of(strategy="grid"),
    "moved grid": spec_of(RATE, UNITS, strategy={"kind": "grid", "shift": True}),
    "latin hypercube": spec_of(RATE, L2, UNITS, strategy="latin_hypercube"),
    "kinds": spec_of(RATE, RULE, strategy="grid"),
    "starts": spec_of(seeds=3, budget=540),
    "shuffled batches": spec_of(base={"shuffle": True}, seeds=3, budget=540),
    "share misclassified": spec_of(score="error"),
    "layers": spec_of(
        RATE,
        {"path": "layers.1.dropout", "low": 0.1, "high": 0.5},
        base={"layers": [{"units": 4}] * 2},
    ),
    "whole numbers": spec_of(
        {"path": "schedule.length", "low": 2, "high": 9}, base={"schedule": "cosine"}
    ),
    "momentum": spec_of(
        RATE,
        {"path": "optimizer.momentum", "low": 0.1, "high": 0.9},
        base={"optimizer": "momentum"},
    ),
    "clip": spec_of(RATE, {"path": "clip.limit", "low": 0.1, "high": 1}, base={"clip": "norm"}),
    "batches": spec_of(RATE, {"path": "batch_size", "values": [5, 10]}),
    "initializer": spec_of(RATE, {"path": "initializer.limit", "low": 0.1, "high": 1}),
    "regression": spec_of(base={"data": {"kind": "plane", "points": 60}, "loss": "squared_error"}),
}


COARSE = {"kind": "coarse_to_fine", "rounds": 3}
CASES |= {f"each strategy: {kind}": spec_of(strategy=kind) for kind in STRATEGIES}
CASES |= {
    "coarse to fine": spec_of(strategy=COARSE, budget=540),
    "coarse to fine at an edge": spec_of(
        RATE | {"high": 0.02}, L2, strategy=COARSE | {"shrink": 0.3}, budget=600
    ),
    "coarse to fine with a list": spec_of(RATE, UNITS, strategy=COARSE, seeds=3, budget=1080),
    "halving": spec_of(strategy={"kind": "halving", "eta": 3}, budget=540),
    "halving, seeds": spec_of(
        RATE, RULE, strategy={"kind": "halving", "eta": 2, "rungs": 4}, seeds=3, budget=1800
    ),
    "halving, shuffled": spec_of(base={"shuffle": True}, strategy="halving", budget=540),
}


def _every_number() -> dict[str, SearchSpec]:
    """A search of every number of every record, between ends that it may have."""
    found = {}
    for section, family in (
        ("optimizer", "optimizers"),
        ("schedule", "schedules"),
        ("clip", "clips"),
        ("initializer", "initializers"),
    ):
        for kind, record in FAMILIES[family].items():
            for knob in record.knobs:
                if knob.type not in ("number", "integer"):
                    continue
                least, most = (1, 9) if knob.type == "integer" else (0.05, 0.9)
                low = least if knob.minimum is None else max(knob.minimum, least)
                high = most if knob.maximum is None else min(knob.maximum, most)
                axis = {
                    "path": f"{section}.{knob.name}",
                    "low": low,
                    "high": high,
                    "scale": "linear",
                }
                more = {"base": {section: {"kind": kind}}, "updates": 8, "budget": 24}
                found[f"{kind} {knob.name}"] = spec_of(axis, **more)
    return found


EVERY = _every_number()


@pytest.mark.parametrize("spec", CASES.values(), ids=CASES)
def test_the_numpy_script_finds_the_engine_s_trials(spec: SearchSpec) -> None:
    found = names_of(text_of(spec, "numpy"))["search"]()
    run = searched(spec)
    wanted = sorted((trial.median, trial.number) for trial in run.trials)
    scores = sorted(score for score, _ in found)
    assert scores == pytest.approx([score for score, _ in wanted], rel=1e-6)
    mine = {tuple(sorted(trial.changes.items())) for trial in run.trials}
    assert {tuple(sorted(settings.items())) for _, settings in found} == mine


@pytest.mark.parametrize("kind", ["coarse_to_fine", "halving"])
def test_strategies_that_learn_go_the_engine_s_way(kind: str) -> None:
    spec = spec_of(strategy=kind, budget=720, search_seed=4)
    names = names_of(text_of(spec, "numpy"))
    found, run = names["search"](), searched(spec)
    assert len(run.boxes) == len(spec.rounds)
    assert any(trial.cut for trial in run.trials) == (kind == "halving")
    # trial by trial in the engine's own order, the best first
    wanted = ranked(run.trials)
    assert [settings for _, settings in found] == [trial.changes for trial in wanted]
    scores = [trial.median for trial in wanted]
    assert [score for score, _ in found] == pytest.approx(scores, rel=1e-6)


@pytest.mark.parametrize("spec", EVERY.values(), ids=EVERY)
def test_every_number_of_the_catalogue_can_be_searched_by_the_script(spec: SearchSpec) -> None:
    found = names_of(text_of(spec, "numpy"))["search"]()
    wanted = sorted(trial.median for trial in searched(spec).trials)
    assert [score for score, _ in found] == pytest.approx(wanted, rel=1e-5)


def rows_of(text: str) -> list[Any]:
    """The rows at the end of a script, which need not have what it imports."""
    made = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    (rows,) = (node.value for node in made if ast.unparse(node.targets[0]) == "POINTS")
    found: list[Any] = ast.literal_eval(rows)
    return found


def test_no_script_has_the_sealed_points() -> None:
    spec = spec_of()
    points = engine.sample(spec.base).points.tolist()
    for what in ("numpy", "optuna", "sklearn"):
        text = text_of(spec, what)
        assert len(rows_of(text)) == spec.split.validation.stop
        assert repr(points[0][0]) in text
        assert not any(repr(x) in text for x, _ in points[spec.split.test])


class Trial:
    """As much of Optuna's trial as an objective needs: what is asked for, answered by the lower end."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def suggest_float(self, name: str, low: float, high: float, *, log: bool) -> float:
        """The lower end."""
        self.asked.append((name, low, high, log))
        return low

    def suggest_categorical(self, name: str, values: list[Any]) -> Any:
        """The first."""
        self.asked.append((name, values))
        return values[0]


def test_the_objective_for_optuna_asks_for_every_setting_and_judges_as_the_engine() -> None:
    """What is ours of the script is run, without Optuna."""
    spec = spec_of(RATE, UNITS, RULE)
    names, trial = names_of(text_of(spec, "optuna")), Trial()
    score = names["objective"](trial)
    assert trial.asked == [
        ("optimizer.learning_rate", 0.01, 1.0, True),
        ("layers.0.units", [2, 4]),
        ("optimizer.kind", ["sgd", "adam", "momentum"]),
    ]
    changes = {"optimizer.learning_rate": 0.01, "layers.0.units": 2, "optimizer.kind": "sgd"}
    one = [{"path": path, "values": [value]} for path, value in changes.items()]
    run = searched(SearchSpec.from_dict(spec.to_dict() | {"knobs": one, "budget": 30}))
    assert score == pytest.approx(run.trials[0].median, rel=1e-9)


def test_the_script_for_optuna_calls_it_as_its_documentation_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: dict[str, Any] = {}

    class Study:
        best_value, best_params = 0.5, {"optimizer.learning_rate": 0.1}

        def optimize(self, objective: Any, n_trials: int) -> None:
            calls.update(score=objective(Trial()), n_trials=n_trials)

    def create_study(direction: str, sampler: Any) -> Study:
        calls.update(direction=direction, sampler=sampler)
        return Study()

    optuna, samplers = ModuleType("optuna"), ModuleType("optuna.samplers")
    samplers.TPESampler = lambda seed: calls.update(seed=seed)  # type: ignore[attr-defined]
    optuna.samplers = samplers  # type: ignore[attr-defined]
    optuna.create_study = create_study  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "optuna", optuna)
    names_of(text_of(spec_of(), "optuna"))["main"]()
    assert calls["direction"] == "minimize"
    assert (calls["n_trials"], calls["seed"]) == (9, 1)
    assert calls["score"] > 0


@pytest.mark.parametrize("seeds", [1, 3])
def test_the_script_for_optuna_searches_with_optuna(
    seeds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    optuna: Any = pytest.importorskip("optuna", reason="python scripts/install_peers.py optuna")
    spec = spec_of(RATE, UNITS, RULE, seeds=seeds, budget=180 * seeds)
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    names_of(text_of(spec, "optuna"))["main"]()
    optuna.logging.set_verbosity(before)
    said, _, settings = capsys.readouterr().out.partition(" ")
    changes = ast.literal_eval(settings)
    assert changes.keys() == {"optimizer.learning_rate", "layers.0.units", "optimizer.kind"}
    # what Optuna took for the best is worth to the engine what the script said
    one = [{"path": path, "values": [value]} for path, value in changes.items()]
    (trial,) = searched(
        SearchSpec.from_dict(spec.to_dict() | {"knobs": one, "budget": 30 * seeds})
    ).trials
    assert float(said) == pytest.approx(trial.median, rel=1e-6)


SKLEARN = {
    "random": spec_of(RATE, L2, UNITS),
    "grid": spec_of(RATE, RULE | {"values": ["sgd", "adam"]}, strategy="grid"),
    "halving": spec_of(RATE, strategy={"kind": "halving", "eta": 2}, updates=60, budget=900),
    "regression": spec_of(base={"data": {"kind": "plane", "points": 60}, "loss": "squared_error"}),
    "share misclassified": spec_of(RATE, score="error"),
}


@pytest.mark.parametrize("spec", SKLEARN.values(), ids=SKLEARN)
@pytest.mark.filterwarnings("ignore:Stochastic Optimizer:UserWarning")
def test_the_script_for_scikit_learn_searches_where_the_engine_does(spec: SearchSpec) -> None:
    sklearn = pytest.importorskip("sklearn")
    assert sklearn
    names = names_of(text_of(spec, "sklearn"))
    search = names["make_search"]().fit(*names["load"]())
    rates = [params.get("learning_rate_init") for params in search.cv_results_["params"]]
    assert all(rate is None or 0.0099 < rate < 1.01 for rate in rates)
    assert len(search.cv_results_["params"]) >= 4
    alphas = [params["alpha"] for params in search.cv_results_["params"] if "alpha" in params]
    assert all(1e-4 < alpha < 1.01 for alpha in alphas)  # λ₂ times a batch of 10
    assert search.n_splits_ == 1


def test_the_network_for_scikit_learn_is_given_what_the_engine_is_given() -> None:
    pytest.importorskip("sklearn")
    rows = [[30 + 7 * i % 40, 90 - 11 * i % 50, i % 2] for i in range(40)]
    base = {
        "data": {"kind": "custom", "rows": rows},
        "standardize": True,
        "features": ["x1", "x1_x2"],
    }
    spec = spec_of(base=base)
    inputs, _ = names_of(text_of(spec, "sklearn"))["load"]()
    wanted, _ = arrays(spec.base)
    np.testing.assert_allclose(inputs.T, wanted[:, : len(inputs)], atol=1e-12)


def test_adam_of_scikit_learn_has_the_constants_of_the_base_run() -> None:
    pytest.importorskip("sklearn")
    adam = {"kind": "adam", "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-4}
    network = names_of(text_of(spec_of(base={"optimizer": adam}), "sklearn"))["make_network"]()
    assert (network.beta_1, network.beta_2, network.epsilon) == (0.5, 0.9, 1e-4)


@pytest.mark.parametrize(
    ("what", "spec", "words"),
    [
        (
            "numpy",
            spec_of({"path": "layers.0.activation.kind", "values": ["relu", "tanh"]}),
            "not layers.0",
        ),
        ("numpy", spec_of({"path": "features", "values": [["x1"], ["x1", "x2"]]}), "not features"),
        (
            "sklearn",
            spec_of(base={"layers": [{"units": 3, "activation": "gelu"}]}),
            "activation gelu",
        ),
        ("sklearn", spec_of(base={"optimizer": "rmsprop"}), "optimizer rmsprop"),
        (
            "sklearn",
            spec_of(base={"optimizer": {"kind": "adam", "bias_correction": False}}),
            "Adam without bias correction",
        ),
        ("sklearn", spec_of({"path": "penalty.l1", "low": 0.1, "high": 1}), "penalty.l1"),
    ],
)
def test_what_no_script_can_do_is_said(what: SearchFile, spec: SearchSpec, words: str) -> None:
    with pytest.raises(engine.SpecError, match=words) as caught:
        pieces(job_of({"kind": "search_file", "search": spec.to_dict(), "file": what}))
    (problem,) = caught.value.problems
    assert spec_error(caught.value).message == f"file: {problem.allowed}"


@pytest.mark.parametrize("what", ["numpy", "optuna", "sklearn"])
def test_the_study_sends_a_file(what: SearchFile) -> None:
    spec = spec_of()
    (piece,) = pieces(job_of({"kind": "search_file", "search": spec.to_dict(), "file": what}))
    assert piece.file == make_search_file(spec, what)


@pytest.mark.parametrize("preset", SEARCHES.values(), ids=SEARCHES)
def test_every_preset_has_its_scripts(preset: Any) -> None:
    for what in ("numpy", "optuna", "sklearn"):
        if (what, preset.name) != ("sklearn", "tuned-together"):  # momentum is no solver there
            compile(text_of(preset.spec, what), "search.py", "exec")
