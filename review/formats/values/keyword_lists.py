"""Lists of keywords in one value, or in several: by which signs they are parted."""

from __future__ import annotations

import re

from review.formats.characters.literal import literal_list
from review.formats.characters.text import collapse, unescape
from review.model.patterns import lazy


def keywords(values: list[str], neat: bool = False) -> tuple[str, ...]:
    """The keywords in the values, each once. neat: as `is_neat` says of them."""
    together = "".join(values)
    if len(values) == 1 and "," in together and is_joined(together):
        return tuple(dict.fromkeys(split_keywords(together, comma=True)))
    # Looking for each of the characters is cheaper than for any of them.
    plain = not (
        "\n" in together
        or ";" in together
        or "|" in together
        or "&" in together
        or "[" in together
        or " · " in together
        or " • " in together
    )
    if plain and (together.isascii() or "；" not in together) and not (len(values) == 1 and _TIGHT.fullmatch(together)):
        return tuple(dict.fromkeys(values if neat else [collapse(v) for v in values if v]))
    return tuple(dict.fromkeys([k for value in values for k in split_keywords(value)]))


# Of an only value, whose commas are none of a term: `Aged, 80 and over`, `Receptor, Insulin, Type 1`; in Eastern scripts none is.
_JOINED = lazy(
    r"^[^,;|()\[\]\n]{2,60}(?:,[^,;|()\[\]\n]{2,60}){3,}$|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af], ?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


# `text analysis,machine learning,word models`, which somebody joined: the comma of a term (`2,4-D`, `Aged, 80 and over`) is none of these.
_TIGHT = lazy(r"[^,]*[^\W\d_]\)?(?:,(?=[^\W\d_]{3})[^,]*[^\W\d_]\)?){2,}")
_OUTER_COMMA = lazy(r",(?![^()]{0,300}\))")
_SPLITTING = lazy(r"[\n;；|&\[<、，]|(?<!:)//| [·•] ")
_LINES = lazy(r"\s*<br ?/?>\s*", re.IGNORECASE)  # the registers of trials


def split_keywords(text: str, comma: bool = False) -> list[str]:
    """The keywords in one value, split at line ends, `;` or `|`; with `comma`, else at commas."""
    text = text.strip()
    if "&" in text and ";" in text:  # the end of an entity parts nothing
        text = unescape(text)
    if not comma and _TIGHT.fullmatch(text):
        return [collapse(p) for p in text.split(",")]
    if not _SPLITTING.search(text) and not comma:  # most are one keyword already
        return [collapse(text)] if text else []
    if "<br" in text.casefold():
        text = _LINES.sub("; ", text)
    parts = literal_list(text)
    if not parts:
        separator = next(
            (s for s in (";", "；", "|", "、", "，", "//", " · ", " • ") if s in text and not (s == "//" and "://" in text)), ""
        )
        if "\n" in text:  # one a line, or several in some of them
            parts = _LINE_OF.split(text)
        elif separator:
            parts = text.split(separator)
        else:  # a comma in brackets is the keyword's own: Embase's `cyst (diagnosis, surgery)`
            parts = _OUTER_COMMA.split(text) if comma else [text]
    return [unescape(collapse(p)) for p in (uncoded(part) for part in parts) if p.strip()]


def is_joined(text: str) -> bool:
    """Whether the commas of an only value are none of a term."""
    return _JOINED.search(text) is not None


def have_commas(cells: list[str]) -> bool:
    """Whether a comma in a cell of a column is a keyword's own (`Receptors, Insulin`), since others are lists that semicolons part, as most of theirs are."""
    lists = sum(1 for cell in cells if "; " in cell or (";" in cell and "&" not in cell))
    return lists > sum(1 for cell in cells if "," in cell and ";" not in cell)


def joined_by_and(cells: list[str], people: list[str]) -> bool:
    """Whether `and` parts the keywords of a column, as revtools and synthesisr write them: it parts the people, and stands in most cells, which have no
    other sign."""
    told = [cell for cell in cells if cell]
    lists = sum(1 for cell in told if " and " in cell)
    lone = any(sign in cell for cell in told for sign in ";,|") or any(";" in names for names in people)
    return (
        lists > 1
        and not lone
        and any(cell.count(" and ") > 1 for cell in told)  # no phrases: health and safety
        and 2 * lists > len(told)
        and 2 * sum(1 for names in people if ", " in names and " and " in names) > len(people)
    )


_LINE_OF = lazy(r"[\n;；]")
_CODE = lazy(r"\s*[DQC]\d{6,9}: ?(?=\S)")


def uncoded(word: str) -> str:
    """A heading or type without MeSH's number before it, as PubMed's XML gives it and pubmed_parser writes it: `D000328:Adult`."""
    return _CODE.sub("", word, count=1) if ":" in word and _CODE.match(word) else word
