"""Searches: trials a second, beside Optuna with PyTorch and scikit-learn's RandomizedSearchCV, and duels."""

from __future__ import annotations

import os
import statistics
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import engine
from engine.search import (
    DuelSpec,
    SearchSpec,
    advance_duels,
    advance_search,
    begin_duels,
    begin_search,
    open_seal,
)
from tests.bench import peers
from tests.bench.timing import table

UPDATES, BATCH = 1000, 10
RATE, DECAY, MOMENTUM = (0.003, 0.3), (1e-6, 1e-2), (0.0, 0.95)
BASE = {
    "data": {"kind": "moons", "noise": 0.2, "points": 500, "train_share": 0.5},
    "layers": [{"units": 8}] * 2,
    "loss": "logistic",
    "optimizer": "momentum",
    "batch_size": BATCH,
    "shuffle": True,
}
KNOBS = [
    {"path": "optimizer.learning_rate", "low": RATE[0], "high": RATE[1], "scale": "log"},
    {"path": "penalty.l2", "low": DECAY[0], "high": DECAY[1], "scale": "log"},
    {"path": "optimizer.momentum", "low": MOMENTUM[0], "high": MOMENTUM[1], "scale": "linear"},
]
PEER_TRIALS = 2
ROUNDS = 3
Search = Callable[[int], object]
"""Makes so many trials."""


def question(trials: int, seeds: int = 1, updates: int = UPDATES, **more: Any) -> dict[str, Any]:
    """Three knobs of a 2-8-8-1 network on 250 points: each trial has so many updates from each start."""
    budget = trials * seeds * updates
    return {
        "base": BASE,
        "knobs": KNOBS,
        "updates": updates,
        "seeds": seeds,
        "budget": budget,
    } | more


def ours(trials: int) -> SearchSpec:
    """The whole search, from JSON to the best trial."""
    spec = SearchSpec.from_dict(question(trials))
    run, _ = advance_search(begin_search(spec), spec.budget)
    assert run.done
    assert run.best is not None
    return spec


def points() -> tuple[Any, Any, int]:
    """The same points: coordinates, labels 0 and 1, and how many of them train."""
    spec = SearchSpec.from_dict(question(1))
    sample = engine.sample(spec.base)
    judged = spec.split.validation.stop
    return sample.points[:judged], sample.labels[:judged], spec.split.train.stop


