"""Presets on how signals start out: zeros, too small, too large, just right, dead units."""

from __future__ import annotations

from app.presets.record import LOGISTIC, XAVIER, Preset, layers
from engine.words import N_

DEEP = {"layers": layers(4, 8), "loss": LOGISTIC}
LOW = {"loss": LOGISTIC, "initializer": {"kind": "he", "bias": -7}}

SIGNALS = (
    Preset(
        name="zero-weights",
        title=N_("All weights zero"),
        lesson="signals",
        story=N_(
            "Neurons of a layer that start equal get equal gradients, and stay equal forever."
        ),
        look=N_("All maps of a layer are the same: four neurons count as one."),
        try_next=N_("Choose any random initialization."),
        spec={"initializer": {"kind": "zeros", "bias": 0.1}},
        epochs=100,
        family="start",
        offer=N_("All zero"),
    ),
    Preset(
        name="equal-weights",
        title=N_("All weights equal"),
        lesson="signals",
        story=N_("Equal weights do train, but as one: the symmetry is never broken."),
        look=N_(
            "The neurons' maps change together and remain copies of each other. Four act as one."
        ),
        try_next=N_("Press “{offer}”.", offer=N_("Random")),
        spec={"layers": layers(1, 4), "initializer": {"kind": "constant", "value": 0.1, "bias": 0}},
        epochs=150,
        family="start",
        offer=N_("All equal"),
    ),
    Preset(
        name="random-weights",
        title=N_("Random weights break the symmetry"),
        lesson="signals",
        story=N_("Small random differences grow: each neuron takes on a part of its own."),
        look=N_("The four maps soon differ, and the ring closes."),
        try_next=N_("Press New start a few times: other roles, the same result."),
        spec={"layers": layers(1, 4)},
        epochs=150,
        family="start",
        offer=N_("Random"),
    ),
    Preset(
        name="weights-too-small",
        title=N_("Weights too small"),
        lesson="signals",
        story=N_(
            "Every layer shrinks the signal, so the last one hardly sees the data and the first hardly"
            " any gradient."
        ),
        look=N_(
            "The maps are pale, the loss stays at 0.693. Activations, under the network, shows the signal"
            " die out."
        ),
        try_next=N_("Press “{offer}”.", offer=N_("Just right: Xavier")),
        spec={**DEEP, "initializer": {"kind": "normal", "std": 0.01}},
        epochs=100,
        family="scale",
        offer=N_("Too small"),
    ),
    Preset(
        name="weights-too-large",
        title=N_("Weights too large"),
        lesson="signals",
        story=N_(
            "Large sums push tanh into its flat ends: most neurons are saturated and pass no gradient on."
        ),
        look=N_(
            "Hard edges all over the maps. The loss starts high, jumps, and stays near that of guessing."
        ),
        try_next=N_("Press “{offer}”.", offer=N_("Just right: Xavier")),
        spec={**DEEP, "initializer": {"kind": "normal", "std": 5}},
        epochs=100,
        family="scale",
        offer=N_("Too large"),
    ),
    Preset(
        name="weights-right",
        title=N_("Weights just right: Xavier"),
        lesson="signals",
        story=N_("Xavier's variance of 1 / inputs keeps the signal's size in every layer."),
        look=N_(
            "Soft slopes in every layer, and within 50 epochs the loss comes down to almost 0."
        ),
        try_next=N_("Change the activation to ReLU and the initialization to He."),
        spec={**DEEP, "initializer": XAVIER},
        epochs=50,
        family="scale",
        offer=N_("Just right: Xavier"),
    ),
    Preset(
        name="dead-relus",
        title=N_("Dead ReLUs"),
        lesson="signals",
        story=N_(
            "Biases far below zero silence about half of the ReLUs at every point. Without output"
            " there is no gradient, so they never come back."
        ),
        look=N_(
            "Their maps show nothing, from the first step to the last. The others do all the work."
        ),
        try_next=N_("Press “{offer}”.", offer=N_("Now with leaky ReLU")),
        spec={**LOW, "layers": layers(1, 8, "relu")},
        epochs=100,
        family="dead",
        offer=N_("With ReLU"),
    ),
    Preset(
        name="leaky-relus",
        title=N_("Leaky ReLUs stay alive"),
        lesson="signals",
        story=N_(
            "A small slope below zero lets a little gradient through, so that no neuron is lost for good."
        ),
        look=N_("From the same start every map is at work, and the loss falls lower."),
        try_next=N_("Lower the slope to 0.01: the sleepers take longer to wake."),
        spec={
            **LOW,
            "layers": [{"units": 8, "activation": {"kind": "leaky_relu", "slope": 0.1}}],
        },
        epochs=100,
        family="dead",
        offer=N_("Now with leaky ReLU"),
    ),
)
