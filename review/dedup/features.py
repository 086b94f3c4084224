"""A record as the rules see it."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

from review.dedup.people import People, people_of
from review.dedup.places import Pages, doi_of, is_conference, is_preprint, issns_of, issue_of, journal_of, numbers_of, pages_of
from review.dedup.titles import Title, title_of
from review.model.record import Record, plain

_AGAIN = re.compile(r"#\d+$")
_ROW_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class Features:
    """Normalised; what a record lacks is empty."""

    key: str
    same_id: str  # the source's own id: two records with one are one; '' where there is none to trust
    title: Title
    people: People
    year: int
    journal: tuple[str, ...]
    issns: frozenset[str]
    volume: frozenset[int]
    issue: frozenset[int]
    pages: Pages
    doi: str
    pmid: str
    abstract: str  # the beginning, squashed
    preprint: bool
    conference: bool
    cochrane: bool
    content: Hashable  # equal where a source gave the same thing twice; None where that says nothing


def _same_id(record: Record) -> str:
    accession = record.accession.strip()
    if record.source and accession and (not _ROW_NUMBER.fullmatch(accession) or accession == record.pmid):
        return f"{record.source}:{accession}"
    base = _AGAIN.sub("", record.key)
    return f"key {base}" if ":" in base else ""


def _content(record: Record, title: Title) -> Hashable:
    beside = record.pages, record.volume, record.issue, record.doi, record.pmid, record.url, record.abstract
    if not title.squash or not any((record.authors, record.year, *beside)) or (title.generic and not any(beside)):
        return None
    return record.source, plain(record.title), tuple(map(plain, record.authors)), record.year, plain(record.journal), *beside


def features_of(record: Record) -> Features:
    """Everything the rules compare, computed once per record."""
    title = title_of(record.title)
    pages = pages_of(record.pages)
    doi = doi_of(record.doi) or (doi_of(record.url) if "doi.org/" in record.url else "")
    journal = journal_of(record.journal)
    return Features(
        key=record.key,
        same_id=_same_id(record),
        title=title,
        people=people_of(record.authors),
        year=record.year or 0,
        journal=journal,
        issns=issns_of(f"{record.issn} {record.isbn}"),
        volume=numbers_of(record.volume),
        issue=issue_of(record.issue),
        pages=pages,
        doi=doi,
        pmid=record.pmid.strip().lstrip("0"),
        abstract=plain(record.abstract[:900]).replace(" ", "")[:400],
        preprint=is_preprint(record.journal, doi, record.type),
        conference=is_conference(record.journal, record.issue, record.type, pages.letters),
        cochrane="cochrane" in journal,
        content=_content(record, title),
    )
