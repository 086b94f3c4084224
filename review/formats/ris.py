"""RIS in all its dialects: `TY  - ` opens an entry, `ER  - ` closes it, and exporters keep to neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.fields import Bag, is_bare, pmcid_in, pmid_in, serials, split_keywords, tidy
from review.formats.text import collapse, decode, doi_in, normalise, pages, unescape, year_in
from review.model.record import Record, Reject

# The tags that may be read where a line leaves out a space (`AU - Marx`). Any two characters are taken for a tag
# only in the full form: `UV - induced` is a line of an abstract.
_KNOWN = frozenset(
    {
        "TY", "ER", "TI", "T1", "T2", "T3", "CT", "BT", "ST", "TT", "AU", "A1", "A2", "A3", "A4", "ED", "TA", "PY", "Y1", "Y2", "DA",
        "YR", "JF", "JO", "JA", "J1", "J2", "VL", "IS", "SP", "EP", "AB", "N1", "N2", "KW", "DO", "UR", "L1", "L2", "L3", "L4", "LK",
        "AN", "ID", "SN", "LA", "PB", "CY", "AD", "CN", "CA", "ET", "DB", "DP", "M1", "M2", "M3", "C1", "C2", "C3", "C4", "C5", "C6",
        "C7", "C8", "U1", "U2", "U3", "U4", "U5", "RN", "RP", "RI", "SE", "OP", "NV", "LB", "AV",
    }
)  # fmt: skip
_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?:  |\t| \t)[ \t]*-(.*)")
_ENDS = re.compile(r"\s*(?:(TY)[ \t]*-[ \t]*(?=[A-Z]{3,8}\s*$)|(ER)[ \t]*-[ \t]*$)(.*)")
_LOOSE_TAG = re.compile(r"([A-Z][A-Z0-9]) ?-(?:[ \t]+(.*)|$)")
_LOOSE_FILE = re.compile(r"^TY ?-", re.MULTILINE)

# What a database prints before an entry, found at the end of an entry that was never closed.
_NEXT_HEADING = re.compile(r"\n\s*(\d{1,7}\.|Record #\d+ of \d+(?:\n[^\n]*)*)\s*\Z")

_LISTS = frozenset({"KW", "AU", "A1"})
_PARAGRAPHS = frozenset({"AB", "N2", "N1"})
_WRAPPED = re.compile(r"[ \t]*\n[ \t]+")


@dataclass(slots=True)
class _Entry:
    line: int
    tags: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)  # lines outside entries, given to the nearest one


def score(head: str) -> float:
    """1 for text with `TY  - ` at the beginning of a line, 0.6 where only other RIS tags are, else 0."""
    head = normalise(head)
    if re.search(r"^\W{0,3}TY(?:  |\t| \t| )[ \t]*-[ \t]*[A-Z]", head, re.MULTILINE):
        return 1.0
    tags = {m[1] for m in re.finditer(r"^([A-Z][A-Z0-9])  -(?:[ \t]|$)", head, re.MULTILINE)} & _KNOWN
    return 0.6 if len(tags) >= 3 or ("ER" in tags and len(tags) > 1) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry of a RIS file, in its order.

    Text before, between and after the entries goes to `extra` of the nearest, under an empty tag. Raises
    FormatError where the text has no entry at all.
    """
    text = normalise(decode(whole(data)).text)
    found = False
    for entry in _entries(text.split("\n"), bool(_LOOSE_FILE.search(text))):
        found = True
        yield _record(entry)
    if not found:
        raise FormatError("no RIS entry found in it", "An entry begins with a line such as `TY  - JOUR`.")


