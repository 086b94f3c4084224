"""Numbers and kinds in a row of a table: volume, issue, pages, ids, and what kind of document it is."""

from __future__ import annotations

import re

from review.formats.characters.literal import literal_list
from review.formats.characters.text import year_in
from review.formats.tables.csv_cells import Cells
from review.formats.tables.spreadsheet import undated
from review.formats.values.ids import id_before
from review.formats.values.keyword_lists import uncoded
from review.formats.values.numbers import BOTH, is_ahead, is_number, number_in, pages, volume_and_issue, whole, with_supplement
from review.model.patterns import lazy

_SPACED = lazy(r"(\d{1,4}) (\d{1,4})")  # Semantic Scholar's
_SLASH = lazy(r"(\d{1,4}) ?/ ?(\d{1,4}(?:-\d{1,4})?)")


def volume_of(cells: Cells) -> tuple[str, str]:
    """Volume and issue, also where one cell has both: `Vol. 12, No. 3`, `12(3)`; in a column that is called so, `12/3`."""
    volume, issue = number_of(cells, "volume"), number_of(cells, "issue")
    if not volume and not issue:
        return _both(cells.best("volume issue"))
    if issue and not cells.has("volume") and (both := BOTH.fullmatch(issue)) and both["in"]:  # pubmed_parser's
        return both["volume"], both["in"]
    if volume and not issue and (spaced := _SPACED.fullmatch(volume)):
        return spaced[1], spaced[2]
    if volume and not issue and "/" in cells.named("volume")[0][0] and (both := _SLASH.fullmatch(volume)):
        return both[1], both[2]
    volume, issue = volume_and_issue(volume, issue)
    if (told := cells.best("supplement")) and (supplemented := with_supplement(issue, told)):
        cells.take("supplement")
        issue = supplemented
    return volume, issue


_FILES = frozenset({"PDF", "HTML", "DOC", "PS", "RTF", "CITATION"})  # how Google Scholar has a work


# OpenOffice's numbers for kinds (com.sun.star.text.BibliographyDataType), in its tables and those of JabRef.
_OF_OFFICE = (
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "article", "manual", "mastersthesis", "misc", "phdthesis", "proceedings",
    "techreport", "unpublished", "email", "online",
)  # fmt: skip


def type_of(cells: Cells) -> str:
    """The kinds of document that a row names, joined by `; `."""
    if cells.marked("gsrank") and not _FILES.isdisjoint(cells.values("type")):
        return ""
    if cells.marked("identifier", "howpublished") and (number := cells.best("type")).isdecimal() and int(number) < len(_OF_OFFICE):
        cells.take("type")
        return _OF_OFFICE[int(number)]
    kinds = _uncoded(cells.take_series("type"))
    return "; ".join(dict.fromkeys(text for kind in kinds for line in kind.split("\n") if (text := line.strip("; "))))


_ROUNDED = lazy(r"\d(?:[.,]\d+)?E\+\d\d")
_ROUNDED_END = lazy(r"(?:(\w+)-)?\d(?:[.,]\d+)?E\+\d\d")


_GROUPED = lazy(r"\d{1,3}([,.'\u00a0\u202f])\d{3}(?:\1\d{3})*")
_GROUPS = lazy(r"\d{1,2},\d{3} ?[-\u2010-\u2015] ?\d{1,2},\d{3}")


def ungrouped(number: str) -> str:
    """A number of which a spreadsheet parted the thousands: `31,000,001`. Only where it is known what stands there: a year, a PMID."""
    found = _GROUPED.fullmatch(number)
    return number.replace(found[1], "") if found else whole(number)


def number_of(cells: Cells, field: str) -> str:
    """The number of a volume, issue or page; Publish or Perish writes 0 for none."""
    first = cells.best(field)
    if not first or is_ahead(first):
        return ""
    if "E+" in first and (rounded := _ROUNDED_END.fullmatch(first)):  # 156.e2, which a spreadsheet took for a number
        return rounded[1] or ""  # the cell stays in `extra`
    if field in ("volume", "issue") and not is_number(first):
        return number_in(first)  # the cell stays in `extra`
    if field == "issue" and not any(map(str.isdigit, first)) and not (cells.best("journal") or cells.best("volume")):
        return ""  # the matter that a paper is about
    if field in ("issue", "pages") and (was := undated(first, any_range=field == "pages")) != first:
        return was  # the cell stays in `extra`
    number = cells.take(field)
    if field == "pages" and _GROUPS.fullmatch(number):  # of which a spreadsheet parted the thousands
        return number.replace(",", "")
    return "" if number == "0" and cells.marked("gsrank") else whole(number)


def _uncoded(kinds: list[str]) -> list[str]:
    return ["; ".join(map(uncoded, literal_list(kind) or kind.split("; "))) if ":" in kind or kind[:1] == "[" else kind for kind in kinds]


_SHORT_ISSN = lazy(r"\d{3,6}[\dXx]")


def issn_of(cell: str) -> str:
    """An ISSN of which a spreadsheet took the zeros before it, `280836`, as it was, where its check digit fits; any other cell as it is."""
    number = whole(cell)
    if len(number) > 7 or not _SHORT_ISSN.fullmatch(number):
        return cell
    digits = number.upper().zfill(8)
    weighed = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return f"{digits[:4]}-{digits[4:]}" if (weighed + (10 if digits[7] == "X" else int(digits[7]))) % 11 == 0 else cell


def id_of(cells: Cells, field: str) -> str:
    """The best id that no spreadsheet rounded: `2.01234E+09` is that of many records."""
    if "E+" in (first := cells.best(field)) and _ROUNDED.fullmatch(first):
        return ""
    return id_before(first) or whole(cells.take(field))  # what is more than an id stays in `extra`


_COUNTED = lazy(r"\d+(?:[-\u2013]\d+)?")
_ISSUE_ONLY = lazy(r"^\D*(?:호|号|期|\bn(?:o|r|[úu]m)?\b|issue)|^\D*\d+\s*[호号期]", re.IGNORECASE)


_PLACE = lazy(
    r"(?P<volume>(?!(?:19|20)\d\d)\w{1,6})? ?(?:\((?P<in>[\w/ .-]{1,16})\)|, ?(?P<behind>[\w/-]{1,8})) ?[:,;] ?(?:pp?\.? ?)?(?P<pages>\w+(?: ?[-\u2010-\u2015] ?\w+)?)"
)


def pages_behind(cells: Cells) -> str:
    """The pages in the cell that has volume and issue too: `12(3):101-109`; the cell stays in `extra`."""
    found = _PLACE.fullmatch(cells.best("volume issue"))
    return pages(found["pages"]) if found else ""


def _both(text: str) -> tuple[str, str]:
    """The volume and the issue in one cell: `12권 3호`, `第12卷第3期`, `2024年12卷3期`, `12(3)`, `12(3):101-109`; the cell stays in `extra`."""
    if found := _PLACE.fullmatch(text):
        return found["volume"] or "", found["in"] or found["behind"]
    numbers = _COUNTED.findall(text) if text else []
    if len(numbers) > 2 and year_in(numbers[0]):
        numbers = numbers[1:]
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    only = numbers[0] if len(numbers) == 1 else ""
    return ("", only) if only and _ISSUE_ONLY.search(text) else (only, "")
