"""PubMed's tagged text (MEDLINE, .nbib): four columns of tag, a hyphen, and lines indented by six that go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import blocks
from review.formats.characters.text import normalise
from review.formats.entries import mixed
from review.formats.pubmed import nbib_fields, nbib_write
from review.formats.values.bag import Bag
from review.model.patterns import lazy
from review.model.record import Record, Reject

_TAG = lazy(r"([A-Z][A-Z0-9]{1,3}(?=[ \t\xa0]{0,2}-)|[A-Z](?=   -))[ \t\xa0]{0,3}-[\t\xa0]?(.*)")  # a web page makes other blanks of them
# Tags that an entry has once. One of them again after a blank line is the next entry, though it lacks its PMID.
_ONCE = frozenset({"PMID", "OWN", "STAT", "TI", "DP", "JT", "TA", "SO", "JID"})
_MEDLINE_ONLY = frozenset(
    {
        "PMID", "OWN", "STAT", "DCOM", "LR", "FAU", "JT", "TA", "JID", "MH", "EDAT", "MHDA", "CRDT", "PHST", "AID", "LID", "PST", "PMC",
        "SB", "DEP", "BTI",
    }
)  # fmt: skip
# What goes over several lines, broken at about 80 signs, also where somebody pasted it without the blanks before them: how long a line above at least is.
_LONG = dict.fromkeys(("TI", "AB", "AD", "OAB", "BTI", "CTI", "TT", "CI", "COIS", "GN", "JT", "CN", "OT", "MH", "PB"), 30)
_LONG |= dict.fromkeys(("SO", "LID", "GR", "RN", "CON", "CIN"), 60)
_TIGHT = lazy(r"[A-Z][A-Z0-9]{1,3}-\S")
_FIRST_PMID = lazy(r"\s*PMID *- *\n[A-Z][A-Z0-9]{1,3} {0,2}- ")  # empty: the record is not PubMed's
_PMID_LINE = lazy(r"^PMID[ \t\xa0]*-[ \t\xa0]*\d", re.MULTILINE)
_ERIC = lazy(r"^(?:OWN {0,2}- ?ERIC|OID {0,2}- ?E[DJ]\d)", re.MULTILINE)  # who has no PMIDs
_PLAIN = lazy(r"\n([A-Z][A-Z0-9]{1,3}) {0,2}- *")


@dataclass(slots=True)
class _Entry:
    line: int
    loose: list[str]  # lines that belong to no tag
    tags: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # as many as tags
    lines: list[str] = field(default_factory=list)
    clean: bool = False  # no text has blanks around it, or goes over several lines
    more: list[str] = field(default_factory=list)  # lines that go on with the last text
    other: str = ""  # the format of an entry that is not PubMed's

    def whole(self) -> None:
        """Give the last text the lines that go on with it."""
        self.texts[-1] = "\n".join([self.texts[-1], *self.more])
        self.more = []

    def read(self) -> Record | Reject:
        if self.more:
            self.whole()
        raw = "\n".join(self.lines).rstrip()
        if self.other:
            return Reject(line=self.line, reason=mixed.reason(self.other, "PubMed"), raw="\n".join([*self.loose, raw]))
        bag = Bag.clean(self.tags, self.texts) if self.clean else Bag(zip(self.tags, self.texts, strict=True), _unwrapped)
        found = nbib_fields.record(self.line, raw, bag, self.loose)
        return found or Reject(line=self.line, reason="no title, abstract or identifier", raw="\n".join([*self.loose, raw]))


def score(head: str) -> float:
    """1 for text with lines `PMID- 123`, 0.7 where at least four tags that only MEDLINE has are, else 0."""
    head = normalise(head)
    if _PMID_LINE.search(head):
        # RIS with a stray line `PMID- 1` in it is still RIS.
        return 0.5 if re.search(r"^TY  -", head, re.MULTILINE) else 1.0
    if _FIRST_PMID.match(head):
        return 0.96  # more than a line of BibTeX in an abstract
    if _ERIC.search(head) and not re.search(r"^TY  -", head, re.MULTILINE):
        return 0.9
    tags = {m[1] for m in re.finditer(r"^([A-Z]{2,4}) {0,2}-", head, re.MULTILINE)}
    return 0.7 if len(tags & _MEDLINE_ONLY) >= 4 else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry of a MEDLINE file, in its order; one block of it is in memory at a time.

    Lines under no tag go to `extra` with an empty tag. Raises FormatError where the text has no entry at all.
    """
    missing = FormatError("no MEDLINE entry found in it", "An entry begins with a line such as `PMID- 12345678`.")
    yield from mixed.with_own((entry.read() for entry in _found(blocks(data))), missing)


def _found(texts: Iterable[str]) -> Iterator[_Entry]:
    cutter = _Cutter()
    for piece in _apart(_pieces(texts), cutter):
        if not (piece.startswith("PMID- ") and cutter.plain(piece)):
            for line in piece.split("\n"):
                cutter.line(line)
                if cutter.done:
                    yield cutter.done.pop()
        if cutter.done:
            yield cutter.done.pop()
    if cutter.entry:
        yield cutter.entry


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    """The text cut in front of lines that begin with PMID, and at the end of a block in which no such line is.

    Looking from the end is several times as fast: the sign that is compared first, the line end, is the rare one then.
    """
    held = ""  # from the last such line on
    for text in texts:
        first, *others = f"{held}{text}".rsplit("\nPMID")
        held = f"PMID{others.pop()}" if others else ""
        yield first if held else first.removesuffix("\n")
        for other in others:
            yield f"PMID{other}"
    if held:
        yield held.removesuffix("\n")


