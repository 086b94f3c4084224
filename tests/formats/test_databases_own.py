"""Exports in formats of one database each: small ones in its shape, with what must come out of them."""

from __future__ import annotations

import pytest

from review.formats.registry import detect
from review.model.record import Record, Reject

SCIENCEDIRECT = """Jane Doe, Li-Ming van der Berg,
Partnership with communities: a realist review,
Social Science & Medicine,
Volume 245, Issue 3,
2020,
112674,
ISSN 0277-9536,
https://doi.org/10.1016/j.socscimed.2019.112674.
(https://www.sciencedirect.com/science/article/pii/S0277953619306690)
Abstract: Background
We did this.

And that.
Keywords: Partnership; Realist review

Anna Grey,
Community power,
Editor(s): Bob Brown, Carl Black,
Handbook of Health,
Academic Press,
2018,
Pages 45-67,
ISBN 9780128021347,
https://doi.org/10.1016/B978-0-12-802134-7.00003-1.
(https://www.sciencedirect.com/science/article/pii/B9780128021347000031)

Editorial Board,
The Lancet,
Volume 365, Issue 9459,
2005,
Page i,
ISSN 0140-6736,
https://doi.org/10.1016/S0140-6736(05)60001-3.
(https://www.sciencedirect.com/science/article/pii/S0140673605600013)
"""
ENDNOTE = """Reference Type:  Journal Article
Record Number: 12
Author: Smith, J. and Doe, J. A.
Year: 2010
Title: A title
Journal: Journal of Things
Volume: 3
Issue: 2
Pages: 12-19
DOI: 10.1000/es.1
Keywords: alpha
beta
Abstract: BACKGROUND: This.
METHODS: That.

Reference Type:  Book
Record Number: 13
Author: Grey, A.
Year: 2011
Title: A book
"""
VILLAGE = """<RECORD 1>
Accession number:20101112777777
Title:A title
Authors:Smith, John (1); Doe, Jane (1, 2)
Source title:Journal of Things
Volume:3
Issue:2
Publication year:2010
Pages:12-19
ISSN:12345679
Abstract:We did things.
Background: what is no field.
Controlled terms:Alpha - Beta
DOI:10.1000/c.1
Database:Compendex
Compilation and indexing terms, Copyright 2010 Elsevier Inc.

<RECORD 2>
Title:Another
Authors:Grey, A. (1)
"""
SCIFINDER = """START_RECORD
FIELD Title:A title
FIELD Author:Smith, John; Doe, Jane
FIELD Journal Title:Journal of Things
FIELD Volume:3
FIELD Publication Year:2010
FIELD Digital Object Identifier:10.1000/sf.1
END_RECORD

START_RECORD
FIELD Title:Second
END_RECORD
"""
EBSCO = """<?xml version="1.0" encoding="UTF-8"?>
<records><rec resultID="1"><header shortDbName="c8h" longDbName="CINAHL Plus" uiTerm="104242474"><controlInfo><bkinfo></bkinfo>
<jinfo><jtl>Journal of Things</jtl><issn>12345679</issn></jinfo><pubinfo><dt year="2010" month="02" day="01">Feb2010</dt><vid>3</vid><iid>2</iid></pubinfo>
<artinfo><ui type="doi">10.1000/eb.1</ui><ui type="pmid">NLM23876543</ui><ppf>12</ppf><tig><atl>A <i>title</i> &amp; more.</atl></tig>
<aug><au>Smith, John</au><au>Doe, Jane</au></aug><sug><subj>Alpha</subj><subj>Beta</subj></sug><ab>We did.</ab><doctype>Article</doctype></artinfo>
<language code="eng">English</language></controlInfo></header></rec>
<rec resultID="2"><header shortDbName="c8h" uiTerm="104242475"><controlInfo><artinfo><tig><atl>Second</atl></tig></artinfo></controlInfo></header></rec></records>
"""
ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query: all:x</title><id>http://arxiv.org/api/x</id>
<entry><id>http://arxiv.org/abs/2101.01234v2</id><published>2021-01-05T00:00:00Z</published><title>A title
  over lines</title><summary>We did.</summary><author><name>Jane Doe</name></author><author><name>John Smith</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/ar.1</arxiv:doi><category term="cs.CL"/></entry></feed>
