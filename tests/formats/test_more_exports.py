"""Exports of databases that have a form of their own: what a record of each is read as."""

from __future__ import annotations

import io
import itertools
from dataclasses import asdict
from typing import Any

import pytest
from describing import describe_bytes

from review.errors import FormatError
from review.formats.registry import by_name, detect
from review.formats.tables.xlsx import write_rows
from review.model.record import Record

SCOPUS = """Scopus
EXPORT DATE:12 March 2019

Smith, J.A., van der Berg, C.
57190000000;56000000000;
Partnerships: A review
(2018) Social Science and Medicine, 200 (3), pp. 107-116. Cited 12 times.
https://www.scopus.com/inward/record.uri?eid=2-s2.0-8504

DOI: 10.1016/j.x.2018
AFFILIATIONS: London, United Kingdom;
Leeds, United Kingdom
ABSTRACT: Background: Partnerships. © 2018 Elsevier
AUTHOR KEYWORDS: Community;  Health
SOURCE: Scopus

[No author name available]
Second
(2017) J Test, 12, art. no. 45, .
ABSTRACT: [No abstract available]
SOURCE: Scopus
"""
SCOPUS_NOW = """Scopus
EXPORT DATE: 12 March 2024

Smith J.A.; Jones B.
AUTHOR FULL NAMES: Smith, John A. (57190000000); Jones, Bea (7004000000)
57190000000; 7004000000
Partnerships
(2018) J Test, 200 (3), pp. 107 - 116, Cited 12 times.
DOI: 10.1000/x
SOURCE: Scopus
"""
EBSCO = """Record: 1
Title: Partnerships.
Authors: Smith JA; Jones B
Source: Journal of Health (J HEALTH), Apr2015; 40(2): 250-260. (11p)
Minor Subjects: Adult; Female
Abstract: Background: One.
ISSN: 0094-5145
MEDLINE Info: PMID: 25000000 NLM UID: 7600747
Accession Number: 101234567
Database: CINAHL

Record: 2
Title: Second.
Accession Number: 2
Database: CINAHL
"""
EBSCO_MAILED = """TITLE: Partnerships.
AUTHORS: Smith, John A.; Jones, Bea
SOURCE: Journal of Health. Apr2015, Vol. 40 Issue 2, p250-260. 11p.
SUBJECT TERMS: *COMMUNITY health
*PUBLIC health
ACCESSION NUMBER: 101
DATABASE: SocINDEX
"""
NOTEEXPRESS = """{Reference Type}: Journal Article
{Title}: 社区伙伴关系
{Author}: 王小明;李华;
{Journal}: 中国公共卫生
{Year}: 2015
{Volume} : 31
{Issue}: 04
{Pages}: 250-260
{Keywords}: 社区
{Keywords}:  健康
{Abstract}: 目的 探讨。
{ISBN/ISSN}: 1001-0580
{Database Provider}: CNKI
"""
CNKI = "SrcDatabase-来源库: 期刊\nTitle-题名: 社区伙伴关系\nAuthor-作者: 王小明;李华\nSource-文献来源: 中国公共卫生\nYear-年: 2015\nRoll-卷: 31\nPeriod-期: 04\n"
ICTRP = """<?xml version="1.0"?><Trials_downloaded_from_ICTRP><Trial><TrialID>NCT01</TrialID><Public_title>A trial</Public_title>
<Date_registration3>20100201</Date_registration3><web_address>https://x.org/1</web_address><Condition>Asthma</Condition></Trial></Trials_downloaded_from_ICTRP>"""
STUDY = """<clinical_study><required_header><url>https://x.org/1</url></required_header><id_info><nct_id>NCT01</nct_id></id_info>
<brief_title>A trial</brief_title><brief_summary><textblock>One.</textblock></brief_summary><start_date>June 2010</start_date>
<condition>Asthma</condition></clinical_study>"""
OPENALEX = """{"meta":{"count":1},"results":[{"id":"https://openalex.org/W2","doi":"https://doi.org/10.1000/x","title":"Partnerships","publication_year":2015,
"ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/25","pmcid":"https://www.ncbi.nlm.nih.gov/pmc/articles/4000"},"primary_location":{"source":{"display_name":"J Health","issn":["0094-5145"]}},
"authorships":[{"author":{"display_name":"John A. Smith"}}],"biblio":{"volume":"40","issue":"2","first_page":"250","last_page":"260"},
"abstract_inverted_index":{"One":[0,2],"two":[1]}}]}"""
SEMANTIC = """{"total":1,"data":[{"paperId":"abc","externalIds":{"DOI":"10.1000/x","PubMed":"25"},"title":"Partnerships","abstract":"One.","year":2015,
"journal":{"name":"J Health","volume":"40 2","pages":"250-260"},"authors":[{"authorId":"1","name":"John A. Smith"}]}]}"""
TRIAL = """{"studies":[{"protocolSection":{"identificationModule":{"nctId":"NCT01","briefTitle":"A trial"},"descriptionModule":{"briefSummary":"One."},
"conditionsModule":{"conditions":["Asthma"]},"statusModule":{"startDateStruct":{"date":"2010-06"}}}}]}"""


