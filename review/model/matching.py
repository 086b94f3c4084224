"""Which report a row of somebody's table means: by key, DOI, PMID or title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from review.errors import UsageError
from review.model.fitting import best_fitting
from review.model.patterns import lazy
from review.model.plain_text import squashed
from review.model.record import Report

_DOI = lazy(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_PLACE = lazy(r"(?P<source>.*[^\W\d_])[\s_#-]*(?P<place>\d{1,7})")
POINTERS = ("key", "doi", "pmid", "title")  # what says which report a row is about, the surest first
# Which words in a header mean which of our fields, in the order in which they are looked for.
NAMES: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "record", "report", "record_key", "report_key"),
    "doi": ("doi", "digital object identifier", "doi link", "doi url"),
    "pmid": ("pmid", "pubmed id", "pubmedid", "medline pmid"),
    "title": (
        "title",
        "primary title",
        "article title",
        "document title",
        "study title",
        "paper title",
        "item title",
        "citation title",
        "ti",
        "titel",
        "titre",
    ),
    "abstract": ("abstract", "citation abstract"),
    "year": ("year", "publication year", "published year", "py"),
    # What tells reports of one title apart.
    "journal": ("journal", "journal title", "source title", "secondary title", "publication title", "journal/book"),
    "volume": ("volume", "vol"),
    "issue": ("issue", "issue number"),
    "pages": ("pages", "page range", "start page", "page start"),
    "authors": ("authors", "author", "author names", "first authors"),
}


LIKE = 95.0  # per cent: how alike two titles are that may be one, mangled on its way through a tool
UNLIKE = 90.0  # and how unlike every other title must be
CUT = 0.8  # of a title that was cut, or lost its last words, so much must be there: a subtitle may make it another paper's


@dataclass(frozen=True)
class Found:
    """reports: keys, empty if nothing fits; why: why not, or how it was found where that was not exact."""

    reports: tuple[str, ...]
    why: str = ""


class Matcher:
    """Finds reports. Those of one title, or of one DOI, are told apart by their abstracts where the row has one, and by the rest of it.

    Titles lose their accents, hyphens and odd characters on their way through other tools. So after the exact
    title come the title of its ASCII letters alone, then the one title that is at least 95 % alike while no
    other is 90 %, then the one that only ends in a few words more or less. Where other tools name records by their number in a source (github12), and that source was
    imported from one file, its 12th record is meant.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self._by: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in (*POINTERS, "own id", "ascii", "start")}
        self._abstract: dict[str, str] = {}
        self._reports = {report.key: report for report in reports}
        self._places: dict[tuple[str, int], str] | None = None  # once somebody asks
        for report in reports:
            self._by["key"][report.key].add(report.key)  # of linked studies, the name that a person gave
            for record in report.records:
                self._by["key"][record.key].add(report.key)
                for name, value in (
                    ("doi", record.doi.lower()),
                    ("pmid", record.pmid),
                    ("title", squashed(record.title)),
                    ("ascii", _ascii(record.title)),
                    ("start", _start(record.abstract)),
                ):
                    if value:
                        self._by[name][value].add(report.key)
                if any(map(str.isalpha, record.accession)):  # a bare number may be that of any source
                    self._by["own id"][record.accession].add(report.key)
            self._abstract[report.key] = squashed(report.best("abstract"))

    def find(self, row: Mapping[str, str]) -> Found:
        """The report of a row: our field names -> text; empty fields are passed over.

        More than one key is given only where several reports share the title and nothing tells them apart.
        """
        tried = []
        for name in POINTERS:
            value = _normal(name, row.get(name, ""))
            if not value:
                continue
            tried.append(name)
            own = self._by["own id"].get(value, set()) if name == "key" else set()
            if found := self._by[name].get(value) or (own if len(own) == 1 else None):
                return self._contradicted(row, name, found) or self._doubted(row, name, self._meant(row, found))
        if not tried:
            return Found((), "has no key, DOI, PMID or title")
        if found := self._by["start"].get(_start(row.get("abstract", ""))):
            return self._meant(row, found, "found by its abstract")
        return (
            self._mangled(row)
            or self._numbered(row.get("title", ""))
            or Found((), f"no report has this {' or '.join(tried)}{_told(row, tried)}")
        )

    def _meant(self, row: Mapping[str, str], found: Collection[str], why: str = "") -> Found:
        """Those of the reports found that the row fits best."""
        if len(found) > 1 and (abstract := squashed(row.get("abstract", ""))):
            # Some exports put a citation before the abstract, or cut it: one within the other is enough.
            alike = {k for k in found if (a := self._abstract[k]) and (a[:300] in abstract or abstract[:300] in a)}
            found = alike or found
        if len(found) > 1:
            found = best_fitting({**row, "doi": _normal("doi", row.get("doi", ""))}, [self._reports[k] for k in found])
        return Found(tuple(sorted(found)), why)

    def _contradicted(self, row: Mapping[str, str], name: str, found: Collection[str]) -> Found | None:
        """None, unless the title of a row is that of another report than its key, DOI or PMID: one column of a sheet was sorted or filled down."""
        titled = self._by["title"].get(_normal("title", row.get("title", "")), set()) if name != "title" else set()
        if not titled or titled & set(found):
            return None
        return Found((), f"its {_CALLED[name]} is that of {min(found)}, its title that of {min(titled)}")

    def _doubted(self, row: Mapping[str, str], name: str, found: Found) -> Found:
        """The same, with what of the row is another's, where it says that beside what the report was found by: taken, and to be looked at."""
        if not found.reports or found.why:
            return found
        reports = [self._reports[key] for key in found.reports]
        title, year = _ascii(row.get("title", "")), row.get("year", "").strip()[:4]
        titles = [_ascii(record.title) for report in reports for record in report.records]
        known = {record.year for report in reports for record in report.records if record.year}
        if name != "title" and len(title) >= SHORT and not any(fuzz.partial_ratio(title, one) >= _UNLIKELY for one in titles if one):
            return replace(found, why=f"found by its {_CALLED[name]}, but its title is another")
        if name == "title" and year.isdecimal() and known and all(abs(int(year) - one) > 1 for one in known):
            return replace(found, why=f"found by its title, but its year is {year}, and not {min(known)}")
        return found

    def _numbered(self, title: str) -> Found | None:
        match = _PLACE.fullmatch(title.strip())
        if not match:
            return None
        if self._places is None:
            self._places = _places(self._reports.values())
        source, place = match["source"].casefold(), int(match["place"])
        found = self._places.get((source, place))
        return Found((found,), f"taken for record {place:,} of {source}") if found else None

    def _mangled(self, row: Mapping[str, str]) -> Found | None:
        wanted = _ascii(row.get("title", ""))
        if len(wanted) < SHORT:
            return None
        if found := self._by["ascii"].get(wanted):
            return self._meant(row, found)
        near = process.extract(wanted, list(self._by["ascii"]), scorer=fuzz.ratio, limit=2, score_cutoff=UNLIKE)
        # The first and the second part of a paper are as alike as two titles can be: their numbers tell.
        if near and near[0][1] >= LIKE and len(near) == 1 and _digits(near[0][0]) == _digits(wanted):
            return self._meant(row, self._by["ascii"][near[0][0]], f"title {near[0][1]:.0f} % alike")
        begun = [title for title in self._by["ascii"] if _begins(title, wanted)]
        if len(begun) == 1:
            return self._meant(row, self._by["ascii"][begun[0]], "title begins alike")
        return None