"""
DBLP = """<?xml version="1.0" encoding="US-ASCII"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp><article key="journals/x/Doe20"><author>Jane Doe 0001</author><author>J&ouml;rg M&uuml;ller</author><title>A title.</title><pages>1-10</pages>
<year>2020</year><volume>3</volume><journal>J. Things</journal><number>2</number><ee>https://doi.org/10.1000/db.1</ee><url>db/x.html</url></article>
<inproceedings key="conf/y/Smith19"><author>John Smith</author><title>Other.</title><booktitle>YCONF</booktitle><year>2019</year></inproceedings></dblp>
"""
ERIC = """OWN - ERIC
TI  - A title
AU  - Smith, John A.
AU  - Doe, Jane
OT  - Reading
JT  - Journal of Educational Psychology
SO  - v98 n1 p12-23 Feb 2006
DP  - 2006
OID - EJ734320
VI  - 98
IP  - 1
PG  - 12-23
ISSN- ISSN-0022-0663
AB  - We
      did.
U   - https://eric.ed.gov/?id=EJ734320
LA  - English

OWN - ERIC
TI  - Second
OID - ED500000
"""
THINGS = {"title": "A title", "year": 2010, "journal": "Journal of Things", "volume": "3"}


def records(text: str, name: str) -> list[Record]:
    data = text.encode()
    form = detect(data)
    assert form.name == name
    found = list(form.read(data, {}))
    assert not [r for r in found if isinstance(r, Reject)]
    return [r for r in found if isinstance(r, Record)]


@pytest.mark.parametrize(
    ("text", "name", "count", "expected"),
    [
        (
            SCIENCEDIRECT,
            "sciencedirect-text",
            3,
            {
                "title": "Partnership with communities: a realist review", "authors": ("Jane Doe", "Li-Ming van der Berg"), "year": 2020, "volume": "245",
                "issue": "3", "pages": "112674", "doi": "10.1016/j.socscimed.2019.112674", "issn": "0277-9536", "journal": "Social Science & Medicine",
                "abstract": "Background\nWe did this.\nAnd that.", "keywords": ("Partnership", "Realist review"),
            },
        ),
        (
            ENDNOTE,
            "named-text",
            2,
            {**THINGS, "authors": ("Smith, J.", "Doe, J. A."), "issue": "2", "pages": "12-19", "keywords": ("alpha", "beta"), "doi": "10.1000/es.1",
             "abstract": "BACKGROUND: This.\nMETHODS: That.", "type": "Journal Article"},
        ),
        (
            VILLAGE,
            "named-text",
            2,
            {**THINGS, "authors": ("Smith, John", "Doe, Jane"), "keywords": ("Alpha", "Beta"), "abstract": "We did things.\nBackground: what is no field.",
             "doi": "10.1000/c.1", "accession": "20101112777777", "issn": "12345679"},
        ),
        (SCIFINDER, "named-text", 2, {**THINGS, "authors": ("Smith, John", "Doe, Jane"), "doi": "10.1000/sf.1"}),
        (
            EBSCO,
            "ebsco-xml",
            2,
            {**THINGS, "title": "A title & more.", "authors": ("Smith, John", "Doe, Jane"), "issue": "2", "pages": "12", "doi": "10.1000/eb.1",
             "pmid": "23876543", "accession": "104242474", "keywords": ("Alpha", "Beta"), "language": "English", "abstract": "We did."},
        ),
        (
            ARXIV,
            "arxiv-atom",
            1,
            {"title": "A title over lines", "authors": ("Jane Doe", "John Smith"), "year": 2021, "doi": "10.1000/ar.1", "accession": "2101.01234v2",
             "type": "preprint", "keywords": ("cs.CL",)},
        ),
        (
            DBLP,
            "bibtexml",
            2,
            {"title": "A title", "authors": ("Doe, Jane", "Müller, Jörg"), "year": 2020, "journal": "J. Things", "issue": "2", "pages": "1-10",
             "doi": "10.1000/db.1", "url": "https://doi.org/10.1000/db.1"},
        ),
        (
            ERIC,
            "nbib",
            2,
            {"title": "A title", "authors": ("Smith, John A.", "Doe, Jane"), "year": 2006, "journal": "Journal of Educational Psychology", "pages": "12-23",
             "issn": "0022-0663", "accession": "EJ734320", "abstract": "We did.", "url": "https://eric.ed.gov/?id=EJ734320", "pmid": ""},
        ),
    ],
    ids=["sciencedirect", "endnote", "village", "scifinder", "ebsco", "arxiv", "dblp", "eric"],
)  # fmt: skip
def test_an_export(text: str, name: str, count: int, expected: dict[str, object]) -> None:
    found = records(text, name)
    assert len(found) == count
    assert {field: getattr(found[0], field) for field in expected} == expected


def test_sciencedirects_book_and_a_work_of_nobody() -> None:
    _, chapter, board = records(SCIENCEDIRECT, "sciencedirect-text")
    assert (chapter.title, chapter.journal, chapter.isbn, chapter.pages) == (
        "Community power",
        "Handbook of Health",
        "9780128021347",
        "45-67",
    )
    assert chapter.extra == (("editor", "Bob Brown"), ("editor", "Carl Black"), ("publisher", "Academic Press"))
    assert (board.title, board.authors, board.journal, board.pages) == ("Editorial Board", (), "The Lancet", "i")


def test_pandocs_yaml() -> None:
    text = (
        "---\ntitle: Notes\nreferences:\n- id: doe2005\n  type: article-journal\n  title: 'First: a colon'\n  author:\n  - family: Doe\n    given: John\n"
        "  - literal: WHO\n  issued:\n    date-parts:\n    - - 2005\n      - 6\n  container-title: Journal of Things\n  page: 33-34\n  DOI: 10.1000/p.1\n"
        "- id: b\n  title: Second\n  author: {family: Grey, given: A}\n  issued: 2010-02-03\n- id: c\n  title: 'broken\n...\n"
    )
    form = detect(text.encode())
    assert form.name == "csl-yaml"
    a, b, c = form.read(text.encode(), {})
    assert isinstance(a, Record)
    assert (a.title, a.authors, a.year, a.journal, a.pages, a.doi, a.line) == (
        "First: a colon", ("Doe, John", "WHO"), 2005, "Journal of Things", "33-34", "10.1000/p.1", 4,
    )  # fmt: skip
    assert isinstance(b, Record)
    assert (b.title, b.authors, b.year) == ("Second", ("Grey, A",), 2010)
    assert isinstance(c, Reject)


def test_numbers_in_yaml_stay_as_they_are_written() -> None:
    (r,) = records(
        "references:\n- id: a\n  title: Boats \x99 1.10\n  volume: 06\n  issue: 1_2\n  page: 034708\n  number: 1e5\n  version: 1.10\n  ISSN: 00788562\n  note: ~\n  issued: 2005\n",
        "csl-yaml",
    )
    assert (r.title, r.volume, r.issue, r.pages, r.issn, r.year) == ("Boats 1.10", "06", "1_2", "034708", "00788562", 2005)
    assert r.extra == (("citation-key", "a"), ("number", "1e5"), ("version", "1.10"))


def test_a_citation_file() -> None:
    text = (
        "cff-version: 1.2.0\nmessage: Cite it\ntitle: My software\nauthors:\n- family-names: Druskat\n  given-names: Stephan\n- name: The team\n"
        "doi: 10.5281/zenodo.1\ndate-released: 2017-10-31\nabstract: It does.\nkeywords: [a, b]\nversion: 1.0.0\n"
    )
    (r,) = records(text, "csl-yaml")
    assert (r.title, r.authors, r.year, r.doi, r.keywords, r.type) == (
        "My software", ("Druskat, Stephan", "The team"), 2017, "10.5281/zenodo.1", ("a", "b"), "software",
    )  # fmt: skip
    assert ("version", "1.0.0") in r.extra


def test_yaml_that_multiplies_itself_is_not_read() -> None:
    bomb = "references:\n- id: &a [x, x]\n  title: T\n  note: [*a, *a]\n"
    (r,) = detect(bomb.encode()).read(bomb.encode(), {})
    assert isinstance(r, Reject)


def test_zoteros_rdf() -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#">
  <bib:Article rdf:about="https://x.org/a"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/>
    <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Smith</foaf:surname><foaf:givenName>John</foaf:givenName></foaf:Person></rdf:li>
    <rdf:li><foaf:Person><foaf:surname>WHO</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
    <dc:subject>a</dc:subject><dc:subject><z:AutomaticTag><rdf:value>b</rdf:value></z:AutomaticTag></dc:subject><dc:title>A title</dc:title>
    <dcterms:abstract>We did.</dcterms:abstract><dc:date>2010-02</dc:date><bib:pages>12-19</bib:pages><dc:description>PMID: 20123456</dc:description>
    <dc:identifier><dcterms:URI><rdf:value>https://x.org/a</rdf:value></dcterms:URI></dc:identifier></bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5679"><prism:volume>3</prism:volume><dc:title>Journal of Things</dc:title><dc:identifier>DOI 10.1000/z.1</dc:identifier>
    <prism:number>2</prism:number><dc:identifier>ISSN 1234-5679</dc:identifier></bib:Journal>
  <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
  <bib:BookSection rdf:about="#3"><z:itemType>bookSection</z:itemType><dcterms:isPartOf><bib:Book><dc:title>A book</dc:title>
    <dc:identifier>ISBN 9780128021347</dc:identifier></bib:Book></dcterms:isPartOf><dc:title>A chapter</dc:title></bib:BookSection>
</rdf:RDF>"""
    article, chapter = records(text, "zotero-rdf")
    assert (article.title, article.authors, article.year, article.journal) == ("A title", ("Smith, John", "WHO"), 2010, "Journal of Things")
    assert (article.volume, article.issue, article.pages, article.doi, article.issn) == ("3", "2", "12-19", "10.1000/z.1", "1234-5679")
    assert (article.pmid, article.keywords, article.url, article.abstract) == ("20123456", ("a", "b"), "https://x.org/a", "We did.")
    assert (chapter.title, chapter.journal, chapter.isbn, chapter.type) == ("A chapter", "A book", "9780128021347", "bookSection")


