"""PubMed's history export (a CSV file of numbered searches) as a strategy of numbered lines."""

from __future__ import annotations

import csv
import io


def is_history(text: str) -> bool:
    """Has the header of PubMed's history export."""
    return text.lstrip("\ufeff").lower().startswith("search number,query,")


def from_history(text: str) -> str:
    """`#3 query (hits)` for each row, oldest first, as `parse` reads it."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    lines: list[tuple[int, str]] = []
    for row in rows:
        number, query = (row.get("Search number") or "").strip(), " ".join((row.get("Query") or "").split())
        if number.isdigit() and query:
            hits = (row.get("Results") or "").strip()
            lines.append((int(number), f"#{number} {query}" + (f" ({hits})" if hits else "")))
    return "".join(f"{line}\n" for _, line in sorted(lines))
