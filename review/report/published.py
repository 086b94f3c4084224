"""A flow as somebody published it, read from a file: what is given, what is not, and what could not be read.

Layouts: the PRISMA2020 interchange file; a table with one flow a row; a table with one number a row; the flow.json of a
report. Whatever is missing stays missing: a blank is not a zero.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from review.errors import FormatError
from review.report.prisma_keys import ALIASES, LISTS, WORDS

NOT_GIVEN = frozenset(
    {"", "na", "n/a", "nan", "none", "null", "-", "–", "—", "xxx", "xx", "x", "nr", "not reported", "not stated", "?", "."}
)
Items = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class Published:
    """numbers: key -> n, only what is given. lists: key -> (name, n), n None where the name has none. unread: (key, text, why).
    defaults: whether an unused row is written as 0 (the interchange file), so that 0 may mean "not used"."""

    name: str = ""
    line: int = 0  # of the file, where it holds several
    numbers: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, Items] = field(default_factory=dict)
    unread: tuple[tuple[str, str, str], ...] = ()
    defaults: bool = False

    def n(self, key: str) -> int | None:
        return self.numbers.get(key)


def read(data: bytes, name: str = "") -> list[Published]:
    """Every flow that the file holds. Raises FormatError where it is no table of flows."""
    text = _decoded(data)
    if text.lstrip()[:1] == "{":
        return [_from_json(text, name)]
    rows = [row for row in _rows(text) if any(c.strip() for c in row)]
    if not rows:
        raise FormatError(f"{name or 'The file'} is empty.")
    header = [_squashed(c) for c in rows[0]]
    if "data" in header and "n" in header:
        return [_tall(rows[1:], header.index("data"), header.index("n"), name, defaults=True)]
    keyed = [_key_of(c) for c in rows[0]]
    down = [sum(bool(_key_of(row[i])) for row in rows if len(row) > i) for i in range(max(map(len, rows)))]
    # The column with the most names, the first of equals.
    found_down, key_at = max((n, -i) for i, n in enumerate(down))
    if len(set(keyed) - {""}) >= 2 and len(set(keyed) - {""}) >= found_down:
        return _wide(rows, keyed)
    if found_down >= 2:
        n_at = next((i for i, h in enumerate(header) if h in ("n", "number", "count", "value")), 1 - key_at)
        return [_tall(rows, -key_at, n_at, name)]
    raise FormatError(
        f"{name or 'The file'} is no flow that can be read: its columns are {', '.join(c.strip() for c in rows[0])[:200]}.",
        "Give a PRISMA2020 CSV (columns data … n), a table with one flow a row (records_screened, records_excluded …), or two columns: name, n.",
    )


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel writes on Windows


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max("\t,;|", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"can't be read as a table: {error}") from None


def _squashed(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def _names() -> dict[str, str]:
    """What may stand in a header -> its key: keys first, then aliases, then wordings (of two alike, the arm of databases)."""
    names = {_squashed(key): key for key in WORDS}
    for key, aliases in ALIASES.items():
        names.update((_squashed(alias), key) for alias in aliases if _squashed(alias) not in names)
    for key, words in WORDS.items():
        names.setdefault(_squashed(words), key)
    return names


_KEY_OF = _names()


def _key_of(cell: str) -> str:
    return _KEY_OF.get(_squashed(cell), "")


class _Reading:
    """Collects what the cells of one flow give."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.lists: dict[str, Items] = {}
        self.unread: list[tuple[str, str, str]] = []

    def take(self, key: str, text: str) -> None:
        if key in LISTS:
            self._list(key, text)
            return
        value, why = number(text)
        if why and key.endswith("_excluded_total") and re.search(r"[^\W\d_].*\d", text):  # the reasons, where their sum was expected
            self._list(key.removesuffix("_total"), text)
        elif why:
            self.unread.append((key, text, why))
        elif value is not None and key in self.numbers and self.numbers[key] != value:
            self.unread.append((key, text, f"is given twice, as {self.numbers[key]:,} and as {value:,}"))
        elif value is not None:
            self.numbers[key] = value

    def _list(self, key: str, text: str) -> None:
        items: list[tuple[str, int | None]] = []
        value, why = number(text)
        if not why and value is not None:  # a bare number: a total without names, or the 0 of an unused row
            if key in ("dbr_excluded", "other_excluded"):
                self.numbers[f"{key}_total"] = value
            return
        if text.strip().casefold() in NOT_GIVEN:
            return
        for part in filter(None, (p.strip() for p in re.split(r"[;\n]", text))):
            found = re.fullmatch(r"(.*?)[\s,:=(\[]*(?:n\s*=\s*)?(\d[\d,. ]*|x{2,3}|NA)?[)\]]*", part, re.IGNORECASE | re.DOTALL)
            label, count = (found[1].strip(" ,:("), found[2] or "") if found else (part, "")
            if re.fullmatch(r"x{2,3}|na", count, re.IGNORECASE):
                continue  # a placeholder of the template
            n, why = number(count)
            if why:
                self.unread.append((key, part, why))
            items.append((label or part, n))
        if items:
            self.lists[key] = tuple(items)


