"""People in JSON: texts, or objects under whatever names a program gave the parts of a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from review.formats.beside_names import ORCID
from review.formats.fields import unnumbered
from review.formats.json_items import scalar, texts
from review.formats.text import unescape
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
            family = " ".join(p for p in (part.get("droppingparticle"), part.get("nondroppingparticle"), family) if p)
            name = ", ".join(p for p in (family, given, part.get("suffix")) if p) if family or not whole else whole
        else:
            name = unescape(scalar(person))
        if name:
            yield unnumbered(name)


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
