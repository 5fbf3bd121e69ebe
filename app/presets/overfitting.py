"""Presets on learning by heart, and what helps against it."""

from __future__ import annotations

from app.presets.record import ADAM, LOGISTIC, XAVIER, Preset, layers
from engine.words import N_

NOISY = {"kind": "circle", "noise": 0.2, "train_share": 0.2}
LARGE = {
    "data": NOISY,
    "layers": layers(2, 8),
    "loss": LOGISTIC,
    "optimizer": ADAM,
    "initializer": XAVIER,
}
EVERY_INPUT = ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
LINEAR = {"data": {"kind": "circle", "noise": 0.1}, "layers": [], "features": EVERY_INPUT}

OVERFITTING = (
    Preset(
        name="over-fitting",
        title=N_("Over-fitting"),
        lesson="overfitting",
        story=N_(
            "A network with 105 parameters learns 100 noisy points by heart, wrong labels included."
        ),
        look=N_(
            "Training loss goes to 0 while test loss falls and then climbs. The border grows dents and arms"
            " that reach for single points."
        ),
        try_next=N_("Press one of the remedies, and compare the test loss."),
        spec=LARGE,
        epochs=1000,
        family="over-fitting",
        offer=N_("Without a remedy"),
    ),
    Preset(
        name="dropout",
        title=N_("Remedy: dropout"),
        lesson="overfitting",
        story=N_(
            "In each step three in ten neurons are silent, so the network cannot rely on any one of them."
        ),
        look=N_("The curves are rougher, but the test loss stays low and the border smooth."),
        try_next=N_("Change the dropout rate while it trains."),
        spec={**LARGE, "layers": layers(2, 8, dropout=0.3)},
        epochs=1000,
        family="over-fitting",
        offer=N_("Dropout"),
    ),
    Preset(
        name="augmentation",
        title=N_("Remedy: augmentation"),
        lesson="overfitting",
        story=N_(
            "Points are turned around the middle and jittered in every epoch; their labels stay true."
        ),
        look=N_(
            "The network never sees the same point twice, and the border becomes a round ring."
        ),
        try_next=N_("Choose Xor: there turning points changes their class, and it only hurts."),
        spec={**LARGE, "augmentation": {"rotation": 180, "jitter": 0.5}},
        epochs=1000,
        family="over-fitting",
        offer=N_("Augmentation"),
    ),
    Preset(
        name="l2-penalty",
        title=N_("Remedy: L2 penalty"),
        lesson="overfitting",
        story=N_("A price on large weights forbids steep borders: what remains is smooth."),
        look=N_(
            "Training loss stays above 0 and test loss comes down to meet it. What falls is the sum of loss"
            " and penalty."
        ),
        try_next=N_(
            "Set L2 to 0.3 while it trains: only small weights count then, and the map turns pale."
        ),
        spec={**LARGE, "penalty": {"l2": 0.01}},
        epochs=1000,
        family="over-fitting",
        offer=N_("L2 penalty"),
    ),
    Preset(
        name="l1-penalty",
        title=N_("Remedy: L1 penalty"),
        lesson="overfitting",
        story=N_("A price on the size of each weight sets most of them to exactly zero."),
        look=N_("Most connections disappear, and the ones left draw a simple ring."),
        try_next=N_("Add some L2: both together are called elastic net."),
        spec={**LARGE, "penalty": {"l1": 0.01}},
        epochs=1000,
        family="over-fitting",
        offer=N_("L1 penalty"),
    ),
    Preset(
        name="fewer-neurons",
        title=N_("Remedy: fewer neurons"),
        lesson="overfitting",
        story=N_(
            "Three neurons can enclose the inner class, but have nothing left to learn the noise with."
        ),
        look=N_("The test loss stays near the training loss."),
        try_next=N_("Add neurons until the gap opens again."),
        spec={**LARGE, "layers": layers(1, 3)},
        epochs=1000,
        family="over-fitting",
        offer=N_("Fewer neurons"),
    ),
    Preset(
        name="early-stopping",
        title=N_("Remedy: early stopping"),
        lesson="overfitting",
        story=N_(
            "Training ends when the test loss has not improved for 50 epochs, and goes back to the best"
            " weights."
        ),
        look=N_("It stops on its own long before the noise is learned."),
        try_next=N_("Shorten the patience to 5 epochs: is that still enough?"),
        spec={**LARGE, "stop": {"kind": "plateau", "patience": 50}},
        epochs=300,
        family="over-fitting",
        offer=N_("Early stopping"),
    ),
    Preset(
        name="more-data",
        title=N_("Remedy: more data"),
        lesson="overfitting",
        story=N_("With twenty times the points the same network cannot learn them all by heart."),
        look=N_("Training and test loss stay close together."),
        try_next=N_("Lower the training share and watch the gap grow."),
        spec={
            **LARGE,
            "data": {**NOISY, "points": 2500, "train_share": 0.8},
            "schedule": {"kind": "cosine", "length": 50},
        },
        epochs=50,
        family="over-fitting",
        offer=N_("More data"),
    ),
    Preset(
        name="all-inputs",
        title=N_("Seven inputs, two of them useful"),
        lesson="overfitting",
        story=N_(
            "A linear network is given seven inputs and finds a little use in every one of them."
        ),
        look=N_("All seven connections carry weight, though the ring needs only x₁² and x₂²."),
        try_next=N_("Press “{offer}”.", offer=N_("Now with L1")),
        spec={**LINEAR, "loss": LOGISTIC},
        epochs=300,
        family="inputs",
        offer=N_("Without penalty"),
    ),
    Preset(
        name="l1-chooses",
        title=N_("L1 chooses the inputs"),
        lesson="overfitting",
        story=N_(
            "The L1 penalty pulls the weights of useless inputs to zero and leaves the useful ones."
        ),
        look=N_("Only x₁² and x₂² keep a connection to the output."),
        try_next=N_("Change the penalty to L2: all weights shrink, none is zero."),
        spec={**LINEAR, "loss": LOGISTIC, "penalty": {"l1": 0.1}},
        epochs=300,
        family="inputs",
        offer=N_("Now with L1"),
    ),
)