@pytest.mark.parametrize(
    "text",
    [
        (
            "<Title>x</Title></MedlineCitation></PubmedArticle><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>B</ArticleTitle>"
            "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
        ),
        "<title>x</title></titles></record>\n<record><ref-type name='Book'>6</ref-type><titles><title>B</title></titles></record></records></xml>",
        "<title>x</title></titleInfo></mods>\n<mods><titleInfo><title>B</title></titleInfo></mods></modsCollection>",
    ],
)
def test_what_a_file_begins_in_the_middle_of_is_an_entry_too(text: str) -> None:
    torn, whole = detect(text.encode()).read(text.encode(), {})
    assert isinstance(torn, Reject)
    assert (torn.line, torn.reason) == (1, "the file begins in the middle of this entry")
    assert isinstance(whole, Record)
    assert whole.title == "B"


def test_what_stands_before_a_broken_entry_of_bibtex_is_kept_with_it() -> None:
    (r,) = detect(text := b"% Encoding: UTF-8\n@article{a,\n  title = {A").read(text, {})
    assert isinstance(r, Reject)
    assert "% Encoding" in r.raw


def test_a_citation_file_names_what_is_cited_in_its_place_and_what_it_cites() -> None:
    text = (
        "cff-version: 1.2.0\nmessage: Cite it\ntitle: My software\nauthors:\n- name: The team\nyear: 2017\npreferred-citation:\n  type: article\n"
        "  authors:\n    - family-names: Doe\n      given-names: Jane\n  title: The article\n  journal: J Test\n  year: 2019\n  month: 3\n  start: 1\n  end: 9\n"
        "  doi: 10.1000/x\nreferences:\n  - type: book\n    title: A book\n    year: 2001\n    publisher:\n      name: Sage\n      city: London\n      country: GB\n"
        "  - type: conference-paper\n    title: A paper\n    collection-title: Proceedings\n    conference:\n      name: Walks\n      city: Leeds\n"
    )
    software, article, book, paper = records(text, "csl-yaml")
    assert (software.title, software.line) == ("My software", 1)
    assert (article.title, article.authors, article.year, article.journal, article.pages, article.doi, article.line) == (
        "The article", ("Doe, Jane",), 2019, "J Test", "1-9", "10.1000/x", 8,
    )  # fmt: skip
    assert (book.title, book.line) == ("A book", 20)
    assert book.extra == (("publisher country", "GB"), ("publisher", "Sage"), ("place", "London"))
    assert (paper.title, paper.journal, paper.extra) == ("A paper", "Proceedings", (("conference", "Walks"), ("event-place", "Leeds")))


