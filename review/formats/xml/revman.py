"""RevMan 5's file of a Cochrane review (.rm5): the references of its studies, each with its study and the list that this stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_COLUMNS = {
    "AU": "authors", "TI": "title", "TO": "foreign title", "SO": "journal", "YR": "year", "VL": "volume", "NO": "issue", "PG": "pages", "ED": "editor",
    "EN": "edition", "PB": "publisher", "CY": "place", "MD": "medium",
}  # fmt: skip
_NUMBERS = {"DOI": "doi", "PUBMED": "pubmed id", "MEDLINE": "pubmed id", "PMCID": "pmcid", "CENTRAL": "central id", "EMBASE": "embase id"}
_LISTS = frozenset({"authors", "keywords", "editor"})
_MARK = lazy(r"<COCHRANE_REVIEW[\s>]|<(?:INCLUDED|EXCLUDED)_STUDIES[\s/>]")
# What tells, before a reference, which list and which study it is of.
_TELLING = lazy(r"<(?:([A-Z]+_(?:STUDIES|REFERENCES))(?=[\s>])|(/?)STUDY\b([^<>]*)>|REFERENCE(?=[\s>]))")
_NAME = lazy(r"\bNAME=\"([^\"<>]*)\"")
_OURS = lazy(r"<REFERENCE review-list=\"[^\"]*\" review-study=\"[^\"]*\"")


def score(head: str) -> float:
    """0.95 for XML of RevMan, 0 otherwise."""
    return 0.95 if _MARK.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <REFERENCE>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <REFERENCE> in it", "Export the references from RevMan as RIS.")
    yield from read_entries(data, "REFERENCE", _record, "<COCHRANE_REVIEW", missing, _told_apart())


def _told_apart() -> Callable[[str], str]:
    """Writes into each reference, piece by piece of a file, of which list and study it is: the elements around it are not with it later."""
    among = study = ""

    def mend(piece: str) -> str:
        nonlocal among, study

        def told(found: re.Match[str]) -> str:
            nonlocal among, study
            if found[1]:
                among = found[1].replace("_", " ").capitalize()
            elif found[0].startswith("<REFERENCE"):
                return f'<REFERENCE review-list="{among}" review-study="{study}"'
            else:
                name = None if found[2] else _NAME.search(found[3])
                study = name[1] if name else ""
            return found[0]

        return _TELLING.sub(told, piece)

    return mend


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, _OURS.sub("<REFERENCE", raw), _pairs(root), {}, _LISTS)


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    yield "type", root.get("TYPE", "").replace("_", " ").capitalize()
    for element in root:
        name = str(element.tag)
        if name == "IDENTIFIERS":
            for one in element:
                kind = one.get("TYPE", "")
                yield _NUMBERS.get(kind, kind.casefold()), one.get("VALUE", "") or text_of(one)
        else:
            yield _COLUMNS.get(name, name), text_of(element)
    yield "note", re.sub(r"<[^<>]*>", "", root.get("NOTES", ""))
    yield "review list", root.get("review-list", "")
    yield "study", root.get("review-study", "")
    yield "primary reference", root.get("PRIMARY", "").replace("NO", "")


FORMAT = Format("revman", "RevMan 5 (.rm5), the references of a Cochrane review", score, read)
