"""The way of the gradient back through the layers, held to PyTorch's hooks on every layer."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import engine
from engine.insight import gradient_flow
from engine.network.dropout import BLOCK, masks
from engine.spec.run_spec import RunSpec

NETWORKS = 200
KINDS = ("tanh", "sigmoid", "relu", "elu", "linear")
TASKS = (
    {"data": {"kind": "blobs", "points": 60}, "loss": "cross_entropy"},
    {"data": {"kind": "circle", "points": 60}, "loss": "squared_error"},
    {"data": {"kind": "plane", "points": 60}, "loss": "squared_error"},
)
SIGMOIDS = {"layers": [{"units": 8, "activation": "sigmoid"}] * 6}


def random_spec(rng: np.random.Generator) -> RunSpec:
    """A network of none to five hidden layers, whose 30 training points come in batches of 10."""
    layers = [
        {
            "units": int(rng.integers(1, 8)),
            "activation": str(rng.choice(KINDS)),
            "batch_norm": bool(rng.random() < 0.3),
            "dropout": float(rng.choice([0, 0, 0.4])),
        }
        for _ in range(rng.integers(0, 6))
    ]
    clips: list[Any] = ["none", {"kind": "value", "limit": 0.01}, {"kind": "norm", "limit": 0.1}]
    return RunSpec.from_dict(
        {
            **TASKS[rng.integers(len(TASKS))],
            "dtype": "float64",
            "layers": layers,
            "batch_size": 10,
            "shuffle": True,
            "weights_seed": int(rng.integers(1, 1000)),
            "optimizer": {"kind": "sgd", "learning_rate": 0.1},
            "clip": clips[rng.integers(len(clips))],
            "initializer": {"kind": "xavier"},
        }
    )


class Peer:
    """The same network in PyTorch, at the batch of a state's next update."""

    def __init__(self, state: engine.State, torch: Any) -> None:
        self.torch, self.spec, self.step = torch, state.spec, state.step
        self.parameters = {
            name: torch.tensor(
                state.theta[0, at : at + int(np.prod(shape))].reshape(shape), requires_grad=True
            )
            for name, at, shape in engine.layout(state.spec)
        }
        shown = engine.sample(state.spec)
        order = engine.epoch_order(state.spec, state.epoch)
        chosen = order[state.cursor : state.cursor + state.spec.batch_size]
        self.sums: list[Any] = []
        self.z: list[Any] = []
        self.out: list[Any] = []
        self.slopes: list[float] = []
        self.loss(shown.points[chosen], shown.labels[chosen]).backward()

    def loss(self, points: Any, labels: Any) -> Any:
        torch, last = self.torch, len(self.spec.layers)
        a = torch.tensor(points)
        for i in range(last):
            a = self.layer(i, a)
        scores = self.kept(self.sums, a @ self.parameters["output.W"] + self.parameters["output.b"])
        if self.spec.loss.kind == "cross_entropy":
            self.slopes.append(1)
            return torch.nn.functional.cross_entropy(scores, torch.tensor(labels.astype(int)))
        two = self.spec.task == "two_class"
        self.slopes.append(self.slope(torch.tanh if two else lambda x: 1 * x, scores))
        target = torch.tensor(2 * labels - 1 if two else labels)
        found = torch.tanh(scores) if two else scores
        return 0.5 * (found[:, 0] - target).square().mean()

    def layer(self, i: int, a: Any) -> Any:
        chosen, torch = self.spec.layers[i], self.torch
        named = {
            part: self.parameters.get(f"layers.{i}.{part}") for part in ("W", "b", "gamma", "beta")
        }
        z = sums = self.kept(self.sums, a @ named["W"] + named["b"])
        if chosen.batch_norm:
            gamma, beta = named["gamma"], named["beta"]
            z = torch.nn.functional.batch_norm(sums, None, None, gamma, beta, training=True)
        z = self.kept(self.z, z)
        functions = {
            "tanh": torch.tanh,
            "sigmoid": torch.sigmoid,
            "relu": torch.relu,
            "elu": torch.nn.functional.elu,
            "linear": lambda x: 1 * x,
        }
        function = functions[chosen.activation.kind]
        self.slopes.append(self.slope(function, z))
        a = function(z)
        if chosen.dropout:
            drawn = masks(self.spec, i, self.step)[self.step % BLOCK][:, : len(a)]
            # what arrives is by what is passed on, behind the mask
            a = a * torch.tensor(drawn.T)
        return self.kept(self.out, a)

    @staticmethod
    def kept(into: list[Any], x: Any) -> Any:
        x.retain_grad()
        into.append(x)
        return x

    def slope(self, function: Callable[[Any], Any], z: Any) -> float:
        at = z.detach().clone().requires_grad_()
        function(at).sum().backward()
        return float(at.grad.abs().mean())

    def norms(self, tensors: list[Any]) -> np.ndarray:
        return np.array([float(x.grad.norm()) for x in tensors])

    def weights(self) -> Iterator[Any]:
        return (x for name, x in self.parameters.items() if name.endswith(".W"))

    def update(self) -> np.ndarray:
        """‖ΔW‖ / ‖W‖ of a step of plain descent, clipped as the spec says."""
        torch, clip = self.torch, self.spec.clip
        before = [w.detach().clone() for w in self.weights()]
        every = list(self.parameters.values())
        if clip.kind == "value":
            torch.nn.utils.clip_grad_value_(every, clip["limit"])
        if clip.kind == "norm":
            # `clip_grad_norm_` divides by the norm + 1e-6
            total = torch.cat([x.grad.ravel() for x in every]).norm()
            for x in every:
                x.grad *= min(1, clip["limit"] / float(total))
        torch.optim.SGD(every, lr=0.1).step()
        pairs = zip(self.weights(), before, strict=True)
        return np.array([float((now.detach() - w).norm() / w.norm()) for now, w in pairs])


