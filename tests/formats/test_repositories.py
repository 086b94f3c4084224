"""What repositories, catalogues and publishers answer: Dublin Core, MARC within an answer, articles in JATS; and answers that hold one work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from describing import describe_bytes

from review.formats.registry import detect
from review.model.record import Record, Reject

DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Title one</dc:title>'
    "<dc:creator>Doe, Jane</dc:creator><dc:creator>Roe, Richard</dc:creator><dc:subject>Power; control</dc:subject><dc:description>Peer reviewed</dc:description>"
    f"<dc:description>{'The abstract. ' * 10}</dc:description><dc:date>2019-01-02T10:11:12Z</dc:date><dc:date>2018-05</dc:date>"
    "<dc:type>info:eu-repo/semantics/article</dc:type><dc:type>info:eu-repo/semantics/publishedVersion</dc:type><dc:identifier>https://x.org/1</dc:identifier>"
    "<dc:identifier>10.1000/abc</dc:identifier><dc:source>Journal of X; Vol. 3 No. 2 (2018): May; 12-15</dc:source><dc:source>1234-5678</dc:source></oai_dc:dc>"
)
MARC = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">12</controlfield>'
    '<controlfield tag="008">010101s2001    enk           000 0 eng d</controlfield><datafield tag="020"><subfield code="a">9780761912345 (pbk.)</subfield></datafield>'
    '<datafield tag="100"><subfield code="a">Doe, Jane A.</subfield></datafield><datafield tag="700"><subfield code="a">Roe, Richard.</subfield></datafield>'
    '<datafield tag="245"><subfield code="a">Partnership :</subfield><subfield code="b">a study /</subfield></datafield>'
    '<datafield tag="650"><subfield code="a">Health</subfield><subfield code="z">England.</subfield></datafield></record>'
)
OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>{}</metadata></record></ListRecords></OAI-PMH>'
SRU = "<searchRetrieveResponse><records><record><recordSchema>marcxml</recordSchema><recordData>{}</recordData></record></records></searchRetrieveResponse>"


def read(text: str) -> list[Record | Reject]:
    return list(detect(text.encode()).read(text.encode(), {}))


def alone(text: str) -> Record:
    (found,) = read(text)
    assert isinstance(found, Record), found
    return found


@pytest.mark.parametrize("text", [DC, OAI.format(DC), f"<records><record>{DC}</record></records>"], ids=["bare", "oai", "listed"])
def test_dublin_core(text: str) -> None:
    found = alone(f'<?xml version="1.0"?>{text}')
    assert (found.title, found.authors, found.keywords) == ("Title one", ("Doe, Jane", "Roe, Richard"), ("Power", "control"))
    assert found.abstract == ("The abstract. " * 10).strip()
    assert (found.year, found.doi, found.url, found.issn, found.type) == (2018, "10.1000/abc", "https://x.org/1", "1234-5678", "article")
    assert (found.journal, found.volume, found.issue, found.pages) == ("Journal of X", "3", "2", "12-15")
    assert ("description", "Peer reviewed") in found.extra
    assert found.accession == ("oai:x:1" if "OAI-PMH" in text else "")


@pytest.mark.parametrize(
    "text",
    [
        f"<collection>{MARC}</collection>",
        OAI.format(MARC),
        SRU.format(MARC),
        SRU.format(MARC).replace("<r", "<zs:r").replace("</r", "</zs:r"),
    ],
    ids=["bare", "oai", "sru", "prefixed"],
)
def test_marc_in_an_answer(text: str) -> None:
    found = alone(text)
    assert (found.title, found.authors) == ("Partnership: a study", ("Doe, Jane A.", "Roe, Richard"))
    assert (found.year, found.language, found.isbn, found.type, found.accession) == (2001, "eng", "9780761912345", "Book", "12")
    assert found.keywords == ("Health--England",)


def test_an_article_in_jats() -> None:
    found = alone(
        '<pmc-articleset><article article-type="review-article" xml:lang="en"><front><journal-meta><journal-id journal-id-type="nlm-ta">Soc Sci Med</journal-id>'
        '<journal-title>Social Science</journal-title><issn>0277-9536</issn></journal-meta><article-meta><article-id pub-id-type="pmid">26551452</article-id>'
        '<article-id pub-id-type="pmc">4690000</article-id><article-id pub-id-type="doi">10.1016/j.x.2015.10.001</article-id><title-group><article-title>A '
        "review<xref>*</xref> of CO<sub>2</sub></article-title><subtitle>more</subtitle></title-group><contrib-group><contrib contrib-type='author'><name><surname>"
        "O'Mara-Eves</surname><given-names>Alison</given-names></name></contrib><contrib><collab>The Group</collab></contrib></contrib-group><pub-date "
        "pub-type='epub'><year>2015</year></pub-date><pub-date pub-type='ppub'><year>2016</year></pub-date><volume>150</volume><fpage>1</fpage><lpage>12</lpage>"
        "<abstract><title>Abstract</title><sec><title>Background</title><p>One.</p><p>More.</p></sec><sec><title>Methods:</title><p>Two.</p></sec></abstract>"
        "<kwd-group><kwd>power</kwd></kwd-group></article-meta></front><body><p>All of it.</p></body></article></pmc-articleset>"
    )
    assert (found.title, found.authors) == ("A review of CO2: more", ("O'Mara-Eves, Alison", "The Group"))
    assert found.abstract == "Background: One.\nMore.\nMethods: Two."
    assert (found.pmid, found.pmcid, found.doi, found.year, found.pages) == (
        "26551452",
        "PMC4690000",
        "10.1016/j.x.2015.10.001",
        2016,
        "1-12",
    )
    assert (found.journal, found.volume, found.issn, found.keywords) == ("Social Science", "150", "0277-9536", ("power",))
    assert "All of it." in found.raw


WORK: dict[str, Any] = {
    "DOI": "10.1093/pubmed/fdy123", "type": "journal-article", "title": ["Trust"], "subtitle": ["a study"], "container-title": ["J"],
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>One.</jats:p></jats:sec><jats:sec><jats:title>Methods</jats:title><jats:p>Two.</jats:p></jats:sec>",
}  # fmt: skip


@pytest.mark.parametrize(
    "answer", [{"message-type": "work", "message": WORK}, {"message-type": "work-list", "message": {"items": [WORK]}}], ids=["one", "list"]
)
def test_crossrefs_answers(answer: dict[str, Any]) -> None:
    found = alone(json.dumps(answer))
    assert (found.title, found.doi, found.journal) == ("Trust: a study", "10.1093/pubmed/fdy123", "J")
    assert found.abstract == "Aim: One.\nMethods: Two."


def test_scopuss_bibtex_is_not_its_plain_text() -> None:
    found = alone(
        "Scopus\nEXPORT DATE: 10 January 2020\n\n@ARTICLE{Orton2019,\nauthor={Orton, L.},\ntitle={A title},\nsource={Scopus},\n}\n"
    )
    assert (found.title, found.authors) == ("A title", ("Orton, L.",))


def _field(tag: str, **subfields: str) -> str:
    inner = "".join(f'<subfield code="{code.strip("_")}">{text}</subfield>' for code, text in subfields.items())
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inner}</datafield>'


def test_unimarc() -> None:
    """Its record had no title: in 200, where MARC 21 has nothing, and people's given names apart."""
    fields = (
        _field("010", a="978-0-12-345678-6") + _field("101", a="fre") + _field("200", a="Jardins et sommeil", e="un manuel", f="Ada Roe")
        + _field("210", a="Paris", c="Presses", d="2019") + _field("330", a="Court.") + _field("606", **{"3": "1"}, a="Sommeil", x="Aspect social")
        + _field("700", a="Roe", b="Ada", **{"4": "070"}) + _field("702", a="Moe", b="Luc", **{"4": "340"}) + _field("702", a="Poe", b="Eva", **{"4": "730"})
    )  # fmt: skip
    r = alone(
        f'<collection><record><leader>00000nam0 2200000   450 </leader><controlfield tag="001">F1</controlfield>{fields}</record></collection>'
    )
    assert (r.title, r.authors, r.year, r.abstract, r.isbn) == (
        "Jardins et sommeil: un manuel",
        ("Roe, Ada",),
        2019,
        "Court.",
        "978-0-12-345678-6",
    )
    assert (r.language, r.keywords, r.type, r.accession) == ("fre", ("Sommeil--Aspect social",), "Book", "F1")
    told = dict(r.extra)
    assert (told["editor"], told["contributor names"], told["publisher"], told["place"]) == ("Moe, Luc", "Poe, Eva", "Presses", "Paris")
    assert told["statement of responsibility"] == "Ada Roe"


