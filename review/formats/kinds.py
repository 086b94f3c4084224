"""Kinds of works, and the word that each format has for them: `Record.type` is what the source wrote, in any of these."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work. bibtex: entry type; csl: CSL type; endnote: the name and number of EndNote's reference type."""

    name: str
    bibtex: str
    csl: str
    endnote: tuple[str, int]
    words: str  # what else sources call it: squashed, one regular expression


# The first that fits wins. EndNote's numbers: its reference types, as its XML export writes them.
KINDS = (
    Kind("preprint", "unpublished", "article", ("Unpublished Work", 34), r"preprint|posted-?content|unpb|unpublished.*|manuscript"),
    Kind(
        "chapter", "incollection", "chapter", ("Book Section", 5), r"chap|.*book(chapter|section)|chapter|inbook|incollection|inreference|echap"
    ),
    Kind("conference", "inproceedings", "paper-conference", ("Conference Paper", 47), r"cpaper|conf|conference.*|meeting.*|inproceedings|proceedingsarticle|paperconference|.*conferencepaper|congress"),
    Kind("proceedings", "proceedings", "book", ("Conference Proceedings", 10), r"proceedings?"),
    Kind("thesis", "phdthesis", "thesis", ("Thesis", 32), r"thes|.*thesis|.*dissertation.*"),
    Kind("government", "techreport", "report", ("Government Document", 46), r"govdoc|governmentdocument"),
    Kind("report", "techreport", "report", ("Report", 27), r"rprt|.*report|standard|stand|workingpaper|guideline"),
    Kind("patent", "patent", "patent", ("Patent", 25), r"pat|patent"),
    Kind("newspaper", "article", "article-newspaper", ("Newspaper Article", 23), r"news|newspaper.*|articlenewspaper"),
    Kind("magazine", "article", "article-magazine", ("Magazine Article", 19), r"mgzn|magazine.*|articlemagazine"),
    Kind("data", "dataset", "dataset", ("Dataset", 59), r"data|dataset|dataset.*|aggregateddatabase|dbase|database"),
    Kind("web", "online", "webpage", ("Web Page", 12), r"elec|web(page|site)?|online|electronic|blog|postweblog|post|icomm"),
    Kind("electronic article", "article", "article-journal", ("Electronic Article", 43), r"ejour|electronicarticle"),
    Kind("book", "book", "book", ("Book", 6), r"book|whole|ebook|mvbook|edbook|editedbook|monograph|collection|edited"),
    Kind(
        "journal", "article", "article-journal", ("Journal Article", 17),
        r"jour|jfull|article|.*journal(article)?|articlejournal|articles?|j|.*review|editorial|letter|note|erratum|comment|abst|inpr|articleinpress|.*trial.*",
    ),
)  # fmt: skip
GENERIC = Kind("generic", "misc", "document", ("Generic", 13), "")
_PATTERNS = tuple((re.compile(kind.words), kind) for kind in KINDS)
_OWN = {word: kind for kind in reversed(KINDS) for word in (kind.bibtex, kind.csl, kind.endnote[0].casefold())}
_OWN["article"] = KINDS[-1]  # CSL's word for a preprint is everybody else's for an article


def kind_of(text: str) -> Kind:
    """The kind that a type names, be it a source's word (`Journal Article; Review`) or the code of a format."""
    if own := _OWN.get(text.casefold()):
        return own
    for part in re.split(r"[;|]", text.casefold()):
        word = re.sub(r"[^a-z]", "", part)
        for pattern, kind in _PATTERNS:
            if word and pattern.fullmatch(word):
                return kind
    return GENERIC
