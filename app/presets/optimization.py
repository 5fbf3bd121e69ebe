"""Presets on the way down: gradients that vanish or explode, learning rates, valleys, momentum."""

from __future__ import annotations

from app.presets.record import ALL_POINTS, LOGISTIC, Preset, layers
from engine.words import N_

EXPLODING = {
    "data": {"kind": "plane"},
    "layers": layers(6, 8, "leaky_relu"),
    "initializer": {"kind": "normal", "std": 1.0},
}
BOWL = {"data": {"kind": "plane"}, "layers": [], "batch_size": ALL_POINTS}
VALLEY = {
    "data": {"kind": "saddle"},
    "features": ["x1", "x2", "x1_squared", "x2_squared"],
    "layers": [],
    "batch_size": ALL_POINTS,
}

OPTIMIZATION = (
    Preset(
        name="vanishing",
        title=N_("Six sigmoid layers: the gradient vanishes"),
        lesson="optimization",
        story=N_(
            "Each sigmoid passes back at most a quarter of the gradient. After six layers next to nothing"
            " is left."
        ),
        look=N_(
            "The loss stays at 0.693, the loss of guessing. Gradients, under the network, shows why."
        ),
        try_next=N_("Press one of the three rescues."),
        spec={"layers": layers(6, 8, "sigmoid"), "loss": LOGISTIC},
        epochs=100,
        family="vanishing",
        offer=N_("With sigmoids"),
    ),
    Preset(
        name="vanishing-relu",
        title=N_("Rescue: ReLU"),
        lesson="optimization",
        story=N_(
            "A ReLU passes the gradient of a positive input back unchanged, so that it reaches layer 1."
        ),
        look=N_("After a short pause the loss falls and the ring appears. Layer 1 learns too."),
        try_next=N_("Press “{offer}”: hardly any pause.", offer=N_("Now with He")),
        spec={"layers": layers(6, 8, "relu"), "loss": LOGISTIC},
        epochs=60,
        family="vanishing",
        offer=N_("Now with ReLU"),
    ),
    Preset(
        name="vanishing-he",
        title=N_("Rescue: ReLU and He"),
        lesson="optimization",
        story=N_(
            "He's initialization draws weights just large enough to keep the signal's size in every layer."
        ),
        look=N_("Nearly every start learns from the first steps on. Press New start and compare."),
        try_next=N_("Add more layers of the same kind. It still learns."),
        spec={
            "layers": layers(6, 8, "relu"),
            "loss": LOGISTIC,
            "initializer": {"kind": "he"},
        },
        epochs=40,
        family="vanishing",
        offer=N_("Now with He"),
    ),
    Preset(
        name="vanishing-batch-norm",
        title=N_("Rescue: batch normalization"),
        lesson="optimization",
        story=N_(
            "The same sigmoids: normalizing each neuron's sums keeps them where the sigmoid is steep."
        ),
        look=N_(
            "The loss leaves 0.693 within ten epochs, where it stayed without batch normalization."
        ),
        try_next=N_("Switch it off in the first layers only."),
        spec={"layers": layers(6, 8, "sigmoid", batch_norm=True), "loss": LOGISTIC},
        epochs=100,
        family="vanishing",
        offer=N_("Now with batch norm"),
    ),
    Preset(
        name="exploding",
        title=N_("Exploding gradients"),
        lesson="optimization",
        story=N_(
            "Six layers each make the gradient larger. After a few steps the numbers are too large for"
            " float32."
        ),
        look=N_("Training stops on its own within ten steps, and the page says why."),
        try_next=N_(
            "Press “{offer}”, or make the initial weights smaller.", offer=N_("Now clipped")
        ),
        spec=EXPLODING,
        epochs=1,
        speed=10,
        family="exploding",
        offer=N_("Without clipping"),
    ),
    Preset(
        name="exploding-clipped",
        title=N_("Exploding gradients, clipped"),
        lesson="optimization",
        story=N_(
            "The same start, but a gradient longer than 1 is shortened to length 1: the direction stays,"
            " the step is safe."
        ),
        look=N_(
            "The loss starts in the hundreds or thousands and comes down to almost 0. Gradients, under the"
            " network, shows what the limit cuts."
        ),
        try_next=N_("Clip by value instead, or set the limit to 100."),
        spec={**EXPLODING, "clip": {"kind": "norm", "limit": 1.0}},
        epochs=200,
        family="exploding",
        offer=N_("Now clipped"),
    ),
    Preset(
        name="learning-rate-too-large",
        title=N_("Learning rate too large"),
        lesson="optimization",
        story=N_(
            "The loss is a bowl of curvature 12. Steps beyond 2/12 ≈ 0.17 climb its sides instead of"
            " going down."
        ),
        look=N_("The loss grows by the same factor at every step, until training stops."),
        try_next=N_("Find the largest rate that still comes down: it lies between 0.1 and 0.2."),
        spec={**BOWL, "optimizer": {"kind": "sgd", "learning_rate": 0.2}},
        epochs=260,
        family="rate",
        offer=N_("Too large"),
    ),
    Preset(
        name="learning-rate-too-small",
        title=N_("Learning rate too small"),
        lesson="optimization",
        story=N_(
            "The direction is right, but the steps are so short that it takes hundreds of them to arrive."
        ),
        look=N_("The loss falls smoothly and slowly. Nothing is wrong except the time it takes."),
        try_next=N_("Raise the learning rate while it trains."),
        spec={**BOWL, "optimizer": {"kind": "sgd", "learning_rate": 0.001}},
        epochs=80,
        family="rate",
        offer=N_("Too small"),
    ),
    Preset(
        name="learning-rate-right",
        title=N_("Learning rate just right"),
        lesson="optimization",
        story=N_("With a rate near 1 divided by the curvature, a few steps are enough."),
        look=N_("The loss is close to 0 after about twenty steps."),
        try_next=N_("Double the rate, then double it again."),
        spec={**BOWL, "optimizer": {"kind": "sgd", "learning_rate": 0.08}},
        epochs=80,
        family="rate",
        offer=N_("Just right"),
    ),
    Preset(
        name="sharpening",
        title=N_("At the edge of stability"),
        lesson="optimization",
        story=N_(
            "Trained on all points at once, the loss gets sharper: its largest curvature λmax climbs up"
            " to 2/η = 20, where steps just stay stable."
        ),
        look=N_(
            "Open Gradients and tick Sharpness: within 2,000 epochs λmax rises to the dashed line, then it"
            " swings about it."
        ),
        try_next=N_("Reset, and train with half the learning rate: how far does λmax climb now?"),
        spec={
            "data": {"kind": "spiral", "points": 200, "noise": 0.1},
            "layers": layers(2, 8),
            "batch_size": ALL_POINTS,
            "optimizer": {"kind": "sgd", "learning_rate": 0.1},
        },
        epochs=2500,
    ),
    Preset(
        name="valley",
        title=N_("A long narrow valley"),
        lesson="optimization",
        story=N_(
            "Squared inputs are far larger than plain ones, so the loss is steep in some directions and"
            " flat in others."
        ),
        look=N_("SGD must take small steps for the steep ones, and creeps along the flat ones."),
        try_next=N_("A learning rate of 0.01 leaps out of the valley. Try momentum instead."),
        spec={**VALLEY, "optimizer": {"kind": "sgd", "learning_rate": 0.001}},
        epochs=150,
        family="valley",
        offer=N_("With SGD"),
    ),
    Preset(
        name="valley-momentum",
        title=N_("The valley with momentum"),
        lesson="optimization",
        story=N_("Velocity adds up along the valley and cancels out across it."),
        look=N_("The loss swings at first, then falls below SGD's after the same number of steps."),
        try_next=N_("Set momentum to 0.99: it overshoots for longer."),
        spec={**VALLEY, "optimizer": {"kind": "momentum", "learning_rate": 0.001}},
        epochs=150,
        family="valley",
        offer=N_("Now with momentum"),
    ),
    Preset(
        name="valley-adam",
        title=N_("The valley with Adam"),
        lesson="optimization",
        story=N_(
            "Adam gives each weight a step of its own: short where gradients are large, long where small."
        ),
        look=N_("After the same number of steps the loss is far below SGD's."),
        try_next=N_("Switch bias correction off and watch the first steps."),
        spec={**VALLEY, "optimizer": {"kind": "adam", "learning_rate": 0.03}},
        epochs=150,
        family="valley",
        offer=N_("Now with Adam"),
    ),
    Preset(
        name="valley-standardized",
        title=N_("No valley: standardized inputs"),
        lesson="optimization",
        story=N_(
            "Inputs of equal size make the valley a round bowl, and plain SGD may take large steps."
        ),
        look=N_("Twenty steps of plain SGD are enough."),
        try_next=N_("Switch Standardize inputs off at the same rate: training diverges."),
        spec={**VALLEY, "standardize": True, "optimizer": {"kind": "sgd", "learning_rate": 0.3}},
        epochs=150,
        family="valley",
        offer=N_("With standardized inputs"),
    ),
)
