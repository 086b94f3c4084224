"""Embase.com's CSV with a field a row: its name in the first cell, its values in those behind, an empty row between records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, normalise
from review.formats.entries.mixed import with_more
from review.formats.tagged.labelled import of_pairs
from review.formats.values.fields import is_bare
from review.model.patterns import lazy
from review.model.record import Record, Reject

_TITLE = lazy(r"^\"?TITLE\"?[,;\t]", re.MULTILINE)
_NAMED = lazy(r"^\"?(?:AUTHOR NAMES|SOURCE|SOURCE TITLE|PUBLICATION YEAR|PUI|ABSTRACT|EMBASE (?:ACCESSION ID|LINK))\"?[,;\t]", re.MULTILINE)


def score(head: str) -> float:
    """0.95 for rows that begin with TITLE and at least two other names of Embase's, else 0."""
    head = normalise(head)
    return 0.95 if _TITLE.search(head) and len({m[0].strip('",;\t') for m in _NAMED.finditer(head)}) >= 2 else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each block of rows, in file order; what stands outside them goes to `extra` of the nearest.

    Raises FormatError where there is none.
    """
    above: list[str] = []
    held: Record | Reject | None = None
    for line, entry in _entries(data):
        text = "\n".join(entry)
        if not (_TITLE.search(text) or len(_NAMED.findall(text)) > 1):
            above += [row for row in entry if row.strip()]
            continue
        if held is not None:
            yield held
        held, above = _record(line, entry, above), []
    if held is None:
        raise FormatError("no TITLE row found in it", "Export from Embase.com as RIS, or as CSV by row or column.")
    yield with_more(held, above)


def _entries(data: Input) -> Iterator[tuple[int, list[str]]]:
    """The lines of each entry, and the number of its first: from a TITLE row to the next, or to an empty row outside quotation marks."""
    entry: list[str] = []
    begun, quotes = 1, 0
    for number, line in enumerate(lines(data), 1):
        ends = not line.strip(' \t,;"') and quotes % 2 == 0
        if (ends or _TITLE.match(line)) and entry:
            yield begun, entry
            entry, quotes = [], 0
        if ends:
            continue
        if not entry:
            begun = number
        entry.append(line)
        quotes += line.count('"')
    if entry:
        yield begun, entry


def _record(line: int, entry: list[str], above: list[str]) -> Record | Reject:
    raw = "\n".join(entry)
    first = next((text for text in entry if _TITLE.match(text)), entry[0])
    delimiter = max(",;\t", key=first.count)
    pairs = []
    for row in csv.reader([f"{text}\n" for text in entry], delimiter=delimiter):
        name, *values = (collapse(cell) for cell in row or [""])
        many = name.casefold() in ("author names", "author keywords") or "index terms" in name.casefold()
        if text := ("\n" if many else " ").join(value for value in values if value):
            pairs.append((name, text))
    record = of_pairs(line, raw, pairs, {}, above=above)
    if isinstance(record, Record) and is_bare(record):
        return Reject(line=line, reason="no title, abstract or identifier", raw=raw)
    return record


FORMAT = Format("embase-rows", "Embase.com CSV with a field a row", score, read)
