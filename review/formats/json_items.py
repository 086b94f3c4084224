"""The items of a JSON file, each cut out of the text and read by itself, so that a broken one costs no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from review.formats.text import collapse
from review.model.record import Reject

_BETWEEN = re.compile(r"[\s,\x1e\ufeff]*")
_RESUME = re.compile(r"\}\s*,?\s*(?=\{)")

Item = tuple[dict[str, Any], int, str]  # the object, its line, its text


def items(text: str, position: int = 0, needs: frozenset[str] = frozenset()) -> Iterator[Item | Reject]:
    """The objects of a list, or one after another (JSON lines), from a position in a text whose line ends are LF.

    Stops at the end of the list. After an item that can't be read, goes on with the next object that has one of the
    names in `needs`; what was skipped is a Reject.
    """
    decoder = json.JSONDecoder(parse_constant=lambda _: None)  # NaN and Infinity are no JSON, and say nothing
    line, counted = 1, 0
    between = _BETWEEN.match(text, position)
    position = between.end() if between else position
    listed = text[position : position + 1] == "["
    position += listed
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
        line += text.count("\n", counted, position)
        counted = position
        if position >= len(text) or text[position] == "]":
            if listed and position >= len(text):
                yield Reject(line=line, reason="the file is cut off: the list does not end", raw=text[-200:])
            return
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            end = _resume(text, position, decoder, needs)
            yield Reject(line=line, reason=f"the entry is cut off or broken: {_why(error, text)}", raw=text[position:end].rstrip(", \n"))
            if end >= len(text):
                return
            position = end
            continue
        raw = text[position:end]
        yield (found, line, raw) if isinstance(found, dict) else Reject(line=line, reason="the entry is not an object", raw=raw)
        position = end


def _resume(text: str, position: int, decoder: json.JSONDecoder, needs: frozenset[str]) -> int:
    """Where the next whole object begins that could be an entry, and not a part of one."""
    for gap in _RESUME.finditer(text, position + 1):
        try:
            found, _ = decoder.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and needs & found.keys():
            return gap.end()
    return len(text)


def _why(error: Exception, text: str) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "nested too deeply, or a number of too many digits"
    if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
        return f"{error.msg} (the file may be cut off)"
    return f"{error.msg} in line {text.count(chr(10), 0, error.pos) + 1}"


def scalar(value: Any) -> str:
    """Text or a number as text on one line; lists, objects, true, false and null are none."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return collapse(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def texts(value: Any) -> list[str]:
    """A scalar, or the scalars of a list, that are not empty."""
    return [t for v in (value if isinstance(value, list) else [value]) if (t := scalar(v))]


def kept(value: Any) -> str:
    """Any value as text to keep: a scalar as it is, what is structured as JSON on one line, and "" for nothing."""
    if value in (None, "", [], {}):
        return ""
    return scalar(value) or json.dumps(value, ensure_ascii=False, separators=(",", ":"))
