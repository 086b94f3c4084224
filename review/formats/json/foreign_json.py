"""JSON in other words than CSL's: what EPPI-Reviewer, OpenAlex, Semantic Scholar, ClinicalTrials.gov and esummary give, under CSL's names.

What has no name there is kept under its own. Archives and Zotero: `archive_json`; services that a row of paths tells of: `service_json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from review.formats.json import pubmed_json, service_json
from review.formats.json.archive_json import WAYS as ARCHIVES
from review.formats.json.archive_json import dict_in as _dict
from review.formats.json.archive_json import list_in as _list
from review.formats.people.name_pieces import PARTICLES, is_body
from review.model.patterns import lazy

# EPPI-Reviewer's export: CodeSets, then References, whose Codes say what reviewers made of them.
_EPPI = {
    "Abstract": "abstract", "Authors": "authors", "City": "publisher-place", "Issue": "issue", "ItemId": "accession", "Keywords": "keyword", "Month": "month", "Pages": "page",
    "ParentTitle": "container-title", "Publisher": "publisher", "ShortTitle": "title-short", "StandardNumber": "ISSN", "Title": "title", "TypeName": "type",
    "Volume": "volume", "Year": "year",
}  # fmt: skip
# One of which each has that is read here.
MARKS = ("ItemId", "authorships", "paperId", "protocolSection", "ProtocolSection", "NCTId")
# Each names one of them.
NEEDS = frozenset({*MARKS, *pubmed_json.NEEDS, *(name for name, _, _ in ARCHIVES), *(names[0] for _, names in service_json.marks())})


def is_foreign(head: str) -> bool:
    """Whether the head of a file shows one of them."""
    return (
        any(f'"{name}"' in head for name in (*MARKS, "lens_id", "yearPublished", "itemType", "docid"))
        or ('"CodeSets"' in head and '"SetName"' in head)
        or ('"creators"' in head and ('"attributes"' in head or ('"titles"' in head and '"publicationYear"' in head)))
        or any(all(f'"{name}"' in head for name in names) for _, names in service_json.marks())
        or pubmed_json.is_pubmed(head)
        or '"authorString"' in head
        or ('"@context"' in head and ('"@type"' in head or '"type"' in head) and ("schema.org" in head or "codemeta" in head))
    )


def is_known(work: dict[str, Any]) -> bool:
    """Whether an object is as one of them, an archive, PubMed or another service writes a work."""
    return (
        any(name in work for name, _ in _WAYS)
        or pubmed_json.is_record(work)
        or any(name in work and fits(work) for name, fits, _ in ARCHIVES)
        or service_json.service_of(work) is not None
    )


def as_csl(found: dict[str, Any]) -> dict[str, Any]:
    """The object under CSL's names; any other as it is."""
    found = _answer(found)
    for name, told in _WAYS:
        if name in found:
            return told(dict(found))
    archived = next((read(found) for name, fits, read in ARCHIVES if name in found and fits(found)), None)
    return archived or service_json.read(found) or found


def _answer(found: dict[str, Any]) -> dict[str, Any]:
    """The work in an answer that holds one only, as Crossref and DataCite give it for a DOI."""
    inner = next((held for name in ("message", "data") if isinstance(held := found.get(name), dict)), {})
    return inner if inner.keys() & {"title", "DOI", "attributes", "paperId"} and not found.keys() & {"title", "DOI", "itemType"} else found


_CODE = lazy(r'"AttributeId"\s*:\s*(\d+)[^{}]{0,2000}?"AttributeName"\s*:\s*("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")')


def codes_in(text: str) -> dict[str, str]:
    """The names of the codes that stand before EPPI-Reviewer's references, by their numbers."""
    return {m[1]: json.loads(m[2]) for m in _CODE.finditer(text)} if '"CodeSets"' in text else {}


