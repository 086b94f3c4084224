"""Strategies written for other databases, told by their own signs: they are refused by name, not read as something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.model.patterns import lazy


@dataclass(frozen=True, slots=True)
class Foreign:
    """Whose syntax it is, and the place of the first sign of it."""

    code: str
    name: str
    start: int
    end: int


_SIGNS = tuple(
    (code, name, lazy(pattern, flags))
    for code, name, pattern, flags in (
        (
            "ebsco",
            "EBSCOhost (CINAHL, PsycINFO …)",
            r"\b(?:MH|MM|MJ|DE|TI|AB|SU|TX|KW|AF|PT|ZT) ?[\"“(][^)\n]|\(?\bS\d{1,3}\)? +(?:AND|OR|NOT) +\(?S\d{1,3}\b|\b(?:TI|AB|TX|SU) (?!AND|OR|NOT)\w+[*?]?(?= (?:OR|AND|NOT) (?:TI|AB|TX|SU)\b)|[\w*)\"] [NW]\d{1,2} [\w(\"]",
            0,
        ),
        (
            "embase.com",
            "embase.com (Elsevier)",
            r"'[^'\n]{2,80}'/(?:exp|de|mj|br)\b|[\w*')\"]:(?:ti|ab|kw|de|tn|jt)(?:,(?:ti|ab|kw|de|tn|jt))*\b|\[(?:embase|medline|humans|english|conference abstract)\]/(?:lim|py)\b|\bNEXT/\d",
            re.IGNORECASE,
        ),
        ("wos", "Web of Science", r"\b(?:TS|TI|AB|AK|KP|AU|SO|WC|ALL|LA|DT|PY) ?= ?[(\"\w]", 0),
        ("scopus", "Scopus", r"\b(?:TITLE-ABS-KEY|TITLE-ABS|TITLE|ABS|KEY|AUTHKEY|INDEXTERMS|DOCTYPE|PUBYEAR|LIMIT-TO|EXCLUDE|W/\d+|PRE/\d+) ?[(\"<>=]|\b(?:W|PRE)/\d+\b", 0),
        ("cochrane", "the Cochrane Library", r"\[mh [\"^\w]|\bMeSH descriptor: ?\[|\bexplode all trees\b|[\w*)\"]:(?:ti,ab,kw|ti,ab|ti|kw)\b|\bnear/\d", re.IGNORECASE),
        ("proquest", "ProQuest", r"\b(?:MAINSUBJECT|MESH|SU|EMB|SUBJECT)\.EXACT(?:\.EXPLODE)?\(|\bnoft\(|\b(?:ti|ab|su),?(?:ti|ab|su)?\([\"\w]", 0),
    )
)  # fmt: skip


def foreign(text: str, own: int) -> Foreign | None:
    """The other database whose signs a strategy has most, if they outnumber its `own`, those of PubMed or Ovid; None else.

    One sign may be an accident of the words (`vitamin W3`), so two are asked for.
    """
    best: tuple[int, Foreign] | None = None
    for code, name, pattern in _SIGNS:
        found = list(pattern.finditer(text))
        if len(found) > 1 and len(found) > own and (best is None or len(found) > best[0]):
            best = (len(found), Foreign(code, name, *found[0].span()))
    return best[1] if best else None
