"""RefWorks' tagged format: two letters, a space, the value; RT begins an entry. Tags: RefWorks, "RefWorks Tagged Format"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.people.author_habits import ONE_EACH
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels, by
from review.formats.values.kinds import kind_of
from review.model.record import Record, Reject


def _upper(pattern: str) -> Callable[[str], tuple[str, str] | None]:
    """CNKI writes `vo 31`."""
    label = by(pattern)
    return lambda line: (found[0].upper(), found[1]) if (found := label(line)) else None


NAMES = {
    "A1": "authors", "A2": "editors", "AB": "abstract", "AD": "affiliation", "AN": "accession number", "DB": "database name", "DS": "provider",
    "DO": "doi", "ED": "edition", "FD": "date", "ID": "record id", "IS": "issue", "JF": "journal", "JO": "ja", "K1": "keywords", "LA": "language",
    "LK": "link", "NO": "note", "OP": "end page", "PB": "publisher", "PP": "place", "RT": "reference type", "SN": "issn isbn", "SP": "start page",
    "T1": "title", "T2": "secondary title", "T3": "series", "UL": "url", "VO": "volume", "YR": "year",
}  # fmt: skip


def _here(found: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Of a thesis the degree stands in the place of the volume."""
    told = " ".join(found.get("VO", ()))
    thesis = told and not any(map(str.isdigit, told)) and kind_of(" ".join(found.get("RT", ())).strip()).name == "thesis"
    return {"VO": "degree"} if thesis else {}


_LABELS = Labels(
    label=_upper(r"(RT|SR|ID|[ATKU]\d|T[123]|J[FO]|YR|FD|VO|vo|IS|SP|OP|AB|NO|ED|P[BP]|AD|AN|LA|CL|SF|OT|LK|DO|CN|D[BS]|IP|RD|ST|[USL]L|CR|W[TVP]|OL|SN|AV|ER(?=\s*$))(?:[ \t]+(.*)|$)"),
    opens=frozenset({"RT"}),
    closes=frozenset({"ER"}),
    names=NAMES,
    lists=frozenset({"authors", "keywords", "editors"}),
    titles=frozenset({"T1"}),
    here=_here,
    people=ONE_EACH,
)  # fmt: skip


def score(head: str) -> float:
    """0.9 for text with an RT line and others that RefWorks has, 0 otherwise."""
    head = normalise(head)
    return 0.9 if re.search(r"^RT [A-Z]", head, re.MULTILINE) and re.search(r"^(?:T1|A1|SR|ID) \S", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "RT Journal Article")


FORMAT = Format("refworks", "RefWorks tagged text", score, read)
