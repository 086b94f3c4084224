"""MARC 21 and UNIMARC as XML (www.loc.gov/standards/marcxml), as library catalogues answer: the fields that a reference has; the rest stays in `extra`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import year_in
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

# Field and subfields to the column they stand for. The codes are those of MARC 21 Format for Bibliographic Data.
_FIELDS = {
    "041": ("a", "language"), "242": ("ab", "translated title"), "250": ("a", "edition"), "490": ("a", "series"), "520": ("a", "abstract"),
    "500": ("a", "note"), "502": ("abcd", "note"), "653": ("a", "keywords"), "655": ("a", "type"), "856": ("u", "url"), "300": ("a", "extent"),
}  # fmt: skip
# Those of the UNIMARC Manual (IFLA).
_UNIMARC = {
    "010": ("a", "isbn"), "011": ("a", "issn"), "101": ("a", "language"), "205": ("a", "edition"), "215": ("a", "extent"), "225": ("a", "series"), "300": ("a", "note"),
    "328": ("abcde", "note"), "330": ("a", "abstract"), "610": ("a", "keywords"), "856": ("u", "url"),
}  # fmt: skip
_SUBJECTS = frozenset({"600", "610", "611", "630", "648", "650", "651"})
_NUMBERS = {"020": ("isbn", "ISBN"), "022": ("issn", "ISSN")}
_EDITORS = ("edt", "hrsg", "herausgeb", "editor", "hg")
_PAGES = lazy(r"(?:pages?:|pp?\. ?|Seiten? ?|S\. ?)(\d[\w-]*)", re.IGNORECASE)
_PARTS = {"volume": lazy(r"(?:volume:|vol\. ?|Bd\. ?)([\w./-]+)", re.I), "issue": lazy(r"(?:number:|no\. ?|issue:|Heft ?)([\w./-]+)", re.I),
          "year": lazy(r"(?:year:|\()(\d{4})", re.I)}  # fmt: skip
_FULL_STOP = lazy(r"(?<=[^\W\d_]{2})\.$|(?<=\))\.$")  # the field's, not that of an initial
# Leader, place 7: what the record describes.
_LEVELS = {"m": "Book", "a": "Article", "b": "Article", "s": "Serial"}
_WRAPPED = lazy(r"<(?:[A-Za-z][\w.-]*:)?(?:recordData|metadata)\b[^<>]*>\s*<(?:[A-Za-z][\w.-]*:)?record[\s>]")
_WRAPPING = lazy(r"<(/?)((?:[A-Za-z][\w.-]*:)?)(record|recordData|metadata)(?=[\s>])")


def score(head: str) -> float:
    """0.96 for XML with MARC's data fields, 0 otherwise."""
    return 0.96 if re.search(r"<(?:\w+:)?datafield\s[^<>]*tag=[\"']\d{3}", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <record> with fields in it, in file order, also out of the answers of a catalogue
    (SRU) or repository (OAI-PMH), which wrap each in a record of their own. Raises FormatError where there is none."""
    missing = FormatError("no MARC record in it", "Export it again as MARCXML, or as RIS.")
    yield from read_entries(data, "record", _record, r"(?!)", missing, unwrapper())


def unwrapper() -> Callable[[str], str]:
    """What renames the records of the answer, which stand outside the data, in pieces of a text that come one after another."""
    wrapped = within = False

    def renamed(found: re.Match[str]) -> str:
        nonlocal within
        if found[3] != "record":
            within = not found[1]
        return found[0] if within or found[3] != "record" else f"<{found[1]}{found[2]}answer"

    def unwrapped(piece: str) -> str:
        nonlocal wrapped
        wrapped = wrapped or _WRAPPED.search(piece) is not None
        return _WRAPPING.sub(renamed, piece) if wrapped else piece

    return unwrapped


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, [(name, text) for name, text in _pairs(root) if text], {})


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    fixed = next((control.text or "" for control in root.findall("controlfield") if control.get("tag") == "008"), "")
    yield "record id", next((text_of(control) for control in root.findall("controlfield") if control.get("tag") == "001"), "")
    fields = root.findall("datafield")
    tags = {field.get("tag", "") for field in fields}
    if "245" not in tags and "200" in tags:
        yield "type", "Thesis" if "328" in tags else _LEVELS.get((root.findtext("leader") or "")[7:8], "")
        for field in fields:
            yield from with_rest(field, _unimarc(field, field.get("tag", "")))
        return
    if not any(year_in(sub(field, "c")) for field in fields if field.get("tag") in ("260", "264")):
        yield "year", fixed[7:11] if re.fullmatch(r"\d{4}", fixed[7:11]) else ""
    if "041" not in tags:
        yield "language", fixed[35:38] if re.fullmatch(r"[a-z]{3}", fixed[35:38]) else ""
    if "655" not in tags:
        yield "type", "Thesis" if "502" in tags else _LEVELS.get((root.findtext("leader") or "")[7:8], "")
    for field in fields:
        yield from with_rest(field, _field(field, field.get("tag", "")))


def _field(field: Element, tag: str) -> Iterator[tuple[str, str]]:
    if tag in _FIELDS:
        codes, name = _FIELDS[tag]
        yield name, " ".join(filter(None, (sub(field, code) for code in codes))).rstrip(" /")
    elif tag in _NUMBERS:
        name, kept = _NUMBERS[tag]
        number, _, said = sub(field, "a").partition(" ")
        yield name, number
        yield kept, " ".join(filter(None, (number, said, sub(field, "q")))) if said or sub(field, "q") else ""
    elif tag in _SUBJECTS:
        terms = [text_of(s) for s in field.findall("subfield") if s.get("code", "") in "abtvxyz"]
        yield "keywords", "--".join(_FULL_STOP.sub("", term) for term in terms)
    elif tag in ("100", "110", "111", "700", "710", "711"):
        role = (sub(field, "4") + " " + sub(field, "e")).casefold()
        name = "editors" if any(mark in role for mark in _EDITORS) else "authors"
        yield name, _FULL_STOP.sub("", sub(field, "a").rstrip(" ,"))
        yield "dates of a name", sub(field, "d")
    elif tag == "245":
        title = ": ".join(filter(None, (sub(field, code).rstrip(" :/") for code in "ab")))
        if parts := [part for code in "np" if (part := sub(field, code).rstrip(" ,./"))]:
            title = ". ".join([title.rstrip(" ."), *parts])
        yield "title", title.rstrip(".") if title.endswith(" .") else title
        yield "statement of responsibility", sub(field, "c")
    elif tag in ("260", "264"):
        yield "place", sub(field, "a").rstrip(" :,")
        yield "publisher", sub(field, "b").rstrip(" :,")
        yield "year", sub(field, "c").rstrip(" .,")
    elif tag == "024" and sub(field, "2").casefold() == "doi":
        yield "doi", sub(field, "a")
    elif tag == "773":
        yield "journal", sub(field, "t").rstrip(" .")
        yield "issn", sub(field, "x")
        yield "isbn", sub(field, "z")
        where = " ".join(text_of(s) for s in field.findall("subfield") if s.get("code") == "g")
        yield "part", where
        yield "pages", found[1] if (found := _PAGES.search(where)) else ""
        for name, pattern in _PARTS.items():
            yield name, found[1] if (found := pattern.search(where)) else ""


def _unimarc(field: Element, tag: str) -> Iterator[tuple[str, str]]:
    if tag in _UNIMARC:
        codes, name = _UNIMARC[tag]
        yield name, " ".join(filter(None, (sub(field, code) for code in codes)))
    elif tag in ("600", "601", "602", "605", "606", "607", "608"):
        yield "keywords", "--".join(text_of(s) for s in field.findall("subfield") if s.get("code", "") in "atxyz")
    elif tag in ("700", "701", "702", "710", "711", "712"):
        yield _UNIMARC_ROLES.get(sub(field, "4"), "contributor names"), ", ".join(filter(None, (sub(field, "a"), sub(field, "b"))))
    elif tag == "200":
        title = ": ".join(filter(None, (sub(field, code) for code in "ae")))
        yield "title", ". ".join([title, *(part for code in "hi" if (part := sub(field, code)))])
        yield "statement of responsibility", "; ".join(filter(None, (sub(field, code) for code in "fg")))
    elif tag in ("210", "214"):
        yield "place", sub(field, "a")
        yield "publisher", sub(field, "c")
        yield "year", sub(field, "d")
    elif tag == "017" and sub(field, "2").casefold() == "doi":
        yield "doi", sub(field, "a")
    elif tag in ("461", "463"):
        yield "journal", sub(field, "t")
        yield "issn", sub(field, "x")
        yield "volume", sub(field, "v")
        yield "pages", sub(field, "p")


_UNIMARC_ROLES = {"": "authors", "070": "authors", "205": "authors", "340": "editors", "651": "editors"}


def with_rest(field: Element, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What was taken from a field as (column, text), then under its tag the subfields none of whose text is in it: `$0 (DE-588)118`."""
    taken = ""
    for name, text in pairs:
        taken += f"\n{text}"
        yield name, text
    rest = [f"${code.get('code')} {text}" for code in field.findall("subfield") if (text := text_of(code)).rstrip(" .,:;/") not in taken]
    yield field.get("tag", ""), " ".join(rest)


def sub(field: Element, code: str) -> str:
    """The text of the first subfield with a code, "" where there is none."""
    return next((text_of(s) for s in field.findall("subfield") if s.get("code") == code), "")


FORMAT = Format("marcxml", "MARCXML (library catalogues)", score, read)