def _entries(lines: list[str], loose: bool) -> Iterator[_Entry]:
    """Cut the lines into entries. One entry is held back, so that what follows its ER can still join it."""
    held: _Entry | None = None
    entry: _Entry | None = None
    between: list[str] = []
    blank = True
    for number, line in enumerate(lines, 1):
        tag, value = _tag(line, loose)
        if tag == "TY" or (tag and entry and blank and entry.tags[0] == [tag, entry.tags[0][1]] and entry.tags[0][0] != "TY"):
            # A new TY begins a new entry, closed or not; where nobody writes TY, the first tag after a blank line does.
            if entry:
                between = _unclosed(entry)
                if held and not _stands_alone(entry):
                    _join(held, entry)
                else:
                    if held:
                        yield held
                    held = entry
            entry = _Entry(number, around=between)
            between = []
        elif tag and entry is None:
            entry = _Entry(number, around=between)
            between = []
        blank = not tag and not line.strip(" \t\ufeff")
        if entry is None:
            if not blank:
                between.append(line)
            continue
        entry.lines.append(line)
        if tag:
            entry.tags.append([tag, value])
            if tag == "ER":
                if held and not _stands_alone(entry):
                    _join(held, entry)
                else:
                    if held:
                        yield held
                    held = entry
                entry = None
        else:
            entry.tags[-1][1] += f"\n{line}"
    if entry and held and not _stands_alone(entry):
        _join(held, entry)
        entry = None
    last = entry or held
    if last:
        last.around += between
        if entry and held:
            yield held
        yield last


def _tag(line: str, loose: bool) -> tuple[str, str]:
    found = _TAG.match(line)
    if found:
        return found[1], found[2]
    if "-" in line[:8]:
        found = _ENDS.match(line)
        if found:
            return found[1] or found[2], found[3]
        if loose:
            found = _LOOSE_TAG.match(line)
            if found and found[1] in _KNOWN:
                return found[1], found[2] or ""
    return "", ""


def _stands_alone(entry: _Entry) -> bool:
    """Tags without TY are an entry that lost it where they name something; else they belong to the one before."""
    return any(tag in ("TY", "TI", "T1", "AU", "A1", "AB", "N2", "DO", "AN", "ID", "UR") for tag, _ in entry.tags)


def _join(held: _Entry, entry: _Entry) -> None:
    held.around += entry.around + [line for line in entry.lines if line.strip()]


def _unclosed(entry: _Entry) -> list[str]:
    """Take the heading of the next entry (`2.`, `Record #2 of 9`) off the end of an entry without ER."""
    last = entry.tags[-1]
    tail = last[1].rstrip()[-400:]
    heading = _NEXT_HEADING.search(tail)
    if not heading:
        return []
    last[1] = last[1].rstrip()[: heading.start() - len(tail)]
    return [line for line in heading[1].split("\n") if line.strip()]


def _values(entry: _Entry) -> Iterator[tuple[str, str]]:
    for tag, value in entry.tags:
        value = value.strip()
        if "\n" not in value:
            yield tag, value
        elif tag in _LISTS:
            # One item a line; an indented line, or a name without a comma, goes on with the item before it.
            items: list[str] = []
            for line in value.split("\n"):
                if items and (line[:1] in " \t" or (tag != "KW" and "," not in line)):
                    items[-1] = f"{items[-1]} {line.strip()}".strip()
                else:
                    items.append(line.strip())
            yield from ((tag, item) for item in items)
        elif tag in _PARAGRAPHS:
            yield tag, "\n".join(p for p in (collapse(line) for line in _WRAPPED.sub(" ", value).split("\n")) if p)
        else:
            yield tag, collapse(value)


