"""JATS, as PubMed Central gives articles (.nxml): text by section (NISO Z39.96)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.fulltext.document import Document, Page
from review.model.patterns import lazy

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What ends a line, what a reader does not see, and what is told in a place of its own. Tables are NISO's (HTML's) or OASIS'.
_BLOCKS = frozenset(
    ("p", "title", "subtitle", "list-item", "disp-quote", "attrib", "label", "tr", "td", "th", "row", "entry", "caption", "disp-formula", "def", "term", "break",
     "verse-line", "sec", "kwd", "speaker", "fn", "award-group", "funding-statement", "corresp", "statement", "preformat", "code", "sig", "contrib", "aff",
     "funding-source", "award-id", "principal-award-recipient")
)  # fmt: skip
_SPACED = frozenset(
    ("surname", "given-names", "prefix", "suffix", "collab", "string-name", "degrees", "role")
)  # parts of a name stand without a space between
_CELLS = frozenset(("td", "th", "entry"))
_SILENT = frozenset(
    ("object-id", "processing-instruction", "graphic", "inline-graphic", "alt-text", "long-desc", "label-alternatives", "annotation", "annotation-xml",
     "institution-id", "contrib-id", "sub-article", "response")
)  # fmt: skip
_APART = frozenset(("table-wrap", "fig", "boxed-text", "supplementary-material", "media"))
_NAMES = {
    "table-wrap": "table",
    "fig": "figure",
    "boxed-text": "box",
    "supplementary-material": "supplement",
    "media": "media",
    "ack": "acknowledgements",
    "fn-group": "footnotes",
    "app": "appendix",
    "app-group": "appendices",
}
# Of the front: what people extract besides title and abstract (who paid, whose interests, which words).
_FRONT = {
    "./title-group/article-title": "title", "./title-group/subtitle": "title", "./title-group/trans-title-group": "title, translated",
    "./title-group/trans-title": "title, translated", "./abstract": "abstract", "./trans-abstract": "abstract, translated", "./kwd-group": "keywords",
    "./author-notes": "author notes", "./funding-group": "funding", "./contrib-group": "authors", "./aff": "authors",
}  # fmt: skip
_NOT_TOLD = frozenset(("ref-list", "title", "label"))  # of the back
_ENTITY = lazy(r"&(\w+);")
# Declarations of a file's own: an entity of words is read; files and other entities within entities are not.
_SUBSET = lazy(r"(<!DOCTYPE[^\[>]*)\[(.*?)\]\s*>", re.DOTALL)
_DECLARED = lazy(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')\s*>""")
_TEX = lazy(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)


def looks_like(data: bytes) -> bool:
    """Whether the beginning of a file is that of JATS."""
    head = data[:20000].decode("utf-8", "replace")
    return bool(re.search(r"<(?:\w+:)?(?:article|pmc-articleset)[\s>]", head)) and "PubmedArticle" not in head


def read(data: bytes) -> Document:
    """Title, abstract, each section under its path (`Results > Trust`), tables and figures, notes. Raises FormatError."""
    article = _article(data)
    pages = _told(article, "")
    for sub in article.iter():
        # Decision letters and answers to them, translations.
        if sub.tag in ("sub-article", "response"):
            title = sub.find("./front-stub/title-group/article-title")
            if title is None:
                title = sub.find("./front/article-meta/title-group/article-title")
            name = _line(title) if title is not None else sub.get("article-type", "") or str(sub.tag)
            pages += _told(sub, f"{name} > ")
    if not any(p.text and p.label != "title" for p in pages):
        raise FormatError("the article has neither abstract nor body", "Fetch the full text, not the metadata alone.")
    return Document("jats", tuple(pages))


def _told(article: Element, prefix: str) -> list[Page]:
    """An article, or one that stands within another."""
    pages: list[Page] = []
    for front in (article.find("./front/article-meta"), article.find("./front-stub")):
        if front is not None:
            pages += [
                Page(_abstract_name(e, name), text) for path, name in _FRONT.items() for e in front.findall(path) if (text := _text(e))
            ]
            pages += _apart(front)
    if (notes := article.find("./front/notes")) is not None and (text := _text(notes)):
        pages.append(Page("notes", text))
    body = article.find("./body")
    if body is not None:
        pages += [*_sections(body, ()), *_apart(body)]
    back = article.find("./back")
    if back is not None:
        for e in back:
            pages += _of_back(e) if e.tag not in _NOT_TOLD and e.tag not in _APART else ()
        pages += _apart(back)
    floats = article.find("./floats-group")  # where manuscripts of authors have their tables and figures
    pages += _apart(floats) if floats is not None else []
    return [Page(prefix + p.label, p.text) for p in pages] if prefix else pages


def _of_back(e: Element) -> list[Page]:
    """A part of the back: appendices and sections by section, acknowledgements, notes and glossaries as one."""
    title = e.find("./title")
    named = _line(title) if title is not None else ""
    if e.tag in ("app-group", "app", "sec"):
        label = e.find("./label")
        name = " ".join(p for p in (_line(label).rstrip(".:") if label is not None else "", named) if p)
        parts = e.findall("./app")
        return (
            [page for part in parts for page in _of_back(part)] if parts else [*_sections(e, (name or _NAMES.get(str(e.tag), "section"),))]
        )
    text = _text(e)
    return [Page(named or _NAMES.get(str(e.tag), str(e.tag)), text)] if text else []


