"""The items of a JSON file, each cut out of the text and read by itself, so that a broken one costs no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from review.formats.characters.stream import Window
from review.formats.characters.text import collapse
from review.formats.entries import mixed
from review.model.patterns import lazy
from review.model.record import Reject

_BETWEEN = lazy(r"[\s,\x1e\ufeff]*")
_RESUME = lazy(r"\}\s*,?\s*(?=\{)")

Item = tuple[dict[str, Any], int, str]  # the object, its line, its text
_FIRST = 1 << 14  # characters in which an item is looked for first: an error costs time by what stands before it
_LONGEST = 64 << 20
_NEAR = 64  # characters: an error so near the end of what was looked at may be that the item goes on


def lists(
    window: Window, opening: Callable[[str], int], needs: frozenset[str], known: Callable[[dict[str, Any]], bool]
) -> Iterator[Item | Reject]:
    """The items of the list in a text, of other lists of works in the same object, and of those in what stands behind it, where files were put together.

    opening: where in a text the list begins: 0 for one that is a list, or objects one after another, by itself. What stands
    behind the last list is a Reject. needs: as for `items`. known: whether an item of another list is a work.
    """
    while True:
        begins = opening(window.text[window.at :])
        inside = depth(window.text, window.at, window.at + begins)
        window.at += begins
        yield from items(window, needs)
        yield from _leave(window, inside, needs, known)
        _pass_by(window)
        text = window.text[window.at :]
        if text[:1] not in ("[", "{"):
            break
        window.more(_AHEAD - len(text))
    if text:
        name = mixed.begins(text.split("\n", 1)[0][:4000], "JSON")
        why = mixed.reason(name, "JSON") if name else "text behind the end of the list: it was not read"
        yield Reject(line=window.line(), reason=why, raw=text[:_FIRST].rstrip())


_TOKEN = lazy(r'"(?:[^"\\]|\\.)*"|[\[\]{}"]')
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}
_AHEAD = 1 << 16


def depth(text: str, begin: int, end: int) -> int:
    """How many objects and lists are open behind a stretch of JSON."""
    return sum(_BRACKETS[token] for token in _TOKEN.findall(text, begin, end) if token in _BRACKETS)


def _leave(window: Window, inside: int, needs: frozenset[str], known: Callable[[dict[str, Any]], bool]) -> Iterator[Item | Reject]:
    """Pass the end of the objects, so many, that a list is inside of; the items of other lists in them that hold works."""
    while inside > 0:
        token = _TOKEN.search(window.text, window.at)
        if token is None or token[0] == '"':  # of a string that goes on
            window.at = len(window.text) if token is None else token.start()
            if not window.more():
                window.at = len(window.text)
                return
            continue
        if token[0] == "[" and _OBJECT.match(window.text, token.end()):
            window.at = token.start()
            of_works = False
            for item in items(window, needs):
                of_works = of_works or (not isinstance(item, Reject) and known(item[0]))
                if of_works:
                    yield item
            continue
        window.at = token.end()
        inside += _BRACKETS.get(token[0], 0)


_OBJECT = lazy(r"\s*\{")


def items(window: Window, needs: frozenset[str] = frozenset()) -> Iterator[Item | Reject]:
    """The objects of a list, or one after another (JSON lines), from the window's place to the end of the list.

    After an item that can't be read, goes on with the next object that has one of the names in `needs`; what was skipped is
    a Reject.
    """
    _pass_by(window)
    listed = window.text[window.at : window.at + 1] == "["
    window.at += listed
    while True:
        _pass_by(window)
        line, at = window.line(), window.at
        if at >= len(window.text) or window.text[at] == "]":
            if listed and at >= len(window.text):
                yield Reject(line=line, reason="the file is cut off: the list does not end", raw=window.text[-200:])
            window.at += listed and at < len(window.text)
            return
        try:
            found, length = _decoded(window, 0)
        except (ValueError, RecursionError) as error:
            why = _why(error, line)
            length = _resume(window, needs)
            raw = window.text[window.at : window.at + length]
            window.at += length
            yield Reject(line=line, reason=f"the entry is cut off or broken: {why}", raw=raw.rstrip(", \n"))
            if window.at >= len(window.text) and not window.more():
                return
            continue
        raw = window.text[window.at : window.at + length]
        window.at += length
        yield (found, line, raw) if isinstance(found, dict) else Reject(line=line, reason="the entry is not an object", raw=raw)


def _pass_by(window: Window) -> None:
    """What stands between items."""
    while True:
        between = _BETWEEN.match(window.text, window.at)
        window.at = between.end() if between else window.at
        if window.at < len(window.text) or not window.more():
            return


class _CutOff(ValueError):
    """An item that the text ends in."""


def _decoded(window: Window, ahead: int) -> tuple[Any, int]:
    """The value so many characters behind the window's place, and its length. Raises ValueError or RecursionError."""
    size = _FIRST
    while True:
        if len(window.text) - window.at - ahead < size:
            window.more(size)
        text = window.text[window.at + ahead : window.at + ahead + size]
        ended = len(text) < size
        try:
            found, length = _DECODER.raw_decode(text)
            if ended or length < len(text):
                return found, length
        except json.JSONDecodeError as error:
            goes_on = error.pos >= len(text) - _NEAR or error.msg.startswith("Unterminated")
            if ended and (error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")):
                raise _CutOff(f"{error.msg} (the file may be cut off)") from None
            if ended or not goes_on or size > _LONGEST:
                raise
        size *= 4


_DECODER = json.JSONDecoder(parse_constant=lambda _: None)  # NaN and Infinity are no JSON, and say nothing


def _resume(window: Window, needs: frozenset[str]) -> int:
    """How far it is to the next whole object that could be an entry, and not a part of one; else to the end."""
    ahead = 1
    while True:
        gap = _RESUME.search(window.text, window.at + ahead)
        if gap is None:
            length = len(window.text) - window.at
            if length > _LONGEST or not window.more():
                return length
            ahead = max(ahead, length - _NEAR)
            continue
        ahead = gap.end() - window.at
        try:
            found, _ = _decoded(window, ahead)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and needs & found.keys():
            return ahead


def _why(error: Exception, line: int) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} in line {line + error.lineno - 1}"
    return str(error) if isinstance(error, _CutOff) else "nested too deeply, or a number of too many digits"


def scalar(value: Any) -> str:
    """Text or a number as text on one line; lists, objects, true, false and null are none."""
    if isinstance(value, str):  # as most
        return collapse(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def texts(value: Any) -> list[str]:
    """A scalar, or the scalars of a list, that are not empty."""
    return [t for v in (value if isinstance(value, list) else [value]) if (t := scalar(v))]


def kept(value: Any) -> str:
    """Any value as text to keep: a scalar as it is, what is structured as JSON on one line, and "" for nothing."""
    if value in (None, "", [], {}):
        return ""
    return scalar(value) or json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_TEXTS = ("name", "title", "value", "text", "content", "URL", "url", "href", "id")


def parted(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """What stands under a name that is a text's: of an object the text that it holds, under the name, and its other parts under names of their own
    (`event.location`), so that no field gets JSON."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            whole = next((part for part in _TEXTS if scalar(one.get(part))), "")
            yield from ((name if part == whole else f"{name}.{part}", kept(inner)) for part, inner in one.items())
        else:
            yield name, kept(one)
