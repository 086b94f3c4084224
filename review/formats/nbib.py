"""PubMed's tagged text (MEDLINE, .nbib): four columns of tag, a hyphen, and lines indented by six that go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats import nbib_write
from review.formats.base import Format, Input
from review.formats.carried import apply, take
from review.formats.fields import Bag, is_bare, names, places_of, pmcid_in, serials, tidy
from review.formats.stream import blocks
from review.formats.text import collapse, doi_in, normalise, pages, unescape, year_in
from review.model.record import Record, Reject

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}(?= {0,2}-)|[A-Z](?=   -)) {0,3}-(.*)")
# Tags that an entry has once. One of them again after a blank line is the next entry, though it lacks its PMID.
_ONCE = frozenset({"PMID", "OWN", "STAT", "TI", "DP", "JT", "TA", "SO", "JID"})
_MEDLINE_ONLY = frozenset(
    {
        "PMID", "OWN", "STAT", "DCOM", "LR", "FAU", "JT", "TA", "JID", "MH", "EDAT", "MHDA", "CRDT", "PHST", "AID", "LID", "PST", "PMC",
        "SB", "DEP", "BTI",
    }
)  # fmt: skip
_FIRST_PMID = re.compile(r"\s*\ufeff?PMID *- *\n[A-Z][A-Z0-9]{1,3} {0,2}- ")  # empty: the record is not PubMed's
_PMID_LINE = re.compile(r"^\ufeff?PMID *- *\d", re.MULTILINE)


_ERIC = re.compile(r"^\ufeff?(?:OWN {0,2}- ?ERIC|OID {0,2}- ?E[DJ]\d)", re.MULTILINE)  # who has no PMIDs
_PLAIN = re.compile(r"\n([A-Z][A-Z0-9]{1,3}) {0,2}- *")

NAMES = {
    "AD": "affiliation", "BTI": "series", "DEP": "date", "DP": "date", "ED": "editor", "EN": "edition", "FED": "editor", "GN": "note",
    "PB": "publisher", "PL": "place", "TA": "abbreviation", "TT": "original-title",
}  # fmt: skip


@dataclass(slots=True)
class _Entry:
    line: int
    loose: list[str]  # lines that belong to no tag
    pairs: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    clean: bool = False  # no value has blanks around it, or goes over several lines
    more: list[str] = field(default_factory=list)  # lines that go on with the last value

    def whole(self) -> None:
        """Give the last value the lines that go on with it."""
        if self.more:
            tag, value = self.pairs[-1]
            self.pairs[-1] = (tag, "\n".join([value, *self.more]))
            self.more = []

    def read(self) -> Record | Reject:
        self.whole()
        raw = "\n".join(self.lines).rstrip()
        found = _record(self.line, raw, self.pairs, self.loose, self.clean)
        return found or Reject(line=self.line, reason="no title, abstract or identifier", raw="\n".join([*self.loose, raw]))


def score(head: str) -> float:
    """1 for text with lines `PMID- 123`, 0.7 where at least four tags that only MEDLINE has are, else 0."""
    head = normalise(head)
    if _PMID_LINE.search(head):
        # RIS with a stray line `PMID- 1` in it is still RIS.
        return 0.5 if re.search(r"^TY  -", head, re.MULTILINE) else 1.0
    if _FIRST_PMID.match(head):
        return 0.9
    if _ERIC.search(head) and not re.search(r"^TY  -", head, re.MULTILINE):
        return 0.9
    tags = {m[1] for m in re.finditer(r"^([A-Z]{2,4}) {0,2}-", head, re.MULTILINE)}
    return 0.7 if len(tags & _MEDLINE_ONLY) >= 4 else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry of a MEDLINE file, in its order; one block of it is in memory at a time.

    Lines under no tag go to `extra` with an empty tag. Raises FormatError where the text has no entry at all.
    """
    found = False
    for entry in _found(blocks(data)):
        found = True
        yield entry.read()
    if not found:
        raise FormatError("no MEDLINE entry found in it", "An entry begins with a line such as `PMID- 12345678`.")


