"""JSON of archives, and Zotero's: one work, as each gives it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from review.formats.registry import detect
from review.model.record import Record, Reject

DATACITE = {"data": [{"id": "10.1000/z.1", "type": "dois", "attributes": {
    "doi": "10.1000/z.1", "creators": [{"name": "Smith, John", "givenName": "John", "familyName": "Smith", "affiliation": [{"name": "Univ X"}],
    "nameIdentifiers": [{"nameIdentifierScheme": "ORCID", "nameIdentifier": "https://orcid.org/0000-0002-1825-0097"}]}, {"name": "WHO"}],
    "titles": [{"title": "A title"}], "publisher": "Zenodo", "publicationYear": 2010, "subjects": [{"subject": "a"}],
    "descriptions": [{"description": "We did.", "descriptionType": "Abstract"}], "types": {"resourceTypeGeneral": "Dataset"}}}], "meta": {"total": 1}}  # fmt: skip
HAL = {"response": {"numFound": 1, "docs": [{"docid": "1", "title_s": ["A title"], "authFullName_s": ["John Smith", "WHO"], "doiId_s": "10.1000/z.1",
    "abstract_s": ["We did."], "producedDateY_i": 2010, "halId_s": "hal-01"}]}}  # fmt: skip
LENS = {"total": 1, "data": [{"lens_id": "100-004", "title": "A title", "year_published": 2010, "abstract": "We did.", "start_page": "1", "end_page": "9",
    "external_ids": [{"type": "doi", "value": "10.1000/z.1"}, {"type": "pmid", "value": "20123456"}], "source": {"title": "Things"},
    "source_urls": [{"type": "html", "url": "https://x.org/a"}], "mesh_terms": [{"mesh_heading": "Humans"}], "keywords": ["b"],
    "authors": [{"first_name": "John", "last_name": "Smith"}, {"collective_name": "WHO"}]}]}  # fmt: skip
CORE = {"totalHits": 1, "results": [{"id": 123, "title": "A title", "authors": [{"name": "Smith, John"}, {"name": "WHO"}], "abstract": "We did.",
    "doi": "10.1000/z.1", "yearPublished": 2010, "journals": [{"title": "Things"}]}]}  # fmt: skip
ITEM = {"itemType": "journalArticle", "title": "A title", "abstractNote": "We did.", "publicationTitle": "Things", "date": "2010", "DOI": "10.1000/z.1",
    "creators": [{"creatorType": "author", "firstName": "John", "lastName": "Smith"}, {"creatorType": "author", "name": "WHO"},
    {"creatorType": "editor", "firstName": "A", "lastName": "B"}, {"creatorType": "translator", "firstName": "C", "lastName": "D"}], "tags": [{"tag": "a"}], "extra": "PMID: 20123456"}  # fmt: skip
ZOTERO = [{"key": "ABCD2345", "version": 1, "library": {"id": 1}, "data": {"key": "ABCD2345", **ITEM}}]
SCHEMA = {"@context": "http://schema.org", "@type": "ScholarlyArticle", "@id": "https://doi.org/10.1000/z.1", "name": "A title", "description": "We did.",
    "author": [{"@type": "Person", "givenName": "John", "familyName": "Smith"}, {"@type": "Organization", "name": "WHO"}], "datePublished": "2010-02-03"}  # fmt: skip
GRAPH = {"@context": "https://schema.org", "@graph": [{name: value for name, value in SCHEMA.items() if name != "@context"}]}
CODEMETA = {{"@type": "type", "@id": "id"}.get(name, name): value for name, value in SCHEMA.items()} | {
    "@context": "https://w3id.org/codemeta/3.0"
}
SCHEMA_PART = {**SCHEMA, "headline": "Shorter", "identifier": ["doi:10.1000/z.1", "local-7"], "inLanguage": "en", "pageStart": "3", "pageEnd": "9", "isPartOf": {
    "@type": "PublicationIssue", "issueNumber": "2", "isPartOf": [{"@type": "PublicationVolume", "volumeNumber": 7, "isPartOf": {"name": "Things", "issn": "1234-5679"}}]}}  # fmt: skip
BETTER = {"config": {"label": "BetterBibTeX JSON"}, "items": [{"itemID": 1, **ITEM}]}


@pytest.mark.parametrize(
    "form",
    [DATACITE, HAL, LENS, CORE, ZOTERO, BETTER, SCHEMA, GRAPH, CODEMETA],
    ids=["datacite", "hal", "lens", "core", "zotero", "better-bibtex", "schema", "graph", "codemeta"],
)
def test_the_same_work(form: object) -> None:
    data = json.dumps(form).encode()
    (found,) = detect(data).read(data, {})
    assert isinstance(found, Record)
    assert found.authors in (("Smith, John", "WHO"), ("John Smith", "WHO"))
    assert (found.title, found.abstract, found.year, found.doi) == ("A title", "We did.", 2010, "10.1000/z.1")


def test_what_each_says_besides() -> None:
    def one(form: object) -> Record:
        (found,) = detect(data := json.dumps(form).encode()).read(data, {})
        assert isinstance(found, Record)
        return found

    assert (one(LENS).pmid, one(LENS).journal, one(LENS).pages, one(LENS).accession) == ("20123456", "Things", "1-9", "100-004")
    assert (one(ZOTERO).pmid, one(ZOTERO).keywords, one(ZOTERO).accession) == ("20123456", ("a",), "ABCD2345")
    assert ("editor", "B, A") in one(ZOTERO).extra
    assert (one(DATACITE).type, one(DATACITE).keywords) == ("Dataset", ("a",))
    assert ("translator", "D, C") in one(ZOTERO).extra
    assert (one(LENS).url, one(LENS).keywords) == ("https://x.org/a", ("Humans", "b"))
    files = [{"itemType": "attachment", "title": "PDF", "path": "a.pdf"}, {"itemType": "attachment", "url": "http://x.org/b"}]
    assert [text for name, text in one([{**ITEM, "attachments": files}]).extra if name == "file"] == ["a.pdf", "http://x.org/b"]
    part = one(SCHEMA_PART)
    assert (part.journal, part.volume, part.issue, part.pages, part.issn, part.language) == ("Things", "7", "2", "3-9", "1234-5679", "en")
    assert part.extra == (("date", "2010-02-03"), ("title headline", "Shorter"), ("identifier", "local-7"))
    assert {("affiliation", "Univ X"), ("AUID", "ORCID: 0000-0002-1825-0097")} < set(one(DATACITE).extra)


TRIAL = {
    "protocolSection": {"identificationModule": {"nctId": "NCT01234567", "briefTitle": "Hedges"}, "descriptionModule": {"briefSummary": "We plant."},
        "referencesModule": {"references": [{"pmid": "111", "citation": "Roe A. Hedges. Soil. 1999;1:1-2."}, {"pmid": "112", "citation": "Poe B. Rain. Soil. 2009;2:3-4."}]}},
    "resultsSection": {"words": "of an outcome " * 8000},
}  # fmt: skip


@pytest.mark.parametrize(
    "content", [{"studies": [TRIAL, TRIAL]}, TRIAL, {"studies": [{**TRIAL, "resultsSection": {}}] * 2}, {**TRIAL, "resultsSection": {}}]
)
def test_what_a_work_cites_is_not_taken_for_the_works(content: dict[str, Any]) -> None:
    data = json.dumps(content).encode()
    found = [r for r in detect(data).read(data, {}) if isinstance(r, Record)]
    assert [(r.title, r.abstract, r.accession) for r in found] == [("Hedges", "We plant.", "NCT01234567")] * len(
        content.get("studies", [TRIAL])
    )
    assert "Roe A. Hedges. Soil." in str(found[0].extra)
    # Also where the list of them comes before the title.
    paper = {
        "paperId": "ab12",
        "references": [{"paperId": "cd34", "title": "Cited"}],
        "title": "Citing",
        "venue": "Soil",
        "year": 2010,
        "authors": [{"name": "Ann Roe"}],
    }
    for papers in ({"data": [paper]}, paper):
        data = json.dumps(papers).encode()
        (one,) = detect(data).read(data, {})
        assert isinstance(one, Record)
        assert (one.title, one.journal) == ("Citing", "Soil")


@pytest.mark.parametrize("wrapped", [False, True])
def test_references_before_a_work_of_no_service_are_its_own(wrapped: bool) -> None:
    cited = [{"title": "Cited", "authors": ["Ann Roe"], "year": 1999}, {"title": "Cited too", "authors": ["Ann Roe"], "year": 1998}]
    work = {"title": "Citing", "authors": ["Bea Poe"], "year": 2010}
    data = json.dumps({"references": cited, **({"paper": work} if wrapped else work)}).encode()
    (one,) = detect(data).read(data, {})
    assert isinstance(one, Record)
    assert (one.title, one.authors) == ("Citing", ("Bea Poe",))
    assert "Cited too" in str(one.extra)
    for head in ({"title": "Our list"}, {"review": work}):  # which are about the list
        data = json.dumps({"references": cited, **head}).encode()
        assert [r.title for r in detect(data).read(data, {}) if isinstance(r, Record)] == ["Cited", "Cited too"]


CITED = [{"title": "Cited", "authors": ["Ann Roe"], "year": 1999}, {"title": "Cited too", "authors": ["Ann Roe"], "year": 1998}]


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (
            {"status": {"code": 1}, "answer": {"paper": {"title": "Citing", "doi": "10.1000/a", "references": CITED}, "took": {"ms": 2}}},
            ["Citing"],
        ),
        (
            {"retrieval": {"tail": {"reference": CITED}, "head": {"n": 1}, "coredata": {"dc:title": "Citing", "prism:doi": "10.1000/a"}}},
            ["Citing"],
        ),
        ({"data": {"journal": {"title": "Soil"}, "articles": CITED}}, ["Cited", "Cited too"]),
        ({"journal": {"title": "Soil"}, "articles": CITED}, ["Cited", "Cited too"]),
        ({"article": {"title": "Citing"}, "references": CITED}, ["Citing"]),
        ({"papers": {"b1": CITED[0], "b2": CITED[1]}}, ["Cited", "Cited too"]),
    ],
)
def test_which_works_of_an_answer_are_those_of_the_file(content: dict[str, Any], titles: list[str]) -> None:
    data = json.dumps(content).encode()
    assert [r.title for r in detect(data).read(data, {}) if isinstance(r, Record)] == titles


def test_a_note_that_stands_beside_a_work_in_zotero_is_told_of() -> None:
    beside = [
        {"key": "N1", "data": {"itemType": "note", "parentItem": "ABCD2345", "note": "<p>mine</p>"}},
        {"key": "A1", "data": {"itemType": "attachment", "title": "a.pdf"}},
        {"key": "A2", "data": {"itemType": "annotation", "annotationText": "lit", "annotationComment": ""}},
    ]
    data = json.dumps([*beside, {"key": "ABCD2345", "data": ITEM}]).encode()
    *notes, work = detect(data).read(data, {})
    assert isinstance(work, Record)
    assert all(isinstance(note, Reject) and "no reference" in note.reason for note in notes)
    assert ["mine" in notes[0].raw, "lit" in notes[1].raw, len(notes)] == [True, True, 2]


def test_what_doi_org_answers_of_data() -> None:
    """The same without what DataCite's own interface puts around it, and with a subtitle and a second description."""
    told = DATACITE["data"][0]["attributes"]  # type: ignore[index]
    told |= {"titles": [*told["titles"], {"title": "A subtitle", "titleType": "Subtitle"}]}
    told |= {"descriptions": [*told["descriptions"], {"description": "With care.", "descriptionType": "Methods"}]}
    (found,) = detect(data := json.dumps(told, indent=1).encode()).read(data, {})
    assert isinstance(found, Record)
    assert (found.title, found.year, found.doi) == ("A title: A subtitle", 2010, "10.1000/z.1")
    assert ("description Methods", "With care.") in found.extra


def test_a_preprint_of_crossref() -> None:
    work = {"DOI": "10.1000/z.1", "type": "posted-content", "title": ["A title"], "issued": {"date-parts": [[None]]}, "posted": {"date-parts": [[2022, 1, 5]]},
        "institution": [{"name": "Rxiv"}], "publisher-location": "Oban", "author": [{"family": "Smith", "given": "J", "ORCID": "https://orcid.org/0000-0002-1825-0097"}]}  # fmt: skip
    (found,) = detect(data := json.dumps([work]).encode()).read(data, {})
    assert isinstance(found, Record)
    assert found.year == 2022
    assert {("posted", "2022-01-05"), ("institution", "Rxiv"), ("place", "Oban"), ("AUID", "ORCID: 0000-0002-1825-0097")} == set(
        found.extra
    )
