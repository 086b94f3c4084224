"""People whose given names stand first, as IEEE, arXiv, OpenAlex, The Lens and publishers have them, with the family first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from review.formats.people.name_pieces import PARTICLES, SUFFIX, is_body, with_comma
from review.model.patterns import lazy

_GIVEN = lazy(r"[^\W\d_a-z][\w'’.-]*")
_FAMILY = lazy(r"(?:[ae]l-|[dl]['’])?(?![A-Z]{1,3}\Z)[^\W\d_a-z]['’]?[^\W\d_]['’\w-]*")
_INITIALS = lazy(r"(?:[^\W\d_a-z](?:\.[ -]?|[ -]|\Z))+")  # J., J.-P., J. A., J A
_TOGETHER = lazy(r"[^\W\d_a-z]{1,3}")  # JA
# Of bodies, beside what `is_body` knows: these may stand in a sentence, but in no person's name.
_OF_A_BODY = lazy(
    r"\b(?:U\.?[KNS]\b|E\.?U\b|bank|biobank|united|nations?|world|europe|inter\w*national|national|european|health|research|public|clinic|press|llc|corp|fund|development|company"
    r"|gmbh|project|programme?|registry|survey|study|trial|unit|division|initiative|labs?|union|system|library|museum|cochrane|statistics|associates"
    r"|trialists|watch|medicine|médecins|minist\w+|universi\w+|banco|centro|grupo|fundac\w+|secretar\w+|sociedad\w*|bundes\w+|gesellschaft)\b",
    re.IGNORECASE,
)
_OF_A_LAND = lazy(
    r" (?:Australia|Canada|England|Scotland|Wales|Ireland|Britain|Zealand|Africa|America|India|Kenya)\Z"
)  # Statistics Canada; J. England
_LONGEST = 5  # words of a name
_Parts = tuple[str, str, str]  # family, given names, suffix


def with_commas(names: Sequence[str]) -> list[str]:
    """The people of one work, each with a comma behind the family where that is sure: `Roe, J. A.` of `Roe JA` (`with_comma`), `Smith, J.` of
    `J. Smith`; `Roe, Jane` of `Jane Roe` only beside others of whom one has an initial before the family (`John A. Smith`), or one that stands
    behind given names alone (`Jan van Dijk`, `Ann O'Neil`): of full names else the family may stand first (`Wang Wei`), or they are a body's
    (`World Bank`)."""
    joined = [name.replace(". -", ".-") if " -" in name else name for name in names]  # IEEE's `J. -H. Kim`
    written = [_suffix_last(name) if "," in name else with_comma(name) for name in joined]
    several = [name for name in written if " " in name and not is_a_bodys(name)]
    parts = {name: found for name in several if (found := _parted(name))}
    if not parts:
        return written
    told = (_has_initial(given) or _BEHIND_GIVEN.match(family) for family, given, _ in parts.values())
    all_so = len(several) > 1 and len(parts) == len(several) and any(told)
    return [", ".join(filter(None, parts[n])) if n in parts and (all_so or _is_sure(parts[n][1])) else n for n in written]


_BEHIND_GIVEN = lazy(r"v[ao]n |O['’][A-Z]|Ma?c[A-Z]")


def may_be_a_person(name: str) -> bool:
    """Whether a name without a comma may be that of a person in full, whichever way round: `Jane Roe`, `Wang Wei`."""
    return _parted(name) is not None and not is_a_bodys(name)


def is_a_bodys(name: str) -> bool:
    """Whether a name without a comma is that of a body, by a word that no person's has."""
    return is_body(name) or _OF_A_BODY.search(name) is not None or ("." not in name and _OF_A_LAND.search(name) is not None)


_TURNED_BODY = lazy(
    r"(Group|Organi[sz]ation|Investigators|Committee|Collaboration|Collaborators|Consortium|Association|Foundation|Network|Team), ([Tt]he [^,]+|[^\W\d_][^, ]+ [^,]+)"
)
_SUFFIXES = rf"(?:{SUFFIX.pattern})"
_SUFFIXED = lazy(rf"(?P<family>[^,]+?),? (?P<behind>{_SUFFIXES}), (?P<given>[^,]+)|(?P<whole>[^,]+, [^,]+?) (?P<end>{_SUFFIXES})")


def _suffix_last(name: str) -> str:
    """`King, Martin Luther, Jr.` of `King Jr., Martin Luther` (Scopus), `King, Jr., Martin Luther` (RefWorks) and `King, Martin Luther Jr.`; a body of
    which EndNote took the last word for its family, `Organization, World Health`; any other name as it is."""
    if body := _TURNED_BODY.fullmatch(name):
        return f"{body[2]} {body[1]}"
    found = _SUFFIXED.fullmatch(name) if "r" in name or "I" in name or "d" in name or "t" in name else None
    if found is None:
        return name
    return f"{found['whole']}, {found['end']}" if found["end"] else f"{found['family']}, {found['given']}, {found['behind']}"


def _parted(name: str) -> _Parts | None:
    """The parts of a name in its natural order; None for what can't be one."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    fits = 2 <= len(words) <= _LONGEST and all(map(_GIVEN.fullmatch, words[:at])) and _FAMILY.fullmatch(words[-1])
    return (" ".join(words[at:]), " ".join(words[:at]), suffix) if fits else None


def _is_sure(given: str) -> bool:
    """Whether a name is a person's by what stands before its last word alone: initials, or a name and one with its point."""
    return _INITIALS.fullmatch(given) is not None or (given.endswith(".") and _INITIALS.fullmatch(given.split()[-1]) is not None)


def _has_initial(given: str) -> bool:
    return _INITIALS.fullmatch(last := given.split()[-1]) is not None or _TOGETHER.fullmatch(last) is not None
