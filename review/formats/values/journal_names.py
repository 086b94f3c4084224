"""Of several names of one journal the full one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.model.patterns import lazy

_JOINING = frozenset(
    ("of", "and", "the", "for", "in", "on", "a", "to", "de", "des", "du", "la", "le", "et", "der", "die", "und", "fur", "für", "y", "e")
)


_PLACE = lazy(r" \([^()]+\)$")


def full_name(name: str, others: Iterable[str]) -> str:
    """The one of the others that the name abbreviates, word by word: `Global Health Promotion` for `Glob Health Promot`; the name itself where none is."""
    longer = [other for other in others if len(other) > len(name)]
    words = _words(name) if longer else []
    return next((other for other in longer if _abbreviates(words, _words(other))), name)


def _words(name: str) -> list[str]:
    """Those that count, without where it appears: `(Oxford, England)`."""
    return [word for word in re.findall(r"\w+", _PLACE.sub("", name.casefold())) if word not in _JOINING]


def _abbreviates(short: list[str], full: list[str]) -> bool:
    return len(short) == len(full) and short != full and all(word.startswith(begun) for begun, word in zip(short, full, strict=True))
