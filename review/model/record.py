"""Record, reject, search, and the links and reports that deduplication makes of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from review.model.best import said_best
from review.model.patterns import lazy
from review.model.plain_text import NOT_WORD, is_mojibake, plain
from review.model.quick import quickly_made

if TYPE_CHECKING:
    from review.model.run import SearchRun


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One title/abstract as one source gave it. Immutable.

    A parser fills the bibliographic fields, `line` and `raw`; `key`, `source`, `searched`, `file` and `imprint` are
    empty until the record is admitted to a review.
    """

    key: str = ""
    source: str = ""
    searched: str = ""  # the date of the search, YYYY-MM-DD
    file: str = ""  # sha256 of the file it came in, so that renaming a file changes nothing
    imprint: str = ""  # of what stands in no volume: who brought it out, its number and day, of `formats.imprint`
    line: int = 0  # 1-based, in that file
    raw: str = ""  # the entry as it stood there

    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()  # "Family, Given" or as the source wrote it
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""  # bare and in lower case: 10.1000/x
    pmid: str = ""
    pmcid: str = ""
    issn: str = ""
    isbn: str = ""
    url: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    type: str = ""
    accession: str = ""  # the source's own id
    extra: tuple[tuple[str, str], ...] = ()  # what has no field of ours, as it came: (tag, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """An entry that could not become a record: counted, listed, kept with its text."""

    line: int
    reason: str
    raw: str = ""
    source: str = ""
    searched: str = ""
    file: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON, without the fields that an import fills."""
        return {"line": self.line, "reason": self.reason, "raw": self.raw}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A file that a search returned, kept unchanged; on disk it may lie compressed (gzip)."""

    name: str
    sha256: str  # of the content, uncompressed
    size: int  # bytes, uncompressed
    format: str
    parsed: int
    rejected: int
    columns: tuple[tuple[str, str], ...] = ()  # a mapping a person gave: (field, column)
    packed: str = ""  # sha256 of the gzip or ZIP that it came in, as that came


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One execution of a strategy on a source at a time."""

    source: str
    date: str  # YYYY-MM-DD
    query: str = ""  # as sent
    translation: str = ""  # as the source says that it understood it
    announced: int | None = None  # the count the source gave, None where nobody recorded it
    files: tuple[ArchivedFile, ...] = ()
    run: SearchRun | None = None  # how it was run, where the program ran it itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records and why they are, may be, or are not the same report."""

    a: str
    b: str
    probability: float  # that both are the same report, 0..1
    rule: str  # the name of the rule that decided
    evidence: str  # in words: "same DOI; title 98 %"
    verdict: str  # duplicate, unsure, different, or one of `related.RELATIONS`


_MERGED = (
    "title", "abstract", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "issn", "isbn", "url", "language",
    "type",
)  # fmt: skip
# Where people write of a reference, each as they like: notes, labels, files, fields of their own.
_WRITTEN = lazy(r"(?i)notes?|annote|file|label|(?:research.|user.)\S*|RN|LB|[CUL]\d|custom\s?\d|owner|groups")


def text_of(value: object) -> str:
    """The value of a field as text, '; ' between the parts of a list; '' for none."""
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


_OF_THE_ACCESSION = {"database", "provider"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The document behind one or more records. Its key is the smallest key among them."""

    key: str
    records: tuple[Record, ...] = field(default=())

    def best(self, name: str) -> str:
        """The field as text, from the record that says it best; of equals, from the first in key order.

        A number or identifier is what most records say, of the year those with a place, a list or an abstract that of the record that has most of
        it, names and a title such as no spreadsheet damaged and are not all in capitals, of titles that begin alike the one that goes on, a
        journal's name the one in full, a type one that says something. Mis-decoded text (Ã© for é) is taken only where no other record has about as much.
        """
        return text_of(self._best(name))

    def _best(self, name: str) -> Any:
        """`best` as the record has it; what the first has, where none has any."""
        # Ahead of print an article may have another year than its volume.
        placed = [r for r in self.records if r.year and r.volume and r.pages] if name == "year" else []
        values = [v for record in placed or self.records if (v := getattr(record, name))]
        texts = list(map(text_of, values))
        if len(texts) < 2:
            return values[0] if values else getattr(self.records[0], name) if self.records else ""
        journals = {plain(r.journal) for r in self.records} if name == "title" else ()
        best = said_best(name, texts, journals)
        if is_mojibake(best):  # longer than the text that it was: of the fullest it would be the choice wherever there is one
            much = len(values[texts.index(best)])  # of a list its parts
            whole = [t for v, t in zip(values, texts, strict=True) if 5 * len(v) >= 4 * much and t[0] != "#" and not is_mojibake(t)]
            best = said_best(name, whole or texts, journals)
        return values[texts.index(best)]

    def merged(self) -> Record:
        """The first record with the best of each field of all, the keywords of all, and what it lacks of what stands in no field of ours: the
        report as one reference. The database is that of the accession number: beside another's it would be a number there."""
        first, *others = self.records
        if not others:
            return first
        keywords: dict[str, str] = {}
        for words in (self._best("keywords"), *(r.keywords for r in self.records)):
            for word in words or ():
                keywords.setdefault(plain(word) or word, word)
        extra = list(first.extra)
        for record in others:
            has, values = {name for name, _ in extra}, set(extra)
            if first.accession and record.accession != first.accession:
                has |= _OF_THE_ACCESSION
            extra += [one for one in record.extra if one[0] not in has or (_WRITTEN.fullmatch(one[0]) and one not in values)]
        best = {name: self._best(name) for name in _MERGED}
        return replace(first, **best, keywords=tuple(keywords.values()), extra=tuple(extra))

    @property
    def title(self) -> str:
        return self.best("title")

    @property
    def place(self) -> str:
        """Volume, issue and pages as a reference prints them: 14(2):123-139."""
        volume, issue, pages = self.best("volume"), self.best("issue"), self.best("pages")
        place = f"{volume}{f'({issue})' if issue else ''}"
        return f"{place}:{pages}" if place and pages else place or pages

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(r.key for r in self.records)


def as_in_a_key(own_id: str) -> str:
    """A source's own id as it stands in a key: WOS:0001 as WOS-0001, 2-s2.0-85 as 2-s2-0-85."""
    return NOT_WORD.sub("-", own_id.strip())


_RUNNING_NUMBER = lazy(r"\d{1,5}")


def record_key(source: str, record: Record) -> str:
    """The key of a record: its source and that source's own id, or a hash of its normalised content.

    Short bare numbers, and Covidence's `#12`, are row numbers as often as ids and would change from export to export: they are not
    taken for ids, unless the record says that they are PMIDs.
    """
    if record.accession and not (_RUNNING_NUMBER.fullmatch(record.accession.removeprefix("#")) and record.accession != record.pmid):
        return f"{source}:{as_in_a_key(record.accession)}"
    content = "\x1f".join(
        (
            plain(record.title),
            "\x1e".join(plain(a) for a in record.authors),
            str(record.year or ""),
            plain(record.journal),
            record.volume,
            record.issue,
            record.pages,
            record.doi,
            plain(record.abstract),
            record.url,
        )
    )
    return f"{source}:h{hashlib.sha256(content.encode()).hexdigest()[:16]}"
