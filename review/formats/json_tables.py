"""JSON that programs made of their own tables: objects under a table's names, by their keys, or column by column (pandas's `to_json`)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from review.formats.csv_columns import field_of

Work = dict[str, Any]

# A table's field -> CSL's name for it, and the other names under which a work may tell of it.
_FIELDS = {
    "title": ("title", ""),
    "abstract": ("abstract", ""),
    "authors": ("author", "authors"),
    "year": ("issued", "year date published published-print published-online"),
    "journal": ("container-title", "journal publicationTitle citation"),
    "volume": ("volume", ""),
    "issue": ("issue", "number"),
    "pages": ("page", "pages article-number"),
    "doi": ("DOI", "doi"),
    "pmid": ("PMID", "pmid"),
    "pmcid": ("PMCID", "pmcid custom2"),
    "issn": ("ISSN", "issn"),
    "url": ("URL", "url urls"),
    "language": ("language", ""),
    "keywords": ("keyword", "keywords categories subject"),
    "type": ("type", ""),
}
_KNOWN = {field: frozenset((name, *others.split())) for field, (name, others) in _FIELDS.items()}
OWN = frozenset().union(*_KNOWN.values())


@lru_cache(1 << 12)  # the names of a file are few
def _field(name: str) -> tuple[str, int]:
    return field_of(name) or ("", 0)


def under_csl(work: Work, kept: frozenset[str]) -> Work:
    """The work with what a table's names tell (`Title`, `pub_date`, `mesh_terms`) under CSL's, where no name that it has tells the same.

    kept: the names that stay as they are.
    """
    best: dict[str, tuple[int, str]] = {}
    for name in work.keys() - kept:
        field, rank = _field(name)
        if field in _FIELDS and not _KNOWN[field] & work.keys() and work[name] and not isinstance(work[name], dict):
            best[field] = min(best.get(field, (rank, name)), (rank, name))
    new = {name: _FIELDS[field][0] for field, (_, name) in best.items()}
    return {new.get(name, name): value for name, value in work.items()} if new else work


def works(found: Work) -> list[Work]:
    """The works in an object that is none itself: by their keys, or column by column; else none."""
    if len(found) < 2 or not all(isinstance(value, dict) for value in found.values()):
        return []
    inner = list(found.values())
    if any(name.casefold() == "title" for name in found) and all(value.keys() == inner[0].keys() for value in inner):
        return [{name: column[row] for name, column in found.items()} for row in inner[0]]
    return inner if all(any(name.casefold() == "title" for name in value) for value in inner) else []
