"""People in JSON: texts, or objects under whatever names a program gave the parts of a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from review.formats.characters.text import unescape
from review.formats.entries.json_items import kept, scalar, texts
from review.formats.people.beside_names import ORCID
from review.formats.people.name_pieces import with_particles
from review.formats.values.fields import unnumbered
from review.model.patterns import lazy

# As `_folded`
_FAMILY = ("family", "surname", "lastname", "familyname", "last")
_GIVEN = ("given", "givenname", "givennames", "firstname", "forename", "first", "initials")
_WHOLE = ("literal", "name", "fullname", "displayname", "authname", "creator", "text", "collectivename", "authorname")


@lru_cache(1 << 10)
def _folded(name: str) -> str:
    """`first_name`, `firstName`, `FirstName` as one."""
    return name.casefold().replace("_", "").replace("-", "")


def people_in(value: Any) -> Iterator[str]:
    """`Family, Given`; particles and suffix where citeproc puts them; what is no object as it stands."""
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, dict):
            part = {_folded(name): unescape(" ".join(texts(v))) for name, v in person.items()}
            family, given, whole = (next((t for n in names if (t := part.get(n))), "") for names in (_FAMILY, _GIVEN, _WHOLE))
            if family and not given and family not in (named := part.get("name", "")):  # OpenAIRE's
                given = named
            if given and (middle := part.get("middle") or part.get("middlename")) and middle not in given.split():
                given = f"{given} {middle}"
            family = with_particles(" ".join(p for p in (part.get("droppingparticle"), part.get("nondroppingparticle"), family) if p))
            name = ", ".join(p for p in (family, given, part.get("suffix")) if p) if family or not whole else whole
        else:
            name = unescape(scalar(person))
        if name:
            yield unnumbered(name)


_NAMED = frozenset(
    (
        *_FAMILY,
        *_GIVEN,
        *_WHOLE,
        "middle",
        "middlename",
        "droppingparticle",
        "nondroppingparticle",
        "suffix",
        "sequence",
        "authenticatedorcid",
    )
)
_PLACED = frozenset({"affiliation", "affiliations"})


def more_of(role: str, value: Any) -> Iterator[tuple[str, str]]:
    """What is told of people beside their names (`author.prefix`), each behind the name; of those in the field of the authors, also beside their
    numbers and the names of the places where they work, which `affiliations_in` and `orcids_in` give."""
    for person in value if isinstance(value, list) else [value]:
        for part, told in person.items() if isinstance(person, dict) else ():
            folded = _folded(part)
            if folded in _NAMED or not told or isinstance(told, bool):
                continue
            if role == "author" and folded in _PLACED:
                places = told if isinstance(told, list) else [told]
                told = [
                    more for place in places if isinstance(place, dict) and (more := {n: v for n, v in place.items() if n != "name" and v})
                ]
            elif role == "author" and folded == "orcid" and _ORCID.search("".join(texts(told))):
                continue
            if text := kept(told):
                yield f"{role}.{part}", f"{next(people_in([person]), '')}: {text}"


def affiliations_in(value: Any) -> Iterator[str]:
    """Where the people work, as far as the list of them tells: Crossref, DataCite, DOAJ, Zenodo and others."""
    for person in value if isinstance(value, list) else ():
        places = person.get("affiliation") or person.get("affiliations") if isinstance(person, dict) else None
        for place in places if isinstance(places, list) else [places]:
            if text := scalar(place.get("name") if isinstance(place, dict) else place):
                yield text


_ORCID = lazy(ORCID)


def orcids_in(value: Any) -> Iterator[str]:
    """The ORCIDs of the people, as PubMed writes these: `ORCID: 0000-0002-1825-0097`."""
    for person in value if isinstance(value, list) else ():
        told = next((v for name, v in person.items() if name.casefold() == "orcid"), None) if isinstance(person, dict) else None
        if found := _ORCID.search("".join(texts(told))):
            yield f"ORCID: {found[0]}"
