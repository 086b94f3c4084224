"""Readings of a field that formats share: names, serial numbers and PubMed's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from review.formats.characters.text import collapse, is_single_spaced, seen, unescape
from review.formats.values.bag import EMPTY
from review.formats.values.kinds import has_a_number
from review.model.patterns import lazy
from review.model.record import Record


def tidy(text: str) -> str:
    """One line, entities as characters: for titles, names and journals."""
    text = collapse(text)
    return collapse(unescape(text)) if "&" in text else text  # a blank may be written as an entity


_HAD_AS = lazy(r"(?:\[(?:PDF|HTML|BOOK|CITATION|DOC|PPT)\](?:\[(?:PDF|HTML|B|C)\])?\s+)+(?=[\w'\"“‘«])")


def bare_title(title: str) -> str:
    """A title without what Google Scholar puts before it of how it has the work: `[HTML][HTML] Walks`, `[BOOK] Walks`."""
    return _HAD_AS.sub("", title, count=1) if title[:1] == "[" and _HAD_AS.match(title) else title


def is_neat(text: str) -> bool:
    """Whether the text is on one line with single spaces and no entities, so that `tidy` and the like would change nothing in it."""
    return "&" not in text and is_single_spaced(text)


def names(values: list[str]) -> tuple[str, ...]:
    """The people in the values: one a value, or several with semicolons between them."""
    together = "\n".join(values)
    if not (
        ";" in together or " ," in together or "&" in together or "@" in together or "\t" in together or together.rfind("  ") >= 0
        or _ROLE in together or " 0" in together or ", null" in together or ", undefined" in together or together[:1] == "," or "\n," in together
        or _TIGHT_COMMA.search(together) or seen(together) != together
    ):  # fmt: skip
        return tuple(filter(None, values))  # as they nearly always are
    return tuple([name for value in values for part in unescape(value).split(";") if (name := person(part))])


_TIGHT_COMMA = lazy(r",(?! )")
_PERSON = lazy(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+)*(?:, [\w.'’-]+(?: [\w.'’-]+)*)?(?<!null)(?<!undefined)")
_MAIL = lazy(
    r"(?:[\s.;,]*(?:electronic address|e-?mail(?: address)?)\s?:)?\s*[(\[<]?([^\s()\[\]<>@]{1,64}@[^\s()\[\]<>@]{1,255})[)\]>]?\s*$",
    re.IGNORECASE,
)
_UNSPACED = lazy(r"\s*,(?=[^\W\d_])|\s+,(?=\s)")
_NOBODY = lazy(r",\s*(?:null|undefined)$")
_NAMESAKE = lazy(r"(?<=\w)\s+0\d{3}(?=\s*(?:,|$))")


def unnumbered(name: str) -> str:
    """A name without the number by which DBLP tells people of one name apart: `Jane Roe 0001`, `Roe 0001, Jane`."""
    return _NAMESAKE.sub("", name) if "0" in name else name


# `Smith|John A|JA|`, and an ORCID or `*` behind it: pubmed_parser's.
IN_PARTS = lazy(r"[^|;\d]{1,80}\|[^|;\d]{0,80}\|(?:[^\W\d_a-z][.\s-]{0,2}){0,6}\|(?:\*|[^|;]{0,79}\d[^|;]{0,79})?")


def person(text: str) -> str:
    """One name on one line: `Smith,John A.` (RIS, RefWorks) with the space that others write, without an address behind it."""
    if "0" not in text and _PERSON.fullmatch(text):
        return text  # as most are
    name = unnumbered(tidy(text))
    if "|" in name and IN_PARTS.fullmatch(name):
        return ", ".join(filter(None, map(str.strip, name.split("|")[:2])))
    name, _ = _mail_apart(name)
    if name.endswith(_ROLE):
        name = name.removesuffix(_ROLE)
        name = _AT_ADDRESS.sub("", name) if "," in name else name
    if "," in name:
        name = _UNSPACED.sub(", ", _NOBODY.sub("", name)).replace(",,", ",").replace(",  ", ", ").strip(" ,")
    return name


def _mail_apart(name: str) -> tuple[str, str]:
    """A name, and the address behind it."""
    found = _MAIL.search(name) if "@" in name and len(name) < _LONG else None
    return (name[: found.start()], found[1]) if found and found.start() else (name, "")


_LONG = 500  # letters, for a name


def mails(names: Iterable[str]) -> list[tuple[str, str]]:
    """For `Record.extra`, the addresses that `person` takes off the names."""
    parts = (name for text in names if "@" in text for name in unescape(text).split(";"))
    return [("email", mail) for name in parts if (mail := _mail_apart(tidy(name))[1])]


_ROLE = " (AUTHOR)"  # behind each name, at EBSCOhost, and behind the numbers of addresses: `Roe, Jane A.1,2 (AUTHOR)`
_AT_ADDRESS = lazy(r"(?<=[^\W\d_]|\.)\d{1,2}(?:, ?\d{1,2}){0,9}$")


_NONE = lazy(
    r"\[?(?:no abstract(?: is)?(?: available)?|abstract (?:is )?not available(?: from \w{1,12})?|abstract available from the publisher|no (?:authors?(?: names?)?|authorship)(?: available| listed| named| given| indicated)?)\.?\]?\.?|\[Anonymous\]|N/?A",
    re.IGNORECASE,
)


def says_none(text: str) -> bool:
    """True for what services and programs write where there is nothing: Scopus's `[No abstract available]`, R's `NA`."""
    return text in EMPTY or (len(text) < 40 and _NONE.fullmatch(text) is not None)


def is_untranslated(title: str) -> bool:
    """True for what PubMed writes where a title has no English form: its own is the title."""
    return len(title) < 20 and title.strip("[]. ").casefold() == "not available"


def is_bare(record: Record) -> bool:
    """True where there is nothing to screen or to look up: no title, abstract or identifier."""
    return not (
        record.title or record.abstract or record.doi or record.pmid or record.pmcid or record.isbn or record.url or record.accession
    )


def says_nothing(record: Record) -> bool:
    """True where there is not even an author or a journal: no entry of a bibliography."""
    return is_bare(record) and not record.authors and not record.journal


_ISBN = lazy(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx-])")
_DASH = lazy(r"[\u2010-\u2015\u2212 ]")  # what stands for the hyphen of an ISSN
# Without its dash it is none within a word: the number of a patent, `US12345678B2`, or of a report, `WHO/NMH/12345678`.
_ISSN = lazy(
    r"(?<![\dXx-])\d{4}[-\u2010-\u2015\u2212]\d{3}[\dXx](?![\dXx-])|^\d{4} \d{3}[\dXx]$|(?<![\w-])(?<![A-Za-z]/)\d{7}[\dXx](?![\w-])"
)


_NAMED = lazy(r"\b(?:[EP]-?)?ISSN-?(?=\d{4})", re.IGNORECASE)  # ERIC's `ISSN-0095-5145`
_PLAIN_ISSN = lazy(r"(\d{4}-\d{3}[\dXx])( \([A-Za-z]+\))?")
_TWO_ISSN = lazy(r"(\d{4}-\d{3}[\dXx])?-(\d{4}-\d{3}[\dXx])?")  # DergiPark's, of print and online, either of which may be missing


def serials(values: Iterable[str]) -> tuple[str, str, tuple[str, ...]]:
    """ISSNs and ISBNs (each joined by `; `) among the values, and the values that held neither or said more."""
    numbers = tuple(values)
    if len(numbers) == 1 and (plain := _PLAIN_ISSN.fullmatch(numbers[0])):
        return plain[1], "", numbers if plain[2] else ()
    return _serials(numbers) if len("".join(numbers)) < 200 else _serials.__wrapped__(numbers)


@lru_cache(maxsize=1024)  # few journals make up most of a search
def _serials(values: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    issn: list[str] = []
    isbn: list[str] = []
    left: list[str] = []
    for value in values:
        if plain := _PLAIN_ISSN.fullmatch(value):  # most are
            issn.append(plain[1])
            left += [value] if plain[2] else []
            continue
        if both := _TWO_ISSN.fullmatch(value):
            issn += filter(None, both.groups())
            continue
        numbers = _NAMED.sub("", value)
        books = _ISBN.findall(numbers)
        remaining = _ISBN.sub(" ", numbers)
        journals = [_DASH.sub("-", number) for number in _ISSN.findall(remaining)]
        if re.search(r"\w", _ISSN.sub("", remaining)):  # `1878-0849 (Electronic)`
            left.append(value)
        isbn += [b.strip() for b in books]
        issn += journals
    return "; ".join(dict.fromkeys(issn)), "; ".join(dict.fromkeys(isbn)), tuple(left)


def number_of_its_own(record: Record) -> str:
    """The number of a report or a patent that stands in nothing, and can't be taken for an ISSN or ISBN; else ""."""
    alone = record.issue and not (record.journal or record.volume) and has_a_number(record.type)
    return record.issue if alone and serials([record.issue])[2] else ""


