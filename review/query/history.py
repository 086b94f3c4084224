"""PubMed's own search history as a strategy: its CSV export, and lines copied from its page.

The filters that were ticked beside a search stand in a column of their own, or behind `Filters:`; they are part of it.
"""

from __future__ import annotations

import csv
import io
import re

from review.model.patterns import lazy

_COPIED = lazy(
    r"^(?P<label>#?\d{1,4}[a-z]?[.):]?[ \t]+)?(?:Search:[ \t]*)?(?P<query>\S.*?)(?:[ \t]+Filters:[ \t]*(?P<filters>.+?))?(?:[ \t]+Sort by:.*?)?[ \t]*$", re.MULTILINE
)  # fmt: skip
_SORTED = lazy(r"^(?:#?\d{1,4}[.):]?[ \t]+)?Search:.*[ \t](?:Filters|Sort by):|[\])\"*][ \t]+Filters:[ \t]*[A-Z]", re.MULTILINE)
_FILTERS = frozenset({"filter", "sb", "pdat", "dp", "date - publication", "edat", "crdt"})
_DATES = lazy(r"from (\d{4}(?:/\d{1,2}){0,2}) (?:-|to) (\d{4}(?:/\d{1,2}){0,2})", re.IGNORECASE)
_LAST = lazy(r"in the last (\d+) years?", re.IGNORECASE)
# What PubMed's page calls a filter, and what it sends for it; others by their name without spaces.
_SENT = {"abstract": "fha", "free full text": "ffrft", "full text": "fft", "associated data": "data", "child: birth-18 years": "allchild",
         "newborn: birth-1 month": "newborn", "infant: birth-23 months": "allinfant", "infant: 1-23 months": "infant",
         "preschool child: 2-5 years": "preschoolchild", "child: 6-12 years": "child", "adolescent: 13-18 years": "adolescent",
         "adult: 19+ years": "alladult", "young adult: 19-24 years": "youngadult", "adult: 19-44 years": "adult",
         "middle aged + aged: 45+ years": "middleagedaged", "middle aged: 45-64 years": "middleaged", "aged: 65+ years": "aged",
         "80 and over: 80+ years": "80andover"}  # fmt: skip


def is_history(text: str) -> bool:
    """Has the header of PubMed's history export, or lines as its page shows them: `Search: … Filters: … Sort by: …`."""
    return text.lstrip("\ufeff").lower().startswith("search number,query,") or bool(_SORTED.search(text))


def from_history(text: str) -> str:
    """The same as `parse` reads it: `#3 query (hits)` for each row, oldest first; filters joined to their query with AND."""
    if not text.lstrip("\ufeff").lower().startswith("search number,query,"):
        return _COPIED.sub(lambda m: f"{m['label'] or ''}{_with_filters(m['query'], m['filters'] or '', '')}", text)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    lines: list[tuple[int, str]] = []
    for row in rows:
        number, query = (row.get("Search number") or "").strip(), " ".join((row.get("Query") or "").split())
        if number.isdigit() and query:
            hits = (row.get("Results") or "").strip()
            query = _with_filters(query, row.get("Filters") or "", row.get("Search Details") or "")
            lines.append((int(number), f"#{number} {query}" + (f" ({hits})" if hits else "")))
    return "".join(f"{line}\n" for _, line in sorted(lines))


def _with_filters(query: str, filters: str, details: str) -> str:
    names = [" ".join(f.split()) for f in filters.split(",") if f.strip()]
    if not names:
        return query
    return f"({query}) AND {_tail(details) or ' AND '.join(map(_filter, names))}"


def _tail(details: str) -> str:
    """The group at the end of the details that holds filters alone: as PubMed itself joined them, some with OR."""
    if not details.rstrip().endswith(")"):
        return ""
    details = details.rstrip()
    depth = 0
    for i in range(len(details) - 1, -1, -1):
        depth += (details[i] == ")") - (details[i] == "(")
        if depth == 0:
            group = details[i:]
            tags = re.findall(r"\[([^\[\]]+)\]", group)
            return group if tags and all(t.lower() in _FILTERS for t in tags) else ""
    return ""


def _filter(name: str) -> str:
    if dates := _DATES.fullmatch(name):
        return f"{dates[1]}:{dates[2]}[pdat]"
    if last := _LAST.fullmatch(name):
        return f"y_{last[1]}[filter]"
    return f"{_SENT.get(name.lower()) or re.sub(r'[^a-z0-9-]', '', name.lower())}[filter]"
