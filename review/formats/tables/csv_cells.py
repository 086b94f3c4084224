"""The cells of one row of a table, taken by field; what no field takes is given back at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from review.formats.characters.latex import from_latex
from review.formats.columns.csv_columns import ASIDE, BLANK, EXTRAS, extra_of
from review.formats.columns.mapped import Mapped
from review.formats.people.author_habits import Habits
from review.formats.values.bag import EMPTY, WORDS
from review.formats.values.keyword_lists import is_joined
from review.model.patterns import lazy

_EMPTY = EMPTY | {""}
# What people and Elicit put where there is nothing; in a column of nobody's it may be a sign, and is kept.
_DASHED = _EMPTY | {"-", "–", "—", "--", "---", "/", "?", "[]", "n/a", "n.a.", "N.A."}
# What a spreadsheet shows, in its language, where a formula failed or where it took text for one, and where a column is too narrow.
_FAILED = lazy(r"#(?:[^\W\d_a-z]{3,12}(?:/0)?[!?]|N/A|N/D|NV|#{2,254})")
_NUMBERED = lazy(r"(?<=[./_ ])\d+\b|(?<=[a-z])\d+$", re.IGNORECASE)


_AGAIN = lazy(r"\.+\d{1,2}$")  # what R and pandas put behind a name that comes again
_ONE_NAME = lazy(r"[^,;|&\n\[\]]{1,60}(?:, ?[^,;|&\n\[\]]{1,60})?")


@lru_cache(maxsize=1024)
def _stem(column: str) -> str:
    """The name of a column without the numbers in it."""
    return _NUMBERED.sub("", column)


def cleaned(cells: Sequence[str]) -> list[str]:
    """The cells without the blanks around them, and without what keeps a spreadsheet from reading them: a formula around an ISSN, an
    apostrophe before `=`."""
    whole = "".join(cells)
    marked = "_x000" in whole or "<U+" in whole  # looking once is cheaper than in each
    return [_clean(c) if marked or c[:1] in _GUARDS else c for c in (c.strip(BLANK) for c in cells)]


_GUARDS = ("'", "=")


def _clean(text: str) -> str:
    if "_x000" in text:  # the line ends of a workbook, as programs that read those leave them
        text = _LINE_END.sub("\n", text)
    if "<U+" in text:
        text = _BY_NUMBER.sub(lambda found: _letter(int(found[1], 16)), text)
    text = text.strip(BLANK)
    if text[:1] == "'" and (_APOSTROPHE.match(text) or text[1:].isdecimal()):
        return text[1:]
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]
    return text[1:] if _NO_FORMULA.match(text) else text


_NO_FORMULA = lazy(
    r"=(?![A-Z]{1,3}\d+\b)(?:(?=[^\W\d_])[^(\"]*$|10\.\d{4,9}/|\d+-\d+$)"
)  # `=Roe`, `=10.1000/x`, `=12-15`: of a function, or of cells, it is one

# A letter that R could not write in the code page of its Windows.
_BY_NUMBER = lazy(r"<U\+([0-9A-F]{4,6})>")


def _letter(number: int) -> str:
    if 0x80 <= number < 0xA0:  # read as Latin-1 before, and meant as one of Windows
        return bytes([number]).decode("cp1252", "replace")
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else f"<U+{number:04X}>"


_LINE_END = lazy(r"_x000[DA]_(?:\r?\n|_x000[DA]_)?")
_APOSTROPHE = lazy(r"'[=+@-](?!\S*')")  # not that of a word in quotation marks: '-omics'
_SIGNS = lazy(r"\\([%&#_$])")  # of LaTeX, where BibTeX was made a table of by a script


_OF_BIBTEX = frozenset({"entrytype", "bibtexkey"})  # of a table of bibtexparser, of bib2df


class Cells:
    """One row: a cell that a field has taken is not given to `extra` again."""

    def __init__(self, cells: list[str], header: list[str], mapped: Mapped, labels: Sequence[str] = ()) -> None:
        """labels: how the columns were called in the file, where the header says what they mean."""
        latex = not mapped.marks.isdisjoint(_OF_BIBTEX)
        self._cells = [
            from_latex(c) if latex and ("{" in c or "\\" in c) else _SIGNS.sub(r"\1", c) if "\\" in c and mapped.told < 0 else c
            for c in cells
        ]
        self._header, self._mapped, self._labels = header, mapped, labels or header
        self._columns = mapped.fields
        self._used: set[int] = set()
        failed = [c for c in cells if c[:1] == "#" and _FAILED.fullmatch(c)]
        nothing = _DASHED.union(failed) if failed else _DASHED
        self._holds = [c not in nothing for c in self._cells]

    @property
    def people(self) -> Habits:
        """As `Mapped.people`."""
        return self._mapped.people

    def marked(self, *names: str) -> bool:
        """Whether the header has all these names, squashed: the table is somebody's own."""
        return self._mapped.marks.issuperset(names)

    def _full(self, field: str) -> Sequence[int]:
        """The columns of a field that hold anything, best first."""
        columns = self._columns.get(field)
        if not columns:  # as of most fields
            return ()
        if field == "title":  # one that a spreadsheet damaged is one still: people see it
            return [n for n in columns if self._cells[n] not in _EMPTY]
        holds = self._holds
        if len(columns) == 1:  # as of most others
            return columns if holds[columns[0]] else ()
        return [n for n in columns if holds[n]]

    def values(self, field: str) -> list[str]:
        """The cells of a field that hold anything, best column first; they stay to be taken."""
        return [self._cells[n] for n in self._full(field)]

    def best(self, field: str) -> str:
        """The first of `values`, or ""."""
        full = self._full(field)
        return self._cells[full[0]] if full else ""

    def has(self, field: str) -> bool:
        """Whether a column is for the field."""
        return bool(self._mapped.of(field))

    def named(self, field: str) -> list[tuple[str, str]]:
        """As `values`, each with the name of its column."""
        return [(self._header[n], self._cells[n]) for n in self._full(field)]

    def take(self, field: str) -> str:
        """The best cell of the field."""
        full = self._full(field)
        if not full:
            return ""
        best = self._cells[full[0]]
        self._used.update(full if len(full) == 1 else [n for n in full if self._cells[n] == best])
        return best

    def take_all(self, field: str) -> list[str]:
        """All cells of the field."""
        full = self._full(field)
        self._used.update(full)
        return [self._cells[n] for n in full]

    def take_keywords(self) -> list[tuple[str, bool]]:
        """All cells of the keywords, and of each whether commas may part them."""
        commas = [n not in self._mapped.terms or is_joined(self._cells[n]) for n in self._full("keywords")]
        joined = [n in self._mapped.joined for n in self._full("keywords")]
        cells = [cell.replace(" and ", "; ") if ands else cell for cell, ands in zip(self.take_all("keywords"), joined, strict=True)]
        return list(zip(cells, commas, strict=True))

    def take_series(self, field: str) -> list[str]:
        """The cells of the columns that are numbered like the best one (`au/0`, `au/1`), else the best cell."""
        full = self._full(field)
        if len(full) > 1:
            stem = _stem(self._header[full[0]])
            full = [n for n in full if _stem(self._header[n]) == stem] if stem != self._header[full[0]] else full[:1]
        self._used.update(full)
        return [self._cells[n] for n in sorted(full)]

    def take_people(self) -> list[str]:
        """The cells of the authors: a list of them, or one in each of several columns that are numbered or called the same (`Author`, `Author.1`).
        Of Ovid's, one a line, the short names where fewer are told of in full."""
        full = self._full("authors")
        names = self.take_series("authors")
        if self.marked("vn", "fa") and full and (most := max(full, key=lambda n: self._cells[n].count("\n"))) != full[0]:
            self._used ^= {full[0], most}
            return [self._cells[most]]
        # Where titles come again too, these are of another table beside this one.
        if len(full) > 1 and len(names) == 1 and len(self._mapped.of("title")) < 2 and _ONE_NAME.fullmatch(names[0]):
            called = self._header[full[0]].casefold()
            more = [n for n in full[1:] if _AGAIN.sub("", self._header[n]).casefold() == called and _ONE_NAME.fullmatch(self._cells[n])]
            self._used.update(more)
            names += [self._cells[n] for n in sorted(more)]
        return names

    def typed(self, read: Callable[[str], str], *kinds: str) -> str:
        """What is read of the `__text` whose `_type` is one of the kinds; what nothing is read of stays."""
        for kind, text in self._mapped.typed:
            if self._cells[kind].casefold() in kinds and (found := read(self._cells[text])):
                self._used.update((kind, text))
                return found
        return ""

    def rest(self) -> Iterator[tuple[str, str]]:
        """What no field has taken, under a name that many formats share, or its column's own."""
        for n, (name, label, cell) in enumerate(zip(self._header, self._labels, self._cells, strict=True)):
            if n not in self._used and (cell not in _EMPTY or (cell and self._is_word(n))):
                shared = self._mapped.beyond.get(n) or extra_of(name)
                yield (shared if shared in EXTRAS or shared == "month" else label.removesuffix(ASIDE)), cell

    def _is_word(self, column: int) -> bool:
        """Whether a cell that may say that there is nothing is somebody's word: `NA` of the phase of a trial is one. In a column for a field it is none,
        nor in any column of a table whose program wrote it into those too: a data frame of R would fill each record with it."""
        cell = self._cells[column]
        return cell in WORDS and cell not in self._mapped.nothing and not any(column in columns for columns in self._columns.values())
