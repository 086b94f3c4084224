"""ScienceDirect's text: a line each, with a comma behind it, for people, title, journal, volume, year, pages, ISSN and DOI, then the abstract."""

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

_LINK = lazy(r"^\(https?://www\.sciencedirect\.com/science/article/\S+\)\s*$", re.MULTILINE)
_PARTS = (
    ("doi", lazy(r"(https?://(?:dx\.)?doi\.org/\S+?|10\.\d{4,}/\S+?)\.?,?$")),
    ("url", lazy(r"\((https?://\S+)\)$")),
    ("issn", lazy(r"ISSN ([\dXx-]+),?$")),
    ("isbn", lazy(r"ISBN ([\dXx -]+),?$")),
    ("pages", lazy(r"Pages? (.+?),?$")),
    ("year", lazy(r"((?:1[5-9]|20)\d\d),?$")),
    ("editors", lazy(r"(?:In )?Editors?\(s\): (.+?),?$")),
)
_VOLUME = lazy(r"Volumes? ([^,]+?)(?:, (?:Issues?|Part) ([^,]+?))?(?:, (Supplement.*?))?,?$")
_BELOW = lazy(r"(Abstract|Keywords): *(.*)")


def score(head: str) -> float:
    """0.95 for text with the address of an article on ScienceDirect in brackets on a line of its own, and a DOI or ISSN above it; else 0."""
    head = normalise(head)
    named = re.search(r"^(?:ISS?BN|ISSN) [\dXx-]+,\s*$|^https?://doi\.org/\S+\.\s*$", head, re.MULTILINE)
    return 0.95 if _LINK.search(head) and named and not re.search(r"^TY  -", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order: an empty line ends one, but within its abstract only where the next
    lines are those of an entry. Raises FormatError where there is none."""
    entry: list[str] = []
    begun, blank, found = 0, False, False
    for number, line in enumerate(lines(data), 1):
        if not line.strip(" \t"):
            blank = True
            if entry:
                entry.append(line)
            continue
        # An abstract has empty lines of its own; what ends with a comma behind one is the next entry's first line.
        if entry and blank and (line.rstrip().endswith(",") or _begun_below(entry) is None):
            yield _record(begun, entry)
            entry, found = [], True
        if not entry:
            begun = number
        entry.append(line)
        blank = False
    if entry:
        found = True
        yield _record(begun, entry)
    if not found:
        raise FormatError("no entry found in it", "Export from ScienceDirect again, as RIS.")


def _begun_below(entry: list[str]) -> int | None:
    return next((n for n, text in enumerate(entry) if _BELOW.match(text)), None)


def _record(line: int, entry: list[str]) -> Record | Reject:
    below = _begun_below(entry)
    head, tail = [text.strip(" \t") for text in entry[:below]], entry[below:] if below is not None else []
    pairs: list[tuple[str, str]] = []
    free: list[str] = []  # people, title, journal; of a book's chapter: people, title, book, publisher
    for text in filter(None, head):
        name, value = next(((name, found[1]) for name, part in _PARTS if (found := part.match(text))), ("", ""))
        if name:
            pairs.append((name, value.replace(", ", "; ") if name == "editors" else value))
        elif volume := _VOLUME.match(text):
            pairs += [(name, part) for name, part in zip(("volume", "issue", "supplement"), volume.groups(), strict=True) if part]
        elif re.fullmatch(r"[A-Za-z]?\d{4,}[A-Za-z]?,?", text) and len(free) > 1:
            pairs.append(("article number", text.rstrip(",")))
        else:
            free.append(text.removesuffix(","))
    if len(free) > 3 and any(name == "isbn" for name, _ in pairs):
        pairs.append(("publisher", free.pop()))
    if len(free) > 2:
        pairs.append(("authors", free.pop(0).replace(", ", "; ")))
    pairs += zip(("title", "journal"), free[:2], strict=False)
    pairs += [("", text) for text in free[2:]]
    for text in tail:
        if found := _BELOW.match(text):
            pairs.append((found[1].casefold(), found[2]))
        elif pairs and text.strip():
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{text.strip()}")
    told = [(name, text if name == "abstract" else collapse(text)) for name, text in pairs]
    return of_pairs(line, "\n".join(entry).rstrip(), told, {})


FORMAT = Format("sciencedirect-text", "ScienceDirect text", score, read)
