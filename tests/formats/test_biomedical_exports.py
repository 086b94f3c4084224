"""Exports of biomedical databases and registers, and what scripts keep of their answers: nothing of a record is lost or elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from describing import describe_bytes
from one_file import records

from review.errors import FormatError
from review.formats.citations.citation import Citation, parse_citation
from review.formats.registry import detect
from review.formats.values.fields import person
from review.formats.values.ids import pmid_in
from review.formats.values.keyword_lists import split_keywords
from review.model.record import Record, Reject


def only(content: Any) -> Record:
    (found,) = records(json.dumps(content))
    return found


PEOPLE = ("Beech, Ada M", "Rowan, Tim")
BY_ELEMENT = {
    "MedlineCitation": {
        "PMID": "31234567",
        "Article": {
            "ELocationID": ["10.1000/j.1"], "Language": ["eng"],
            "Journal": {"ISSN": "0277-9536", "JournalIssue": {"Volume": "12", "Issue": "3", "PubDate": {"Year": "2019", "Month": "Mar"}}, "Title": "Things of health"},
            "ArticleTitle": "Hedges & sleep.", "Pagination": {"MedlinePgn": "101-9"}, "Abstract": {"AbstractText": ["We looked.", "We saw."]},
            "AuthorList": [{"LastName": "Beech", "ForeName": "Ada M", "Initials": "AM"}, {"LastName": "Rowan", "ForeName": "Tim"}],
            "PublicationTypeList": ["Journal Article", "Review"],
        },
        "MeshHeadingList": [{"QualifierName": ["physiology"], "DescriptorName": "Sleep"}], "KeywordList": [["hedge", "night"]],
    },
    "PubmedData": {"ArticleIdList": ["31234567", "10.1000/j.1", "PMC7654321"]},
}  # fmt: skip
XMLTODICT = {
    "MedlineCitation": {
        "PMID": {"@Version": "1", "#text": "31234567"},
        "Article": {
            "ELocationID": {"@EIdType": "doi", "@ValidYN": "Y", "#text": "10.1000/j.1"}, "Language": "eng",
            "Journal": {
                "ISSN": {"@IssnType": "Print", "#text": "0277-9536"}, "Title": "Things of health",
                "JournalIssue": {"Volume": "12", "Issue": "3", "PubDate": {"Year": "2019"}},
            },
            "ArticleTitle": "Hedges & sleep.", "Pagination": {"MedlinePgn": "101-9"},
            "Abstract": {"AbstractText": [{"@Label": "", "#text": "We looked."}, "We saw."]},
            "AuthorList": {"Author": [{"LastName": "Beech", "ForeName": "Ada M"}, {"LastName": "Rowan", "ForeName": "Tim"}]},
            "PublicationTypeList": {"PublicationType": [{"@UI": "D1", "#text": "Journal Article"}, "Review"]},
        },
        "MeshHeadingList": {"MeshHeading": {"DescriptorName": {"@UI": "D2", "#text": "Sleep"}, "QualifierName": "physiology"}},
        "KeywordList": {"Keyword": ["hedge", {"#text": "night"}]},
    },
    "PubmedData": {"ArticleIdList": {"ArticleId": [{"@IdType": "pmc", "#text": "PMC7654321"}, {"@IdType": "doi", "#text": "10.1000/j.1"}]}},
}  # fmt: skip
BY_TAG = {
    "PMID": "31234567", "TI": "Hedges & sleep.", "AB": "We looked. We saw.", "FAU": ["Beech, Ada M", "Rowan, Tim"], "AU": ["Beech AM", "Rowan T"], "DP": "2019 Mar",
    "JT": "Things of health", "TA": "Things Health", "VI": "12", "IP": "3", "PG": "101-109", "LID": "10.1000/j.1 [doi]", "LA": ["eng"], "PT": ["Journal Article", "Review"],
    "IS": "0277-9536 (Print)", "MH": ["Sleep/physiology"], "OT": ["hedge", "night"], "PMC": "PMC7654321",
}  # fmt: skip
SUMMARY = {
    "uid": "31234567", "pubdate": "2019 Mar", "source": "Things Health", "title": "Hedges & sleep.", "volume": "12", "issue": "3", "pages": "101-109", "lang": ["eng"],
    "authors": [{"name": "Beech, Ada M", "authtype": "Author"}, {"name": "Rowan, Tim", "authtype": "Author"}], "issn": "0277-9536", "essn": "",
    "pubtype": ["Journal Article", "Review"], "fulljournalname": "Things of health",
    "articleids": [{"idtype": "pubmed", "value": "31234567"}, {"idtype": "doi", "value": "10.1000/j.1"}, {"idtype": "pmc", "value": "PMC7654321"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        {"PubmedArticle": [BY_ELEMENT], "PubmedBookArticle": []},
        [BY_ELEMENT],
        [BY_ELEMENT["MedlineCitation"]],
        {"PubmedArticleSet": {"PubmedArticle": [XMLTODICT]}},
        {"PubmedArticleSet": {"PubmedArticle": XMLTODICT}},
        [BY_TAG],
        {"31234567": SUMMARY},
        [SUMMARY],
    ],
    ids=[
        "Entrez.read",
        "list of it",
        "of citations",
        "xmltodict",
        "xmltodict, one",
        "Medline.parse",
        "a summary by its number",
        "summaries",
    ],
)
def test_pubmed_as_json(content: Any) -> None:
    """None of these was read: JSON in which no list of references was found, or one broken entry."""
    r = only(content)
    assert (r.title, r.year, r.journal, r.volume, r.issue, r.pages) == ("Hedges & sleep.", 2019, "Things of health", "12", "3", "101-109")
    assert (r.authors, r.pmid, r.doi, r.issn, r.language, r.type) == (
        PEOPLE,
        "31234567",
        "10.1000/j.1",
        "0277-9536",
        "eng",
        "Journal Article; Review",
    )
    if content != [BY_ELEMENT["MedlineCitation"]]:  # PubMed's own list of numbers is not in it
        assert r.pmcid == "PMC7654321"
    if "fulljournalname" not in json.dumps(content):
        assert r.abstract.split() == ["We", "looked.", "We", "saw."]
        assert r.keywords == ("Sleep/physiology", "hedge", "night")


def test_pubmed_as_json_with_attributes_beside_the_text() -> None:
    """The PMID had its version behind it, and a heading its number."""
    article = {
        "ArticleTitle": "Hedges.", "ELocationID": {"EIdType": "doi", "text": "10.1000/j.1"}, "Abstract": {"AbstractText": [{"Label": "AIMS", "text": "We looked."}]},
        "Journal": {"ISSN": {"IssnType": "Print", "text": "0277-9536"}, "Title": "Things of health"},
    }  # fmt: skip
    heading = {"DescriptorName": {"UI": "D012890", "MajorTopicYN": "Y", "text": "Sleep"}}
    r = only(
        [
            {
                "MedlineCitation": {
                    "PMID": {"Version": "1", "text": "31234567"},
                    "Article": article,
                    "MeshHeadingList": {"MeshHeading": [heading]},
                }
            }
        ]
    )
    assert (r.pmid, r.doi, r.issn, r.keywords, r.abstract) == ("31234567", "10.1000/j.1", "0277-9536", ("*Sleep",), "AIMS: We looked.")


def _v1(name: str, value: str) -> str:
    return f'<Item Name="{name}" Type="String">{value}</Item>'


ANSWERS = {
    "json": json.dumps({"header": {"type": "esummary"}, "result": {"uids": ["1", "2"], "1": SUMMARY, "2": {"uid": "2", "error": "cannot get document summary"}}}),
    "version 1": "<eSummaryResult><DocSum><Id>31234567</Id>"
    + "".join(_v1(name, SUMMARY[name.casefold()]) for name in ("PubDate", "Source", "Title", "Volume", "Issue", "Pages", "ISSN", "FullJournalName")).replace("&", "&amp;")
    + _v1("AuthorList", _v1("Author", "Beech, Ada M") + _v1("Author", "Rowan, Tim"))
    + _v1("LangList", _v1("Lang", "eng"))
    + _v1("PubTypeList", _v1("PubType", "Journal Article") + _v1("PubType", "Review"))
    + _v1("ArticleIds", _v1("pubmed", "31234567") + _v1("doi", "10.1000/j.1") + _v1("pmc", "PMC7654321"))
    + "</DocSum><DocSum><Id>2</Id>"
    + _v1("error", "cannot get document summary")
    + "</DocSum></eSummaryResult>",
    "version 2": """<?xml version="1.0"?><eSummaryResult><DocumentSummarySet status="OK"><DocumentSummary uid="31234567"><PubDate>2019 Mar</PubDate><EPubDate></EPubDate>
