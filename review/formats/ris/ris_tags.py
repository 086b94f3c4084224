"""Which tag of RIS a line has, in whatever form: the plain one is `TI  - A title`."""

from __future__ import annotations

import re
from string import ascii_uppercase, digits

from review.model.patterns import lazy

# The tags that may be read where a line leaves out a space (`AU - Marx`). Any two characters are taken for a tag
# only in the full form: `UV - induced` is a line of an abstract.
KNOWN = frozenset(
    {
        "TY", "ER", "TI", "T1", "T2", "T3", "CT", "BT", "ST", "TT", "AU", "A1", "A2", "A3", "A4", "ED", "TA", "PY", "Y1", "Y2", "DA",
        "YR", "JF", "JO", "JA", "J1", "J2", "VL", "IS", "SP", "EP", "AB", "N1", "N2", "KW", "DO", "UR", "L1", "L2", "L3", "L4", "LK",
        "AN", "ID", "SN", "LA", "PB", "CY", "AD", "CN", "CA", "ET", "DB", "DP", "M1", "M2", "M3", "C1", "C2", "C3", "C4", "C5", "C6",
        "C7", "C8", "U1", "U2", "U3", "U4", "U5", "RN", "RP", "RI", "SE", "OP", "NV", "LB", "AV",
    }
)  # fmt: skip
_TAG = lazy(r"([A-Z][A-Z0-9])(?:  |\t| \t)[ \t]*-(.*)")
TAGS = frozenset(a + b for a in ascii_uppercase for b in ascii_uppercase + digits)
_TIGHT_TYPE = lazy(r"TY ?-[A-Za-z]")
_ENDS = lazy(r"\s*(?:(TY)[ \t]*-[ \t]*(?=[A-Z]{3,8}\s*$)|(ER)[ \t]*-[ \t\ufeff\x1a]*(?=$|TY ))(.*)")
_OTHER_CASE = lazy(r"[A-Za-z][A-Za-z0-9] {1,2}-")
_LOOSE_TAG = lazy(r"([A-Z][A-Z0-9]) ?-(?:[ \t]+(.*)|$)")
_TIGHT_TAG = lazy(r"([A-Z][A-Z0-9]) ?- ?(.*)")
_TIGHT = 2  # of `loose`: no blank stands behind the hyphen, as in `TY-JOUR`
NAMING = frozenset({"TY", "TI", "T1", "AU", "A1", "AB", "N2", "DO", "AN", "ID", "UR"})

HEADS = {f"{tag}  -{blank}": tag for tag in TAGS for blank in (" ", "")}
_WORDS = {"DOI": "DO", "PMID": "PM", "PMCID": "C2", "ISSN": "SN", "ISBN": "SN"}  # as Cochrane and others write them
_WORD = lazy(r"(DOI|PMC?ID|IS[SB]N) {0,2}-(?: ?(\S.*)|\s*$)")
GLUED = lazy(r"(.*[^\s\ufeff\x1a])[ \ufeff\x1a]*(TY {1,2}- ?[A-Z]{3,8})\s*$")
_DASH = "\u2010-\u2015\u2212\uff0d"  # what a word processor, or a keyboard for Chinese, has for the hyphen
NOT_PLAIN = lazy(rf"\s*[A-Z][A-Z0-9][ \t\xa0]*[{_DASH}-]|(?:DOI|PMC?ID|IS[SB]N) {{0,2}}-")  # a tag in any other form


def tag_of(line: str, loose: int) -> tuple[str, str, int]:
    """The tag of a line that is not in the plain form, its value, and whether tags may leave out a space from here on, or both."""
    if not line[:6].isascii():
        line = typed(line)
    if "-" not in line[:16]:
        return "ER" if line.rstrip(" \t") == "ER" else "", "", loose
    found = _WORD.match(line)
    if found:
        return _WORDS[found[1]], found[2] or "", loose
    found = _TAG.match(line)
    if found:
        return found[1], found[2], loose and found[1] != "TY"
    found = _ENDS.match(line)
    if found:
        return found[1] or found[2], found[3], loose or (_TIGHT if _TIGHT_TYPE.match(line) else bool(found[1]))
    if loose or line.startswith(("TY -", "TY-")):
        found = (_TIGHT_TAG if loose == _TIGHT else _LOOSE_TAG).match(line)
        if found and found[1] in KNOWN:
            return found[1], found[2] or "", loose or True
    return "", "", loose


