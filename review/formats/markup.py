"""Markup in an abstract: ends of lines, JATS's paragraphs and headings, as services and the programs behind them leave it there."""

from __future__ import annotations

import re

from review.formats.text import collapse, seen, unescape
from review.model.patterns import lazy

TAG = lazy(r"</?(?:[ib]|em|strong|su[bp]|scp|sc|jats:[\w-]+|span|p)\b[^<>]{0,400}/?>", re.IGNORECASE)
_PAGE = lazy(r"<p(?:\s[^<>=]{1,40}=[^<>]{0,200})?>", re.IGNORECASE)
_OF_A_PAGE = lazy(r"</?(?:div|[uo]l|li|u|font|blockquote|section|article)(?:\s[^<>=]{1,40}=[^<>]{0,200})?/?>", re.IGNORECASE)
_LINE = lazy(r"\n|<br ?/?>|</(?:jats:)?(?:p|sec|list-item)>", re.IGNORECASE)
_BREAK = lazy(r"[ \n]?<(?:ovid:)?br ?/?>[ \n]?", re.IGNORECASE)
_PARAGRAPH = lazy(r"</(?:jats:)?(?:p|sec|list-item)>", re.IGNORECASE)
_HEADING = lazy(r"<((?:jats:)?title)\b[^<>]{0,80}>([^<]*(?:<(?!/?(?:jats:)?title\b)[^<]*)*)</\1>\s*", re.IGNORECASE)
# Also without their namespace, as some publishers deposit them.
_JATS = lazy(r"</?(?:jats:[\w-]+|title|sec|p|italic|bold|su[bp]|sc|monospace|list(?:-item)?|ext-link|xref)\b[^<>]{0,400}/?>", re.IGNORECASE)
_BARE = lazy(r"\s*<(?:title|sec)>\s*<?", re.IGNORECASE)


def break_lines(text: str) -> str:
    """The text of an abstract with `<br>`, Ovid's `<ovid:br/>` and the paragraphs of JATS (Crossref) and of a web page (Open Journal Systems) as lines,
    its headings (Europe PMC's `<h4>`) with a colon, without what nobody sees."""
    text = seen(text)
    if "<" not in text:
        return text
    if "</h" in text:
        text = _H.sub(lambda found: f" {_named(found[2])}", text).strip(" ")
    marked = "<jats:" in text or _BARE.match(text) is not None
    low = text.lower()
    if not marked and "</p>" in low and _PAGE.search(text):  # then any other tag in it is one of the page's too
        return paragraphs(_OF_A_PAGE.sub(_apart, text))
    text = _flowing(text) if marked else text
    text = (_BREAK.sub("\n", text) if "<br" in low or ":br" in low else text).strip("\n")
    if not marked:
        return text
    lines = (" ".join(_JATS.sub("", line).split()) for line in _PARAGRAPH.sub("\n", headed(text)).split("\n"))
    return "\n".join(filter(None, lines))


def _apart(found: re.Match[str]) -> str:
    return "<br>" if found[0].lower().startswith(("</div", "</li", "</blockquote")) else ""


def paragraphs(text: str) -> str:
    """The paragraphs and headings of a text with tags, one a line."""
    lines = (unescape(collapse(TAG.sub("", line))) for line in _LINE.split(headed(_flowing(text.replace("\r", "\n")))))
    return "\n".join(line for line in lines if line)


def _flowing(text: str) -> str:
    """Where tags tell the paragraphs, the ends of lines are only how the XML was laid out."""
    return text.replace("\n", " ") if _PARAGRAPH.search(text) else text


def headed(text: str) -> str:
    """JATS's heading of a part, with a colon; of the whole abstract, which says nothing, none."""
    return _HEADING.sub(_heading, text) if "<jats:title" in text or "<title>" in text else text


_H = lazy(r" ?<h([2-6])>([^<>\n]{1,200})</h\1> *", re.IGNORECASE)  # Europe PMC's


def _heading(found: re.Match[str]) -> str:
    return _named(found[2])


def _named(title: str) -> str:
    text = title.strip().rstrip(":. ")
    return f"{text}: " if text and text.casefold() not in ("abstract", "summary") else ""
