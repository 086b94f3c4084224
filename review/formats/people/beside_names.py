"""What stands beside the names in a cell of people: ORCIDs, numbers of addresses as journals print them, bullets, and what catalogues have: when
somebody lived, and their part in the work; degrees and titles."""

from __future__ import annotations

import re
from itertools import groupby

from review.formats.people.name_pieces import GIVEN
from review.model.patterns import lazy

ORCID = r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
# With the blanks around it, of which there are few: looking for many would take for ever where many stand.
_ORCID = lazy(
    rf"\s{{0,3}}[(\[</]?\s?(?:ORCID(?: iD)?\s?:?\s?)?(?:https?://)?(?:www\.)?(?:orcid\.org/)?({ORCID})\b/?\s?[)\]>]?",
    re.IGNORECASE,
)
# DiVA's: the university's own number, and the place that goes with it
_PLACED = lazy(rf"((?:\s\[{ORCID}\])?)\s\[[a-z]{{0,8}}\d{{3,9}}\]((?:\s\[{ORCID}\])?)(?:\s\(([^()]{{1,300}})\))?")
_NUMBER = r"(?:\d{1,2}|[¹²³⁰⁴-⁹]{1,2})"
_PRINTED = lazy(
    rf"([^\W\d_]\.?)(?:{_NUMBER}(?:[,\uff0c] ?{_NUMBER}(?!\w))*[*†‡§¶#]*|[*†‡§¶#]+)(?=\s*(?:[,;&|\n]|(?:and|und|et|y) |[\w.+-]{{1,64}}@|$))"
)
# ProQuest's text: `Roe, Jane 1; Poe, Karl 1 2 1 Leeds, UK 2 York, UK`
_BEHIND = r" {0,2}\d{1,2}(?:[ ,]{1,2}\d{1,2}){0,9}"
_ADDRESSED = lazy(rf"((?:[^;\d@]{{2,80}} {_BEHIND} ?; ?)*[^;\d@]{{2,80}} {_BEHIND})( 1 [^\W\d][^;]*)")
_BEHIND_EACH = lazy(rf" {_BEHIND}(?= ?;|$)")
_POINTS = lazy(r"(?:^|(?<=[;\n]))[ \t]*(?:[-–•*·▪] +|\(?\d{1,2}[.)] +)(?=\w)")
# OpenCitations' own, behind names of people, journals and publishers: `Ray, Ann [orcid:0000-0002-1825-0097 omid:ra/1]`
_NUMBERED = lazy(
    r"\s?\[(?:(?:orcid|omid|meta|issn|isbn|doi|crossref|viaf|wikidata|openalex|ror|datacite):[^\s\[\]]{1,80}(?: |(?=\]))){1,20}\]"
)
_PARTS = "(?:author|editor|compiler|translator|contributor|issuing body)"
# `Roe, Jane, 1950-2001, author.`, `Roe, Jane, 1950- author.`
_LIVED = lazy(
    rf",\s{{0,3}}(?:(?:ca|b|fl|active|born|approximately)\.?\s)?(?:1\d|20)\d\d\??-(?:(?:1\d|20)\d\d\??)?\.?(?: {_PARTS}\.?)?(?=,?\s{{0,3}}(?:[;\n|]|$)|,\s{{0,3}}[a-z])"
)
_PART = lazy(rf"(?<=[\w.)-]),\s{{0,3}}{_PARTS}\.?(?=,?\s{{0,3}}(?:[;\n|]|$))")
_MORE = lazy(r"[\d@*†‡§¶#¹²³⁰⁴-⁹–•·▪]|(?:^|[;\n])[ \t]*-")  # one of these is in all that the others find

_SURE = (
    r"(?:Ph\.? ?D|D\.?Phil|M\.?Phil|M\.?Sc|B\.?Sc|Dr\.?P\.?H|Pharm\.?D|Ed\.?D|Psy\.?D|Sc\.?D|M\.?Ed|MBBS|MB\.?,? ?Ch\.?B|MBBCh|FAAN|FACP|FACS|FRCP|FRCS|FRCGP|MRCP)"
    r"\.?(?: ?\((?:[A-Z][\w ]{1,20})\))?"
)
_DEGREE = lazy(_SURE)
# Which may be initials as well, behind a family.
_PERHAPS = lazy(
    r"(?:MD|RN|MA|MS|BA|BS|DO|JD|MPH|MHS|MSN|MBA|MSW|BSN|DNP|MSPH|MHSc|CRNP)|M\.D\.?|R\.N\.?|M\.P\.H\.?|M\.A\.|M\.S\.|B\.A\.|B\.S\."
)
_JOINED = lazy(rf", {_SURE}(?= (?:and|&) )|(?<![,\s]) {_SURE}(?= ?(?:[,;\n|]|$))")
_SIGNS = lazy(r"([;\n|])")
_LOOKS = lazy(r"PhD|Ph\.D|Ph\. D|, MD|, M\.D|, RN|, MPH|MSc|BSc|M\.Sc|Phil|DrPH|PharmD|EdD|PsyD|, FAAN|, FAC|, FRC|, MRC|, MB")