def test_the_mail_of_new_economics_papers() -> None:
    text = (
        "NEP: New Economics Papers\nHealth Economics\n\nIn this issue we have:\n\n1. A long title\n   on two lines\n     Doe, Jane\n\n2. Second\n     Roe, R.\n\n"
        "-----------------------------\n\n1. A long title\n   on two lines\n\nDoe, Jane (University of X;\n  Department Y)\nRoe, Richard\n\nWe searched\nfive databases.\n\n"
        "Keywords: health, equity\nJEL: I14\nDate: 2003-06\nURL: http://d.repec.org/n?u=RePEc:x:1\n\n2. Second\n\nBy: Roe, R.\nDate: 2003\n\nWhat we did.\n\n"
        "-----------------------------\n\nThis is in the public domain.\n"
    )
    first, second = records(text, "nep-text")
    assert (first.title, first.authors, first.abstract, first.line) == (
        "A long title on two lines", ("Doe, Jane", "Roe, Richard"), "We searched five databases.", 15,
    )  # fmt: skip
    assert (first.year, first.keywords, first.url) == (2003, ("health", "equity"), "http://d.repec.org/n?u=RePEc:x:1")
    assert ("publisher", "University of X, Department Y") in first.extra
    assert (second.title, second.authors, second.year, second.abstract) == ("Second", ("Roe, R.",), 2003, "What we did.")
    assert second.extra[-1] == ("", "This is in the public domain.")


