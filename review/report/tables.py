"""References and labels of reports, and lists as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from review.model.patterns import lazy
from review.model.people import family
from review.model.record import Report

if TYPE_CHECKING:
    import polars as pl


def anchor(text: str) -> str:
    """An id for a key: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)


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
    return "".join(",".join(_quoted(safe(cell)) for cell in row) + "\r\n" for row in (header, *rows))


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RUNS = "^[=+\\-@\t\r]"
_ODD = lazy(r'[,"\r\n]')


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _ODD.search(cell) else cell


def safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def safe_cells() -> pl.Expr:
    """The same of all columns."""
    import polars as pl  # what asks for references alone starts without it

    cell = pl.all()
    return pl.when(cell.str.contains(_RUNS)).then("'" + cell).otherwise(cell).name.keep()
