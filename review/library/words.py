"""Words and codes: how text and coded values are cut for the index and for a query. Both sides must use this file.

Text is cut as SQLite's `unicode61 remove_diacritics 2` cuts it: runs of letters and digits, without case and accents;
a hyphen, slash or apostrophe parts words (`co-production` is two). ASCII text is left to SQLite, the rest is cut here,
so that the two agree whatever Unicode version SQLite was built with.

A coded value (a heading, an author, a date ...) is one token of the second index: a kind of two letters, then its words
joined by `_`, then, after `__`, what qualifies it: `mh_asthma__drug_therapy`, `au_smith__ja`, `dp_2010`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from review.model.patterns import lazy
from review.model.plain_text import unaccented

GAP_SIZE = 8
# Private use: a token to SQLite, never one of ours. Keeps phrases and proximities from reaching over two values.
GAP = " " + "\ue000 " * GAP_SIZE
BREAK = " \ue000 "  # enough for columns in which only phrases are sought

_ASCII = lazy(r"[a-z0-9]+")
_ANY = lazy(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    if text.isascii():
        if text.isalnum():
            return [text.lower()]
        return _ASCII.findall(text.lower())
    return _ANY.findall(unaccented(text).casefold())


def indexed(values: Iterable[str], between: str = GAP) -> str:
    """Values as they go into a column of text: SQLite finds in it just what `words` would."""
    return between.join(value if value.isascii() else " ".join(words(value)) for value in values if value)


@lru_cache(maxsize=16_384)
def code(kind: str, value: str, qualifier: str = "") -> str:
    """The token of a coded value."""
    token = f"{kind}_{'_'.join(words(value))}"
    return f"{token}__{'_'.join(words(qualifier))}" if qualifier else token


def person(last: str, initials: str = "", suffix: str = "") -> str:
    """The token of a person, without its kind: `smith__ja`, `smith__j__jr`, `smith__` without initials."""
    token = f"{'_'.join(words(last))}__{''.join(words(initials))}"
    return f"{token}__{'_'.join(words(suffix))}" if suffix else token


@lru_cache(maxsize=4_096)
def day_codes(kind: str, day: int) -> tuple[str, str, str]:
    """A day (YYYYMMDD) as year, month and day, so that a range is a short list of tokens."""
    text = f"{day:08}"
    return f"{kind}_{text[:4]}", f"{kind}_{text[:6]}", f"{kind}_{text}"
