"""Text that people and scripts wrote with a field a line, `Title: …`: its names are those that a table's columns may have.

Where the first name of the file comes again, the next entry begins. Any other name begins a field of its own, but for the headings of an
abstract, which may stand at the beginning of a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.stream import first_block
from review.formats.characters.text import normalise
from review.formats.columns.csv_columns import EXTRAS, extra_of, field_of, squash
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.model.patterns import lazy
from review.model.record import Record, Reject

_LINE = lazy(r"(?:[-*•] )?\**([A-Z][\w /()-]{1,30}?)\**(?:\([sS]\))? ?: ?\**(?:[ \t]+(.*)|$)")
_HEADING = lazy(
    r"\s*#{0,4} ?(?:(?:Record|Reference|Article|Citation|Paper|Study|Result|Entry|No\.?) ?#?)?\[?\d{1,5}(?: of \d{1,6})?[.)\]:]?\s*$"
)
_RULES = frozenset(sign * count for sign in "-=_*#" for count in range(3, 121))
_HEADINGS = lazy(
    r"(?:the )?(?:back|methods?|material|result|finding|conclusion|aim|objective|purpose|introduction|design|setting|participant|patient|intervention|main|"
    r"measure|outcome|discussion|limitation|implication|interpretation|context|data |study selection|significance|trial reg|funding|importance|hypothes|rationale)",
    re.IGNORECASE,
)
_LISTS = frozenset({"authors", "keywords"})
_NAMES = {"by": "authors", "published": "publication date"}  # Web of Science's own, as it prints a list
_LEAST = 3  # fields that the file names
_TOP = 5  # lines, of which one names the first field


def _label(line: str) -> tuple[str, str] | None:
    """The name of a field, in small letters, and its text."""
    found = _LINE.match(line)
    name = found[1].strip() if found else ""
    if found is None or (_HEADINGS.match(name) and not _known(name)):
        return None
    listed = f"{squash(name).removesuffix('s')}s"
    return listed if listed in _LISTS else name.casefold(), (found[2] or "").strip()


def _known(name: str) -> bool:
    return field_of(name) is not None or extra_of(name) in EXTRAS


def _named(head: str) -> list[str]:
    """The names that are known of the fields in the text, in their order."""
    return [found[0] for line in head.split("\n") if (found := _label(line)) and _known(found[0])]


def score(head: str) -> float:
    """0.6 for text that begins with the name of a field and names a title and two other fields, else 0."""
    head = normalise(head).lstrip("\n ")
    if not _named("\n".join(head.split("\n", _TOP)[:_TOP])):
        return 0.0
    fields = {known[0] for name in _named(head) if (known := field_of(name))}
    return 0.6 if "title" in fields and len(fields) >= _LEAST else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order. Raises FormatError where there is none."""
    labels = Labels(_label, _NAMES, opens=frozenset({_first(first_block(data))}), closes=_RULES, heading=_HEADING, lists=_LISTS)
    yield from read_labelled(data, labels, "Title: A title")


def _first(head: str) -> str:
    """The name with which each entry begins: the first that comes as often as there are titles."""
    found = Counter([label[0] for line in head.split("\n") if (label := _label(line))])
    titles = max((count for name, count in found.items() if (known := field_of(name)) and known[0] == "title"), default=1)
    return next((name for name, count in found.items() if count >= titles), "title")


FORMAT = Format("field-text", "text with a field a line, as people and scripts write it", score, read)
