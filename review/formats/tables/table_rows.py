"""Rows of a table, whatever file they are in: what a row below the header is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from review.formats.characters.literal import literal_list
from review.formats.characters.markup import break_lines
from review.formats.characters.text import collapse, collapsed_lines, doi_in, is_only, unescape, year_in
from review.formats.citations.meant import as_meant
from review.formats.citations.reference import dated_name, in_label
from review.formats.citations.reference_title import title_in
from review.formats.citations.title_alone import titled
from review.formats.columns.csv_columns import BLANK, FIELDS, squash
from review.formats.columns.mapped import Mapped
from review.formats.json import csl_json
from review.formats.people.author_habits import Habits
from review.formats.people.author_lists import split_authors, unglued, without_editors
from review.formats.people.beside_names import bare_names, without_ids
from review.formats.people.editors import PARTED, PEOPLE, parted
from review.formats.people.name_pieces import in_pairs
from review.formats.tables import table_ids
from review.formats.tables.csv_cells import Cells, cleaned
from review.formats.tables.csv_line import unguarded
from review.formats.tables.csv_objects import is_object, work_of
from review.formats.tables.scholar_line import scholar_line
from review.formats.tables.spreadsheet import year_of_serial, year_shown_as_day, year_shown_short
from review.formats.tables.table_citation import citation_of
from review.formats.tables.table_foot import no_entry
from review.formats.tables.table_habits import STUDIES, WORKS
from review.formats.tables.table_links import with_addresses, without_links
from review.formats.tables.table_numbers import id_of, issn_of, number_of, pages_behind, type_of, ungrouped, volume_of
from review.formats.values.bag import Bag
from review.formats.values.carried import MARK, apply, take
from review.formats.values.fields import bare_title, is_bare, person, says_none, says_nothing, serials, several_urls, tidy, with_own_number
from review.formats.values.ids import own_id_in
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.kinds import kind_of
from review.formats.values.numbers import pages
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

NEXT = ";"  # between several authors in columns for the parts of one's name


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, or its number; its cells; the row as it stood there."""

    line: int
    cells: list[str]
    raw: str

    @property
    def empty(self) -> bool:
        return not any(c.strip(BLANK) for c in self.cells)


def entry(row: Row, header: list[str], mapped: Mapped, above: Sequence[str] = ()) -> Record | Reject:
    """What a row below the header is. above: text that stood above the header, for `extra`."""
    ours = mapped.told >= 0
    cells, width = [unguarded(c.strip(BLANK)) for c in row.cells] if ours else cleaned(row.cells), len(header)
    told = None
    if ours:
        # The last column is ours; what is too long for a cell goes on in those behind it.
        told = take(Bag([("told", MARK + "".join(row.cells[mapped.told :]))]), "told")
        if told is not None:
            cells = [*cells[: mapped.told], ""]
    if any(cells[width:]):
        return Reject(line=row.line, reason=f"{len(cells)} cells in a table of {width} columns", raw=row.raw)
    if len(cells) < width:
        # Some writers leave out empty cells at the end. A line with one cell is more often half of a broken row.
        if len(cells) == 1 and width > 2:
            return Reject(line=row.line, reason=f"1 cell in a table of {width} columns", raw=row.raw)
        cells += [""] * (width - len(cells))
    cells, addresses = without_links(cells[:width], mapped) if told is None and '"http' in row.raw else (cells[:width], [])
    record = _written_out(row, header, cells, mapped, above) or record_of(Cells(cells, header, mapped), row, above)
    record = with_addresses(record, addresses)
    if told is not None:
        return apply(record, told)
    if is_bare(record) or _is_numbered_only(record):
        return Reject(line=row.line, reason="no title, abstract or identifier", raw=row.raw)
    if why := no_entry(cells):
        return Reject(line=row.line, reason=why, raw=row.raw)
    return record


def _is_numbered_only(record: Record) -> bool:
    """Whether a row has no more than its number in the table, as ASReview leaves one of a record that tells nothing."""
    return record.accession.isdecimal() and len(record.accession) < 7 and says_nothing(replace(record, accession=""))


