"""Citation keys for records that came without: the same record has the same key in every file."""

from __future__ import annotations

from review.formats.natural_names import with_commas
from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.record import Record

_SMALL = frozenset("a an and are as at by do does for from how in is its of on or the to versus what why with".split())  # noqa: SIM905
_LEGAL = lazy(r"[^\s,={}()\"#%\\~'@]+")


def made(record: Record) -> str:
    """`Family_2001.word`: first author's family name, year, first word of the title that says something."""
    family = plain(next(iter(with_commas(record.authors)), "").split(",")[0]).replace(" ", "")
    family = "".join(c for c in family if c.isascii()).capitalize()[:40] or "Anon"
    words = [w for w in plain(record.title).split() if w.isascii()]
    word = next((w for w in words if w not in _SMALL), "untitled")[:40]
    return f"{family}_{record.year or 'nd'}.{word}"


def wanted(record: Record) -> str:
    """The key that it came with, or its own in a review, which goes first where it is to go along (as `ID`); "" where it has none."""
    named = dict(reversed(record.extra))
    return record.key if record.key and named.get("ID") == record.key else named.get("citation-key") or record.key


def is_made(key: str, record: Record) -> bool:
    """Whether the key is the one that we give the record, or that with a number behind it."""
    if f"_{record.year or 'nd'}." not in key:  # as in most, of which ours need not be made
        return False
    base = made(record)
    return key == base or (key.startswith(f"{base}.") and key[len(base) + 1 :].isdecimal())


def is_legal(key: str) -> bool:
    """Whether BibTeX, and every program that reads its files, takes the key."""
    return bool(_LEGAL.fullmatch(key))
