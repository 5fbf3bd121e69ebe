"""What a rehearsal says: a table, and in words whether a room of this size will be comfortable."""

from __future__ import annotations

from dataclasses import dataclass

from app.rehearsal.crowd import Measured, quantile

COMFORTABLE = 12.0
"""Frames a second from which motion is smooth enough to follow."""
USABLE = 4.0
"""Frames a second below which a network is seen to jump."""
PROMPT = 0.5
"""Seconds in which a change should be seen."""
HEAD = (
    "people",
    "frames/s, the least",
    "steps/s, median",
    "change seen, p99",
    "first picture, the last",
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
        return Verdict(
            False, f"Nobody could play: {found.lost[0] if found.lost else 'nobody came'}."
        )
    frames = f"each gets at least {found.least:.0f} frames a second"
    if found.lost:
        left = len(found.lost)
        return Verdict(
            False,
            f"Of {asked} people {left} could not play ({found.lost[0]}). "
            "Allow more sessions (PLAYGROUND_MAX_SESSIONS), or start another server.",
        )
    late = quantile(found.seen, 0.99) > PROMPT
    if found.least >= COMFORTABLE and not late:
        return Verdict(True, f"Comfortable for {asked}: {frames}.")
    fewer = max(int(asked * found.least / COMFORTABLE), 1)
    advice = f"With twice the cores it would be twice as many; {fewer} people would be comfortable as it is."
    if late:
        advice += f" A change takes up to {quantile(found.seen, 0.99):.1f} seconds to be seen."
    if found.least >= USABLE:
        return Verdict(False, f"Usable for {asked}, but not smooth: {frames}. {advice}")
    return Verdict(False, f"Too much for this server: with {asked} people {frames}. {advice}")


def table(found: Measured) -> str:
    """One row, as Markdown."""
    row = (
        str(len(found.people)),
        f"{found.least:.1f}",
        f"{found.steps:,.0f}",
        f"{1000 * quantile(found.seen, 0.99):.0f} ms",
        f"{quantile(found.joined, 1):.1f} s",
    )
    widths = [max(len(one), len(other)) for one, other in zip(HEAD, row, strict=True)]
    lines = (HEAD, tuple("-" * width for width in widths), row)
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
