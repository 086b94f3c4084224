"""Exports as review projects publish them: what the producers of these files do to lines, titles, people and numbers."""

from __future__ import annotations

import pytest
from one_file import only, records

from review.formats.ris.ris_glued import parted
from review.formats.values.kinds import kind_for

WOS = """TY  - JOUR
AU  - Doe, J
TI  - Gardens of the town
AB  - An address in the text: Univ TestC3  - stays.
AD  - Test Univ, Los Angeles, CA 90000 USAAD  - Test Coll, Paris, FranceC3  - Test UniversityC3  - Test CollegePU  - TEST PRESS
PI  - PARIS
WE  - Social Science Citation Index (SSCI)WE  - Arts &amp; Humanities Citation Index (A&amp;HCI)AN  - WOS:000123456700001
N1  - Times Cited:  2
ER  -
"""


def test_lines_that_web_of_science_wrote_as_one() -> None:
    found = only(WOS)
    assert found.accession == "WOS:000123456700001"
    assert found.abstract.endswith("Univ TestC3  - stays.")
    assert [text for name, text in found.extra if name == "affiliation"] == [
        "Test Univ, Los Angeles, CA 90000 USA",
        "Test Coll, Paris, France",
    ]
    assert [text for name, text in found.extra if name == "C3"] == ["Test University", "Test College"]
    assert ("publisher", "TEST PRESS") in found.extra
    assert [text for name, text in found.extra if name == "WE"] == [
        "Social Science Citation Index (SSCI)",
        "Arts &amp; Humanities Citation Index (A&amp;HCI)",
    ]


def test_the_address_that_scopus_glues_to_a_list_of_references() -> None:
    address = "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000000&partnerID=40"
    found = only(f"TY  - JOUR\nTI  - On\nN1  - References: Doe, J., (2001) A; \nhttp://b.example/c.htmlUR  - {address}\nER  - \n")
    assert (found.url, found.accession) == (address, "2-s2.0-85000000000")
    assert found.extra == (("note", "References: Doe, J., (2001) A;\nhttp://b.example/c.html"),)


def test_a_book_among_the_references_of_scopus() -> None:
    book = only("TY  - JOUR\nT2  - The Book of Kerbs\nPY  - 1992\nSN  - \nAU  - Doe, J.\nDB  - Scopus\nER  - \n")
    assert (book.title, book.journal) == ("The Book of Kerbs", "")
    article = only("TY  - JOUR\nT2  - Nature\nVL  - 3\nPY  - 1992\nAU  - Doe, J.\nER  - \n")
    assert (article.title, article.journal) == ("", "Nature")


def test_an_address_of_another_exporter_is_not_cut() -> None:
    assert parted([("AD", "CHU LILLE  - Service A")]) == [("AD", "CHU LILLE  - Service A")]
    assert parted([("WE", "A"), ("AU", "X  - Y")]) == [("WE", "A"), ("AU", "X  - Y")]


CENTRAL = """1. 
TY  - ELEC
ID  - CN-01234567
T1  - Gardens for sleep
T2  - Gardening and Sleep in Adults: a Randomised Trial
A1  - NCT00000000
Y1  - 2020//
JA  - https://clinicaltrials.gov/show/NCT00000000
L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=cctr&NEWS=N&AN=CN-01234567
ER  -  
"""  # noqa: W291


def test_the_second_title_of_a_trial_in_central_by_ovid_is_not_its_journal() -> None:
    found = only(CENTRAL)
    assert (found.journal, found.url) == ("", "https://clinicaltrials.gov/show/NCT00000000")
    assert ("T2", "Gardening and Sleep in Adults: a Randomised Trial") in found.extra


IN_CENTRAL = "https://www.cochranelibrary.com/central/doi/10.1002/central/CN-01500000/full"


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("https://clinicaltrials.gov/show/NCT01234567", "Nct"),
        ("https://trialsearch.who.int/Trial2.aspx?TrialID=EUCTR2010-012345-12-GB", "Euctr, G. B."),
        ("http://www.who.int/trialsearch/Trial2.aspx?TrialID=JPRN-UMIN000012345", "Jprn, Umin"),
        ("https://trialsearch.who.int/Trial2.aspx?TrialID=ChiCTR-TRC-12002183", "Chi, C. T. R. T. R. C."),
    ],
)
@pytest.mark.parametrize("form", ["ris", "csv", "bib", "xml"])
def test_a_register_is_neither_journal_nor_author_of_its_entries(page: str, name: str, form: str) -> None:
    ris = f"TY  - JOUR\nAN  - CN-01500000\nAU  - {name}\nTI  - Gardens for sleep\nJA  - {page}\nPY  - 2010\nM3  - Trial registry record\nUR  - {IN_CENTRAL}\nER  - \n"
    texts = {
        "ris": ris,
        "csv": f'"Cochrane Library ID","Title","Author(s)","Source","Year","URL"\n"CN-01500000","Gardens for sleep","{name}","{page}, 2010 | added to CENTRAL: 31 May 2018 | 2018 Issue 5","2010","{IN_CENTRAL}"\n',
        "bib": f"@article{{x, author = {{{name}}}, title = {{Gardens for sleep}}, journal = {{{page}}}, year = {{2010}}, type = {{Trial registry record}}, url = {{{IN_CENTRAL}}}}}",
        "xml": f'<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors><author>{name}</author></authors></contributors><titles><title>Gardens for sleep</title><secondary-title>{page}</secondary-title></titles><dates><year>2010</year></dates><work-type>Trial registry record</work-type><urls><related-urls><url>{IN_CENTRAL}</url></related-urls></urls></record></records></xml>',
    }
    found = only(texts[form])
    assert (found.title, found.authors, found.year, found.journal, found.url) == ("Gardens for sleep", (), 2010, "", page)
    assert ("url", IN_CENTRAL) in found.extra
    assert name in [text for _, text in found.extra]
    assert kind_for(found).ris == "GEN"


