"""Words of sentences: one is one, many are many; letters that count; and the word that was meant."""

from __future__ import annotations

from collections.abc import Iterable


def counted(n: int, one: str, many: str = "") -> str:
    """'1 record', '1,234 records'; many: the plural where it has no s."""
    return f"{n:,} {noun(n, one, many)}"


def noun(n: int, one: str, many: str = "") -> str:
    """The noun alone, where its number stands elsewhere. A singular in -y that is regular has its plural by rule."""
    return one if n == 1 else many or (f"{one[:-1]}ies" if one.endswith(("study", "query", "entry", "library")) else f"{one}s")


def are(n: int) -> str:
    return "is" if n == 1 else "are"


def were(n: int) -> str:
    return "was" if n == 1 else "were"


def have(n: int) -> str:
    return "has" if n == 1 else "have"


def letter(n: int) -> str:
    """a … z, aa, ab … for 0, 1 …"""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(97 + rest) + name
    return name


def nearest(found: str, known: Iterable[str]) -> str:
    """The word of `known` that `found` was meant for: a slip of the pen away, or begun by it. '' where that would be a guess.

    A ratio of 0.75 is a letter wrong in four, two in eight; below it stand words of another meaning (select, effect).
    """
    import difflib

    by_key = {word.casefold(): word for word in known}
    key = found.casefold()
    if near := difflib.get_close_matches(key, by_key, 1, 0.75):
        return by_key[near[0]]
    begun = [word for folded, word in by_key.items() if len(key) > 2 and folded.startswith(key)]
    return begun[0] if len(begun) == 1 else ""