def _sections(e: Element, path: tuple[str, ...]) -> Iterator[Page]:
    """A body or an appendix by section, its footnotes after it."""
    yield from _section(e, path)
    if notes := "\n".join(_text(n) for n in _notes(e)):
        yield Page(" > ".join((*path, "notes")), notes)


def _notes(e: Element) -> Iterator[Element]:
    """The footnotes of running text, which would stand in the middle of a sentence; those of a table stand with it."""
    for child in e:
        if child.tag == "fn":
            yield child
        elif child.tag not in _APART:
            yield from _notes(child)


def _article(data: bytes) -> Element:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root: Element = ElementTree.fromstring(_known_entities(data))
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise FormatError(f"not well-formed XML ({error})", "Download it again.") from None
    for e in root.iter():
        # Of the namespaces, only MathML's names mean something else.
        if isinstance(e.tag, str) and e.tag.startswith("{") and "MathML" not in e.tag:
            e.tag = e.tag.partition("}")[2]
    article = root if root.tag == "article" else root.find(".//article")
    if article is None:
        raise FormatError(f"no JATS article in it (the root is <{root.tag}>)", "PubMed Central gives JATS as 'PMC full text XML'.")
    return article


def _known_entities(data: bytes) -> bytes:
    """Names such as &nbsp; come from a DTD that is never loaded: they become their characters, those that the file declares their words."""
    declares = b"<!ENTITY" in data[:20000]
    if not declares and not re.search(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)[\w.-]+;", data):
        return data
    known = {"amp", "lt", "gt", "quot", "apos"}
    encoding = re.match(rb"""<\?xml[^>]*encoding=["']([\w-]+)""", data)
    name = encoding[1].decode() if encoding else "utf-8"
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return data
    own: dict[str, str] = {}
    if declares and (subset := _SUBSET.search(text[:60000])):
        own = {m[1]: m[2] or m[3] or "" for m in _DECLARED.finditer(subset[2])}
        text = f"{text[: subset.start()]}{subset[1]}>{text[subset.end() :]}"
    return _ENTITY.sub(lambda m: m[0] if m[1] in known else own.get(m[1]) or html5.get(f"{m[1]};", f"&amp;{m[1]};"), text).encode(
        name, "xmlcharrefreplace"
    )


def _abstract_name(e: Element, name: str) -> str:
    kind = e.get("abstract-type", "")
    return f"{name} ({kind})" if kind else name


def _section(e: Element, path: tuple[str, ...]) -> Iterator[Page]:
    """The text of a section without that of the sections in it, then those."""
    own = [c for c in e if c.tag not in ("sec", "title", "label")]
    text = "\n".join(t for c in own if c.tag not in _APART and (t := _text(c, notes=False)))
    if text:
        yield Page(" > ".join(path) or "body", text)
    for n, child in enumerate(e.findall("./sec"), 1):
        title = child.find("./title")
        yield from _section(child, (*path, (_line(title) if title is not None else "") or f"section {n}"))


def _apart(e: Element) -> list[Page]:
    found = []
    for part in e.iter():
        if part.tag in _APART and (text := _text(part)):
            label = part.find("./label")
            name = _line(label).rstrip(".:") if label is not None else ""
            found.append(Page(name or _NAMES[str(part.tag)], text))
    return found


def _tex(e: Element) -> str:
    """The formula of a whole LaTeX document, or as it is."""
    whole = "".join(e.itertext())
    found = _TEX.search(whole)
    return " ".join((found[1] if found else whole).replace("$", " ").split())


def _line(e: Element) -> str:
    return " ".join(_text(e).split())


def _text(e: Element, notes: bool = True) -> str:
    """All that a reader sees of an element, a line for each block; notes: with footnotes where they stand."""
    pieces: list[str] = []
    _walk(e, pieces, notes, top=True)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(e: Element, pieces: list[str], notes: bool, top: bool = False) -> None:
    tag = e.tag if isinstance(e.tag, str) else ""
    hidden = tag in _SILENT or (not top and (tag in _APART or (tag == "fn" and not notes)))
    if tag and not hidden:
        block = tag in _BLOCKS
        if block:
            pieces.append("\n")
        # The line ends of the source are spaces.
        pieces.append((e.text or "").replace("\n", " "))
        for child in e:
            if child.tag != "tex-math":
                _walk(child, pieces, notes)
            else:  # the same again beside MathML
                pieces += (
                    "" if any(str(c.tag).endswith("math") and c is not child for c in e) else _tex(child),
                    (child.tail or "").replace("\n", " "),
                )
        if block:
            pieces.append("\t" if tag in _CELLS else "\n")
        elif tag in _SPACED:
            pieces.append(" ")
    if not top:
        pieces.append((e.tail or "").replace("\n", " "))
