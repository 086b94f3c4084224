"""Material for reports, made by hand: four records, three reports, two reviewers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from support import PROTOCOL

from review.model.extraction import Extraction
from review.model.protocol import Protocol
from review.model.protocol_parts import PHASES
from review.model.protocol_yaml import load
from review.model.record import Record, Report, Search
from review.model.screening import Outcome, PhaseResult, Vote, divided
from review.report.material import Material, Records

LOCK = 'lock: {sha256: "%s", at: "2025-01-01T00:00:00Z"}\n' % ("a" * 64)
SEARCHES = (Search(source="alpha", date="2025-01-02", query="x"), Search(source="beta", date="2025-01-02", query="x"))


def protocol(more: str = LOCK, **changes: Any) -> Protocol:
    return load(PROTOCOL + more, "p").model_copy(update=changes)


def vote(by: str, verdict: str, n: int, reason: str = "", **more: Any) -> Vote:
    """The n-th decision of the review: ids and times sort by it."""
    return Vote(
        **{
            "by": by,
            "verdict": verdict,
            "reason": reason,
            "id": f"{n:08}",
            "at": f"2025-02-01T10:{n:02}:00.000Z",
            "protocol": "a" * 64,
            **more,
        }
    )


def both(report: str, verdict: str, n: int, reason: str = "", **more: Any) -> Outcome:
    votes = (vote("AB", verdict, n, reason, **more), vote("CD", verdict, n + 1, reason, **more))
    return Outcome(report=report, state="exclude" if verdict == "exclude" else "include", votes=votes, reason=reason)


def split(report: str, n: int, by: str = "EF", verdict: str = "include") -> Outcome:
    votes = (vote("AB", "include", n), vote("CD", "exclude", n + 1, "No data"))
    return Outcome(report=report, state=verdict, votes=votes, resolution=vote(by, verdict, n + 2))  # type: ignore[arg-type]


def material(first: tuple[Outcome, ...], last: tuple[Outcome, ...] = (), **changes: Any) -> Material:
    """Every report that `first` is about, one record each, from alpha."""
    records = tuple(Record(key=f"alpha:{o.report}", source="alpha", searched="2025-01-02", title=f"Title of {o.report}") for o in first)
    reports = tuple(Report(key=r.key, records=(r,)) for r in records)
    named = [tuple(replace(o, report=f"alpha:{o.report}") for o in outcomes) for outcomes in (first, last)]
    phases = [
        PhaseResult(phase=name, begun=begun, untouched=untouched)
        for name, (begun, untouched) in zip(PHASES, map(divided, named), strict=True)
    ]
    values: dict[str, Any] = {
        "protocol": protocol(), "records": Records.of(reports), "rejects": (), "reports": {r.key: r for r in reports}, "phases": phases, "extraction": Extraction(),
    }  # fmt: skip
    return Material(**{**values, **changes})
