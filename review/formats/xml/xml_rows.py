"""XML of a script's own: an element for each work, with elements called as the columns of a table are (pandas's `to_xml`, dumps of databases, feeds)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.characters.text import collapse
from review.formats.columns.csv_columns import field_of, squash
from review.formats.entries.xml_entries import INLINE, blanked, read_entries, text_of, written
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_TAG = lazy(r"<(/?)(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)(?:\s[^<>]*?)?(/?)>")
_TELLING = frozenset({"authors", "year", "journal", "doi", "pmid", "abstract"})
_FEEDS = frozenset({"channel", "feed", "html", "head", "body"})  # have a title, and are no work
_CITED = lazy(
    r"(?:reference|citation|related\w*)s$|(?:ref\w*|citation)[-_]?list$|bibliography$|^cited", re.IGNORECASE
)  # what a work leads to
_IDS = frozenset({"doi", "pmid", "pmcid"})  # which an `identifier` may say before the number
_LISTS = frozenset({"authors", "keywords"})


def score(head: str) -> float:
    """0.5, the least that counts, for XML in which an element has a title and two more fields of a work; else 0."""
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return 0.0
    return 0.5 if _entry_tag(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each element that tells of a work, in file order. Raises FormatError where the beginning of the text shows none."""
    tag = _entry_tag(head_of(data))
    missing = FormatError("no element with a title and two more fields of a work in it", "Export as RIS.")
    if not tag:
        raise missing
    yield from read_entries(data, tag, lambda root, line, raw: of_pairs(line, raw, _told(root), {}, _LISTS), f"<{tag}", missing)


def _entry_tag(head: str) -> str:
    """The name of the elements that tell of works: the outermost of those that have a title and two more fields, unless others are many more; what
    has each of them within it, and may tell more, in their place. None is what another of them cites."""
    works: list[tuple[str, list[str], list[set[str]]]] = []  # each with what it is within, and the fields of what cites it
    closed: Counter[str] = Counter()
    open_: list[tuple[str, set[str]]] = []
    for tag in _TAG.finditer(blanked(head)):
        closing, name, alone = tag.groups()
        if not closing:
            if open_ and (known := field_of(name)):
                open_[-1][1].add(known[0])
            if not alone:
                open_.append((name, set()))
            continue
        while open_:
            ended, fields = open_.pop()
            if ended == name:
                closed[name] += 1
                if _is_work(name, fields):
                    holders = [holder for holder, _ in open_]
                    citing = next((n for n, holder in enumerate(holders) if _CITED.search(holder)), 0)
                    works.append((name, holders, [fields for holder, fields in open_[:citing] if holder not in _FEEDS]))
                break
    found: Counter[str] = Counter()
    above: dict[str, list[str]] = {}
    depths: dict[str, int] = {}
    for name, holders, citing_it in works:
        if not any(_is_work("", fields) for fields in citing_it):
            found[name] += 1
            depths[name] = min(len(holders), depths.get(name, len(holders)))
            above[name] = holders[1:]
    many = [name for name, count in found.items() if 2 * count >= max(found.values())]
    best = min(many, key=depths.__getitem__, default="")
    return next((holder for holder in above.get(best, ()) if closed[holder] == found[best] > 1), best)


def _is_work(name: str, fields: set[str]) -> bool:
    return "title" in fields and len(fields & _TELLING) > 1 and name not in _FEEDS


def _told(root: Element) -> Iterator[tuple[str, str]]:
    """As `_pairs`; what the work cites, beside a title of its own, is kept as the texts of those, and fills no field."""
    lists = [held for held in root.iter() if held is not root and len(held) and _CITED.search(str(held.tag))]
    within = {one for held in lists for one in held.iter()}
    titles = [one for one in root.iter() if (known := field_of(str(one.tag))) and known[0] == "title"]
    cited = [held for held in lists if not within.issuperset(titles) and not within.isdisjoint(titles)]
    for held in cited:
        for one in held:
            said = (value for inner in one.iter() for value in inner.attrib.values())
            yield f"cited in {held.tag}", collapse(" ".join([*one.itertext(), *said]))
        del held[:]
    yield from _pairs(root)


def _pairs(element: Element, within: str = "") -> Iterator[tuple[str, str]]:
    """What the elements below one are called as columns, and what they say."""
    yield from element.attrib.items()
    for child in element:
        name = str(child.tag)
        path = f"{within} {name}".strip()
        known = field_of(name)
        # The title of what a work is in is no title of the work: `journal title`.
        label = name if known and (known[0] != "title" or not field_of(path)) else path
        field = (field_of(label) or ("", 0))[0]
        if not len(child) or all(one.tag in INLINE for one in child.iter() if one is not child):
            lines = map(collapse, written(child).split("\r"))
            text = "\n".join(filter(None, lines))
            kind = text[:6].partition(":")[0].casefold() if not field else ""
            yield (kind if kind in _IDS else field if field in _LISTS else label), text
            yield from ((f"{label} {attribute}", text) for attribute, text in child.attrib.items())
        elif field in _LISTS:
            for one in [child] if _name(child)[0] else list(child):
                whole, beside = _name(one)
                yield field, whole or text_of(one)
                yield from ((str(other.tag), text_of(other)) for other in beside)
        else:
            yield from _pairs(child, name)


_WHOLE = ("fullname", "name", "displayname")


def _name(person: Element) -> tuple[str, list[Element]]:
    """The name of a person that has elements for it, `Family, Given` where they are for its parts, and what else is told of them; else ""."""
    told = [(known[0] if (known := field_of(str(one.tag))) else squash(str(one.tag)), one) for one in person]
    first = dict(reversed(told))
    parts = ("family", "given") if "family" in first else next(((name,) for name in _WHOLE if name in first), ())
    name = ", ".join(filter(None, (text_of(first.get(part)) for part in parts)))
    return name, [one for what, one in told if name and (what not in parts or one is not first[what])]


FORMAT = Format("xml-rows", "XML with an element for each work and for each of its fields", score, read)
