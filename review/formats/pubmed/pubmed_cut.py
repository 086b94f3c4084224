"""PubMed's XML cut into entries: no more than a block of the file is in memory, and a broken entry costs no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from review.errors import FormatError
from review.formats.characters.stream import Window
from review.formats.entries import mixed
from review.formats.entries.xml_entries import CLOSERS, TELLS, TORN, UNOPENED, with_entities
from review.model.patterns import lazy
from review.model.record import Reject

_NAMES = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_SIGN = lazy(rf"<!--|<!\[CDATA\[|<!ENTITY|<({'|'.join(_NAMES)})(?:\s[^<>]*|/)?>")
_OPENS = lazy(rf"<(?:{'|'.join(_NAMES)})(?:\s[^<>]*)?>")
_CLOSES = lazy(rf"</(?:{'|'.join(_NAMES)})>")
_SET = lazy(r"<(?:PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet)[\s/>]")
_CUT_TAG = lazy(r"<([PM][A-Za-z]*)\s*\Z")
_LONGEST = 64 << 20  # characters; no entry of PubMed comes near it


class Cut(NamedTuple):
    """An entry's text and the line where it begins; why: what is wrong with one that is not whole."""

    raw: str
    line: int
    why: str = ""


def entries(pieces: Iterable[str]) -> Iterator[Cut | Reject | mixed.Outside]:
    """The entries of a text that comes in pieces, none of which cuts a tag, and what stands between them. Raises FormatError where there is neither an
    entry nor a set of them, and where the text declares entities of its own before its first entry."""
    window = Window(pieces)
    known = False  # a set or an entry has been seen
    any_entry = torn = cut = False  # cut: the window may begin within an element
    while True:
        # Pieces end behind a `>`, so that none cuts a tag.
        match = _SIGN.search(window.text, window.at)
        known = known or bool(_SET.search(window.text, window.at, match.start() if match else len(window.text)))
        closed = list(_CLOSES.finditer(window.text, window.at, match.start() if match else len(window.text)))
        if closed:
            first = not (any_entry or torn)
            end = closed[-1 if first else 0].end()
            raw, line = window.text[window.at : end], window.line()
            window.at = end
            if first:
                known = torn = True
                yield Cut(raw, line, TORN)
            elif "<PMID" in raw:
                entry = raw.lstrip()
                yield Cut(entry, line + raw.count("\n", 0, len(raw) - len(entry)), UNOPENED)
            elif TELLS.search(raw):  # a tag of the entry before it is broken
                yield mixed.Outside(raw.strip(), left=True)
            continue
        end = match.start() if match else len(window.text)
        for stray in mixed.between(window.text, window.text, window.at, end, window.line(), "|".join(_NAMES), "PubMed", cut):
            known = known or isinstance(stray, Reject)
            yield stray
        if match is None:
            last = _CUT_TAG.search(window.text, window.at)
            window.at, cut = last.start() if last else len(window.text), bool(window.text)
            if window.more():
                continue
            if last and any(name.startswith(last[1]) for name in _NAMES):
                yield Cut(window.text[window.at :], window.line(), "the file is cut off in the opening tag of an entry")
            elif not known:
                raise FormatError("no PubmedArticle in it", "Save the search results from PubMed as XML, or name the format.")
            return
        window.at, cut = match.start(), False
        if match[1]:
            known = any_entry = True
            if match[0].endswith("/>"):
                yield Cut(match[0], window.line(), "the entry is empty")
                window.at = match.end()
                continue
            length, whole = _extent(window, len(match[0]), f"</{match[1]}>")
            raw, line = window.text[window.at : window.at + length], window.line()
            window.at += length
            yield Cut(raw, line) if whole else Cut(raw.rstrip(), line, f"the entry is cut off or broken: it has no </{match[1]}>")
        elif match[0] == "<!ENTITY" and not any_entry:
            raise with_entities()
        else:
            length = _hidden(window, match[0])  # which may move `at`
            window.at += length


def _hidden(window: Window, sign: str) -> int:
    """The length of the comment or CDATA section at the window's place; of its sign alone where it never ends."""
    closing = CLOSERS.get(sign, "")
    while closing and sign not in window.endless:
        end = window.text.find(closing, window.at + len(sign))
        if end >= 0:
            return end + len(closing) - window.at
        if len(window.text) - window.at > _LONGEST or not window.more():
            window.endless.add(sign)
    return len(sign)


def _extent(window: Window, opening: int, closing: str) -> tuple[int, bool]:
    """The length of the entry at the window's place, and whether it is whole. opening: the length of its first tag.

    One that has not ended where another begins, or the text ends, is not. Comments and CDATA may quote an entry.
    """
    names = [f"<{name}" for name in _NAMES if name != "MedlineCitation" or name in closing]
    while True:
        text, at = window.text, window.at + opening
        while True:
            limit = _next_entry(text, at, names)
            end = text.find(closing, at, limit)
            place = text.find("<!", at, end if end >= 0 else limit)
            hidden = _SIGN.search(text, place, end if end >= 0 else limit) if place >= 0 else None
            over = -1
            if hidden is None or hidden[0] not in CLOSERS or hidden[0] in window.endless:
                break
            over = text.find(CLOSERS[hidden[0]], hidden.end())
            if over < 0:
                break
            at = over + len(CLOSERS[hidden[0]])
        if hidden is not None and hidden[0] in CLOSERS and hidden[0] not in window.endless:  # it may end further on
            if len(text) - window.at > _LONGEST or not window.more():
                window.endless.add(hidden[0])
            continue
        if end >= 0:
            return end + len(closing) - window.at, True
        if limit < len(text):
            return limit - window.at, False
        if len(text) - window.at > _LONGEST or not window.more():
            return len(window.text) - window.at, False


def _next_entry(text: str, at: int, names: list[str]) -> int:
    """Where the next entry begins, or the end of the text."""
    limit = len(text)
    for name in names:
        found = text.find(name, at, limit)
        while found >= 0 and not _OPENS.match(text, found):  # the name of a set begins with that of an entry
            found = text.find(name, found + 1, limit)
        limit = found if found >= 0 else limit
    return limit