def has_degree(names: str) -> bool:
    """Whether degrees may stand behind names; looking for these is quick."""
    return _LOOKS.search(names) is not None


def _without_degrees(names: str) -> str:
    """`Jane Roe` of `Jane Roe, PhD, RN`, and of `Jane Roe PhD`; in `Roe, MD` they are initials."""
    return "".join(part if part in ";\n|" else _of_degrees(part) for part in _SIGNS.split(_JOINED.sub("", names)))


def _of_degrees(names: str) -> str:
    """As `_without_degrees`, of names that nothing but commas parts."""
    kept: list[str] = []
    pieces = names.split(", ")
    for degrees, run in groupby(pieces, lambda piece: bool(_DEGREE.fullmatch(piece.strip()) or _PERHAPS.fullmatch(piece.strip()))):
        found = list(run)
        if not degrees or not kept:
            kept += found
            continue
        before = kept[-1].strip()
        given = len(kept) == 2 and len(kept) + len(found) == len(pieces) and before[1:2].islower()  # `Roe, Jane, MD`
        if not (given or _INITIALLED.search(before) or any(map(_DEGREE.fullmatch, map(str.strip, found)))):
            kept += found
        elif " " not in before and (len(kept) == 1 or GIVEN.fullmatch(kept[-2].strip())):  # `Roe, MA, PhD`, where the first are initials
            kept.append(found[0])
    return ", ".join(kept)


_TITLE = r"(?:Assoc(?:iate|\.)? |Asst\.? )?(?:Dr|Prof(?:essor)?|Mrs?|Ms)\.? (?:(?:Dr|Prof|med|Ing|h\. ?c)\.? ){0,4}(?=[^\W\d_])(?![A-Z]{1,2}(?:[,;|&\n]|$))"
_TITLED = lazy(rf"\s*{_TITLE}")
_TITLES = lazy(rf"(?:(?<=[;,|&\n] )|(?<=[;,|&\n])|(?<=\band )|^){_TITLE}")
_BETWEEN_TITLED = lazy(r"[ \t]{0,3}[;,|&\n]\s*(?:(?:and|&) )?|(?<!\s)\s+and\s+")
_TITLE_SIGNS = ("Dr. ", "Dr ", "Prof", "Mr", "Ms")


def _untitled(names: str) -> str:
    """`John Smith; Ann Roe` of `Dr. John Smith, Prof. Ann Roe`: a title tells where a name begins."""
    pieces = _BETWEEN_TITLED.split(names)
    return "; ".join(_TITLES.sub("", piece) for piece in pieces) if all(map(_TITLED.match, pieces)) else _TITLES.sub("", names)


_INITIALLED = lazy(r"[^\W\d_]{2} (?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,3})$")


def bare_names(cell: str) -> tuple[str, list[tuple[str, str]]]:
    """The names alone, and what of the rest is kept: (tag, text), as in `Record.extra`."""
    titled = any(title in cell for title in _TITLE_SIGNS) and _TITLES.search(cell) is not None
    if not (titled or _MORE.search(cell) or "author" in cell or "editor" in cell or has_degree(cell)):  # as in most
        return cell, []
    kept = [("AUID", f"ORCID: {found[1].upper()}") for found in _ORCID.finditer(cell)]
    names, ids = without_ids(cell)
    if " [" in names and (places := _PLACED.findall(names)):
        kept += [("affiliation", place) for _, _, place in places if place]
        names = _PLACED.sub(r"\1\2", names)
        ids = ids or names
    names = _ORCID.sub("", names) if kept else names
    alone = _PART.sub("", _LIVED.sub("", names))
    alone = _without_degrees(alone) if has_degree(alone) else alone
    alone = _untitled(alone) if titled else alone
    told = bool(ids) or alone != names
    names = alone
    points = _POINTS.findall(names)
    if points and len(points) == len([part for part in re.split(r"[;\n]", names) if part.strip()]):
        names = _POINTS.sub("", names)
    if addressed := _ADDRESSED.fullmatch(names):
        return _BEHIND_EACH.sub("", addressed[1]), [*kept, ("authors", cell), ("affiliation", addressed[2].strip())]
    printed, marks = _PRINTED.subn(r"\1", names)
    if marks > 1:
        names = printed
    return names, [*kept, *([("authors", cell)] if told or marks > 1 or "@" in names else [])]


def without_ids(text: str) -> tuple[str, str]:
    """A text without the numbers that OpenCitations puts behind names, and those numbers."""
    if "[" not in text or ":" not in text:
        return text, ""
    return _NUMBERED.sub("", text), " ".join(_NUMBERED.findall(text))
