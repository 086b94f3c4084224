"""XML from strangers, an entry at a time: each is cut out of the text and parsed by itself, so that a broken one costs no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import XML, Element, ParseError
from xml.parsers.expat import ErrorString

from review.errors import FormatError
from review.formats.base import Input
from review.formats.characters.stream import elements
from review.formats.characters.text import collapse
from review.formats.characters.xml_signs import mended, unprefixed
from review.formats.entries import mixed
from review.model.patterns import lazy
from review.model.record import Record, Reject

_SIGNS = lazy(r"<!--|<!\[CDATA\[")
CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>"}
TORN = "the file begins in the middle of this entry"
UNOPENED = "the tag that opens this entry is missing or broken"
_LONGEST = 64 << 20  # characters in which an entry, or a comment, ends

Read = Callable[[Element, int, str], Record | Reject]  # of an element, the line where it begins and its text


def read_entries(
    data: Input, tag: str, record: Read, holder: str, missing: FormatError, mend: Callable[[str], str] | None = None
) -> Iterator[Record | Reject]:
    """As `entries`, of a file, however large. Raises `missing` where there is no entry, nor what the pattern `holder` looks for:
    a list of entries that is empty. mend: makes a piece of the text right, whose tags are whole."""
    holding = re.compile(holder)
    seen = False

    def found(pieces: Iterable[str]) -> Iterator[Record | Reject]:
        entry = None
        for entry in mixed.settled(streamed(pieces, tag, record)):
            yield entry
        if entry is None and not seen:
            raise missing

    def pieces() -> Iterator[str]:
        nonlocal seen
        for piece in elements(data):
            seen = seen or holding.search(piece) is not None
            yield mend(piece) if mend else piece

    yield from or_broken(pieces(), found)


def or_broken(pieces: Iterable[str], read: Callable[[Iterable[str]], Iterator[Record | Reject]]) -> Iterator[Record | Reject]:
    """What is read of a text in pieces; where that is nothing, though the text says something and its tags are broken, a Reject of it all."""
    entry: Record | Reject | None = None
    before: list[str] = []  # the first entry

    def kept() -> Iterator[str]:
        for piece in pieces:
            if entry is None:
                before.append(piece)
            yield piece

    for entry in read(kept()):
        before.clear()
        yield entry
    text = "".join(before)
    if entry is None and TELLS.search(text) and isinstance(broken := _parsed(text, 1, text), Reject):
        yield replace(broken, reason=f"no entry is found in it: {broken.reason}")


def streamed(pieces: Iterable[str], tag: str, record: Read) -> Iterator[Record | Reject | mixed.Outside]:
    """As `entries`, of a text that comes in pieces: no more of it than a few pieces, or an entry, is in memory."""
    held: list[str] = []
    size, line, waits = 0, 1, True
    for piece in pieces:
        end = _behind_last(piece, tag)
        held.append(piece[:end])
        size += end
        if end:
            text = "".join(held)
            # A comment, or CDATA, that goes on may hide the end of the entry.
            if not (waits and _hides(text)) or size > _LONGEST:
                waits = waits and size <= _LONGEST
                yield from entries(text, tag, record, line)
                line += text.count("\n")
                held, size = [], 0
        held.append(piece[end:])
        size += len(piece) - end
    yield from entries("".join(held), tag, record, line)


def _behind_last(piece: str, tag: str) -> int:
    """The place behind the last closing tag in a piece, or 0."""
    last = 0
    for name in tag.split("|"):
        at = len(piece)
        while (at := piece.rfind(f"{name}>", last, at)) >= 0:
            if re.search(r"</(?:[A-Za-z][\w.-]*:)?\Z", piece[max(0, at - 100) : at]):
                last = at + len(name) + 1
                break
    return last


def _hides(text: str) -> bool:
    """Whether the text ends in a comment or CDATA section."""
    at = 0
    for sign in _SIGNS.finditer(text):
        if sign.start() >= at:
            end = text.find(CLOSERS[sign[0]], sign.end())
            if end < 0:
                return True
            at = end
    return False


def entries(text: str, tag: str, record: Read, line: int = 1) -> Iterator[Record | Reject | mixed.Outside]:
    """A Record or Reject for each element of that tag (or one of several, with | between them), in a text whose line ends are LF. One that stands in another is part of it.
    Also the text that stands outside of them, and is no markup. line: of the text's beginning.

    Raises FormatError where the file declares entities of its own (`with_entities`).
    """
    # Comments and CDATA may quote an entry; they are blanked for the search, at the same length.
    scan = blanked(text)
    opening = re.compile(rf"<((?:[A-Za-z][\w.-]*:)?(?:{tag}))(?:\s[^<>]*|/)?>")
    start = opening.search(scan)
    if line == 1 and "<!ENTITY" in scan[: start.start() if start else len(scan)]:
        raise with_entities()
    counted = end = 0
    while start:
        yield from _between(text, scan, end, start.start(), line + text.count("\n", counted, end), tag)
        closing = f"</{start[1]}>"
        line += text.count("\n", counted, start.start())
        counted = start.start()
        following = opening.search(scan, start.end())
        limit = following.start() if following else len(scan)
        found = scan.find(closing, start.end(), limit)
        if found < 0 and following and (found := _behind_inner(scan, opening, closing, start.end())) >= 0:
            following = opening.search(scan, found)
        if start[0].endswith("/>"):
            end = start.end()
            yield Reject(line=line, reason="the entry is empty", raw=text[counted:end])
        elif found < 0:
            end = limit
            yield Reject(line=line, reason=f"the entry is cut off or broken: it has no {closing}", raw=text[counted:end].rstrip())
        else:
            end = found + len(closing)
            yield alone(text[counted:end], line, record)
        start = following
    yield from _between(text, scan, end, len(scan), line + text.count("\n", counted, end), tag)
    cut = re.compile(r"<(?:[A-Za-z][\w.-]*:)?([A-Za-z-]*)(?:\s[^<>]*)?\Z").search(scan, end)
    if cut and cut[1] and any(name.startswith(cut[1]) for name in tag.split("|")):
        line += text.count("\n", counted, cut.start())
        yield Reject(line=line, reason="the file is cut off in the opening tag of an entry", raw=text[cut.start() :])


def _behind_inner(scan: str, opening: re.Pattern[str], closing: str, at: int) -> int:
    """The place of the tag that closes an entry in which others stand, each of them whole; -1 for one that is cut off, behind which the next ones stand."""
    for _ in range(_INNER):
        inner = opening.search(scan, at)
        own = scan.find(closing, at, inner.start() if inner else len(scan))
        if own >= 0 or inner is None:
            return own
        following = opening.search(scan, inner.end())
        end = scan.find(f"</{inner[1]}>", inner.end(), following.start() if following else len(scan))
        if end < 0:
            return -1
        at = end + len(inner[1]) + 3
    return -1


_INNER = 20  # entries within one
TELLS = lazy(r"(?:\A|>)[^<>\w]*\w[^<>]*<")  # text within or before an element


def _between(text: str, scan: str, start: int, end: int, line: int, tag: str) -> Iterator[Reject | mixed.Outside]:
    """What stands between two entries, or around them: what is left of an entry whose opening tag is lost, or what is no entry of this kind."""
    for torn in re.compile(rf"</(?:[A-Za-z][\w.-]*:)?(?:{tag})>").finditer(scan, start, end):
        raw = text[start : torn.end()]
        if TELLS.search(raw):
            yield Reject(line=line, reason=TORN if line == 1 else UNOPENED, raw=raw.strip())
        line += raw.count("\n")
        start = torn.end()
    yield from mixed.between(text, scan, start, end, line, tag, "XML")


def with_entities() -> FormatError:
    """What is said of a file that declares entities of its own: no exporter does, attacks do."""
    return FormatError(
        "the XML declares entities of its own, which is how files attack their reader; it was not read",
        "Export it again, or remove the DOCTYPE.",
    )


def alone(raw: str, line: int, record: Read) -> Record | Reject:
    """What one entry, cut out of a text, is. raw: it begins with its own tag: no document type, so no entity and no external reference, can
    stand in it, and the standard library's parser is safe on it."""
    text = unprefixed(mended(raw))
    root = _parsed(text, line, raw)
    if isinstance(root, Reject):
        return root
    if "xmlns" in raw:  # in the answer of a catalogue each entry declares its own
        for element in root.iter():
            element.tag = str(element.tag).rpartition("}")[2]
    try:
        return record(root, line, raw)
    except RecursionError:
        return Reject(line=line, reason="not XML that may be read: nested too deeply", raw=raw)