def test_the_european_register_of_trials() -> None:
    text = (
        "EudraCT Number:         2004-000007-18\nSponsor Name:  University of Leeds\nStart Date*: 2004-10-04\nFull Title:  A trial of community\npartnerships\n"
        "Medical condition:  Hypertension\n \nEudraCT Number:         2005-000008-19\nFull Title:  Second\n"
    )
    first, second = records(text, "named-text")
    assert (first.title, first.accession, first.year, first.keywords) == (
        "A trial of community partnerships",
        "2004-000007-18",
        2004,
        ("Hypertension",),
    )
    assert (second.title, second.accession) == ("Second", "2005-000008-19")
    first, second = records(
        "".join(
            f"Summary\nEudraCT Number: 2004-00000{n}-18\nFull Title: A\nStart Date: 2004-10-04\nLink: https://x.org/{n}\n\n" for n in (7, 8)
        ),
        "named-text",
    )
    assert (first.title, first.year, first.url, second.title, second.url) == ("A", 2004, "https://x.org/7", "A", "https://x.org/8")


def test_what_bibutils_writes() -> None:
    """A page alone, a suffix, and each initial as a middle name of its own."""
    (mods,) = records(
        '<modsCollection><mods><titleInfo><title>T</title></titleInfo><name type="personal"><namePart type="given">Jane</namePart><namePart type="given">A</namePart>'
        '<namePart type="family">Roe</namePart><namePart type="suffix">Jr</namePart></name><part><detail type="page"><number>e12</number></detail></part></mods></modsCollection>',
        "mods",
    )
    (word,) = records(
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Title>T</b:Title><b:Author><b:Author>'
        "<b:NameList><b:Person><b:Last>Roe</b:Last><b:First>Jane</b:First><b:Middle>A</b:Middle><b:Middle>B</b:Middle></b:Person></b:NameList></b:Author></b:Author></b:Source></b:Sources>",
        "msbib",
    )
    assert (mods.authors, mods.pages, word.authors) == (("Roe, Jane A, Jr",), "e12", ("Roe, Jane A B",))


