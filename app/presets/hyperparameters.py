"""Presets on the choices a person makes: batch size, schedule, and a search of one's own."""

from __future__ import annotations

from app.presets.record import ALL_POINTS, Preset, layers
from engine.words import N_

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
        title=N_("One point at a time"),
        lesson="hyperparameters",
        story=N_("A batch of one makes 250 small, uncertain steps in every epoch."),
        look=N_("The loss trembles, and yet 20 epochs are enough."),
        try_next=N_("Press “{offer}” and count epochs again.", offer=N_("All points at once")),
        spec={**NARROW, "batch_size": 1},
        epochs=20,
        family="batch",
        offer=N_("One point at a time"),
    ),
    Preset(
        name="batch-of-all",
        title=N_("All points at once"),
        lesson="hyperparameters",
        story=N_(
            "One batch of all points gives the exact gradient, but only one step in every epoch."
        ),
        look=N_("The curve is perfectly smooth, and after 20 epochs almost nothing is learned."),
        try_next=N_("Go on to 500 epochs: with 500 steps it gets there too."),
        spec={**NARROW, "batch_size": ALL_POINTS},
        epochs=20,
        family="batch",
        offer=N_("All points at once"),
    ),
    Preset(
        name="constant-rate",
        title=N_("A rate that never rests"),
        lesson="hyperparameters",
        story=N_(
            "Large steps on single points: the network keeps jumping around the best weights."
        ),
        look=N_("The loss goes up and down for as long as you watch."),
        try_next=N_("Press “{offer}”.", offer=N_("Now with a cosine schedule")),
        spec=JUMPY,
        epochs=200,
        family="schedule",
        offer=N_("With a constant rate"),
    ),
    Preset(
        name="cosine-schedule",
        title=N_("A rate that falls: cosine"),
        lesson="hyperparameters",
        story=N_("The learning rate begins just as large and glides down to 0 within 200 epochs."),
        look=N_("The curve calms down and ends lower than with a constant rate."),
        try_next=N_("Shorten the schedule to 50 epochs."),
        spec={**JUMPY, "schedule": {"kind": "cosine", "length": 200}},
        epochs=200,
        family="schedule",
        offer=N_("Now with a cosine schedule"),
    ),
    Preset(
        name="challenge",
        title=N_("Challenge: find better settings"),
        lesson="hyperparameters",
        story=N_(
            "This network is large enough for the spiral, but its settings are poor. It hardly learns."
        ),
        look=N_("After 300 epochs it still guesses. Which setting holds it back?"),
        try_next=N_(
            "Search from coarse to fine: activation, initialization, optimizer, learning rate."
        ),
        spec={
            "data": {"kind": "spiral", "points": 1000},
            "layers": layers(2, 16, "sigmoid"),
            "optimizer": {"kind": "sgd", "learning_rate": 0.003},
            "batch_size": 20,
        },
        epochs=300,
        family="challenge",
        offer=N_("The challenge"),
    ),
)
