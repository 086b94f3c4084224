"""Tagged values on their way into a Record: what is claimed for a field leaves the bag, the rest becomes `extra`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from review.formats.text import collapse, unescape
from review.model.record import Record

Pairs = Iterable[tuple[str, str]]


class Bag:
    """The (tag, text) pairs of one entry. Nothing is lost: `rest` gives back whatever no field has claimed."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Pairs) -> None:
        self._values: dict[str, list[str]] = {}
        for tag, value in pairs:
            if value:
                self._values.setdefault(tag, []).append(value)

    def one(self, *tags: str) -> str:
        """The first value among the tags, in the order of the tags; the same words under another of them go too."""
        chosen = ""
        for tag in tags:
            values = self._values.get(tag)
            if not values:
                continue
            if not chosen:
                chosen = values.pop(0)
            if chosen in values:
                values[:] = [v for v in values if v != chosen]
        return chosen

    def peek(self, *tags: str) -> list[str]:
        """All values of the tags, left in the bag."""
        return [v for tag in tags for v in self._values.get(tag, ())]

    def drop(self, value: str, *tags: str) -> None:
        """Claim this very value wherever the tags hold it."""
        for tag in tags:
            if value in self._values.get(tag, ()):
                self._values[tag] = [v for v in self._values[tag] if v != value]

    def all(self, *tags: str) -> list[str]:
        """All values of the tags, each once, in the order of the tags."""
        return list(dict.fromkeys(v for tag in tags for v in self._values.pop(tag, ())))

    def rest(self) -> tuple[tuple[str, str], ...]:
        """What nothing has claimed, by tag in the order of first appearance."""
        return tuple((tag, v) for tag, values in self._values.items() for v in values)


def tidy(text: str) -> str:
    """One line, entities as characters: for titles, names and journals."""
    return unescape(collapse(text))


def is_bare(record: Record) -> bool:
    """True where there is nothing to screen or to look up: no title, abstract or identifier."""
    return not (
        record.title or record.abstract or record.doi or record.pmid or record.pmcid or record.isbn or record.url or record.accession
    )


_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx-])")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}[-\u2010-\u2015]?\d{3}[\dXx](?![\dXx-])")


def serials(values: Iterable[str]) -> tuple[str, str, list[str]]:
    """ISSNs and ISBNs (each joined by `; `) among the values, and the values that held neither or said more."""
    issn: list[str] = []
    isbn: list[str] = []
    left: list[str] = []
    for value in values:
        books = _ISBN.findall(value)
        remaining = _ISBN.sub(" ", value)
        journals = _ISSN.findall(remaining)
        if re.search(r"\w", _ISSN.sub("", remaining)):  # `1878-0849 (Electronic)`
            left.append(value)
        isbn += [b.strip() for b in books]
        issn += journals
    return "; ".join(dict.fromkeys(issn)), "; ".join(dict.fromkeys(isbn)), left


_PMID_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|europepmc\.org/(?:article|abstract)/med)/(\d{1,8})\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*(\d{1,8})(?:\.0)?\s*(?:\[|$)")
_PMID_WORD = re.compile(r"(?:\bPMID:?|\bPUBMED[:\s]|^MEDLINE:|^NLM)\s*(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\d{3,9}\b", re.IGNORECASE)


def pmid_in(text: str, bare: bool = False) -> str:
    """A PMID that the text names as one (`PMID: 1`, a PubMed address); with `bare`, also a number alone."""
    # Ovid writes `37481009 [https://…]`, a data frame `37481009.0`.
    if bare and (number := _BARE.match(text)):
        return number[1].lstrip("0")
    found = _PMID_URL.search(text) or _PMID_WORD.search(text)
    return found[1] if found else ""


def pmcid_in(text: str) -> str:
    """A PMCID in the text, as `PMC123`, or ""."""
    found = _PMCID.search(text)
    return found[0].upper() if found else ""


def _literal_list(text: str) -> list[str]:
    """The items of a Python list written out (`['a', 'b']`), as data frames leave them in a cell."""
    if text.startswith("[") and text.endswith("]") and len(text) < 100_000:
        try:
            items = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return []
        if isinstance(items, list):
            return [str(i) for i in items]
    return []


_AND = re.compile(r"\s+(?:and|AND)\s+")
_SUFFIX = r"(?:,? (?:Jr|Sr|2nd|3rd|4th|II|III|IV)\.?)?"
# `Pérez-de la Fuente R`, `O'Connor RE.`, `Liu R.-X.`, and the other way round `M. O. Nasri`
_INITIALS = re.compile(rf"(?:[^\d,;]+ (?:[^\W\d_a-z]\.?[-\s]?){{1,4}}{_SUFFIX}\.?|(?:[^\W\d_a-z]\.[-\s]?)+ ?[^\d,;]+)$")


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a cell that holds all of them, by whichever separator the exporter used.

    Commas separate names only where the parts look like names by themselves (`Tikka C, Verbeek JH`): in
    `Marx, Karl` they do not. A name that can't be told apart stays as it was written.
    """
    text = text.strip()
    parts = _literal_list(text)
    if not parts:
        for separator in ("\n", ";", "|"):
            if separator in text:
                parts = text.split(separator)
                break
        else:
            parts = _AND.split(text)
            commas = text.split(",")
            if len(parts) == 1 and len(commas) > 1:
                named = sum(1 for c in commas if _INITIALS.match(c.strip()))
                if named >= 0.6 * len(commas) or (len(commas) > 2 and all(" " in c.strip() for c in commas)):
                    parts = commas
    names = [collapse(p).removeprefix("and ").strip(",; ") for p in parts]
    names = [n for n in names if n]
    # PubMed ends the list, not the name, with a full stop.
    if names and names[-1].endswith(".") and _INITIALS.match(names[-1]) and not any("." in n for n in (*names[:-1], names[-1][:-1])):
        names[-1] = names[-1][:-1]
    return tuple(unescape(n) for n in names)


_SPLITTING = re.compile(r"[\n;|&\[]")


def split_keywords(text: str, comma: bool = False) -> list[str]:
    """The keywords in one value, split at line ends, `;` or `|`; with `comma`, else at commas."""
    text = text.strip()
    if not _SPLITTING.search(text) and not comma:  # most are one keyword already
        return [collapse(text)] if text else []
    parts = _literal_list(text)
    if not parts:
        separators = ("\n", ";", "|", ",") if comma else ("\n", ";", "|")
        for separator in separators:
            if separator in text:
                parts = text.split(separator)
                break
        else:
            parts = [text]
    return [unescape(collapse(p)) for p in parts if p.strip()]
