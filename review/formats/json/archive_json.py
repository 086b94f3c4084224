"""JSON of archives and libraries of references under CSL's names: DataCite, HAL, The Lens, CORE, schema.org (also CodeMeta), Zotero's own.

What has no name there is kept under its own. Fields: the services' API references (support.datacite.org, api.archives-ouvertes.fr/docs,
docs.api.lens.org, api.core.ac.uk/docs/v3, zotero.org/support/dev/web_api).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from review.model.patterns import lazy

Work = dict[str, Any]


def dict_in(within: Work, name: str) -> Work:
    """What stands under the name, if it is an object; else an empty one."""
    found = within.get(name)
    return found if isinstance(found, dict) else {}


def list_in(within: Work, name: str) -> list[Any]:
    """What stands under the name, if it is a list; else an empty one."""
    found = within.get(name)
    return found if isinstance(found, list) else []


def _objects(within: Work, name: str) -> list[Work]:
    return [one for one in list_in(within, name) if isinstance(one, dict)]


def _person(one: Work, family: str, given: str, whole: str) -> Work:
    name = {"family": one.get(family), "given": one.get(given)} if one.get(family) else {"literal": one.get(whole)}
    orcid = next((n.get("nameIdentifier") for n in _objects(one, "nameIdentifiers") if n.get("nameIdentifierScheme") == "ORCID"), None)
    return {**name, "affiliation": one.get("affiliation") or one.get("affiliations"), "orcid": orcid or one.get("orcid")}


def _rest(work: Work, *taken: str) -> Work:
    return {name: value for name, value in work.items() if name not in taken}


_DATACITE = (
    "id", "creators", "titles", "descriptions", "subjects", "types", "publicationYear", "doi", "container", "identifiers", "publisher", "xml", "schemaVersion", "dates",
)  # fmt: skip


def _datacite(work: Work) -> Work:
    """A DOI's metadata, as DataCite's API answers and, without what it puts around them, its content negotiation."""
    told = dict_in(work, "attributes") or work
    kinds, abstracts, titles = dict_in(told, "types"), _objects(told, "descriptions"), _objects(told, "titles")
    abstract = next((d for d in abstracts if d.get("descriptionType") == "Abstract"), {})
    title = next((t for t in titles if not t.get("titleType")), titles[0] if titles else {})
    place = dict_in(told, "container")
    publisher = told.get("publisher")
    dates = _objects(told, "dates")
    issued = next((d for d in dates if d.get("dateType") == "Issued" and len(str(d.get("date"))) > len("2019")), {})
    return {
        **_rest(told, *_DATACITE),
        "title": title.get("title"),
        **{f"title {t.get('titleType')}".replace("title Subtitle", "subtitle"): t.get("title") for t in titles if t is not title},
        "author": [_person(a, "familyName", "givenName", "name") for a in _objects(told, "creators")],
        "abstract": abstract.get("description"),
        **{f"description {d.get('descriptionType')}": d.get("description") for d in abstracts if d is not abstract},
        "year": told.get("publicationYear"),
        "publicationDate": issued.get("date"),
        "dates": [d for d in dates if d is not issued],
        "container-title": place.get("title"),
        "ISSN" if place.get("identifierType") == "ISSN" else "container identifier": place.get("identifier"),
        "volume": place.get("volume"),
        "issue": place.get("issue"),
        "page": "-".join(str(p) for p in (place.get("firstPage"), place.get("lastPage")) if p),
        "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
        "keywords": [s.get("subject") for s in _objects(told, "subjects") if s.get("subject")],
        "DOI": told.get("doi") or work.get("id"),
        "URL": told.get("url"),
        "type": kinds.get("citeproc") or kinds.get("resourceTypeGeneral"),
        "genre": kinds.get("resourceType"),
    }


_HAL = {
    "title_s": "title", "authFullName_s": "author", "abstract_s": "abstract", "doiId_s": "DOI", "halId_s": "accession", "journalTitle_s": "container-title",
    "producedDateY_i": "year", "publicationDateY_i": "year", "volume_s": "volume", "issue_s": "issue", "page_s": "page", "uri_s": "URL", "docType_s": "type",
    "language_s": "language", "keyword_s": "keywords", "publisher_s": "publisher", "journalIssn_s": "ISSN", "isbn_s": "ISBN", "pubmedId_s": "PMID", "bookTitle_s": "container-title",
}  # fmt: skip


def _hal(work: Work) -> Work:
    found: Work = {}
    for name, value in work.items():
        called = _HAL.get(name, name)
        several = called in ("author", "keywords")
        value = value[0] if isinstance(value, list) and value and not several else value
        found.setdefault(called, value)
    return _rest(found, "docid", "label_s", "citationRef_s", "citationFull_s")


def _lens(work: Work) -> Work:
    source, ids = dict_in(work, "source"), _objects(work, "external_ids")
    known = {str(i.get("type")).casefold(): i.get("value") for i in reversed(ids)}
    taken = (
        "lens_id", "authors", "source", "external_ids", "year_published", "start_page", "end_page", "languages", "publication_type", "references", "citation_ids",
        "source_urls", "mesh_terms", "keywords",
    )  # fmt: skip
    words = [*(m.get("mesh_heading") for m in _objects(work, "mesh_terms")), *list_in(work, "keywords")]
    return {
        **_rest(work, *taken),
        "accession": work.get("lens_id"),
        "author": [_person(a, "last_name", "first_name", "collective_name") for a in _objects(work, "authors")],
        "year": work.get("year_published"),
        "container-title": source.get("title"),
        "publisher": source.get("publisher"),
        "country": source.get("country"),
        "ISSN": [i.get("value") for i in _objects(source, "issn")],
        "page": "-".join(str(p) for p in (work.get("start_page"), work.get("end_page")) if p),
        "DOI": known.get("doi"),
        "PMID": known.get("pmid"),
        "PMCID": known.get("pmcid"),
        "URL": [u.get("url") for u in _objects(work, "source_urls")],
        "keywords": [word for word in words if word],
        "language": "; ".join(str(name) for name in list_in(work, "languages")),
        "type": work.get("publication_type"),
    }


def _core(work: Work) -> Work:
    language, journal = dict_in(work, "language"), next(iter(_objects(work, "journals")), {})
    return {
        **_rest(work, "id", "yearPublished", "language", "journals", "downloadUrl", "authors", "documentType"),
        "accession": work.get("id"),
        "author": [a.get("name") if isinstance(a, dict) else a for a in list_in(work, "authors")],
        "year": work.get("yearPublished"),
        "container-title": journal.get("title"),
        "ISSN": journal.get("identifiers"),
        "language": language.get("name"),
        "URL": work.get("downloadUrl"),
        "type": work.get("documentType"),
    }


_ZOTERO = {
    "abstractNote": "abstract", "publicationTitle": "container-title", "bookTitle": "container-title", "proceedingsTitle": "container-title", "pages": "page",
    "place": "publisher-place", "itemType": "type", "extra": "note", "date": "issued", "shortTitle": "title-short", "conferenceName": "event-title",
    "journalAbbreviation": "container-title-short", "citationKey": "citation-key", "seriesTitle": "collection-title", "university": "publisher", "institution": "publisher",
}  # fmt: skip
# What people did to a work who did not write it; whoever else is named in Zotero (inventors, presenters, programmers) did.
_ROLES = {
    "editor": "editor", "seriesEditor": "collection-editor", "translator": "translator", "bookAuthor": "container-author", "reviewedAuthor": "reviewed-author",
    "recipient": "recipient", "interviewer": "interviewer",
}  # fmt: skip
_HOUSEKEEPING = (
    "version", "collections", "relations", "dateAdded", "dateModified", "creators", "tags", "itemID", "itemKey", "libraryID", "key", "attachments", "notes", "uri", "select",
)  # fmt: skip


def _zotero(work: Work) -> Work:
    told = dict_in(work, "data") or work
    found: Work = {}
    for name, value in _rest(told, *_HOUSEKEEPING).items():
        found.setdefault(_ZOTERO.get(name, name), value)
    people = [(str(c.get("creatorType")), _person(c, "lastName", "firstName", "name")) for c in _objects(told, "creators")]
    for kind, person in people:
        found.setdefault(_ROLES.get(kind, "author"), []).append(person)
    found["keywords"] = [t.get("tag") if isinstance(t, dict) else t for t in list_in(told, "tags")]
    found["file"] = [one.get("path") or one.get("url") for one in _objects(told, "attachments") if one.get("path") or one.get("url")]
    found["accession"] = told.get("key") or told.get("itemKey")
    notes = [str(n.get("note") or "" if isinstance(n, dict) else n) for n in list_in(told, "notes")]
    found["notes"] = "\n".join(_MARKUP.sub("", _ENDS.sub("\n", note)) for note in notes if note)
    return found


# A person's note on an item is HTML.
_ENDS = lazy(r"</(?:p|div|li|h\d)>|<br\s*/?>")
_MARKUP = lazy(r"</?[A-Za-z][^<>]{0,300}>")


def is_beside(work: Work) -> bool:
    """Whether an object is no work, but what Zotero keeps beside one: a file, a note, a mark in a file."""
    return (work.get("itemType") or dict_in(work, "data").get("itemType")) in ("attachment", "note", "annotation")


def is_written(beside: Work) -> bool:
    """Whether somebody wrote, or marked, what stands beside a work; of a file itself, nobody did."""
    told = dict_in(beside, "data") or beside
    return any(told.get(name) for name in ("note", "annotationText", "annotationComment"))


_SCHEMA = (
    "@context", "@id", "@type", "author", "creator", "agents", "identifier", "sameAs", "publisher", "isPartOf", "name", "headline", "datePublished", "description",
    "inLanguage", "pagination", "pageStart", "pageEnd", "url",
)  # fmt: skip


_KEYWORDS = {"type": "@type", "id": "@id"}  # as CodeMeta 3 has them


def _schema(work: Work) -> Work:
    work = {_KEYWORDS.get(name, name): value for name, value in work.items()}
    people = work.get("author") or work.get("creator") or work.get("agents")
    said = [work.get("identifier"), work.get("@id"), work.get("sameAs")]
    told = [one.get("value") if isinstance(one, dict) else one for some in said for one in (some if isinstance(some, list) else [some])]
    names = [str(name) for name in told if name]
    publisher, place = work.get("publisher"), _places(work.get("isPartOf"))
    doi = next((name for name in names if "10." in name), "")
    bare = doi[doi.find("10.") :]
    title = work.get("name") or work.get("headline")
    return {
        **_rest(work, *_SCHEMA),
        "title": title,
        "title headline": work.get("headline") if work.get("headline") != title else None,
        "author": [
            {**_person(a, "familyName", "givenName", "name"), "orcid": a.get("@id") or a.get("id") or a.get("orcid")}
            if isinstance(a, dict)
            else a
            for a in (people if isinstance(people, list) else [people])
            if a
        ],
        "issued": work.get("datePublished"),
        "abstract": work.get("description"),
        "container-title": place.get("name"),
        "volume": place.get("volumeNumber"),
        "issue": place.get("issueNumber"),
        "page": work.get("pagination") or "-".join(str(work[name]) for name in ("pageStart", "pageEnd") if work.get(name)),
        "ISSN": place.get("issn"),
        "ISBN": place.get("isbn"),
        "language": work.get("inLanguage"),
        "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
        "DOI": doi,
        "URL": work.get("url"),
        "type": work.get("@type"),
        "identifier": [name for name in dict.fromkeys(names) if name != work.get("url") and not (doi and name.endswith(bare))],
    }


def _places(part: Any) -> Work:
    """What a work of schema.org is in: an issue is part of a volume, and that of a periodical, whose name comes last."""
    found: Work = {}
    while part:
        one = next((one for one in part if isinstance(one, dict)), {}) if isinstance(part, list) else part
        one = one if isinstance(one, dict) else {"name": one}
        found = {**one, **found, "name": one.get("name") or found.get("name")}
        part = one.get("isPartOf")
    return found


# (the names of which an object has one, what is asked of it besides, how it is read)
WAYS: tuple[tuple[str, Callable[[Work], bool], Callable[[Work], Work]], ...] = (
    ("attributes", lambda work: "creators" in dict_in(work, "attributes"), _datacite),
    ("publicationYear", lambda work: "creators" in work and "titles" in work, _datacite),
    ("docid", lambda work: any(name in work for name in _HAL), _hal),
    ("lens_id", lambda work: True, _lens),
    ("yearPublished", lambda work: True, _core),
    ("@type", lambda work: "name" in work or "headline" in work, _schema),
    ("@context", lambda work: "type" in work and "name" in work, _schema),
    ("itemType", lambda work: True, _zotero),
    ("data", lambda work: "itemType" in dict_in(work, "data"), _zotero),
)
