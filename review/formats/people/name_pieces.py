"""Pieces of a list of people, cut at its commas: whether each is a name, or half of one."""

from __future__ import annotations

import re
from itertools import pairwise

from review.model.patterns import lazy

COMMA = lazy(r",\s*(?:(?:and|AND|&)\s+)?|(?<!\s)\s+(?:and|AND|&)\s+")
_COMMA_ALONE = lazy(r",\s*(?:(?:and|AND|&)\s+)?")
LAST = lazy(r"(?<!\s)\s+(?:and|AND|&)\s+")
_BODY = lazy(
    r"\b(?:organi[sz]ation|gr(?:ou)?p|task force|committee|consortium|collaborat\w*|institut\w*|universit\w+|association|society|cent(?:er|re)s?|department|"
    r"ministry|agency|council|team|network|investigators|foundation|federation|commission|office|board|hospital|administration|trust|college|academy|"
    r"government|directorates?|executive|alliance|authorit(?:y|ies)|bureau|services?|parliament|inspectorate|secretariat|partnership|forum|coalition|"
    r"laborator(?:y|ies)|schools?|corporation|inc|ltd|gmbh|of|for|the)\b"
)
OF_A_FIRM = lazy(r", (?:Inc|Ltd|LLC|PLC|plc|Pty|GmbH|Corp|Co)\b(?! [A-Z])")


def is_body(text: str) -> bool:
    """Whether a text names an organisation, or an office of one, and no person alone."""
    return _BODY.search(text.lower()) is not None  # a third of the time that letters of both cases take


def is_body_of(name: str) -> bool:
    """Whether a name with a comma is that of a body and what it is a part of, or where it is: `Ministry of Health, Kenya`, `Walks & Sons, Inc.`; no person's."""
    head, comma, rest = name.partition(", ")
    if firm := OF_A_FIRM.search(name):  # `Roe, PLC` and `da Silva, LLC` are initials, Co a name that people are given
        capitals = firm[0].isupper() or firm[0] == ", Co"
        return not capitals or (" " in head and not any(map(str.islower, head.split())))
    named = " ".join(word for word in head.split() if word not in ("The", "Of", "For")) if " " in head else ""  # `Nguyen The, Anh`
    if not comma or " " not in named or not is_body(named):
        return False
    return not GIVEN.fullmatch(rest) or rest in _NO_INITIALS or " of " in named or " for " in named


_BEHIND = lazy(
    r"([^\W\d_][^\d,;.]{0,60}?) ([A-ZÀ-ÖØ-ÞĀ-Ž]{1,3}|[A-ZÀ-ÖØ-ÞĀ-Ž](?: [A-ZÀ-ÖØ-ÞĀ-Ž]){1,3}|(?:[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄҐ]\.[ -]?){1,4}(?<=\.))(?: (Jr|Sr|2nd|3rd|4th)\.?)?"
)
_NO_INITIALS = frozenset(("UK", "US", "USA", "EU", "NZ", "II", "III"))  # behind the name of a body: Diabetes UK, Task Force II


A_FAMILY = lazy(r".*[AEIOUYÀ-ÖØ-Ý]|NG")  # of two letters, or three: LI, WU, LÜ


def with_comma(name: str) -> str:
    """`Roe, J. A., Jr` of `Roe JA Jr`, as PubMed, Embase and Scopus have people: programs that manage references take the last word of a name without a
    comma for the family, or the whole for a body. All else as it is."""
    found = _BEHIND.fullmatch(name) if "," not in name and " " in name else None
    if (
        not found
        or not found[2].isupper()
        or found[2] in _NO_INITIALS
        or (found[1].isupper() and len(found[1]) < 6 and found[2][1:].isalpha())
        or is_body(name)
    ):
        return name
    if len(found[2]) == 3 and found[2].isalpha() and (" " in found[1] or found[1].isupper()):
        return name  # of three letters it is an acronym sooner than three given names
    if len(found[2]) > 1 and found[2].isalpha() and found[1].isupper() and A_FAMILY.match(found[2]):
        return name  # the family may stand behind: JUNCHANG LI
    initials = found[2] if "." in found[2] else " ".join(f"{letter}." for letter in found[2].replace(" ", ""))
    return ", ".join(filter(None, (found[1], initials, found[3])))


