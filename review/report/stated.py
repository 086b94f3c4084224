"""What the protocol states, in the report's sentences: the limits of eligibility, the registration, who did what. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from review.model.languages import said
from review.model.protocol import Protocol
from review.model.protocol_parts import Member


def limits(p: Protocol) -> Iterator[str]:
    """What bounds eligibility beside the criteria (PRISMA 2020, item 5), a sentence each."""
    r = p.eligibility.reports
    if r.years.first or r.years.last:
        because = f", because {r.years.because[:1].lower()}{r.years.because[1:]}" if r.years.because else "."
        yield f"Years: {r.years.first or 'any'} to {r.years.last or 'now'}{because}"
    if r.languages:
        yield f"Languages: {', '.join(map(said, r.languages))}." + (f" {r.languages_because}" if r.languages_because else "")
    if r.countries:
        yield f"Countries: {r.countries.rstrip('.')}."
    if r.publication_status:
        yield f"Publication status: {r.publication_status.rstrip('.')}."


def registered(p: Protocol) -> str:
    """Register, number and address, and the version that this review updates (PRISMA 2020, items 24a and 24c)."""
    where = " ".join(filter(None, (p.registration.register_name, p.registration.id)))
    words = ", ".join(filter(None, (where, p.registration.url)))
    return f"{words}. Updates {p.review.supersedes}" if p.review.supersedes else words


def name(m: Member) -> str:
    return f"{m.name} (ORCID {m.orcid})" if m.orcid else m.name


def roles(m: Member) -> str:
    """The roles, and who answers for the whole (PRISMA-P 2015, item 3b)."""
    return ", ".join((*m.roles, "guarantor") if m.guarantor else m.roles)
