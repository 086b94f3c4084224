"""BibTeX as XML: BibTeXML (bibtexml.sf.net) and DBLP (dblp.org/faq/16154937): the same kinds and fields, read as BibTeX's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.bibtex import bibtex
from review.formats.bibtex.bibtex_syntax import Entry
from review.formats.entries.xml_entries import INLINE, read_entries, text_of
from review.formats.values.fields import says_nothing
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_DBLP = "article|inproceedings|proceedings|book|incollection|phdthesis|mastersthesis"


def score(head: str) -> float:
    """0.95 for XML in BibTeXML's name space, or of DBLP, 0 otherwise."""
    bibtexml = "bibtexml.sf.net" in head and re.search(r"<(?:\w+:)?(?:file|entry)[\s>]", head)
    dblp = re.search(rf"<(?:{_DBLP})\s[^<>]*\bkey=", head) and re.search(r"<(?:author|title)[\s>]", head)
    return 0.95 if bibtexml or dblp else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <entry> (DBLP: <article> and the like), in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <entry> in it", "BibTeXML has one for each work.")
    named = "bibtexml" in head_of(data)
    yield from read_entries(data, "entry" if named else _DBLP, _record if named else _dblp, "bibtexml|<dblp", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    kind = next(iter(root), None)
    fields = list(_fields(kind)) if kind is not None else []
    return _of(Entry(line, raw, str(kind.tag).casefold() if kind is not None else "misc", root.get("id", ""), [f for f in fields if f[1]]))


def _fields(work: Element) -> Iterator[tuple[str, str]]:
    """The fields of a work; those of one that has elements of its own (`title` with `title` and `subtitle`, `author` with `person`) too."""
    for child in work:
        name, inner = str(child.tag).casefold(), [one for one in child if one.tag not in INLINE]
        if name in ("author", "authors", "editor", "editors") and inner:
            yield name.removesuffix("s"), " and ".join(filter(None, map(_person, inner)))
        elif inner:
            yield from ((tag if tag in (name, f"sub{name}") else f"{name} {tag}", text) for tag, text in _fields(child))
        else:
            yield name, text_of(child)


def _person(element: Element) -> str:
    """`prelast last, lineage, first middle`, as BibTeX has it; else the name as it stands."""
    last, lineage, given = (
        " ".join(filter(None, (text_of(element.find(tag)) for tag in tags)))
        for tags in (("prelast", "last"), ("lineage",), ("first", "middle"))
    )
    return ", ".join(filter(None, (last, lineage, given))) if last else text_of(element)


def _dblp(root: Element, line: int, raw: str) -> Record | Reject:
    fields: dict[str, list[str]] = {}
    for child in root:
        name, text = str(child.tag), text_of(child)
        # `url` is a place within DBLP, `ee` the work's own.
        name = {"ee": "url", "url": "dblp"}.get(name, name)
        fields.setdefault(name, []).append(text)
    title = [text.removesuffix(".") for text in fields.pop("title", [])]
    pairs = [("title", text) for text in title]
    for name, texts in fields.items():
        pairs += [(name, " and ".join(texts))] if name in ("author", "editor") else [(name, text) for text in texts]
    return _of(Entry(line, raw, str(root.tag), root.get("key", ""), [pair for pair in pairs if pair[1]]))


def _of(entry: Entry) -> Record | Reject:
    found = bibtex.record(entry)
    if says_nothing(found):
        return Reject(line=entry.line, reason="no title, abstract, author or identifier", raw=entry.raw)
    return found


FORMAT = Format("bibtexml", "BibTeX as XML (BibTeXML, DBLP)", score, read)
