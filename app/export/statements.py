"""Lines of a script that are the same in both libraries: from a section of a spec to what makes it."""

from __future__ import annotations

from collections.abc import Iterator

from app.export.plan import returns
from app.export.source import assigned, call, keywords, wrapped
from engine.catalog import CLIPS, SCHEDULES
from engine.spec import Choice, RunSpec
from engine.words import N_, Language

VARIANCES = {"xavier": "1 / n_in", "glorot": "2 / (n_in + n_out)", "he": "2 / n_in"}
DRAWS = {
    "zeros": "return np.zeros((n_in, n_out))",
    "constant": "return np.full((n_in, n_out), {value!r})",
    "normal": "return rng.normal(0, {std!r}, (n_in, n_out))",
    "uniform": "return rng.uniform(-{limit!r}, {limit!r}, (n_in, n_out))",
    "orthogonal": """
normal = rng.normal(size=(max(n_in, n_out), min(n_in, n_out)))
q, r = np.linalg.qr(normal)
q = q * np.sign(np.diagonal(r))  # {note}
return {gain!r} * (q if n_in >= n_out else q.T)
""",
}


def initial_lines(choice: Choice, language: Language) -> str:
    """The lines that give a layer's initial weights."""
    family, _, uniform = choice.kind.partition("_")
    if family not in VARIANCES:
        note = language.say(N_("even over all orthogonal matrices"))
        return DRAWS[choice.kind].format(**choice.knobs, note=note)
    if not uniform:
        return f"return rng.normal(0, np.sqrt({VARIANCES[family]}), (n_in, n_out))"
    note = language.say(N_("U(−a, a) has variance a²/3"))
    limit = f"limit = np.sqrt(3 * {VARIANCES[family]})  # {note}"
    return f"{limit}\nreturn rng.uniform(-limit, limit, (n_in, n_out))"


def schedule_line(choice: Choice, indent: int, *began: str) -> str:
    """What makes a schedule, which begins where `began` says."""
    name = SCHEDULES[choice.kind].script_name
    return wrapped(f"schedule = {name}(", [*keywords(choice.knobs), *began], ")", indent)


def clip_line(choice: Choice) -> str:
    """What makes a clip, or leaves the gradient as it is."""
    if choice.kind == "none":
        return "clip = None"
    return f"clip = {call(CLIPS[choice.kind].script_name, **choice.knobs)}"


def stopping_line(spec: RunSpec, indent: int) -> str:
    """What makes a stop rule that goes back to the best weights, if the spec has one."""
    if not returns(spec):
        return "stopping = None"
    rule = spec.stop
    return assigned(
        "stopping",
        "EarlyStopping",
        "kept(network)",
        patience=rule["patience"],
        improvement=rule["improvement"],
        on=f"{rule['on']}_loss",
        indent=indent,
    )


def assignments(name: str, old: Choice, new: Choice) -> Iterator[str]:
    """A line for each knob that has changed."""
    for knob, value in new.items:
        if old.knobs.get(knob) != value:
            yield f"{name}.{knob} = {value!r}"
