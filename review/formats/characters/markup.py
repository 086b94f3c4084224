"""Markup in a record, as services and the programs behind them leave it there: taken off, the paragraphs and headings of an abstract as lines."""

from __future__ import annotations

import re
from dataclasses import replace

from review.formats.characters.text import collapse, collapsed_lines, seen, unescape
from review.model.patterns import lazy
from review.model.record import Record
from review.model.tags import untagged

_OPENED = lazy(r"<(?:jats:)?(?:p|sec|list-item)(?:\s[^<>=]{1,40}=[^<>]{0,200})?>", re.IGNORECASE)
_CLOSED = lazy(r"</(?:jats:)?(?:p|sec|list-item)>", re.IGNORECASE)
_HEADING = lazy(r"<((?:jats:)?title)\b[^<>]{0,80}>([^<]*(?:<(?!/?(?:jats:)?title\b)[^<]*)*)</\1>\s*", re.IGNORECASE)
_H = lazy(r" ?<h([2-6])>([^<>\n]{1,200})</h\1> *", re.IGNORECASE)  # Europe PMC's


def unmarked(record: Record) -> Record:
    """The record with its title, journal and keywords without tags, as most have them."""
    told = (record.title, record.journal, *record.keywords)
    if "<" not in "".join(told):
        return record
    title, journal, *words = (collapse(untagged(text)) for text in told)
    return replace(record, title=title, journal=journal, keywords=tuple(words))


def break_lines(text: str) -> str:
    """The text of an abstract with `<br>`, Ovid's `<ovid:br/>` and the paragraphs of JATS (Crossref) and of a web page (Open Journal Systems) as lines,
    its headings (Europe PMC's `<h4>`) with a colon, without any other tags and what nobody sees."""
    text = seen(text)
    if "<" not in text:
        return text
    # Where tags tell the paragraphs, the ends of lines are only how they were laid out.
    flowing = text.replace("\n", " ") if _CLOSED.search(text) and _OPENED.search(text) else text
    bare = untagged(_headed(flowing), "\n")
    return text if bare == text else collapsed_lines(bare)


def paragraphs(text: str) -> str:
    """The same of a text as it came: its entities are characters, and each paragraph is on one line."""
    return collapsed_lines(break_lines(unescape(text.replace("\r", "\n"))))


def _headed(text: str) -> str:
    """The headings of parts with a colon; of the whole abstract, which says nothing, none."""
    if "</h" in text:
        text = _H.sub(lambda found: f" {_named(found[2])}", text).strip(" ")
    return _HEADING.sub(lambda found: _named(found[2]), text) if "<jats:title" in text or "<title>" in text else text


def _named(title: str) -> str:
    text = title.strip().rstrip(":. ")
    return f"{text}: " if text and text.casefold() not in ("abstract", "summary") else ""
