"""When two records are the same report.

First the rules, in order; the first that applies decides. Where none does, the fields vote: each level of agreement has a
match weight (the log2 of how much likelier it is between records of one report than between others, as in Fellegi and
Sunter's method), the weights are added and make a probability.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from review.dedup.compare import Comparison, compare, words_for
from review.dedup.features import Features

CERTAIN = 0.95
UNSURE = 0.5
APART = 0.1  # at or below this two records contradict each other: no cluster holds both

PRIOR = -9.5
WEIGHTS: dict[str, dict[str, float]] = {
    "title": {"same, long": 10, "same": 9, "same, short": 5, "near": 8, "part": 5, "weak": -4, "different": -10},
    "authors": {"same": 4, "order": 2, "first": 1, "few": -3, "different": -6},
    "year": {"same": 1, "1 apart": -1, "2 apart": -2, "far": -5},
    "journal": {"same": 2, "unclear": 0, "different": -4},
    "volume": {"same": 3, "different": -4},
    "issue": {"same": 1, "different": -1},
    "pages": {"range": 7, "same": 6, "first": 4, "page 1": 3, "overlap": 1, "different": -6},
    "doi": {"same": 10, "different": -4},
    "abstract": {"same": 3, "different": -3},
}


@dataclass(frozen=True, slots=True)
class Decision:
    """ask: told apart by a rule, yet so alike that a person may want to know.
    contradicts: no cluster may hold both; unlike for two records of which too little is known."""

    probability: float
    rule: str
    evidence: str
    verdict: str  # duplicate | unsure | different
    ask: bool = False
    contradicts: bool = False


_ALIKE = ("same", "same, long", "same, short", "near", "part")
_AGREE = ("same", "range", "first", "page 1")


def weight(c: Comparison) -> float:
    """The match weights, added up. A missing field says nothing."""
    return PRIOR + sum(table.get(getattr(c, name), 0) for name, table in WEIGHTS.items())


def _placed(c: Comparison) -> bool:
    """Both stand at the same place: same pages, and nothing else about the place disagrees."""
    firm = c.volume == "same" or (c.journal == "same" and c.year in ("same", "1 apart"))
    return c.pages in ("range", "same", "first") and firm and "different" not in (c.volume, c.journal) and c.year != "far"


def _elsewhere(c: Comparison) -> bool:
    """Each stands at a place of its own."""
    return c.pages not in _AGREE and (c.journal == "different" or (c.volume == "different" and c.pages == "different"))


def _vetoes(a: Features, b: Features, c: Comparison) -> Iterator[tuple[bool, str, float]]:
    """(applies, rule, probability): why records that look alike are not the same report."""
    placed = _placed(c) or c.doi == "same"
    within = a.title.numbers in b.title.numbers or b.title.numbers in a.title.numbers  # a subtitle with a number is missing
    yield c.pmid == "different", "different PMIDs", 0.5 if placed and c.title in _ALIKE else 0.02
    kinds = a.title.kind, b.title.kind
    yield (
        kinds[0] != kinds[1] and c.title != "missing",
        "one is a notice about the other: " + " / ".join(k or "article" for k in kinds),
        0.5 if placed and c.title in ("same", "same, long", "near", "part") else 0.03,
    )
    yield (
        not c.numbers and not (c.title == "part" and placed and within),
        "parts or numbers differ",
        0.6 if placed and (c.title in _ALIKE or c.alike >= 90) else 0.03,
    )
    yield (
        a.preprint != b.preprint and bool(a.journal and b.journal) and c.journal != "same" and c.doi != "same",
        "preprint and article",
        0.05,
    )
    update = (
        a.cochrane and b.cochrane and (c.year not in ("same", "missing") or c.doi == "different") and c.doi != "same" and c.title in _ALIKE
    )
    yield update, "an update of the same review", 0.5 if c.volume != "different" and c.year == "1 apart" and c.doi == "missing" else 0.05
    generic = a.title.generic or b.title.generic
    placed_well = c.pages in ("range", "same") or (c.pages == "page 1" and c.issue == "same")
    steady = c.volume == "same" and c.year not in ("2 apart", "far") and "different" not in (c.issue, c.doi, c.authors, c.journal)
    known = c.doi == "same" or (placed_well and steady)
    yield (
        generic and not known and c.abstract != "same",
        "a title that many documents have",
        0.5 if _open(c) and c.title in _ALIKE else 0.03,
    )
    yield a.conference != b.conference and _elsewhere(c) and c.doi != "same", "conference contribution and article", 0.05


def _open(c: Comparison) -> bool:
    """Nothing known that would tell them apart."""
    return c.authors == "same" and c.year == "same" and c.journal == "same" and "different" not in (c.volume, c.issue, c.pages, c.doi)


def _positive(a: Features, b: Features, c: Comparison) -> Iterator[tuple[bool, str, float]]:
    """What decides without counting."""
    alike = c.title in _ALIKE or c.title == "missing"
    place = "different" not in (c.volume, c.pages)
    yield c.pmid == "same" and (alike or c.alike >= 60), "same PMID", 0.998
    yield c.pmid == "same", "same PMID, other title", 0.97 if _placed(c) and c.authors == "same" else 0.6
    yield c.doi == "same" and alike and c.pages == "different" == c.abstract, "same DOI, other pages and abstract", 0.7
    yield (
        c.doi == "same" and alike and (place or c.title != "missing"),
        "same DOI",
        0.996 if c.authors != "different" else 0.97 if _placed(c) else 0.85,
    )
    yield c.doi == "same" and c.title == "weak" and c.authors == "same" and place, "same DOI", 0.95
    whole = (
        c.pages == "range"
        and c.volume == "same"
        and c.authors == "same"
        and c.year in ("same", "1 apart")
        and "different" not in (c.journal, c.issue, c.abstract)
    )
    whole = whole and a.pages.span <= 60 and not a.conference and c.doi != "different"
    yield whole and (alike or a.title.english != b.title.english), "same pages and authors", 0.95
    yield whole, "same pages and authors, other title", 0.7
    others = c.pages == "different" or c.authors == "different" == c.abstract
    yield c.doi == "same" and not others, "same DOI, other title", 0.6
    yield c.doi == "same", "same DOI of a whole issue", 0.05
    yield c.title == "different", "titles differ", 0.02
    unplaced = c.doi == "different" and "same" not in (c.journal, c.volume, c.issue) and c.pages not in _AGREE
    yield unplaced, "different DOIs, no place in common", min(0.6, _probability(weight(c)))
    yield c.title == "weak" and weight(c) > 0, "titles differ in a word", min(0.7, _probability(weight(c)))


def _probability(points: float) -> float:
    return round(1 / (1 + 2 ** -max(-30.0, min(30.0, points))), 4)


def decide(a: Features, b: Features, *, certain: float = CERTAIN, unsure: float = UNSURE) -> Decision:
    """The verdict on two records, with the rule that gave it and the evidence in words."""
    c = compare(a, b)
    evidence = words_for(c, a, b)

    def decided(probability: float, rule: str, ask: bool = False) -> Decision:
        verdict = "duplicate" if probability >= certain else "unsure" if probability >= unsure else "different"
        return Decision(probability, rule, evidence, verdict, ask, probability <= APART)

    if a.same_id and a.same_id == b.same_id:
        return decided(1.0 if c.title in (*_ALIKE, "weak", "missing") else 0.6, "same source id")
    if a.content is not None and a.content == b.content:
        return decided(1.0, "same content in the same source")
    near = c.title in ("same", "same, long", "near") and c.authors in ("same", "order") and not (a.title.generic or b.title.generic)
    if c.pmid != "same":
        for applies, rule, probability in _vetoes(a, b, c):
            if applies:
                return decided(probability, rule, near)
    for applies, rule, probability in _positive(a, b, c):
        if applies:
            return decided(probability, rule)
    found = decided(min(0.99, _probability(weight(c))), "agreement of the fields")  # an identifier is surer
    against = any(table.get(getattr(c, name), 0) <= -3 for name, table in WEIGHTS.items())
    return replace(found, contradicts=found.contradicts and against)
