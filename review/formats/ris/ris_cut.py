"""How a RIS file is cut into entries: an entry from TY to ER at once where it is in the plain form, any other line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from review.formats.entries import mixed
from review.formats.ris import ris_fields, ris_glued, ris_lines
from review.formats.ris.ris_tags import GLUED, NAMING, NOT_PLAIN, TAGS, as_usual, sign_of, tag_below, tag_of
from review.formats.values.bag import Bag
from review.model.patterns import lazy
from review.model.record import Record, Reject

# What no abstract goes on with: the first line of an entry of these, behind a blank line; PubMed's second line.
_CLEAR = frozenset({"BibTeX", "XML", "Refer", "Web of Science", "RefWorks", "JSON", "table"})
_PUBMED = frozenset({"OWN -", "STAT-", "DCOM-"})

# What a database prints before an entry, found at the end of an entry that was never closed.
_NEXT_HEADING = lazy(r"\n\s*(\d{1,7}\.|<\d{1,7}>|Record #\d+ of \d+(?:\n[^\n]*)*)\s*\Z")
_LINK = "Link to the "
_TITLES = frozenset({"TI", "T1"})
_TYPES = frozenset({"TY", "Ty", "ty"})
_NUMBER = lazy(r"\s*(?:\d{1,7}\.|<\d{1,7}>)\s*")  # of the next entry, on a line of its own


@dataclass(slots=True)
class Entry:
    line: int
    around: list[str]  # lines outside entries, given to the nearest one
    tags: list[tuple[str, list[str]]] = field(default_factory=list)  # with the lines of the value
    lines: list[str] = field(default_factory=list)
    bag: Bag | None = None  # of an entry that was taken at once
    other: str = ""  # the format of an entry that is not RIS

    def read(self) -> Record | Reject:
        raw = "\n".join(self.lines).rstrip()
        if self.other:
            return Reject(line=self.line, reason=mixed.reason(self.other, "RIS"), raw="\n".join([*self.around, raw]))
        bag = self.bag or Bag([(tag, "\n".join(lines)) for tag, lines in self.tags], ris_lines.lines)
        found = ris_fields.record(self.line, raw, bag, self.around)
        return found or Reject(line=self.line, reason="no title, abstract or identifier", raw="\n".join([*self.around, raw]))

    def stands_alone(self) -> bool:
        """Tags without TY are an entry that lost it where they name something; else they belong to the one before."""
        return self.bag is not None or bool(self.other) or any(tag in NAMING for tag, _ in self.tags)

    def heading_of_the_next(self) -> list[str]:
        """Take the heading of the next entry (`2.`, `Record #2 of 9`) off the end of an entry without ER."""
        last = "\n".join(self.tags[-1][1]).rstrip()
        tail = last[-400:]
        heading = _NEXT_HEADING.search(tail)
        if not heading:
            return []
        self.tags[-1][1][:] = last[: len(last) - len(tail) + heading.start()].split("\n")
        return [line for line in heading[1].split("\n") if line.strip()]


class Cutter:
    """Cuts lines into entries. One entry is held back, so that what follows its ER can still join it."""

    def __init__(self) -> None:
        self.done: list[Entry] = []
        self.entry: Entry | None = None
        self._other: Entry | None = None  # what goes on to the next TY, outside all entries
        self._held: Entry | None = None
        self._ending: Entry | None = None  # the open entry, where its last tag is an ER with words behind it
        self._behind: list[str] = []  # lines below that
        self._between: list[str] = []
        self._blank = True
        self._apart = (0, 0, 0)  # how many tags and lines of an entry without TY stand before its last blank line, and the line behind it
        self._loose = 0
        self._indent = ""  # before every tag, where the first has it: text that was pasted
        self._sign = ""  # behind every tag, where TY has another or small letters
        self._number = 0

    def plain(self, lines: list[str], tags: list[str]) -> bool:
        """Take an entry from TY to ER at once. tags: "" for lines that have none in the plain form; False where one may be in another form."""
        if lines[-1][5:].strip():  # the next file begins on the line on which this one ends, or it is a line of an abstract
            return False
        if "" not in tags:
            texts = [line[5:].strip() for line in lines]
            bag = Bag.clean(tags[:-1], texts[:-1])  # without ER
        else:
            for tag, line in zip(tags, lines, strict=True):
                if not tag and ("-" in line[:16] or not line[:6].isascii()) and NOT_PLAIN.match(line):
                    return False
            starts = [n for n, tag in enumerate(tags) if tag]
            ends = pairwise([*starts, len(lines)])
            texts = [lines[a][5:] if b == a + 1 else "\n".join([lines[a][5:], *lines[a + 1 : b]]) for a, b in ends]
            bag = Bag(zip(filter(None, tags), texts, strict=True), ris_lines.lines)
        if self._other:
            self._end_other()
        self._close(Entry(self._number + 1, self._between, lines=lines, bag=bag))
        self._between, self._blank = [], False
        self._number += len(lines)
        return True

    def between(self) -> bool:
        """Take an empty line; False where it may stand in an entry."""
        if self.entry is not None or self._other:
            return False
        self._number += 1
        self._blank = True
        return True

    def line(self, line: str) -> None:
        """Take one line, in whatever form."""
        self._number += 1
        self._take(line)

    def _take(self, line: str) -> None:
        tag, value = self._tag(line)
        if parts := _parts(line, tag, value):
            for part in parts:
                self._take(part)
            return
        if self.entry is None and self._other is None and line.startswith("PMID- "):
            self._other = self._foreign(line)
            if self._other:
                return
        if self._other and tag != "TY":
            self._take_other(self._other, line)
            return
        self._end_other()
        empty = not tag and not line.strip(" \t")
        if self._ending and self._holds(self._ending, tag, line, empty):
            return
        entry = self._entry_of(tag)
        after, self._blank = self._blank, empty or (not tag and self._blank and _NUMBER.fullmatch(line) is not None)
        if entry is None:
            if not empty:
                self._take_outside(line)
            return
        if not tag and self._cut_off(entry, line, after):
            return
        entry.lines.append(line)
        if not tag:
            entry.tags[-1][1].append(line)
            return
        entry.tags.append((tag, [value]))
        if tag == "ER" and entry.tags[-2:][0][0] in ris_lines.PARAGRAPHS and any(map(str.isalpha, value)):
            self._ending = entry
        elif tag == "ER":
            self._end_open(entry)

    def _holds(self, entry: Entry, tag: str, line: str, empty: bool) -> bool:
        """Whether a line behind an ER with words on it waits for what comes: by another tag of the entry these words (`ER  - stress`) and all
        such lines are part of the paragraph above; by an empty line, or one that begins another entry, the entry has ended."""
        if empty or tag == "TY" or tag == entry.tags[0][0] or (not tag and (_NUMBER.fullmatch(line) or mixed.begins(line, "RIS"))):
            self._end_open(entry)
            return False
        if not tag:
            self._behind.append(line)
            return True
        entry.tags.pop()
        entry.tags[-1][1].extend([entry.lines[-1], *self._behind])
        entry.lines += self._behind
        self._ending, self._behind = None, []
        return False

    def _end_open(self, entry: Entry) -> None:
        self._close(entry)
        self._between += self._behind
        self.entry = self._ending = None
        self._behind = []

    def _tag(self, line: str) -> tuple[str, str]:
        """The tag of a line and its value, as the last TY has the others written; "" for a line that has none."""
        if line[2:5] == "  -" and line[:2] in TAGS:
            if line[:2] == "TY":
                self._loose, self._indent = 0, ""
            return line[:2], line[5:]
        text = line.removeprefix(self._indent)
        if line[:2] in _TYPES and self.entry is None:
            self._sign = sign_of(line) or self._sign
        tag, value, self._loose = tag_of(as_usual(text, self._sign) if self._sign else text, self._loose)
        if not tag and self.entry is not None:
            tag, value = tag_below(text, self.entry.tags[-1][0], self._loose)
        if tag == "TY":
            self._indent = line[: len(line) - len(line.lstrip(" \t"))]
        return tag, value

    def _take_other(self, other: Entry, line: str) -> None:
        """Take a line of another format, or the first of a third."""
        if glued := GLUED.match(line):  # the file before had no line end
            other.lines.append(glued[1])
            self._take(glued[2])
        elif mixed.follows(line, "RIS"):
            self._end_other()
            self._other = self._foreign(line)
        else:
            other.lines.append(line)

    def _take_outside(self, line: str) -> None:
        """Take a line that is in no entry: another format may begin with it."""
        self._other = self._foreign(line)
        if "TY " in line and (glued := GLUED.match(line)):  # in a cell of a table behind others
            if self._other:
                self._other.lines = [glued[1]]
            else:
                self._between.append(glued[1])
            self._take(glued[2])
        elif self._other is None:
            # Ovid's links stand behind the entry that they are of, the address perhaps on a line of its own.
            link = self._held.around[-1] if self._held and self._held.around and line.startswith("http") else line
            (self._held.around if self._held and link.startswith(_LINK) else self._between).append(line)

    def _entry_of(self, tag: str) -> Entry | None:
        """The entry that a line with this tag, or with none, belongs to: the open one, or the next."""
        entry = self.entry
        first = entry.tags[0][0] if entry else ""
        if (
            entry
            and tag == "TY"
            and entry.stands_alone()
            and all(own != "TY" for own, _ in entry.tags)
            and all(map(str.strip, entry.lines))
        ):
            return entry  # whose type stands in its middle
        if tag == "TY" or (tag and self._blank and first == tag):
            # A new TY begins a new entry, closed or not; where nobody writes TY, the first tag after a blank line does.
            if entry:
                self._between = entry.heading_of_the_next()
                self._close(entry)
            entry = None
        elif tag and entry and first != "TY":
            entry = self._told_apart(entry, tag)
        if tag and entry is None:
            entry = self.entry = Entry(self._number, self._between)
            self._between, self._apart = [], (0, 0, 0)
        return entry

    def _told_apart(self, entry: Entry, tag: str) -> Entry | None:
        """The entry that a tag belongs to where nobody writes TY, and the tags of each stand in an order of their own: another title behind
        a blank line is that of the next, which begins behind that line."""
        if self._blank:
            self._apart = (len(entry.tags), len(entry.lines), self._number)
        tags, lines, number = self._apart
        if tag not in _TITLES or all(own != tag for own, _ in entry.tags[:tags]):
            return entry
        following = Entry(number, [], entry.tags[tags:], entry.lines[lines:])
        del entry.tags[tags:], entry.lines[lines:]
        following.around = entry.heading_of_the_next()
        self._close(entry)
        self.entry, self._apart = (following, (0, 0, 0)) if following.tags else (None, self._apart)
        self._between = following.around if self.entry is None else []
        return self.entry

    def _cut_off(self, entry: Entry, line: str, after: bool) -> bool:
        """End an entry that was never closed where another format clearly begins in it. after: the line is behind a blank one."""
        if line[:5] in _PUBMED and entry.tags[-1][0] == "PM" and entry.lines[-1].startswith("PMID- ") and len(entry.tags) > 1:
            entry.tags.pop()
            self._other = Entry(self._number - 1, [], lines=[entry.lines.pop(), line], other="PubMed")
        elif after and mixed.begins(line, "RIS") in _CLEAR:
            self._other = self._foreign(line)
        else:
            return False
        self._close(entry)
        self.entry = None
        return True

    def _foreign(self, line: str) -> Entry | None:
        name = mixed.begins(line, "RIS")
        return Entry(self._number, [], lines=[line], other=name) if name else None

    def _end_other(self) -> None:
        if self._other and mixed.is_entry(self._other.other, self._other.lines):
            self._close(self._other)
        elif self._other:
            self._between += [line for line in self._other.lines if line.strip()]
        self._other = None

    def _close(self, entry: Entry) -> None:
        if self._held and not entry.stands_alone():
            self._held.around += entry.around + [line for line in entry.lines if line.strip()]
            return
        if self._held:
            self.done.append(self._held)
        elif entry.bag is None and all(tag == "ER" for tag, _ in entry.tags) and not entry.other:  # of an entry that is not there
            self._between = [*entry.around, *entry.lines]
            return
        self._held = entry

    def end(self) -> list[Entry]:
        """What is left at the end of the file."""
        self._end_other()
        if self.entry:
            self._end_open(self.entry)
        if self._held:
            self._held.around += self._between
            self.done.append(self._held)
        return self.done


def _parts(line: str, tag: str, value: str) -> list[str]:
    """The lines that one is made of, where no line end stands between them: ER and the next TY, or a whole entry; [] for any other."""
    if tag == "ER" and "TY" in value and (glued := GLUED.match(line)):
        return [glued[1], glued[2]]
    tags = ris_glued.on_one_line(line) if tag == "TY" and "  - " in value else []
    return tags if len(tags) > 1 else []