@pytest.mark.parametrize(
    ("text", "name", "count", "expected"),
    [
        (SCOPUS, "scopus-text", 2, {"title": "Partnerships: A review", "authors": ("Smith, J.A.", "van der Berg, C."), "year": 2018, "journal": "Social Science and Medicine", "volume": "200", "issue": "3", "pages": "107-116", "doi": "10.1016/j.x.2018", "keywords": ("Community", "Health"), "abstract": "Background: Partnerships. © 2018 Elsevier"}),
        (SCOPUS_NOW, "scopus-text", 1, {"title": "Partnerships", "authors": ("Smith J.A.", "Jones B."), "volume": "200", "pages": "107-116", "doi": "10.1000/x"}),
        (EBSCO, "ebsco-text", 2, {"title": "Partnerships.", "authors": ("Smith JA", "Jones B"), "year": 2015, "journal": "Journal of Health", "volume": "40", "issue": "2", "pages": "250-260", "pmid": "25000000", "accession": "101234567", "abstract": "Background: One."}),
        (EBSCO_MAILED, "ebsco-text", 1, {"authors": ("Smith, John A.", "Jones, Bea"), "year": 2015, "journal": "Journal of Health", "volume": "40", "issue": "2", "pages": "250-260", "keywords": ("*COMMUNITY health", "*PUBLIC health")}),
        (NOTEEXPRESS, "noteexpress", 1, {"title": "社区伙伴关系", "authors": ("王小明", "李华"), "year": 2015, "journal": "中国公共卫生", "volume": "31", "issue": "04", "pages": "250-260", "keywords": ("社区", "健康"), "issn": "1001-0580", "abstract": "目的 探讨。"}),
        (CNKI, "noteexpress", 1, {"title": "社区伙伴关系", "authors": ("王小明", "李华"), "year": 2015, "journal": "中国公共卫生", "volume": "31", "issue": "04"}),
        (ICTRP, "trials-xml", 1, {"title": "A trial", "year": 2010, "accession": "NCT01", "url": "https://x.org/1"}),
        (STUDY, "trials-xml", 1, {"title": "A trial", "year": 2010, "accession": "NCT01", "abstract": "One.", "keywords": ("Asthma",)}),
        (OPENALEX, "csl-json", 1, {"title": "Partnerships", "authors": ("John A. Smith",), "year": 2015, "journal": "J Health", "volume": "40", "issue": "2", "pages": "250-260", "doi": "10.1000/x", "pmid": "25", "pmcid": "PMC4000", "issn": "0094-5145", "abstract": "One two One", "accession": "https://openalex.org/W2"}),
        (SEMANTIC, "csl-json", 1, {"title": "Partnerships", "authors": ("John A. Smith",), "journal": "J Health", "volume": "40", "issue": "2", "pmid": "25", "doi": "10.1000/x"}),
        (TRIAL, "csl-json", 1, {"title": "A trial", "year": 2010, "accession": "NCT01", "abstract": "One.", "keywords": ("Asthma",), "url": "https://clinicaltrials.gov/study/NCT01"}),
    ],
    ids=["scopus", "scopus now", "ebsco", "ebsco mailed", "noteexpress", "cnki", "ictrp", "clinicaltrials.gov xml", "openalex", "semantic scholar", "clinicaltrials.gov json"],
)  # fmt: skip
def test_the_first_record_of_an_export(text: str, name: str, count: int, expected: dict[str, Any]) -> None:
    form = detect(text.encode())
    found = list(form.read(text.encode(), {}))
    assert (form.name, len(found)) == (name, count)
    assert isinstance(found[0], Record)
    read = asdict(found[0])
    assert {field: read[field] for field in expected} == expected


COCHRANE = """TY  - JOUR
AN  - CN-01
AU  - Smith J, Jones B
TI  - A trial
SO  - BMJ
YR  - 2015
VL  - 350
NO  - 7
PG  - h1234
PM  - PUBMED 25700000
KW  - Adult
DOI - 10.1136/bmj.h1234
ER  -
TY  - JOUR
TI  - Second
SO  - Syst Biol. 2019 Sep 1;68(5):840-851.
SN  - ISSN-0094-5145
N1  - Accession Number: 1. PMID: NLM25000000.
ER  -
"""