def test_every_number_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(7)
    for _ in range(NETWORKS):
        state, _ = engine.train(engine.start(random_spec(rng)), int(rng.integers(0, 9)))
        found, peer = gradient_flow(state), Peer(state, torch)
        deltas, came, passed = (peer.norms(each) for each in (peer.sums, peer.out, peer.z))
        with np.errstate(all="ignore"):
            factors = np.stack([passed / came, deltas[:-1] / passed, came / deltas[1:]], axis=1)
        gradients = np.array([float(w.grad.norm()) for w in peer.weights()])
        for mine, expected in (
            (found.deltas, deltas),
            (found.factors, factors),
            (found.slopes, peer.slopes),
            (found.gradients, gradients),
            (
                found.total,
                np.sqrt(sum(float(x.grad.norm()) ** 2 for x in peer.parameters.values())),
            ),
            (found.updates, peer.update()),
        ):
            np.testing.assert_allclose(mine, expected, rtol=1e-6, atol=1e-9)
        assert found.batch == 10


def test_the_factors_make_the_difference() -> None:
    state, _ = engine.train(engine.start(RunSpec.from_dict(SIGMOIDS)), 20)
    flow = gradient_flow(state)
    np.testing.assert_allclose(flow.factors.prod(axis=1), flow.deltas[:-1] / flow.deltas[1:])
    assert (flow.slopes[:-1] <= 0.25).all()
    assert flow.gradients[0] < 1e-4 * flow.gradients[-1]


def test_trainers_that_are_kept_change_no_bit_and_a_state_is_left_as_it_is() -> None:
    state, _ = engine.train(engine.start(RunSpec.from_dict(SIGMOIDS)), 20)
    kept = engine.Trainers(2**20)
    before = state.theta.tobytes()
    for _ in range(2):
        found = gradient_flow(state, trainers=kept)
        for name, value in vars(gradient_flow(state)).items():
            np.testing.assert_array_equal(getattr(found, name), value)
    assert state.theta.tobytes() == before
    after, _ = engine.train(state, 3, kept)
    np.testing.assert_array_equal(after.theta, engine.train(state, 3)[0].theta)


def test_clipping_counts_what_is_over_the_limit() -> None:
    spec = RunSpec.from_dict({"clip": {"kind": "value", "limit": 0.01}})
    state = engine.start(spec)
    gradient = np.abs(engine.gradient(state)[0])
    bounds = [at for name, at, _ in engine.layout(spec) if name.endswith(".W")]
    shares = [part.mean() for part in np.split(gradient > 0.01, bounds[1:])]
    assert gradient_flow(state).over.tolist() == shares
    assert 0 < max(shares) <= 1
    free = gradient_flow(engine.start(spec.replace({"clip.kind": "none"})))
    assert not free.over.any()


def test_a_network_without_hidden_layers_has_no_factors() -> None:
    flow = gradient_flow(engine.start(RunSpec.from_dict({"layers": []})))
    assert flow.factors.shape == (0, 3)
    assert flow.gradients.shape == flow.updates.shape == (1,)


def test_where_all_units_are_dead_no_gradient_comes_down() -> None:
    spec = RunSpec.from_dict({"layers": [{"units": 3, "activation": "relu"}] * 2})
    state = engine.start(spec)
    theta = state.theta[0].tolist()
    for name, at, (size, *_) in engine.layout(spec):
        if name == "layers.1.b":
            theta[at : at + size] = [-1e3] * size
    flow = gradient_flow(engine.edit(state, {"theta": theta}))
    assert flow.gradients.tolist()[:2] == [0, 0]
    assert flow.factors[1, 0] == 0
    assert np.isnan(flow.factors[0]).all()
    assert flow.factors[1, 2] > 0


def test_what_is_no_number_is_said_to_be_none() -> None:
    values = {
        "optimizer": {"learning_rate": 10},
        "layers": [{"units": 4, "activation": "relu"}] * 3,
    }
    spec = RunSpec.from_dict(
        {"data": "plane", **values, "initializer": {"kind": "uniform", "limit": 3}}
    )
    state, report = engine.train(engine.start(spec), 200)
    assert report.failures
    flow = gradient_flow(state)
    assert not np.isfinite(flow.updates).all()


def test_members_are_asked_one_by_one() -> None:
    specs = [RunSpec.from_dict({"weights_seed": seed}) for seed in (1, 2)]
    together, alone = engine.start(specs), engine.start(specs[1])
    for name, value in vars(gradient_flow(alone)).items():
        np.testing.assert_allclose(getattr(gradient_flow(together, 1), name), value, rtol=1e-5)
    with pytest.raises(engine.PositionError):
        gradient_flow(together, 2)
