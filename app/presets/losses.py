"""Presets on what the loss asks for: cross-entropy, hinge, more classes, numbers, rare classes."""

from __future__ import annotations

from app.presets.record import ADAM, LOGISTIC, XAVIER, Preset, layers
from engine.words import N_

WRONG_AND_SURE = {
    "data": {"kind": "gauss"},
    "layers": [],
    "initializer": {"kind": "constant", "value": -2},
}

LOSSES = (
    Preset(
        name="sure-and-wrong",
        title=N_("Sure and wrong: squared error"),
        lesson="loss",
        story=N_(
            "The network starts out certain of the wrong class. Behind a flat tanh, squared"
            " error sees hardly any slope."
        ),
        look=N_("Accuracy stays at 0 %: the error is as large as it can be, and nothing moves."),
        try_next=N_(
            "Press “{offer}”: the same start, and it turns around at once.",
            offer=N_("Now with cross-entropy"),
        ),
        spec=WRONG_AND_SURE,
        epochs=100,
        family="sure",
        offer=N_("With squared error"),
    ),
    Preset(
        name="cross-entropy",
        title=N_("Sure and wrong: cross-entropy"),
        lesson="loss",
        story=N_(
            "Cross-entropy is −ln of the true class's probability: 0.105 nats at 0.9, 0.916 at 0.4. The surer"
            " the mistake, the steeper the slope."
        ),
        look=N_("From the same wrong start the map flips within a few epochs."),
        try_next=N_("Make the start worse: set the constant weights to −5."),
        spec={**WRONG_AND_SURE, "loss": LOGISTIC},
        epochs=10,
        family="sure",
        offer=N_("Now with cross-entropy"),
    ),
    Preset(
        name="three-classes",
        title=N_("Three classes"),
        lesson="loss",
        story=N_(
            "Softmax turns three scores into probabilities; each class gets a region with straight edges."
        ),
        look=N_(
            "Point at a border: two probabilities are equal there, at the middle all three. One point, under"
            " the network, shows softmax: try 0.5, 1.2, −0.3."
        ),
        try_next=N_("Choose the data set Spirals and add two hidden layers."),
        spec={"data": {"kind": "blobs"}, "layers": [], "loss": {"kind": "cross_entropy"}},
        epochs=30,
        family="classes",
        offer=N_("With cross-entropy"),
    ),
    Preset(
        name="hinge",
        title=N_("Good enough: the hinge loss"),
        lesson="loss",
        story=N_(
            "The hinge loss only asks that the true class leads by a margin of 1. Then it is content."
        ),
        look=N_(
            "The training loss reaches exactly 0 and the borders stand"
            " still. Cross-entropy never stops."
        ),
        try_next=N_(
            "Press “{offer}” and compare the weights after the same number of epochs.",
            offer=N_("With cross-entropy"),
        ),
        spec={
            "data": {"kind": "blobs"},
            "layers": [],
            "loss": {"kind": "hinge"},
            "optimizer": {"kind": "sgd", "learning_rate": 0.3},
        },
        epochs=60,
        family="classes",
        offer=N_("With the hinge loss"),
    ),
    Preset(
        name="regression",
        title=N_("Numbers instead of classes"),
        lesson="loss",
        story=N_(
            "The target is a height at every point; the output is linear, the loss the squared distance."
        ),
        look=N_(
            "The colours of the map grow into the colours of the points: waves around the middle."
        ),
        try_next=N_("Remove all hidden layers: one plane through the waves is all that is left."),
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
        title=N_("95 % right and useless"),
        lesson="loss",
        story=N_(
            "One point in twenty belongs to the second class. Always saying “first” scores 95 % accuracy."
        ),
        look=N_(
            "Accuracy is soon high, yet the map has one colour: the rare class is never found."
        ),
        try_next=N_(
            "Set the class balance to 0.5: with equally many of each, accuracy falls to about one half."
        ),
        spec={"data": {"kind": "circle", "balance": 0.05}, "layers": []},
        epochs=60,
    ),
)
