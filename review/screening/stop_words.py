"""What can be said about stopping, in sentences, with what each rests on."""

from __future__ import annotations

from review.screening.stop_state import Reading
from review.screening.stopping import SUGGEST_AT, certificate, controls_needed, hypergeometric_p, price, recall_at_least

# Measured over thirteen labelled reviews in this program's order (benchmarks/stopping.py --seeds 0,1,2), 78 runs: 38 of 39 with a question, 36 of 39
# without; the 50 in a row over 147 runs in ASReview's order. Thresholds chosen on one half of the reviews (0.15 to 0.50) served 72 to 100 % of runs on the other.
CALIBRATED = (
    "In 74 of 78 simulated reviews 95 % of the relevant records had then been found, in the others 92 % or more; where the threshold was chosen on other reviews "
    "than it was tried on, in 72 of 78."
)
RECORD = "“50 irrelevant in a row”, a common rule, reached 95 % recall in 37 % of the runs it was measured on, in the worst with 7 %."


def p_sentence(r: Reading, recall: float) -> str:
    p = hypergeometric_p(r.found, r.records, recall)
    share = f"{100 * recall:g} %"
    if not r.left:
        return "All records have been read, so there is nothing to estimate."
    if not r.relevant:
        return "Nothing relevant has been found yet, so the hypergeometric p says nothing."
    return (
        f"If fewer than {share} of the relevant records had been found, so few relevant ones among the last records read would have a probability of "
        f"p = {p:.3g}, supposing that what was read last is like a random sample of what was unread (Callaghan & Müller-Hansen 2020). "
        f"It is the smallest of many such tests: empirically calibrated, not a guarantee."
    )


def suggestion(r: Reading, recall: float) -> tuple[bool, str]:
    """Whether a stop is suggested, and the sentence for it."""
    if not r.left:
        return False, "There is nothing left to stop."
    p = hypergeometric_p(r.found, r.records, recall)
    if r.relevant and p <= SUGGEST_AT:
        return (
            True,
            f"A stop can be suggested: p is {p:.3g}, at most {SUGGEST_AT:.2f}. {CALIBRATED} That is experience with other reviews, no promise for this one.",
        )
    return False, f"No stop is suggested: that takes p at most {SUGGEST_AT:.2f}."


def certificate_sentences(r: Reading, recall: float, confidence: float) -> list[str]:
    share, sure = f"{100 * recall:g} %", f"{100 * confidence:g} %"
    if r.sample is None:
        n = price(r.relevant, r.left, recall, confidence)
        if not r.left:
            return ["Everything has been read."]
        if not n:
            return [f"At least {share} of the relevant records have been found for certain, even if all {r.left:,} unread were relevant."]
        once = max(n, price(r.relevant, r.left, recall, confidence, finds=1))
        costs = f"{n:,} more record{'s' * (n > 1)}, drawn at random from the {r.left:,} unread ({100 * n / r.left:.0f} %), if none of them is relevant; {once:,} if one is"
        return [f"A certificate that at least {share} were found, right in {sure} of cases whatever the order was, costs {costs}."]
    found = certificate(r.sample, r.before, r.unread, recall, confidence)
    said = f"The sample: {len(r.sample):,} read of {r.unread:,} that were unread when it was drawn, {sum(r.sample):,} of them relevant."
    bound = recall_at_least(r.before, sum(r.sample), len(r.sample), r.unread, confidence)
    if found.certified:
        return [said, f"Certified: at least {share} of the relevant records have been found. A statement made in this way is wrong in at most {100 * (1 - confidence):g} % of reviews."]  # fmt: skip
    return [
        said,
        f"Not certified yet: {(found.needs or 0) - len(r.sample):,} more of the sample, if no further relevant one turns up. Were the sample’s size fixed beforehand at what was read, recall would be at least {100 * bound:.0f} % with {sure} confidence.",
    ]


def control_sentence(controls: int, seen: int, recall: float, confidence: float) -> str:
    """QBCB for a control set: reports known to be relevant, that did not help to find the order."""
    needed = controls_needed(controls, recall, confidence)
    said = f"Of {controls:,} reports known beforehand to be relevant, {seen:,} have come up as relevant. "
    if needed is None:
        return said + f"They are too few for a statement about {100 * recall:g} % recall (QBCB, Lewis, Yang & Frieder 2021)."
    verdict = "is met" if seen >= needed else "is not met"
    return (
        said + f"QBCB (Lewis, Yang & Frieder 2021) asks for {needed:,} and {verdict}, if they are a random sample of all that is relevant."
    )