def with_own_number(kind: str, issue: str, unread: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The issue, of a report or a patent without one the number among what is neither ISSN nor ISBN, and the rest of that."""
    if issue or not unread or not has_a_number(kind):
        return issue, unread
    told = (text for text in unread if any(map(str.isdigit, text)) and not _MISTYPED.fullmatch(text))
    number = next((text for text in told if serials([text])[:2] == ("", "")), "")
    return number, tuple([text for text in unread if text != number])


_MISTYPED = lazy(r"(?:ISBN:? ?)?[\dXx -]{9,20}")  # an ISBN that lacks a digit


def serials_of(record: Record, told: Iterable[str]) -> list[str]:
    """The ISSNs and ISBNs for a format with one place for both, each in the words that it came in, `1878-0849 (Electronic)`, where those are told;
    and what else is told there."""
    texts = [*([own] if (own := number_of_its_own(record)) else []), *told]
    numbers = [*record.issn.split("; "), *record.isbn.split("; ")]
    return list(dict.fromkeys([*(next((text for text in texts if number in text), number) for number in numbers if number), *texts]))


_ARTICLE = lazy(r"(?:artn|unsp)\s+(\S*\d\S*)", re.IGNORECASE)


def article_in(values: Iterable[str]) -> str:
    """The number of an article that EndNote's import of Web of Science puts before the DOI: `ARTN e12`, and the DOI on the next line."""
    return next((found[1] for value in values if (found := _ARTICLE.match(value))), "")


def several_urls(text: str) -> tuple[str, list[str]]:
    """The first address, and what else is in the value: others (EPPI-Reviewer, RefWorks), or a line of RIS glued to it (Rayyan)."""
    text = unescape(text)
    if " " not in text and "\n" not in text and ";http" not in text:
        return text, []
    first, *more = _GLUED.split(text)
    if not more:
        first, *more = _BETWEEN_URLS.split(text.strip())
        if not all(url.startswith("http") for url in (first, *more)):
            return text, []
    return first.strip(), more


_BETWEEN_URLS = lazy(r"[;,|]?\s+|[;,|](?=http)")
_GLUED = lazy(r"(?<! ) {3,}(?=[A-Z][A-Z0-9]  - )")
