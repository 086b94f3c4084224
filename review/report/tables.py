"""References and labels of reports, and lists as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from review.model.record import Report

_BODY = re.compile(
    r"^the\b|\b(agency|association|cent(?:re|er)|college|collaboration|commission|committee|consortium|council|department|england|foundation|fund|group"
    r"|health|institut\w*|ministry|network|nhs|nice|office|organi[sz]ation|panel|scotland|service|society|team|trust|union|universit\w+|wales|who)\b",
    re.IGNORECASE,
)


def anchor(text: str) -> str:
    """An id for a key: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)


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
        return plain(f"{title[:40].rsplit(' ', 1)[0] if len(title) > 40 else title} ({year})")
    who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return plain(f"{who} ({year})")


def plain(text: str) -> str:
    """Without the marks that turn the direction of what follows them: a title must not turn its year and its journal round."""
    return re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", text)


def reference(report: Report) -> str:
    """A reference in one line, of what the records hold."""
    authors = next((r.authors for r in report.records if r.authors), ())
    who = ("; ".join(authors[:6]) + ("; et al." if len(authors) > 6 else "")).rstrip(".")
    where = " ".join(p for p in (report.best("journal"), report.place) if p)
    parts = [who, report.title.rstrip("."), ", ".join(p for p in (where, report.best("year")) if p)]
    # A title that asks or exclaims ends itself: "Does it work?." is no sentence's end.
    return plain(" ".join(p if p.endswith(("?", "!")) else f"{p}." for p in parts if p))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 text, UTF-8. A cell that a spreadsheet would run as a formula gets an apostrophe in front (CSV injection)."""
    return columns_text(header, list(zip(*rows, strict=True)), Cells())


def columns_text(header: Sequence[str], columns: Sequence[Sequence[str]], cells: Cells) -> str:
    """The same of columns: two or more, or one without empty cells. cells: what is known of tables with the same texts."""
    head = ",".join(map(_quoted, header)) + "\r\n"
    if not columns or not columns[0]:
        return head
    columns, end = list(columns), "\r\n"
    while len(columns) > 1 and columns[-1].count(columns[-1][0]) == len(columns[-1]):  # one text in all rows, as notes are for the most
        end = f",{cells[columns.pop()[0]]}{end}"
    rows = map(",".join, zip(*(column if _plain(column) else map(cells.__getitem__, column) for column in columns), strict=True))
    return f"{head}{end.join(rows)}{end}"


def _plain(column: Sequence[str]) -> bool:
    """Whether all texts stand in their cells as they are, as keys do."""
    text = "\0".join(("", *column))
    return not any(sign in text for sign in (",", '"', "\n", "\r", *(f"\0{sign}" for sign in _FORMULA)))


class Cells(dict[str, str]):
    """How a text stands in a cell: worked out once for each, since in the lists of a report most stand several times."""

    def __missing__(self, text: str) -> str:
        # Most stand as they are, and are known by a look.
        plainly = text[:1] not in _FORMULA and "," not in text and '"' not in text and "\n" not in text and "\r" not in text
        self[text] = cell = text if plainly else _quoted(safe(text))
        return cell


_FORMULA = frozenset(("=", "+", "-", "@", "\t", "\r"))
_ODD = re.compile(r'[,"\r\n]')


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _ODD.search(cell) else cell


def safe(cell: str) -> str:
    return "'" + cell if cell[:1] in _FORMULA else cell