<Source>Things Health</Source><Authors><Author><Name>Beech, Ada M</Name><AuthType>Author</AuthType></Author><Author><Name>Rowan, Tim</Name></Author></Authors>
<Title>Hedges &amp; sleep.</Title><Volume>12</Volume><Issue>3</Issue><Pages>101-109</Pages><Lang><string>eng</string></Lang><ISSN>0277-9536</ISSN>
<PubType><flag>Journal Article</flag><flag>Review</flag></PubType><FullJournalName>Things of health</FullJournalName><References></References>
<ArticleIds><ArticleId><IdType>doi</IdType><Value>10.1000/j.1</Value></ArticleId><ArticleId><IdType>pmc</IdType><Value>PMC7654321</Value></ArticleId></ArticleIds>
</DocumentSummary><DocumentSummary uid="2"><error>cannot get document summary</error></DocumentSummary></DocumentSummarySet></eSummaryResult>""",
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_esummarys_own_answer(answer: str) -> None:
    """It was refused, since it has no abstracts; all else of a reference is in it. A number that PubMed does not know is a reject."""
    found = detect(answer.encode())
    r, reject = found.read(answer.encode(), {})
    assert isinstance(r, Record)
    assert isinstance(reject, Reject)
    assert (r.title, r.year, r.journal, r.volume, r.issue, r.pages, r.authors) == (
        *("Hedges & sleep.", 2019, "Things of health", "12", "3", "101-109"),
        PEOPLE,
    )
    assert (r.pmid, r.doi, r.pmcid, r.issn, r.language, r.type, r.accession) == (
        *("31234567", "10.1000/j.1", "PMC7654321", "0277-9536", "eng", "Journal Article; Review"),
        "31234567",
    )
    assert {("date", "2019 Mar"), ("abbreviation", "Things Health")} <= set(r.extra)
    assert "cannot get document summary" in reject.raw


def test_a_summary_of_pubmed_central_has_the_number_of_its_article() -> None:
    """Its own, which is that of the article there, was the PMID of another."""
    ids = [{"idtype": "pmid", "value": "31234567"}, {"idtype": "pmcid", "value": "PMC7654321"}]
    r = only([{**SUMMARY, "uid": "7654321", "articleids": ids}])
    assert (r.pmid, r.pmcid, r.accession) == ("31234567", "PMC7654321", "PMC7654321")


def test_an_answer_of_esummary_without_a_record_of_pubmed_is_called_that() -> None:
    gene = '"1":{"uid":"1","title":"alpha","authors":[],"source":"x","journal":"","year":""}'
    for answer in (
        '{"header":{"type":"esummary"},"result":{"uids":[]}}',
        f'{{"header":{{"type":"esummary"}},"result":{{"uids":["1"],{gene}}}}}',
        "<eSummaryResult><ERROR>Empty id list</ERROR></eSummaryResult>",
        f"<eSummaryResult><DocSum><Id>1</Id>{_v1('Title', 'alpha [Homo sapiens]')}</DocSum></eSummaryResult>",
    ):
        with pytest.raises(FormatError, match="esummary without a record of PubMed"):
            detect(answer.encode())


@pytest.mark.parametrize("tag", ["error", "ERROR"])
def test_an_error_among_pubmeds_entries_is_a_reject(tag: str) -> None:
    """A batch that failed was no entry, and nothing was said of it."""
    article = (
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
    for entries, records_ in (("", 0), (article, 1)):
        data = f"<PubmedArticleSet>\n{entries}\n<{tag}>Search backend\nfailed</{tag}></PubmedArticleSet>".encode()
        *kept, reject = detect(data).read(data, {})
        assert len(kept) == records_
        assert isinstance(reject, Reject)
        assert (reject.line, reject.reason) == (3, "an error in the place of entries: Search backend failed")


WORKS = [
    {"title": "First of hedges", "authors": ["Ada Beech"], "doi": "10.1000/a", "year": 2019},
    {"title": "Second of hedges", "authors": [], "doi": None, "year": 2020},
]


@pytest.mark.parametrize(
    "content",
    [
        {"metadata": {"created": "2026-01-02", "missing": {"title": 0, "doi": 1}}, "queries": [{"id": "Q1", "hits": 2}], "records": WORKS},
        {"title": "What we found", "date": "2026-01-02", "found": WORKS},
        {"query": "hedges", "pubmed": WORKS[:1], "europepmc": WORKS[1:]},
        {"results": WORKS[:1], "meta": {"count": 2}, "preprints": WORKS[1:]},
        {"results": {"pubmed": {"items": WORKS}}},
        {"hits": {"total": 2, "hits": [{"_index": "p", "_score": 1.5, "_source": work} for work in WORKS]}},
        {"data": {"papers": {"edges": [{"node": work} for work in WORKS]}}},
        {"A1": WORKS[0], "A2": WORKS[1]},
    ],
    ids=["with a preface", "titled", "by database", "lists behind", "nested", "Elasticsearch", "GraphQL", "by key"],
)
def test_works_wherever_a_script_puts_them(content: Any) -> None:
    """All of a file was one broken entry, or the second list was lost."""
    text = json.dumps(content)
    found = records(text)
    assert [(r.title, r.year, r.doi) for r in found] == [("First of hedges", 2019, "10.1000/a"), ("Second of hedges", 2020, "")]
    assert describe_bytes(text.encode(), detect(text.encode())).records == 2


def test_a_work_with_references_is_one_work() -> None:
    r = only([{"title": "A work", "authors": ["Ada Beech"], "references": WORKS}])
    assert (r.title, r.authors) == ("A work", ("Ada Beech",))
    r = only({"title": "A work", "doi": "10.1000/w", "cited_by": WORKS})
    assert (r.title, r.doi) == ("A work", "10.1000/w")


def test_an_item_that_is_none_among_works_is_rejected() -> None:
    data = json.dumps({"found": [*WORKS, {"note": "none"}]}).encode()
    found = list(detect(data).read(data, {}))
    assert [type(r) for r in found] == [Record, Record, Reject]


@pytest.mark.parametrize(
    "one",
    [
        {"LastName": "Beech", "ForeName": "Ada M"}, {"lastname": "Beech", "firstname": "Ada M", "initials": "AM", "affiliation": None},
        {"last_name": "Beech", "fore_name": "Ada M"}, {"surname": "Beech", "givenNames": "Ada M"}, {"familyName": "Beech", "givenName": "Ada M"},
        {"fullName": "Beech, Ada M"}, "Beech, Ada M",
    ],
)  # fmt: skip
def test_people_as_objects(one: Any) -> None:
    """Nobody was left of `LastName` and `ForeName`."""
    assert only([{"title": "A", "doi": "10.1000/a", "authors": [one]}]).authors == ("Beech, Ada M",)


def test_dates_and_numbers_as_objects() -> None:
    r = only(
        [{"title": "A", "doi": "10.1000/a\n10.1000/cited", "pubmed_id": "31234567\n21234567", "pub_date": {"year": "2019", "month": "Mar"}}]
    )
    assert (r.year, r.pmid, r.doi) == (2019, "31234567", "10.1000/a")
    assert ("date", "2019 Mar") in r.extra
    assert any("21234567" in text for _, text in r.extra)
    assert pmid_in("31234567 21234567", bare=True) == "31234567"
    assert not pmid_in("12 13", bare=True)


def test_pubmed_parser() -> None:
    """The names stood with their bars, the types and headings with their numbers, and the headings beside the keywords."""
    r = only([{"title": "A", "pmid": "31234567", "authors": "Beech|Ada M|AM|;Rowan|Tim|T|*", "mesh_terms": "D012890:Sleep; D000328:Adult", "keywords": "hedge; night", "publication_types": "D016428:Journal Article; D016454:Review"}])  # fmt: skip
    assert (r.authors, r.type) == (PEOPLE, "Journal Article; Review")
    assert r.keywords == ("Sleep", "Adult", "hedge", "night")
    (row,) = records(
        "pmid,title,authors,mesh_terms,publication_types\n31234567,A,Beech|Ada M|AM|,D012890:Sleep; D000328:Adult,D016428:Journal Article\n"
    )
    assert (row.authors, row.keywords, row.type) == (PEOPLE[:1], ("Sleep", "Adult"), "Journal Article")
    assert person("Beech|Ada") == "Beech|Ada"
    assert split_keywords("Dose: 12") == ["Dose: 12"]


@pytest.mark.parametrize(
    "content",
    [
        {"StudyFieldsResponse": {"NStudiesFound": 1, "FieldList": ["NCTId", "BriefTitle"], "StudyFields": [{"Rank": 1, "NCTId": ["NCT01234567"], "BriefTitle": ["Hedges"], "OfficialTitle": ["A trial of hedges"], "Condition": ["Sleep", "Mood"], "BriefSummary": ["We plant."], "StartDate": ["March 2019"]}]}},
        {"FullStudiesResponse": {"FullStudies": [{"Rank": 1, "Study": {"ProtocolSection": {
            "IdentificationModule": {"NCTId": "NCT01234567", "BriefTitle": "Hedges", "OfficialTitle": "A trial of hedges"}, "StatusModule": {"StartDateStruct": {"StartDate": "March 1, 2019"}},
            "DescriptionModule": {"BriefSummary": "We plant."}, "ConditionsModule": {"ConditionList": {"Condition": ["Sleep"]}, "KeywordList": {"Keyword": ["Mood"]}}}}}]}},
        {"studies": [{"protocolSection": {"identificationModule": {"nctId": "NCT01234567", "briefTitle": "Hedges", "officialTitle": "A trial of hedges"}, "statusModule": {"startDateStruct": {"date": "2019-03"}},
            "descriptionModule": {"briefSummary": "We plant."}, "conditionsModule": {"conditions": ["Sleep", "Mood"]}}}]},
    ],
    ids=["fields", "full studies", "today"],
)  # fmt: skip
def test_clinicaltrials_gov_of_every_age(content: Any) -> None:
    r = only(content)
    assert (r.title, r.abstract, r.year, r.keywords, r.accession) == (
        "A trial of hedges",
        "We plant.",
        2019,
        ("Sleep", "Mood"),
        "NCT01234567",
    )
    assert r.url == "https://clinicaltrials.gov/study/NCT01234567"


def test_clinicaltrials_gov_as_text() -> None:
    one, two = records(
        "Study 1:\n\n     Title: Hedges in sleep\n     Recruitment: Completed\n     Conditions: Sleep|Mood\n     URL: https://ClinicalTrials.gov/show/NCT01234567\n\n"
        "Study 2:\n\n     Title: Hedges in rain: a trial\n     Conditions: Rain\n     URL: https://ClinicalTrials.gov/show/NCT01234568\n"
    )
    assert (one.title, one.keywords, one.url[-11:]) == ("Hedges in sleep", ("Sleep", "Mood"), "NCT01234567")
    assert ("recruitment", "Completed") in one.extra
    assert two.title == "Hedges in rain: a trial"


def test_virtual_health_library_as_json() -> None:
    doc = {
        "id": "lil-123456", "db": ["LILACS"], "type": ["article"], "ti": ["Sebes e sono"], "au": ["Souza, Ana", "Lima, José"], "ta": ["Rev. sebe"], "is": ["0277-9536"], "la": ["pt"],
        "dp": "2019", "da": "201903", "ab": ["Texto."], "mh": ["Sono"], "fo": ["Rev. sebe; 12(3): 101-109, mar. 2019. tab"], "doi": ["10.1000/r.1"],
    }  # fmt: skip
    r = only({"diaServerResponse": [{"response": {"numFound": 1, "docs": [doc]}}]})
    assert (r.title, r.authors, r.year, r.journal, r.volume, r.issue, r.pages) == (
        "Sebes e sono",
        ("Souza, Ana", "Lima, José"),
        2019,
        "Rev. sebe",
        "12",
        "3",
        "101-109",
    )
    assert (r.doi, r.issn, r.language, r.keywords, r.abstract, r.accession) == (
        "10.1000/r.1",
        "0277-9536",
        "pt",
        ("Sono",),
        "Texto.",
        "lil-123456",
    )


def test_the_source_as_base_has_it_in_json() -> None:
    cited = parse_citation("Hedge Health; volume 12, issue 3, page 101-109; ISSN 0277-9536")
    assert (cited.journal, cited.volume, cited.issue, cited.pages, cited.issn) == ("Hedge Health", "12", "3", "101-109", "0277-9536")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hedge Health, Vol 12, Iss 3, Pp 101-109 (2022)", ("12", "3", "101-109")), ("Hedge Health, Vol 69, Iss , Pp 103322- (2022)", ("69", "", "103322")),
        ("Hedge Health, Vol 13, Iss 5406, p 5406 (2022)", ("13", "", "5406")), ("Hedge Health, Vol 4, Iss 2 (2022)", ("4", "2", "")),
        ("Hedge Health, Iss 7, Pp 1-9 (2022)", ("", "7", "1-9")),
    ],
)  # fmt: skip
def test_the_source_as_doaj_has_it_and_whoever_takes_from_it(text: str, parts: tuple[str, str, str]) -> None:
    for cited in (parse_citation(text), parse_citation(f"Source: {text} ; Description: Gardens.")):
        assert (cited.journal, cited.year, (cited.volume, cited.issue, cited.pages)) == ("Hedge Health", 2022, parts)
    assert cited.abstract == "Gardens."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hedge Health; Leeds Vol. 85, Iss. 3,  (Mar 2015): 12-20.", ("85", "3", "12-20")), ("Hedge Health, 10 (3), art. no. e0119, .", ("10", "3", "e0119")),
        ("Hedge Health   Volume: 85   Issue: 3   Pages: 12-20   Published: MAR 2015", ("85", "3", "12-20")), ("Hedge Health, 2015, Issue 3", ("", "3", "")),
        ("Hedge Health, Volume 85, Issue 3, March 2015, Pages 12-20", ("85", "3", "12-20")), ("Hedge Health. 18(2):101-118, 2012.", ("18", "2", "101-118")),
        ("Hedge Health Volume: 85 Issue: 3 Special Issue: SI DOI: 10.1000/x Published: MAR 2015", ("85", "3", "")),
        ("Hedge Health, Volume 85, Issue 3, 3–9 January 2015, Pages 12-20", ("85", "3", "12-20")), ("Hedge Health, Volume 85, Number 3, March 2015, pp. 12-20(9)", ("85", "3", "12-20")),
        ("Hedge Health 85 (2015), pp. 12-20", ("85", "", "12-20")), ("Hedge Health, 85(3), 12 – 20", ("85", "3", "12-20")), ("Hedge Health, Volume: 85 Issue: 3, page(s): 12-20", ("85", "3", "12-20")),
        ("Hedge Health (2015) 36 SUPPL. 1 (123-124). Date of Publication: August 2015", ("36", "SUPPL. 1", "123-124")), ("Hedge Health (2015) 85:3 SUPPL. 1 (S12-S20)", ("85", "3 SUPPL. 1", "S12-S20")),
        ("Hedge Health (2015) 14 Supplement 2. Article Number: P12", ("14", "Supplement 2", "P12")), ("Hedge Health (2015) SUPPL. 1 (12-20)", ("", "SUPPL. 1", "12-20")), ("Hedge Health (2015) 85 PART A (12-20)", ("85", "PART A", "12-20")),
        ("Hedge Health [HH] 2015 Jan 02; Vol. 350 (1), pp. 12-20. Date of Electronic Publication: 2015 Jan 01.", ("350", "1", "12-20")), ("Hedge Health. Jan2015 Supplement 1, Vol. 38, pS12-S20. 9p.", ("38", "", "S12-S20")),
        ("Hedge Health, Mar2015 Supplement 1; 85 S12-S20. (9p)", ("85", "", "S12-S20")), ("Hedge Health, 1/3/2015; 350(7989): h1-h1. (1p)", ("350", "7989", "h1")), ("Hedge Health. 2015, Vol. 350, p12-20. 9p.", ("350", "", "12-20")),
        ("In: Hedge Health. Smith, J. (Ed); New York, NY, US: Sage, 2015. pp. 12-20. [Chapter]", ("", "", "12-20")), ("Hedge Health, March 2015, v. 40, iss. 2, pp. 12-20", ("40", "2", "12-20")),
        ("Hedge Health, v. 40, no. 2, p. 12-20, 2015", ("40", "2", "12-20")), ("Hedge Health. 2015 Mar., v. 85, no. 3, p. 12-20.", ("85", "3", "12-20")), ("Hedge Health. 131(3):12-20, January 20, 2015.", ("131", "3", "12-20")),
        ("Hedge Health. 60(3): 12-20, Jul. 2015.", ("60", "3", "12-20")), ("Hedge Health. Publish Ahead of Print, POST AUTHOR CORRECTIONS, 3 March 2021", ("", "", "")), ("Hedge Health; 2015; 85 (3): 12-20.", ("85", "3", "12-20")),
        ("Hedge Health. 85 (3) 12-20, 2015", ("85", "3", "12-20")), ("Hedge Health. MAR 2015; 85 (3): 12-20.", ("85", "3", "12-20")), ("Hedge Health, vol 115, no 5940, 3 Feb 2005, pp 12-13.", ("115", "5940", "12-13")),
        ("Hedge Health 85.3 (Mar 2015): 12-20.", ("85", "3", "12-20")), ("(2015) Hedge Health, pp. 12-20.", ("", "", "12-20")), ("(2015) Hedge Health, . Article in Press.", ("", "", "")),
        ("Hedge Health, 2015, 85(3) (no pagination)", ("85", "3", "")), ("Hedge Health, 2015, 85(3), 12‐20 | added to CENTRAL: 31 May 2015 | 2015 Issue 5", ("85", "3", "12-20")), ("Hedge Health. Conference: 5th meeting. 2015, 85(3), 12", ("85", "3", "12")),
        ("Hedge Health, volume 92, issue 2, page 250-260 ; ISSN 1099-3460", ("92", "2", "250-260")), ("Hedge Health (2015) 40.1 (250-260). Date of Publication: 2015", ("40.1", "", "250-260")),
        ("(2015) Hedge Health, Article in Press.", ("", "", "")),
        ("Hedge Health, 2015, 85, 3, pp 12-20", ("85", "3", "12-20")), ("Hedge Health 2015 Vol.85 No.3 pp.12-20 ref.30", ("85", "3", "12-20")),
        ("Hedge Health, Vol. 85, No. 3 (2015), pp. 12-20", ("85", "3", "12-20")), ("Hedge Health, Vol. 85, No. 3 (March 2015), pp. 12-20 (9 pages)", ("85", "3", "12-20")),
        ("in Hedge Health, vol. 8, pp. 12-20, 2020, doi: 10.1000/h.1", ("8", "", "12-20")), ("Hedge Health 85 (3), 12-20, 2015", ("85", "3", "12-20")),
        ("Hedge Health 2015; 85(3): e12–e20.", ("85", "3", "e12-e20")), ("Hedge Health 2015 Apr;39 Suppl 1:S12-20", ("39 Suppl 1", "", "S12-20")),
        ("Hedge Health, 85, 12–20", ("85", "", "12-20")), ("Hedge Health, 85(3), pp. 12-20. 2015", ("85", "3", "12-20")), ("Hedge Health, 64(5-B), 2003. pp. 2388.", ("64", "5-B", "2388")),
        ("Hedge Health 85, no. 3 (2015): 12–20", ("85", "3", "12-20")), ("Hedge Health 6:293. doi: 10.1000/h.2", ("6", "", "293")),
        ("Hedge Health 2015, 12(3), 293; https://doi.org/10.1000/h", ("12", "3", "293")), ("Hedge Health volume 585, pages 357–362 (2020)", ("585", "", "357-362")),
        ("Hedge Health volume 15, Article number: 293 (2015)", ("15", "", "293")), ("Hedge Health 2015; 112 (3): S. 12-20", ("112", "3", "12-20")),
        ("Hedge Health, vol. 63, n° 3, p. 12-20", ("63", "3", "12-20")), ("Hedge Health. 2021 Mar 4:1359105321998765. doi: 10.1000/h.3", ("", "", "1359105321998765")),
        ("Hedge Health. Vol.75(12-B(E)),2015, pp. No Pagination Specified.", ("75", "12-B(E)", "")), ("Hedge Health. Advance Online Publication, Mar 2, 2021.", ("", "", "")),
        ("Hedge Health.  (pp. 12-20).  New York, NY: Sage; US, 2015. xx, 300 pp.", ("", "", "12-20")),
        ("Hedge Health. 8(SEP) (no pagination), 2014. Article Number: Article 293. Date of Publication: 2014.", ("8", "SEP", "293")),
    ],
)  # fmt: skip
def test_citations_as_databases_publishers_and_people_print_them(text: str, parts: tuple[str, str, str]) -> None:
    cited = parse_citation(text)
    assert (cited.journal, (cited.volume, cited.issue, cited.pages)) == ("Hedge Health", parts)
    assert cited.year in (2015, *([] if "2015" in text else [None, 2003, 2005, 2012, 2014, 2020, 2021]))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("New York, NY: Sage; US, 2015. xx, 300 pp.", 2015), ("xi, 460 pp. Amityville, NY, US: Baywood; US, 2003.", 2003),
        ("(2003). xi, 460 pp. Amityville, NY, US: Baywood; US.", 2003),
    ],
)  # fmt: skip
def test_who_publishes_a_book_is_no_journal(text: str, year: int) -> None:
    cited = parse_citation(text)
    assert (cited.journal, cited.volume, cited.pages, cited.year) == ("", "", "", year)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rev. sebe;12(3):101-9, mar. 2004. tab.", ("Rev. sebe", 2004, "12", "3", "101-9")),
        ("Rev. sebe; 12(3): 101-109, jan.-mar. 2004. graf", ("Rev. sebe", 2004, "12", "3", "101-109")),
        ("Bol. sebe; (45): e12, 2003.", ("Bol. sebe", 2003, "", "45", "e12")),
        ("Hedge Health; 2(1): 1-5, 2021 01.", ("Hedge Health", 2021, "2", "1", "1-5")),
        ("Hedge Health. 2004 Mar;12(3):101-9, 2004.", ("Hedge Health", 2004, "12", "3", "101-9, 2004")),
    ],
)
def test_citations_of_lilacs(text: str, parts: tuple[str, int, str, str, str]) -> None:
    """`Rev. sebe; …, mar. 2004` was a journal of that name, without volume or pages."""
    found: Citation = parse_citation(text)
    assert (found.journal, found.year, found.volume, found.issue) == parts[:4]
    assert found.pages.startswith(parts[4][:5])


def test_lilacs_as_text() -> None:
    one, two = records(
        " 1 / 2  LILACS\n\nId:         123456\nAutor:      Souza, Ana; Lima, José da.\nTítulo:     Sebes e sono / Hedges and sleep\nFonte:      Rev. sebe;12(3):101-9, mar. 2004. tab.\n"
        "Idioma:     Pt.\nResumo:     Texto: olhamos.\n            Vimos. (AU)\nDescritores:Sono\n            Idoso\nResponsável:BR1.1 - BIREME\n\n"
        " 2 / 2  LILACS\n\nId:         123457\nAutor:      Roble, Diego.\nTítulo:     Setos\nFuente:     Bol. sebe;5(1/2):5-9, 2003.\nDescriptores:Lluvia\n"
    )
    assert (one.title, one.authors, one.year, one.journal, one.pages, one.language) == (
        "Sebes e sono / Hedges and sleep", ("Souza, Ana", "Lima, José da"), 2004, "Rev. sebe", "101-9", "Pt",
    )  # fmt: skip
    assert (one.keywords, one.accession, two.issue, two.keywords) == (("Sono", "Idoso"), "123456", "1/2", ("Lluvia",))
    assert one.abstract.replace("\n", " ") == "Texto: olhamos. Vimos. (AU)"


OLD = """
1: Hedge Health. 2004 Mar;12(3):101-9.

