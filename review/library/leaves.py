"""A term of a strategy as what is looked up: phrases in columns, codes, ids. Pure; the library is not asked here.

Whatever PubMed would do with a term that can't be done here, or would do wrongly without telling, is a `Refusal`.
Field by field after PubMed Help, "Search field tags": https://pubmed.ncbi.nlm.nih.gov/help/#using-search-field-tags
"""

from __future__ import annotations

from dataclasses import dataclass

from review.errors import ReviewError
from review.query.tree import Span
from review.store.library import COLUMNS, Phrase

WORDS, MORE = "words", "more"
SHORTEST = 4  # characters before a *: PubMed Help, "Truncating search terms"


class Refusal(ReviewError):
    """A part of a strategy that a library can't do faithfully: where it stands, what it is, what to write instead."""

    def __init__(self, span: Span, what: str, mend: str) -> None:
        where = f"line {span.line}, column {span.column}: " if span.line else ""
        super().__init__(f"{where}{what}", mend)
        self.span = span
        self.what = what


class Refused(ReviewError):
    """A strategy with one or more refusals."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        first = refusals[0]
        if len(refusals) == 1:
            super().__init__(first.message, first.hint)
        else:
            told = "\n".join(f"  {r.message}. {r.hint}" for r in refusals)
            super().__init__(
                f"{len(refusals)} things in this strategy can't be done offline as PubMed does them:\n{told}",
                "Mend them, or search PubMed live.",
            )
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Options:
    """all_fields: an untagged term is looked for in all fields, as it stands, without PubMed's term mapping."""

    all_fields: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """Any of the phrases in any of these columns."""

    places: tuple[tuple[str, tuple[str, ...]], ...]
    alternatives: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """All operands in one value of a column, with at most `between` other words among them, in any order."""

    index: str
    columns: tuple[str, ...]
    operands: tuple[Phrase, ...]
    between: int


@dataclass(frozen=True, slots=True)
class Codes:
    """Any of the codes or prefixes of codes. `unknown`: a refusal, if no record has any; `sure`: there is none, so that
    finding nothing is the answer, and the refusal is only told."""

    tokens: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    unknown: Refusal | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Pmids:
    """PMIDs from low to high."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All records."""


@dataclass(frozen=True, slots=True)
class Together:
    """Several leaves that must all hold (AND), or any of them."""

    parts: tuple[Leaf, ...]
    every: bool = True


Leaf = Phrases | Near | Codes | Pmids | Everything | Together

TEXT: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "TIAB": ((WORDS, COLUMNS[WORDS]),),
    "TITL": ((WORDS, ("title",)),),
    "OTRM": ((WORDS, ("keywords",)),),
    "AFFL": ((MORE, ("affiliation",)),),
    "TT": ((MORE, ("vernacular",)),),
    "COIS": ((MORE, ("interests",)),),
    "WORD": ((WORDS, COLUMNS[WORDS]), (MORE, ("subjects",))),
    "ALL": ((WORDS, COLUMNS[WORDS]), (MORE, COLUMNS[MORE])),
}
CODED = {
    "JOUR": "jn", "JID": "ji", "VOL": "vi", "ISS": "ip", "PAGE": "pg", "PID": "id", "LID": "li", "ECNO": "rn", "SUBS": "nm", "SI": "si",
    "GRNT": "gr", "CNTY": "pl", "COLN": "cn", "AUID": "ai",
}  # fmt: skip
PEOPLE = {"AUTH": "au", "FAUT": "fa", "LAUT": "za", "INVR": "iv", "PS": "ps"}
FULL_NAMES = {"FULL": "fu", "FINV": "fi"}
DATES = {
    "PDAT": "dp", "EDAT": "ed", "CRDT": "cd", "MDAT": "md", "CDAT": "dc", "MHDA": "mm", "PPDT": "pp", "EPDT": "ep", "P1DAT": "p1",
}  # fmt: skip
# Status subsets: PubMed Help, "Citation status subsets".
SUBSETS = {"medline": "st_medline", "inprocess": "st_inprocess", "publisher": "st_publisher", "pubmednotmedline": "st_pubmednotmedline"}