def _written_out(row: Row, header: list[str], cells: list[str], mapped: Mapped, above: Sequence[str]) -> Record | None:
    """The record of a row whose cells hold objects, as its program had them."""
    if "{" not in row.raw or mapped.told >= 0 or mapped.given or (work := work_of(header, cells)) is None:
        return None
    found = csl_json.record(work, row.line, row.raw)
    # What its program flattened has a column of its own: `externalIds.DOI`, `journal.name`.
    told = record_of(Cells(["" if is_object(cell) else cell for cell in cells], header, mapped), row, ())
    lacking = {name: value for name in FIELDS if not getattr(found, name) and (value := getattr(told, name))}
    return replace(found, **lacking, extra=(*(("", line) for line in above), *found.extra))


def record_of(cells: Cells, row: Row, above: Sequence[str]) -> Record:
    """The record that cells tell of, whatever they tell."""
    extra = [("", line) for line in above]
    title = with_subtitle(bare_title(tidy(_item(cells.take("title")))), tidy(cells.take("subtitle")))
    # The ACM's, until 2017, name a book or a report in the place of what it is in.
    named_as_source = not title and cells.marked("booktitle", "articleno", "numpages")
    if named_as_source:
        title = tidy(cells.take("journal"))
    abstract = _abstract(cells.take_series("abstract"))
    names = cells.take_people()
    none = [("abstract", abstract)] if says_none(abstract) else []
    if len(names) == 1 and says_none(names[0]):
        none, names = [*none, ("authors", names[0])], []
    extra += none
    bare = [bare_names(name) for name in names]
    names, extra = [name for name, _ in bare], [*extra, *(kept for _, several in bare for kept in several)]
    if line := scholar_line(names[0]) if len(names) == 1 else None:
        names, extra = [line.people], [*extra, *([("publisher", line.publisher)] if line.publisher else [])]
    if cells.marked("itemdoi", "contenttype"):  # SpringerLink
        names = ["; ".join(unglued(name)) for name in names]
    if len(names) == 1 and cells.marked("fulltexturl", "languages", "publicationyear"):  # SciELO: `Roe, Ana, Poe Díaz, Luis`
        names = ["; ".join(in_pairs(names[0]))]
    authors = (
        split_authors(names[0], cells.people)
        if len(names) == 1
        else tuple(filter(None, (person(name.removeprefix("and ")) for name in names)))
    )
    authors, edited = without_editors(authors)
    extra += [("editor", name) for name in edited]
    if cells.marked("authornames") and names and names[-1].endswith(".") and authors and not authors[-1].endswith("."):
        authors = (*authors[:-1], f"{authors[-1]}.")  # Embase.com: the point is the name's, not the list's
    issn, isbn, unread = serials([*map(issn_of, cells.take_all("issn")), *cells.take_all("isbn")])
    extra += [("ISBN" if serials([value])[1] else "ISSN", value) for value in unread]
    links = table_ids.address(cells)
    url, urls = several_urls(links)
    extra += [("url", value) for value in urls]
    year = _year(cells) or (line.year if line else None)
    title = title or next(filter(None, (title_in(value, column=True) for _, value in cells.named("citation"))), "")
    citation, cited = citation_of(cells, title)
    if names and authors:
        columns = {squash(column) for column, _ in cells.named("authors")}
        labels = not (STUDIES | WORKS).isdisjoint(columns)
        dated = dated_name(authors[-1], labels or any("year" in column for column in columns))
        if dated and len(names) == 1 and (label := dated_name(names[0], always=True)):
            authors, year = in_label(label[0]) or split_authors(label[0], cells.people), year or label[1]
        elif dated:
            authors, year = (*authors[:-1], dated[0]), year or dated[1]
        # Of those whom a label names by one or two of them a citation has all.
        by_citation = cited and len(cited) >= len(authors) and (dated or labels or "et al" in names[-1])
        authors = cited if by_citation else authors
        extra += [("authors", "; ".join(names))] if dated or by_citation else []
    authors = authors or cited or _in_parts(cells)
    bodies = [tidy(name) for cell in cells.take_all("bodies") for name in _BETWEEN_BODIES.split(cell)]
    authors += tuple([body for body in dict.fromkeys(bodies) if body and body not in authors])
    doi = table_ids.doi(cells, links) or citation.doi
    pmid, pmcid = table_ids.pubmed(cells, links)
    paged = pages(number_of(cells, "pages")) or pages(number_of(cells, "start"), number_of(cells, "end")) or citation.pages
    paged = paged or pages(number_of(cells, "article number")) or pages_behind(cells)
    own = id_of(cells, "own id")
    keywords = tuple(dict.fromkeys(k for cell, comma in cells.take_keywords() for k in split_keywords(cell, comma=comma)))
    journal = (
        ""
        if named_as_source
        else tidy(_item(cells.take("journal")) or citation.journal or cells.take("conference") or (line.journal if line else ""))
    )
    journal, ids = without_ids(journal)
    if ids:
        issn, extra = issn or serials([ids])[0], [*extra, ("journal", ids.strip())]
    if title.endswith(",") and journal.endswith(","):  # scripts that cut a citation leave its commas
        title, journal = title.rstrip(" ,"), journal.rstrip(" ,")
    if journal.startswith(("10.", "http")) and (venue := doi_in(journal)) and is_only(venue, journal) and doi in ("", venue):
        journal, doi = "", venue  # where people had no name of a venue
    volume, issue = volume_of(cells)
    language, kind = cells.take("language").rstrip(";"), type_of(cells)
    issue = issue or ("" if kind_of(kind).name == "preprint" else cells.take("number"))
    if unread and not issue and (number := with_own_number(kind, "", unread)[0]):
        issue, extra = number, [pair for pair in extra if pair != ("ISSN", number)]
    extra += [("genre", text) for text in cells.take_all("genre")]
    # Its own id first; `record id` and `key` may be no more than row numbers.
    accession = own or own_id_in(links) or pmid or id_of(cells, "record id")
    extra += [pair for name, text in cells.rest() for pair in _apart(name, text, cells.people)]
    if any(name in PARTED for name, _ in extra):
        extra = parted(extra, kind)
    found = Record(
        line=row.line,
        raw=row.raw,
        title=title,
        abstract="" if says_none(abstract) else abstract or citation.abstract,
        authors=authors,
        year=year or citation.year,
        journal=journal,
        volume=volume or citation.volume,
        issue=issue or citation.issue,
        pages=paged,
        doi=doi or table_ids.named_doi(extra),
        pmid=pmid or table_ids.told(extra, accession),
        pmcid=pmcid,
        issn=issn or citation.issn,
        isbn=isbn,
        url=url,
        language=language,
        keywords=keywords,
        type=kind,
        accession=accession,
        extra=tuple(extra),
    )
    return titled(as_meant(found, "authors"))


