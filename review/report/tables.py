"""Evidence tables and references: one row a report, one column a field of the form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.model.events import MISSING
from review.model.extraction import Cell, Extraction
from review.model.protocol import Protocol
from review.model.protocol_parts import Form
from review.model.record import Report


@dataclass(frozen=True)
class Shown:
    """A cell as printed: the text, the quote and place it rests on, and what its state is in words ('' = two agreed)."""

    text: str
    quote: str = ""
    locator: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    key: str
    label: str  # Family et al. (year)
    reference: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class EvidenceTable:
    question: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def evidence(
    protocol: Protocol, extraction: Extraction, reports: Mapping[str, Report], answering: Mapping[str, Sequence[str]]
) -> tuple[EvidenceTable, ...]:
    """One table for each question. answering: question -> keys of the included reports that answer it."""
    cells = {
        (r, c.question, c.field): c
        for s in extraction.studies
        for r in s.reports
        for c in extraction.cells
        if c.report == s.key and c.instance < 2
    }
    return tuple(
        EvidenceTable(
            question=question.id,
            text=question.text,
            columns=tuple(f.label for form in _forms(protocol, question.id) for f in form.fields),
            rows=tuple(
                Row(
                    key=key,
                    label=label(reports[key]),
                    reference=reference(reports[key]),
                    cells=tuple(
                        shown(cells.get((key, question.id, f.id)), protocol.extraction.votes)
                        for form in _forms(protocol, question.id)
                        for f in form.fields
                    ),
                )
                for key in sorted(answering.get(question.id, ()), key=lambda k: (label(reports[k]).casefold(), k))
            ),
        )
        for question in protocol.questions
    )


def _forms(protocol: Protocol, question: str) -> list[Form]:
    return [f for f in protocol.extraction.forms if f.question == question]


def shown(cell: Cell | None, planned: int = 1) -> Shown:
    """A cell says why it is empty, and when fewer people than planned stand behind it."""
    if cell is None:
        return Shown("", state="not extracted")
    if cell.state == "single" and planned > 1:
        # Until all have answered, what one says stays hidden: the others would read it here.
        return Shown("", state=f"{len(cell.answers)} of {planned} extractors have answered")
    if cell.stands is None:
        return Shown("", state="extractors differ; not yet settled")
    given = cell.stands
    text = given.value or MISSING.get(given.missing, given.missing)
    state = {"single": "one extractor only", "settled": "settled by consensus"}.get(cell.state, "")
    return Shown(text, given.quote, given.locator, state)


_BODY = re.compile(
    r"^the\b|\b(agency|association|cent(?:re|er)|college|collaboration|commission|committee|consortium|council|department|england|foundation|fund|group"
    r"|health|institut\w*|ministry|network|nhs|nice|office|organi[sz]ation|panel|scotland|service|society|team|trust|union|universit\w+|wales|who)\b",
    re.IGNORECASE,
)


def family(author: str) -> str:
    """The family name of an author as sources write them: 'Family, Given', 'Family GG', 'Given Family'; a body's whole name."""
    author = author.strip().rstrip(",")
    if _BODY.search(author) and "," not in author:
        return author
    if "," in author:
        return author.split(",")[0].strip()
    words = author.split()
    if len(words) > 1 and words[-1].replace(".", "").isupper() and len(words[-1].replace(".", "")) <= 3:
        return " ".join(words[:-1])
    return words[-1] if words else ""


def label(report: Report) -> str:
    """Family (year), Family and Family (year), or Family et al. (year); the title where nobody is named."""
    authors = next((r.authors for r in report.records if r.authors), ())
    year = report.best("year") or "no year"
    names = [family(a) for a in authors if family(a) and family(a).lower() != "et al"]
    if not names:
        title = report.title
        return f"{title[:40].rsplit(' ', 1)[0] if len(title) > 40 else title} ({year})"
    who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return f"{who} ({year})"


def reference(report: Report) -> str:
    """A reference in one line, of what the records hold."""
    authors = next((r.authors for r in report.records if r.authors), ())
    who = "; ".join(authors[:6]) + ("; et al." if len(authors) > 6 else "")
    where = " ".join(p for p in (report.best("journal"), report.place) if p)
    parts = [who, report.title.rstrip("."), ", ".join(p for p in (where, report.best("year")) if p)]
    return ". ".join(p for p in parts if p) + "."


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 text, UTF-8. A cell that a spreadsheet would run as a formula gets an apostrophe in front (CSV injection)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(c) for c in row] for row in rows)
    return out.getvalue()


def safe(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def evidence_csv(table: EvidenceTable, notice: str = "") -> str:
    """An evidence table as CSV: four columns a field (value, quote, where, state); the notice, if any, in each row."""
    header = ["report", "citation", "reference"]
    for column in table.columns:
        header += [column, f"{column}: quote", f"{column}: where", f"{column}: state"]
    rows = [
        [row.key, row.label, row.reference, *(x for c in row.cells for x in (c.text, c.quote, c.locator, c.state))] for row in table.rows
    ]
    return noticed(header, rows, notice)


def noticed(header: Sequence[str], rows: Sequence[Sequence[str]], notice: str) -> str:
    """CSV text whose every row carries the review's notice, where it has one."""
    if not notice:
        return csv_text(header, rows)
    return csv_text([*header, "notice"], [[*row, notice] for row in rows])
