"""Tables: CSV, TSV, semicolons. Delimiter and header row are found in the text, columns by their names."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.citation import Citation, looks_like_citation, parse_citation
from review.formats.csv_cells import BLANK, Cells, clean
from review.formats.csv_columns import Mapped, map_columns
from review.formats.fields import is_bare, pmcid_in, pmid_in, serials, split_authors, split_keywords, tidy
from review.formats.text import collapse, decode, doi_in, normalise, pages, unescape, year_in
from review.model.record import Record, Reject

# An abstract pasted with its whole paper is longer than csv's default limit of 128 KiB for a cell.
csv.field_size_limit(sys.maxsize)

_DELIMITERS = (",", "\t", ";", "|")
_HEADER_WITHIN = 40  # rows: some exports begin with the search that was run
# A line of a search strategy names fields too: `deaf*.mp. [mp=title, abstract, heading word]`
_STRATEGY = re.compile(r"[\[\]{}*$]|\b(?:OR|AND)\b")
_NAMING = ("title", "abstract", "doi", "pmid")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]
    raw: str

    @property
    def empty(self) -> bool:
        return not any(c.strip(BLANK) for c in self.cells)


@dataclass(frozen=True, slots=True)
class _Layout:
    delimiter: str
    row: int  # of the header, counted from 0
    header: list[str]
    known: int  # how many fields its names are


def score(head: str) -> float:
    """0.5 to 0.9 for text with a header row whose names are fields of ours, at least one of them naming a work; else 0."""
    layout = _layout(normalise(head))
    return min(0.9, 0.4 + 0.1 * layout.known) if layout else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header; empty rows and repeated headers are no entries.

    `columns` (field -> column) says where a field is, against what its name suggests. What stands above the header
    goes to `extra` of the first record. Raises FormatError where there is no header or no such column.
    """
    text = normalise(decode(whole(data)).text)
    layout = _layout(text) or _given_layout(text, columns or {})
    if not layout:
        raise FormatError(
            "no header row found in it",
            "The first row must name the columns, a title or abstract among them; name others with `field=column`.",
        )
    mapped = map_columns(layout.header, columns)
    yield from _read(text, layout, mapped)


def _read(text: str, layout: _Layout, mapped: Mapped) -> Iterator[Record | Reject]:
    above: list[str] = []
    for number, row in enumerate(_rows(text, layout.delimiter, len(layout.header))):
        if number <= layout.row:
            above += [row.raw] if number < layout.row and row.raw.strip() else []
        elif isinstance(row, Reject):
            yield row
        elif not row.empty and [c.strip(BLANK) for c in row.cells] != layout.header:
            result = _entry(row, layout.header, mapped, above)
            if isinstance(result, Record):
                above = []
            yield result


def _layout(text: str) -> _Layout | None:
    """The delimiter and header row by which most names are known; the earliest such row."""
    best: _Layout | None = None
    head = text[:65536]
    for delimiter in _DELIMITERS:
        if delimiter not in head:
            continue
        for number, row in enumerate(islice(csv.reader(_lines(head), delimiter=delimiter), _HEADER_WITHIN)):
            header = [c.strip(BLANK) for c in row]
            # Names are short: a row with a long cell is no header, and need not be looked up.
            if len(header) < 2 or max(map(len, header)) > 200 or any(_STRATEGY.search(c) for c in header):
                continue
            fields = map_columns(header).fields
            if len(fields) < 2 or not any(name in fields for name in _NAMING):
                continue
            if best is None or len(fields) > best.known:
                best = _Layout(delimiter, number, header, len(fields))
            break
    return best


def _given_layout(text: str, columns: Mapping[str, str]) -> _Layout | None:
    """Where nobody knows the names but a person has given some, or there is one column only: the first full row."""
    for delimiter in _DELIMITERS:
        for number, row in enumerate(islice(csv.reader(_lines(text[:65536]), delimiter=delimiter), _HEADER_WITHIN)):
            header = [c.strip(BLANK) for c in row]
            if columns and all(c in header for c in columns.values()):
                return _Layout(delimiter, number, header, 0)
    for delimiter in _DELIMITERS:
        first = next(csv.reader(_lines(text[:65536]), delimiter=delimiter), [])
        header = [c.strip(BLANK) for c in first]
        if columns and len(header) > 1:
            return _Layout(delimiter, 0, header, 0)
        if len(header) == 1 and any(name in map_columns(header).fields for name in _NAMING):
            return _Layout(delimiter, 0, header, 0)
    return None


def _lines(text: str) -> list[str]:
    # NUL is no character of any text; csv would end the cell at it in some versions of Python.
    return [f"{line}\n" for line in text.replace("\x00", "").split("\n")]


