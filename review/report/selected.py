"""Tables of the reports themselves: included, excluded with the reason, not got yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from review.model.protocol import Protocol
from review.model.record import Report
from review.model.related import Related
from review.model.screening import PhaseResult
from review.report.tables import anchor, label, reference
from review.tables.model import Cell, Column, Row, Table

# What the report's reader is told, by the kind of a relation.
KINDS = {
    "retraction": "RETRACTED", "concern": "Expression of concern, or a notice whose kind is not told", "erratum": "Erratum", "notice": "It is a notice of the other",
    "newer": "A newer version is known", "older": "An earlier version is known", "version": "Another version is known",
    "abstract": "Abstract and full report", "reply": "Comment or reply", "co-publication": "Published in two places",
}  # fmt: skip


def excluded(
    protocol: Protocol, last: PhaseResult | None, reports: Mapping[str, Report], cite: Callable[[Report], str] = reference
) -> Table:
    """Reports excluded at full text: the primary reason, by the order of the criteria, and who decided."""
    order = list(protocol.reasons("full-text"))
    rows = []
    for outcome in last.begun if last else ():
        if outcome.state != "exclude" or (last and outcome.report in last.not_retrieved):
            continue
        report = reports[outcome.report]
        notes = [v.note for v in (*([outcome.resolution] if outcome.resolution else []), *outcome.votes) if v.note]
        who = f"{outcome.resolution.by}, of a conflict" if outcome.resolution else " and ".join(dict.fromkeys(v.by for v in outcome.votes))
        reason = Cell(text=outcome.reason) if outcome.reason else Cell(why="reason not recorded")
        cells = (
            Cell(text=label(report)), Cell(text=cite(report)), reason, Cell(text=notes[0]) if notes else Cell(why="no note"), Cell(text=who),
        )  # fmt: skip
        place = order.index(outcome.reason) if outcome.reason in order else len(order)
        rows.append(
            (
                place,
                label(report).casefold(),
                outcome.report,
                Row(key=outcome.report, group=outcome.reason or "Reason not recorded", cells=cells),
            )
        )
    columns = (
        Column(id="report", title="Report"), Column(id="reference", title="Reference", width=3), Column(id="reason", title="Primary reason", width=1.3),
        Column(id="note", title="Note", width=1.5), Column(id="by", title="Decided by", width=0.8),
    )  # fmt: skip
    return Table(
        name="excluded", title="Reports excluded at full text, with reasons", columns=columns, rows=tuple(r for *_, r in sorted(rows, key=lambda r: r[:3])),
       empty="No report was excluded at full text.",
    )  # fmt: skip


def not_retrieved(last: PhaseResult | None, reports: Mapping[str, Report], cite: Callable[[Report], str] = reference) -> Table:
    """Reports sought whose full text was not got, and why."""
    whys = ((key, Cell(text=why) if why else Cell(why="no reason given")) for key, why in (last.not_retrieved.items() if last else ()))
    return Table(
        name="not-retrieved", title="Reports not retrieved",
        columns=(Column(id="report", title="Report"), Column(id="reference", title="Reference", width=3), Column(id="why", title="Why", width=2)),
        rows=_rows(whys, reports, cite),
       empty="Every report that was sought was retrieved.",
    )  # fmt: skip


def included(keys: tuple[str, ...], reports: Mapping[str, Report], cite: Callable[[Report], str] = reference) -> Table:
    """The reports included, with their references."""
    return Table(
        name="included", title="Reports included",
        columns=(Column(id="report", title="Report"), Column(id="reference", title="Reference", width=4), Column(id="doi", title="DOI", width=1.4)),
        rows=_rows(((key, _doi(reports[key])) for key in keys), reports, cite),
       empty="No report is included yet.",
    )  # fmt: skip


def _rows(told: Iterable[tuple[str, Cell]], reports: Mapping[str, Report], cite: Callable[[Report], str]) -> tuple[Row, ...]:
    """Of each report its label, its reference and what is told of it, in the order of the labels."""
    rows = [Row(key=key, cells=(Cell(text=label(reports[key])), Cell(text=cite(reports[key])), cell)) for key, cell in told]
    return tuple(sorted(rows, key=lambda r: (r.cells[0].text.casefold(), r.key)))


def _doi(report: Report) -> Cell:
    doi = report.best("doi")
    return Cell(text=doi, link=f"https://doi.org/{doi}") if doi else Cell(why="none in the record")


def related(
    keys: Sequence[str],
    found: Related,
    phases: Sequence[PhaseResult],
    reports: Mapping[str, Report],
    cite: Callable[[Report], str] = reference,
) -> Table:
    """What other reports are to the included ones: retractions first; and where these stand in the review."""
    rows = []
    for key in keys:
        for r in found.get(key, ()):
            other = reports.get(r.other)
            cells = (
                Cell(text=label(reports[key]), link=f"#report-{anchor(key)}"), Cell(text=KINDS[r.kind], tone="worst" if r.loud else ""),
                Cell(text=f"{cite(other)} [{r.other}]") if other else Cell(why="said by its own record"),
                Cell(text=_stands(r.other, keys, phases)) if other else Cell(why="–"),
            )  # fmt: skip
            rows.append((not r.loud, label(reports[key]).casefold(), key, r.kind, r.other, Row(key=key, cells=cells)))
    columns = (
        Column(id="report", title="Included report"), Column(id="relation", title="What is known"), Column(id="other", title="Related report", width=3),
        Column(id="stands", title="In this review", width=1.3),
    )  # fmt: skip
    return Table(
        name="related", title="Reports related to the included ones: linked, never merged, and counted apart", columns=columns,
        rows=tuple(r for *_, r in sorted(rows, key=lambda r: r[:5])), empty="No related report of an included one is known.",
    )  # fmt: skip


def _stands(key: str, included: Sequence[str], phases: Sequence[PhaseResult]) -> str:
    """Where a report is by what is settled; how anybody voted on what is open is not told."""
    if key in included:
        return "included too"
    for phase in reversed(phases):
        if key in phase.not_retrieved:
            return "not retrieved"
        outcome = next((o for o in phase.outcomes if o.report == key), None)
        if outcome and outcome.state == "exclude":
            return f"excluded ({phase.phase}){f': {outcome.reason}' if outcome.reason else ''}"
    return "awaits decisions"
