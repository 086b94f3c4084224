"""How wide a text is in Helvetica (Arial's and Liberation Sans' widths too), and its lines in a given room. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

SIZE = 13.0  # of text in boxes

_WIDTHS = (  # Helvetica and its bold, in thousandths of the size, from the space to the tilde
    (
        "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 "
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 "
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    ),
    (
        "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 "
        "722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 "
        "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
    ),
)
_SPECIAL = {"‘": 278, "’": 278, "“": 500, "”": 500, "–": 556, "•": 350, "·": 333, "\u00a0": 278}
_TABLE = [{chr(32 + i): int(width) for i, width in enumerate(widths.split())} | _SPECIAL for widths in _WIDTHS]
_BIDI = dict.fromkeys([0xAD, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # would reorder or hide a number


@cache
def _advance(char: str, bold: bool) -> int:
    if known := _TABLE[bold].get(char):
        return known
    kind, wide = unicodedata.category(char), unicodedata.east_asian_width(char)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if kind == "So" or wide in "WF" or (wide == "A" and kind[0] != "L"):
        return 1300 if kind == "So" else 1000  # emoji; CJK is twice an average letter
    parts = unicodedata.normalize("NFKD", char)
    return sum(_advance(c, bold) for c in parts) if parts != char else 900 if kind == "Lu" else 750


def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The width of the text, a little on the safe side for fonts that are not quite Helvetica."""
    return sum(_advance(c, bold) for c in text) * size / 1000 * 1.03


def clean(text: str) -> str:
    """One line of characters that XML can carry and that keep the order of what follows."""
    spaced = "".join(" " if (k := unicodedata.category(c)) == "Cc" else "\ufffd" if k in ("Cs", "Cn") else c for c in text)
    return " ".join(spaced.translate(_BIDI).split())


def _broken(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """The word, in pieces that fit: never between a letter and its accents, rather after a hyphen or slash."""
    piece = ""
    for char in word:
        if piece and _advance(char, bold) and text_width(piece + char, size, bold) > room:
            mark = max(piece.rfind(mark) for mark in "-/_–") + 1
            cut = mark if mark > len(piece) // 2 else len(piece)
            yield piece[:cut]
            piece = piece[cut:]
        piece += char
    yield piece


def wrap(text: str, room: float, hang: float = 0, size: float = SIZE, bold: bool = False) -> list[str]:
    """The lines of the text, none wider than the room, which is less by `hang` from the second line on."""
    lines: list[str] = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(joined, size, bold) <= room - (hang if len(lines) > 1 else 0):
            lines[-1] = joined
        else:
            lines = [*(lines if lines[-1] else ()), *_broken(word, room - hang, size, bold)]
    return [line.replace("\u00a0", " ") for line in lines]
