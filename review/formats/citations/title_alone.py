"""References of which somebody knew nothing but a title, and put something else in its place: a DOI, or the whole citation."""

from __future__ import annotations

from dataclasses import replace

from review.formats.characters.text import doi_in, is_only
from review.formats.citations.reference import parse_reference
from review.formats.citations.reference_title import title_in
from review.formats.values.ids import pmid_in
from review.model.record import Record


def titled(record: Record) -> Record:
    """The record with what its title tells apart, where nothing else tells what it is; a citation goes to `extra` as it came."""
    told = record.title
    if record.authors or record.journal or record.doi or record.pmid or not any(map(str.isdigit, told)):
        return record
    doi = doi_in(told) if "10." in told else ""
    if doi and is_only(doi, told):
        return replace(record, title="", doi=doi)
    title = title_in(told) if len(told) > 60 else ""
    read = parse_reference(told, title) if title else None
    if read is None:
        return record
    people, cited = read
    return replace(
        record,
        title=title,
        authors=people,
        year=record.year or cited.year,
        journal=cited.journal,
        volume=record.volume or cited.volume,
        issue=record.issue or cited.issue,
        pages=record.pages or cited.pages,
        doi=doi or cited.doi,
        pmid=pmid_in(told),
        extra=(*record.extra, ("citation", told)),
    )


def titled_by_journal(record: Record) -> Record:
    """A book among the references of Scopus, whose title stands in the place of a journal's."""
    in_a_journal = record.abstract or record.volume or record.issue or record.pages or record.doi or record.pmid or record.issn
    return record if in_a_journal or not record.authors else replace(record, title=record.journal, journal="")
