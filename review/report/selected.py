"""Tables of the reports themselves: included, excluded with the reason, not got yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from review.model.protocol import Protocol
from review.model.record import Report
from review.model.screening import PhaseResult
from review.report.tables import label, reference
from review.tables.model import Cell, Column, Row, Table


def excluded(
    protocol: Protocol, last: PhaseResult | None, reports: Mapping[str, Report], cite: Callable[[Report], str] = reference
) -> Table:
    """Reports excluded at full text: the primary reason, by the order of the criteria, and who decided."""
    order = list(protocol.reasons("full-text"))
    rows = []
    for outcome in last.outcomes if last else ():
        if outcome.state != "exclude" or (last and outcome.report in last.not_retrieved):
            continue
        report = reports[outcome.report]
        notes = [v.note for v in (*([outcome.resolution] if outcome.resolution else []), *outcome.votes) if v.note]
        who = f"{outcome.resolution.by}, of a conflict" if outcome.resolution else " and ".join(v.by for v in outcome.votes)
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
    rows = [
        Row(
            key=key,
            cells=(
                Cell(text=label(reports[key])),
                Cell(text=cite(reports[key])),
                Cell(text=why) if why else Cell(why="no reason given"),
            ),
        )
        for key, why in (last.not_retrieved.items() if last else ())
    ]
    return Table(
        name="not-retrieved", title="Reports not retrieved",
        columns=(Column(id="report", title="Report"), Column(id="reference", title="Reference", width=3), Column(id="why", title="Why", width=2)),
        rows=tuple(sorted(rows, key=lambda r: (r.cells[0].text.casefold(), r.key))),
       empty="Every report that was sought was retrieved.",
    )  # fmt: skip


def included(keys: tuple[str, ...], reports: Mapping[str, Report], cite: Callable[[Report], str] = reference) -> Table:
    """The reports included, with their references."""
    rows = [
        Row(key=k, cells=(Cell(text=label(reports[k])), Cell(text=cite(reports[k])), _doi(reports[k]))) for k in keys
    ]  # fmt: skip
    return Table(
        name="included", title="Reports included",
        columns=(Column(id="report", title="Report"), Column(id="reference", title="Reference", width=4), Column(id="doi", title="DOI", width=1.4)),
        rows=tuple(sorted(rows, key=lambda r: (r.cells[0].text.casefold(), r.key))),
       empty="No report is included yet.",
    )  # fmt: skip


def _doi(report: Report) -> Cell:
    doi = report.best("doi")
    return Cell(text=doi, link=f"https://doi.org/{doi}") if doi else Cell(why="none in the record")