def test_the_catalogue_of_the_nlm() -> None:
    """It was refused."""
    r = alone(
        '<?xml version="1.0"?><NLMCatalogRecordSet><NLMCatalogRecord Owner="NLM"><NlmUniqueID>101</NlmUniqueID><TitleMain><Title Sort="N">Gardens and sleep.</Title></TitleMain>'
        "<AuthorList><Author><LastName>Roe</LastName><ForeName>Ada</ForeName></Author><Author><LastName>Moe</LastName><ForeName>Luc</ForeName><Role>editor</Role></Author></AuthorList>"
        "<PublicationInfo><Country>England</Country><PublicationFirstYear>2019</PublicationFirstYear><Imprint><Place>London</Place><Entity>Press</Entity><DateIssued>2019</DateIssued>"
        '</Imprint></PublicationInfo><Language LangType="Primary">eng</Language><MeshHeadingList><MeshHeading><DescriptorName>Sleep</DescriptorName><QualifierName>physiology'
        "</QualifierName></MeshHeading></MeshHeadingList><ISBN>9780123456786</ISBN></NLMCatalogRecord></NLMCatalogRecordSet>"
    )
    assert (r.title, r.authors, r.year, r.isbn, r.keywords) == (
        "Gardens and sleep.",
        ("Roe, Ada",),
        2019,
        "9780123456786",
        ("Sleep/physiology",),
    )
    assert (r.language, r.accession, dict(r.extra)["editor"], dict(r.extra)["publisher"]) == ("eng", "101", "Moe, Luc", "Press")
    assert ("NLMCatalogRecord:Country", "England") in r.extra


