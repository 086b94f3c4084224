"""The columns of a header, each with the field that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.columns.csv_columns import FIELD_OF, FIELDS, LONGEST, TOLD, field_of, squash
from review.formats.columns.csv_dialects import meant_by
from review.formats.people.author_habits import UNKNOWN, Habits
from review.model.patterns import lazy
from review.model.words import nearest

# What is no more than the word for a number means the issue where a work was named before it; at the head of a row it counts the rows.
_NUMBERS = frozenset({"no", "number", "nummer", "numéro", "número", "numero", "numer", "номер", "号", "號", "호"})
_BEFORE_ISSUE = frozenset({"title", "authors", "year", "journal", "volume", "citation"})
_SIGNS = frozenset({"nr", "nº", "num", "s", "с"})  # for a number, or German and Russian for a page, mean it behind a volume only

# Fields that a column may also stand for by a looser name, where no other does: `Title (English)`, `Journal/Publisher`, `Author 1`.
_LOOSE = frozenset({"title", "abstract", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "issn"})
_ASIDE = lazy(r"\s*[(\[][^()\[\]]*[)\]]\s*$|[_ ]en(?:g|glish)?$| ?\b0*1$", re.IGNORECASE)
_NUMBERED = lazy(r"(.*?)[ _.]?[(\[]?0*[1-9]\d?[)\]]?")
_OF_A_WORK = lazy(
    r"(?:paper|pub|art(?:icle)?|publication|rec(?:ord)?|ref(?:erence)?|bib|study(?=authors?|journal|doi|abstract))(authors?|year|journal|volume|vol|issue|pages|doi|pmid|abstract)"
)
_ASKS = lazy(r"\?|\by(?:es)?/no?\b|\b[01]/[01]\b|inclu|exclu|decision|reason|count", re.IGNORECASE)  # a column of verdicts or numbers


def _loosely(name: str) -> str:
    """The field that a name without what stands in brackets, or a part of one with several parts, stands for; else ""."""
    if len(name) > LONGEST or _ASKS.search(name):
        return ""
    if (numbered := _NUMBERED.fullmatch(name)) and squash(numbered[1]) in ("author", "authors"):
        return "authors"
    if told := _OF_A_WORK.fullmatch(squash(name)):  # `Record authors`, `paperYear`
        return FIELD_OF[told[1]][0]
    for part in (_ASIDE.sub("", name), *re.split(r"/|&| or ", name)):
        known = field_of(part) if part.strip() and part != name else None
        if known and known[0] in _LOOSE:
            return known[0]
    return ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The columns of each field, best first, by number; and for each `…/__text` its `…/_type`."""

    fields: Mapping[str, tuple[int, ...]]
    typed: tuple[tuple[int, int], ...] = ()
    marks: frozenset[str] = field(default=frozenset())
    told: int = -1  # the column in which our own tables keep what no other holds
    given: bool = False  # a person said what columns mean
    beyond: Mapping[int, str] = field(default_factory=dict)  # columns with the name in `EXTRAS` of what no field takes of them
    people: Habits = UNKNOWN  # how the authors stand in their column
    terms: frozenset[int] = field(default=frozenset())  # the columns of keywords in which a comma is a term's own
    joined: frozenset[int] = field(default=frozenset())  # those in which `and` parts them
    nothing: frozenset[str] = field(
        default=frozenset()
    )  # what stands in a field of ours where the program that wrote the table had nothing

    def of(self, name: str) -> tuple[int, ...]:
        return self.fields.get(name, ())


_BEYOND = frozenset({"date", "affiliation"})  # what a dialect says of the text that no field takes


def map_columns(header: list[str], given: Mapping[str, str] | None = None) -> Mapped:
    """Find the columns of each field in a header; `given` (field -> column) goes first.

    Raises FormatError where `given` names a field or a column that does not exist.
    """
    marks = frozenset(squash(h) for h in header)
    special = meant_by(marks)
    ranked: dict[str, list[tuple[int, int]]] = {}
    others: dict[str, list[tuple[int, int]]] = {}
    beyond: dict[int, str] = {}
    overridden = dict(_given(header, given or {}))
    taken = set(overridden.values())
    for number, name in enumerate(header):
        if number in taken:
            continue
        known = field_of(name)
        meant = special.get(squash(name))
        if meant in _BEYOND:
            beyond[number] = meant
        elif meant is not None:
            known = (meant, -1) if meant else None
        if known and squash(name) in _NUMBERS and not _BEFORE_ISSUE & ranked.keys():
            continue
        if known and squash(name) in _SIGNS and "volume" not in ranked:
            continue
        if known:
            ranked.setdefault(known[0], []).append((known[1], number))
        elif squash(name) not in special and (loose := _loosely(name)):
            others.setdefault(loose, []).append((0, number))
    if ranked:
        ranked = others | _titled(ranked, header)
    fields = {name: tuple(number for _, number in sorted(found)) for name, found in ranked.items()}
    for name, number in overridden.items():
        fields[name] = (number,)
        if name == "pages":
            fields.update({"start": (), "end": ()})
        if name == "accession":
            fields.update({"own id": (number,)})
    return Mapped(fields, _typed(header), marks, header.index(TOLD) if TOLD in header else -1, given=bool(given), beyond=beyond)


def _titled(ranked: dict[str, list[tuple[int, int]]], header: list[str]) -> dict[str, list[tuple[int, int]]]:
    """The columns as they are; but `Publication Title` beside that of a journal is the work's own where no other is called a title."""
    journals = ranked.get("journal", [])
    named = [found for found in journals if squash(header[found[1]]) == "publicationtitle"]
    if "title" in ranked or not named or len(journals) == len(named):
        return ranked
    return {**ranked, "title": named, "journal": [found for found in journals if found not in named]}


def _given(header: list[str], given: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    for name, column in given.items():
        if name not in FIELDS:
            raise FormatError(f"there is no field `{name}`", f"The fields are: {', '.join(sorted(FIELDS))}.")
        exact = [n for n, h in enumerate(header) if h.strip() == column.strip()]
        alike = exact or [n for n, h in enumerate(header) if squash(h) == squash(column)]
        if not alike and column.isdecimal() and 0 < int(column) <= len(header):  # its number, where it has no name
            alike = [int(column) - 1]
        if not alike:
            near = nearest(column, header)
            hint = f"Did you mean `{near}`?" if near else f"The columns are: {', '.join(h for h in header if h)}."
            others = " A table of another kind among several files is turned into references first: review convert FILE --map … -o FILE.ris"
            raise FormatError(f"there is no column `{column}` (for {name})", hint + others)
        yield name, alike[0]


def _typed(header: list[str]) -> tuple[tuple[int, int], ...]:
    """Pairs of columns `…/ui/0/_type` and `…/ui/0/__text`: the one says what the other is. Europe PMC's are SOURCE and EXT_ID."""
    numbers = {h: n for n, h in enumerate(header)}
    pairs = [(h, h.removesuffix("_type") + "__text") for h in numbers if h.endswith("/_type")]
    pairs += [("SOURCE", "EXT_ID"), ("SOURCE", "EXTERNAL_ID")]
    return tuple((numbers[kind], numbers[text]) for kind, text in pairs if kind in numbers and text in numbers)
