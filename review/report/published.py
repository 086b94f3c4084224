"""A flow as somebody published it, read from a file: what is given, what is not, and what could not be read.

Layouts: the PRISMA2020 interchange file; a table with one flow a row; a table with one number a row; the flow.json of a
report. Whatever is missing stays missing: a blank is not a zero.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.tables import xlsx
from review.model.patterns import lazy
from review.report.flow_cells import Items, Reading
from review.report.flow_names import TITLES, key_of, known, other_arm, squashed
from review.report.prisma_keys import LISTS

ABOVE = 6  # rows in which a header is looked for
_BESIDE = {"database_results": "other_results", "duplicates": "other_removed", "records_excluded": "other_removed"}
# What a reason for exclusion may sound like ("no full text available", "duplicate publication").
REASONS = (
    "dbr_notretrieved_reports",
    "other_notretrieved_reports",
    "dbr_excluded_total",
    "other_excluded_total",
    "records_excluded",
    "duplicates",
)

_TOLD = lazy(r"([^()\[\]]*?)[\s,:;(\[]*\bn\s*=\s*(\d[\d,.’' ]*)[\s)\]]*", re.IGNORECASE)  # a name and its number, in a line
_SAID = lazy(r"(\w[^:=(]*?)\W*[:=]\W*(\d[\d,. ]*\d|\d)\W*$")


@dataclass(frozen=True, kw_only=True)
class Published:
    """numbers: key -> n, only what is given. lists: key -> (name, n), n None where the name has none. unread: (key, text, why).
    defaults: whether an unused row is written as 0 (the interchange file), so that 0 may mean "not used"."""

    name: str = ""
    line: int = 0  # of the file, where it holds several
    numbers: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, Items] = field(default_factory=dict)
    unread: tuple[tuple[str, str, str], ...] = ()
    ignored: tuple[str, ...] = ()  # names that mean no number of a flow, though one stands beside them
    defaults: bool = False

    def n(self, key: str) -> int | None:
        return self.numbers.get(key)


def read(data: bytes, name: str = "") -> list[Published]:
    """Every flow that the file holds. Raises FormatError where it is no table of flows."""
    if xlsx.is_workbook(data[:1_000_000]):
        return _from_workbook(data, name)
    text = _decoded(data)
    if text.lstrip()[:1] == "{":
        return [_from_json(text, name)]
    found = _from_rows(_rows(text), name) or _from_lines(text, name)
    if found is not None:
        return found
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if not first:
        raise FormatError(f"{name or 'The file'} is empty.")
    shown = "".join(c for c in first if c.isprintable())[:200]
    raise FormatError(
        f"{name or 'The file'} is no flow that can be read: it begins with ‘{shown}’.",
        "Give a PRISMA2020 CSV (columns data … n), a table with one flow a row (records_screened, records_excluded …), or two columns: name, n.",
    )


def _from_rows(table: Sequence[Sequence[str]], name: str) -> list[Published] | None:
    """The flows of a table, whatever stands above its header; None where it is no table of flows."""
    rows = [row for row in table if any(c.strip() for c in row)]
    if not rows:
        return None
    if sum(bool(_TOLD.match(row[0]) or _SAID.search(row[0])) for row in rows) > 2:  # lines of a diagram, cut at the commas of their numbers
        return None
    header = [squashed(c) for c in rows[0]]
    if "data" in header and "n" in header:
        return [_tall(rows[1:], header.index("data"), header.index("n"), name, defaults=True)]
    across = [len({key_of(c) for c in row} - {""}) for row in rows[:ABOVE]]
    at = max(range(len(across)), key=lambda i: (across[i], -i))
    down = [len({key_of(row[i]) for row in rows if len(row) > i} - {""}) for i in range(max(map(len, rows)))]
    # The column with the most names, the first of equals.
    found_down, key_at = max((n, -i) for i, n in enumerate(down))
    if across[at] >= 2 and across[at] >= found_down:
        return _wide(rows[at:])
    if found_down >= 2:
        n_at = next((i for i, h in enumerate(header) if h in ("n", "number", "count", "value")), _numbers_at(rows, -key_at))
        beside = next((i for i, c in enumerate(rows[0]) if i not in (-key_at, n_at) and other_arm(c)), None)
        return None if n_at is None else [_tall(rows, -key_at, n_at, name, other_at=beside)]
    return None


def _numbers_at(rows: Sequence[Sequence[str]], key_at: int) -> int | None:
    """The column beside the names that has the most cells with a digit; None where there is none."""
    width = max(map(len, rows))
    counts = {i: sum(bool(re.search(r"\d", row[i])) for row in rows if len(row) > i) for i in range(width) if i != key_at}
    best = max(counts, key=lambda i: (counts[i], -i), default=None)
    return best if best is not None and counts[best] >= 2 else None


def _from_lines(text: str, name: str) -> list[Published] | None:
    """A flow told in lines, as it is copied out of a diagram: 'Records screened (n = 1,234)'."""
    rows = []
    for line in text.replace('"', "").splitlines():
        parts = [(m[1].strip(" ,;:–-•\t"), m[2].strip(" .,")) for m in _TOLD.finditer(line)]
        if not parts and (m := _SAID.search(line)) and key_of(m[1]):  # "Records screened: 1,000"; "screened = 1000," of a program
            parts = [(m[1], m[2])]
        if not parts and (m := re.match(r"\W*(\d[\d,.’']*)\s+([^\W\d].*)$", line)):  # "200 duplicates removed"
            parts = [(m[2], m[1])]
        head, colon, first = parts[0][0].partition(":") if parts else ("", "", "")
        if (
            len(parts) > 1 and key_of(head).endswith("_excluded_total") and first.strip()
        ):  # "Reports excluded: no data (n = 3); not here (n = 2)"
            rows.append((head, "; ".join(f"{label}, {n}" for label, n in ((first.strip(), parts[0][1]), *parts[1:]))))
        else:
            rows += [(first.strip(), parts[0][1]), *parts[1:]] if colon and key_of(first) else parts
    if len({key_of(label) for label, _ in rows} - {""}) < 2:
        return None
    return [_tall(rows, 0, 1, name)]


def _from_workbook(data: bytes, name: str) -> list[Published]:
    """The first sheet that holds flows."""
    for _, rows in xlsx.sheets(data):
        if found := _from_rows(rows, name):
            return found
    raise FormatError(f"{name or 'The workbook'} has no sheet with a flow.", "Give one flow a row, or two columns: name, n.")


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel writes on Windows


def _rows(text: str) -> list[list[str]]:
    head = text.lstrip("\r\n").split("\n", 2 * ABOVE)[: 2 * ABOVE]
    delimiter = max("\t,;|", key=lambda d: (sum(d in line for line in head), max(line.count(d) for line in head)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"can't be read as a table: {error}") from None


def _tall(
    rows: Sequence[Sequence[str]], key_at: int, n_at: int, name: str, defaults: bool = False, other_at: int | None = None
) -> Published:
    """other_at: the column of the other methods, where they have one beside that of databases and registers."""
    reading, above = Reading(), ""
    for row in rows:
        if len(row) <= max(key_at, n_at):
            continue
        label, cell = row[key_at], row[n_at]
        key = known(label)
        guessed = "" if key and key not in TITLES else label.strip()
        if defaults:  # the interchange file: its rows have their names and no others
            key = "" if key in TITLES else key
        elif guessed:
            key = key_of(label)
            if (
                key == "dbr_excluded_total"
                and "records_screened" in reading.numbers
                and not {"records_excluded", "dbr_assessed"} & {*reading.numbers}
            ):
                key = "records_excluded"  # "studies excluded", where records are called studies throughout
            part = key == above == "database_results" and key not in reading.by_words  # "Records from PubMed", below all of them
            if (not key or part or (above.endswith("_excluded_total") and key in REASONS)) and reading.below(above, label, cell):
                continue
        if key:
            # An unquoted list spreads over the rest of the row.
            spread = key in LISTS and len(row) > n_at + 1
            reading.take(key, ", ".join(c.strip() for c in row[n_at:]) if spread else cell, guessed)
            above = key
            if (
                other_at is not None
                and len(row) > other_at
                and (beside := _BESIDE.get(key) or (key.replace("dbr_", "other_") if key.startswith("dbr_") else ""))
            ):
                reading.take(beside, row[other_at], label.strip())
        elif not defaults and re.search(r"\d", cell) and label.strip():
            reading.ignored.append(label.strip())
    return Published(
        name=name, numbers=reading.numbers, lists=reading.lists, unread=tuple(reading.unread), ignored=tuple(reading.ignored), defaults=defaults
    )  # fmt: skip


def _wide(rows: Sequence[Sequence[str]]) -> list[Published]:
    label = next((i for i, c in enumerate(rows[0]) if squashed(c) in ("id", "name", "review", "study", "flow", "title", "doi")), None)
    columns = [(key_of(c), "" if known(c) not in ("", *TITLES) else c.strip()) for c in rows[0]]
    return [_flow_of(row, n, columns, label) for n, row in enumerate(rows[1:], 2)]


def _flow_of(row: Sequence[str], line: int, columns: Sequence[tuple[str, str]], label: int | None) -> Published:
    """columns: the key of each, and its name where that was only guessed."""
    reading = Reading()
    for (key, guessed), cell in zip(columns, row, strict=False):
        if key:
            reading.take(key, cell, guessed)
    name = row[label].strip() if label is not None and label < len(row) else ""
    return Published(
        name=name or f"line {line}", line=line, numbers=reading.numbers, lists=reading.lists, unread=tuple(reading.unread), ignored=tuple(reading.ignored)
    )  # fmt: skip


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
