"""Names that commas, `and` or `&` join in one text, where commas may be within names too."""

from __future__ import annotations

from review.formats.people.author_habits import FAMILY, Habits
from review.formats.people.name_pieces import (
    COMMA,
    GIVEN,
    LAST,
    SUFFIX,
    before_last,
    in_capitals,
    in_full,
    in_natural_order,
    initialled,
    is_body,
    is_chicago,
    of_families,
    paired,
    paired_beside_bodies,
    pieces_of,
    spaced,
    whole_bodies,
)
from review.model.patterns import lazy

_AND = lazy(r"(?<!\s)\s+(?:and|AND)\s+")
_AND_ELSEWHERE = lazy(r"(?<!\s)\s+(?:und|et|y|e|og|och|en|и)\s+")
EASTERN = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\xb7 ]{2,9}")
_MIDDLE = lazy(r"[^\W\d_a-z][\w'’-]+ (?:[^\W\d_a-z]\.? )+[^\W\d_a-z][\w'’-]+")  # `Jane B. Roe`: neither a family nor given names are so


def joined(text: str, habits: Habits) -> list[str]:
    """The names that commas, `and` or `&` join; where commas may be within names, what `and` joins."""
    some = is_body(text)  # looking once is cheaper than in each
    parts = whole_bodies(_AND.split(text)) if some else _AND.split(text)
    turned = len(parts) > 1 and all(part.count(",") == 1 for part in parts)
    if turned and not some:  # as most: `Marx, Karl and Engels, Friedrich`
        return parts
    pieces = _suffixed([p for piece in (pieces_of(text) if some else COMMA.split(text)) if (p := piece.strip())])
    if turned and not any(map(_AND.search, pieces)):
        return parts
    if some and len(parts) > 1 and all(map(_turned_or_body, parts)):
        return parts
    elsewhere = _AND_ELSEWHERE.split(text)
    if len(elsewhere) > 1 and all(part.count(",") == 1 for part in elsewhere):
        return elsewhere
    if habits.turned and len(pieces) == 2 and "," in text and not all(map(initialled, pieces)):
        return [text]
    if pairs := paired(pieces) or (some and paired_beside_bodies(pieces)) or in_full(pieces) or before_last(text):
        return pairs
    if len(pieces) == 2 and len(parts) == 1 and (WITH_POINTS.fullmatch(pieces[1]) or TURNED_IN_CAPITALS.fullmatch(text)):
        return [text]  # VAN DER BERG, J. P.; DE LA CRUZ, Karl L
    if "&" in text and "," not in text and (several := in_natural_order(text)):
        return several
    if families := of_families(text) or in_capitals(pieces):
        return families
    if habits.families and len(pieces) > 1 and all(map(FAMILY.fullmatch, pieces)):
        return pieces
    full = sum(" " in piece for piece in pieces)  # one may have no family: `Ann Lee, Sukarno, Jon Poe`
    natural = full == len(pieces) and (habits.listed or any(map(_MIDDLE.fullmatch, pieces)))
    bodies = sum(1 for piece in pieces if is_body(piece)) if some else 0
    few = not bodies or (habits.listed and len(pieces) > 3 and 2 * bodies <= len(pieces))  # a body has not so many commas
    if few and (natural or (habits.listed and full > 1 and "," in text)):
        return pieces
    if len(pieces) == 1 and (apart := spaced(text)):
        return apart
    if is_chicago(pieces):
        return [f"{pieces[0]}, {pieces[1]}", *pieces[2:]]
    people = sum(map(initialled, pieces))
    if people >= 0.6 * len(pieces) or (some and people and "," in text and all(initialled(p) or is_body(p) for p in pieces)):
        return pieces
    first, *behind = LAST.split(text)
    if len(pieces) < 2 or (behind and "," in behind[-1].rstrip(", ")):
        return parts
    if all(map(EASTERN.fullmatch, pieces)):
        return pieces
    if behind and not initialled(behind[-1]) and (is_body(pieces[0]) or (" " not in first and is_body(behind[-1]))):
        return [text]  # one body: `Food and Agriculture Organization`, `Department of Health & Social Care`
    return pieces if len(pieces) > 2 and all(" " in piece for piece in pieces) else parts


# The family in capitals, which are more than initials, and the given name behind its comma
TURNED_IN_CAPITALS = lazy(r"(?:[^\W\d_a-z]{2,} ){1,3}[^\W\d_a-z]{3,}, [^\W\d_a-z][^\W\d_A-Z][^,;]*")
WITH_POINTS = lazy(r"(?:[^\W\d_a-z]\.[-\s]?){1,4}")  # initials, and no family: `VAN DER BERG` might be one with initials behind it


def _turned_or_body(part: str) -> bool:
    """`Rey, Ana`, and the body beside whom people stand so: `Roe, Jane and World Health Organization`."""
    family, _, given = part.partition(", ")
    return "," not in given and not initialled(family) if given else is_body(part)


def _suffixed(pieces: list[str]) -> list[str]:
    """`Wakely P.E.` and `Jr.` behind it as one, and `P.` and `Jr.`; `IV` behind a family alone is initials."""
    found: list[str] = []
    for piece in pieces:
        if found and SUFFIX.fullmatch(piece) and (initialled(found[-1]) or (GIVEN.fullmatch(found[-1]) and _may_end(piece, found))):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return found


def _may_end(suffix: str, before: list[str]) -> bool:
    """Whether it may be behind the initials that end these pieces, and no initials itself: `Jr.`, or III behind a family and `J.`."""
    return suffix[1:2] == "r" or (len(before) > 1 and "." in before[-1] and not GIVEN.fullmatch(before[-2]))