def as_one(name: str) -> str:
    """`Roe et al.,` of `Roe et al.`, as EndNote wants what is no person's name and Zotero takes for a family: its last word would be one. All else as it
    is."""
    return f"{name}," if name.endswith((" et al.", " et al")) and "," not in name else name


# Words before a family's name that are part of it, in languages that write them small.
PARTICLES = frozenset("al bin da das de del della den der di do dos du el la le ten ter van von zu zur".split())  # noqa: SIM905

_ELIDED = lazy(r"(?<!\S)([^\W\d_A-Z]{1,6}['’-]) (?=[^\W\d_a-z])")


def with_particles(family: str) -> str:
    """A family's name with what is split off it by programs that know particles: `d' Alembert`, `al- Sayed`, which have no blank there."""
    return _ELIDED.sub(r"\1", family) if "' " in family or "- " in family or "’ " in family else family


SUFFIX = lazy(r"(?:Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
_SUFFIX = rf"(?:,? {SUFFIX.pattern})?"
# `Pérez-de la Fuente R`, `O'Connor RE.`, `Liu R.-X.`, and the other way round `M. O. Nasri`, `AB Jones`; Ó begins a family's name
_INITIALS = lazy(
    rf"(?:[^\d,;]+ (?:[^\W\d_a-z]\.?[-\s]?){{1,4}}{_SUFFIX}\.?|(?:[^\W\d_a-z]\.[-\s]?)+ ?[^\d,;]+|[A-ZÀ-ÒÔ-ÖØ-ÞĀ-Ž]{{1,3}} [^\W\d_]['’\w-]*[a-z][^\d,;]*)$"
)


def initialled(name: str) -> bool:
    """Whether a piece is a name by itself, with initials behind or before the family: `Pérez-de la Fuente R`, `M. O. Nasri`."""
    return len(name) < 200 and _INITIALS.match(name) is not None  # no name is longer, and the pattern is slow on what is


GIVEN = lazy(r"(?:[^\W\d_a-z]\.?[-\s]?){1,4}")


def pieces_of(text: str) -> list[str]:
    """What commas, `and` or `&` part in a list, with the names of bodies that have an `and` whole."""
    return [name for piece in _COMMA_ALONE.split(text) for part in whole_bodies(LAST.split(piece)) if (name := part.strip())]


def paired(parts: list[str], least: int = 4) -> list[str]:
    """`Smith, J.A., Jones, B.`, cut at its commas, as two names (Scopus's tables before 2020); none where not every second part is initials, or of
    fewer than `least` parts."""
    families, given = parts[::2], parts[1::2]
    initials = [part.partition(", ")[0] for part in given]  # `P., Jr.`
    if len(parts) < least or len(parts) % 2 or not all(map(GIVEN.fullmatch, initials)):
        return []
    pointed = all("." in name for name in initials) and not any("." in name for name in families)  # `YUEN` is a family beside `I.`
    if not pointed and any(map(GIVEN.fullmatch, families)):
        return []
    return [f"{family}, {name}" for family, name in zip(families, given, strict=True)]


def paired_beside_bodies(parts: list[str]) -> list[str]:
    """As `paired`, with bodies among the people: `Smith, J.A., Jones, B., Walks Study Group`."""
    bodies = [is_body(part) for part in parts]
    people = [part for part, body in zip(parts, bodies, strict=True) if not body]
    if not paired(people, least=2 if "." in "".join(people) else 4):
        return []
    found, at = [], 0
    while at < len(parts):
        family = not bodies[at]
        if family and (bodies[at + 1 : at + 2] or [True])[0]:  # the given name is not there
            return []
        found.append(", ".join(parts[at : at + 1 + family]))
        at += 1 + family
    return found


_CAPITALS = lazy(r"((?:[^\W\d_a-z]['’]?[^\W\d_a-z][^\W\d_a-z'’-]*)(?: [^\W\d_a-z]{2}[^\W\d_a-z'’-]*)*) ([^\W\d_a-z][^\W\d_A-Z][^\d,;]*)")


def before_last(text: str) -> list[str]:
    """`Roe, Jane, Ng, Li, and Poe, Ana`, where what stands behind the last comma and `and` is a family and its given name, as all are then; none where
    that is not so."""
    first, *last = LAST.split(text)
    if len(last) != 1 or last[0].count(", ") != 1 or first[-1:] != "," or is_body(text):
        return []
    parts = [part.strip() for part in (*first[:-1].split(","), *last[0].split(","))]
    return (
        [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)] if len(parts) % 2 == 0 and all(parts) else []
    )