def test_tags_of_cochrane_ebsco_and_eric_in_ris() -> None:
    first, second = (r for r in detect(COCHRANE.encode()).read(COCHRANE.encode(), {}) if isinstance(r, Record))
    assert (first.journal, first.volume, first.issue, first.pages, first.year) == ("BMJ", "350", "7", "h1234", 2015)
    assert (first.doi, first.pmid, first.authors, first.keywords) == ("10.1136/bmj.h1234", "25700000", ("Smith J", "Jones B"), ("Adult",))
    assert (second.journal, second.volume, second.issue, second.pages) == ("Syst Biol", "68", "5", "840-851")
    assert (second.issn, second.pmid) == ("0094-5145", "25000000")
    assert ("SO", "Syst Biol. 2019 Sep 1;68(5):840-851.") in second.extra


def test_macros_that_make_macros_do_not_fill_the_memory() -> None:
    names = "abcdefghijklm"
    text = '@string{a="xxxxxxxxxx"}\n' + "".join(f"@string{{{b}={' # '.join([a] * 10)}}}\n" for a, b in itertools.pairwise(names))
    (found,) = detect(b"@article{z,title={t}}").read((text + "@article{z, title={t}, abstract=m}").encode(), {})
    assert isinstance(found, Record)
    assert len(found.abstract) < 1_000_000


def test_a_cell_of_megabytes_that_never_closes_is_a_reject() -> None:
    text = 'Title,Authors,Year\n"' + "word " * 500_000
    (found,) = detect(b"Title,Authors,Year\n").read(text.encode(), {})
    assert not isinstance(found, Record)
    assert "never closes" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        'Titel;Autoren;Jahr;Zeitschrift;Band;Heft;Seiten\nOne;"Müller, A.; Maier, B.";2015;J;40;2;1-9\n',
        'Titre;Auteurs;Année;Revue;Volume;Numéro;Pages\nOne;"Müller, A.; Maier, B.";2015;J;40;2;1-9\n',
        'Título;Autores;Año;Revista;Volumen;Número;Páginas\nOne;"Müller, A.; Maier, B.";2015;J;40;2;1-9\n',
        'Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,EID\n"Müller, A., Maier, B.",One,2015,J,40,2,1,9,2-s2.0-1\n',
        'Title,Author(s),Source\nOne,"Müller, A.; Maier, B.","J, Vol 40(2), Apr 2015, 1-9."\n',
    ],
    ids=["german", "french", "spanish", "scopus", "psycnet"],
)
def test_tables_in_other_languages_and_older_forms(text: str) -> None:
    (found,) = detect(text.encode()).read(text.encode(), {})
    assert isinstance(found, Record)
    assert (found.title, found.authors, found.year) == ("One", ("Müller, A.", "Maier, B."), 2015)
    assert (found.journal, found.volume, found.issue, found.pages) == ("J", "40", "2", "1-9")


def test_cochranes_bibtex() -> None:
    text = """Record #1 of 2
@article{Huey25,
author = {Huey, SL, Mehta, NH, and Mehta, S},
title = {One},
}
Record #2 of 2
@article{CN-001,
author = {Smith, J, and Jones, B},
title = {Two},
accession_number = {CN-001 PUBMED 25700000},
}
"""
    one, two = (r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record))
    assert one.authors == ("Huey, SL", "Mehta, NH", "Mehta, S")
    assert (two.authors, two.accession, two.pmid) == (("Smith, J", "Jones, B"), "CN-001", "25700000")


OVID = """<7. >
VN  - Ovid Technologies
DB  - PsycINFO
TI  - One.
AU  - Smith, John A
SO  - Journal of Testing. Vol.43(5), Sep 2015, pp. 562-577.
IS  - 1352-4658
IT  - 1469-1833

<8. >
VN  - Ovid Technologies
TI  - Two.
"""


