"""Text in which each line, or paragraph, begins with the name of a field: cut into entries, and read as a row of a table would be.

What a label means is told by the column name that it stands for (see `csv_columns`), so that a database's tagged text and
its table give the same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from review.errors import FormatError
from review.formats.base import Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, unwrapped
from review.formats.columns.mapped import Mapped, map_columns
from review.formats.entries import mixed
from review.formats.people.author_habits import UNKNOWN, Habits
from review.formats.tables.csv_cells import Cells
from review.formats.tables.table_rows import Row, record_of
from review.formats.tagged.labels import Labels
from review.formats.values.fields import says_nothing
from review.model.record import Record, Reject


@dataclass(slots=True)
class _Entry:
    line: int
    headed: bool = False
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    other: str = ""  # the format, where it is not this one


class _Place(NamedTuple):
    """Where the next entry may begin: how many pairs, texts of the last of them, and lines of this one stand before it, and the line's number."""

    pairs: int
    texts: int
    lines: int
    number: int


_START = _Place(0, 0, 0, 0)


def _end_of(entry: _Entry, number: int) -> _Place:
    return _Place(len(entry.pairs), len(entry.pairs[-1][1]) if entry.pairs else 0, len(entry.lines), number)


def read(data: Input, labels: Labels, example: str) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry; lines under no label go to `extra` of the next record, or the last.

    Raises FormatError where there is no entry; `example` is a line with which one begins.
    """
    missing = FormatError("no entry found in it", f"An entry begins with a line such as `{example}`.")
    yield from mixed.with_own(_entries(data, labels), missing)


def _entries(data: Input, labels: Labels) -> Iterator[Record | Reject]:
    held: Record | Reject | None = None
    around: list[str] = []
    for entry, above in _cut(lines(data), labels):
        around += above
        if entry is None:
            break
        if held is not None:
            yield held
        held = _read(entry, labels, around)
        if isinstance(held, Record):
            around = []
    if held is not None:
        yield mixed.with_more(held, around)


def _cut(text: Iterable[str], labels: Labels) -> Iterator[tuple[_Entry | None, list[str]]]:
    """Entries, each with the lines before it that are in none; None at the end, with those that are left."""
    cutter = _Cutter(labels)
    for number, line in enumerate(text, 1) if labels.glued is None else _parted(text, labels.glued):
        cutter.line(number, line)
        if cutter.done:
            yield from cutter.done
            cutter.done = []
    yield from cutter.end()


class _Cutter:
    """Cuts lines into entries. done: those that have ended, each with the lines before it that are in none."""

    def __init__(self, labels: Labels) -> None:
        self.done: list[tuple[_Entry | None, list[str]]] = []
        self._labels = labels
        self._entry: _Entry | None = None
        self._above: list[str] = []
        self._blank = True
        self._apart = _START
        self._stray: _Place | None = None  # that of the line before, where it has no label and stands behind a blank one

    def line(self, number: int, line: str) -> None:
        """Take one line."""
        labels = self._labels
        heading = labels.heading is not None and labels.heading.match(line) is not None
        found = None if heading else labels.label(line)
        label = found[0] if found else ""
        named = found is not None and label in labels.opens
        if self._entry is not None and self._entry.other and self._takes_other(self._entry, number, line, heading or named):
            return
        if label in labels.titles and self._entry is not None:
            self._told_apart(self._entry, label, number)
        entry = self._entry
        opening = heading or (found is not None and self._opens(label))
        outside = found is not None and label in labels.outside
        if (opening or outside) and entry is not None and (entry.pairs or heading):
            self._end(entry)
        if not line.strip(" \t"):
            self._blank = True
            if self._entry:
                self._entry.lines.append(line)
            return
        after, self._blank = self._blank, False
        if found and outside:
            self._above += [line.strip()] if found[1] else []
            return
        other = mixed.begins(line, "") if (after or self._entry is None) and not (heading or named) else ""
        if other and (not found or other in mixed.TAGGED):
            if self._entry:
                self._end(self._entry)
            self._entry = _Entry(number, lines=[line], other=other)
            return
        ends = label in labels.closes if found else line.strip() in labels.closes
        if self._entry is None and not opening and (ends or not found):
            self._above += [] if ends else [line]
            return
        if self._entry is None:
            self._entry, self._apart, self._stray = _Entry(number, heading), _START, None
        elif found and (after or self._stray or label in labels.opens or self._restarts(self._entry, label)):
            self._apart = self._stray or _end_of(self._entry, number)
        self._stray = _end_of(self._entry, number) if after and not found else None
        self._put(self._entry, line, found, ends, heading)

    def _told_apart(self, entry: _Entry, title: str, number: int) -> None:
        """End an entry before the place from which on it may be the next, where this title is another than its own."""
        place = _end_of(entry, number) if self._blank or self._restarts(entry, title) else self._stray or self._apart
        if any(own == title for own, _ in entry.pairs[: place.pairs]):
            stray = entry.pairs[place.pairs - 1][1]
            pairs = [("", stray[place.texts :])] if len(stray) > place.texts else []
            following = _Entry(place.number, pairs=[*pairs, *entry.pairs[place.pairs :]], lines=entry.lines[place.lines :])
            del entry.pairs[place.pairs :], entry.lines[place.lines :], stray[place.texts :]
            self._end(entry)
            self._entry, self._apart, self._stray = (following if following.pairs else None), _START, None

    def _restarts(self, entry: _Entry, label: str) -> bool:
        """Whether a label is the first of an entry once more, that none began which does: where nobody writes blank lines either."""
        first, last = (entry.pairs[0][0], entry.pairs[-1][0]) if entry.pairs else ("", "")
        return label == first != last and self._labels.opens.isdisjoint(own for own, _ in entry.pairs)

    def _takes_other(self, entry: _Entry, number: int, line: str, own: bool) -> bool:
        """Take a line into an entry of another format, or begin with it one of a third; False for the first line of an entry of its own."""
        following = "" if own else mixed.follows(line, "")
        if not (own or following):
            entry.lines.append(line)
            return True
        if mixed.is_entry(entry.other, entry.lines):
            self._end(entry)
        else:
            self._above += [text for text in entry.lines if text.strip()]
        self._entry = _Entry(number, lines=[line], other=following) if following else None
        return bool(following)

    def _opens(self, label: str) -> bool:
        """Whether a label begins an entry: where those that do are known, only they, unless the file has none of them (old refer)."""
        labels, entry = self._labels, self._entry
        return (label in labels.opens and not (_owns(entry, label) or self._is_late(entry, label))) or (
            self._blank and not labels.closes and not _opened(entry, labels)
        )

    def _is_late(self, entry: _Entry | None, label: str) -> bool:
        """Whether a label that begins entries stands below the title of one that has none."""
        own = [] if entry is None or self._blank else [known for known, _ in entry.pairs]
        return not self._labels.titles.isdisjoint(own) and label not in own

    def _put(self, entry: _Entry, line: str, found: tuple[str, str] | None, ends: bool, heading: bool) -> None:
        """Put a line into the entry. found: its label and the text behind it; ends: it is the entry's last."""
        entry.lines.append(line)
        if ends:
            entry.pairs += [("", [found[1]])] if found and found[1].strip() else []
            self._end(entry)
        elif found:
            entry.pairs.append((found[0], [found[1]]))
        elif not heading and entry.pairs and self._labels.follows(line):
            entry.pairs[-1][1].append(line)
        elif not heading:
            entry.pairs.append(("", [line]))

    def _end(self, entry: _Entry) -> None:
        self.done.append((entry, self._above))
        self._entry, self._above = None, []

    def end(self) -> list[tuple[_Entry | None, list[str]]]:
        """What is left at the end of the file."""
        if self._entry is not None:
            self._end(self._entry)
        return [*self.done, (None, self._above)]


