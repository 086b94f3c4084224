"""Editors, days in the place of an edition, and catalogues' marks, among what has no field of ours."""

from __future__ import annotations

from collections.abc import Iterable

from review.formats.values.dates import days_named
from review.formats.values.fields import names
from review.formats.values.kinds import kind_of
from review.model.patterns import lazy

ROLE = lazy(r"(?<!\s)\s*[(\[](?i:ed(s)?|editor(s)?|hrsg|hg)\.?[)\]]\.?")
EDITOR = lazy(rf"{ROLE.pattern}$")
PEOPLE = frozenset({"editor", "translator", "collection-editor"})
PARTED = PEOPLE | {"edition", "place"}  # the extras of which `parted` may make others
_MOST = 10  # commas: what has more of them is a list of people that nothing parts


def _editors(extra: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The extras with each editor and translator by itself, as every format writes them, without the `[Ed]` of PsycInfo behind."""
    found: list[tuple[str, str]] = []
    for name, text in extra:
        if name in PEOPLE:
            found += [(_tag(part) if name == "editor" else name, part) for part in names([EDITOR.sub("", one) for one in text.split("\n")])]
        else:
            found.append((name, text))
    return found


def _tag(editor: str) -> str:
    """What stands in the place of an editor and is none goes under its own tag: the day that Cambridge has there, and the authors of all that a
    record of Ovid's PsycINFO cites."""
    if editor.replace("/", "").isdecimal():
        return "ED"
    return "A2" if editor.count(",") > _MOST else "editor"


def by_role(extra: Iterable[tuple[str, str]], kind: str, *, written: bool) -> list[tuple[str, str]]:
    """The extras of a work of that kind, with EndNote's secondary, tertiary and subsidiary authors (editor, A3, A4) called what they are of such: of a
    book, tertiary ones are its editors, and the secondary ones beside them edit its series. written: whether it has authors, who are its editors
    where it is called an edited book."""
    told = list(extra)
    of = kind_of(kind).name
    if of not in _WITH_ROLES:
        return told
    edited = written and kind.replace(" ", "").casefold() in ("edbook", "editedbook")
    roles = {"A4": "translator"} if of in ("book", "chapter") else {}  # of a meeting, its sponsor
    if of != "book":
        roles["A3"] = "collection-editor"
    elif edited or any(name == "A3" for name, _ in told):
        roles |= {"editor": "collection-editor", "A3": "editor"}
    return [(roles.get(name, name), text) for name, text in told]


_WITH_ROLES = ("book", "chapter", "conference", "proceedings")
OF_BOOKS = {"editor": "A3", "collection-editor": "A2"}  # where EndNote and Zotero have them


def parted(extra: Iterable[tuple[str, str]], kind: str) -> list[tuple[str, str]]:
    """The extras of a work of that kind with each editor by itself, a day in the place of an edition called what it is, and the imprint without the marks
    that catalogues put between its parts (ISBD): `London :`, `Sage,`."""
    found = days_named(_editors(extra), kind)
    if not any(name == "place" and text.endswith(":") for name, text in found):
        return found
    return [(name, text.rstrip(" :;,/") if name in _IMPRINT else text) for name, text in found]


_IMPRINT = frozenset({"edition", "place", "publisher", "series"})
