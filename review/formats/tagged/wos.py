"""Web of Science's own text (savedrecs.txt, .ciw, .isi): two letters, a space, the value; ER ends an entry, EF the file.

Tags: Clarivate, Web of Science Core Collection Field Tags; MEDLINE, BIOSIS, Zoological Record, INSPEC and Derwent Innovations Index on the same platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.people.author_habits import ONE_EACH
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels, by
from review.model.patterns import lazy
from review.model.record import Record, Reject

_label = by(r"([A-Z][A-Z0-9])(?: +(.*)|$)")


def _paged(line: str) -> tuple[str, str] | None:
    """The label and its text. INSPEC's SP is the page where a work begins, not who paid for the meeting."""
    return _label("BP" + line[2:]) if line.startswith("SP ") and line[2:].strip().isdecimal() else _label(line)


_PAGES = lazy(r"\s*(?:[A-Za-z]{0,3}\d|[ivxlc]+\b)")


def _here(found: Mapping[str, list[str]]) -> Mapping[str, str]:
    """The authors of a book where no part of it is told of. BIOSIS's PS is what parts of organisms a work is of, and Derwent's PN the numbers of a
    patent, of an article that of a part."""
    told = next((label for label in ("BF", "BA") if label in found), "")
    authors = {told: "authors"} if told and found.keys().isdisjoint(("AU", "AF")) else {}
    if found.get("PT", [""])[0] == "P":
        return {"PN": "issue"}
    return authors if _PAGES.match(" ".join(found.get("PS", ("1",)))) else {**authors, "PS": "PS"}


_LABELS = Labels(
    label=_paged,
    opens=frozenset({"PT"}),
    closes=frozenset({"ER"}),
    outside=frozenset({"FN", "VR", "EF"}),
    names={
        "AB": "abstract", "AE": "assignees", "AF": "authors", "AN": "accession number", "AR": "article number", "AU": "au", "BE": "editors", "BN": "isbn",
        "BD": "broad descriptors", "BP": "start page", "BR": "start page", "C1": "affiliations", "C3": "institution", "CA": "group authors", "CT": "conference name", "D2": "book doi", "DA": "day of the export", "DE": "author keywords",
        "DI": "doi", "DT": "document type", "ED": "editors", "EI": "eissn", "EP": "end page", "FT": "original title", "GP": "book group authors",
        "ID": "keywords plus", "IP": "patent classes", "IS": "issue", "J9": "j9", "JI": "journal abbreviation", "LA": "language", "LT": "original title", "MH": "mesh terms", "NR": "number of references",
        "PD": "pd", "PI": "place", "PM": "pubmed id", "PG": "page count", "PS": "pages", "PT": "pt", "PU": "publisher", "PY": "year", "SE": "series",
        "SN": "issn", "SO": "journal", "SP": "sponsors", "SC": "research areas", "SU": "supplement", "TA": "taxa", "TC": "times cited", "TI": "title", "UR": "url", "UT": "ut", "VL": "volume", "Y1": "title in Portuguese",
    },
    lists=frozenset({"authors", "au", "affiliations", "assignees", "editors", "CR", "group authors", "book group authors", "pd", "AD", "BA", "BF", "CP"}),
    titles=frozenset({"TI"}),
    here=_here,
    people=ONE_EACH,
)  # fmt: skip
_ENTRY = lazy(r"^PT [A-Z](?:[a-z]{3,10})?\s*$", re.MULTILINE)  # of old `PT Journal`


def score(head: str) -> float:
    """1 for text with `FN` and `VR` lines or `PT J` ones, 0 otherwise; never for RIS, whose tags have a hyphen."""
    head = normalise(head)
    if re.match(r"\s*FN .+\n\s*VR ", head) or (_ENTRY.search(head) and re.search(r"^(?:AU|TI|SO|UT) \S", head, re.MULTILINE)):
        return 1.0
    return 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "PT J")


FORMAT = Format("wos", "Web of Science text (.txt, .ciw, .isi)", score, read)