def test_people_of_bibtex_in_words_bibliography() -> None:
    text = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Title>T</b:Title><b:Author><b:Author>'
        "<b:NameList><b:Person><b:Last>Doe</b:Last><b:First>Jane and Or{\\l}owski, Cezary</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source>"
        "<b:Source><b:Title>U</b:Title><b:Author><b:Author><b:Corporate>Department of Health and Social Care</b:Corporate></b:Author></b:Author></b:Source></b:Sources>"
    )
    first, second = records(text, "msbib")
    assert (first.authors, second.authors) == (("Doe, Jane", "Orłowski, Cezary"), ("Department of Health and Social Care",))


@pytest.mark.parametrize(
    "text",
    [
        '文献番号,タイトル,著者名,収載誌名,巻,号,頁,発行年\n1,A title,"山田太郎, 鈴木花子",J Test,12,3,1-9,2019\n',
        "Title-题名,Author-作者,Source-文献来源,Year-年,Volume-卷,Period-期,PageCount-页码\nA title,山田太郎；鈴木花子,J Test,2019,12,3,1-9\n",
        "제목,저자,학술지명,발행연도,권,호,페이지\nA title,山田太郎;鈴木花子,J Test,2019,12,3,1-9\n",
        "Название;Авторы;Журнал;Год;Том;Номер;Страницы\nA title;山田太郎, 鈴木花子;J Test;2019;12;3;1-9\n",
    ],
)
def test_tables_in_other_languages(text: str) -> None:
    (found,) = records(text, "csv")
    assert (found.title, found.authors, found.journal, found.year) == ("A title", ("山田太郎", "鈴木花子"), "J Test", 2019)
    assert (found.volume, found.issue, found.pages) == ("12", "3", "1-9")


def test_a_doi_that_is_none_in_word() -> None:
    text = (
        '<?xml version="1.0"?>\n<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
        "<b:Source><b:SourceType>Book</b:SourceType><b:Title>Mills</b:Title><b:DOI>none</b:DOI></b:Source></b:Sources>"
    )
    (found,) = records(text, "msbib")
    assert (found.title, found.doi) == ("Mills", "")
    assert "none" in [text for _, text in found.extra]


