"""Refer, as EndNote exports it (.enw): a percent sign, one sign that says the field, the value.

Signs: EndNote's own export style and import filter "EndNote Import"; in refer(1), whose entries have no %0, a blank line parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.people.author_habits import ONE_EACH
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels, by
from review.formats.values.kinds import kind_of, names_theses
from review.model.patterns import lazy
from review.model.record import Record, Reject

_label = by(r"\s{0,3}%([0-9A-Za-z!#$&()*+@\[\]^~<>=?-])(?:[ \t]+(.*)|$)")


# What has no field of ours, by the tag of RIS under which EndNote writes it too, or the name that many formats share.
_SHARED = {
    "Y": "A3", "?": "A4", "1": "C1", "3": "C3", "4": "C4", "6": "number-of-volumes", "L": "call-number", "<": "research-notes",
    "*": "reviewed-item", ")": "reprint-edition", "^": "caption", "H": "translated-author",
}  # fmt: skip


def _labelled(line: str) -> tuple[str, str] | None:
    """The label and its text; CNKI wrote all authors on one line (`%A 张三 %A 李四`, `%A 张三%A 李四`)."""
    found = _label(line)
    if found and found[0] == "A":
        return "A", found[1].replace("%A ", "\n")
    if found and found[0] == "&" and not any(map(str.isdigit, found[1] or "")):  # of a newspaper
        return "section", found[1]
    return (_SHARED.get(found[0], found[0]), found[1]) if found else None


def _meant(found: Mapping[str, list[str]]) -> Mapping[str, str]:
    """What labels mean in an entry: OJS 2 has how many pages there are beside the first."""
    start, pages = (" ".join(found.get(label, ())).strip() for label in "&P")
    counted = start.isdecimal() and pages.isdecimal() and int(pages) < int(start)
    return {**_here(found), "P": "P"} if counted else _here(found)


def _here(found: Mapping[str, list[str]]) -> Mapping[str, str]:
    """What labels mean by EndNote's type of the work; of a paper that is in nothing else, the ACL Anthology names the proceedings as a series."""
    kind = kind_of(" ".join(found.get("0", ())).strip()).name
    if kind in ("conference", "proceedings") and "S" in found and found.keys().isdisjoint("BJ"):
        return {"S": "secondary title", "A3": "editors"}
    if kind == "book" and "A3" in found:
        return {"E": "series editors", "A3": "editors", "A4": "translator"}
    if "0" not in found and "Q" in found:  # refer's own: a body that wrote it
        return {"Q": "group authors"}
    if kind == "thesis" and "I" not in found and not names_theses(" ".join(found.get("J", ()))):  # CNKI's: the university
        return {**_BY_KIND[kind], "J": "publisher"}
    if found.get("N", [""])[0].startswith("OCLC "):  # WorldCat's
        return {**_BY_KIND.get(kind, {}), "N": "accession number"}
    return _BY_KIND.get(kind, {})


# A thesis's department and degree, when somebody looked at a web page, and what EndNote's tertiary and subsidiary authors are.
_BY_KIND = {
    "thesis": {"B": "B", "V": "V"}, "web": {"V": "V", "N": "N"}, "book": {"A4": "translator"}, "chapter": {"A3": "series editors", "A4": "translator"},
    **{kind: {"A3": "series editors"} for kind in ("conference", "proceedings")},
}  # fmt: skip
_LABELS = Labels(
    label=_labelled,
    opens=frozenset({"0"}),
    names={
        "0": "reference type", "A": "authors", "B": "secondary title", "C": "place", "D": "year", "E": "editors", "F": "citation-key", "G": "language",
        "I": "publisher", "J": "journal", "K": "keywords", "M": "accession number", "N": "issue", "O": "note", "P": "pages", "Q": "original title",
        "R": "doi", "S": "series", "T": "title", "U": "url", "V": "volume", "W": "provider", "X": "abstract", "Z": "note",
        "&": "start page", "8": "date", "9": "type of work", "7": "edition", "@": "issn isbn", "+": "affiliation", "~": "database name",
        "!": "short title", "2": "pmcid", "]": "article number", "[": "accessed", "C1": "custom 1",
    },
    lists=frozenset({"authors", "keywords", "editors", "issn isbn"}),
    titles=frozenset({"T"}),
    glued=lazy(r"%0 [A-Z][A-Za-z ]{2,40}$"),
    here=_meant,
    people=ONE_EACH,
)  # fmt: skip
_LINE = lazy(r"^\s{0,3}%([0-9A-Z@+~!\[\]&])[ \t]", re.MULTILINE)


def score(head: str) -> float:
    """0.9 for text with three kinds of percent lines, a title or an author among them, else 0."""
    found = {m[1] for m in _LINE.finditer(normalise(head))}
    return 0.9 if len(found) >= 3 and found & {"T", "A", "B", "J"} else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "%0 Journal Article")


FORMAT = Format("refer", "Refer (EndNote, .enw)", score, read)