def _rows(text: str, delimiter: str, width: int) -> Iterator[_Row | Reject]:
    """The rows with the line where each begins.

    A quotation mark that never closes would swallow the rows after it, up to the next mark or the end. A row over
    several lines whose marks do not fit is given up with its first line, and reading goes on with the next.
    Between tabs, a mark may be meant as one: where the first line has all the cells by itself, it is the row.
    """
    lines = _lines(text)
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        before = 0
        for cells in reader:
            number, raw = start + before, "".join(lines[start + before : start + reader.line_num])
            if reader.line_num > before + 1:
                first = lines[number].rstrip("\n")
                broken, naive = _broken(raw, delimiter), first.split(delimiter)
                if delimiter == "\t" and len(naive) == width and (broken or len(cells) != width):
                    yield _Row(number + 1, naive, first)
                    start = number + 1
                    break
                if broken:
                    yield Reject(line=number + 1, reason="a quotation mark opens in this row and never closes", raw=first)
                    start = number + 1
                    break
            yield _Row(number + 1, cells, raw.rstrip("\n"))
            before = reader.line_num
        else:
            return


def _broken(raw: str, delimiter: str) -> bool:
    """True where a quotation mark never closes, or closes in the middle of a cell."""
    try:
        list(csv.reader(_lines(raw.rstrip("\n")), delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def _entry(row: _Row, header: list[str], mapped: Mapped, above: list[str]) -> Record | Reject:
    cells, width = [clean(c) for c in row.cells], len(header)
    if any(cells[width:]):
        return Reject(line=row.line, reason=f"{len(cells)} cells in a table of {width} columns", raw=row.raw)
    if len(cells) < width:
        # Some writers leave out empty cells at the end. A line with one cell is more often half of a broken row.
        if len(cells) == 1 and width > 2:
            return Reject(line=row.line, reason=f"1 cell in a table of {width} columns", raw=row.raw)
        cells += [""] * (width - len(cells))
    record = _record(Cells(cells[:width], header, mapped), row, above)
    if is_bare(record):
        return Reject(line=row.line, reason="no title, abstract or identifier", raw=row.raw)
    return record


def _record(cells: Cells, row: _Row, above: list[str]) -> Record:
    extra = [("", line) for line in above]
    title = tidy(cells.take("title"))
    abstract = _abstract(cells.take_series("abstract"))
    names = cells.take_series("authors")
    authors = split_authors(names[0]) if len(names) == 1 else tuple(tidy(n) for n in names)
    issn, isbn, unread = serials([*cells.take_all("issn"), *cells.take_all("isbn")])
    extra += [("ISSN", value) for value in unread]
    url = cells.take("url")
    year = _year(cells)
    citation = _citation(cells)
    doi = _doi(cells, url) or citation.doi
    pmid, pmcid = _pubmed_ids(cells, url)
    start, end = cells.take("start"), cells.take("end")
    paged = pages(cells.take("pages")) or pages(start, end) or citation.pages or cells.take("article number")
    own = cells.take("own id")
    return Record(
        line=row.line,
        raw=row.raw,
        title=title,
        abstract=abstract or citation.abstract,
        authors=authors,
        year=year or citation.year,
        journal=tidy(cells.take("journal") or citation.journal),
        volume=cells.take("volume") or citation.volume,
        issue=cells.take("issue") or citation.issue,
        pages=paged,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn or citation.issn,
        isbn=isbn,
        url=url,
        language=cells.take("language"),
        keywords=tuple(dict.fromkeys(k for cell in cells.take_all("keywords") for k in split_keywords(cell, comma=True))),
        type="; ".join(dict.fromkeys(cells.take_series("type"))),
        # Its own id first; `record id` and `key` may be no more than row numbers.
        accession=own or pmid or cells.take("accession") or cells.take("record id"),
        extra=(*extra, *cells.rest()),
    )


def _abstract(parts: list[str]) -> str:
    """Paragraphs, each on one line."""
    lines = (collapse(line) for part in parts for line in part.split("\n"))
    return unescape("\n".join(line for line in lines if line))


def _doi(cells: Cells, url: str) -> str:
    for value in cells.values("doi"):
        if doi := doi_in(value):
            if len(value) <= len(doi) + len("https://dx.doi.org/") + 2:
                cells.take("doi")
            return doi
    # An address names a DOI where it is the resolver's, or where nothing follows: a publisher's page may add `/full`.
    return doi_in(cells.typed("doi")) or (doi_in(url) if "doi.org/" in url else "")


def _pubmed_ids(cells: Cells, url: str) -> tuple[str, str]:
    pmid = next((p for v in cells.values("pmid") if (p := pmid_in(v, bare=True))), "")
    pmcid = next((p for v in cells.values("pmcid") if (p := pmcid_in(v))), "")
    for name, found in (("pmid", pmid), ("pmcid", pmcid)):
        if found in cells.values(name):
            cells.take(name)
    return pmid or pmid_in(cells.typed("pmid"), bare=True) or pmid_in(url), pmcid


def _year(cells: Cells) -> int | None:
    """The year of the best date; a date that says more stays in `extra`."""
    for value in cells.values("year"):
        if year := year_in(value):
            if value.strip("/ ").removesuffix(".0") == str(year):
                cells.take("year")
            return year
    return None


def _citation(cells: Cells) -> Citation:
    """The citation, if the row has one; it stays in `extra`, for what could not be read of it."""
    for value in cells.values("citation"):
        if looks_like_citation(value) or value.startswith("Description:"):
            return parse_citation(value)
    if not cells.values("journal") and cells.values("citation"):
        return Citation(journal=cells.take("citation"))
    return Citation()


FORMAT = Format("csv", "table (CSV, TSV, semicolons) with a header row", score, read)
