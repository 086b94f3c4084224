"""Tables in a web page that CNKI, RISS, Wanfang and others call a workbook (.xls): each `<table>` is a sheet.

A page whose tables name no columns of works is none: it stays what `foreign` says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser

from review.formats.base import Format, Input, whole
from review.formats.characters.text import collapsed_lines, decode
from review.formats.columns.table_header import find_header
from review.formats.tables.merged import spread
from review.formats.tables.table_links import leading_to
from review.formats.tables.workbook import from_sheets, heading_of
from review.formats.tables.xlsx import trimmed
from review.model.patterns import lazy
from review.model.record import Record, Reject

_TABLE = lazy(r"(?is)\A[^<]{0,200}<(?:!doctype html|html|head|meta|table|style|body|div)\b.*?<tr\b")
_WIDEST = 200  # columns that one cell may span, and before which it may go down over rows: no list of references is wider
_Row = tuple[list[str], dict[int, int], dict[int, str]]  # its cells, over how many rows some of them go, and to what page some of them lead


class _Tables(HTMLParser):
    """The rows of each table, as text; of one within another, apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[_Row]] = []
        self._open: list[list[_Row]] = []
        self._going: list[dict[int, int]] = []  # of each of them: the columns of cells that go on, and for how many rows
        self._cells: list[list[str]] = []  # the texts of the cell that is open in each of them
        self._span = self._down = 1
        self._leads = ""  # where the open cell does
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "table":
            self._open.append([])
            self._cells.append([])
            self._going.append({})
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close()
            self._begin()
        elif tag in ("td", "th") and self._open:
            self._close()
            told = dict(attrs)
            self._span, self._down = min(_number(told.get("colspan")), _WIDEST), _number(told.get("rowspan"))
            self._cells[-1] = [""]
            self._leads = ""
        elif tag == "a" and self._cells and self._cells[-1] and not self._leads:
            self._leads = (dict(attrs).get("href") or "").strip()
        elif tag in ("br", "p", "div", "li") and self._cells and self._cells[-1]:
            self._cells[-1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th", "tr", "table") and self._open:
            self._close()
            if tag == "table":
                self._open.pop()
                self._cells.pop()
                self._going.pop()

    def handle_data(self, data: str) -> None:
        if self._cells and self._cells[-1] and not self._hidden:
            self._cells[-1].append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![if …]>`, Word's, up to its end: for HTML it is a comment. The parser's own stops with an error at what is not as it knows it."""
        return self.parse_bogus_comment(i, report)

    def broken_off(self, rest: str) -> None:
        """The end of the page, with text behind the last tag: it closes what is open."""
        self.handle_data(rest)
        while self._open:
            self.handle_endtag("table")

    def _close(self) -> None:
        if not self._cells[-1]:
            return
        text = collapsed_lines(_text_of(self._cells[-1]))
        if not self._open[-1]:
            self._begin()  # a cell without a row
        cells, down, leads = self._open[-1][-1]
        going = self._going[-1]
        while len(cells) in going and len(cells) not in down:  # where one of the rows above goes on
            cells.append("")
        if self._down > 1 and len(cells) < _WIDEST:
            down |= dict.fromkeys(range(len(cells), len(cells) + self._span), self._down)
        if self._leads:
            leads[len(cells)] = self._leads
        cells += [text, *[""] * (self._span - 1)]
        self._cells[-1] = []
        self._span = self._down = 1

    def _begin(self) -> None:
        """Another row."""
        rows, going = self._open[-1], self._going[-1]
        above = rows[-1][1] if rows else {}
        self._going[-1] = {n: left - 1 for n, left in going.items() if left > 1} | {n: count - 1 for n, count in above.items()}
        rows.append(([], {}, {}))


def _number(told: str | None) -> int:
    return max(1, int(told)) if told and told.isdecimal() and len(told) < 5 else 1


def _text_of(parts: list[str]) -> str:
    """The text of a cell: the ends of lines in the page are blanks."""
    return "".join(part if part == "\n" else part.replace("\n", " ").replace("\r", " ") for part in parts)


def _sheets(text: str) -> dict[str, list[list[str]]]:
    page = _Tables()
    end = text.rfind(">") + 1
    page.feed(text[:end])
    page.close()
    page.broken_off(unescape(text[end:]))  # in which the parser would look for the end of each tag anew
    return {f"table {number}": list(_with_links(rows)) for number, rows in enumerate(page.tables, 1)}


def _with_links(rows: Sequence[_Row]) -> Iterator[list[str]]:
    """The rows, those below the header with where their cells lead to."""
    header = find_header(cells for cells, _, _ in rows) if any(leads for _, _, leads in rows) else None
    below = header.row if header else len(rows)
    linked = (
        [leading_to(c, leads[n]) if n in leads and at > below else c for n, c in enumerate(cells)]
        for at, (cells, _, leads) in enumerate(rows)
    )
    yield from spread((trimmed(cells), down) for cells, (_, down, _) in zip(linked, rows, strict=True))


def score(head: str) -> float:
    """0.8 for a web page with a table whose header names works, else 0."""
    if not _TABLE.match(head):
        return 0.0
    return 0.8 if any(find_header(rows) for rows in _sheets(head).values()) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header of each table of works, as `workbook.from_sheets` says.

    Raises FormatError where no table has such a header.
    """
    rows = _sheets(decode(whole(data)).text)
    yield from from_sheets(rows, lambda name: iter(rows[name]), columns or {})


def heading(data: Input) -> str:
    """The names of the columns. Raises FormatError as `read` does."""
    rows = _sheets(decode(whole(data)).text)
    return heading_of(rows, lambda name: iter(rows[name]))


FORMAT = Format("html-table", "table in a web page (.xls of CNKI and RISS)", score, read, heading=heading, mapped=True)
