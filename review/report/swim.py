"""Synthesis of effects without meta-analysis, as SWiM asks for it (Campbell et al., BMJ 2020;368:l6890): by direction, never by significance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from review.model.effect import Effect
from review.model.shares import wilson

SHARE = 0.7  # of a study's outcomes in a domain that must go one way (Boon & Thomson, Res Synth Methods 2021;12:29-33)

UP, DOWN, SIDE = "up", "down", "side"
ARROW = {UP: "▲", DOWN: "▼", SIDE: "◄►"}
# The words of forms, standardised to the direction of health.
WORDS = {
    "improves": UP, "improved": UP, "better": UP, "beneficial": UP, "positive": UP, "favours intervention": UP,
    "worsens": DOWN, "worsened": DOWN, "worse": DOWN, "harmful": DOWN, "negative": DOWN, "favours comparator": DOWN,
    "no clear change": SIDE, "no change": SIDE, "no difference": SIDE, "mixed": SIDE, "conflicting": SIDE, "inconclusive": SIDE,
}  # fmt: skip


def direction_of(word: str) -> str:
    """up, down or side for a word of a form; '' for one that is not known."""
    return WORDS.get(word.strip().casefold(), "")


def standardised(effect: Effect, favourable: str) -> str:
    """The direction of an effect in terms of health: its own word, else its side of no effect. '' where that can't be said.

    favourable: 'higher' or 'lower' values are better; 'either' needs a word. Nothing is made of intervals or p values.
    """
    if effect.direction:
        return direction_of(effect.direction)
    if effect.value is None or favourable not in ("higher", "lower"):
        return ""
    none = 1.0 if effect.ratio else 0.0
    if effect.value == none:
        return SIDE
    return UP if (effect.value > none) == (favourable == "higher") else DOWN


def within_study(directions: Sequence[str]) -> str:
    """One direction for several outcomes of a study in a domain: that of at least 70 per cent of them, else side. '' of none."""
    known = [d for d in directions if d]
    if not known:
        return ""
    best, n = Counter(known).most_common(1)[0]
    return best if n >= SHARE * len(known) else SIDE


@dataclass(frozen=True, slots=True)
class SignTest:
    """up, down: studies with a clear direction; side: those without, left out of the test. p: two-sided, exact; None of no study.

    low, high: Wilson's 95 % interval of the share that goes up.
    """

    up: int
    down: int
    side: int
    p: float | None
    share: float | None
    low: float | None
    high: float | None


def sign_test(directions: Sequence[str]) -> SignTest:
    """Of the studies' directions, by the binomial distribution with p = 0.5 (McKenzie & Brennan, Cochrane Handbook 12.2.1.3).

    9 of 9 gives 0.0039, 5 of 6 gives 0.2188.
    """
    count = Counter(directions)
    up, down = count[UP], count[DOWN]
    n = up + down
    if not n:
        return SignTest(up, down, count[SIDE], None, None, None, None)
    tail = sum(comb(n, k) for k in range(max(up, down), n + 1)) / 2**n
    low, high = wilson(up, n)
    return SignTest(up, down, count[SIDE], min(1.0, 2 * tail), up / n, low, high)
