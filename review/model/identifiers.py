"""What people paste where a record is to be named."""

from __future__ import annotations

from review.model.patterns import lazy

_HEAD = lazy(  # of a path, // has become /
    r"^(?:https?:/+(?:www\.)?(?:(?:dx\.)?doi\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/+|(?:doi|pmid)(?::\s*|\s+|(?=\d)))"
)


def identifier(name: str) -> str:
    """A DOI or PMID in small letters, without the address or word that stands before it, where a name is one; else the name."""
    plain = name.strip().casefold()
    return _HEAD.sub("", plain).rstrip("/") or plain
