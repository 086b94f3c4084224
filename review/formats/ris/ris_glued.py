"""Tags of RIS that stand on the line of another, where an exporter left out the line end."""

from __future__ import annotations

from collections.abc import Iterable

from review.model.patterns import lazy

# Web of Science's full records from 2021 on: `NorwayC3  - University of Oslo`, `(SSCI)AN  - WOS:…`. Only they have the tag WE.
_JOINED = lazy(r"(?<=\S)([A-Z][A-Z0-9])  - ")
# Behind what has no blank in it: Embase's address or DOI as Rayyan gives it back, EBSCO's address or issue by way of Mendeley
# (`IS  - 3 OP  - Garden Week, 2016`).
_BEHIND = lazy(r"(?<! ) +([A-Z][A-Z0-9](?=  - )|OP(?= - )) +- ")
# Scopus's, behind a list of references that ends in an address.
_ADDRESS = lazy(r"(?<=\S)(UR) {1,2}- (?=https?://[^\s\"{}]+\Z)")
_SHORT = frozenset({"UR", "DO", "LK", "L2", "VL", "IS"})
_LISTED = frozenset({"AD", "C1", "C3", "WE"})
PLACES = (*sorted(_SHORT), "WE", "N1")  # the tags that tell that there are such lines


def is_glued(values: Iterable[str]) -> bool:
    """Whether any of the values, those of `PLACES`, has a tag in it."""
    return any("  - " in value or " OP - " in value or "UR - http" in value for value in values)


def parted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of an entry with each tag as one of its own."""
    pairs = list(pairs)
    patterns = (
        dict.fromkeys(_SHORT, _BEHIND)
        | {"N1": _ADDRESS}
        | (dict.fromkeys(_LISTED, _JOINED) if any(tag == "WE" for tag, _ in pairs) else {})
    )
    found: list[tuple[str, str]] = []
    for tag, text in pairs:
        first, *more = patterns[tag].split(text) if tag in patterns and ("\n" not in text or tag == "N1") else (text,)
        found += [(tag, first), *zip(more[::2], more[1::2], strict=True)]
    return found


# A cell of a spreadsheet, or a text in JSON, without or with other signs for its line ends.
_ANY_TAG = lazy(r"(?<!\s)(?:\s|\\[rn]|<br ?/?>)+(?=[A-Z][A-Z0-9]  -(?:\s|\\[rn]|<br ?/?>|$))")


def on_one_line(line: str) -> list[str]:
    """The lines of an entry, or of several, all of which stand on the line of the first TY."""
    return _ANY_TAG.split(line)