_GLUED = lazy(r"(?<=\S)(?=PMID- \d{1,8}\n(?:OWN|STAT) ?- )")


def _apart(pieces: Iterable[str], cutter: _Cutter) -> Iterator[str]:
    """The pieces, those apart that files were put together in, the first of which had no line end at its end."""
    for piece in pieces:
        if piece.find("PMID- ", 1) < 0:  # as nearly always
            yield piece
            continue
        first, *others = _GLUED.split(piece)
        yield first
        for other in others:
            cutter.number -= 1  # it begins on the line that the one before ends in
            yield other


# Where the last tag behind a blank line is: how many tags, lines and loose lines of its entry stand before it, and the line's number.
_NO_PLACE = (0, 0, 0, 0)


class _Cutter:
    """Cuts lines into entries. The last one is held back: a blank line may stand within an entry."""

    def __init__(self) -> None:
        self.done: list[_Entry] = []  # one at most
        self.entry: _Entry | None = None
        self._before: list[str] = []
        self._blank = True
        self._apart = True  # no tag since a blank line
        self._place = _NO_PLACE
        self.number = 0

    def plain(self, whole: str) -> bool:
        """Take an entry from its PMID to its last line and the blank ones behind it, if all its lines are in the plain form."""
        if not (self.entry is None or self._blank or "PMID" in self.entry.tags):
            return False
        text = whole.rstrip("\n")
        blank = len(whole) - len(text)
        # Unfolding the usual six spaces all at once is much cheaper than line by line.
        folded = text.rsplit("\n      ")
        text = " ".join([piece.rstrip(" ") for piece in folded])
        parts = _PLAIN.split(text)
        if "\n" in "".join(parts):  # not every line has a tag
            return False
        parts[0] = parts[0].removeprefix("PMID-")
        self._begin(_Entry(self.number + 1, self._before, ["PMID", *parts[1::2]], [*map(str.strip, parts[::2])], [whole], True, []))
        self._blank = blank > 0
        self.number += len(folded) + len(parts) // 2 + blank
        return True

    def _begin(self, entry: _Entry) -> _Entry:
        if self.entry:
            self.done.append(self.entry)
        self.entry = entry
        self._before = []
        self._place = _NO_PLACE
        return entry

    def _split(self, entry: _Entry) -> _Entry:
        """The next entry, which began with the last tag behind a blank line, and is told by a later one that none has twice: its first is damaged."""
        tags, lines, loose, number = self._place
        if entry.more:
            entry.whole()
        following = _Entry(number, entry.loose[loose:], entry.tags[tags:], entry.texts[tags:], entry.lines[lines:])
        del entry.loose[loose:], entry.tags[tags:], entry.texts[tags:], entry.lines[lines:]
        return self._begin(following)

    def line(self, line: str) -> None:
        """Take one line, in whatever form."""
        self.number += 1
        entry = self.entry
        if not line.strip(" \t"):
            self._blank = True
            if entry:
                entry.lines.append(line)
            return
        found = _TAG.match(line) if line[0] not in " \t" else None
        if found and entry and not self._blank and entry.tags[-1:] and entry.tags[-1] in _LONG and _is_word(line, found[1], entry):
            found = None
        tag = found[1] if found else ""
        blank, self._blank = self._blank, False
        apart = self._apart or blank
        self._apart = apart and not tag
        if apart and tag and entry:
            self._place = (len(entry.tags), len(entry.lines), len(entry.loose), self.number)
        if not tag and line[0] not in " \t" and (other := mixed.begins(line, "PubMed")):
            self._begin(_Entry(self.number, self._before, lines=[line], other=other))
            return
        if entry and entry.other and tag != "PMID":
            entry.lines.append(line)
            return
        # Where nobody writes PMID, the first tag of an entry (ERIC's OID) begins the next one behind a blank line.
        if tag and (entry is None or entry.other or (blank and tag in ("PMID", *entry.tags[:1])) or (tag == "PMID" and tag in entry.tags)):
            entry = self._begin(_Entry(self.number, self._before))
        elif tag in _ONCE and entry and tag in entry.tags[: self._place[0]]:
            entry = self._split(entry)
        if entry is None:
            self._before.append(line)
            return
        entry.lines.append(line)
        entry.clean = False
        if found:
            if entry.more:
                entry.whole()
            entry.tags.append(tag)
            entry.texts.append(found[2])
        elif line[0] in " \t" or (not blank and entry.tags[-1:] and len(entry.lines[-2]) > _LONG.get(entry.tags[-1], len(entry.lines[-2]))):
            # Of the others only an indented line goes on with the one above: `SO  invalid` must not become part of a PMID.
            entry.more.append(line)
        else:
            entry.loose.append(line)


def _is_word(line: str, tag: str, entry: _Entry) -> bool:
    """Whether what looks like a tag is a word of the text above: `LED-based`, where tags have a blank behind them."""
    return tag != "PMID" and _TIGHT.match(line) is not None and _TIGHT.match(entry.lines[0]) is None


def _unwrapped(tag: str, value: str) -> list[str]:
    """The lines of a value as one: as `_Cutter.plain` does for those indented by six."""
    first, *more = value.split("\n")
    return [" ".join([first.rstrip(" "), *[text[6:].rstrip(" ") if text.startswith("      ") else text.strip() for text in more]])]


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """MEDLINE text that `read` reads again; see `nbib_write`."""
    return nbib_write.write(records, lambda text: [entry.read() for entry in _found([text])], nbib_fields.shortened, carried, notes)


FORMAT = Format("nbib", "PubMed (MEDLINE tagged text, .nbib)", score, read, write, (".nbib",))