def test_another_page_with_its_year_is_no_journal() -> None:
    found = only('Title,Authors,Source\nWalks,"Roe, J","https://www.example.org/report, 2015"\n')
    assert (found.journal, found.year) == ("", 2015)


def test_who_answers_for_a_trial_is_its_author() -> None:
    found = only("TY  - JOUR\nAU  - Roe, J\nTI  - Gardens for sleep\nJA  - https://clinicaltrials.gov/show/NCT01234567\nER  - \n")
    assert (found.authors, found.journal) == (("Roe, J",), "")
    nothing = only("TY  - JOUR\nAU  - Per, N\nTI  - Gardens for sleep\nJF  - Annals of Rain\nER  - \n")
    assert nothing.authors == ("Per, N",)


def test_a_full_and_a_short_title_of_a_journal_elsewhere() -> None:
    assert only("TY  - JOUR\nTI  - A\nT2  - Journal of Gardens\nJA  - J Gard\nER  - \n").journal == "Journal of Gardens"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("TY  - JOUR\nTI  - A\nL1  - http://dx.doi.org/10.1234/abc.5\nER  - \n", "10.1234/abc.5"),
        ("TY  - JOUR\nTI  - A\nL1  - https://press.example/doi/pdf/10.1234/abc.5\nER  - \n", ""),
        (
            "<XML><RECORDS><RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><TITLE>A</TITLE><URL>10.1234/abc.5</URL></RECORD></RECORDS></XML>",
            "10.1234/abc.5",
        ),
        ("@article{a,\n title = {A},\n url = {10.1234/abc.5}\n}\n", "10.1234/abc.5"),
        ("@article{a,\n title = {A},\n url = {https://press.example/doi/10.1234/abc.5/full}\n}\n", ""),
        ('[{"type": "article-journal", "title": "A", "URL": "doi:10.1234/abc.5"}]', "10.1234/abc.5"),
        (
            "<xml><records><record><ref-type name='Report'>27</ref-type><urls><web-urls><url>10.1234/abc.5</url></web-urls></urls></record></records></xml>",
            "10.1234/abc.5",
        ),
    ],
)
def test_a_doi_where_an_address_is_expected(text: str, doi: str) -> None:
    assert only(text).doi == doi


def test_a_given_name_that_is_null_is_none_also_where_no_other_name_is_odd() -> None:
    assert only("TY  - JOUR\nTI  - A\nAU  - Jane Doe, null\nAU  - Roe, Richard\nER  - \n").authors == ("Jane Doe", "Roe, Richard")


@pytest.mark.parametrize(
    ("lines", "own"),
    [
        ("U1  - 12345678\nU2  - uncontrolled term", "12345678"),
        ("U1  - 20241212345678\nN1  - Compilation and indexing terms, Copyright 2024 Elsevier Inc.", "20241212345678"),
        ("U1  - 20240131", ""),
    ],
)
def test_the_number_of_engineering_village(lines: str, own: str) -> None:
    assert only(f"TY  - CONF\nTI  - A\n{lines}\nER  - \n").accession == own


CNKI = "%0 Journal Article\n%A 张三 %A 李四\n%+ 试验大学;\n%T 花园研究\n%J 花园学报\n%D 2005\n%P 81-89+93\n%W CNKI\n"


def test_people_on_one_line_and_a_list_of_one_language_at_cnki() -> None:
    found = only(CNKI)
    assert (found.authors, found.pages) == (("张三", "李四"), "81-89+93")
    assert only("RT Journal Article\nSR 1\nA1 张三;李四\nT1 花园研究\nJF 花园学报\nvo \nOP 72-74\nLA 中文;\nDS CNKI\n").language == "中文"


def test_people_in_short_on_one_line_beside_others_are_each_their_own() -> None:
    typed = "TY  - JOUR\nTI  - A\nAU  - Doe J, Roe RS, van der Poe K\nAU  - Moe M.\nAU  - Low, J, III\nER  - \n"
    assert only(typed).authors == ("Doe J", "Roe RS", "van der Poe K", "Moe M.", "Low, J, III")


