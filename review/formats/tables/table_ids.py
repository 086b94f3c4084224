"""Identifiers in a table: a column for each, and what else people put there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.formats.characters.literal import literal_list
from review.formats.characters.text import doi_in, is_only
from review.formats.tables.csv_cells import Cells
from review.formats.tables.table_numbers import ungrouped
from review.formats.values.addresses import doi_in_path, doi_named, doi_of
from review.formats.values.ids import is_medline, is_place, pmcid_in, pmid_in
from review.formats.values.numbers import whole
from review.model.patterns import lazy


def address(cells: Cells) -> str:
    """The best address; of a work without a DOI people put it into the column of those."""
    first = cells.best("doi")
    if cells.best("url").startswith("javascript:"):  # what a page does, not where anything is
        return ""
    told = cells.take("url")
    return " ".join((literal_list(told) if told[:1] == "[" else []) or [told]) or (
        cells.take("doi") if first.startswith(("http", "www.")) and not doi_in(first) else ""
    )


def doi(cells: Cells, url: str) -> str:
    """The DOI from the column of DOIs; else from where people put it instead, the address among them."""
    for value in cells.values("doi"):
        if found := doi_in(value):
            if is_only(found, value):
                cells.take("doi")
            return found
    for value in (*cells.values("own id"), *cells.values("record id")):  # a key that is one
        if "/" in value and (found := doi_in(value)) and (is_only(found, value) or value.startswith("doi:")):
            return found
    # Zotero's Extra names either.
    if found := cells.typed(doi_in, "doi") or doi_of(url) or next(filter(None, map(doi_named, cells.values("pmid"))), ""):
        return found
    # Where no column is for DOIs, the address is that of the work; Google Scholar's always is.
    return doi_in_path(url) if not cells.has("doi") or cells.marked("gsrank") else ""


def pubmed(cells: Cells, url: str) -> tuple[str, str]:
    """PMID and PMCID, from their columns, those of other numbers, or the address."""
    named, central = cells.values("pmid"), cells.values("pmcid")
    pmid = next((p for v in named if (p := pmid_in(ungrouped(v), bare=True))), "")
    pmcid = next((p for v in central if (p := pmcid_in(v, bare=True))), "") or next((p for v in named if (p := pmcid_in(v))), "")
    for name, found, values in (("pmid", pmid, named), ("pmcid", pmcid, central)):
        if found and not {found, found.removeprefix("PMC")}.isdisjoint(map(whole, values)):
            cells.take(name)
    for value in cells.values("doi"):  # where people put the number of what has no DOI
        pmid, pmcid = pmid or pmid_in(value), pmcid or pmcid_in(value)
    for value in cells.values("citation"):  # as PubMed has it behind a reference
        pmid, pmcid = pmid or pmid_in(value), pmcid or pmcid_in(value)
    pmid = pmid or cells.typed(lambda value: pmid_in(value, bare=True), "pmid", "med") or pmid_in(url)
    # VHL's `mdl-123`, Web of Science's `MEDLINE:123`
    pmid = pmid or next((p for v in (*cells.values("record id"), *cells.values("own id")) if (p := pmid_in(v))), "")
    return pmid, pmcid or pmcid_in(url)


_OF_IDS = lazy(r"(?:^|[\W_])ids?(?:[\W_]|$)|identifier", re.IGNORECASE)


_SAID = lazy(r"\bdoi: ?(10\.\d{4,9}/[^\s;]+)", re.IGNORECASE)


def named_doi(extra: Iterable[tuple[str, str]]) -> str:
    """The DOI that is called so among several numbers, as Primo and Dublin Core have them: `ISSN: 0317-8471;DOI: 10.1000/x`."""
    told = (_SAID.search(text) for name, text in extra if "10." in text and name.casefold() in ("identifier", "identifiers"))
    return next((doi_in(found[1]) for found in told if found), "")


def told(extra: Iterable[tuple[str, str]], accession: str) -> str:
    """The PMID that a note names, or that MEDLINE's own number is."""
    for name, text in extra:
        named = text[:4].upper() == "PMID" and ((name == "note" and text.startswith("PMID")) or _OF_IDS.search(name))
        if named and (pmid := pmid_in(text)):
            return pmid
        if name in ("database", "provider") and is_medline(text) and not is_place(accession) and (pmid := pmid_in(accession, bare=True)):
            return pmid
    return ""
