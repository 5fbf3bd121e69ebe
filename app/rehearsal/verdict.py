"""What a rehearsal says: a table, and in words whether a room of this size will be comfortable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.rehearsal.crowd import Measured, quantile
from engine.words import ENGLISH, N_, Language, sentences

COMFORTABLE = 12.0
"""Frames a second from which motion is smooth enough to follow."""
USABLE = 4.0
"""Frames a second below which a network is seen to jump."""
PROMPT = 0.5
"""Seconds in which a change should be seen."""
HEAD = (
    N_("people"),
    N_("frames/s, the least"),
    N_("steps/s, median"),
    N_("change seen, p99"),
    N_("first picture, the last"),
)


@dataclass(frozen=True)
class Verdict:
    """comfortable: whether there is nothing to do. words: what to tell who asked, in whole sentences."""

    comfortable: bool
    words: str


def judge(found: Measured) -> Verdict:
    """What was measured, in words."""
    asked = len(found.people) + len(found.lost)
    if not found.people:
        reason = found.lost[0] if found.lost else N_("nobody came")
        return Verdict(False, N_("Nobody could play: {reason}.", reason=reason))
    if found.lost:
        said = N_(
            "Of {people} people {left} could not play ({reason}). Allow more sessions "
            "(PLAYGROUND_MAX_SESSIONS), or start another server.",
            people=asked,
            left=len(found.lost),
            reason=found.lost[0],
        )
        return Verdict(False, said)
    frames = f"{found.least:.0f}"
    late = quantile(found.seen, 0.99) > PROMPT
    if found.least >= COMFORTABLE and not late:
        said = N_(
            "Comfortable for {people}: each gets at least {frames} frames a second.",
            people=asked,
            frames=frames,
        )
        return Verdict(True, said)
    if found.least >= USABLE:
        said = N_(
            "Usable for {people}, but not smooth: each gets at least {frames} frames a second.",
            people=asked,
            frames=frames,
        )
    else:
        said = N_(
            "Too much for this server: with {people} people each gets at least {frames} frames a second.",
            people=asked,
            frames=frames,
        )
    return Verdict(False, sentences(said, *_advice(found, asked, late)))


def _advice(found: Measured, asked: int, late: bool) -> Iterator[str]:
    """What could be done, and what else is wrong."""
    yield N_(
        "With twice the cores it would be twice as many; {fewer} people would be comfortable as it is.",
        fewer=max(int(asked * found.least / COMFORTABLE), 1),
    )
    if late:
        seconds = f"{quantile(found.seen, 0.99):.1f}"
        yield N_("A change takes up to {seconds} seconds to be seen.", seconds=seconds)


def table(found: Measured, language: Language = ENGLISH) -> str:
    """One row, as Markdown."""
    head = tuple(map(language.say, HEAD))
    row = (
        str(len(found.people)),
        f"{found.least:.1f}",
        f"{found.steps:,.0f}",
        f"{1000 * quantile(found.seen, 0.99):.0f} ms",
        f"{quantile(found.joined, 1):.1f} s",
    )
    widths = [max(len(one), len(other)) for one, other in zip(head, row, strict=True)]
    lines = (head, tuple("-" * width for width in widths), row)
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