def tag_below(line: str, above: str, loose: int) -> tuple[str, str]:
    """The tag of a line that a person wrote with one blank (`PY - 2016`) among others in the plain form, and its value; "" for what may
    be more of the value of the tag above it. loose: as the last TY has it; then those that few exporters know are tags too."""
    found = _BY_HAND.match(line)
    if found is None or (above not in _ONE_LINE and found[2][:1].islower()):  # a sentence goes on
        return "", ""
    fits = KNOWN if above in _ONE_LINE else _SURE_BELOW_TITLES if above in _TITLES else _SURE
    if loose and (above in _ONE_LINE or above not in KNOWN) and line[2] == " ":
        fits = TAGS
    held = _HELD.get(found[1]) if above not in _ONE_LINE else None
    return (found[1], found[2]) if found[1] in fits and (held is None or held.fullmatch(found[2].strip())) else ("", "")


# What a value holds whose tag may be a word of a sentence too: `SP - A on B`, `UR - Urine was taken`.
_NUMBER_ALONE, _DAY_ALONE = lazy(r"[A-Za-z]{0,4}\d[\w-]*"), lazy(r"(?:1[5-9]|20)\d\d\b.{0,30}")
_HELD = {
    **dict.fromkeys(("VL", "SP", "EP"), _NUMBER_ALONE), **dict.fromkeys(("PY", "Y1"), _DAY_ALONE), **dict.fromkeys(("AU", "A1"), lazy(r"[^,]{1,60}, ?\S.{0,60}|.{2,60} [A-Z]{1,3}")),
    "SN": lazy(r"[\dXx -]{8,40}"), "DO": lazy(r".{0,30}10\.\S+"), "UR": lazy(r"(?:https?:|www\.)\S+"),
}  # fmt: skip
_BY_HAND = lazy(r"([A-Z][A-Z0-9])(?: -(?= |$)|-(?= )) ?(.*)")
# Tags whose values no line end breaks, that titles are in, and that no line of an abstract (`CT - guided`, `T1 - weighted`) begins with.
_ONE_LINE = frozenset(
    "TY AU A1 A2 A3 A4 ED PY Y1 Y2 YR DA JF JO JA J1 J2 VL IS SP EP DO UR AN ID SN LA PB CY M3".split()  # noqa: SIM905
)
_TITLES = frozenset({"TI", "T1", "T2", "T3", "BT", "CT", "ST", "KW"})
_SURE = frozenset({"AU", "JF", "PY", "Y1", "KW", "UR"})
_SURE_BELOW_TITLES = _SURE | {"A1", "AB", "N2", "JO", "VL", "SP", "EP", "DO", "SN", "PB"}


def sign_of(line: str) -> str:
    """What the tags of a file have behind them whose TY stands in this line in a form of its own: `ty  - jour`, `TY: JOUR`; else ""."""
    found = _OTHER_TYPE.match(line)
    return (found[2] or "-") if found and (found[2] or found[1] != "TY") else ""


def as_usual(line: str, sign: str) -> str:
    """The line with its tag as RIS has it, where one with small letters or with that sign behind it begins the line."""
    if sign == "-":
        return line[:2].upper() + line[2:] if _OTHER_CASE.match(line) else line
    tag, between, value = line[:2].upper(), line[2 : len(sign) + 2], line[len(sign) + 2 :]
    return f"{tag}  - {value.lstrip()}" if between == sign and tag in KNOWN else line


OTHER_TYPE = r"(TY|[Tt]y)(?:( {0,3}:)[ \t]*[A-Za-z]{3,8}|(?: {1,2}|\t)[ \t]*-[ \t]*[A-Za-z]{3,8})[ \t]*$"
_OTHER_TYPE = lazy(OTHER_TYPE)


def typed(text: str) -> str:
    """The text with what a word processor or a web page makes of the blanks and the hyphen behind a tag as they were typed."""
    return text if text.isascii() else _WORDY.sub(_as_typed, text)


_WORDY = lazy(rf"^([A-Z][A-Z0-9])(?:((?=[ \xa0]*\xa0)[ \xa0]{{1,3}}[{_DASH}-]|  [{_DASH}])| {{1,3}}[{_DASH}])(?:[ \xa0]|$)", re.MULTILINE)


def _as_typed(found: re.Match[str]) -> str:
    return f"{found[1]}  - " if found[2] or found[1] in KNOWN else found[0]  # `UV – induced` is a line of an abstract