def _found(texts: Iterable[str]) -> Iterator[_Entry]:
    cutter = _Cutter()
    for text in texts:
        at = 0
        while at < len(text):
            following = text.find("\nPMID", at) if text.startswith("PMID- ", at) else -1
            whole = text[at:following].rstrip("\n") if following >= 0 else ""
            if whole and cutter.plain(whole):
                at += len(whole) + 1
            else:
                end = text.find("\n", at)
                end = end if end >= 0 else len(text)
                cutter.line(text[at:end])
                at = end + 1
            if cutter.done:
                yield cutter.done.pop()
    if cutter.entry:
        yield cutter.entry


class _Cutter:
    """Cuts lines into entries. The last one is held back: a blank line may stand within an entry."""

    def __init__(self) -> None:
        self.done: list[_Entry] = []  # one at most
        self.entry: _Entry | None = None
        self._seen: set[str] = set()  # the tags of the entry
        self._more: list[str] = []  # those that were not put into it yet
        self._before: list[str] = []
        self._blank = True
        self._number = 0

    def plain(self, whole: str) -> bool:
        """Take an entry from its PMID to its last line, if all its lines are in the plain form."""
        if not (self.entry is None or self._blank or "PMID" in self._seen):
            return False
        # Unfolding the usual six spaces all at once is much cheaper than line by line.
        folded = whole.split("\n      ")
        text = " ".join([piece.rstrip(" ") for piece in folded])
        parts = _PLAIN.split(text)
        lines = text.count("\n")
        if lines != len(parts) // 2:  # not every line has a tag
            return False
        tags = parts[1::2]
        pairs = [("PMID", parts[0][5:].strip()), *zip(tags, [value.strip() for value in parts[2::2]], strict=True)]
        entry = self._begin()
        entry.clean = True
        entry.pairs = pairs
        entry.lines.append(whole)
        self._seen, self._more = {"PMID"}, tags
        self._number += lines + len(folded) - 1
        return True

    def _begin(self) -> _Entry:
        self._number += 1
        if self.entry:
            self.done.append(self.entry)
        self.entry = _Entry(self._number, self._before)
        self._before, self._seen, self._more, self._blank = [], set(), [], False
        return self.entry

    def line(self, line: str) -> None:
        """Take one line, in whatever form."""
        entry = self.entry
        if not line.strip(" \t\ufeff"):
            self._number += 1
            self._blank = True
            if entry:
                entry.lines.append(line)
            return
        self._seen.update(self._more)
        self._more = []
        found = _TAG.match(line) if line[0] not in " \t" else None
        tag = found[1] if found else ""
        blank, self._blank = self._blank, False
        if tag and (entry is None or (tag == "PMID" and (blank or "PMID" in self._seen)) or (blank and tag in _ONCE and tag in self._seen)):
            entry = self._begin()
        else:
            self._number += 1
        if entry is None:
            self._before.append(line)
            return
        entry.lines.append(line)
        entry.clean = False
        if found:
            entry.whole()
            entry.pairs.append((tag, found[2]))
            self._seen.add(tag)
        elif line[0] in " \t":
            # Only an indented line goes on with the one above: `SO  invalid` must not become part of a PMID.
            entry.more.append(line)
        else:
            entry.loose.append(line)


def _unwrapped(tag: str, value: str) -> list[str]:
    """The lines of a value as one: as `_Cutter.plain` does for those indented by six."""
    first, *more = value.split("\n")
    return [" ".join([first.rstrip(" "), *[text[6:].rstrip(" ") if text.startswith("      ") else text.strip() for text in more]])]


# Where each field may stand, the likeliest tag first.
_PLACES = {
    "title": ("TI", "BTI", "CTI", "TT"), "serials": ("IS", "ISBN", "ISSN"), "url": ("UR", "URL", "U"), "own": ("OID",), "groups": ("CN",), "journal": ("JT", "TA", "BTI"),
    "words": ("MH", "OT"), "doi": ("LID", "AID"),
}  # fmt: skip
_places = places_of(_PLACES)