def _apart(name: str, text: str, habits: Habits) -> Iterator[tuple[str, str]]:
    """What no field has taken, each part under its name."""
    if name == "date" and (dated := _NUMBERED_DATE.match(text)):
        yield from (("date", dated[1]), ("patent details", text))
    else:
        parts = _people(text, habits) if name in PEOPLE else text.split("\n") if name == "publisher" else (text,)
        yield from ((name, part) for part in parts)


def _people(text: str, habits: Habits) -> tuple[str, ...]:
    """The people in a cell, parted as the authors are; the whole of it where they are not all that it says."""
    found = split_authors(text, habits)
    return found if _letters(text) in (_letters("".join(found)), _letters(" and ".join(found))) else (text,)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _in_parts(cells: Cells) -> tuple[str, ...]:
    """Who is named in a column for each part of the name."""
    families, given = cells.take("family").split(NEXT), cells.take("given").split(NEXT)
    names = (", ".join(filter(None, map(collapse, parts))) for parts in zip_longest(families, given, fillvalue=""))
    return tuple([person(name) for name in names if name])


def _item(text: str) -> str:
    """The one item of a list that a program wrote out: Crossref's `['A title']`, in a data frame."""
    items = literal_list(text) if text[:2] in ("['", '["') else []
    return items[0] if len(items) == 1 else text


def _abstract(parts: list[str]) -> str:
    """Paragraphs, each on one line."""
    return break_lines(unescape(collapsed_lines("\n".join(parts))))


def _year(cells: Cells) -> int | None:
    """The year of the best date; a date that says more stays in `extra`."""
    for value in cells.values("year"):
        dated = _NUMBERED_DATE.match(value)  # Derwent's, where the number of a patent has a year in it too
        if (
            year := year_shown_as_day(value)
            or year_in(dated[1] if dated else ungrouped(value))
            or year_of_serial(value)
            or year_shown_short(value)
        ):
            if value.strip("/ ").removesuffix(".0") == str(year):
                cells.take("year")
            return year
    return None


_NUMBERED_DATE = lazy(r"[A-Z]{2}\w+-\w+\s+(\d{1,2} [A-Z][a-z]{2} \d{4})\b")
_BETWEEN_BODIES = lazy(r"\s*[;\n]\s*")
