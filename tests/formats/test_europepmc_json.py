"""Europe PMC's JSON, field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from review.errors import FormatError
from review.formats.json.europepmc_json import read
from review.formats.registry import detect
from review.model.record import Record, Reject, record_key

CORE: dict[str, Any] = {
    "id": "31234567", "source": "MED", "pmid": "31234567", "pmcid": "PMC7654321", "doi": "10.1000/Places.47",
    "title": "Working <i>together</i> in small towns &amp; caf\u00e9s.",
    "authorString": "Maker A, de Vries B, Towns Group.",
    "authorList": {"author": [
        {"fullName": "Maker A", "firstName": "Anna", "lastName": "Maker", "initials": "A", "authorId": {"type": "ORCID", "value": "0000-0001-0000-0000"}},
        {"fullName": "de Vries B", "lastName": "de Vries", "initials": "B",
         "authorAffiliationDetailsList": {"authorAffiliation": [{"affiliation": "A university"}, {"affiliation": "B university"}]}}, {"collectiveName": "Towns Group"},
    ]},
    "journalInfo": {"volume": "3", "issue": "2", "journalIssueId": 1823303, "yearOfPublication": 2011, "dateOfPublication": "2011 Oct",
                    "journal": {"title": "Journal of Places", "isoabbreviation": "J Places", "essn": "1758-2946", "issn": "1758-2938", "nlmid": "101"}},
    "pubYear": "2011", "pageInfo": "47-59", "language": "eng", "affiliation": "A university",
    "abstractText": "<h4>Background</h4>Towns &lt; 5,000 people.<h4>Methods:</h4> A <b>survey</b>.",
    "pubTypeList": {"pubType": ["research-article", "Journal Article"]},
    "meshHeadingList": {"meshHeading": [
        {"majorTopic_YN": "N", "descriptorName": "Hearing Loss", "meshQualifierList": {"meshQualifier": [{"qualifierName": "diagnosis", "majorTopic_YN": "Y"}]}},
        {"majorTopic_YN": "Y", "descriptorName": "Cities"},
    ]},
    "keywordList": {"keyword": ["Towns", "Partnership"]},
    "grantsList": {"grant": [{"grantId": "G1", "agency": "MRC"}]},
    "isOpenAccess": "Y", "inEPMC": "Y", "hasPDF": "Y", "citedByCount": 3, "dateOfCreation": "2011-11-02", "firstPublicationDate": "2011-10-14",
}  # fmt: skip


def page(*results: Any, indent: int | None = None) -> bytes:
    return json.dumps(
        {"version": "6.9", "hitCount": len(results), "resultList": {"result": list(results)}}, ensure_ascii=False, indent=indent
    ).encode()


def one(result: dict[str, Any]) -> Record:
    found = next(read(page(result)))
    assert isinstance(found, Record)
    return found


def test_every_field() -> None:
    found = one(CORE)
    assert found.title == "Working together in small towns & cafés."
    assert found.abstract == "Background: Towns < 5,000 people. Methods: A survey."
    assert found.authors == ("Maker, Anna", "de Vries, B", "Towns Group")
    assert (found.year, found.journal, found.volume, found.issue, found.pages) == (2011, "Journal of Places", "3", "2", "47-59")
    assert (found.doi, found.pmid, found.pmcid, found.issn) == ("10.1000/places.47", "31234567", "PMC7654321", "1758-2938; 1758-2946")
    assert (found.language, found.type) == ("eng", "research-article; Journal Article")
    assert found.keywords == ("Hearing Loss/*diagnosis", "*Cities", "Towns", "Partnership")
    assert found.accession == "MED:31234567"
    assert record_key("epmc", found) == "epmc:MED-31234567"
    assert found.extra == (
        ("date", "2011 Oct"), ("abbreviation", "J Places"), ("affiliation", "B university"), ("AUID", "ORCID: 0000-0001-0000-0000"),
        ("affiliation", "A university"), ("grantsList", '{"grant": [{"grantId": "G1", "agency": "MRC"}]}'), ("firstPublicationDate", "2011-10-14"),
    )  # fmt: skip


def test_a_preprint_and_a_lite_result() -> None:
    preprint = one(
        {
            "id": "PPR1",
            "source": "PPR",
            "title": "T",
            "bookOrReportDetails": {"publisher": "bioRxiv", "yearOfPublication": 2018},
            "pmid": None,
        }
    )
    assert (preprint.accession, preprint.journal, preprint.year, preprint.pmid) == ("PPR:PPR1", "bioRxiv", 2018, "")
    lite = one(
        {
            "id": "7",
            "source": "MED",
            "title": "T",
            "authorString": "Maker A, Towns B.",
            "journalTitle": "J",
            "pubYear": "1999",
            "pubType": "review",
        }
    )
    assert (lite.authors, lite.journal, lite.year, lite.type, lite.pmid) == (("Maker A", "Towns B"), "J", 1999, "review", "7")


@pytest.mark.parametrize("indent", [None, 1])
def test_raw_and_line_of_each_entry(indent: int | None) -> None:
    data = page(CORE, {"id": "2", "source": "MED", "title": "Second"}, indent=indent)
    found = list(read(data))
    assert all(isinstance(f, Record) and json.loads(f.raw)["id"] == i for f, i in zip(found, ("31234567", "2"), strict=True))
    text = data.decode().split("\n")
    assert all(f.raw.split("\n")[0] in text[f.line - 1] for f in found)


def test_what_is_cut_off_or_broken_costs_no_other() -> None:
    data = page({"id": "1", "source": "MED", "title": "First"}, {"id": "2", "source": "MED", "title": "Second"})
    first, cut = list(read(data[:-20]))
    assert isinstance(first, Record)
    assert isinstance(cut, Reject)
    assert "cut off" in cut.reason
    found = list(
        read(
            page(
                {"id": "1", "source": "MED", "title": "First"},
                7,
                {"note": "x"},
                {"title": "No id"},
                {"title": ["a"], "authorList": 3, "journalInfo": "?"},
            )
        )
    )
    assert [type(f).__name__ for f in found] == ["Record", "Reject", "Reject", "Record", "Reject"]
    deep = b'{"resultList": {"result": [' + b"[" * 100_000
    assert "nested too deeply" in next(iter(r.reason for r in read(deep) if isinstance(r, Reject)))


def test_an_empty_page_and_what_is_no_page() -> None:
    assert list(read(page())) == []
    assert detect(page(CORE)).name == "europepmc-json"
    with pytest.raises(FormatError, match="no list of results"):
        list(read(b'{"hitCount": 3}'))
