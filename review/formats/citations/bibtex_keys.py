"""Citation keys for records that came without: the same record has the same key in every file."""

from __future__ import annotations

from dataclasses import replace

from review.formats.people.natural_names import with_commas
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


def names_work(key: str, record: Record) -> bool:
    """Whether a key is made of the first author's family and the year: `Smith2015`, `smith_walking_2015`, `Smith:2015aa`. It numbers nothing in a
    database."""
    if not key[:1].isalpha() or str(record.year) not in key or not record.authors or len(key) > _LONGEST:
        return False
    family = plain(with_commas(record.authors[:1])[0].split(",")[0]).replace(" ", "")
    letters = plain(key).replace(" ", "")
    return len(family) > 1 and letters.startswith(family) and str(record.year) in letters[len(family) :]


def key_apart(record: Record) -> Record:
    """The record with its citation key as that, where it has one for an accession number: SpringerLink, Nature, Mendeley and JabRef have it in ID."""
    if record.year is None or not record.accession[:1].isalpha() or not names_work(record.accession, record):
        return record
    return replace(record, accession="", extra=(*record.extra, ("citation-key", record.accession)))


_LONGEST = 60  # letters


def is_legal(key: str) -> bool:
    """Whether BibTeX, and every program that reads its files, takes the key."""
    return bool(_LEGAL.fullmatch(key))
