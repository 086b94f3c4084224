"""What one program or another writes in a way of its own: a small export in its shape, with what must come out of it."""

from __future__ import annotations

from typing import Any

import pytest
from describing import describe_bytes

from review.formats.registry import detect
from review.model.record import Record, Reject

ENDNOTE7 = """<?xml version="1.0" encoding="UTF-8"?><XML><RECORDS><RECORD><REFERENCE_TYPE>7</REFERENCE_TYPE><REFNUM>1</REFNUM>
<AUTHORS><AUTHOR>Doe, Jane</AUTHOR><AUTHOR>Grey, A.</AUTHOR></AUTHORS><YEAR>1999</YEAR><TITLE>A title &amp; more</TITLE>
<SECONDARY_TITLE>Handbook</SECONDARY_TITLE><PAGES>3-9</PAGES><PUBLISHER>Sage</PUBLISHER><KEYWORDS><KEYWORD>one</KEYWORD><KEYWORD>two</KEYWORD></KEYWORDS>
<ABSTRACT>We did.</ABSTRACT><ISBN>0-306-40615-2</ISBN></RECORD></RECORDS></XML>"""
EUROPEPMC = """<?xml version="1.0"?><responseWrapper><hitCount>1</hitCount><resultList><result><id>1234567</id><source>MED</source><doi>10.1000/E.1</doi>
<title>The &lt;i&gt;title&lt;/i&gt;.</title><authorString>Doe J.</authorString><authorList><author><fullName>Doe J</fullName><firstName>Jane</firstName>
<lastName>Doe</lastName></author></authorList><journalInfo><issue>3</issue><volume>12</volume><yearOfPublication>2019</yearOfPublication>
<journal><title>J Things</title><ISSN>0277-9536</ISSN><issn>0277-9536</issn></journal></journalInfo><pageInfo>1-9</pageInfo>
<abstractText><h4>Aim</h4>We asked.<h4>Results</h4>We found.</abstractText><keywordList><keyword>one</keyword><keyword>two</keyword></keywordList>
<license>cc by</license></result></resultList></responseWrapper>"""
OVID = """<1>
UI  - 30612345
VN  - Ovid Technologies
DB  - Ovid MEDLINE(R)
AU  - Doe J
TI  - A title.
SO  - Social Science. 12(3):123-134, 2019 Mar.
ED  - 20200101

<2>
UI  - 30612346
DB  - Ovid MEDLINE(R)
TI  - Second.
"""
SINOMED = """1.
【流水号】:2019123456
【标题】:社区伙伴关系
【作者】:张三(1)；李四(1,2)
【出处】:中国公共卫生 2019;35(3):123-134
【关键词】:社区;健康
【摘要】:目的:研究。

2.
【流水号】:2019123457
【标题】:二
"""
CNKI = "SrcDatabase-来源库: 期刊\nTitle-题名: 社区\nAuthor-作者: 张三;\nURL-网址: https://kns.cnki.net/x\nDOI-DOI: 10.1000/c.1\n"
REFWORKS = "RT Journal Article\nA1 Doe,Jane\nT1 A title\nNO PMID: 30612345\n"
SHOW_ALL = "Reference Type:  Journal Article\nRecord Number: 1\nAuthor: Doe, J.\nTitle: A title\nAccession Number: 30612345\nName of Database: Medline\n"
EXTRA = '[{"id":"a","type":"book","title":"A title","note":"PMID: 30612345\\nPMCID: PMC6312345\\nDOI: 10.1000/B.1"}]'
BIBLATEX = """@article{a,
  title = {A title},
  author = {Doe, Jane and family=Berg, given=Anna, prefix=van den, useprefix=true and {family=Grey, given=B}},
  abstract = {It was {$<$} 5 and $p<0.05$, for $5 or $6 &lt;here&gt;.},
  volume = {12 3},
}
"""
WOS = "@article{ WOS:0001,\nTitle = {{A title}},\nUnique-ID = {{WOS:0001}},\nPubMed-ID = {{30612345}},\n}\n"
BMJ = "@article {Doee1, title = {A title}, elocation-id = {e012345}, year = {2016}}\n"
PAPERS = "TY  - JOUR\nTI  - A title\nUR  - papers2://publication/doi/10.1000/P.1\nER  - \n"
OVID_RIS = "TY  - JOUR\nDB  - Embase\nID  - 30612345 [https://www.ncbi.nlm.nih.gov/pubmed/?term=30612345]\nAN  - 2001234567\nT1  - A title\nER  - \n"
BELOW_TYPE = "TY  - JOUR\nDESCRIPTORS  - *Things\nTI  - A title\nER  - \n"
EMBASE = '"TITLE","A title"\n"AUTHOR NAMES","Doe J."\n"PUI","L2001234567"\n"LANGUAGE OF ARTICLE","English"\n'


ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#">
<bib:Article rdf:about="#1"><z:itemType>journalArticle</z:itemType><dc:title>A title</dc:title><dcterms:isReferencedBy rdf:resource="#2"/></bib:Article>
<bib:Memo rdf:about="#2"><rdf:value>&lt;p&gt;read &amp;amp; kept&lt;/p&gt;</rdf:value></bib:Memo></rdf:RDF>"""


@pytest.mark.parametrize(
    ("text", "name", "count", "expected"),
    [
        (
            ENDNOTE7,
            "endnote7-xml",
            1,
            {"title": "A title & more", "authors": ("Doe, Jane", "Grey, A."), "year": 1999, "journal": "Handbook", "pages": "3-9", "type": "Book Section",
             "keywords": ("one", "two"), "abstract": "We did.", "isbn": "0-306-40615-2"},
        ),
        (
            EUROPEPMC,
            "europepmc-xml",
            1,
            {"title": "The title.", "authors": ("Doe, Jane",), "year": 2019, "journal": "J Things", "volume": "12", "issue": "3", "pages": "1-9",
             "doi": "10.1000/e.1", "pmid": "1234567", "issn": "0277-9536", "abstract": "Aim: We asked. Results: We found.", "keywords": ("one", "two"),
             "extra": (("license", "cc by"),)},
        ),
        (
            OVID,
            "ovid",
            2,
            {"title": "A title.", "authors": ("Doe J",), "pmid": "30612345", "accession": "30612345", "journal": "Social Science", "volume": "12", "year": 2019,
             "extra": (("VN", "Ovid Technologies"), ("database", "Ovid MEDLINE(R)"), ("SO", "Social Science. 12(3):123-134, 2019 Mar."), ("ED", "20200101"))},
        ),
        (
            SINOMED,
            "noteexpress",
            2,
            {"title": "社区伙伴关系", "authors": ("张三", "李四"), "year": 2019, "journal": "中国公共卫生", "volume": "35", "issue": "3", "pages": "123-134",
             "keywords": ("社区", "健康"), "abstract": "目的:研究。", "accession": "2019123456"},
        ),
        (CNKI, "noteexpress", 1, {"title": "社区", "authors": ("张三",), "url": "https://kns.cnki.net/x", "doi": "10.1000/c.1"}),
        (REFWORKS, "refworks", 1, {"pmid": "30612345"}),
        (SHOW_ALL, "named-text", 1, {"pmid": "30612345", "accession": "30612345"}),
        (EXTRA, "csl-json", 1, {"pmid": "30612345", "pmcid": "PMC6312345", "doi": "10.1000/b.1"}),
        (
            BIBLATEX,
            "bibtex",
            1,
            {"authors": ("Doe, Jane", "van den Berg, Anna", "family=Grey, given=B"), "abstract": "It was < 5 and p<0.05, for $5 or $6 <here>.",
             "volume": "12", "issue": "3"},
        ),
        (WOS, "bibtex", 1, {"pmid": "30612345", "accession": "WOS:0001"}),
        (BMJ, "bibtex", 1, {"pages": "e012345"}),
        (PAPERS, "ris", 1, {"doi": "10.1000/p.1", "url": "papers2://publication/doi/10.1000/P.1"}),
        (OVID_RIS, "ris", 1, {"pmid": "30612345", "accession": "2001234567"}),
        (BELOW_TYPE, "ris", 1, {"type": "JOUR", "extra": (("TY", "DESCRIPTORS - *Things"),)}),
        (ZOTERO, "zotero-rdf", 1, {"title": "A title", "extra": (("note", "read & kept"),)}),
        (EMBASE, "embase-rows", 1, {"language": "English", "accession": "L2001234567"}),
    ],
    ids="endnote7 europepmc ovid sinomed cnki refworks show-all extra biblatex wos bmj papers ovid-ris below-type zotero embase".split(),  # noqa: SIM905
)  # fmt: skip
def test_an_export(text: str, name: str, count: int, expected: dict[str, Any]) -> None:
    form = detect(text.encode())
    found = list(form.read(text.encode(), {}))
    assert (form.name, len(found)) == (name, count)
    assert not [r for r in found if isinstance(r, Reject)]
    assert isinstance(found[0], Record)
    assert {field: getattr(found[0], field) for field in expected} == expected


BLANKS = "\n" * 60_000
PUMPED = {
    "names": "@article{a, title = {A title}, author = {Doe, Jane" + " " * 60_000 + "x}}",
    "blank lines": "@article{a, title = {A title}," + BLANKS + "}",
    "blank lines in RIS": "TY  - JOUR\nTI  - A title" + BLANKS + "ER  - \n",
    "blanks in JSON": '[{"type": "article", "title": "A title", "DOI": "10.1000/x", "abstract": "' + " " * 60_000 + '"}]',
    "headings": '[{"type": "article", "title": "A title", "DOI": "10.1000/x", "abstract": "' + "<jats:title>" * 6_000 + '</jats:title>"}]',
    "headings of Europe PMC": '{"resultList": {"result": [{"id": "1", "title": "A title", "abstractText": "' + "<h4>" * 20_000 + '"}]}}',
    "addresses": "TY  - JOUR\nTI  - A title\nUR  - " + "scopus.com/?" * 6_000 + "\nER  - \n",
}


@pytest.mark.parametrize("text", PUMPED.values(), ids=PUMPED)
def test_one_thing_many_times_over_is_read_all_the_same(text: str) -> None:
    # In the square of their length, these would take 10 to 60 s each.
    found = describe_bytes(text.encode(), detect(text.encode()))
    assert (found.records, found.rejects) == (1, [])


def test_what_stands_beside_an_item_in_zoteros_rdf_is_kept_or_told_of() -> None:
    file = (
        '<z:Attachment rdf:about="#3"><z:itemType>attachment</z:itemType><dc:title>A scan</dc:title><rdf:resource rdf:resource="a.pdf"/>'
        "<rdf:value>page 12</rdf:value><dc:identifier><dcterms:URI><rdf:value>http://x.org/a</rdf:value></dcterms:URI></dc:identifier></z:Attachment>"
        '<z:Collection rdf:about="#c"><dc:title>To read</dc:title><dcterms:hasPart rdf:resource="#1"/></z:Collection>'
        '<bib:Memo rdf:about="#9"><rdf:value>by itself</rdf:value></bib:Memo></rdf:RDF>'
    )
    text = ZOTERO.replace("<dcterms:isReferencedBy", '<link:link rdf:resource="#3"/><dcterms:isReferencedBy').replace("</rdf:RDF>", file)
    work, alone = detect(text.encode()).read(text.encode(), {})
    assert isinstance(work, Record)
    told = {
        ("collection", "To read"),
        ("note", "page 12"),
        ("file", "a.pdf"),
        ("file title", "A scan"),
        ("file url", "http://x.org/a"),
        ("note", "read & kept"),
    }
    assert told == set(work.extra)
    assert isinstance(alone, Reject)
    assert "by itself" in alone.raw
