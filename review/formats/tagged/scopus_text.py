"""Scopus's plain text: people, their ids, title and citation each on a line, then `ABSTRACT: …` and the like; `SOURCE: Scopus` is the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, normalise
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

_HEAD = lazy(r"\A\s*Scopus\s*\n\s*EXPORT DATE:", re.IGNORECASE)
_TOP = lazy(r"\s*(?:Scopus|EXPORT DATE:.*)\s*$", re.IGNORECASE)
_OTHER = lazy(r"^(?:@\w+\s*\{|TY  -)", re.MULTILINE)  # its BibTeX begins with the same two lines
_LAST = lazy(r"SOURCE: +\S.*$")
_LABEL = lazy(r"([A-Z][A-Z0-9 /&'-]{1,44}): *(.*)")
_IDS = lazy(r"[\d; ]+$")
_ID_BEHIND = lazy(r" \(\d{6,}\)")
# `(2018) Social Science and Medicine, 200 (3), art. no. 45, pp. 107-116. Cited 12 times.`
_LONGEST = 2000  # letters of a line that says where a work is: the pattern is slow on more
_CITATION = lazy(
    r"\((?P<year>\d{4})\) (?P<journal>.+?)(?:, (?P<volume>(?=[\w./-]*\d|[IVXLC]+\b)(?!pp?\.)[\w./-]+(?: [\w./-]+)?)(?: \((?P<issue>[^()]+)\))?|, \((?P<alone>[^()]+)\))?"
    r"(?:, art\. no\. (?P<article>[^,]+?))?(?:, pp?\. (?P<pages>[^,]+?))?(?:, \. Article in Press)?[., ]*(?:Cited (?P<cited>\d+) times?\.?)?$"
)
_NAMES = {
    "ABBREVIATED SOURCE TITLE": "abbreviated source title", "ABSTRACT": "abstract", "AFFILIATIONS": "affiliations", "AUTHOR FULL NAMES": "author full names",
    "AUTHOR KEYWORDS": "author keywords", "CONFERENCE NAME": "conference name", "DOCUMENT TYPE": "document type", "DOI": "doi", "EDITORS": "editors",
    "INDEX KEYWORDS": "index keywords", "ISBN": "isbn", "ISSN": "issn", "LANGUAGE OF ORIGINAL DOCUMENT": "language", "PUBLISHER": "publisher",
    "PUBMED ID": "pubmed id", "SOURCE": "database",
}  # fmt: skip


def score(head: str) -> float:
    """1 for text that begins with `Scopus` and `EXPORT DATE:` and goes on in no other format, else 0."""
    head = normalise(head)
    return 1.0 if _HEAD.match(head) and not _OTHER.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order. Raises FormatError where there is none."""
    entry: list[str] = []
    begun = 0
    found = False
    for number, line in enumerate(lines(data), 1):
        if not entry and (not line.strip(" \t") or _TOP.match(line)):
            continue
        begun = begun if entry else number
        entry.append(line)
        if _LAST.match(line):
            found = True
            yield _record(begun, entry)
            entry = []
    if entry:
        yield _record(begun, entry)
    elif not found:
        raise FormatError("no entry found in it", "Export from Scopus again, as CSV or RIS.")


def _record(line: int, entry: list[str]) -> Record | Reject:
    raw = "\n".join(entry).rstrip()
    place = next((n for n, text in enumerate(entry) if len(text) < _LONGEST and _CITATION.match(text.strip())), len(entry))
    pairs: list[tuple[str, str]] = []
    free: list[str] = []  # people, then the title; or the title alone
    for text in entry[:place]:
        labelled = _LABEL.match(text)
        if text.startswith("AUTHOR FULL NAMES:"):
            pairs.append(("AUTHOR FULL NAMES", _ID_BEHIND.sub("", text.partition(":")[2]).strip()))
        elif _IDS.fullmatch(text.strip()):
            pairs.append(("Author(s) ID", text.strip()))
        elif labelled and labelled[1] in _NAMES:  # where there is no citation
            pairs.append((labelled[1], labelled[2]))
        elif text.strip():
            free.append(text.strip())
    if len(free) > 1:
        pairs.append(("authors", _people(free[0])))
        free = free[1:]
    pairs.append(("title", " ".join(free)))
    if place < len(entry) and (cited := _CITATION.match(entry[place].strip())):
        part = cited.groupdict(default="")
        pairs += [
            ("year", part["year"]),
            ("journal", part["journal"]),
            ("volume", part["volume"]),
            ("issue", part["issue"] or part["alone"]),
        ]
        pairs += [("pages", part["pages"].replace(" ", "")), ("article number", part["article"]), ("Cited by", part["cited"])]
    below: list[tuple[str, list[str]]] = []
    for text in entry[place + 1 :]:
        labelled = _LABEL.match(text)
        if labelled:
            below.append((labelled[1], [labelled[2]]))
        elif text.startswith(("https://www.scopus.com/", "http://www.scopus.com/")):
            below.append(("url", [text]))
        elif text.strip() and below and below[-1][0].isupper():
            below[-1][1].append(text)
        elif text.strip():
            below.append(("", [text]))
    pairs += [(label, "\n".join(texts)) for label, texts in below]
    told = [
        (label, text if _NAMES.get(label, label) == "authors" else collapse(text))
        for label, text in pairs
        if text.strip() != "[No abstract available]"
    ]
    return of_pairs(line, raw, told, _NAMES)


def _people(text: str) -> str:
    """`Smith, J.A., van der Berg, C.` or `Smith J.A.; van der Berg C.`, one a line; nobody where Scopus says so."""
    if text.startswith("[No author"):
        return ""
    return "\n".join(name.strip() for name in (text.split(";") if ";" in text else re.split(r"(?<=\.), ", text)) if name.strip())


FORMAT = Format("scopus-text", "Scopus plain text", score, read)