@pytest.mark.parametrize("indent", ["", " "])
def test_ovids_tags_with_a_full_stop_in_the_number_and_a_blank_before_them(indent: str) -> None:
    text = "".join(f"{indent}{line}\n" for line in OVID.splitlines())
    one, two = (r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record))
    assert (one.journal, one.volume, one.issue, one.pages, one.year) == ("Journal of Testing", "43", "5", "562-577", 2015)
    assert (one.issn, two.title) == ("1352-4658; 1469-1833", "Two.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TY  - JOUR\nTI  - T\nA1  - Popay J.\nA1  - Whitehead M.\nAU  - Popay, J.\nAU  - Whitehead, M.\nER  - \n", {"authors": ("Popay, J.", "Whitehead, M.")}),
        ("TY  - JOUR\nTI  - T\nA1  - Marx, K.\nAU  - Engels, F.\nER  - \n", {"authors": ("Engels, F.", "Marx, K.")}),
        ("TY  - JOUR\nID  - mdl-29999999\nTI  - T\nER  - \n", {"pmid": "29999999"}),
        ("@article{doe_trust_2019,\n title={T},\n note={PMID: 29999999\nPMCID: PMC123456},\n}\n", {"pmid": "29999999", "pmcid": "PMC123456"}),
        ("Reference Type\tAuthor\tTitle\tKeywords\nJournal Article\tSmith, J. A.//Jones, B.\tT\ta//b\n", {"authors": ("Smith, J. A.", "Jones, B."), "keywords": ("a", "b")}),
        ("sep=;\nTitle;Year\nT;2001\n", {"title": "T", "extra": ()}),
        ("id,title,isPartOf,creator,keyphrase,docSubType\nx,T,Journal,Jane Doe; Richard Roe,a;b,y\n", {"journal": "Journal", "keywords": ("a", "b")}),
        ('ID,Title,Authors,Source,Database(s)\nmdl-29999999,T,"Popay, J; Whitehead, M","BMC; 18(1): 123-130, 2018.",MEDLINE\n', {"pmid": "29999999", "volume": "18", "issue": "1", "pages": "123-130"}),
        ('{"References": [{"ItemId": 1, "Title": "T", "Keywords": "a\\r\\nb; c"}], "CodeSets": []}', {"keywords": ("a", "b", "c")}),
        ("Title-题名: 社区\nAuthor-作者: 张三;李四;\nPageCount-页码: 257-260\n", {"pages": "257-260", "authors": ("张三", "李四")}),
        ("Reference Type: Journal Article\nTitle: T\nURL: https://x\nhttps://y\n", {"url": "https://x"}),
    ],
    ids=["a1-and-au", "a1-or-au", "mdl", "note", "endnote-tab", "sep", "jstor", "vhl", "eppi", "cnki", "urls"],
)  # fmt: skip
def test_fields_of_an_export(text: str, expected: dict[str, Any]) -> None:
    (found,) = detect(text.encode()).read(text.encode(), {})
    assert {name: getattr(found, name) for name in expected} == expected


def test_repecs_redif() -> None:
    text = "Template-Type: ReDIF-Article 1.0\nAuthor-Name: Jane Doe\nAuthor-Name: Richard Roe\nTitle: T: more\nAbstract: Text\n that goes on\nJournal: J\nVolume: 3\nPages: 1-9\nYear: 2001\nX-File-Ref: y\nHandle: RePEc:a:b:1\n\nTemplate-Type: ReDIF-Paper 1.0\nTitle: U\n"
    a, b = detect(text.encode()).read(text.encode(), {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert (a.title, a.authors, a.abstract, a.journal) == ("T: more", ("Jane Doe", "Richard Roe"), "Text that goes on", "J")
    assert (a.volume, a.pages, a.year, a.type, a.accession) == ("3", "1-9", 2001, "Article", "RePEc:a:b:1")
    assert a.extra == (("x-file-ref", "y"),)
    assert (b.title, b.type) == ("U", "Paper")


def test_what_would_be_read_at_once_is_no_larger_than_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.formats.base._MOST", 10)
    with pytest.raises(FormatError, match="larger than 1 GB"):
        list(by_name("zotero-rdf").read(io.BytesIO(b"<rdf:RDF></rdf:RDF>"), {}))


def test_ovids_full_names_stand_for_the_short_ones_where_nobody_is_left_out() -> None:
    text = "<1>\nUI  - 1\nTI  - T\nAU  - Popay J\nAU  - Whitehead M\nFA  - Popay, Jennie\nFA  - Whitehead, Margaret\n\n<2>\nUI  - 2\nTI  - U\nAU  - Popay J\nAU  - Marx K\nFA  - Popay, Jennie\n"
    a, b = detect(text.encode()).read(text.encode(), {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert (a.authors, b.authors) == (("Popay, Jennie", "Whitehead, Margaret"), ("Popay J", "Marx K"))
    assert a.extra == (("AU", "Popay J\nWhitehead M"),)
    assert b.extra == (("author full names", "Popay, Jennie"),)


def test_whose_workbook_it_is_is_told_by_the_names_of_its_columns() -> None:
    data = b"".join(write_rows([["Title", "Authors", "UT (Unique WOS ID)"], ["T", "Marx, K", "WOS:1"]], "savedrecs"))
    assert describe_bytes(data, by_name("xlsx")).dialect == "Web of Science"


def test_the_point_behind_a_name_of_embase_is_the_names() -> None:
    for people, authors in (("Ng K.", ("Ng K.",)), ("Popay J.; Ng K.", ("Popay J.", "Ng K."))):
        text = f"Title,Author Names,PUI\nT,{people},L1\n"
        (found,) = detect(text.encode()).read(text.encode(), {})
        assert isinstance(found, Record)
        assert found.authors == authors