def _places(reports: Iterable[Report]) -> dict[tuple[str, int], str]:
    """(source, number of the record in it) -> report, for the sources that came in one file."""
    by: dict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
    for report in reports:
        for r in report.records:
            by[r.source].append((r.searched, r.file, r.line, report.key))
    one = {source: sorted(rows) for source, rows in by.items() if len({row[:2] for row in rows}) == 1}
    return {(source.casefold(), n): row[3] for source, rows in one.items() for n, row in enumerate(rows, 1)}


_CALLED = {"key": "key", "doi": "DOI", "pmid": "PMID"}
_UNLIKELY = 60  # two titles that are less alike are not one, but perhaps a translation
LONG = 150
SHORT = 20  # letters: below that, titles are alike by chance


def _begins(one: str, two: str) -> bool:
    """Whether the one title is the other with a few words more at its end, none of them a number."""
    short, long = sorted((one, two), key=len)
    rest = long[len(short) :]
    return len(short) >= 2 * SHORT and len(short) >= CUT * len(long) and long.startswith(short) and len(rest) > 3 and not _digits(rest)


def _digits(title: str) -> str:
    return "".join(c for c in title if c.isdigit())


def _ascii(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def _told(row: Mapping[str, str], tried: Sequence[str]) -> str:
    return "" if tried[-1] == "title" else f" ({row[tried[-1]].strip()[:80]})"


def _start(abstract: str) -> str:
    """The beginning of an abstract, if there is enough of it to tell one from another."""
    letters = squashed(abstract)[:LONG]
    return letters if len(letters) == LONG else ""


def _normal(name: str, value: str) -> str:
    value = value.strip()
    if name == "doi":
        match = _DOI.search(value)
        return match.group().rstrip(".,;)").lower() if match else ""
    if name == "pmid":
        return value.removesuffix(".0")
    return squashed(value) if name == "title" else value


def columns_for(header: Sequence[str], wanted: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> dict[str, str]:
    """Our field -> the column that holds it: as given, else by name. Raises UsageError for a given one that is not there."""
    lower = {h.strip().lower(): h for h in reversed(header)}
    lower = {_spaced(h): h for h in reversed(header)} | lower  # as it is written comes first
    found = {}
    for field, names in wanted.items():
        if field in given:
            column = given[field]
            if not column:
                continue  # there is none, whatever the header says
            if column not in header and column.lower() not in lower:
                raise UsageError(f"There is no column '{column}'.", f"There are: {', '.join(header)}.")
            found[field] = column if column in header else lower[column.lower()]
        elif match := next((lower[n] for name in (field, *names) for n in (name, _spaced(name)) if n in lower), None):
            found[field] = match
    return found


def _spaced(name: str) -> str:
    """A name without its signs: Pubmed_ID, (PubMed ID), "Title:"."""
    return " ".join(re.findall(r"[^\W_]+", name.lower()))
