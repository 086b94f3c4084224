"""JATS, as PubMed Central gives articles (.nxml): text by section (NISO Z39.96)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.fulltext.document import Document, Page

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What ends a line, what a reader does not see, and what is told in a place of its own.
_BLOCKS = {
    "p",
    "title",
    "list-item",
    "disp-quote",
    "label",
    "tr",
    "td",
    "th",
    "caption",
    "disp-formula",
    "def",
    "term",
    "break",
    "verse-line",
    "sec",
    "kwd",
}
_SILENT = {"tex-math", "object-id", "processing-instruction", "graphic", "media", "alt-text", "long-desc", "label-alternatives"}
_APART = {"table-wrap", "fig", "boxed-text", "supplementary-material"}
_ENTITY = re.compile(r"&(\w+);")


def looks_like(data: bytes) -> bool:
    """Whether the beginning of a file is that of JATS."""
    head = data[:20000].decode("utf-8", "replace")
    return bool(re.search(r"<(?:\w+:)?(?:article|pmc-articleset)[\s>]", head)) and "PubmedArticle" not in head


def read(data: bytes) -> Document:
    """Title, abstract, each section under its path (`Results > Trust`), tables and figures, notes. Raises FormatError."""
    article = _article(data)
    pages: list[Page] = []
    front = article.find("./front/article-meta")
    if front is not None:
        for path, name in (
            ("./title-group/article-title", "title"),
            ("./abstract", "abstract"),
            ("./trans-abstract", "abstract, translated"),
        ):
            pages += [Page(_abstract_name(e, name), text) for e in front.findall(path) if (text := _text(e))]
    body = article.find("./body")
    if body is not None:
        pages += _section(body, ())
        pages += _apart(body)
    back = article.find("./back")
    if back is not None:
        for e in back:
            if e.tag in ("ack", "notes", "app-group", "fn-group", "sec", "app") and (text := _text(e)):
                title = e.find("./title")
                pages.append(Page(_text(title) if title is not None else {"ack": "acknowledgements"}.get(e.tag, e.tag), text))
        pages += _apart(back)
    if not any(p.text for p in pages):
        raise FormatError("the article has neither abstract nor body", "Fetch the full text, not the metadata alone.")
    return Document("jats", tuple(pages))


def _article(data: bytes) -> Element:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root: Element = ElementTree.fromstring(_known_entities(data))
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise FormatError(f"not well-formed XML ({error})", "Download it again.") from None
    for e in root.iter():
        if isinstance(e.tag, str) and e.tag.startswith("{") and "jats" in e.tag.casefold():
            e.tag = e.tag.partition("}")[2]
    article = root if root.tag == "article" else root.find(".//article")
    if article is None:
        raise FormatError(f"no JATS article in it (the root is <{root.tag}>)", "PubMed Central gives JATS as 'PMC full text XML'.")
    return article


def _known_entities(data: bytes) -> bytes:
    """Names such as &nbsp; come from a DTD that is never loaded: they become their characters."""
    if not re.search(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;", data):
        return data
    known = {"amp", "lt", "gt", "quot", "apos"}
    encoding = re.match(rb"""<\?xml[^>]*encoding=["']([\w-]+)""", data)
    name = encoding[1].decode() if encoding else "utf-8"
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return data
    return _ENTITY.sub(lambda m: m[0] if m[1] in known else html5.get(f"{m[1]};", m[0]), text).encode(name, "xmlcharrefreplace")


def _abstract_name(e: Element, name: str) -> str:
    kind = e.get("abstract-type", "")
    return f"{name} ({kind})" if kind else name


def _section(e: Element, path: tuple[str, ...]) -> Iterator[Page]:
    """The text of a section without that of the sections in it, then those."""
    own = [c for c in e if c.tag not in ("sec", "title", "label")]
    text = "\n".join(t for c in own if c.tag not in _APART and (t := _text(c)))
    if text:
        yield Page(" > ".join(path) or "body", text)
    for n, child in enumerate(e.findall("./sec"), 1):
        title = child.find("./title")
        yield from _section(child, (*path, _text(title) if title is not None and _text(title) else f"section {n}"))


def _apart(e: Element) -> list[Page]:
    found = []
    for part in e.iter():
        if part.tag in _APART:
            label = part.find("./label")
            name = _text(label).rstrip(".:") if label is not None else ""
            if text := _text(part):
                found.append(
                    Page(name or {"table-wrap": "table", "fig": "figure", "boxed-text": "box"}.get(str(part.tag), "supplement"), text)
                )
    return found


def _text(e: Element) -> str:
    """All that a reader sees of an element, a line for each block."""
    pieces: list[str] = []
    _walk(e, pieces, top=True)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(e: Element, pieces: list[str], top: bool = False) -> None:
    tag = e.tag if isinstance(e.tag, str) else ""
    if not tag or tag in _SILENT or (not top and tag in _APART):
        pass
    else:
        block = tag in _BLOCKS
        if block:
            pieces.append("\n")
        # The line ends of the source are spaces.
        pieces.append((e.text or "").replace("\n", " "))
        for child in e:
            _walk(child, pieces)
        if block:
            pieces.append("\n" if tag not in ("td", "th") else "\t")
    if not top:
        pieces.append((e.tail or "").replace("\n", " "))
