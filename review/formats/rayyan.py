"""Rayyan's votes: what its exports write into the notes of a record, and what its import reads from there.

    RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Maybe"} | RAYYAN-LABELS: a, b | RAYYAN-EXCLUSION-REASONS: x,y | USER-NOTES: {"Bo"=>["why"]}

The parts may come in any order and each may be missing; other text may stand before them. Votes of all people are kept:
an export that names one vote for several people would hide a conflict. The form is that of a Ruby hash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.model.patterns import lazy

VERDICTS = {"Included": "include", "Excluded": "exclude", "Maybe": "maybe"}
_WORDS = {verdict: word for word, verdict in VERDICTS.items()}
_PARTS = ("RAYYAN-INCLUSION", "RAYYAN-LABELS", "RAYYAN-EXCLUSION-REASONS", "USER-NOTES")
_PART = lazy(rf"(?:^|(?<=[|\s]))({'|'.join(_PARTS)})\s*:\s*")
_STRING = r'"((?:[^"\\]|\\.)*)"'
_TOLD = lazy(rf'{_STRING}\s*=>\s*(?:{_STRING}|\[((?:[^"\]]|"(?:[^"\\]|\\.)*")*)\]|(true|false|nil))', re.DOTALL)
_ITEM = lazy(_STRING, re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "s": " "}
_ESCAPED = lazy(r"\\(u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Votes:
    """What the notes of a record say. votes: (person, include | exclude | maybe), in the order of the notes."""

    votes: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()  # of those who excluded; Rayyan does not say whose
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (person, what they wrote)

    def __bool__(self) -> bool:
        return bool(self.votes or self.labels or self.reasons or self.notes)


def parse_votes(text: str) -> tuple[Votes, str]:
    """The votes in a note, and the rest of the note. A person without a vote that is known here has none (unscreened)."""
    found = list(_PART.finditer(text))
    if not found:
        return Votes(), text.strip()
    parts: dict[str, str] = {}
    for part, following in zip(found, [*found[1:], None], strict=True):
        value = text[part.end() : following.start() if following else len(text)].strip().removesuffix("|").strip()
        parts[part[1]] = f"{parts[part[1]]}, {value}" if part[1] in parts else value  # of two exports that were put together
    votes = tuple(
        (_unescaped(m[1]), verdict)
        for m in _TOLD.finditer(parts.get("RAYYAN-INCLUSION", ""))
        if (verdict := VERDICTS.get((m[2] or "").capitalize(), {"true": "include", "false": "exclude"}.get(m[4] or "", "")))
    )
    notes = tuple(
        (_unescaped(m[1]), tuple(_unescaped(i[1]) for i in _ITEM.finditer(m[3])) if m[3] is not None else (_unescaped(m[2] or ""),))
        for m in _TOLD.finditer(parts.get("USER-NOTES", ""))
    )
    labels, reasons = _list(parts.get("RAYYAN-LABELS", "")), _list(parts.get("RAYYAN-EXCLUSION-REASONS", ""))
    return Votes(votes, labels, reasons, notes), text[: found[0].start()].strip().removesuffix("|").strip()


def print_votes(told: Votes) -> str:
    """The note that Rayyan reads, or "" where nothing is told. A comma in a label or reason becomes a semicolon: it would part it."""
    parts = []
    if told.votes:
        parts.append(f"RAYYAN-INCLUSION: {{{', '.join(f'{_quoted(who)}=>{_quoted(_WORDS[verdict])}' for who, verdict in told.votes)}}}")
    if told.labels:
        parts.append(f"RAYYAN-LABELS: {','.join(map(_item, told.labels))}")
    if told.reasons:
        parts.append(f"RAYYAN-EXCLUSION-REASONS: {','.join(map(_item, told.reasons))}")
    if told.notes:
        people = (f"{_quoted(who)}=>[{', '.join(map(_quoted, texts))}]" for who, texts in told.notes)
        parts.append(f"USER-NOTES: {{{', '.join(people)}}}")
    return " | ".join(parts)


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))


def _item(text: str) -> str:
    return " ".join(text.replace(",", ";").replace("|", "/").split())


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{text}"'


def _unescaped(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        word = match[1]
        if len(word) > 1:
            code = int(word.strip("u{}"), 16)
            return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]
        return _ESCAPES.get(word, word)

    return _ESCAPED.sub(sign, text)
