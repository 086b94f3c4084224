"""Where in a text of JSON the list of works begins."""

from __future__ import annotations

import json
import re

from review.formats.entries.json_items import depth
from review.formats.json.foreign_json import MARKS, is_known
from review.formats.json.json_tables import is_one
from review.model.patterns import lazy

_LISTS = tuple(
    f'"{name}"'
    for name in "docs @graph References items references records results data studies message collection entry hits hit articles publications papers PubmedArticle StudyFields FullStudies articulos artículos artigos estudios estudos registros referencias referências".split()  # noqa: SIM905
)
SPLIT = lazy(r'"columns"\s*:\s*\[[^\[\]{}]{0,2000}"(?:article[ _]?)?title"', re.IGNORECASE)  # of pandas
_ENTRY = lazy(rf'"(?:title|DOI|{"|".join(MARKS)})"\s*:')  # before it stands no list but one that is in an entry
_LONGEST = 1 << 20  # characters of one object that is looked at whole


def opening(text: str) -> int:
    """Where the list begins: at the top, or under a name of an object that is no entry itself."""
    head = text.lstrip()[:2000]
    if not head.startswith("{"):
        return 0
    if SPLIT.search(head) or _is_entry(text):
        return 0
    if '"CodeSets"' in head and (found := re.search(r'"References"\s*:\s*(?=\[)', text)):
        return found.end()
    return listed(text) or listed(text, r"(?=\[)")


def listed(text: str, what: str = r"(?=\[\s*\{)") -> int:
    """Where what a list of entries may be called stands before `what`, and no entry before that; else 0. Of several the outermost: an entry may have
    lists of its own (`references`)."""
    places: list[tuple[int, int, int]] = []  # how deep, which name, where
    for name in _LISTS:
        found = re.search(rf"{name}\s*:\s*(?:\{{[^\[]*?\"items\"\s*:\s*)?{what}", text)
        if found and not _ENTRY.search(text, 0, found.start()):
            places.append((depth(text, 0, found.start()), len(places), found.end()))
    return min(places)[2] if places else 0


# What a work cites, or, of a file that is no work, its works.
_CITED = frozenset({"References", "references", "referencias", "referências"})


def _is_entry(text: str) -> bool:
    """Whether the text is one object that a service writes as a work, or that is or holds a work beside what that cites."""
    try:
        found = json.loads(text) if len(text) < _LONGEST else None
    except (ValueError, RecursionError):  # it goes on, mostly
        return False
    if not isinstance(found, dict):
        return False
    return is_known(found) or (
        not _CITED.isdisjoint(found) and is_one({name: held for name, held in found.items() if name not in _CITED}, is_known)
    )