def number(text: str) -> tuple[int | None, str]:
    """The whole number that a cell gives (None: not given), and why it can't be read ('' if it can)."""
    cell = text.strip().strip("\"'").replace("\u00a0", " ").replace("\u202f", " ").strip()
    if cell.casefold() in NOT_GIVEN:
        return None, ""
    bare = re.fullmatch(r"\(?\s*(?:n\s*=\s*)?([-−+]?)\s*(\d+|\d{1,3}(?:[, ’']\d{3})+)(\.\d+)?\s*\)?", cell, re.IGNORECASE)
    if not bare:
        return None, "is not a number"
    if bare[1] in ("-", "−"):
        return None, "is below zero; the R package would drop the sign and print it as a positive number"
    if bare[3] and bare[3].strip(".0"):
        return None, "is not a whole number"
    return int(re.sub(r"\D", "", bare[2])), ""


def _tall(rows: Sequence[Sequence[str]], key_at: int, n_at: int, name: str, defaults: bool = False) -> Published:
    reading = _Reading()
    for row in rows:
        key = _key_of(row[key_at]) if len(row) > key_at else ""
        if key and len(row) > n_at:
            # An unquoted list spreads over the rest of the row.
            reading.take(key, ", ".join(c.strip() for c in row[n_at:]) if key in LISTS and len(row) > n_at + 1 else row[n_at])
    return Published(name=name, numbers=reading.numbers, lists=reading.lists, unread=tuple(reading.unread), defaults=defaults)


def _wide(rows: Sequence[Sequence[str]], keyed: Sequence[str]) -> list[Published]:
    label = next((i for i, c in enumerate(rows[0]) if _squashed(c) in ("id", "name", "review", "study", "flow", "title", "doi")), None)
    return [_flow_of(row, n, keyed, label) for n, row in enumerate(rows[1:], 2)]


def _flow_of(row: Sequence[str], line: int, keyed: Sequence[str], label: int | None) -> Published:
    reading = _Reading()
    for key, cell in zip_longest(keyed[: len(row)], row, fillvalue=""):
        if key:
            reading.take(key, cell)
    name = row[label].strip() if label is not None and label < len(row) else ""
    return Published(name=name or f"line {line}", line=line, numbers=reading.numbers, lists=reading.lists, unread=tuple(reading.unread))


def _from_json(text: str, name: str) -> Published:
    """The flow.json of a report."""
    try:
        data = json.loads(text)
        flow = data.get("flow", data)
        main, other = flow["main"], flow["other"]
        numbers = {
            "database_results": sum(n for _, n in flow["databases"]),
            "register_results": sum(n for _, n in flow["registers"]),
            "duplicates": main["duplicates"], "excluded_automatic": main["removed_by_automation"], "excluded_other": main["removed_otherwise"],
            "records_screened": main["screened"], "records_excluded": main["excluded"],
            "new_studies": flow["included_studies"], "new_reports": flow["included_reports"],
        }  # fmt: skip
        lists = {
            "database_specific_results": flow["databases"],
            "register_specific_results": flow["registers"],
            "dbr_excluded": main["reasons"],
        }
        for prefix, arm in (("dbr", main), ("other", other)):
            numbers |= {f"{prefix}_sought_reports": arm["sought"], f"{prefix}_notretrieved_reports": arm["not_retrieved"]}
            numbers |= {f"{prefix}_assessed": arm["assessed"], f"{prefix}_excluded_total": sum(n for _, n in arm["reasons"])}
        if other["identified"]:
            lists["other_excluded"] = other["reasons"]
            numbers["other_results"] = sum(n for _, n in other["identified"])
            numbers["other_removed"] = numbers["other_results"] - other["sought"]
        read_lists = {k: tuple((str(label), int(n)) for label, n in v) for k, v in lists.items() if v}
        return Published(name=name, numbers={k: int(n) for k, n in numbers.items()}, lists=read_lists, defaults=True)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(
            f"{name}: is JSON, but no flow of a report ({error}).", "Give the flow.json that 'review run' writes, or a CSV."
        ) from None


def given(flow: Published) -> Iterator[str]:
    """The keys that the flow gives, in no order that means anything."""
    yield from flow.numbers
    yield from flow.lists
