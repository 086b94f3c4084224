"""What is put around a text of references on its way: the marks of a mail that quotes it, the blanks of a page it was pasted into, the web
page that a browser saved it as, its line breaks in words, the quotation marks and empty cells of a table that a spreadsheet saved it as.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterator
from itertools import chain

from review.model.patterns import lazy

_PAGE = lazy(r"\s*<(?:!doctype html|html|head|body|pre)\b", re.IGNORECASE)
_PRE = lazy(r"<pre\b[^<>]*>(.*?)(?:</pre\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_WORN = lazy(r"(?:[ \t]*>)*[ \t]*")
# Lines that were one cell each: those with a comma or a quotation mark stand in quotation marks. How an entry begins, and a line of it so.
_CELL = lazy(r'^"((?:[^"\n]|"")*)"[ \t]*$', re.MULTILINE)
_IN_CELLS = [
    (lazy(rf'^"?{begins}', re.MULTILINE), lazy(rf'^"{goes_on}(?:[^"\n]|"")*"[ \t]*$', re.MULTILINE))
    for begins, goes_on in (
        ("(?:TY {1,2}- |PMID ?- )", "[A-Z][A-Z0-9]{1,3} {0,2}- "),
        (r"%[0AT] ", r"%\S "),
        ("(?:FN|PT|RT) [A-Z]", "[A-Z][A-Z0-9] "),
        ("(?:Record #|ID: C)", "[A-Z]{2,4}: "),
        (r"@\w+\{", r"(?:@\w+\{|[ \t]*[\w-]+ *= )"),
    )
]
# A whole text that a script wrote as one cell of a table (R's `write.csv`).
_QUOTED = lazy(r'(\s{0,99})"(?=[ \t]*\n?(?:TY {1,2}-|PMID ?- ?\d|%0 [A-Z]|(?:FN|PT|RT) [A-Z]))')
_ALONE = lazy(r'^"[ \t]*$|(?<=^ER  - )"[ \t]*$', re.MULTILINE)
_BROKEN = lazy(r"\s{0,99}[^<>\n]{4,99}<br ?/?>[ \t]*\n", re.IGNORECASE)  # the first line of an entry as a web page has it
_BREAK = lazy(r"(?:(?<![ \t])[ \t]+)?<br ?/?>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 65536  # characters that are looked at


def undressed(texts: Iterator[str]) -> Iterator[str]:
    """The text without what is around it, with as many lines: of each line what every line of it begins with, of a web page what stands
    in its `<pre>` (which must fit into memory)."""
    first = next(texts, "")
    if _PAGE.match(first):
        while len(first) < _HEAD and (more := next(texts, "")):
            first += more
        if _PRE.search(first[:_HEAD]):
            yield _shown("".join(chain([first], texts)))
            return
    if sign := _parting(first):
        yield from _by_lines(chain([first], texts), lambda lines: _out_of_rows(lines, sign))
        return
    if _is_in_cells(first):
        yield from _by_lines(chain([first], texts), lambda lines: _CELL.sub(_said, lines))
        return
    if _QUOTED.match(first):
        yield from _out_of_one_cell(first, texts)
        return
    if _BROKEN.match(first):
        yield from (_BREAK.sub("", text) for text in chain([first], texts))
        return
    worn = _worn(first)
    if not worn:  # as nearly always
        yield first
        yield from texts
        return
    begins = re.compile(rf"(?<=\n)(?:{re.escape(worn)}|{re.escape(worn.rstrip())}[ \t]*(?=\n|\Z))")
    fresh, held = True, ""
    for piece in chain([first], texts):
        text = held + piece
        last = text.rfind("\n") + 1
        held = text[last:] if worn.startswith(text[last:]) and (last or fresh) else ""  # the next piece may go on with it
        text = text.removesuffix(held)
        yield begins.sub("", f"\n{text}")[1:] if fresh else begins.sub("", text)
        fresh = text.endswith("\n") if text else fresh
    yield held.removeprefix(worn.rstrip())


def _worn(text: str) -> str:
    """What each line that says anything begins with: `> `, or blanks; "" for nothing."""
    if not text or text.lstrip("\n")[:1] not in ("\t", " ", ">"):
        return ""
    lines = [line for line in text[:_HEAD].split("\n")[:-1] if line.strip(" \t>")]
    if len(lines) < 2:
        return ""
    # What the first and the last in the order of the alphabet share, all of them do.
    first, last = _WORN.match(min(lines)), max(lines)
    worn = first[0] if first else ""
    while not last.startswith(worn):
        worn = worn[:-1]
    return worn


def _is_in_cells(text: str) -> bool:
    """Whether the lines of entries were a spreadsheet's cells: all those, and only those, that needed quotation marks have them."""
    if '\n"' not in text:
        return False
    head = text[: text.rfind("\n", 0, _HEAD) + 1]
    if not any(begins.search(head) and goes_on.search(head) for begins, goes_on in _IN_CELLS):
        return False
    lines = head.split("\n")
    cells, others = [c for c in lines if c[:1] == '"'], "".join(line for line in lines if line[:1] != '"')
    if '"' in others or not all(map(_CELL.fullmatch, cells)):
        return False
    return not others.strip() or any(mark not in others and all(mark in c or '""' in c for c in cells) for mark in ",;\t")


def _parting(text: str) -> str:
    """The sign between the cells of a table that a spreadsheet made of tagged text, each line of which it parted, and filled up with empty cells; ""
    where it is no such table."""
    opening = text.lstrip("\n").partition("\n")[0].rstrip(" \t")
    sign = opening[-1:]
    if sign not in (",", ";") or opening[:1] == "@" or not any(begins.match(opening) for begins, _ in _IN_CELLS):
        return ""
    lines = [line for line in text[: text.rfind("\n", 0, _HEAD) + 1].split("\n") if line]
    filled = opening[len(opening.rstrip(sign)) :]
    width = opening.count(sign) + 1
    fits = all(line.endswith(filled) for line in lines) or all(len(_row(line, sign)) <= width for line in lines)
    return sign if fits else ""


def _row(line: str, sign: str) -> list[str]:
    """The cells of a line; one that is longer than the module takes is none of a spreadsheet's."""
    return next(csv.reader([line], delimiter=sign), []) if len(line) < csv.field_size_limit() else [line]


def _out_of_rows(lines: str, sign: str) -> str:
    return "\n".join([sign.join(_row(line, sign)).rstrip(sign) for line in lines.split("\n")])


def _by_lines(texts: Iterator[str], change: Callable[[str], str]) -> Iterator[str]:
    held = ""
    for text in texts:
        lines, end, held = (held + text).rpartition("\n")
        yield change(lines) + end
    yield change(held)


def _out_of_one_cell(first: str, texts: Iterator[str]) -> Iterator[str]:
    for text in chain([_QUOTED.sub(r"\1", first, count=1)], texts):
        yield _ALONE.sub("", text).replace('""', '"')


def _said(cell: re.Match[str]) -> str:
    return cell[1].replace('""', '"')


def _shown(page: str) -> str:
    """What a browser shows of the parts of a page that keep their lines; of the rest the line ends."""
    parts, end = [], 0
    for pre in _PRE.finditer(page):
        parts += ["\n" * page.count("\n", end, pre.start(1)), html.unescape(pre[1])]
        end = pre.end(1)
    return "".join(parts)
