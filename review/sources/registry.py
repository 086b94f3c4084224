"""All live sources. A new one is a line here, or an entry point in the group `review.sources` of another package."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import entry_points

from review.errors import UsageError
from review.model.words import nearest
from review.sources import europepmc, library, pubmed
from review.sources.base import Kind

SOURCES: tuple[Kind, ...] = (
    pubmed.KIND,
    europepmc.KIND,
    library.KIND,
)


@cache
def kinds() -> tuple[Kind, ...]:
    """The sources of this package, then those that other packages bring."""
    brought = (point.load() for point in entry_points(group="review.sources"))
    return (*SOURCES, *(k for k in brought if isinstance(k, Kind)))


def by_name(name: str) -> Kind:
    """The source of that name. Raises UsageError, which lists the names and says the nearest."""
    known = {k.name: k for k in kinds()}
    found = known.get(name.strip().casefold())
    if found:
        return found
    near = nearest(name, known)
    meant = f"Did you mean `{near}`? " if near else ""
    raise UsageError(f"there is no live source `{name}`", f"{meant}The live sources are: {', '.join(known)}.")


def meant(*said: str) -> Kind | None:
    """The source that a protocol means by an id, a platform and a name, in this order; None where it is none of these.

    `MEDLINE via Ovid` means none: another platform is another search.
    """
    texts = [text.casefold() for text in said]
    if any(re.search(r"\b(?:ovid|ebsco(?:host)?|proquest|embase|web of science|clarivate)\b", text) for text in texts):
        return None
    for text in texts:
        for kind in kinds():
            if any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) for word in kind.words):
                return kind
    return None