def optuna_torch() -> Search:
    """A loop as people write it: Optuna proposes, PyTorch trains, eager and on one thread."""
    import optuna  # noqa: PLC0415
    import torch  # noqa: PLC0415

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    torch.set_num_threads(1)
    x, labels, train = points()
    inputs = torch.tensor(x, dtype=torch.float32)
    targets = torch.tensor(labels, dtype=torch.float32)[:, None]
    loss = torch.nn.BCEWithLogitsLoss()

    def objective(trial: Any) -> float:
        layers = [torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 8), torch.nn.Tanh()]
        model = torch.nn.Sequential(*layers, torch.nn.Linear(8, 1))
        update = torch.optim.SGD(
            model.parameters(),
            lr=trial.suggest_float("rate", *RATE, log=True),
            weight_decay=trial.suggest_float("decay", *DECAY, log=True),
            momentum=trial.suggest_float("momentum", *MOMENTUM),
        )
        for _ in range(UPDATES * BATCH // train):
            order = torch.randperm(train)
            for first in range(0, train, BATCH):
                chosen = order[first : first + BATCH]
                update.zero_grad()
                loss(model(inputs[chosen]), targets[chosen]).backward()
                update.step()
        with torch.no_grad():
            return float(loss(model(inputs[train:]), targets[train:]))

    def search(trials: int) -> None:
        sampler = optuna.samplers.TPESampler(seed=1)
        study = optuna.create_study(direction="minimize", sampler=sampler)
        study.optimize(objective, n_trials=trials)

    return search


def randomized_search() -> Search:
    """scikit-learn's own search over its own network, judged by the same points, on one process."""
    from scipy.stats import loguniform, uniform  # noqa: PLC0415
    from sklearn.model_selection import RandomizedSearchCV  # noqa: PLC0415
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    x, labels, train = points()
    epochs = UPDATES * BATCH // train
    model = MLPClassifier(
        (8, 8),
        activation="tanh",
        solver="sgd",
        nesterovs_momentum=False,
        batch_size=BATCH,
        max_iter=epochs,
        n_iter_no_change=epochs,
        random_state=1,
    )
    knobs = {
        "learning_rate_init": loguniform(*RATE),
        "alpha": loguniform(*(BATCH * end for end in DECAY)),
        "momentum": uniform(MOMENTUM[0], MOMENTUM[1] - MOMENTUM[0]),
    }
    split = [(range(train), range(train, len(x)))]

    def search(trials: int) -> None:
        made = RandomizedSearchCV(
            model,
            knobs,
            n_iter=trials,
            scoring="neg_log_loss",
            cv=split,
            refit=False,
            random_state=1,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made.fit(x, labels)

    return search


def rates(works: Mapping[str, tuple[Search, int]]) -> dict[str, list[float]]:
    """Trials a second of the processor's time, in rounds in which all take turns."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work, _ in works.values():
        work(2)
    for _ in range(ROUNDS):
        for name, (work, trials) in works.items():
            begin = time.process_time()
            work(trials)
            found[name].append(trials / (time.process_time() - begin))
    return found


def beside_peers() -> None:
    """Trials a second of the engine, and how many times as many as the others'."""
    gone = peers.missing(("torch", "sklearn", "optuna"))
    works: dict[str, tuple[Search, int]] = {"64 trials": (ours, 64), "256 trials": (ours, 256)}
    if not {"Optuna", "PyTorch"} & set(gone):
        works["Optuna + PyTorch"] = optuna_torch(), PEER_TRIALS
    if "scikit-learn" not in gone:
        works["RandomizedSearchCV"] = randomized_search(), PEER_TRIALS
    found = rates(works)
    rows = []
    for name, theirs in found.items():
        ratios = [
            f"1/{statistics.median(a / b for a, b in zip(found[own], theirs, strict=True)):.0f}"
            for own in ("64 trials", "256 trials")
        ]
        mine = name in ("64 trials", "256 trials")
        rows.append([name, f"{statistics.median(theirs):,.1f}", *(["", ""] if mine else ratios)])
    head = ["search", "trials/s", "of ours, 64 trials", "of ours, 256 trials"]
    title = "Three knobs of 2-8-8-1, 250 points, batch 10, 1,000 updates a trial, one core"
    table(title, head, rows)


def timed(work: Callable[[], float]) -> list[str]:
    """Seconds of the processor, seconds by the clock, and how many times the processor's were said."""
    cpu, wall = time.process_time(), time.perf_counter()
    said = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return [f"{cpu:.2f} s", f"{wall:.2f} s", f"{said / cpu:.2f}"]


def three_seeds() -> float:
    """256 trials from three starts each; returns what was said of it."""
    spec = SearchSpec.from_dict(question(256, seeds=3))
    advance_search(begin_search(spec), spec.budget)
    return spec.seconds


def opened() -> float:
    """64 trials, and the best of them on the sealed points."""
    spec = SearchSpec.from_dict(question(64))
    run, _ = advance_search(begin_search(spec), spec.budget)
    assert open_seal(run) is not None
    return spec.seconds


def sixty_duels() -> float:
    """60 duels of 16 and 16 trials, a moved grid against chance."""
    grid = {"kind": "grid", "shift": True}
    search = question(16, updates=300, strategy=grid, knobs=KNOBS[:2])
    spec = DuelSpec.from_dict({"search": search, "against": "random", "duels": 60})
    duels, _ = advance_duels(begin_duels(spec), 10**9)
    assert duels.done
    return spec.seconds


def main() -> None:
    """Print the tables."""
    for label in peers.missing(("torch", "sklearn", "optuna")):
        print(f"{label} is not installed: its rows are left out")
    beside_peers()
    rows = [
        ["256 trials from 3 starts", *timed(three_seeds)],
        ["64 trials, and the seal opened", *timed(opened)],
        ["60 duels of 16 and 16 trials, 300 updates each", *timed(sixty_duels)],
    ]
    load = os.getloadavg()[0]
    head = ["what", "processor", "clock", "said / processor"]
    table(f"Whole searches on one core, at a load of {load:.1f}", head, rows)


if __name__ == "__main__":
    main()
