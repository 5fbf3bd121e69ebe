"""Presets on what the loss asks for: cross-entropy, hinge, more classes, numbers, rare classes."""

from __future__ import annotations

from app.presets.record import ADAM, LOGISTIC, XAVIER, Preset, layers

WRONG_AND_SURE = {
    "data": {"kind": "gauss"},
    "layers": [],
    "initializer": {"kind": "constant", "value": -2},
}

LOSSES = (
    Preset(
        name="sure-and-wrong",
        title="Sure and wrong: squared error",
        lesson="loss",
        story="The network starts out certain of the wrong class. Behind a flat tanh, squared"
        " error sees hardly any slope.",
        look="Accuracy stays at 0 %: the error is as large as it can be, and nothing moves.",
        try_next="Press “Now with cross-entropy”: the same start, and it turns around at once.",
        spec=WRONG_AND_SURE,
        epochs=100,
        family="sure",
        offer="With squared error",
    ),
    Preset(
        name="cross-entropy",
        title="Sure and wrong: cross-entropy",
        lesson="loss",
        story="Cross-entropy is −ln of the true class's probability: the surer the mistake,"
        " the steeper the slope.",
        look="From the same wrong start the map flips within a few epochs.",
        try_next="Make the start worse: set the constant weights to −5.",
        spec={**WRONG_AND_SURE, "loss": LOGISTIC},
        epochs=10,
        family="sure",
        offer="Now with cross-entropy",
    ),
    Preset(
        name="three-classes",
        title="Three classes",
        lesson="loss",
        story="Softmax turns three scores into probabilities; each class gets a region with straight edges.",
        look="Point at a border: two probabilities are equal there. At the middle all three are.",
        try_next="Choose the data set Spirals and add two hidden layers.",
        spec={"data": {"kind": "blobs"}, "layers": [], "loss": {"kind": "cross_entropy"}},
        epochs=30,
        family="classes",
        offer="With cross-entropy",
    ),
    Preset(
        name="hinge",
        title="Good enough: the hinge loss",
        lesson="loss",
        story="The hinge loss only asks that the true class leads by a margin of 1. Then it is content.",
        look="The training loss reaches exactly 0 and the borders stand"
        " still. Cross-entropy never stops.",
        try_next="Press “With cross-entropy” and compare the weights after as many epochs.",
        spec={
            "data": {"kind": "blobs"},
            "layers": [],
            "loss": {"kind": "hinge"},
            "optimizer": {"kind": "sgd", "learning_rate": 0.3},
        },
        epochs=60,
        family="classes",
        offer="With the hinge loss",
    ),
    Preset(
        name="regression",
        title="Numbers instead of classes",
        lesson="loss",
        story="The target is a height at every point; the output is linear, the loss the squared distance.",
        look="The colours of the map grow into the colours of the points: waves around the middle.",
        try_next="Remove all hidden layers: one plane through the waves is all that is left.",
        spec={
            "data": {"kind": "ripple"},
            "layers": layers(2, 12),
            "optimizer": ADAM,
            "initializer": XAVIER,
        },
        epochs=200,
    ),
    Preset(
        name="unbalanced",
        title="95 % right and useless",
        lesson="loss",
        story="One point in twenty is of the second class. Always saying “first” scores 95 % accuracy.",
        look="Accuracy is soon high, yet the map has one colour: the rare class is never found.",
        try_next="Set the class balance to 0.5: with as many of each, accuracy falls to about one half.",
        spec={"data": {"kind": "circle", "balance": 0.05}, "layers": []},
        epochs=60,
    ),
)
