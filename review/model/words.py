"""Numbers in sentences: one is one, many are many."""

from __future__ import annotations


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