def with_codes(found: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A reference of EPPI-Reviewer's, each of its codes with its name."""
    codes = _list(found, "Codes")
    if not codes or not all(isinstance(one, dict) for one in codes):
        return found
    return {
        **found,
        "Codes": [({"AttributeName": name} if (name := names.get(str(one.get("AttributeId")))) else {}) | one for one in codes],
    }


def _eppi(work: dict[str, Any]) -> dict[str, Any]:
    told = {_EPPI.get(name, name): value for name, value in work.items()}
    for name, field in (("authors", "authors"), ("ParentAuthors", "editor")):
        if isinstance(people := told.get(name), str):
            del told[name]
            told[field] = [_turned(person) for one in people.split(";") if (person := one.strip())]
    if "publisher" not in told and "dissertation" in str(told.get("type", "")).casefold() and "Institution" in told:
        told["publisher"] = told.pop("Institution")
    if isinstance(words := told.get("keyword"), str):
        told["keyword"] = [word for line in words.splitlines() for word in line.split(";") if word.strip()]
    return told


def _turned(name: str) -> str:
    """`Smith, John` of EPPI-Reviewer's `Smith John`; of longer names the first word is the family, with the particles before it, or all before initials."""
    words = name.split()
    initials = len(words) - next((n for n in range(len(words), 0, -1) if not _INITIAL.fullmatch(words[n - 1])), 0)
    particles = next((n for n, word in enumerate(words) if word.casefold() not in PARTICLES), 0)
    family = len(words) - initials if initials > 1 else particles + 1
    if "," in name or is_body(name) or family >= len(words):
        return name
    if len(words) == 2 and initials:  # as Embase and PubMed have people too, which all writers part
        return name
    return f"{' '.join(words[:family])}, {' '.join(words[family:])}"


_INITIAL = lazy(r"[^\W\d_a-z]\.?")


def _openalex(work: dict[str, Any]) -> dict[str, Any]:
    """A work of OpenAlex's API (docs.openalex.org, Work object); the abstract comes as the places of its words."""
    ids, place = _dict(work, "ids"), _dict(work, "primary_location")
    source, part = _dict(place, "source"), _dict(work, "biblio")
    index = work.pop("abstract_inverted_index", None)
    people = [
        {
            "literal": _dict(a, "author").get("display_name") or a.get("raw_author_name"),
            "affiliation": a.get("raw_affiliation_strings")
            or [i.get("display_name") for i in _list(a, "institutions") if isinstance(i, dict)],
            "orcid": _dict(a, "author").get("orcid"),
        }
        for a in work.pop("authorships") or []
        if isinstance(a, dict)
    ]
    headings = [
        "/".join(str(t) for t in (h.get("descriptor_name"), h.get("qualifier_name")) if t)
        for h in _list(work, "mesh")
        if isinstance(h, dict)
    ]
    topics = [word.get("display_name") if isinstance(word, dict) else word for word in _list(work, "keywords")]
    year, doi = work.get("publication_year") or work.get("publication_date"), work.get("doi") or ids.get("doi")
    consumed = ("display_name", "id", "ids", "biblio", "keywords", "mesh", "publication_year", "doi")
    return {
        **{name: value for name, value in work.items() if name not in consumed},
        **{f"ids.{name}": value for name, value in ids.items() if name not in ("openalex", "doi", "pmid", "pmcid")},
        "accession": work.get("id"),
        "title": work.get("title") or work.get("display_name"),
        "author": people,
        "abstract": _abstract(index),
        "year": year,
        "container-title": source.get("display_name"),
        "publisher": source.get("host_organization_name"),
        "ISSN": source.get("issn") or source.get("issn_l"),
        "volume": part.get("volume"),
        "issue": part.get("issue"),
        "page": "-".join(dict.fromkeys(str(p) for p in (part.get("first_page"), part.get("last_page")) if p)),
        "DOI": doi,
        "PMID": _last(ids.get("pmid")),
        "PMCID": _pmc(ids.get("pmcid")),
        "URL": place.get("landing_page_url"),
        "keywords": [*headings, *topics],
    }


def _semantic_scholar(work: dict[str, Any]) -> dict[str, Any]:
    """A paper of the Academic Graph API (api.semanticscholar.org)."""
    ids, journal = _dict(work, "externalIds"), _dict(work, "journal")
    volume, _, issue = str(journal.get("volume") or "").partition(" ")
    rest = {name: value for name, value in work.items() if name not in ("paperId", "journal", "venue", "publicationTypes", "externalIds")}
    return {
        **rest,
        **{f"externalIds.{name}": value for name, value in ids.items() if name not in ("DOI", "PubMed", "PubMedCentral")},
        "accession": work.get("paperId"),
        "container-title": journal.get("name") or work.get("venue"),
        "volume": volume,
        "issue": issue,
        "page": str(journal.get("pages") or "").strip(),
        "DOI": ids.get("DOI"),
        "PMID": ids.get("PubMed"),
        "PMCID": _pmc(ids.get("PubMedCentral")),
        "ISSN": _dict(work, "publicationVenue").get("issn"),
        "type": "; ".join(str(kind) for kind in _list(work, "publicationTypes")),
    }


def _trial(study: dict[str, Any]) -> dict[str, Any]:
    """A study of ClinicalTrials.gov's API, version 2."""
    told = _dict(study, "protocolSection")
    names, when, what = (_dict(told, f"{name}Module") for name in ("identification", "status", "conditions"))
    return {
        **study,
        **_of_trial(names.get("nctId"), names.get("officialTitle"), names.get("briefTitle")),
        "abstract": _dict(told, "descriptionModule").get("briefSummary"),
        "keyword": [*_list(what, "conditions"), *_list(what, "keywords")],
        "year": (_dict(when, "studyFirstPostDateStruct") or _dict(when, "startDateStruct")).get("date"),
    }


def _trial_before(study: dict[str, Any]) -> dict[str, Any]:
    """The same of the API until 2024, whose names begin with a capital."""
    told = _dict(study, "ProtocolSection")
    names, when, what = (_dict(told, f"{name}Module") for name in ("Identification", "Status", "Conditions"))
    return {
        **study,
        **_of_trial(names.get("NCTId"), names.get("OfficialTitle"), names.get("BriefTitle")),
        "abstract": _dict(told, "DescriptionModule").get("BriefSummary"),
        "keyword": [*_list(_dict(what, "ConditionList"), "Condition"), *_list(_dict(what, "KeywordList"), "Keyword")],
        "year": _dict(when, "StudyFirstPostDateStruct").get("StudyFirstPostDate") or _dict(when, "StartDateStruct").get("StartDate"),
    }


def _trial_fields(study: dict[str, Any]) -> dict[str, Any]:
    """The same, where single fields were asked for: each a list."""
    one = {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in study.items()}
    official, brief, number = one.pop("OfficialTitle", None), one.pop("BriefTitle", None), one.pop("NCTId")
    return {
        **{name: value for name, value in one.items() if name not in ("BriefSummary", "Condition", "Keyword", "StartDate")},
        **_of_trial(number, official, brief),
        "abstract": one.get("BriefSummary"),
        "keyword": [*_list(study, "Condition"), *_list(study, "Keyword")],
        "year": one.get("StartDate"),
    }


def _of_trial(number: Any, official: Any, brief: Any) -> dict[str, Any]:
    """What a trial is known by: its number in the register, its official title, and the brief one, which is all that some have."""
    return {
        "title": official or brief,
        "title-short": brief if official else None,
        "accession": number,
        "URL": f"https://clinicaltrials.gov/study/{number}" if number else None,
    }


_WAYS: tuple[tuple[str, Callable[[dict[str, Any]], dict[str, Any]]], ...] = (
    ("ItemId", _eppi),
    ("authorships", _openalex),
    ("paperId", _semantic_scholar),
    ("protocolSection", _trial),
    ("ProtocolSection", _trial_before),
    ("NCTId", _trial_fields),
    ("fulljournalname", pubmed_json.summary),
)


def _last(address: Any) -> str:
    return str(address or "").rstrip("/").rpartition("/")[2]


def _pmc(address: Any) -> str:
    """`PMC123` from `123`, `PMC123` or an address that ends in one of them."""
    number = _last(address).removeprefix("PMC")
    return f"PMC{number}" if number else ""


def _abstract(index: Any) -> str:
    """The words in their order. index: word -> the places where it stands."""
    if not isinstance(index, dict):
        return ""
    placed = [(n, word) for word, places in index.items() if isinstance(places, list) for n in places if isinstance(n, int)]
    return " ".join(word for _, word in sorted(placed))
