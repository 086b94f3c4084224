"""What people put below a table: the sum of a column, a note about all of it. It looks like an entry with a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from review.model.patterns import lazy

_COUNTED = r"(?: (?:no|number|count|n|of|all|hits|found|records?|articles?|papers?|studies|references?|results?|included|excluded))*"
_SUM = lazy(
    rf"(?:(?:grand |sub-?)?total{_COUNTED}|sum|summe|gesamt|suma|somme|totale|totaal|итого|всего|合计|合計|总计|總計|합계)\s*[:=]?\s*(?:\(?n ?= ?)?\d*\)?{_COUNTED}",
    re.IGNORECASE,
)
# Above the rows that a database gave, in one list of all.
_HEADING = lazy(
    r"(?:data ?bases?|sources?|search(?:es)?|datenbank|quelle|base de (?:datos|données|dados)|fuente|fonte|数据库|数据来源)\s*[:：].{1,60}",
    re.IGNORECASE,
)
_WORKS = "(?: (?:studies|articles|papers|records|reports|references|trials|publications|reviews))?"
_GROUP = lazy(  # what the rows below it have in common: a verdict, a source, a year
    rf"(?:not )?(?:includ|exclud)ed?{_WORKS}|(?:ir)?relevant{_WORKS}|maybe|unclear|uncertain|undecided|duplicates?{_WORKS}|(?:1[89]|20)\d\d"
    r"|pubmed|(?:ovid )?(?:medline|embase|psycinfo)|scopus|web of science|wos|cochrane(?: library| central)?|cinahl|google scholar|ieee xplore|proquest|lilacs|scielo"
    r"|science ?direct|gr[ea]y literature|hand[ -]?search(?:es|ing)?|citation search(?:es|ing)?|snowballing|other sources|.{3,80}\(n ?= ?\d+\)",
    re.IGNORECASE,
)
_NUMBER = lazy(r"[\d.,%() -]*")
_NOTE = lazy(
    r"(?:notes?|abbreviations?|footnotes?|legend|keys?|data sources?|anmerkung(?:en)?|abkürzungen|notas?|abreviaturas|siglas|remarques?|注)\s*[:：]|[*†‡§]+ ?\w",
    re.IGNORECASE,
)


def no_entry(cells: Sequence[str]) -> str:
    """Why a row of a table is no entry, for all that it has in the column of titles; "" for one that is."""
    told = [cell for cell in cells if cell]
    if not told or len(cells) < 3 or len(told) > 3:
        return ""
    if _SUM.fullmatch(told[0]) and all(map(_NUMBER.fullmatch, told[1:])):
        return "the sum of a column, no entry"
    if len(told) == 1 and (_HEADING.fullmatch(told[0]) or _GROUP.fullmatch(told[0].rstrip(" :"))):
        return "a heading within the table, no entry"
    return "a note about the table, no entry" if len(told) == 1 and _NOTE.match(told[0]) else ""
