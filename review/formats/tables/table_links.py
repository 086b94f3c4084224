"""Addresses behind the cells of a table: spreadsheets show `Link` or a title, and keep where it leads in a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from review.formats.columns.mapped import Mapped
from review.formats.values.addresses import doi_of
from review.formats.values.ids import pmcid_in, pmid_in
from review.model.patterns import lazy
from review.model.record import Record

# `=HYPERLINK("https://…","shown")`, whatever the language calls it, which may have semicolons there.
_FORMULA = lazy(r'=[^\W\d][\w.]{3,30}\(\s*"(https?://[^"]*)"(?:\s*[,;]\s*(?:"((?:[^"]|"")*)"|([\w.]*)))?\s*\)', re.DOTALL)
_IDS = ("doi", "url", "pmid", "pmcid")
_TELLING = 6  # characters: what is shorter may stand in any address


def leading_to(shown: str, target: str) -> str:
    """A cell that shows one thing and leads to another, as a formula; the cell alone where it shows where it leads, or leads to no page.

    target: an address, or a formula that makes the link, or is a text that a program took for one (`="19326203"`, `=Roe`).
    """
    if target.startswith('="'):
        return shown or target[2:-1]
    if target.startswith("=") and not shown and "(" not in target:
        return target
    formula = _FORMULA.fullmatch(target)
    address, shown = (formula[1], shown or _text(formula)) if formula else (target, shown)
    told = len(shown) > _TELLING and shown in address
    if told or shown.rstrip("/") == address.rstrip("/") or '"' in address or not address.startswith(("http://", "https://")):
        return shown
    return '=HYPERLINK("{}","{}")'.format(address, shown.replace('"', '""'))


def without_links(cells: list[str], mapped: Mapped) -> tuple[list[str], list[str]]:
    """The cells as a spreadsheet shows them, but where an identifier or an address belongs and none is shown; and the addresses that are in
    no cell then."""
    ids = {n for name in _IDS for n in mapped.of(name)}
    shown, spare = list(cells), []
    for n, cell in enumerate(cells):
        if cell[:1] == "=" and (found := _FORMULA.fullmatch(cell)):
            address, text = found[1], _text(found)
            told = any(map(str.isdigit, text))
            shown[n] = address if n in ids and not told else text
            spare += [address] if shown[n] != address and not (len(text) > _TELLING and text in address) else []
    return shown, spare


def _text(formula: re.Match[str]) -> str:
    return (formula[2] or formula[3] or "").replace('""', '"').strip()


def with_addresses(record: Record, addresses: Sequence[str]) -> Record:
    """The record with what the addresses behind its cells tell; those that are not its own go to `extra`."""
    if not addresses:
        return record
    url = record.url or addresses[0]
    doi = record.doi or next(filter(None, map(doi_of, addresses)), "")
    pmid = record.pmid or next(filter(None, map(pmid_in, addresses)), "")
    pmcid = record.pmcid or next(filter(None, map(pmcid_in, addresses)), "")
    more = tuple(("url", address) for address in addresses if address != url)
    return replace(record, url=url, doi=doi, pmid=pmid, pmcid=pmcid, extra=(*record.extra, *more))