Comment in:
    Hedge Health. 2004 Apr;12(4):200.

Hedges and sleep in older adults.

Beech AM, Rowan T.

Department of Hedges, Green University, Leeds, UK. beech@example.org

BACKGROUND: We wondered. METHODS: We looked.

Publication Types:
    Review

MeSH Terms:
    Sleep/physiology
    Aged, 80 and over

PMID: 11234567 [PubMed - indexed for MEDLINE]

2: Rain J. 2005 Apr 5;330(7494):765.

Rain and sleep.

Elm E.

Royal Hospital, Leeds.

PMID: 11234568 [PubMed - in process]

3: Rain J. 2005 Apr 12;330(7495):800.

Snow and sleep.

Ash F.

It snowed on every night of the year that we looked at. Nobody slept, as far as anybody knows.

PMID: 11234569 [PubMed - in process]
"""


def test_pubmed_abstracts_until_2009() -> None:
    """The journal was no journal, a title behind a comment was an abstract, and the address, types and headings stood in the abstract."""
    one, two, three = records(OLD)
    assert (one.title, one.authors, one.journal, one.year, one.volume, one.pages) == (
        "Hedges and sleep in older adults.", ("Beech AM", "Rowan T"), "Hedge Health", 2004, "12", "101-9",
    )  # fmt: skip
    assert (one.abstract, one.type, one.keywords, one.pmid) == (
        "BACKGROUND: We wondered. METHODS: We looked.", "Review", ("Sleep/physiology", "Aged, 80 and over"), "11234567",
    )  # fmt: skip
    assert dict(one.extra)["Author information"].startswith("Department of Hedges")
    assert (two.title, two.abstract, dict(two.extra)["Author information"]) == ("Rain and sleep.", "", "Royal Hospital, Leeds.")
    assert (three.title, three.abstract[:9]) == ("Snow and sleep.", "It snowed")


@pytest.mark.parametrize(
    ("cell", "volume", "issue"),
    [
        ("12권 3호", "12", "3"),
        ("제12권 제3호", "12", "3"),
        ("2024年12卷3期", "12", "3"),
        ("12(3)", "12", "3"),
        ("12권", "12", ""),
        ("3호", "", "3"),
        ("Vol. 12, No. 3-4", "12", "3-4"),
    ],
)
def test_volume_and_issue_in_one_column(cell: str, volume: str, issue: str) -> None:
    (r,) = records(f'논문명,저자명,학술지명,권호,발행년도\n울타리와 수면,김철수,한국울타리학회지,"{cell}",2024\n')
    assert (r.volume, r.issue) == (volume, issue)
    assert ("권호", cell) in r.extra


def test_europe_pmc_in_a_table_names_no_source_as_journal() -> None:
    (r,) = records(
        "id,source,pmid,doi,title,authorString,journalTitle,pubYear\nPPR123456,PPR,NA,10.1101/2024.01.01.24300001,Hedges,Beech A,NA,2024\n"
    )
    assert (r.journal, r.accession, dict(r.extra)["source"]) == ("", "PPR123456", "PPR")


@pytest.mark.parametrize(
    "abstract",
    [
        "<title>Abstract</title>\n        <p>We looked\n        twice.</p>",
        '<jats:title>Abstract</jats:title><jats:p>We <jats:ext-link xmlns:xlink=""http://www.w3.org/1999/xlink"" ext-link-type=""uri"" xlink:href=""https://long.example.org/an/address"">looked</jats:ext-link>\n twice.</jats:p>',
        "<jats:p>\n   We looked\n   <jats:monospace>twice</jats:monospace>.</jats:p>",
    ],
)
def test_abstracts_as_crossref_lays_them_out(abstract: str) -> None:
    (r,) = records(f'doi,title,journal,abstract\n10.1000/a,Hedges,J Hedge,"{abstract}"\n')
    assert r.abstract in ("We looked twice.", "We looked twice .")
    assert only([{"DOI": "10.1000/a", "title": "Hedges", "abstract": abstract.replace('""', '"')}]).abstract == r.abstract


def test_no_abstract_is_none_wherever_it_is_not_from() -> None:
    (r,) = records("doi,title,abstract\n10.1000/a,Hedges,[Abstract not available from CrossRef]\n")
    assert r.abstract == ""


def test_abstracts_of_crossref_in_a_table() -> None:
    (r,) = records(
        'doi,title,container.title,abstract\n10.1000/a,Hedges,J Hedge,"<jats:title>Abstract</jats:title><jats:sec><jats:title>Aims</jats:title><jats:p>We looked.</jats:p></jats:sec><jats:p>We saw.</jats:p>"\n'
    )
    assert r.abstract == "Aims: We looked.\nWe saw."


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("UMIN試験ID,試験名,公開日,対象疾患名", "UMIN000012345"), ("臨床研究実施計画番号,研究名称,登録日,対象疾患名", "jRCT1031234567"),
        ("DRKS-ID,Titel,Registrierungsdatum,Condition", "DRKS00012345"),
    ],
)  # fmt: skip
def test_registers_of_trials_in_other_languages(header: str, number: str) -> None:
    (r,) = records(f"{header}\n{number},垣根と睡眠,2019/03/05,不眠症\n")
    assert (r.title, r.year, r.accession, r.keywords) == ("垣根と睡眠", 2019, number, ("不眠症",))


def test_conditions_of_ictrp_are_parted_where_the_register_parts_them() -> None:
    (r,) = records(
        "<Trials_downloaded_from_ICTRP><Trial><TrialID>CTIS2023-500000-11-00\n</TrialID><Public_title>Hedges</Public_title><Date_registration>08/04/2024</Date_registration>"
        "<Condition>-Sleep (short)\n-Mood &lt;br&gt;Area: Nights\n</Condition></Trial></Trials_downloaded_from_ICTRP>"
    )
    assert (r.keywords, r.year, r.accession) == (("Sleep (short)", "Mood", "Area: Nights"), 2024, "CTIS2023-500000-11-00")


WHO = """<?xml version="1.0"?><trials><trial><main><trial_id>ChiCTR2000012345</trial_id><reg_name>ChiCTR</reg_name><date_registration>2020-03-01</date_registration>
<public_title>Hedges in China</public_title><scientific_title>A study of hedges</scientific_title><url>http://x.example.cn/1</url><hc_freetext>Sleep; Mood</hc_freetext></main>
<countries><country2>China</country2></countries></trial>
<trial><main><trial_id>IRCT20200101012345N1</trial_id><public_title>Hedges in Iran</public_title><date_registration>01/02/2019</date_registration></main></trial></trials>"""


def test_registers_in_the_form_of_the_who() -> None:
    one, two = records(WHO)
    assert (one.title, one.year, one.accession, one.keywords, one.url) == (
        "Hedges in China",
        2020,
        "ChiCTR2000012345",
        ("Sleep", "Mood"),
        "http://x.example.cn/1",
    )
    assert "A study of hedges" in dict(one.extra).values()
    assert (two.title, two.year, two.accession) == ("Hedges in Iran", 2019, "IRCT20200101012345N1")


def test_other_registers() -> None:
    (r,) = records(
        "<ANZCTR_Trials><ANZCTR_Trial><approvaldate>5/03/2022</approvaldate><actrnumber>ACTRN12622000123456</actrnumber><trial_identification><studytitle>Hedges</studytitle>"
        "<scientifictitle>A trial of hedges</scientifictitle></trial_identification><conditions><healthcondition>Sleep</healthcondition></conditions></ANZCTR_Trial></ANZCTR_Trials>"
    )
    assert (r.title, r.year, r.accession, r.keywords) == ("Hedges", 2022, "ACTRN12622000123456", ("Sleep",))
    (r,) = records(
        '<allTrials><fullTrial><trial><isrctn dateAssigned="2019-01-02">12345678</isrctn><trialDescription><title>Hedges</title></trialDescription></trial></fullTrial></allTrials>'
    )
    assert (r.title, r.year, r.accession) == ("Hedges", 2019, "ISRCTN12345678")
    r = only(
        {
            "pagination": {"totalRecords": 1},
            "data": [
                {"ctNumber": "2022-500014-26-00", "ctTitle": "A trial of hedges", "startDateEU": "21/09/2022", "conditions": "Sleep, Mood"}
            ],
        }
    )
    assert (r.title, r.year, r.accession, r.keywords) == ("A trial of hedges", 2022, "2022-500014-26-00", ("Sleep", "Mood"))
    (r,) = records("Trial number,Title of the trial,Start date,Medical conditions\n2022-500014-26-00,A trial of hedges,21/09/2022,Sleep\n")
    assert (r.title, r.year, r.accession) == ("A trial of hedges", 2022, "2022-500014-26-00")


@pytest.mark.parametrize(
    "source",
    ["PubMed", "Scopus", "Web of Science (Core Collection)", "CINAHL Complete", "Ovid MEDLINE", "EMBASE via Ovid", "PubMed, Scopus", "Cochrane Library", "Google Scholar", "hand search", "handsearching", "3"],
)  # fmt: skip
def test_where_a_record_was_found_is_no_journal(source: str) -> None:
    """A table without a column of journals, or a row without one, had the database for its journal."""
    (r,) = records(f'title,authors,year,source\nHedges,"Beech, A",2020,"{source}"\n')
    assert (r.journal, dict(r.extra)["source"]) == ("", source)


@pytest.mark.parametrize(
    "source", ["Journal of hedges", "Global Health Action", "Dimensions of Critical Care Nursing", "The Cochrane Database of Systematic Reviews", "Lens on Health", "Central European Health", "Sage Open"]
)  # fmt: skip
def test_a_journal_under_source_stays_one(source: str) -> None:
    (r,) = records(f'title,authors,year,source\nHedges,"Beech, A",2020,{source}\n')
    assert r.journal == source


def test_tables_that_r_makes_of_pubmed() -> None:
    """bibliometrix's pages were a count of pages, as those of Web of Science are; rentrez's numbers were nobody's."""
    (r,) = records(
        '"AU","TI","SO","PY","PY_IS","VL","DI","PG","UT","PMID","DB"\n"BEECH A;ROWAN T","HEDGES","J HEDGE",2020,2020,"12","10.1000/a","101-110","31234567","31234567","PUBMED"\n'
    )
    assert (r.pages, r.journal, r.pmid) == ("101-110", "J HEDGE", "31234567")
    (r,) = records(
        "uid,pubdate,source,title,volume,issn,essn,fulljournalname,elocationid,doctype\n31234567,2020 Mar,J Hedge,Hedges,12,0277-9536,1873-5347,Journal of hedges,doi: 10.1000/a,citation\n"
    )
    assert (r.pmid, r.doi, r.journal, r.type, r.accession) == ("31234567", "10.1000/a", "Journal of hedges", "", "31234567")
    assert set(r.issn.split("; ")) == {"0277-9536", "1873-5347"}


