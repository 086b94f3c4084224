"""Numbers behind a title that are none of it: which of the letters under one title it is, which report of a house, which article of a volume."""

from __future__ import annotations

import re

from review.model.patterns import lazy

LETTER, REPORT, ARTICLE = "letter ", "report ", "article "  # before the number, where that of a congress has nothing
# A cheap look that leaves the rest to the few that need it, in ASCII: all letters of Unicode take longer to make ready.
NUMBERED = (
    r"(?:Paper|Report|Brief|Digest)s?[A-Za-z ,]{1,20}\.? ?[A-Z]{0,4}[- ]?[0-9]|(?-u:\b)(?:NC[A-Z]{2,3}|REL|WWC) [0-9]{4}-|- art\. no\. "
)
# ERIC's titles end with what the report is in: NCEE 2009-4043; NBER Working Paper No. 14500; Issues & Answers. REL 2009-No. 063. What says which part
# of a report it is stays.
_REPORT = lazy(
    r"[.?!]\s+(?:Issues & Answers\.\s+)?(?!.*\b(?:Final|Interim|Summary|Volume|Vol|Part|Appendix|Supplement|Addendum)\b)(?:(?:[A-Z][\w&'’-]*,?\s+|(?:in|on|of|and|for|the|&)\s+){0,8}"
    r"(?:(?:(?:Working|Discussion|Research|Technical|Policy|Occasional)\s+(Paper|Report|Brief)s?(?:\s+Series)?,?(?:\s+(?:[Nn]o\.?|[Nn]umber))?"
    r"|(Paper|Report|Brief|Digest)s?(?:\s+Series)?,?\s+(?:[Nn]o\.?|[Nn]umber))\s+([A-Z]{0,4}[- ]?\d[\w.-]*)|(?:NCEE|NCES|NCSER|NCER|REL|WWC)\s+(\d{4}-(?:No\.\s*)?\d{2,4})))\W*$"
)
_LONGEST = 1000  # letters: in what is no title these patterns would take the square of them
_ARTICLE = lazy(r"\s+-\s+art\. no\. (\S+?)\W*$")  # as Web of Science had it
_LETTER = lazy(
    r"(?<!\s)\s+\[(\d{1,2})\](?:\s*\(multiple letters\))?\W*$", re.IGNORECASE
)  # as Embase counts them: [3], [1] (multiple letters)


def number_behind(text: str) -> tuple[str, str]:
    """A title without the number of a report or an article behind it, and the number, with what it is one of; '' where there is none."""
    if len(text) > _LONGEST:
        return text, ""
    if found := _ARTICLE.search(text):
        return text[: found.start()], f"{ARTICLE}{found[1].casefold()}"
    if found := _REPORT.search(text):
        number = "".join(filter(str.isdecimal, found[3] or found[4]))
        return text[: found.start()], f"{REPORT}{(found[1] or found[2] or 'number').casefold()} {number}"
    return text, ""


def letter_behind(text: str) -> tuple[str, str]:
    """A title without the number that it has among letters, and the number."""
    found = _LETTER.search(text) if "[" in text else None
    return (text[: found.start()], f"{LETTER}{found[1]}") if found else (text, "")