def _parted(text: Iterable[str], glued: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines and their numbers, where files were put together without a line end between them."""
    for number, line in enumerate(text, 1):
        found = glued.search(line)
        if found and found.start():
            yield number, line[: found.start()].rstrip("\ufeff\x1a")
            line = found[0]
        yield number, line


def _opened(entry: _Entry | None, labels: Labels) -> bool:
    """Whether the entry began with one of the labels that do: then a blank line in it says nothing."""
    return entry is not None and (entry.headed or (bool(entry.pairs) and entry.pairs[0][0] in labels.opens))


def _owns(entry: _Entry | None, label: str) -> bool:
    """Whether the label, which begins entries, is the first of its kind in one that its heading began."""
    return entry is not None and entry.headed and all(own != label for own, _ in entry.pairs)


def _read(entry: _Entry, labels: Labels, above: list[str]) -> Record | Reject:
    if entry.other:
        return Reject(line=entry.line, reason=mixed.reason(entry.other, "tagged"), raw="\n".join([*above, *entry.lines]).rstrip())
    names = labels.names
    if labels.here and (here := labels.here(dict(entry.pairs))):
        names = {**names, **here}
    pairs = [(label, _value(names.get(label, label), texts, labels.lists)) for label, texts in entry.pairs]
    return of_pairs(entry.line, "\n".join(entry.lines).rstrip(), pairs, names, labels.lists, above, labels.people)


def _value(name: str, texts: list[str], lists: frozenset[str]) -> str:
    if name in lists:
        return "\n".join(t.strip() for t in texts if t.strip())
    return unwrapped(texts) if name in ("abstract", "note") else collapse(" ".join(texts))


def of_pairs(
    line: int,
    raw: str,
    pairs: Iterable[tuple[str, str]],
    names: Mapping[str, str],
    lists: frozenset[str] = frozenset({"authors", "keywords"}),
    above: Sequence[str] = (),
    people: Habits = UNKNOWN,
) -> Record | Reject:
    """The record that (label, text) pairs tell of, each label standing for a column; a label may come again."""
    header: list[str] = []
    own: list[str] = []
    values: list[list[str]] = []
    places: dict[str, int] = {}
    for label, text in pairs:
        name = names.get(label, label)
        if name in places and (name in lists or (name == "abstract" and own[places[name]] == label)):
            values[places[name]].append(text)
        elif text:
            places.setdefault(name, len(header))
            header.append(name)
            own.append(label)
            values.append([text])
    cells = ["\n".join(texts) for texts in values]
    record = record_of(Cells(cells, header, _mapped(tuple(header), people), own), Row(line, cells, raw), above)
    if says_nothing(record):
        return Reject(line=line, reason="no title, abstract, author or identifier", raw="\n".join([*above, raw]))
    return record


@lru_cache(maxsize=4096)
def _mapped(header: tuple[str, ...], people: Habits) -> Mapped:
    return replace(map_columns(list(header)), people=people)