def test_types_as_a_written_list() -> None:
    (r,) = records("PMID,Title,Publication Types\n31234567,Hedges,\"['Journal Article', 'Review']\"\n")
    assert r.type == "Journal Article; Review"


def test_results_of_europe_pmc_in_a_list_of_their_own() -> None:
    """All names were one, and the headings stood in the abstract as marks."""
    result = {
        "id": "31234567", "source": "MED", "pmid": "31234567", "title": "Hedges.", "authorString": "Beech A, Rowan T.", "journalTitle": "J Hedge", "journalVolume": "12", "issue": "3",
        "pubYear": "2019", "journalIssn": "0277-9536; ", "pageInfo": "101-109", "pubType": "journal article", "abstractText": "<h4>Aims</h4>We looked.", "doi": "10.1000/a",
    }  # fmt: skip
    r = only([result])
    assert (r.authors, r.abstract, r.journal, r.volume, r.year, r.accession) == (
        ("Beech A", "Rowan T"),
        "Aims: We looked.",
        "J Hedge",
        "12",
        2019,
        "MED:31234567",
    )
    assert only({"query": "hedges", "articles": [result]}) == only([result])


@pytest.mark.parametrize("people", ["Beech A, Rowan T", "Beech A; Rowan T", "Beech A, Rowan T, et al.", "Beech A and Rowan T"])
def test_people_in_one_text_of_json(people: str) -> None:
    assert only([{"title": "Hedges", "doi": "10.1000/a", "authors": people}]).authors == ("Beech A", "Rowan T")


