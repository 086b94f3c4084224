"""What a cell of somebody's table says: a verdict, nothing, or a word that is to be explained first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from review.model.events import VERDICTS
from review.model.patterns import lazy

ALLOWED = (*VERDICTS, "not retrieved")
UNSCREENED = "unscreened"  # what --map may make of a cell that is no decision ("conflict", "see me")

# What a cell may say, besides what --map adds: the words of other tools and of people, in small letters.
_SAID: Mapping[str, tuple[str, ...]] = {
    "include": ("include", "included", "inclusion", "incl", "inc", "yes", "y", "in", "relevant", "eligible", "true", "ja", "oui", "sí"),
    "exclude": (
        "exclude", "excluded", "exclusion", "excl", "exc", "no", "n", "out", "irrelevant", "not relevant", "ineligible", "not eligible",
        "reject", "rejected", "false", "nein", "non",
    ),
    "maybe": ("maybe", "m", "?", "unclear", "unsure", "not sure", "uncertain", "unklar", "possible", "possibly", "can't tell", "can’t tell", "cannot tell"),
    "not retrieved": ("not retrieved", "not available", "full text not available", "no full text"),
    UNSCREENED: (UNSCREENED, "not screened", "undecided", "pending", "none", "null", "nan", "na", "n/a"),
}  # fmt: skip
WORDS: Mapping[str, str] = {word: verdict for verdict, words in _SAID.items() for word in words}
_WITH_REASON = lazy(r"(?:exclude|excluded|excl|exc)\.?\s*(?:[:;,–—-]|\()\s*(?P<reason>.*?)\)?", re.IGNORECASE | re.DOTALL)
_NUMBERS = {"1": "include", "0": "exclude"}
ENOUGH = (
    0.6  # of what a column holds must be verdicts for it to be taken for one: typing errors and notes among them are told of row by row
)


def plain(cell: str) -> str:
    """A cell as it is compared: small letters, one space, no full stop; a number as a spreadsheet would show it."""
    return " ".join(cell.casefold().split()).rstrip(".!").strip().removesuffix(".0")


def read(cell: str, words: Mapping[str, str]) -> tuple[str, str]:
    """(verdict, reason) of a cell: the verdict is "" where nobody has said what the cell means, UNSCREENED where it is no decision.

    words: what --map says, by `plain` cell. The reason is given where a cell holds it too ("Exclude: wrong population").
    """
    text = plain(cell)
    if not text:
        return UNSCREENED, ""
    if verdict := words.get(text) or WORDS.get(text, ""):
        return verdict, ""
    match = _WITH_REASON.fullmatch(cell.strip())
    return ("exclude", match["reason"].strip()) if match and match["reason"].strip() else ("", "")


def numbers(cells: Iterable[str], words: Mapping[str, str]) -> Mapping[str, str]:
    """What 1 and 0 mean where a table holds both, no other number, and --map says nothing of them; else {}.

    With a 2 or a -1 among them 1 and 0 mean different things in different tools: then --map must say it.
    """
    held = {text for c in cells if (text := plain(c)) and text not in WORDS}
    return {} if words.keys() & {"0", "1"} or held != {"0", "1"} else _NUMBERS


def are_verdicts(cells: Iterable[str]) -> bool:
    """Whether a column holds verdicts, as far as its cells tell: single numbers may be, too."""
    held = [text for c in cells if (text := plain(c))]
    known = sum(bool(read(c, {})[0]) or c in ("0", "1", "2", "3", "-1") for c in held)
    return bool(held) and known >= ENOUGH * len(held)
