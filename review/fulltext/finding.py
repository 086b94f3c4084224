"""Which report a file is the full text of: by what it says of itself, its name and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.fulltext.document import Document
from review.model.patterns import lazy
from review.model.plain_text import squashed
from review.model.record import Report

_DOI = lazy(r"10\.\d{4,9}/[^\s\"<>]+[A-Za-z0-9)]", re.IGNORECASE)
_JATS_ID = lazy(r"<article-id[^>]*pub-id-type=[\"'](doi|pmid|pmc|pmcid|pmc-aid)[\"'][^>]*>\s*([^<\s]+)")
LEAST = 25  # letters of a title: a shorter one stands in many texts


@dataclass(frozen=True, slots=True)
class Match:
    """report: its key, '' where none or several fit; how: by what, or why not."""

    report: str
    how: str


class Finder:
    """Finds the report of a file among those given."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._doi: dict[str, str] = {}
        self._pmid: dict[str, str] = {}
        self._pmcid: dict[str, str] = {}
        self._key: dict[str, str] = {}
        self._titles: list[tuple[str, str]] = []
        for report in reports:
            for record in report.records:
                self._key[_slug(record.key)] = report.key
                for where, value in (
                    (self._doi, record.doi.lower()),
                    (self._pmid, record.pmid),
                    (self._pmcid, record.pmcid.upper().removeprefix("PMC")),
                ):
                    if value:
                        where[value] = report.key
            for title in sorted({squashed(r.title) for r in report.records}):
                if len(title) >= LEAST:
                    self._titles.append((title, report.key))

    def find(self, name: str, data: bytes, document: Document) -> Match:
        """name: of the file. The id that the file gives of itself comes first, then its name, its first pages, its title."""
        if document.kind == "jats":
            for kind, value in _JATS_ID.findall(data[:30000].decode("utf-8", "replace")):
                where = {"doi": self._doi, "pmid": self._pmid}.get(kind, self._pmcid)
                if found := where.get(value.lower() if kind == "doi" else value.upper().removeprefix("PMC")):
                    return Match(found, f"its {kind.upper()}")
        if match := self._by_name(name):
            return match
        first = " ".join(p.text for p in document.pages[:2])
        dois = {
            self._doi[d]
            for raw in _DOI.findall(first.replace("\n", "")) + _DOI.findall(first)
            if (d := raw.lower().rstrip(").")) in self._doi
        }
        if len(dois) == 1:
            return Match(dois.pop(), "a DOI on its first pages")
        return self._by_title(first)

    def _by_name(self, name: str) -> Match | None:
        stem = re.sub(r"\.\w{2,4}$", "", name)
        if found := self._key.get(_slug(stem)):
            return Match(found, "its name")
        if (m := re.search(r"PMC(\d{4,9})", stem, re.IGNORECASE)) and (found := self._pmcid.get(m[1])):
            return Match(found, "the PMCID in its name")
        for number in re.findall(r"(?<!\d)\d{5,9}(?!\d)", stem):
            if found := self._pmid.get(number):
                return Match(found, "the PMID in its name")
        # A DOI in a file's name has something else for its slash.
        dois = {key for doi, key in self._doi.items() if len(doi) > 9 and _slug(doi) in _slug(stem)}
        return Match(dois.pop(), "the DOI in its name") if len(dois) == 1 else None

    def _by_title(self, first: str) -> Match:
        text = squashed(first)
        found = sorted({(len(t), key) for t, key in self._titles if t in text}, reverse=True)
        if not found:
            return Match("", "neither an id nor a title of a report that is sought stands in its name or on its first pages")
        if len(found) > 1 and found[1][0] == found[0][0]:
            return Match("", f"several reports have titles that stand on its first pages: {found[0][1]}, {found[1][1]}")
        return Match(found[0][1], "its title")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