def test_agris() -> None:
    (r,) = records(
        '<ags:resources xmlns:ags="http://purl.org/agmes/1.1/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><ags:resource ags:ARN="KE2019000001">'
        "<dc:title>Hedges and cattle</dc:title><dc:creator><ags:creatorPersonal>Beech, A.</ags:creatorPersonal><ags:creatorPersonal>Rowan, T.</ags:creatorPersonal></dc:creator>"
        "<dc:date><dcterms:dateIssued>2019</dcterms:dateIssued></dc:date><dc:subject><ags:subjectThesaurus>hedges</ags:subjectThesaurus></dc:subject>"
        "<dc:description><dcterms:abstract>We looked.</dcterms:abstract></dc:description><ags:citation><ags:citationTitle>Kenya Journal of Hedges</ags:citationTitle>"
        '<ags:citationIdentifier scheme="ags:ISSN">0277-9536</ags:citationIdentifier><ags:citationNumber>v. 12(3)</ags:citationNumber><dc:extent>p. 101-109</dc:extent></ags:citation>'
        "</ags:resource></ags:resources>"
    )
    assert (r.title, r.authors, r.year, r.journal, r.volume, r.issue, r.pages) == (
        "Hedges and cattle", ("Beech, A.", "Rowan, T."), 2019, "Kenya Journal of Hedges", "12", "3", "101-109",
    )  # fmt: skip
    assert (r.abstract, r.issn, r.keywords, r.accession) == ("We looked.", "0277-9536", ("hedges",), "KE2019000001")


def test_what_cinahl_says_behind_its_number_is_no_part_of_that() -> None:
    told = "107520452. Language: English. Entry Date: 20190101."
    for text, name in (
        (f'Title,Accession Number\nHedges,"{told}"\n', "Accession Number"),
        (f"TY  - JOUR\nTI  - Hedges\nAN  - {told}\nER  - \n", "AN"),
        (f"<xml><records><record><titles><title>Hedges</title></titles><accession-num>{told}</accession-num></record></records></xml>", "accession-num"),
        (f"TY  - JOUR\nTI  - Hedges\nN1  - Accession Number: {told}\nER  - \n", "note"),
    ):  # fmt: skip
        (r,) = records(text)
        assert r.accession == "107520452"
        assert told in dict(r.extra)[name]
