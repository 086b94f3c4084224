"""What readers put right last, alike in each: what programs and people write into the place of another thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.formats.characters.markup import unmarked
from review.formats.citations.citation import journal_apart
from review.formats.values.registrations import registered
from review.formats.values.title_notes import without_notes

if TYPE_CHECKING:
    from review.model.record import Record


def as_meant(record: Record, authors: str) -> Record:
    """The record without tags, with the parts of a citation in the place of the journal apart, Ovid's notes behind the title as notes, and a register's
    page as its address. authors: the name under which the register's name, where it is the author, goes to `extra`."""
    return registered(without_notes(journal_apart(unmarked(record))), authors)