def _record(line: int, raw: str, pairs: list[tuple[str, str]], loose: list[str], clean: bool = False) -> Record | None:
    bag = Bag(pairs, _unwrapped, clean=clean)
    places = _places(bag.tags)
    given = bag.one("PMID")
    pmid = given if given.isdigit() else ""
    title = bag.one(*places["title"])
    full, short = bag.all("FAU"), bag.all("AU")
    issn, isbn, unread = serials(bag.all(*places["serials"]))
    extra = [("", text) for text in loose] + [("IS", value) for value in unread]
    if given and not pmid:
        extra.append(("PMID", given))
    pmc = bag.one("PMC")
    pmcid = (pmcid_in(pmc) or (f"PMC{pmc}" if pmc.isdigit() else "")) if pmc else ""
    if pmc and not pmcid:
        extra.append(("PMC", pmc))
    dates = bag.all("DP") or bag.all("DEP")
    extra += [("date", d) for d in dates if not (len(d) == 4 and d.isdigit())]
    told = take(bag, "GN")
    if full and short and [*map(shortened, full)] != short:  # else they say nothing that the full names don't
        extra += [("AU", name) for name in short]
    found = Record(
        line=line,
        raw=raw,
        title=tidy(title),
        abstract=unescape("\n".join([collapse(a) for a in bag.all("AB")])),
        # The full names, and the short ones only where those are all there is: they are the same people.
        authors=names([*(full or short), *bag.all(*places["groups"])]),
        year=next((y for y in map(year_in, dates) if y), None),
        journal=tidy(bag.one(*places["journal"])),
        volume=bag.one("VI"),
        issue=bag.one("IP"),
        pages=pages(bag.one("PG")),
        doi=_doi(bag, places["doi"]),
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=bag.one(*places["url"]),
        language="; ".join(bag.all("LA")),
        keywords=tuple([unescape(k) for k in bag.all(*places["words"])]),
        type="; ".join(bag.all("PT")),
        accession=pmid or bag.one(*places["own"]),
        extra=(*extra, *bag.rest(NAMES)),
    )
    if told is not None:
        return apply(found, told)
    return None if is_bare(found) else found


_SUFFIXES = frozenset({"Jr", "Sr", "2nd", "3rd", "4th"})


def shortened(name: str) -> str:
    """`Marx, Karl Heinrich` as AU has it: `Marx KH`, with the first two initials (MEDLINE's policy for AU)."""
    family, _, given = name.partition(", ")
    # Most have one name, or one and an initial: quickly told.
    if given.isalpha():
        return f"{family} {given[0].upper()}"
    if given[-2:-1] == " " and given[-1].isalpha() and given[:-2].isalpha():
        return f"{family} {given[0].upper()}{given[-1].upper()}"
    words = given.replace(",", " ").replace("-", " ").replace(".", " ").split()
    suffix = words.pop() if words and words[-1] in _SUFFIXES else ""
    initials = "".join([word[0] for word in words[:2]]).upper()
    return " ".join([part for part in (family, initials, suffix) if part])


def _doi(bag: Bag, tags: tuple[str, ...]) -> str:
    """The DOI of LID, else of AID: the value that ends in `[doi]`, or begins with `doi:`."""
    for value in bag.peek(*tags):
        if (value.endswith("[doi]") or value[:4].casefold() == "doi:" or "doi.org/" in value) and (
            doi := doi_in(value.removesuffix("[doi]").rstrip())
        ):
            bag.drop(value, *tags)
            return doi
    return ""


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """MEDLINE text that `read` reads again; see `nbib_write`."""
    return nbib_write.write(records, lambda text: [entry.read() for entry in _found([text])], shortened, carried, notes)


FORMAT = Format("nbib", "PubMed (MEDLINE tagged text, .nbib)", score, read, write, (".nbib",))
