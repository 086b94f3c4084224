"""A record of any other format as a PubmedArticle, so that one reader, one index and one endpoint serve them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from review.formats.pubmed.pubmed_fields import LOCAL
from review.library.nbib_xml import article
from review.model.record import Record, record_key

_TYPES = {"JOUR": "Journal Article", "journal-article": "Journal Article", "article-journal": "Journal Article"}


def local_id(record: Record) -> int:
    """A number for a record without a PMID: the same for the same content in any file, and longer than any PMID is."""
    digest = hashlib.sha256(record_key("", record).encode()).digest()
    return LOCAL + int.from_bytes(digest[:6], "big")


def record_xml(record: Record) -> bytes:
    """The record as XML. What PubMed has no element for (the tags in `extra`) is not in it."""
    return article(_tags(record))


def _tags(record: Record) -> Iterator[tuple[str, str]]:
    number = record.pmid if record.pmid.isdecimal() and 0 < int(record.pmid) < LOCAL else str(local_id(record))
    yield "PMID", number
    yield "OWN", "NLM" if number == record.pmid else "local"
    yield "TI", record.title
    yield "AB", record.abstract
    for author in record.authors:
        family, comma, _ = author.partition(",")
        yield ("FAU", author) if comma or " " not in family else ("CN", author)
    yield "JT", record.journal
    yield "VI", record.volume
    yield "IP", record.issue
    yield "PG", record.pages
    yield "DP", str(record.year or "")
    yield "IS", record.issn
    yield "LA", record.language
    yield "PT", _TYPES.get(record.type, record.type)
    for word in record.keywords:
        yield "OT", word
    if record.doi:
        yield "AID", f"{record.doi} [doi]"
    yield "PMC", record.pmcid
