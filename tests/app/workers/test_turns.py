"""Whose job is next: a queue among equals, and fewer turns for who takes long."""

from __future__ import annotations

from collections import Counter

from app.workers.turns import Share, Turns


def played(seconds: dict[str, float], jobs: int) -> list[str]:
    """Whose jobs come to their turn, where each asks for another when one is done."""
    turns, shares = Turns[str](), {name: Share() for name in seconds}
    for name, share in shares.items():
        turns.add(name, share)
    done = []
    for _ in range(jobs):
        name = turns.take()
        done.append(name)
        turns.took(shares[name], seconds[name])
        turns.add(name, shares[name])
    return done


def test_equals_come_in_turn() -> None:
    assert played({"a": 0.002, "b": 0.002, "c": 0.002}, 7) == ["a", "b", "c", "a", "b", "c", "a"]


def test_what_takes_a_little_longer_is_no_worse() -> None:
    counts = Counter(played({"a": 0.002, "b": 0.002, "c": 0.0027}, 300))
    assert counts["a"] == counts["b"] == counts["c"] == 100


def test_who_takes_long_has_fewer_turns_and_is_not_starved() -> None:
    others = {f"small {number}": 0.001 for number in range(9)}
    counts = Counter(played({**others, "wide": 0.02}, 2000)[1000:])
    small = [counts[name] for name in others]
    assert max(small) - min(small) <= 1
    # it takes 20 times as long as they do, and about seven times the mean
    assert 2 * counts["wide"] < min(small) < 4 * counts["wide"]


def test_what_is_nobodys_keeps_nobody_waiting() -> None:
    turns, share = Turns[str](), Share()
    done = []
    turns.add("slice", share)
    turns.add("study")
    for _ in range(20):
        item = turns.take()
        done.append(item)
        turns.add(item, share if item == "slice" else None)
    assert Counter(done) == {"slice": 10, "study": 10}


def test_who_was_away_saves_no_turns() -> None:
    turns, here, away = Turns[str](), Share(), Share()
    turns.add("away", away)
    turns.add("here", here)
    turns.take()
    for _ in range(30):
        assert turns.take() == "here"
        turns.add("here", here)
    done = []
    turns.add("away", away)
    for _ in range(6):
        done.append(turns.take())
        turns.add(done[-1], away if done[-1] == "away" else here)
    assert Counter(done) == {"here": 3, "away": 3}


def test_one_job_that_takes_long_is_no_reason_to_wait() -> None:
    turns, shares = Turns[int](), [Share() for _ in range(5)]
    for number, share in enumerate(shares):
        turns.add(number, share)
    done = []
    for job in range(100):
        number = turns.take()
        done.append(number)
        turns.took(shares[number], 0.3 if job == 50 else 0.002)
        turns.add(number, shares[number])
    counts = Counter(done)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_the_first_job_may_take_long() -> None:
    turns, first, other = Turns[str](), Share(), Share()
    turns.took(other, 0.002)
    turns.took(first, 0.3)
    turns.add("first", first)
    turns.add("other", other)
    for _ in range(2):
        assert [turns.take(), turns.take()] == ["first", "other"]
        turns.add("first", first)
        turns.add("other", other)
