"""Ovid's `limit … to` as PubMed says it. A limit only takes away, so one that has no translation is left out: broader."""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.query.changes import Notes, Result, Whole, any_of
from review.query.fields import tag
from review.query.tree import DateRange, Mesh, Node, Span, Text, Word

LANGUAGES = frozenset(
    [
        "afrikaans",
        "albanian",
        "arabic",
        "bulgarian",
        "catalan",
        "chinese",
        "croatian",
        "czech",
        "danish",
        "dutch",
        "english",
        "estonian",
        "finnish",
        "french",
        "georgian",
        "german",
        "greek",
        "hebrew",
        "hindi",
        "hungarian",
        "icelandic",
        "indonesian",
        "italian",
        "japanese",
        "korean",
        "latvian",
        "lithuanian",
        "macedonian",
        "malay",
        "norwegian",
        "persian",
        "polish",
        "portuguese",
        "romanian",
        "russian",
        "serbian",
        "slovak",
        "slovenian",
        "spanish",
        "swedish",
        "thai",
        "turkish",
        "ukrainian",
        "vietnamese",
    ]
)
_HEADINGS = {
    "human": ("Humans",), "humans": ("Humans",), "animals": ("Animals",), "animal": ("Animals",), "female": ("Female",), "male": ("Male",),
    "all child": ("Infant", "Child", "Adolescent"), "all infant": ("Infant",), "newborn infant": ("Infant, Newborn",), "infant": ("Infant",),
    "preschool child": ("Child, Preschool",), "child": ("Child",), "adolescent": ("Adolescent",), "all adult": ("Adult",),
    "young adult": ("Young Adult",), "adult": ("Adult",), "middle age": ("Middle Aged",), "middle aged": ("Middle Aged",),
    "all aged": ("Aged",), "aged": ("Aged",), "pregnancy": ("Pregnancy",),
}  # fmt: skip
PUBLICATION_TYPES = frozenset(
    [
        "review",
        "randomized controlled trial",
        "controlled clinical trial",
        "clinical trial",
        "clinical trial, all",
        "meta analysis",
        "meta-analysis",
        "systematic review",
        "case reports",
        "comment",
        "editorial",
        "letter",
        "journal article",
        "multicenter study",
        "practice guideline",
        "guideline",
        "comparative study",
        "evaluation study",
        "observational study",
        "pragmatic clinical trial",
        "clinical trial, phase i",
        "clinical trial, phase ii",
        "clinical trial, phase iii",
        "clinical trial, phase iv",
        "news",
        "validation study",
        "twin study",
        "technical report",
        "validation studies",
        "evaluation studies",
        "historical article",
        "biography",
        "interview",
        "lecture",
        "address",
    ]
)
_YEARS = lazy(r'"?\s*(\d{4})\s*(?:-\s*(\d{4}|current)?)?\s*"?')


def condition(text: str, span: Span, notes: Notes, broad: bool) -> Result:
    """One condition as a PubMed node; EVERYTHING (or NOTHING, where the limit is taken away) with a note where there is none."""
    found: list[Node] = []
    for part in re.split(r"\s+or\s+", text):
        node = _one(part.strip().strip('"()').strip(), span)
        if node is None:
            notes.add("broader", f"the limit '{text}' has no translation", "left out", span)
            return Whole.EVERYTHING if broad else Whole.NOTHING
        found.append(node)
    return any_of(found, span)


def _one(text: str, span: Span) -> Node | None:
    match = re.fullmatch(r"(?:yr|year|dp)\s*=\s*(.+)", text)
    if match:
        years = _YEARS.fullmatch(match.group(1))
        if not years:
            return None
        end = years.group(2) or (years.group(1) if "-" not in match.group(1) else "current")
        return DateRange(years.group(1), "3000" if end == "current" else end, tag("PDAT"), span)
    match = re.fullmatch(r"(?:lg|la|language)\s*=\s*\"?([a-z]+)\"?", text)
    name = match.group(1) if match else text
    plain = re.sub(r"\s*\([^)]*\)?$", "", name).strip()
    if plain.removesuffix(" language") in LANGUAGES:
        return Text((Word((plain.removesuffix(" language"),)),), (tag("LANG"),), False, False, span)
    if plain == "medline":
        return Text((Word(("medline",)),), (tag("FILT"),), False, False, span)
    if plain in ("abstracts", "has abstract"):
        return Text((Word(("hasabstract",)),), (), False, False, span)
    if plain in _HEADINGS:
        headings: list[Node] = [Mesh(h, plain not in ("child", "infant", "adult", "aged"), False, (), True, span) for h in _HEADINGS[plain]]
        return any_of(headings, span)
    kind = plain.removesuffix(" articles").removesuffix("s") if plain in ("review articles", "reviews", "letters", "editorials") else plain
    kind = {
        "clinical trial, all": "clinical trial",
        "clinical trial/all": "clinical trial",
        "clinical trials, all": "clinical trial",
        "meta analysis": "meta-analysis",
    }.get(kind, kind)
    if kind in PUBLICATION_TYPES or plain in PUBLICATION_TYPES:
        return Text(tuple(Word((w,)) for w in kind.split()), (tag("PTYP"),), True, False, span)
    return None
