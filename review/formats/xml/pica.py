"""PICA+ as XML (format.k10plus.de), as the union catalogues of German libraries answer: the fields that a reference has; the rest stays
in `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import year_in
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.formats.xml.marcxml import sub, unwrapper, with_rest
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

# Field to the columns that its subfields stand for.
_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "003@": (("0", "record id"),), "004V": (("0", "doi"),), "009P": (("a", "url"), ("u", "url")), "009Q": (("u", "url"),),
    "010@": (("a", "language"),), "032@": (("a", "edition"),), "033A": (("p", "place"), ("n", "publisher")), "034D": (("a", "extent"),),
    "036E": (("a", "series"),), "037A": (("a", "note"),), "037C": (("a", "note"),), "044K": (("a", "keywords"),), "044N": (("a", "keywords"),),
    "047I": (("a", "abstract"),), "031A": (("d", "volume"), ("e", "issue"), ("h", "pages")),
    "039B": (("t", "journal"), ("p", "place"), ("n", "publisher")), "004A": (("0", "isbn"), ("A", "isbn"), ("a", "isbn")),
    "005A": (("0", "issn"), ("a", "issn")), "029A": (("a", "authors"),), "029F": (("a", "editors"),),
}  # fmt: skip
_PEOPLE = frozenset({"028A", "028B", "028C", "028D", "028G"})
_EDITED = lazy(r"^(?:edt|hrsg\.?|hg\.?|herausgeb\w*|editor)", re.IGNORECASE)
# 002@, second letter: what the record describes.
_KINDS = {"a": "Book", "b": "Serial", "d": "Serial", "s": "Article", "o": "Article"}


def score(head: str) -> float:
    """0.97 for XML with PICA's data fields (`021A`, `028A`), 0 otherwise."""
    return 0.97 if re.search(r"<(?:\w+:)?datafield\s[^<>]*tag=[\"']\d{3}[A-Z@][\"']", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <record> with fields in it, in file order. Raises FormatError where there is none."""
    missing = FormatError("no PICA record in it", "Export it again as PICA XML, or as RIS.")
    yield from read_entries(data, "record", _record, r"(?!)", missing, unwrapper())


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, [pair for field in root.findall("datafield") for pair in with_rest(field, _field(field)) if pair[1]], {})


def _field(field: Element) -> Iterator[tuple[str, str]]:
    tag = field.get("tag", "")
    if tag == "002@":
        yield "type", _KINDS.get(sub(field, "0")[1:2], "")
    elif tag == "011@":
        yield "year", sub(field, "a") if year_in(sub(field, "a")) else sub(field, "n")
    elif tag == "021A":
        # The @ tells where sorting begins.
        yield "title", ": ".join(filter(None, (sub(field, "a").replace("@", "", 1), sub(field, "d"))))
        yield "statement of responsibility", sub(field, "h")
    elif tag in _PEOPLE:
        whole = sub(field, "P") or sub(field, "5")
        family, given = sub(field, "a") or sub(field, "A"), sub(field, "d") or sub(field, "D")
        name = (
            whole
            or ", ".join(filter(None, (" ".join(filter(None, (sub(field, "c"), family))), given)))
            or sub(field, "8").partition(" [")[0]
        )
        yield "editors" if _EDITED.match(sub(field, "4") or sub(field, "B")) else "authors", name
    elif known := _FIELDS.get(tag):
        for code, name in known:
            for text in filter(None, (text_of(s) for s in field.findall("subfield") if s.get("code") == code)):
                yield name, text
                if name in ("doi", "isbn"):
                    return


FORMAT = Format("pica", "PICA XML (German library catalogues)", score, read)