def test_bibliontologys_rdf_in_which_people_stand_beside_the_works() -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bibo="http://purl.org/ontology/bibo/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:z="http://www.zotero.org/namespaces/export#">
<bibo:AcademicArticle rdf:about="#item_1"><dcterms:title>On kerbs</dcterms:title><dcterms:date>2019</dcterms:date><bibo:doi>10.1000/a</bibo:doi>
<dcterms:creator rdf:nodeID="p2"/><dcterms:creator rdf:nodeID="p1"/><bibo:authorList rdf:nodeID="s1"/><dcterms:isPartOf rdf:nodeID="j1"/></bibo:AcademicArticle>
<rdf:Seq rdf:nodeID="s1"><rdf:li rdf:nodeID="p1"/><rdf:li rdf:nodeID="p2"/></rdf:Seq>
<foaf:Person rdf:nodeID="p1"><foaf:givenName>Ann</foaf:givenName><foaf:surname>Roe</foaf:surname></foaf:Person>
<foaf:Organization rdf:nodeID="p2"><foaf:name>Kerb Group</foaf:name></foaf:Organization>
<bibo:Journal rdf:nodeID="j1"><dcterms:title>Streets</dcterms:title></bibo:Journal></rdf:RDF>"""
    (found,) = records(text, "zotero-rdf")
    assert (found.title, found.authors, found.year, found.journal, found.doi) == (
        "On kerbs",
        ("Roe, Ann", "Kerb Group"),
        2019,
        "Streets",
        "10.1000/a",
    )


def test_each_field_of_scifinder_begins_with_its_word_known_or_not() -> None:
    text = "START_RECORD\nFIELD Title:A walker\nFIELD Inventor Name:Low, Bob\nFIELD Patent Number:US 1234567\nFIELD DOI:10.1000/w\nFIELD Abstract:Short.\nNote: more\nEND_RECORD\n"
    (r,) = records(text, "named-text")
    assert (r.title, r.authors, r.doi, r.abstract, r.extra) == (
        "A walker",
        ("Low, Bob",),
        "10.1000/w",
        "Short.\nNote: more",
        (("patent number", "US 1234567"),),
    )


def test_engineering_villages_text_of_one_record_has_no_heading() -> None:
    text = (
        "Title: Walking robots: a review\nAccession number: 2015120012\nAuthors: Smith, John (1); Li, Wei (2) \nAuthor affiliation: (1) Univ X \n"
        "Source title: Robotics\nVolume: 12\nIssue: 3\nPublication year: 2015\nPages: 12-20\nAbstract: Of walks.\nControlled terms: Walking aids\nDatabase: Compendex\n"
    )
    (r,) = records(text, "named-text")
    assert (r.title, r.authors, r.journal, r.year) == ("Walking robots: a review", ("Smith, John", "Li, Wei"), "Robotics", 2015)
    assert (r.volume, r.issue, r.pages, r.abstract, r.keywords) == ("12", "3", "12-20", "Of walks.", ("Walking aids",))


def test_web_of_science_as_it_prints_a_list() -> None:
    text = "Record 1 of 2\nBy: Smith, JA (Smith, John A.); Roe, A (Roe, Ann)\nTitle: Walks\nSource: WALKS\nVolume: 85\nPages: 12-20\nPublished: MAR 2015\n\nRecord 2 of 2\nBy: Low, B\nTitle: Towns\n"
    one, two = records(text, "field-text")
    assert (one.authors, one.year, one.journal, one.volume, one.pages) == (("Smith, John A.", "Roe, Ann"), 2015, "WALKS", "85", "12-20")
    assert (two.authors, two.title) == (("Low, B",), "Towns")


def test_pubmeds_summary_of_before_2011_has_a_line_for_each_part() -> None:
    text = "1: Smith JA, Roe A.\nWalks of children in towns.\nJ Walks. 2005 Mar;75(3):12-20.\nPMID: 15500000 [PubMed - indexed for MEDLINE]\n\n2: Low B.\nSecond paper.\nWalks. 2006 Jan 2;330(1):3.\nPMID: 16500000 [PubMed - in process]\n\n"
    one, two = records(text, "pubmed-text")
    assert (one.title.rstrip("."), one.authors, one.year, one.journal) == (
        "Walks of children in towns",
        ("Smith JA", "Roe A"),
        2005,
        "J Walks",
    )
    assert (one.volume, one.issue, one.pages, one.pmid, one.abstract) == ("75", "3", "12-20", "15500000", "")
    assert (two.authors, two.journal, two.pmid) == (("Low B",), "Walks", "16500000")