_INITIALS_AT_MOST = 3
_OFFICES = frozenset("CDC FAO NHS NICE OECD UNDP UNESCO UNFPA UNHCR UNICEF USAID WHO".split())  # noqa: SIM905


def in_capitals(pieces: list[str]) -> list[str]:
    """`SMITH Jane` and `ROE Ann` with the comma behind the family that the capitals tell; none where not all of them are so, or the capitals of none
    are too many for initials: `JA Smith`, as Google Scholar has people."""
    found = [_CAPITALS.fullmatch(piece) for piece in pieces if len(piece) < 100]
    return (
        [f"{name[1]}, {name[2]}" for name in found if name]
        if len(found) == len(pieces) > 1
        and all(found)
        and any(name and len(name[1]) > _INITIALS_AT_MOST for name in found)
        and not any(is_body(name[0]) or name[1] in _OFFICES for name in found if name)
        else []
    )


def in_pairs(text: str) -> list[str]:
    """Names of which each is known to be a family's and a given one: `Roe, Ana, Poe Díaz, Luis`; as it is where a part has no other."""
    parts = text.split(", ")
    return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)] if len(parts) % 2 == 0 else [text]


def listed(parts: list[str]) -> list[str]:
    """`Jane Doe, Richard Roe, Kim Park`, cut at its commas, as so many names; none where a name may have a comma itself."""
    whole = len(parts) > 2 and all(" " in part and not _SUFFIXED.match(part) and not is_body(part) for part in parts)
    return parts if whole else []


_OFFICE = lazy(r"\b(?:department|ministry|institute|cent(?:er|re)s?|agency|council|office|commission)\s+(?:of|for|on)\b", re.IGNORECASE)

_WITHIN = lazy(r" of | services?\b", re.IGNORECASE)  # what is no body by itself: `Human Services`


def whole_bodies(parts: list[str]) -> list[str]:
    """What `and` joined, cut there, with the names of bodies that have one in them whole again: `National Institute for Health` and
    `Care Excellence`. Where there are more, only beside people most of whom are turned round, with a comma."""
    turned = sum("," in part for part in parts)
    found = parts[:1]
    for before, part in pairwise(parts):
        if "," not in part and 2 * (turned - ("," in before)) >= len(parts) - 2 and _is_one_body(before, part):
            found[-1] = f"{found[-1].rstrip()} and {part.lstrip()}"
        else:
            found.append(part)
    return found


def _is_one_body(before: str, behind: str) -> bool:
    """`Food and Agriculture Organization`, `Department of Health and Social Care`, `Ministry of Health, Labour and Welfare`."""
    if any(sign in before + behind for sign in ";{"):
        return False
    office = _OFFICE.search(before)
    if office and not is_body(_WITHIN.sub(" ", behind)) and not behind.strip().isupper() and not initialled(behind.strip()):
        return "," not in before or not before[: office.start()].strip()
    alone = " " not in before.strip() and " " in behind.strip() and not before.strip().isupper()
    return alone and "," not in before and is_body(behind)


_SUFFIXED = lazy(r"(?:Jr|Sr|I{2,3}|IV)\b\.? ")
_WITH_INITIAL = lazy(r"[^\W\d_][\w'’-]+(?: [^\W\d_a-z]\.?)+")


def in_full(parts: list[str]) -> list[str]:
    """`Vaugh, Adam D, Hewit, Ashley N` likewise (ASReview's tables): a given name, as most of them do, ends in an initial, a family's never."""
    families, given = parts[::2], parts[1::2]
    if len(parts) < 4 or len(parts) % 2 or any(initialled(name) or GIVEN.fullmatch(name) for name in families):
        return []
    if 2 * sum(1 for name in given if _WITH_INITIAL.fullmatch(name) or GIVEN.fullmatch(name)) <= len(given):
        return []
    if any(" " in name and not _WITH_INITIAL.fullmatch(name) and not GIVEN.fullmatch(name) for name in given):
        return []
    return [f"{family}, {name}" for family, name in zip(families, given, strict=True)]


