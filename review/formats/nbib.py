"""PubMed's tagged text (MEDLINE, .nbib): four columns of tag, a hyphen, and lines indented by six that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.fields import Bag, is_bare, pmcid_in, serials, tidy
from review.formats.text import collapse, decode, doi_in, normalise, pages, unescape, year_in
from review.model.record import Record, Reject

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}-(.*)")
# Tags that an entry has once. One of them again after a blank line is the next entry, though it lacks its PMID.
_ONCE = frozenset({"PMID", "OWN", "STAT", "TI", "DP", "JT", "TA", "SO", "JID"})
_MEDLINE_ONLY = frozenset(
    {
        "PMID", "OWN", "STAT", "DCOM", "LR", "FAU", "JT", "TA", "JID", "MH", "EDAT", "MHDA", "CRDT", "PHST", "AID", "LID", "PST", "PMC",
        "SB", "DEP", "BTI",
    }
)  # fmt: skip
_PMID_LINE = re.compile(r"^\ufeff?PMID *- *\d", re.MULTILINE)


@dataclass(slots=True)
class _Entry:
    line: int
    tags: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # lines that belong to no tag


def score(head: str) -> float:
    """1 for text with lines `PMID- 123`, 0.7 where at least four tags that only MEDLINE has are, else 0."""
    head = normalise(head)
    if _PMID_LINE.search(head):
        # RIS with a stray line `PMID- 1` in it is still RIS.
        return 0.5 if re.search(r"^TY  -", head, re.MULTILINE) else 1.0
    tags = {m[1] for m in re.finditer(r"^([A-Z]{2,4}) {0,2}-", head, re.MULTILINE)}
    return 0.7 if len(tags & _MEDLINE_ONLY) >= 4 else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry of a MEDLINE file, in its order.

    Lines under no tag go to `extra` with an empty tag. Raises FormatError where the text has no entry at all.
    """
    found = False
    for entry in _entries(normalise(decode(whole(data)).text).split("\n")):
        found = True
        yield _record(entry)
    if not found:
        raise FormatError("no MEDLINE entry found in it", "An entry begins with a line such as `PMID- 12345678`.")


def _entries(lines: list[str]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    seen: set[str] = set()
    before: list[str] = []
    blank = True
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t\ufeff"):
            blank = True
            if entry:
                entry.lines.append(line)
            continue
        found = _TAG.match(line) if line[0] not in " \t" else None
        if found:
            tag = found[1]
            if entry is None or (tag == "PMID" and (blank or "PMID" in seen)) or (blank and tag in _ONCE and tag in seen):
                if entry:
                    yield entry
                entry = _Entry(number, loose=before)
                before, seen = [], set()
            entry.tags.append([tag, found[2].strip()])
            seen.add(tag)
            entry.lines.append(line)
        elif entry is None:
            before.append(line)
        else:
            entry.lines.append(line)
            # Only an indented line goes on with the one above: `SO  invalid` must not become part of a PMID.
            if line[0] in " \t":
                last = entry.tags[-1]
                last[1] = f"{last[1]} {line.strip()}"
            else:
                entry.loose.append(line)
        blank = False
    if entry:
        yield entry


def _record(entry: _Entry) -> Record | Reject:
    raw = "\n".join(entry.lines).rstrip()
    bag = Bag((tag, value) for tag, value in entry.tags)
    given = bag.one("PMID")
    pmid = given if given.isdigit() else ""
    title = bag.one("TI", "BTI", "CTI", "TT")
    full, short = bag.all("FAU"), bag.all("AU")
    issn, isbn, unread = serials(bag.all("IS", "ISBN"))
    extra = [("", line) for line in entry.loose] + [("IS", value) for value in unread]
    if given and not pmid:
        extra.append(("PMID", given))
    pmc = bag.one("PMC")
    pmcid = pmcid_in(pmc) or (f"PMC{pmc}" if pmc.isdigit() else "")
    if pmc and not pmcid:
        extra.append(("PMC", pmc))
    dates = bag.all("DP") or bag.all("DEP")
    extra += [("DP", d) for d in dates if not d.isdigit()]
    record = Record(
        line=entry.line,
        raw=raw,
        title=tidy(title),
        abstract=unescape("\n".join(collapse(a) for a in bag.all("AB"))),
        # The full names, and the short ones only where those are all there is: they are the same people.
        authors=tuple(tidy(n) for n in (*(full or short), *bag.all("CN"))),
        year=next((y for y in map(year_in, dates) if y), None),
        journal=tidy(bag.one("JT", "TA")),
        volume=bag.one("VI"),
        issue=bag.one("IP"),
        pages=pages(bag.one("PG")),
        doi=_doi(bag),
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        language="; ".join(bag.all("LA")),
        keywords=tuple(unescape(k) for k in bag.all("MH", "OT")),
        type="; ".join(bag.all("PT")),
        accession=pmid,
        extra=(*extra, *((("AU", a) for a in short) if full else ()), *bag.rest()),
    )
    if is_bare(record):
        return Reject(line=entry.line, reason="no title, abstract or identifier", raw="\n".join([*entry.loose, raw]))
    return record


def _doi(bag: Bag) -> str:
    """The DOI of LID, else of AID: the value that ends in `[doi]`."""
    for value in bag.peek("LID", "AID"):
        if value.endswith("[doi]") and (doi := doi_in(value)):
            bag.drop(value, "LID", "AID")
            return doi
    return ""


FORMAT = Format("nbib", "PubMed (MEDLINE tagged text, .nbib)", score, read)
