"""What tells two records apart, field by field: the words that one of them lacks, and what decides first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from unicodedata import normalize

from review.dedup.pieces import Piece, authors, folded, lacking, parted, signed
from review.formats.values.kinds import kind_of
from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.reading import one_line
from review.model.record import Record, text_of

FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")
SIGNS = ("differ", "close", "missing", "agree")  # in the order in which they are shown
BESIDE = ("type", "isbn", "imprint", "url")  # what differs between any two databases, and sometimes is all that differs
SHOWN = {"doi": "DOI", "pmid": "PMID", "isbn": "ISBN", "url": "URL"}
_AGREE = ("same", "within", "range", "first", "page 1", "order", "near")
_WORDS = ("title", "abstract", "pages", "doi", "pmid")  # of which each word counts, whatever the rules make of the whole
_CUT = 100  # letters of what a third record says
_LONG_KEY, _HASH = 40, 12  # letters
_ENDS_IN_INITIALS = lazy(r"(?<=\s)(?:[^\W\d_a-z][.-]*\s?){1,3}$")


class Row(NamedTuple):
    """One field of two records. sign: one of SIGNS; same: both say the same, which then is in `a`: what only capitals, punctuation and
    given names for initials tell apart is the same there, unless all is shown."""

    name: str
    sign: str
    a: list[Piece]
    b: list[Piece]
    same: bool


def rows(a: Record, b: Record, levels: Mapping[str, str], *, whole: bool = False) -> list[Row]:
    """The fields that either has: the title, then those that differ, those that only one has, those that agree; the abstract, which is
    long, last, so that the rest is seen at once. Where they are two sorts of document that too; where none of them differs, what else tells the
    two apart.

    levels: how the rules say that each compares; whole: without it the middle of what is long and alike is left out.
    """
    found = [row for name in FIELDS if (row := _row(name, a, b, levels.get(name, ""), whole=whole))]
    if whole or all(row.sign in ("agree", "missing") for row in found):
        beside = [row for name in BESIDE if (row := _row(name, a, b, "", whole=whole)) and (whole or row.sign != "agree")]
        found += beside or _more(a, b)
    elif a.type and b.type and kind_of(a.type) is not kind_of(b.type):  # one sort of document, or two: by no database's word for it
        found = [*filter(None, [_row("type", a, b, "", whole=False)]), *found]
    # The title says what it is about.
    return sorted(found, key=lambda row: (row.name != "title", row.name == "abstract", SIGNS.index(row.sign)))


def _row(name: str, a: Record, b: Record, level: str, *, whole: bool) -> Row | None:
    """One field, of `rows`; None where neither has it."""
    x, y = shown(a, name), shown(b, name)
    if not x and not y and name != "title":
        return None
    sign = _sign(name, level, x, y)
    if one_way := x if x == y else "" if whole or sign != "agree" else _once(name, x, y):
        one = authors(one_way, one_way, whole=whole)[0] if name == "authors" else [Piece(one_way, False)]
        return Row(name, sign, one if whole else list(folded(one)), [], True)
    return Row(name, sign, *_compared(name, x, y, agree=sign == "agree", whole=whole), False)


def _more(a: Record, b: Record) -> list[Row]:
    """What stands in no field of ours, and in one of the two records alone."""
    mine, other = ("; ".join(f"{n}: {one_line(v, _CUT)}" for n, v in r.extra if (n, v) not in o.extra) for r, o in ((a, b), (b, a)))
    return [Row("more", "differ", [Piece(mine or "–", bool(mine))], [Piece(other or "–", bool(other))], False)] if mine or other else []


def what(same: bool, relation: str = "", first: str = "", which: str = "") -> str:
    """A word on a pair in words. first: the key of the one that a person named as the erratum, the version …; which: else, of `Pairs.which`."""
    named = f", which {short_key(first)} is" if first else f" ({which})" if which else ""
    return "the same report" if same else f"{relation.replace('_', ' ')}{named}" if relation else "different reports"


def short_key(key: str) -> str:
    """A key as it is shown: of a long one, a hash, the beginning, which names it as well."""
    head, mark, twin = key.partition("#")  # #2: the same content again
    return key if len(key) <= _LONG_KEY else f"{head[: head.find(':') + 1 + _HASH]}…{mark}{twin}"


def told_in_a_line(record: Record) -> str:
    """A record beside others: its key, its title, and where and when it appeared."""
    place = ", ".join(p for p in (record.journal, str(record.year or ""), ":".join(p for p in (record.volume, record.pages) if p)) if p)
    return f"{short_key(record.key)}: {one_line(record.title) or '(no title)'}{f' ({place})' if place else ''}"


def differences(a: Record, b: Record, names: Collection[str]) -> list[str]:
    """Of the fields of these names, as they are shown, what both say: `year: ‹2001› / ‹2003›`. Of abstracts, a line would say nothing."""
    told = []
    for name in FIELDS[:-1]:
        if (called := SHOWN.get(name, name)) in names and (row := _row(name, a, b, "", whole=False)):
            one, other = (one_line("".join(map(marked, side)), _CUT) for side in (row.a, row.a if row.same else row.b))
            told.append(f"{called}: {one} / {other}")
    return told


def read_like(kinds: tuple[str, str]) -> list[str]:
    """What the titles of a pair read like, in words."""
    if kinds[0] == kinds[1] != "":
        return [f"both read like: {kinds[0]}"]
    return [f"the {side} reads like: {kind}" for side, kind in zip(("first", "second"), kinds, strict=True) if kind]


def marked(piece: Piece) -> str:
    """The text, between ‹ and › where the other lacks it."""
    core = piece.text.strip()
    return piece.text.replace(core, f"‹{core}›", 1) if piece.differs else piece.text


def shown(record: Record, name: str) -> str:
    """A field as it is shown: authors as they are, all else without markup and on one line."""
    text = text_of(getattr(record, name))
    return normalize("NFC", text) if name == "authors" else one_line(text)


def _sign(name: str, level: str, a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    level = level.partition(", ")[0] if name == "title" else level
    if plain(a) == plain(b) != "":
        return "close" if name == "title" and signed(a) != signed(b) else "agree"
    if level in _AGREE or level.startswith("same"):
        x, y = a.split("; "), b.split("; ")
        lacks = name in _WORDS or (name == "authors" and any((*lacking(x, y), *lacking(y, x))))
        return "close" if lacks else "agree"
    # missing: both say something, of which the rules can make nothing.
    return "differ" if level in ("different", "few", "far", "missing", "") else "close"


def _once(name: str, x: str, y: str) -> str:
    """The one way to write it that is enough; '' where both are to be seen.

    PubMed ends a title with a point, Web of Science has journals in capitals, and each names people in its own way: twice the lines, for nothing.
    """
    if name in ("title", "authors", "journal") and plain(x) == plain(y):
        return x
    if name == "authors":
        people = zip(map(_person, x.split("; ")), map(_person, y.split("; ")), strict=False)
        same = x.count("; ") == y.count("; ") and all(
            (family, initials) == (family_b, initials_b) and (given <= given_b or given_b <= given)
            for (family, initials, given), (family_b, initials_b, given_b) in people
        )
        return max(x, y, key=len) if same else ""
    return ""


def _person(name: str) -> tuple[str, str, set[str]]:
    """A name's family name, initials and given names: Roe, Anna K.; Roe, A.K.; Roe AK."""
    family, comma, given = name.partition(",")
    if not comma and (ending := _ENDS_IN_INITIALS.search(name)):
        family, given = name[: ending.start()], ending[0]
    names = {w for word in re.split(r"[\s.,]+", given) if not (word.isupper() and len(word) < 4) for w in plain(word).split()}
    return plain(family), "".join(filter(str.isupper, given)), names


def _compared(name: str, x: str, y: str, *, agree: bool, whole: bool) -> tuple[list[Piece], list[Piece]]:
    """Both texts with what differs; what only writes the same in another way (`agree`) is not marked."""
    alike = "alike"
    if not x or not y:
        pair = [Piece(x or "–", False)], [Piece(y or "–", False)]
        alike = "more words"
    elif name == "authors":
        return authors(x, y, whole=whole)
    elif agree:
        pair = [Piece(x, False)], [Piece(y, False)]
    else:
        pair = parted(x, y, title=name == "title")
    return pair if whole else (list(folded(pair[0], alike)), list(folded(pair[1], alike)))