_NATURAL = lazy(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,4} ){0,3}[^\W\d_a-z][\w.'’-]*){1,4}")


def in_natural_order(text: str) -> list[str]:
    """`Rima Lee, Aaron Poe, Howard D. Moe` or `Ann Lee and Jon Poe` as several; none where it may be one name or that of a body."""
    pieces = [p for piece in COMMA.split(text) if (p := piece.strip())]
    several = len(pieces) > 2 or (len(pieces) == 2 and "," not in text)
    sure = several and all(map(_NATURAL.fullmatch, pieces)) and not is_body(text) and not any(map(_initialled_behind, pieces))
    return pieces if sure else []


_ONE_FAMILY = r"(?:(?:[Dd]e|[Vv]an|[Vv]on|[Dd]i|[Ll]a) (?:[Dd]e[nr] |[Ll]a )?)?[^\W\d_a-z][\w'’]*[a-z][\w'’-]*"
_FAMILIES = lazy(
    rf"{_ONE_FAMILY}(?:, {_ONE_FAMILY})+,? & {_ONE_FAMILY}|{_ONE_FAMILY}(?:, {_ONE_FAMILY})+, and {_ONE_FAMILY}|{_ONE_FAMILY}(?:, {_ONE_FAMILY}){{2,}} and {_ONE_FAMILY}"
)


def of_families(text: str) -> list[str]:
    """`Smith, Doe & Lee`, `Smith, Doe, and Lee`, `Smith, Doe, Kim and Lee` as so many families; none where it may be anything else: `Ernst & Young`."""
    if len(text) >= 200 or not ("& " in text or "and " in text):
        return []
    return COMMA.split(text) if _FAMILIES.fullmatch(text) and not is_body(text) else []


def _initialled_behind(name: str) -> bool:
    return GIVEN.fullmatch(name.rpartition(" ")[2]) is not None


def spaced(text: str) -> list[str]:
    """`Smith JA Doe B van den Berg K`, where initials in capitals end each name; none where one name may have them in its middle."""
    names: list[str] = []
    name: list[str] = []
    for word in text.rstrip(".").split():
        name.append(word)
        if len(name) > 1 and len(word) < 5 and word.isupper() and word.replace("-", "").isalpha():
            names.append(" ".join(name))
            name = []
        elif len(name) > 3 or word.isupper() or not word[-1].isalpha():
            return []
    initials = [name.rpartition(" ")[2] for name in names]
    told = len(names) > 2 or (len(names) > 1 and max(map(len, initials)) > 1)
    return names if told and not name and not is_body(text) else []


_STOP = lazy(r"[^\W\d_]{2}\. ")


def is_chicago(pieces: list[str]) -> bool:
    """`Haque, Sabina, Milo A. Kirk, Laura Ives`, `Haque, S. M., M. A. Kirk, L. Ives`: the first name is turned round, the others are not."""
    if (
        len(pieces) > 2
        and GIVEN.fullmatch(pieces[1])
        and "." in pieces[1]
        and not GIVEN.fullmatch(pieces[0])
        and all(map(_TURNED.fullmatch, pieces[2:]))
    ):
        return not any(map(_TURNED.fullmatch, pieces[:2]))
    return (
        len(pieces) > 2
        and " " not in pieces[0]
        and not pieces[0].isupper()
        and all(" " in piece for piece in pieces[2:])
        and not any(map(is_body, pieces))
        and not _INITIALS.fullmatch(pieces[0])
        and not (_INITIALS.fullmatch(pieces[1]) and any(map(_initialled_behind, pieces[2:])))  # `Haque, Sabina M., Milo A. Kirk, …`
        and not any(map(GIVEN.fullmatch, pieces[2:]))
        and not _STOP.search(pieces[1])
    )


_TURNED = lazy(r"(?:[^\W\d_a-z]\.[-\s]?){1,4} ?[^\W\d_][\w'’-]+(?: [\w'’-]+)*\.?")  # `M. A. Kirk`