def _parsed(text: str, line: int, raw: str) -> Element | Reject:
    """The element that the text is, or a Reject that tells why it is none. line, raw: of the text, as it stands in the file."""
    try:
        try:
            return XML(text)
        except ParseError:
            if (tight := _LOOSE.sub(_tightened, text)) == text:
                raise
            return XML(tight)
    except ParseError as error:
        at = line + error.position[0] - 1
        return Reject(line=line, reason=f"not well-formed XML: {ErrorString(error.code)}, in line {at}", raw=raw)
    except ValueError as error:
        return Reject(line=line, reason=f"not XML that may be read: {error}", raw=raw)


# What a program that joins strings writes into XML: `p < 0.05`, `a<br>b`. A CDATA section may hold it.
_LOOSE = lazy(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(?:(?![A-Za-z_/!?])|(br|hr)\s*>(?!\s*</\1>))", re.DOTALL)


def _tightened(found: re.Match[str]) -> str:
    return f"<{found[1]}/>" if found[1] else "&lt;" if found[0] == "<" else found[0]


def blanked(text: str) -> str:
    """The text with spaces for its comments and CDATA sections; one that never ends hides nothing."""
    parts: list[str] = []
    at = 0
    endless: set[str] = set()
    for sign in _SIGNS.finditer(text):
        if sign.start() < at or sign[0] in endless:
            continue
        end = text.find(CLOSERS[sign[0]], sign.end())
        if end < 0:
            endless.add(sign[0])  # nor do those behind it: looking again for each would take for ever
            continue
        end += len(CLOSERS[sign[0]])
        parts += (text[at : sign.start()], _NOT_LINE_END.sub(" ", text[sign.start() : end]))
        at = end
    return "".join([*parts, text[at:]]) if parts else text


_NOT_LINE_END = lazy(r"[^\n]")


def text_of(element: Element | None) -> str:
    """Every text node below the element, on one line, without what nobody sees."""
    if element is None:
        return ""
    return collapse("".join(element.itertext()) if len(element) else element.text or "")


def down(element: Element | None, *tags: str) -> Element | None:
    """The first element below by these steps. Steps of one tag are found in C; a path with slashes is five times as slow."""
    for tag in tags:
        if element is None:
            return None
        element = element.find(tag)
    return element


# What tells how a text looks: EndNote's, and HTML's in both cases.
INLINE = frozenset(name for tag in "style a b br em font i p span strong sub sup u".split() for name in (tag, tag.upper()))  # noqa: SIM905


def written(element: Element) -> str:
    """Every text below the element, with a carriage return around each paragraph and for each line end of HTML."""
    if not len(element):
        return element.text or ""
    for child in element.iter():
        if child.tag in ("br", "p"):
            child.text, child.tail = f"\r{child.text or ''}", f"\r{child.tail or ''}"
    return "".join(element.itertext())
