"""The parts that nodes are made of: places, wildcards, words, field tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A place in the file: 1-based line and column of the start, and character offsets [start, end) in the text."""

    line: int = 0
    column: int = 0
    start: int = 0
    end: int = 0


NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Wild:
    """A wildcard inside a word.

    least..most characters may stand there; most=None is without limit. PubMed `*` and Ovid `$` `*`: 0..None;
    Ovid `$3` `*3`: 0..3; Ovid `?`: 0..1; Ovid `#`: 1..1.
    """

    least: int = 0
    most: int | None = None


ANY = Wild(0, None)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written, without white space, in literal parts and wildcards: `wom#n$` is ('wom', #, 'n', $).

    A hyphen, slash or apostrophe stays inside (`co-produc*` is one Word): how such a word is cut into tokens is the
    engine's matter.
    """

    parts: tuple[str | Wild, ...]

    @property
    def plain(self) -> bool:
        """Has no wildcard."""
        return all(isinstance(p, str) for p in self.parts)

    @property
    def stem(self) -> str:
        """The literal text before the first wildcard: all of a plain word."""
        first = self.parts[0] if self.parts else ""
        return first if isinstance(first, str) else ""

    @property
    def prefix(self) -> bool:
        """Is a stem and one unlimited truncation at its end, and nothing else: `vaccin*`."""
        return len(self.parts) == 2 and isinstance(self.parts[0], str) and self.parts[1] == ANY

    def regex(self) -> str:
        """A pattern that matches the whole of each token the word stands for (use re.fullmatch, re.IGNORECASE)."""
        return "".join(re.escape(p) if isinstance(p, str) else rf"\w{{{p.least},{'' if p.most is None else p.most}}}" for p in self.parts)

    def __str__(self) -> str:
        """As PubMed would write it, with Ovid's `?` `#` `*N` where PubMed has no sign."""
        return "".join(p if isinstance(p, str) else wild_text(p) for p in self.parts)


def wild_text(wild: Wild) -> str:
    if wild.most is None:
        return "*"
    if wild.most == 1:
        return "#" if wild.least else "?"
    return f"*{wild.most}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A field to search in: `[tiab]`, `.ti,ab.` (two tags).

    `code` is the field's name in `review.query.fields.FIELDS`: EInfo's (`TIAB`, `TITL`, `PTYP` ...) where PubMed has the
    field, else Ovid's own (`ovid.ab`, `ovid.tw`, `ovid.mp` ...). An unknown tag has the code `?` + its text.
    """

    code: str
    written: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def known(self) -> bool:
        return not self.code.startswith("?")
