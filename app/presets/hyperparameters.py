"""Presets on the choices a person makes: batch size, schedule, and a search of one's own."""

from __future__ import annotations

from app.presets.record import ALL_POINTS, Preset, layers

NARROW = {"data": {"kind": "xor"}, "layers": layers(1, 8), "shuffle": True}
JUMPY = {
    "data": {"kind": "circle", "noise": 0.1},
    "layers": layers(2, 8),
    "optimizer": {"kind": "adam", "learning_rate": 0.03},
    "batch_size": 1,
    "shuffle": True,
}

HYPERPARAMETERS = (
    Preset(
        name="batch-of-one",
        title="One point at a time",
        lesson="hyperparameters",
        story="A batch of one makes 250 small, uncertain steps in every epoch.",
        look="The loss trembles, and yet 20 epochs are enough.",
        try_next="Press “All points at once” and count epochs again.",
        spec={**NARROW, "batch_size": 1},
        epochs=20,
        family="batch",
        offer="One point at a time",
    ),
    Preset(
        name="batch-of-all",
        title="All points at once",
        lesson="hyperparameters",
        story="One batch of all points gives the exact gradient, but only one step in every epoch.",
        look="The curve is perfectly smooth, and after 20 epochs almost nothing is learned.",
        try_next="Go on to 500 epochs: with 500 steps it gets there too.",
        spec={**NARROW, "batch_size": ALL_POINTS},
        epochs=20,
        family="batch",
        offer="All points at once",
    ),
    Preset(
        name="constant-rate",
        title="A rate that never rests",
        lesson="hyperparameters",
        story="Large steps on single points: the network keeps jumping around the best weights.",
        look="The loss goes up and down for as long as you watch.",
        try_next="Press “Now with a cosine schedule”.",
        spec=JUMPY,
        epochs=200,
        family="schedule",
        offer="With a constant rate",
    ),
    Preset(
        name="cosine-schedule",
        title="A rate that falls: cosine",
        lesson="hyperparameters",
        story="The learning rate begins as large and glides down to 0 within 200 epochs.",
        look="The curve calms down and ends lower than with a constant rate.",
        try_next="Shorten the schedule to 50 epochs.",
        spec={**JUMPY, "schedule": {"kind": "cosine", "length": 200}},
        epochs=200,
        family="schedule",
        offer="Now with a cosine schedule",
    ),
    Preset(
        name="challenge",
        title="Challenge: find better settings",
        lesson="hyperparameters",
        story="This network is large enough for the spiral, but its settings are poor. It hardly learns.",
        look="After 300 epochs it still guesses. Which setting holds it back?",
        try_next="Search from coarse to fine: activation, initialization, optimizer, learning rate.",
        spec={
            "data": {"kind": "spiral", "points": 1000},
            "layers": layers(2, 16, "sigmoid"),
            "optimizer": {"kind": "sgd", "learning_rate": 0.003},
            "batch_size": 20,
        },
        epochs=300,
        family="challenge",
        offer="The challenge",
    ),
)
