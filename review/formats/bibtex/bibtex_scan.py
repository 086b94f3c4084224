"""Where the parts of a BibTeX entry end: braces, quotation marks, and text that is no field."""

from __future__ import annotations

import re

from review.model.patterns import lazy

_BRACE = lazy(r"[{}]")
_QUOTED = lazy(r"[{}\"]")
_CLOSES = lazy(r"\s*(?:[#%)}]|,[\s,;]*(?:[%)}]|\Z|[^\s,;={}()\"#%]+\s*=)|[^\s,;={}()\"#%]+\s*=|\Z)")


class Broken(Exception):
    """An entry that does not end."""


class Unclosed(Broken):
    """One of which every field does: all that it lacks is its own last brace."""


def end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def closing(text: str, position: int, limit: int) -> int:
    """Where the brace (or bracket) that opens at a position closes, plus one."""
    if text[position] == "(":
        depth = 0
        for mark in re.compile(r"[{})]").finditer(text, position + 1, limit):
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if mark[0] == ")" and depth <= 0:
                return mark.end()
        raise Broken
    depth = 0
    for mark in _BRACE.finditer(text, position, limit):
        depth += 1 if mark[0] == "{" else -1
        if not depth:
            return mark.end()
    raise Broken


def quoted(text: str, position: int, limit: int) -> int:
    """Where a value in quotation marks closes, plus one: at the first mark behind which a value may end, else at the first of all."""
    depth = first = 0
    for mark in _QUOTED.finditer(text, position + 1, limit):
        if mark[0] != '"':
            depth += 1 if mark[0] == "{" else -1
        elif depth <= 0:
            if _CLOSES.match(text, mark.end(), limit):
                return mark.end()
            if first and text[_before(text, mark.start())] == "=":  # this one opens another field
                return first
            first = first or mark.end()
    if first:
        return first
    raise Broken


def _before(text: str, position: int) -> int:
    """The place of the last letter before a position that is no blank."""
    position -= 1
    while position and text[position] in " \t\n":
        position -= 1
    return position


def junk(text: str, position: int, limit: int, close: str) -> int:
    """Where text that is no field ends: at the next comma or the end of the entry, but not within braces; a remark, with its line."""
    if text[position] == "%":
        end = min(end_of_line(text, position), limit)
        if text.count("{", position, end) == text.count("}", position, end):
            return end
    while position < limit and text[position] not in ",\n" and text[position] != close:
        position = closing(text, position, limit) if text[position] == "{" else position + 1
    return position


def skip(text: str, position: int, limit: int, what: str) -> int:
    while position < limit and text[position] in what:
        position += 1
    return position
