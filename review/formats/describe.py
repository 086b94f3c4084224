"""What a file holds, told before anything is imported: its format, its entries, and what a librarian would want to know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from review.formats.base import Format
from review.formats.characters.stream import Survey, survey
from review.formats.characters.text import decode, normalise
from review.formats.dialects import dialect
from review.formats.remarks import Remarks
from review.model.plain_text import is_mojibake, squashed
from review.model.record import Record, Reject

HEAD = 1 << 18  # bytes that tell format and dialect
_COUNTED = ("title", "abstract", "authors", "year", "journal", "doi", "pmid")
_MOST_LINES = 100
_FEW = 30  # letters: fewer tell little of an encoding
_FEW_ODD = 0.1  # the share of misplaced ones that is no accident
_SHORT = 12  # letters: a shorter title (`Editorial`) says too little to call two records the same


@dataclass(slots=True)
class Description:
    """The counts of one file. duplicates: records that say again what one before them says (see `describe`); kept: in how many records
    something stands that no field is for, by its name in `Record.extra`."""

    format: str
    label: str
    dialect: str = ""
    encoding: str = ""
    line_ends: dict[str, int] = field(default_factory=dict)
    records: int = 0
    rejects: list[Reject] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    mojibake: int = 0  # records with text that was mis-decoded before
    mojibake_lines: list[int] = field(default_factory=list)  # of the first hundred of them
    notes: list[str] = field(default_factory=list)

    @property
    def entries(self) -> int:
        return self.records + len(self.rejects)

    def to_json(self) -> dict[str, Any]:
        """As JSON: rejects without the fields that an import fills."""
        told = asdict(self)
        told["rejects"] = [r.plain() for r in self.rejects]
        return {"entries": self.entries, **told}


def describe(stream: BinaryIO, form: Format, columns: Mapping[str, str]) -> Description:
    """Read a file that is open at its start, twice: once as text, once for its entries.

    Two records of it count as duplicates where they have one PMID, or one title (letters and digits, twelve or more) and
    one DOI, or one title and one year: what can be told without comparing. Raises FormatError as the format does.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    found = Description(form.name, form.label)
    if form.binary is None:
        found.dialect = dialect(form.name, normalise(decode(head).text))
        _written(found, survey(stream))
        stream.seek(0)
    elif form.heading:
        found.dialect = dialect(form.name, form.heading(stream))
        stream.seek(0)
    missing: Counter[str] = Counter(dict.fromkeys(_COUNTED, 0))
    years: Counter[int] = Counter()
    types: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    seen: set[int] = set()
    whole = Remarks(form, columns)
    for entry in whole.over(form.read(stream, columns)):
        if isinstance(entry, Reject):
            found.rejects.append(entry)
            continue
        if form.binary is not None and not found.records:
            found.dialect = found.dialect or dialect(form.name, "\n".join(name for name, _ in entry.extra) + "\n" + entry.raw)
        found.records += 1
        missing.update([name for name in _COUNTED if not getattr(entry, name)])
        types[entry.type] += 1
        kept.update({name for name, _ in entry.extra})
        if entry.year is not None:
            years[entry.year] += 1
        if is_mojibake("\n".join((entry.title, entry.abstract, *entry.authors, entry.journal, *entry.keywords))):
            found.mojibake += 1
            found.mojibake_lines += [entry.line] if found.mojibake <= _MOST_LINES else []
        signs = _signs(entry)
        found.duplicates += not seen.isdisjoint(signs)
        seen.update(signs)
    found.notes += whole.told()
    found.missing, found.years, found.types = dict(missing), dict(sorted(years.items())), dict(sorted(types.items()))
    found.kept = dict(sorted(kept.items(), key=lambda counted: (-counted[1], counted[0])))
    return found


def _written(found: Description, how: Survey) -> None:
    found.encoding = (how.encoding or "ascii") + (" with byte-order mark" if how.marked else "")
    found.line_ends = {name: count for name, count in how.line_ends.items() if count}
    if how.joined:
        found.notes.append("it was put together from parts in UTF-16 and in others, and each is read as what it is in")
    if how.stray:
        found.notes.append(f"{how.stray:,} bytes that are not {how.encoding.upper()} were read as cp1252")
    if how.misplaced > _FEW_ODD * how.foreign:
        found.notes.append(
            f"read as {how.encoding.upper()}, but letters with accents stand where no language has them: where names are wrong, "
            "save the file as UTF-8 in the program that it comes from"
        )
    elif how.encoding != "cp1252" and 0 < how.foreign < _FEW:
        found.notes.append(f"read as {how.encoding.upper()}, of which few letters tell: look at the names that have them")
    if len(found.line_ends) > 1:
        found.notes.append("lines end in different ways: " + ", ".join(f"{name} {count:,}" for name, count in found.line_ends.items()))


def _signs(record: Record) -> list[int]:
    """Hashes of what makes two records the same; of text, that memory stays small (Python's own, used within one run only)."""
    title = squashed(record.title)
    signs = [hash(("pmid", record.pmid))] if record.pmid else []
    if len(title) >= _SHORT:
        signs += [hash(("doi", record.doi, title))] if record.doi else []
        signs += [hash(("year", record.year, title))] if record.year is not None else []
    return signs
