"""Ovid's commands on a whole line: `limit … to` (and its short form `..l/`), `remove duplicates from`, `from … keep`, `… use`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.model.patterns import lazy
from review.query.build import QUOTES

_LIMIT = lazy(r"\.*\s*limit\s+(?P<operand>.+?)\s+to\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_DUPLICATES = lazy(r"remove\s+duplicates\s+from\s+(?P<operand>.+)", re.IGNORECASE | re.DOTALL)
_KEEP = lazy(r"from\s+(?P<operand>#?\d+)\s+keep\s+(?P<rest>[\d\s,-]+)", re.IGNORECASE)
_USE = lazy(r"(?P<operand>.+?)\s+use\s+(?P<rest>[a-z]{3,6}\d{0,4})", re.IGNORECASE | re.DOTALL)
_SHORT_LIMIT = lazy(r"\.{1,2}l/\s*(?P<operand>#?\d+)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_COMMANDS = ((_LIMIT, ""), (_SHORT_LIMIT, ""), (_DUPLICATES, "remove duplicates"), (_KEEP, "keep "), (_USE, "use "))


@dataclass(frozen=True, slots=True)
class Command:
    """What the command works on, as a place in the text, and what it asks for."""

    start: int
    end: int
    conditions: tuple[str, ...]
    comment: str = ""


def read_command(text: str, start: int, end: int) -> Command | None:
    """The command that text[start:end] is, or None where it is a search."""
    stop = _before_comment(text, start, end)
    for pattern, word in _COMMANDS:
        match = pattern.fullmatch(text, start, stop)
        if match:
            rest = match.groupdict().get("rest") or ""
            conditions = _conditions(rest) if pattern in (_LIMIT, _SHORT_LIMIT) else (f"{word}{' '.join(rest.lower().split())}".strip(),)
            if conditions:
                return Command(*match.span("operand"), conditions, text[stop:end].strip().strip("[]"))
    return None


def _before_comment(text: str, start: int, end: int) -> int:
    match = re.search(r"\s*\[[^\[\]]*\]\s*$", text[start:end])
    return start + match.start() if match else end


def _conditions(text: str) -> tuple[str, ...]:
    """`(english language and yr="1990 -Current")` → (`english language`, `yr="1990 -current"`); alternatives keep their `or`."""
    text = " ".join(re.sub(f"[{QUOTES}]", '"', text).lower().split())
    while text.startswith("(") and text.endswith(")") and _balanced(text[1:-1]):
        text = text[1:-1].strip()
    parts: list[str] = []
    depth = 0
    current: list[str] = []
    for piece in re.findall(r'"[^"]*"?|[()]|\band\b|[^"()\s]+|\s+', text):
        depth += (piece == "(") - (piece == ")")
        if piece == "and" and depth == 0:
            parts.append("".join(current))
            current = []
        else:
            current.append(piece)
    parts.append("".join(current))
    return tuple(_unwrapped(p) for p in parts if p.strip())


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return depth == 0


def _unwrapped(text: str) -> str:
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _balanced(text[1:-1]) and " or " in text:
        text = text[1:-1].strip()
    return text[1:-1].strip() if re.fullmatch(r'"[^"]*"', text) else text
