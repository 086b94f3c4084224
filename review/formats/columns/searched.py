"""What people write into a column `source` of their tables: where the record was found, which is not the journal."""

from __future__ import annotations

import re

from review.model.patterns import lazy

_DATABASE = (
    r"(?:ovid )?(?:pub ?med|medline|embase|emcare|psyc ?info|psyc ?articles)|(?:pubmed central|e?pmc|europe ?pmc)|scopus|web ?of ?(?:science|knowledge)|wos|isi|ssci|scie|cinahl|amed|"
    r"cochrane|central|lilacs|ibecs|bvs|vhl|bireme|scielo|redalyc|latindex|google(?: scholar)?|pro ?quest|ebsco(?: ?host)?|ovid(?: ?sp)?|ieee(?: ?xplore)?|acm(?: dl)?|science ?direct|"
    r"springer(?: ?link)?|wiley(?: online)?|taylor (?:and|&) francis|sage(?: journals)?|dimensions|(?:the )?lens|open ?alex|cross ?ref|semantic scholar|doaj|pedro|otseeker|eric|agris|"
    r"agricola|cabi?|global index medicus|jstor|cnki|wan ?fang|vip|sino ?med|cbm|korea ?med|riss|kiss|ichushi|cinii|j-?stage|indmed|sport ?discus|socindex|sociological abstracts|assia|"
    r"ibss|econlit|inspec|compendex|engineering village|biosis|epistemonikos|ajol|trip(?: database)?|open ?grey|mendeley|zotero|endnote|rayyan|covidence"
)
_WAY = r"(?:(?:hand|manual|citation|database|register|snowball|backward|forward|reference|grey|gray|author|expert|web(?:site)?)s?[ -]?){1,2}(?:search(?:es|ing)?|chasing|tracking|lists?|literature|ing)?|others?|additional records?"
_MORE = r"core collection|collection|all|complete|plus|ultimate|with full ?text|full ?text|library|central|advanced|digital|direct|abstracts|databases?|search|results?|export|r|epub ahead of print|in-process"
_SEARCHED = lazy(
    rf"(?:the )?(?:{_DATABASE}|{_WAY})(?:(?:\s|\s*[,/&+;:-]\s*)(?:(?:and|or|via|on|in|through|by|from) )?(?:{_DATABASE}|{_MORE}))*(?:\s*[(<\[].{{0,80}})?\d*",
    re.IGNORECASE,
)
# `prior review: Roe (2021)`, `database search: "kerb" + "lamp"`
_FOUND_IN = lazy(
    rf"(?:{_DATABASE}|{_WAY}|(?:(?:prior|previous|earlier|existing|other|systematic) )+reviews?|registr(?:y|ies)(?: search)?)\s*:\s",
    re.IGNORECASE,
)


def is_where_searched(text: str) -> bool:
    """Whether a text is the name of a database or of a way of searching (`PubMed`, `Web of Science (Core Collection)`, `hand search`), or no word at all."""
    if not any(map(str.isalpha, text)):
        return True
    return len(text) < 120 and ((": " in text and _FOUND_IN.match(text) is not None) or _SEARCHED.fullmatch(text) is not None)
