"""Reports that may tell of one study: shared registry numbers, authors, sample sizes, titles. A person decides; nothing is applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.record import Report

# Numbers of the registers that the WHO platform collects, and PROSPERO's, as papers print them.
_REGISTRY = lazy(
    r"\b(NCT\s?\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}|EUCTR\s?\d{4}-\d{6}-\d{2}|(?<=EudraCT )\d{4}-\d{6}-\d{2}|ChiCTR[-\w]{4,20}|DRKS\s?\d{8}"
    r"|CTRI/\d{4}/\d{2,3}/\d{4,6}|JPRN-\w+|jRCT\w?\d{9,10}|UMIN\s?\d{9}|PACTR\s?\d{15,16}|NL\d{4,5}|NTR\s?\d{3,5}|IRCT\w{10,20}|KCT\s?\d{7}|TCTR\s?\d{11}"
    r"|RBR-\w{5,8}|SLCTR/\d{4}/\d{3}|CRD\s?42\d{9,11})\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"participants?|patients?|people|persons?|adults?|children|women|men|residents?|households?|respondents?|students?|individuals|interviews?|carers?"
    r"|professionals|staff|officers|managers|families|adolescents|older people"
)
_SAMPLE = lazy(rf"\b[nN]\s*=\s*(\d[\d,]*)|\b(\d[\d,]*)\s+(?:[\w-]+\s+){{0,2}}(?:{_PEOPLE})\b")
LEAST = 30  # a smaller number is shared by chance
ALIKE = 75.0  # per cent of titles' words (token_set_ratio)
SHARED = 2  # authors


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two reports and why they may tell of one study; score only orders: a registry number weighs most."""

    a: str
    b: str
    score: float
    evidence: str


def suggest(reports: Sequence[Report], settled: Collection[tuple[str, str]] = ()) -> list[Suggestion]:
    """Pairs to look at, the likeliest first. settled: pairs (sorted) of which a person has spoken.

    A shared registry number is enough; else two of: at least two authors, half of the shorter list; a sample size; alike titles.
    """
    facts = {r.key: _Facts(r) for r in reports}
    shelves: dict[str, set[str]] = defaultdict(set)
    for key, f in facts.items():
        for mark in (*f.registry, *f.authors, *(f"n={n}" for n in f.samples)):
            shelves[mark].add(key)
    # What very many share (an author of a whole field, n = 100) tells nothing by itself.
    pairs = {pair for keys in shelves.values() if len(keys) <= 50 for pair in combinations(sorted(keys), 2)}
    found = [s for a, b in sorted(pairs - set(settled)) if (s := _weigh(a, b, facts[a], facts[b]))]
    return sorted(found, key=lambda s: (-s.score, s.a, s.b))


class _Facts:
    def __init__(self, report: Report) -> None:
        text = " ".join(t for r in report.records for t in (r.title, r.abstract, *(v for _, v in r.extra)))
        self.registry = {re.sub(r"\s", "", m[0]).upper() for m in _REGISTRY.finditer(text)}
        self.samples = {int(n.replace(",", "")) for m in _SAMPLE.findall(text) for n in m if n and n.replace(",", "").isdigit()}
        self.samples = {n for n in self.samples if n >= LEAST}
        authors = max((r.authors for r in report.records), key=len, default=())
        self.authors = {name for a in authors if (name := author(a))}
        self.title = plain(report.title)


def author(name: str) -> str:
    """Family name and first initial, so that 'Popay J', 'Popay, Jennie' and 'Jennie Popay' meet."""
    if "," in name:
        family, given = name.split(",", 1)
    else:
        words = name.split()
        if len(words) < 2:
            return plain(name)
        last = words[-1].replace(".", "")
        family, given = (" ".join(words[:-1]), words[-1]) if last.isupper() and len(last) <= 3 else (words[-1], words[0])
    return f"{plain(family)} {plain(given)[:1]}".strip()


def _weigh(a: str, b: str, one: _Facts, two: _Facts) -> Suggestion | None:
    registry = sorted(one.registry & two.registry)
    people = one.authors & two.authors
    close = len(people) >= SHARED and len(people) >= min(len(one.authors), len(two.authors)) / 2
    samples = sorted(one.samples & two.samples)
    alike = fuzz.token_set_ratio(one.title, two.title)
    reasons = [close, bool(samples), alike >= ALIKE]
    if not registry and sum(reasons) < 2:
        return None
    said = [f"same registry number {', '.join(registry)}"] if registry else []
    if people:
        said.append(f"{len(people)} author{'s' if len(people) > 1 else ''} in common of {len(one.authors)} and {len(two.authors)}")
    if samples:
        said.append(f"same sample size {', '.join(f'{n:,}' for n in samples[:3])}")
    if alike >= ALIKE:
        said.append(f"titles {alike:.0f} % alike")
    return Suggestion(a, b, 10.0 * bool(registry) + sum(reasons) + alike / 1000, "; ".join(said))
