"""Votes for other tools: one row a vote, each with its owner; nothing that is not to be known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from review.formats import asreview
from review.formats.rayyan import Votes, print_votes
from review.model.record import Record, Report
from review.model.screening import Outcome, Vote

COLUMNS = ("key", "title", "year", "doi", "pmid", "phase", "reviewer", "role", "verdict", "reason", "note", "tags", "at", "via")


@dataclass(frozen=True)
class Given:
    """A vote or resolution on a report. role: reviewer | adjudicator | discussion."""

    report: str
    vote: Vote
    role: str = "reviewer"
    tags: tuple[str, ...] = ()


def disclosed(outcomes: Sequence[Outcome]) -> Iterator[Given]:
    """The votes on the reports that all have decided who should, and what settled the conflicts."""
    for o in outcomes:
        if o.state == "pending" or o.own_conflict:
            continue
        yield from (Given(o.report, v) for v in o.votes)
        if o.resolution:
            yield Given(o.report, o.resolution, "discussion" if o.resolution.via == "discussion" else "adjudicator")


def rows(given: Sequence[Given], reports: Mapping[str, Report], phase: str) -> Iterator[list[str]]:
    """A table, its header first."""
    yield list(COLUMNS)
    for g in given:
        r, v = reports[g.report], g.vote
        yield [
            g.report, r.title, r.best("year"), r.best("doi"), r.best("pmid"), phase, v.by, g.role, v.verdict, v.reason, v.note,
            ", ".join(g.tags), v.at, v.via,
        ]  # fmt: skip


def rayyan(given: Sequence[Given], reports: Mapping[str, Report], names: Mapping[str, str]) -> Iterator[Record]:
    """A record a report, with everybody's vote in the note that Rayyan reads. names: id -> name."""
    by: dict[str, list[Given]] = {}
    for g in given:
        if g.role == "reviewer":
            by.setdefault(g.report, []).append(g)
    for key in sorted(by):
        told = by[key]
        note = print_votes(
            Votes(
                votes=tuple((names.get(g.vote.by, g.vote.by), g.vote.verdict) for g in told),
                labels=tuple(dict.fromkeys(t for g in told for t in g.tags)),
                reasons=tuple(dict.fromkeys(g.vote.reason for g in told if g.vote.reason)),
                notes=tuple((names.get(g.vote.by, g.vote.by), (g.vote.note,)) for g in told if g.vote.note),
            )
        )
        yield record_of(reports[key], note)


def asreview_records(given: Mapping[str, str], reports: Sequence[Report]) -> Iterator[Record]:
    """Every report with its label in the note that ASReview reads. given: report -> verdict; a report without one is not seen."""
    for report in reports:
        yield record_of(report, asreview.note_of(given.get(report.key, "")))


def asreview_rows(given: Mapping[str, str], reports: Sequence[Report]) -> Iterator[list[str]]:
    """The same as a table. A maybe has no label there, so it is not seen."""
    yield ["key", "title", "abstract", "authors", "year", "doi", "keywords", asreview.COLUMN]
    for r in reports:
        best = [r.best(f) for f in ("abstract", "authors", "year", "doi", "keywords")]
        yield [r.key, r.title, *best, asreview.label_of(given.get(r.key, ""))]


def record_of(report: Report, note: str = "", *, own_notes: bool = False) -> Record:
    """The same for another program, with the key of the report and a note. own_notes: those of its records go along."""
    found = report.merged()
    kept = tuple((tag, text) for tag, text in found.extra if tag != "ID" and (own_notes or tag != "note"))
    return replace(found, key=report.key, extra=(*kept, ("ID", report.key), *((("note", note),) if note else ())), raw="")
