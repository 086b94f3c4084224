"""The syntax of BibTeX files: entries with their fields, macros put in, and what stands between entries.

bibtexparser 2.1 was tried: it refuses an entry whose key has a comma and gives up one that repeats a key. An entry that
never closes ends where the next one begins at the beginning of a line, so that it costs no other.
Rules: BibTeX's own (O. Patashnik, BibTeXing, 1988); braces count, escaped or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from review.formats.bibtex.bibtex_scan import Broken, Unclosed, closing, end_of_line, junk, quoted, skip
from review.formats.characters.stream import Window
from review.formats.entries import mixed
from review.model.patterns import lazy

# A kind of two words is EndNote's own, of which its style has none of BibTeX's: `@Web Page{12,`.
_OPENING = lazy(r"@[ \t]*([A-Za-z][\w-]*(?: [A-Z][a-z]{2,12}(?=\{[^\s{}()=\",]{0,99},))?)\s*([{(])")
_NEXT = lazy(
    r"\n[ \t]*@[ \t]*(?:[A-Za-z][\w-]*(?: [A-Za-z]{3,13}(?=\{))?\s*[{(][ \t]*[^\s{}()=\"]*\s*[,=]|(?:comment|preamble|string)\s*[{(])",
    re.IGNORECASE,
)
_NAME = lazy(r"[\s,;]*([^\s,;={}()\"#%]+)\s*=\s*")
_WORDS = lazy(r"[\s,;]*([A-Za-z]{1,20}(?: [A-Za-z]{1,20}){1,3})\s*=\s*(?=[{\"])")  # Web of Science's `Early Access Date = {APR 2021}`
_KEY_END = lazy(r"(?:^|,)\s*[^\s,={}()\"#]+\s*=|\s[^\s,={}()\"#]+\s*=$")  # the comma behind it may be missing
_KEY_LINE = lazy(r",[ \t]*\n")
_BARE = lazy(r"[^\s,;#{}()\"]+(?:(?:[ \t]+[^\s,;#{}()\"=%]+)+(?=[ \t]*[,}\n]))?")  # one word, or several that end the line or the field
_JOIN = lazy(r"\s*#\s*")
_REMARKS = frozenset({"comment", "preamble"})
_REMARK = 80  # blanks and signs before an entry on its line, at the most
_SHOWN = 4  # entries that the values of another may show
_LONGEST = 64 << 20  # characters in which an entry ends
_MOST = 1 << 18  # characters that macros give one value: macros of macros of macros are how files attack their reader


@dataclass(slots=True)
class Entry:
    """One entry. fields: (name in lower case, value as LaTeX without its delimiters); "" names text that is no field.

    around: what stood before it, comments and preambles among it. broken: why it can't be read.
    """

    line: int
    raw: str
    kind: str = ""
    key: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    broken: str = ""


class _Macros(dict[str, str]):
    """What names stand for. unused: the definitions that no entry has asked for, as they stood in the file."""

    def __init__(self) -> None:
        self.unused: dict[str, str] = {}

    def define(self, name: str, value: str, raw: str) -> None:
        self[name.casefold()] = value
        self.unused[name.casefold()] = raw

    def put_in(self, word: str) -> str:
        self.unused.pop(word.casefold(), None)
        return self.get(word.casefold(), word)


def entries(pieces: Iterable[str]) -> Iterator[Entry]:
    """The entries of a text that comes in pieces of whole lines, whose ends are LF, in its order. What follows the last is an Entry without kind."""
    window = Window(pieces)
    macros = _Macros()
    around: list[str] = []
    endless = False
    while True:
        text, position = window.text, window.at
        opening = _opening(text, position)
        following = _NEXT.search(text, opening.end()) if opening else None
        if following is None and _goes_on(window):
            continue
        if opening is None:
            break
        limit = following.start() if following else len(text)
        found = Entry(0, "", opening[1].casefold())
        if found.kind in _REMARKS:
            # It may hold entries; but where one never closed, looking to the end for each would take for ever.
            end, closed = _remark(text, opening, limit if endless else len(text))
            if not closed and not endless and _goes_on(window):
                continue
            endless = endless or not closed
        else:
            end, closed = _entry(text, opening, limit, found, macros)
            if not closed and following:
                shown = [following, *islice(_NEXT.finditer(text, following.end()), _SHOWN)]
                if len(shown) <= _SHOWN and _goes_on(window):
                    continue
                if quoting := _quoting(text, opening, shown, macros):
                    end, found, closed = *quoting, True
        others, outside = _outside(text[position : opening.start()], window.line())
        yield from others
        around += outside
        window.at = opening.start()
        found.line = window.line()
        window.at = end
        raw = text[opening.start() : end]
        if found.kind in _REMARKS or found.kind == "string":
            for name, value in found.fields if closed else ():
                macros.define(name, value, raw)
            around += _lines(raw) if not closed else [raw] if found.kind in _REMARKS else []
            continue
        if closed:
            found.raw, found.around = raw, around
        else:
            why = "the entry never closes: a brace or quotation mark is missing"
            found = Entry(found.line, raw.rstrip(), found.kind, around=around, broken=why)
        yield found
        around = []
    others, outside = _outside(window.text[window.at :], window.line())
    yield from others
    around += [*outside, *dict.fromkeys(macros.unused.values())]
    if around:
        yield Entry(window.line(), "", around=around)


def _remark(text: str, opening: re.Match[str], limit: int) -> tuple[int, bool]:
    """Where `@comment` or `@preamble` ends, and whether it closes; the line alone where it does not."""
    try:
        return closing(text, opening.end() - 1, limit), True
    except Broken:
        return end_of_line(text, opening.start()), False


def _entry(text: str, opening: re.Match[str], limit: int, found: Entry, macros: _Macros) -> tuple[int, bool]:
    """Read an entry, or `@string`, into the one that is given; where it ends, and whether it closes, or lacks no more than its last brace."""
    broken = unclosed = False
    try:
        end = _body(text, opening, limit, found, macros)
    except Broken as what:
        broken, unclosed, end = True, isinstance(what, Unclosed), limit
    # One that lacks the comma behind its key is an entry too.
    if not broken and (other := _ON_A_LINE.search(text, end, limit)):
        limit = min(limit, other.start())
    # Programs that write each field on a line of its own do not look whether its braces fit: Rayyan, and pages of journals.
    if found.kind != "string" and (broken or _FIELD_BEHIND.search(text, end, limit)):
        lined = _by_lines(text, opening, limit, macros)
        if lined and (broken or len({name for name, _ in lined[2]}) == len(lined[2])):  # else it may be another entry's that lost its @
            broken, end, found.key, found.fields = False, *lined
    return end, not broken or (unclosed and not any(_SWALLOWED.search(value) for _, value in found.fields))


def _quoting(text: str, opening: re.Match[str], shown: list[re.Match[str]], macros: _Macros) -> tuple[int, Entry] | None:
    """Where an entry ends that closes behind others, which its values hold: an abstract that shows what BibTeX looks like; and the entry.

    shown: the beginnings of the next ones. None where it does not close so: where a brace is missing, the others stand in no value.
    """
    limits = [one.start() for one in shown[1:]]
    if len(shown) <= _SHOWN:  # else to look to the end for each would take for ever
        limits.append(len(text))
    for number, limit in enumerate(limits, 1):
        found = Entry(0, "", opening[1].casefold())
        try:
            end = _body(text, opening, limit, found, macros)
        except Broken:
            continue
        raw = text[opening.start() : end]
        braced = [value for name, value in found.fields if name and f"{{{value}}}" in raw]
        return (end, found) if all(any(one[0] in value for value in braced) for one in shown[:number]) else None
    return None


def _outside(text: str, line: int) -> tuple[list[Entry], list[str]]:
    """The entries of other formats in a text between two of BibTeX, and its other lines."""
    if not text.strip(" \t\n,\ufeff"):
        return [], []
    rest, others = mixed.parted(text, line, "BibTeX")
    return [Entry(at, raw, "other", broken=mixed.reason(name, "BibTeX")) for at, name, raw in others], _lines(rest)


def _opening(text: str, position: int) -> re.Match[str] | None:
    """Where the next entry begins; not one on a line that `%` makes a remark."""
    while (found := _OPENING.search(text, position)) and (
        above := text.rfind("\n", position, found.start()) + 1 or position
    ) < found.start():
        before = text[above : found.start()] if found.start() - above < _REMARK else ""
        if "%" not in before or before.strip("% \t"):
            break
        position = end_of_line(text, found.start())
    return found


def _goes_on(window: Window) -> bool:
    """Whether there was more of the text; twice as much each time, so that looking anew stays cheap."""
    unread = len(window.text) - window.at
    return unread <= _LONGEST and window.more(max(1, unread))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip(" \t,\ufeff")]


def _body(text: str, opening: re.Match[str], limit: int, entry: Entry, macros: _Macros) -> int:
    """Read what stands between the braces into the entry; returns where it ends."""
    close = "}" if opening[2] == "{" else ")"
    position = opening.end()
    if entry.kind != "string":
        position = _key(text, position, limit, close, entry)
    while True:
        position = skip(text, position, limit, " \t\n,;")
        if position >= limit:
            raise Unclosed if entry.fields and entry.kind != "string" else Broken
        if text[position] == close:
            return position + 1
        name = _NAME.match(text, position, limit) or _WORDS.match(text, position, limit)
        if name:
            value, position = _value(text, name.end(), limit, macros)
            entry.fields.append((name[1].casefold().replace(" ", "-"), value))
        else:
            end = junk(text, position, limit, close)
            entry.fields.append(("", " ".join(text[position:end].split())))
            position = end


_ON_A_LINE = lazy(r"\n[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]")
_FIELD = lazy(r"\n[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*(?=[{\"\w])")
_FIELD_BEHIND = lazy(r"\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"]")
_SWALLOWED = lazy(r"(?:[}\"]\s*,\s*|,[ \t]*\n\s*)[A-Za-z][\w-]*\s*=\s*[\"{]")  # a field within a value that did not end
_LAST = lazy(r"\n[ \t]*[})][ \t]*(?=\n|\Z)")


def _by_lines(text: str, opening: re.Match[str], limit: int, macros: _Macros) -> tuple[int, str, list[tuple[str, str]]] | None:
    """(where it ends, key, fields) of an entry by its lines: each field begins one, and the entry ends with a line that is a brace alone.

    None where a value does not end as it begins.
    """
    lasts = list(_LAST.finditer(text, opening.end(), limit))
    found = list(_FIELD.finditer(text, opening.end(), lasts[-1].start() if lasts else opening.end()))
    if len(found) < 2:
        return None
    stop = lasts[-1].start()
    fields = []
    for field_, after in zip(found, [*(f.start() for f in found[1:]), stop], strict=True):
        value = text[field_.end() : after].strip(" \t\n,")
        close = {"{": "}", '"': '"'}.get(value[:1], "")
        if close and (len(value) < 2 or value[-1] != close):
            return None
        fields.append((field_[1].casefold(), value[1:-1] if close else macros.put_in(value)))
    return lasts[-1].end(), text[opening.end() : found[0].start()].strip(" \t\n,"), fields


def _key(text: str, position: int, limit: int, close: str, entry: Entry) -> int:
    """The key: all before the first `name =`, commas among it; it may be missing."""
    end = position
    while end < limit and text[end] not in '={}"' and text[end] != close:
        end += 1
    head = text[position:end]
    if line := _KEY_LINE.search(head):
        end = position + line.start()
    elif end < limit and text[end] == "=":
        first = _KEY_END.search(head + "=")
        end = position + first.start() if first else position
    elif end < limit and text[end] in '{"':
        comma = head.find(",")
        end = position + comma if comma >= 0 else position
    entry.key = text[position:end].strip().strip(",").strip()
    return end


def _value(text: str, position: int, limit: int, macros: _Macros) -> tuple[str, int]:
    parts = []
    put_in = 0
    while True:
        if position >= limit:
            raise Broken
        if text[position] == "{":
            end = closing(text, position, limit)
            parts.append(text[position + 1 : end - 1])
        elif text[position] == '"':
            end = quoted(text, position, limit)
            parts.append(text[position + 1 : end - 1])
        elif bare := _BARE.match(text, position, limit):
            word, end = bare[0], bare.end()
            macro = macros.put_in(word)
            put_in += len(macro)
            parts.append(macro if put_in < _MOST else word)
        else:
            return "".join(parts), position
        joined = _JOIN.match(text, end, limit)
        if not joined:
            return "".join(parts), end
        position = joined.end()
