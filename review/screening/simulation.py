"""A finished screening done again in another order: how soon would the relevant records have come up?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from review.errors import FormatError
from review.formats.tables.rows import Row
from review.screening.vectors import Text

ID = ("record_id", "id", "key")
LABEL = ("label_included", "label", "included", "asreview_label", "final_decision", "decision", "verdict")
YEARS = ("year", "publication_year", "publication year", "date", "py")
YES, NO = ("1", "1.0", "include", "included", "yes", "true"), ("0", "0.0", "exclude", "excluded", "no", "false")


@dataclass(frozen=True, slots=True)
class Table:
    """A table to rank: one id and one text a record, and labels where it has them (None: not said)."""

    ids: tuple[str, ...]
    texts: tuple[Text, ...]
    labels: tuple[bool | None, ...]


def table_of(header: Sequence[str], rows: Sequence[Row], name: str) -> Table:
    """The records of a table with the columns record_id, title and, where there are, abstract, keywords, year, label_included.

    Without an id column the line is the id. Raises FormatError where there is no title, or an id or a label can't be.
    """
    lower = {h.lower(): h for h in header}
    if "title" not in lower:
        raise FormatError(f"{name}: has no column 'title'.", f"There are: {', '.join(header)}.")
    id_column = next((lower[c] for c in ID if c in lower), None)
    label_column = next((lower[c] for c in LABEL if c in lower), None)
    year_column = next((lower[c] for c in YEARS if c in lower), "")
    ids: dict[str, int] = {}
    texts, labels = [], []
    for row in rows:
        own = row.cells.get(id_column, "") if id_column else str(row.line)
        if not own:
            raise FormatError(f"{name}:{row.line}: has no {id_column}.", "Each record needs an id of its own.")
        if own in ids:
            raise FormatError(f"{name}:{row.line}: the id {own!r} stands in line {ids[own]} too.", "Each record needs an id of its own.")
        ids[own] = row.line
        cell = {k: row.cells.get(lower.get(k, ""), "") for k in ("title", "abstract", "keywords")}
        texts.append(Text(cell["title"], cell["abstract"], cell["keywords"], _year(row.cells.get(year_column, ""))))
        labels.append(label_of(row.cells.get(label_column, "") if label_column else "", f"{name}:{row.line}"))
    if not ids:
        raise FormatError(f"{name}: has no records.", "Below the header there is one record a row.")
    return Table(tuple(ids), tuple(texts), tuple(labels))


def _year(cell: str) -> int:
    """The year in a cell such as 2019, 2019.0 or 2019-05-01; 0 where there is none."""
    found = re.match(r"\s*(1[5-9]\d\d|20\d\d)(?!\d)", cell)
    return int(found[1]) if found else 0


def label_of(cell: str, place: str) -> bool | None:
    """What a cell says of a record: relevant, not, or nothing. Raises FormatError where it says something else."""
    word = cell.strip().casefold()
    if word in YES or word in NO:
        return word in YES
    if word:
        raise FormatError(f"{place}: the label is {cell!r}.", "Write 1 for relevant, 0 for not, nothing where nobody decided.")
    return None


def priors_of(header: Sequence[str], rows: Sequence[Row], table: Table, name: str) -> list[tuple[int, bool]]:
    """What is known beforehand, from a table with the columns record_id and label, in its order. Raises FormatError."""
    lower = {h.lower(): h for h in header}
    id_column = next((lower[c] for c in ID if c in lower), None)
    label_column = next((lower[c] for c in LABEL if c in lower), None)
    if not id_column or not label_column:
        raise FormatError(f"{name}: needs the columns record_id and label.", f"There are: {', '.join(header)}.")
    place = {own: n for n, own in enumerate(table.ids)}
    found: dict[int, bool] = {}
    for row in rows:
        own, label = row.cells.get(id_column, ""), label_of(row.cells.get(label_column, ""), f"{name}:{row.line}")
        if own not in place:
            raise FormatError(f"{name}:{row.line}: no record has the id {own!r}.", "The ids are those of the data.")
        if label is not None:
            found[place[own]] = label
    return list(found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """How good an order was; all in shares of the records that were still to screen.

    wss95, wss100: work saved over sampling at 95 and 100 % recall (Cohen et al., J Am Med Inform Assoc 2006;13:206-219). loss: area between the
    best possible and the actual recall curve, normalised: 0 perfect, 0.5 random. rrf10: recall after 10 % of the records.
    seen95: share to read for 95 % recall. first: the place of the first relevant record, counted from 1.
    """

    records: int
    relevant: int
    wss95: float
    wss100: float
    loss: float
    rrf10: float
    seen95: float
    seen100: float
    first: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def metrics(labels: Sequence[bool]) -> Metrics:
    """Of the labels in the order in which the records were read. Raises ValueError unless there are both kinds."""
    n, r = len(labels), sum(labels)
    if not 0 < r < n:
        raise ValueError("an order can be measured only where some records are relevant and some are not")
    curve = recall_curve(labels)

    def need(share: float) -> int:
        least = max(1, ceil(share * r - 1e-9))
        return next(i + 1 for i, found in enumerate(curve) if found >= least)

    return Metrics(
        records=n, relevant=r, wss95=(n - need(0.95)) / n - 0.05, wss100=(n - need(1)) / n, loss=(r * (n - (r - 1) / 2) - sum(curve)) / (r * (n - r)),
        rrf10=curve[max(1, n // 10) - 1] / r, seen95=need(0.95) / n, seen100=need(1) / n, first=need(0),
    )  # fmt: skip


def recall_curve(labels: Sequence[bool]) -> list[int]:
    """How many relevant records were found after each."""
    found, curve = 0, []
    for label in labels:
        found += label
        curve.append(found)
    return curve


def draw(labels: Sequence[bool], width: int = 60, height: int = 15) -> list[str]:
    """The recall curve as text: recall upwards, the share of records read to the right; dots: reading in random order."""
    n, curve = len(labels), recall_curve(labels)
    total = max(1, curve[-1])
    lines = []
    reached = [curve[min(n - 1, max(0, ceil((x + 1) * n / width) - 1))] / total for x in range(width)]
    for level in range(height, 0, -1):
        row = ""
        for x in range(width):
            if reached[x] >= level / height:
                row += "█"
            elif reached[x] > (level - 1) / height:
                row += "▁▂▃▄▅▆▇█"[int((reached[x] * height - level + 1) * 8) % 8]
            else:
                row += "·" if (x + 1) / width >= level / height > x / width else " "
        label = f"{round(100 * level / height):>3} %" if level in (height, round(height / 2)) else "     "
        lines.append(f"{label} │{row}")
    lines.append("  0 % └" + "─" * width)
    lines.append("       0 %" + f"{'records read':^{width - 9}}" + "100 %")
    return lines


Next = Callable[[Sequence[tuple[int, bool]], Any], int]  # what is decided, an array of what is unread -> the next


def replay(labels: Mapping[int, bool], known: Sequence[tuple[int, bool]], following: Next) -> list[int]:
    """The places of the records in the order in which `following` would have shown them; those known beforehand left out.

    After the last relevant one they come as they lie: no measure depends on it, and in a large table it spares most of the time.
    """
    import numpy as np

    decided = list(known)
    before = {place for place, _ in known}
    unread = np.array(sorted(place for place in labels if place not in before), np.int64)
    missing = sum(labels[place] for place in unread.tolist())
    shown: list[int] = []
    while missing:
        place = following(decided, unread)
        unread = unread[unread != place]
        shown.append(place)
        decided.append((place, labels[place]))
        missing -= labels[place]
    return [*shown, *unread.tolist()]
