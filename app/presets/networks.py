"""Presets on what a network can draw: lines, layers, width, depth, features."""

from __future__ import annotations

from app.presets.record import ADAM, XAVIER, Preset, layers
from engine.words import N_

SPIRAL = {"kind": "spiral", "points": 1000}
LONG = {
    "data": SPIRAL,
    "optimizer": ADAM,
    "initializer": XAVIER,
    "schedule": {"kind": "cosine", "length": 200},
    "batch_size": 20,
}
POLYNOMIAL = ["x1_squared", "x2_squared"]

NETWORKS = (
    Preset(
        name="playground",
        title=N_("TensorFlow Playground's default"),
        lesson="networks",
        story=N_("Two small layers close a ring around the inner class within seconds."),
        look=N_(
            "The four maps of layer 1 are straight edges; layer 2 combines them into a closed shape."
        ),
        try_next=N_("Take neurons away until the ring no longer closes."),
        spec={},
        epochs=150,
    ),
    Preset(
        name="linear",
        title=N_("A straight line cannot"),
        lesson="networks",
        story=N_(
            "Without a hidden layer the network draws one straight border, and no line separates these rings."
        ),
        look=N_(
            "The loss falls a little, then levels off; accuracy stays near one half, however long you train."
        ),
        try_next=N_("Press “{offer}”, or add a layer yourself.", offer=N_("One hidden layer can")),
        spec={"layers": []},
        epochs=100,
        family="line",
        offer=N_("A straight line cannot"),
    ),
    Preset(
        name="hidden-layer",
        title=N_("One hidden layer can"),
        lesson="networks",
        story=N_(
            "Four tanh neurons each draw one edge, and the output joins them into a closed border."
        ),
        look=N_("Watch the border bend and close; the loss drops close to 0."),
        try_next=N_("Set the activation to Linear: all the bends are gone."),
        spec={"layers": layers(1, 4)},
        epochs=150,
        family="line",
        offer=N_("One hidden layer can"),
    ),
    Preset(
        name="linear-layers",
        title=N_("Depth without bends"),
        lesson="networks",
        story=N_(
            "Three hidden layers with the linear activation are together still one linear map."
        ),
        look=N_("Every neuron's map is a plain slope, and the border stays straight."),
        try_next=N_("Give one layer the tanh activation."),
        spec={"layers": layers(3, 6, "linear")},
        epochs=100,
        family="line",
        offer=N_("Three linear layers cannot"),
    ),
    Preset(
        name="features",
        title=N_("Features instead of depth"),
        lesson="networks",
        story=N_(
            "With x₁² and x₂² as inputs a straight line in the new space is a ring in this one."
        ),
        look=N_("There is no hidden layer at all, and the ring is there after a few epochs."),
        try_next=N_("Choose Xor as data: now the product x₁x₂ is the input that helps."),
        spec={
            "layers": [],
            "features": POLYNOMIAL,
            "initializer": {"kind": "uniform", "limit": 0.1, "bias": 0.1},
        },
        epochs=50,
        family="line",
        offer=N_("With squared inputs"),
    ),
    Preset(
        name="two-neurons",
        title=N_("Two neurons are too few"),
        lesson="networks",
        story=N_(
            "Two ReLU neurons fold the plane along two lines. However they lie, some side stays open."
        ),
        look=N_(
            "The border is a wedge or a band that runs off the map and lets part of the outer ring in."
        ),
        try_next=N_("Add one neuron to the layer."),
        spec={"layers": layers(1, 2, "relu")},
        epochs=200,
        family="neurons",
        offer=N_("With two neurons"),
    ),
    Preset(
        name="three-neurons",
        title=N_("Three neurons close the ring"),
        lesson="networks",
        story=N_(
            "Three ReLU neurons are the fewest that can close a border: there is a way round, and no gap."
        ),
        look=N_(
            "The border has four to six straight edges. They meet where the map of a neuron folds."
        ),
        try_next=N_("Add neurons: with more folds there are more edges, and the shape rounds off."),
        spec={"layers": layers(1, 3, "relu")},
        epochs=200,
        family="neurons",
        offer=N_("With three neurons"),
    ),
    Preset(
        name="shallow-spiral",
        title=N_("Too shallow for the spiral"),
        lesson="networks",
        story=N_(
            "One layer of eight neurons has too few edges to follow arms that wind around each other."
        ),
        look=N_("The border cuts across the arms, and the loss stays far from 0."),
        try_next=N_("Press “{offer}”.", offer=N_("With two layers of 16")),
        spec={**LONG, "layers": layers(1, 8)},
        epochs=200,
        family="spiral",
        offer=N_("With one layer of 8"),
    ),
    Preset(
        name="spiral",
        title=N_("Solve the spiral"),
        lesson="networks",
        story=N_(
            "Two layers of 16 neurons and Adam unroll the spiral; a falling learning rate lets it settle."
        ),
        look=N_(
            "Layer 1 draws edges, layer 2 bends them into arcs, and the output winds them together."
        ),
        try_next=N_("How small can the layers be? Remove neurons and play again."),
        spec={**LONG, "layers": layers(2, 16)},
        epochs=200,
        family="spiral",
        offer=N_("With two layers of 16"),
    ),
    Preset(
        name="checkerboard",
        title=N_("A checkerboard"),
        lesson="networks",
        story=N_(
            "Sixteen fields in two colours need many edges: width for the lines, depth to combine them."
        ),
        look=N_("Coarse stripes come first, single fields later, the corners last."),
        try_next=N_("Raise Cells to 6 and see how much harder that is."),
        spec={
            "data": {"kind": "checkerboard", "points": 2000, "train_share": 0.75},
            "layers": layers(2, 16),
            "optimizer": ADAM,
            "initializer": XAVIER,
            "schedule": {"kind": "cosine", "length": 200},
            "batch_size": 30,
        },
        epochs=200,
    ),
)