SERVICES = {
    "RefWorks": "<refworks><reference><rt>Journal Article</rt><a1>Smith,John</a1><a1>García,María</a1><t1>Partnerships &amp; health</t1><jf>J Test</jf><yr>2019</yr>"
    "<vo>12</vo><is>3</is><sp>1</sp><op>9</op><ab>We searched.</ab><do>10.1000/x</do></reference></refworks>",
    "DataCite": '<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.1000/X</identifier><creators><creator>'
    "<creatorName>Smith, John</creatorName></creator><creator><creatorName>M. García</creatorName><givenName>María</givenName><familyName>García</familyName></creator>"
    "</creators><titles><title>Partnerships &amp; health</title></titles><publicationYear>2019</publicationYear><resourceType resourceTypeGeneral='Text'/>"
    '<descriptions><description descriptionType="Abstract">We searched.</description></descriptions><relatedItems><relatedItem relationType="IsPublishedIn">'
    "<titles><title>J Test</title></titles><volume>12</volume><issue>3</issue><firstPage>1</firstPage><lastPage>9</lastPage></relatedItem></relatedItems></resource>",
    "Crossref": "<doi_records><doi_record><crossref><journal><journal_metadata><full_title>J Test</full_title><issn>02779536</issn></journal_metadata><journal_issue>"
    "<publication_date><year>2018</year></publication_date><journal_volume><volume>12</volume></journal_volume><issue>3</issue></journal_issue><journal_article>"
    "<titles><title>Partnerships &amp; health</title></titles><contributors><person_name contributor_role='author'><given_name>John</given_name><surname>Smith</surname>"
    "</person_name><person_name contributor_role='author'><given_name>María</given_name><surname>García</surname></person_name></contributors><abstract><p>We searched.</p>"
    "</abstract><publication_date><year>2019</year></publication_date><pages><first_page>1</first_page><last_page>9</last_page></pages><doi_data><doi>10.1000/x</doi>"
    "</doi_data></journal_article></journal></crossref></doi_record></doi_records>",
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_xml_of_services(service: str) -> None:
    data = f'<?xml version="1.0"?>{SERVICES[service]}'.encode()
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert describe_bytes(data, detect(data)).dialect == service
    assert (r.title, r.authors, r.year, r.journal) == ("Partnerships & health", ("Smith, John", "García, María"), 2019, "J Test")
    assert (r.volume, r.issue, r.pages, r.doi, r.abstract) == ("12", "3", "1-9", "10.1000/x", "We searched.")


def test_a_search_of_dblp_as_xml() -> None:
    data = (
        b'<?xml version="1.0"?><result><query id="1">x</query><hits total="1" computed="1" sent="1" first="0"><hit score="3" id="9"><info><authors>'
        b'<author pid="1">Jane Doe 0001</author><author pid="2">Max Roe</author></authors><title>A &amp; B.</title><venue>J. Things</venue><volume>3</volume>'
        b"<number>2</number><pages>1-10</pages><year>2020</year><key>journals/x/Doe20</key><doi>10.1000/db.1</doi><ee>https://doi.org/10.1000/db.1</ee>"
        b"<url>https://dblp.org/rec/x</url></info><url>URL#9</url></hit></hits></result>"
    )
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert (r.title, r.authors, r.year, r.journal) == ("A & B", ("Jane Doe", "Max Roe"), 2020, "J. Things")
    assert (r.volume, r.issue, r.pages, r.doi, r.accession) == ("3", "2", "1-10", "10.1000/db.1", "journals/x/Doe20")
    assert describe_bytes(data, detect(data)).dialect == "DBLP"


def test_a_trial_of_isrctn_as_xml() -> None:
    data = (
        b'<allTrials><fullTrial><trial><isrctn dateAssigned="2019-03-05">12345678</isrctn><trialDescription><title>A trial</title></trialDescription>'
        b"<conditions><condition><description>Asthma</description></condition></conditions></trial></fullTrial></allTrials>"
    )
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert (r.title, r.accession, r.year, r.keywords) == ("A trial", "ISRCTN12345678", 2019, ("Asthma",))


def test_pica() -> None:
    """German union catalogues'. What a field has besides stays under its tag, as in MARC."""
    fields = {
        "002@": {"0": "Aau"}, "003@": {"0": "123"}, "004A": {"0": "978-3-16-148410-0"}, "010@": {"a": "ger"}, "011@": {"a": "2003"},
        "021A": {"a": "Die @Hecke", "d": "eine Studie", "h": "Jane Doe"}, "028A": {"d": "Jane", "a": "Doe", "c": "von", "7": "gnd/1"},
        "028C": {"8": "Roe, Rita [Hrsg.]", "B": "HerausgeberIn"}, "033A": {"p": "Berlin", "n": "Haus"}, "045E": {"a": "610"},
    }  # fmt: skip
    inner = "".join(
        f'<datafield tag="{tag}">{"".join(f"<subfield code={code!r}>{text}</subfield>" for code, text in subs.items())}</datafield>'
        for tag, subs in fields.items()
    )
    found = alone(SRU.format(f'<record xmlns="info:srw/schema/5/picaXML-v1.0">{inner}</record>'))
    assert (found.title, found.authors, found.year, found.type) == ("Die Hecke: eine Studie", ("von Doe, Jane",), 2003, "Book")
    assert (found.isbn, found.language, found.accession) == ("978-3-16-148410-0", "ger", "123")
    assert {("editor", "Roe, Rita"), ("publisher", "Haus"), ("045E", "$a 610"), ("028A", "$7 gnd/1")} <= set(found.extra)
