"""Why two records are, may be, or are not the same report: for a person to read."""

from __future__ import annotations

from review.dedup.blocks import keys_of
from review.dedup.compare import compare
from review.dedup.features import features_of
from review.dedup.rules import CERTAIN, PRIOR, UNSURE, WEIGHTS, decide
from review.model.record import Record

_SHOWN = {"authors": "authors", "abstract": "abstract", "doi": "DOI", "pmid": "PMID"}


def _cut(value: object) -> str:
    text = "; ".join(value) if isinstance(value, tuple) else str(value or "–")
    return text if len(text) <= 60 else f"{text[:57]}…"


def explain(a: Record, b: Record, *, certain: float = CERTAIN, unsure: float = UNSURE) -> list[str]:
    """The verdict, then each field with what both say, how they compare and the match weight."""
    x, y = features_of(a), features_of(b)
    c, found = compare(x, y), decide(x, y, certain=certain, unsure=unsure)
    shared = sorted({block for block, key in set(keys_of(x)) & set(keys_of(y))})
    lines = [
        f"{found.verdict}: {found.rule}, probability {found.probability:.2f}",
        f"evidence: {found.evidence}",
        f"compared because they share: {', '.join(shared) or 'nothing, so they would not be compared'}",
        f"before any field: {PRIOR:+.1f}",
    ]
    for name in ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract"):
        level = getattr(c, name)
        points = WEIGHTS.get(name, {}).get(level, 0)
        also = f" {c.alike} %" if name == "title" and level != "missing" else ""
        lines.append(f"{_SHOWN.get(name, name)}: {level}{also} ({points:+.0f}): {_cut(getattr(a, name))} | {_cut(getattr(b, name))}")
    for side, kind in (("first", x.title.kind), ("second", y.title.kind)):
        if kind:
            lines.append(f"the {side} reads like: {kind}")
    return lines