REFWORKS = """TY  - JOUR
ID  - RefID:12-doe2015rise
A1  - Doe, Jane
T1  - The rise of gardens
N1  - Source type: Scholarly Journals; Object type: Article; PublisherXID: ICAGARD_1; PMID: 174830; PCID: 95120000
JF  - Garden One
UR  - https://www.proquest.com/docview/1674600000/se-2 https://lib.example/openurl?genre=article https://doi.org/10.1234/abc.5
ER  -
"""


def test_the_number_that_proquest_calls_pmid_is_that_of_a_journal() -> None:
    found = only(REFWORKS)
    assert (found.pmid, found.doi) == ("", "10.1234/abc.5")
    assert only("TY  - JOUR\nTI  - A\nN1  - Source type: article; PMID: 1234567; PMCID: PMC123456\nER  - \n").pmid == "1234567"


def test_lines_of_ebsco_that_mendeley_wrote_as_one() -> None:
    found = only(
        "TY  - JOUR\nT1  - A\nUR  - http://search.ebscohost.com/login.aspx?db=bth&AN=97620000 OP  - Garden Week, 2016\n"
        "VL  - 265\nIS  - 4 OP  - Garden Week. June, 2016\nN2  - It OP  - stays.\nER  - \n"
    )
    assert (found.url, found.volume, found.issue, found.abstract) == (
        "http://search.ebscohost.com/login.aspx?db=bth&AN=97620000",
        "265",
        "4",
        "It OP  - stays.",
    )
    assert [text for name, text in found.extra if name == "original-title"] == ["Garden Week, 2016", "Garden Week. June, 2016"]
    assert only("TY  - JOUR\nT1  - A\nVL  - 12 Suppl A1 - A3\nER  - \n").volume == "12 Suppl A1 - A3"


def test_editors_whom_covidence_put_behind_the_authors() -> None:
    text = "TY  - JOUR\nT1  - A\nA1  - Doe, Ivan\nA1  - Roe, M and Moe, S\nA1  - Ministry of Health, Labour and Welfare, Japan\nER  - \n"
    assert only(text).authors == ("Doe, Ivan", "Roe, M", "Moe, S", "Ministry of Health, Labour and Welfare, Japan")


def test_characters_that_vhl_escaped_twice() -> None:
    found = only("TY  - JOUR\nTI  - Doe&amp;#039;s e&amp;#8725;ou\nAB  - p &amp;lt; 0.05, A &amp;amp; B, R&D\nER  - \n")
    assert (found.title, found.abstract) == ("Doe's e\u2215ou", "p < 0.05, A & B, R&D")


def test_what_endnote_writes_line_by_line_into_bibtex() -> None:
    found = only(
        "@article{RN38,\n   title = {A},\n   keywords = {Seasons\n*Body Fluids\nAged, 80 and over\nWater},\n"
        "   url = {<Go to ISI>://WOS:000440000700004},\n   year = {2018}\n}\n"
    )
    assert found.keywords == ("Seasons", "*Body Fluids", "Aged, 80 and over", "Water")
    assert (found.accession, found.url) == ("WOS:000440000700004", "<Go to ISI>://WOS:000440000700004")


@pytest.mark.parametrize("value", ["one, state of\n   the art, three", "one, state of\nthe art, three", "one; state of\nthe art; three"])
def test_keywords_in_bibtex_that_are_wrapped(value: str) -> None:
    assert only(f"@article{{a,\n  title = {{A}},\n  keywords = {{{value}}}\n}}\n").keywords == ("one", "state of the art", "three")


def test_a_dash_that_refworks_puts_before_a_meeting() -> None:
    assert only("TY  - CONF\nT1  - A\nT2  - - 2013 Conference on Gardens\nER  - \n").journal == "2013 Conference on Gardens"


@pytest.mark.parametrize(
    ("label", "kind"),
    [("BOOK_CHAPTER", "Book chapter"), ("CONFERENCE_REVIEW.p", "Conference review"), ("SHORT_SURVEY", "Short survey")],
)
def test_a_type_that_scopus_forgot_to_fill_in(label: str, kind: str) -> None:
    text = f"TY  - label.ris.referenceType.{label}\nTI  - A\nM3  - {kind}\nUR  - https://www.scopus.com/pages/publications/105000000001?origin=x\nER  -\n"
    found = only(text)
    assert (found.type, found.accession, found.extra) == (kind, "2-s2.0-105000000001", ())
    assert only(text.replace(f"M3  - {kind}\n", "")).type == kind


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - A\nN2  - Aim: one. <ovid:br/>Result(s): p < 2.<ovid:br/>\nER  -\n",
        "@article{a,\n title = {A},\n abstract = {Aim: one.<br />Result(s): p < 2.}\n}\n",
        "Title,Abstract,Year\nA,Aim: one.<br>Result(s): p < 2.,2001\nB,C,2002\n",
        "<xml><records><record><titles><title>A</title></titles><abstract>Aim: one. &lt;ovid:br/&gt;Result(s): p &lt; 2.</abstract></record></records></xml>",
    ],
)
def test_the_ends_of_lines_in_an_abstract(text: str) -> None:
    assert records(text)[0].abstract == "Aim: one.\nResult(s): p < 2."