def _record(entry: _Entry) -> Record | Reject:
    raw = "\n".join(entry.lines).rstrip()
    bag = Bag(_values(entry))
    kind = bag.one("TY")
    title = bag.one("TI", "T1", "CT", "BT", "ST")
    abstract = "\n".join(bag.all("AB")) or "\n".join(bag.all("N2"))
    start, end = bag.one("SP"), bag.one("EP")
    issn, isbn, unread = serials(bag.all("SN"))
    doi = _doi(bag)
    pmid, pmcid = _pubmed_ids(bag, raw.casefold())
    year, dates = _year(bag)
    extra = [("", line) for line in entry.around]
    extra += [("SN", value) for value in unread] + dates
    record = Record(
        line=entry.line,
        raw=raw,
        title=tidy(title),
        abstract=unescape(abstract),
        authors=tuple(tidy(name) for value in bag.all("AU", "A1") for name in value.split(";") if name.strip()),
        year=year,
        journal=tidy(bag.one("JF", "T2", "JO", "JA", "J2", "J1")),
        volume=bag.one("VL", "VO"),
        issue=bag.one("IS"),
        pages=pages(start, end) or bag.one("C7"),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=bag.one("UR", "LK"),
        language="; ".join(bag.all("LA")),
        keywords=tuple(dict.fromkeys(k for value in bag.all("KW") for k in split_keywords(value))),
        type=kind,
        accession=bag.one("AN", "ID", "UT"),
        extra=(*extra, *bag.rest()),
    )
    if is_bare(record) and not record.authors and not record.journal:
        return Reject(line=entry.line, reason="no title, abstract or identifier", raw="\n".join([*entry.around, raw]))
    return record


def _doi(bag: Bag) -> str:
    """The DOI from DO; else from where exporters put it instead, if it is a DOI and nothing but that."""
    for value in bag.peek("DO", "DI"):
        if doi := doi_in(value):
            if _only(value, doi):
                bag.drop(value, "DO", "DI")
            return doi
    for value in bag.peek("M3", "L3", "UR", "LK", "L2", "N1", "AN", "ID", "C1", "C2", "C3", "C4", "C5", "C6"):
        if (doi := doi_in(value)) and _only(value, doi):
            return doi
    return ""


_DOI_DRESS = re.compile(r"^(?:https?://)?(?:dx\.)?(?:www\.)?(?:doi\.org/|doi:?)?\s*(?:doi:?)?\s*|\s*\[doi\]$", re.IGNORECASE)


def _only(value: str, doi: str) -> bool:
    return len(_DOI_DRESS.sub("", value).strip()) <= len(doi) + 2


def _pubmed_ids(bag: Bag, raw: str) -> tuple[str, str]:
    """PMID and PMCID: EndNote gives them as AN and C2, Scopus and Cochrane as C2 and C3, others in an address or note."""
    medline = any(v.casefold() in ("nlm", "medline", "pubmed", "ovid medline", "ovid medline(r)") for v in bag.peek("DB", "DP"))
    pmid = pmcid = ""
    # Most entries name neither, and looking once is cheaper than in every value.
    if not medline and not any(word in raw for word in ("pubmed", "pmid", "pmc", "medline", "nlm", "/med/", "c2  -", "pm  -")):
        return "", ""
    for tag in ("AN", "C2", "C3", "C5", "PM", "ID", "U1", "U2", "N1", "UR", "L2", "LK"):
        for value in bag.peek(tag):
            pmid = pmid or pmid_in(value, bare=(tag == "AN" and medline) or (tag == "C2" and len(value) > 5) or tag == "PM")
            pmcid = pmcid or ("" if tag == "N1" else pmcid_in(value))
    bag.drop(pmid, "C2", "PM")
    bag.drop(pmcid, "C2")
    return pmid, pmcid


def _year(bag: Bag) -> tuple[int | None, list[tuple[str, str]]]:
    """The year from the first date that has one; a date that says more than a year is also kept as it came."""
    year: int | None = None
    kept: list[tuple[str, str]] = []
    for tag in ("PY", "Y1", "YR", "DA"):
        for value in bag.all(tag):
            found = year_in(value)
            year = year or found
            if str(found) != value.strip("/ "):
                kept.append((tag, value))
    return year, kept


FORMAT = Format("ris", "RIS (EndNote, Zotero, Ovid, Scopus, Rayyan …)", score, read)
