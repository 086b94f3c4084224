"""The report as a sequence of blocks, for the formats that are laid out on paper: Word and PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from review.model.flow import total
from review.model.protocol import Protocol
from review.model.words import counted, were
from review.report import stated
from review.report.amstar2 import Judged
from review.report.blocks import Block, Columns, Grid, Heading, Para, Picture, Points, table
from review.report.checklists import Checklist
from review.report.figures import JUDGED
from review.report.flow_boxes import told
from review.report.view import View
from review.tables.model import Cell, Row, Table

SYNTHESES = ("themes", "effect-direction", "inequality", "pooled")
BROAD = 16  # columns that a page turned sideways has room for
HOLDS = {"yes": "holds", "partly": "partly holds", "no": "does not hold", "open": "not reached"}
FLOW = "flow"  # the name of its drawing


def blocks(view: View, headings: dict[str, str]) -> Iterator[Block]:
    """Everything but the title, in the order of the report. headings: section -> its heading."""
    yield from _summary(view)
    yield from _background(view.protocol, headings)
    yield from _methods(view, headings)
    yield from _results(view, headings)
    yield from _conduct(view, headings)
    yield from _other(view, headings)


def _summary(view: View) -> Iterator[Block]:
    flow = view.flow
    for x in view.retracted:
        yield Para(f"{x.reference} {' '.join(f'{words}.' for words in x.retracted)}", "Retracted or in doubt, and included:")
    yield Heading(1, "Summary")
    found = total(flow.main.identified) + total(flow.other.identified)
    yield Para(
        f"{counted(found, 'record')} identified; {flow.main.screened + flow.other.screened:,} screened on title and abstract; "
        f"{counted(flow.main.assessed + flow.other.assessed, 'report')} assessed in full text; {counted(flow.included_studies, 'study')} in {counted(flow.included_reports, 'report')} included."
    )  # fmt: skip
    rows = [(f"{t.question}. {t.text}", f"{t.studies:,}", f"{t.reports:,}", t.certainty) for t in view.evidence]
    columns: Columns = (("Question", 5), ("Studies", 0.9), ("Reports", 0.9), ("Certainty", 2.4))
    yield Grid(table("questions", "The questions, what answers them, and with what certainty.", columns, rows, (1, 2)))
    concluded = [(c.text, t.question, f"{c.sign} {c.level}".strip() or "Not yet assessed") for t in view.evidence for c in t.concluded]
    if concluded:
        columns = (("What the review concludes", 5), ("Question", 0.9), ("Certainty", 1.6))
        yield Grid(table("conclusions", "What the review concludes, and with what certainty.", columns, concluded))
    yield Heading(1, "Abstract", "abstract")
    for part in view.abstract:
        yield Para(part.text, part.heading, part.asked)


def _background(p: Protocol, headings: dict[str, str]) -> Iterator[Block]:
    yield Heading(1, "Background")
    yield Heading(2, headings["rationale"], "rationale")
    yield Para(p.rationale, asked=not p.rationale)
    yield Heading(2, headings["questions"], "questions")
    for q in p.questions:
        yield Para(q.text, f"{q.id} ({q.frame})")
        if q.elements:
            yield Points(tuple(f"{name.replace('_', ' ').capitalize()}: {text}" for name, text in q.elements.items()))


def _methods(view: View, headings: dict[str, str]) -> Iterator[Block]:
    p = view.protocol
    yield Heading(1, "Methods")
    yield Heading(2, headings["criteria"], "criteria")
    if p.eligibility.rule:
        yield Para(p.eligibility.rule)
    rows = [(str(n), c.dimension, c.include, c.exclude, c.reason) for n, c in enumerate(p.eligibility.criteria, 1)]
    columns: Columns = (("No.", 0.5), ("About", 1.2), ("Include", 3), ("Exclude", 3), ("Counted as", 1.5))
    yield Grid(table("criteria", "Eligibility criteria, in the order in which they are applied.", columns, rows, (0,)))
    yield from map(Para, stated.limits(p))
    yield from _searched(view, headings)
    yield Heading(2, headings["selection"], "selection")
    for phase in view.phases:
        yield Para(" ".join(phase.sentences), "Titles and abstracts" if phase.phase == "title-abstract" else "Full texts")
    yield Heading(2, headings["collection"], "collection")
    yield Para(" ".join(view.collection))
    yield from _planned(p, headings)


def _searched(view: View, headings: dict[str, str]) -> Iterator[Block]:
    yield Heading(2, headings["sources"], "sources")
    log = [(s.name, f"{s.kind}{f', {s.platform}' if s.platform else ''}", s.date, f"{s.announced:,}" if s.announced is not None else "not recorded",
            f"{s.parsed:,}", f"{s.removed:,}", f"{s.rejected:,}") for s in view.sources]  # fmt: skip
    columns: Columns = (
        ("Source", 3), ("Kind, platform", 2), ("Searched", 1.3), ("Announced", 1.2), ("Records", 1), ("Duplicates removed", 1.1), ("Not readable", 1),
    )  # fmt: skip
    yield Grid(table("sources", "Sources, with the date of each search.", columns, log, (3, 4, 5, 6)))
    yield Heading(2, headings["strategies"], "strategies")
    for s in view.sources:
        if s.query:
            yield Para(s.query, f"{s.name}, {s.date}", code=True)
            if s.run and s.run.lines:
                lines = [(x.n, x.text, f"{x.hits:,}" if x.hits is not None else "not counted") for x in s.run.lines]
                yield Grid(
                    table(
                        f"lines-{s.id}", f"Hits of each line, {s.name}, {s.date}.", (("Line", 0.6), ("Search", 6), ("Hits", 1)), lines, (2,)
                    )
                )
    yield Para(
        f"{counted(view.duplicates, 'duplicate record')} {were(view.duplicates)} removed; each is listed beside the report that it belongs to.",
        "Duplicates",
    )


def _planned(p: Protocol, headings: dict[str, str]) -> Iterator[Block]:
    """What the protocol plans for what is extracted: items, appraisal, synthesis."""
    yield Heading(2, headings["items"], "items")
    for form in p.extraction.forms:
        yield Para("; ".join(f"{f.label}{f' ({f.unit})' if f.unit else ''}" for f in form.fields) + ".", form.question)
    for o in p.outcomes:
        yield Para(_sentences(o.definition, f"Measure: {o.measure}" if o.measure else ""), o.domain)
    yield Heading(2, headings["appraisal"], "appraisal")
    yield Para(
        "; ".join(f"{t.id} ({t.applies_to})" for t in p.appraisal) + "." if p.appraisal else "No assessment of risk of bias is planned."
    )
    yield Heading(2, headings["synthesis"], "synthesis")
    for x in p.synthesis:
        parts = (
            ("Groups", x.groups), ("Metric", x.metric), ("Method", x.method), ("Heterogeneity", x.heterogeneity), ("Sensitivity", x.sensitivity),
        )  # fmt: skip
        yield Para(_sentences(*(f"{word}: {text}" for word, text in parts if text)), f"{x.question}: {x.approach}")
    for c in p.certainty:
        yield Para(_sentences(c.approach, c.because), f"{c.question}: certainty")
    if not (p.synthesis or p.certainty):
        yield Para("No synthesis is planned in the protocol.")


def _sentences(*parts: str) -> str:
    """The parts, each ended by a full stop."""
    return " ".join(f"{p.rstrip('.')}." for p in parts if p)


def _results(view: View, headings: dict[str, str]) -> Iterator[Block]:
    yield Heading(1, "Results")
    yield Heading(2, headings["flow"], "flow")
    yield Picture(FLOW, "PRISMA 2020 flow of records, reports and studies.", told(view.flow))
    yield Heading(2, headings["characteristics"], "characteristics", wide=True)
    for t in view.tables:
        if t.name == "characteristics":
            yield Grid(_on_paper(t), wide=True)
    yield Heading(2, headings["judged"], "judged", wide=True)
    yield from _figures(view, JUDGED)
    judged = [t for t in view.tables if t.name.startswith("appraisal-") and t.rows]
    for t in judged:
        yield Grid(t, wide=True)
    if not judged:
        yield Para(
            "No study has been appraised yet." if view.protocol.appraisal else "No assessment of risk of bias is planned.", wide=True
        )
    yield Heading(2, headings["evidence"], "evidence", wide=True)
    for q in view.evidence:
        yield Heading(3, f"{q.question}: {q.text}", wide=True)
        yield from _figures(view, q.question)
        yield Grid(_on_paper(q.table), wide=True)
        names = {f"{kind}-{q.question}" for kind in SYNTHESES}
        for t in view.tables:
            if t.name in names and t.rows and len(t.columns) <= BROAD:
                yield Grid(t, wide=True)
    yield Heading(2, headings["certainty"], "certainty", wide=True)
    for t in view.concluded:
        yield Grid(t, wide=True)
    if not view.concluded:
        planned = bool(view.protocol.certainty)
        yield Para("Not yet assessed." if planned else "No assessment of certainty is planned.", asked=planned, wide=True)
    yield Heading(2, f"{headings['included']} ({len(view.included):,})", "included")
    yield Points(
        tuple(f"{x.reference}{f' doi:{x.doi}' if x.doi else ''} [{', '.join(x.questions) or 'no question'}]" for x in view.included),
        numbered=True,
    )
    yield Heading(2, "Related reports", "related")
    related = next((t for t in view.tables if t.name == "related"), None)
    yield Grid(related) if related else Para("No related report of an included one is known.")
    yield Heading(2, f"{headings['excluded']} ({len(view.excluded):,})", "excluded")
    rows = [(x.reference, x.reason, x.decided) for x in view.excluded]
    yield Grid(
        table(
            "excluded",
            "Reports excluded on full text, with the primary reason of each.",
            (("Report", 5), ("Primary reason", 2), ("Decided by", 1.2)),
            rows,
        )
    )
    yield Heading(2, f"Reports not retrieved ({len(view.not_retrieved):,})")
    yield Points(tuple(f"{x.reference} {x.reason}".strip() for x in view.not_retrieved) or ("None.",))
    yield Heading(1, "Discussion")
    yield Para(
        "What the results mean beside other evidence, limitations of the evidence, implications for practice, policy and research.",
        asked=True,
    )
    yield Heading(2, headings["limitations"], "limitations")
    yield Points(view.limitations or ("The record shows none.",))


def _figures(view: View, place: str) -> Iterator[Block]:
    for x in view.figures:
        if x.place == place:
            yield Picture(x.name, x.caption, x.said, wide=True)


def _on_paper(table: Table) -> Table:
    """Columns that hold nothing for any row take no room on paper; the pages and the CSV have them."""
    kept = [n for n in range(len(table.columns)) if n == 0 or any(r.cells[n].text for r in table.rows)]
    dropped = [c.title for n, c in enumerate(table.columns) if n not in kept]
    if not table.rows or not dropped:
        return table
    return replace(
        table,
        columns=tuple(table.columns[n] for n in kept),
        rows=tuple(replace(r, cells=tuple(r.cells[n] for n in kept)) for r in table.rows),
        notes=(*table.notes, f"Nothing in: {'; '.join(dropped)}."),
    )


def _conduct(view: View, headings: dict[str, str]) -> Iterator[Block]:
    yield Heading(1, "Conduct")
    yield Para("What the ledgers prove about how the review was done. What was recorded elsewhere and imported is counted apart.")
    claims = [
        (x.label, HOLDS[x.holds], f"{x.n_ok:,}", f"{x.unproven:,}", f"{x.n:,}", f"{len(x.exceptions):,}", x.said) for x in view.predicates
    ]
    columns: Columns = (
        ("Claim", 2.4),
        ("Holds", 1),
        ("Shown", 0.8),
        ("Imported", 0.9),
        ("Of", 0.8),
        ("Exceptions", 1),
        ("What happened", 4),
    )
    yield Grid(table("conduct", "Claims about conduct, evaluated on the record.", columns, claims, (2, 3, 4, 5)))
    yield Grid(_judged("amstar2", "AMSTAR 2, as far as the record answers it. No overall rating is given.", view.amstar2))
    yield Grid(_judged("mecir", "MECIR standards that a record can show, in our own words.", view.mecir))
    yield Heading(1, headings["deviations"], "deviations")
    for s in view.conduct:
        yield Para(s)
    if view.versions:
        rows = [(x.name, x.since, x.what, x.why, x.touched, f"{x.decisions:,}", f"{x.before:,}") for x in view.versions]
        columns = (
            ("Version", 1.2),
            ("Since", 1.5),
            ("What changed", 2.5),
            ("Why", 2.5),
            ("Touches", 1.2),
            ("Decisions under it", 1),
            ("Older ones it touches", 1),
        )
        yield Grid(table("versions", "Versions of the protocol, and the standing decisions made under each.", columns, rows, (5, 6)))
    yield Points(tuple(d.said for d in view.deviations) or ("Nothing on record was done beside the protocol.",))


def _judged(name: str, title: str, items: Sequence[Judged]) -> Table:
    rows = [(f"{x.id}{f' ({x.mark})' if x.mark else ''}", x.label, x.answer, x.basis) for x in items]
    return table(name, title, (("Item", 1.1), ("About", 2.6), ("Answer", 1.2), ("What it rests on", 4)), rows)


def _other(view: View, headings: dict[str, str]) -> Iterator[Block]:
    p = view.protocol
    yield Heading(1, "Other information")
    yield Heading(2, headings["registration"], "registration")
    yield Para(f"{stated.registered(p)}. Digest of the protocol in use: {view.digest}.")
    yield Heading(2, headings["support"], "support")
    yield Para("; ".join(p.support.sources), asked=not p.support.sources)
    yield Heading(2, headings["interests"], "interests")
    rows = [(stated.name(m), m.affiliation, stated.roles(m), m.interests) for m in p.team]
    yield Grid(table("team", "Who did the work.", (("Name", 2), ("Affiliation", 2), ("Roles", 2), ("Interests", 2)), rows))
    yield Heading(2, headings["availability"], "availability")
    yield Para(p.data_availability or "Lists, tables, ledgers, archived searches and this report are files of the review.")
    if p.dissemination:
        yield Para(p.dissemination, "Dissemination")
    yield Heading(1, "Checklists")
    yield Para("Where each item is reported. These are lists for reporting; they are no score.")
    for c in view.checklists:
        yield Heading(2, c.title)
        yield Grid(checklist(c, headings))


def checklist(c: Checklist, headings: dict[str, str]) -> Table:
    rows = [(x.id, x.topic, x.state, headings[x.where] if x.where else "", x.said) for x in c.rows]
    columns = (("Item", 0.6), ("Topic", 2), ("State", 1.1), ("Reported in", 1.7), ("What is said", 4))
    made = table(f"checklist-{c.id}", f"{c.title}. {c.source}.", columns, rows)
    # The section is linked, so that a format with pages can tell the page.
    linked = tuple(
        Row(
            key=r.key,
            cells=(*r.cells[:3], Cell(text=r.cells[3].text, why=r.cells[3].why, link=f"#{x.where}" if x.where else ""), r.cells[4]),
        )
        for r, x in zip(made.rows, c.rows, strict=True)
    )
    return Table(name=made.name, title=made.title, columns=made.columns, rows=linked)
