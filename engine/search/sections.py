"""The parts of a search, as `engine.catalog.SECTIONS` are those of a run."""

from __future__ import annotations

from engine.catalog.sections import Section, seed
from engine.core.registry import Knob
from engine.words import N_

MAX_KNOBS = 6
MAX_TRIALS = 2000
MAX_SHAPES = 4
MAX_COMBINATIONS = 64
"""The listed values of all knobs have no more combinations than this: each is checked."""
TOGETHER = 256
"""A population has about so many networks at most: with more their arrays leave the processor's cache."""
SEEDS = (1, 3, 5, 10)
"""How many starts a trial can have."""

SEARCH_SECTIONS: tuple[Section, ...] = (
    Section(
        path="strategy",
        label=N_("Strategy"),
        help=N_("How the settings to try are chosen."),
        live=True,
        family="strategies",
        default="random",
    ),
    Section(
        path="",
        label=N_("Search"),
        help=N_("How much is trained, and how trials are judged."),
        live=True,
        knobs=(
            Knob(
                "budget",
                N_("Budget"),
                N_(
                    "How many optimizer updates all trials get together, the same for every strategy."
                ),
                default=64_000,
                type="integer",
                minimum=1,
                maximum=20_000_000,
                scale="log",
            ),
            Knob(
                "updates",
                N_("Updates"),
                N_("How many updates a trial is trained for, unless it is cut before."),
                default=1000,
                type="integer",
                minimum=1,
                maximum=100_000,
                scale="log",
                choices=(100, 300, 1000, 3000, 10_000),
            ),
            Knob(
                "seeds",
                N_("Seeds"),
                N_("From how many starts each setting is trained; its score is their median."),
                default=1,
                type="integer",
                minimum=1,
                maximum=10,
                choices=SEEDS,
            ),
            Knob(
                "score",
                N_("Score"),
                N_(
                    "What makes a trial good, on validation points: a low mean loss, or few of them "
                    "misclassified."
                ),
                default="loss",
                type="choice",
                choices=("loss", "error"),
            ),
            Knob(
                "validation_share",
                N_("Validation share"),
                N_(
                    "The share of the points kept from training that judge trials; the rest stays sealed."
                ),
                default=0.5,
                minimum=0.05,
                maximum=0.95,
                step=0.05,
            ),
            seed("search_seed", N_("Search seed"), N_("The same seed proposes the same trials.")),
        ),
    ),
)
"""Every section is live: any change makes another search."""
