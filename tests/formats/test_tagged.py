"""Tagged text other than RIS and NBIB: Web of Science, Refer, RefWorks, Ovid, catalogues, and Word's bibliography."""

from __future__ import annotations

import one_file
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from one_file import only

from review.errors import FormatError
from review.formats.base import Format
from review.formats.pubmed import nbib
from review.formats.registry import by_name, detect
from review.formats.tagged import catalogue, embase_rows, ovid, proquest_text, pubmed_text, refer, refworks, wos
from review.formats.xml import msbib
from review.model.record import Record, Reject


def records(text: str, form: Format) -> list[Record]:
    assert detect(text.encode()) is form
    found = list(form.read(text.encode(), {}))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


def test_web_of_science() -> None:
    a, b = records(
        "\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Li, W\n   Dou, ZG\nAF Li, Wei\n   Dou, Zhiguo\nTI Soil fauna at\n   Lake Taihu\n"
        "SO ECOSYSTEM HEALTH\nLA English\nDT Article\nDE reed; wetland\nID FAUNA;\n   SOIL\nAB One.\n   Two.\nC1 Univ A.\n   Univ B.\nSN 2096-4129\n"
        "EI 2332-8878\nPD DEC 16\nPY 2020\nVL 6\nIS 1\nBP 11\nEP 15\nPG 5\nDI 10.1080/X\nPM 32000000\nUT WOS:1\nER\n\nPT J\nTI No end\nAR e12\nEF\n",
        wos.FORMAT,
    )
    assert (a.title, a.abstract, a.authors) == ("Soil fauna at Lake Taihu", "One.\nTwo.", ("Li, Wei", "Dou, Zhiguo"))
    assert (a.journal, a.year, a.volume, a.issue, a.pages) == ("ECOSYSTEM HEALTH", 2020, "6", "1", "11-15")
    assert (a.doi, a.pmid, a.issn, a.accession) == ("10.1080/x", "32000000", "2096-4129; 2332-8878", "WOS:1")
    assert a.keywords == ("reed", "wetland", "FAUNA", "SOIL")
    assert (a.type, a.language, a.line) == ("Article", "English", 3)
    for pair in (("AU", "Li, W\nDou, ZG"), ("affiliation", "Univ A.\nUniv B."), ("date", "DEC 16"), ("PG", "5")):
        assert pair in a.extra
    assert (b.title, b.pages, b.type) == ("No end", "e12", "J")


_BODIES = {
    "text": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Roe, J\nCA Tests Study Grp\n   Body of Experts\nGP IEEE\nTI One\nUT WOS:1\nER\n\nPT J\nCA Body of Experts\nTI Two\nER\nEF\n",
    "tabs": "PT\tAU\tCA\tGP\tTI\tSO\tUT\nJ\tRoe, J\tTests Study Grp; Body of Experts\tIEEE\tOne\tJ\tWOS:1\nJ\t\tBody of Experts\t\tTwo\tJ\tWOS:2\n",
    "table": 'Authors,Group Authors,Book Group Authors,Article Title,UT (Unique WOS ID)\n"Roe, J",Tests Study Grp; Body of Experts,IEEE,One,WOS:1\n,Body of Experts,,Two,WOS:2\n',
    "bibtex": "@article{ WOS:1,\nAuthor = {Roe, J},\nGroup-Author = {{Tests Study Grp} and {Body of Experts}},\nBook-Group-Author = {{IEEE}},\nTitle = {One}\n}\n@article{ WOS:2,\nGroup-Author = {{Body of Experts}},\nTitle = {Two}\n}\n",
}


@pytest.mark.parametrize("form", _BODIES)
def test_groups_are_authors_wherever_web_of_science_has_them(form: str) -> None:
    data = _BODIES[form].encode()
    one, two = (r for r in detect(data).read(data, {}) if isinstance(r, Record))
    assert (one.authors, two.authors) == (("Roe, J", "Tests Study Grp", "Body of Experts"), ("Body of Experts",))
    assert "IEEE" in dict(one.extra).values()


def test_refer() -> None:
    a, b = records(
        "%0 Journal Article\n%A Marx, Karl\n%A Body of Experts,\n%T A title\nthat goes on\n%J Journal\n%D 2001\n%V 3\n%N 4\n%P 5-9\n%R 10.1000/x\n"
        "%@ 1234-5679\n%X One.\n\nTwo.\n%K a\nb\n%Z note\n%+ Town\n\n%0 Book\n%T Other\n%9 Thesis\n%I House\n%C Town\n%# odd\n",
        refer.FORMAT,
    )
    assert (a.title, a.authors, a.abstract) == ("A title that goes on", ("Marx, Karl", "Body of Experts"), "One.\nTwo.")
    assert (a.journal, a.year, a.volume, a.issue, a.pages, a.doi, a.issn) == ("Journal", 2001, "3", "4", "5-9", "10.1000/x", "1234-5679")
    assert a.keywords == ("a", "b")
    assert a.extra == (("note", "note"), ("affiliation", "Town"))
    assert (b.title, b.type) == ("Other", "Book")
    assert b.extra == (("genre", "Thesis"), ("publisher", "House"), ("place", "Town"), ("#", "odd"))


@pytest.mark.parametrize("text", ["%0 Book\n%A Roe J.\n%T A\n%D 2001\n", "RT Book\nA1 Roe J.\nT1 A\n", "PT J\nAU Roe J.\nTI A\nER\nEF\n"])
def test_the_point_of_an_only_author_is_the_names_own(text: str) -> None:
    data = text.encode()
    (found,) = detect(data).read(data, {})
    assert isinstance(found, Record)
    assert found.authors == ("Roe J.",)


def test_old_refer_has_blank_lines_between_entries() -> None:
    a, b = records("%A K. Marx\n%T One\n%D 1867\n\n%A F. Engels\n%T Two\n%D 1884\n", refer.FORMAT)
    assert [(r.title, r.year, r.line) for r in (a, b)] == [("One", 1867, 1), ("Two", 1884, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "%A X\n%T One\n%A Y\n%T Two\n%A Z\n%T Three\n",  # none has a %0, and no blank line is between
        "%0 Book\n%A X\n%T One\n\n%A Y\n%T Two\n\n%0 Book\n%A Z\n%T Three\n",
        "%A X\n%T One\n\n%0 Book\n%A Y\n%T Two\n\n\n%A Z\n%T Three\n",
        "%A X\n%T One\n%0 Book\n%A Y\n%T Two\n%0 Book\n%A Z\n%T Three\n",  # cut off at its beginning
    ],
)
def test_entries_of_refer_of_which_not_all_have_a_type(text: str) -> None:
    text = text.replace("%T", "%D 2001\n%T")
    found = records(text, refer.FORMAT)
    assert [(r.title, *r.authors) for r in found] == [("One", "X"), ("Two", "Y"), ("Three", "Z")]
    assert [text.split("\n")[r.line - 1] for r in found] == [r.raw.split("\n")[0] for r in found]


def test_a_type_below_the_title_is_the_entrys_own() -> None:
    found = records("%T One\n%A X\n%0 Book\n\n%T Two\n%A Y\n%0 Thesis\n", refer.FORMAT)
    assert [(r.title, r.type) for r in found] == [("One", "Book"), ("Two", "Thesis")]


def test_refworks() -> None:
    a, b = records(
        "RT Journal Article\nSR Electronic(1)\nID 12\nA1 Marx,Karl\nA1 Engels,F\nT1 A title\nJF Journal\nYR 2001\nVO 3\nIS 4\nSP 5\nOP 9\nK1 a\nK1 b\n"
        "AB Text\nthat goes on\nUK policy\nDO 10.1000/x\nSN 1234-5679\n\nRT Book, Whole\nT1 Other\nPB House\n",
        refworks.FORMAT,
    )
    assert (a.title, a.authors, a.pages, a.keywords) == ("A title", ("Marx, Karl", "Engels, F"), "5-9", ("a", "b"))
    assert (a.abstract, a.doi, a.type) == ("Text that goes on UK policy", "10.1000/x", "Journal Article")
    assert ("publisher", "House") in b.extra


def test_what_comes_again_in_refworks_and_refer() -> None:
    found, _ = records(
        "RT Journal Article\nA1 Marx,Karl\nT1 A title\nAB Of women\nER positive, or not\nAB And men.\nK1 a\nK1 b; c\nAN PMID: 30612345\n\n"
        "RT Generic\nT1 Other\nER\n",
        refworks.FORMAT,
    )
    assert (found.abstract, found.keywords, found.pmid) == ("Of women ER positive, or not\nAnd men.", ("a", "b", "c"), "30612345")
    (found,) = records("%0 Journal Article\n%A Marx, K\n%T A title\n%X One.\n%X Two.\n%K a; b\n%K c\n", refer.FORMAT)
    assert (found.abstract, found.keywords) == ("One.\nTwo.", ("a", "b", "c"))


@pytest.mark.parametrize(
    "body",
    [
        "Health and Safety Executive",
        "Housing, Communities and Local Government Committee",
        "Centers for Disease Control and Prevention, National Center for Health Statistics, USA",
        "Scottish Government Health and Social Care Directorates",
        "Smith and Nephew",
    ],
)
def test_a_body_that_is_the_only_author_is_one(body: str) -> None:
    assert records(f"%0 Report\n%A {body}\n%T A title\n%D 2001\n", refer.FORMAT)[0].authors == (body,)
    assert records(f"RT Report\nSR 1\nA1 {body}\nT1 A title\nYR 2001\n", refworks.FORMAT)[0].authors == (body,)
    assert only(f"TY  - RPRT\nTI  - A title\nAU  - {body}\nER  - \n").authors == (body,)


def test_the_degree_of_a_thesis_is_no_volume_in_refworks() -> None:
    (found,) = records("RT Dissertation/Thesis\nA1 Marx,Karl\nT1 A title\nVO Ph.D.\nYR 1841\n", refworks.FORMAT)
    assert (found.volume, found.extra) == ("", (("VO", "Ph.D."),))


@pytest.mark.parametrize(("place", "journal"), [("北京大学", ""), ("Dissertations & Theses", "Dissertations & Theses")])
def test_the_university_of_a_thesis_at_cnki_is_no_journal(place: str, journal: str) -> None:
    (found,) = records(f"%0 Thesis\n%A 赵六\n%T 路缘石研究\n%J {place}\n%9 博士\n%D 2018\n", refer.FORMAT)
    assert found.journal == journal
    assert (("publisher", place) in found.extra) is not bool(journal)


def test_the_authors_of_a_book_of_which_no_part_is_told_of() -> None:
    book = "FN Clarivate\nVR 1.0\nPT B\n{}BA Marx, K\n   Roe, A\nBF Marx, Karl\n   Roe, Ana\nTI A title\nUT WOS:1\nER\n\nEF\n"
    (found,) = records(book.format(""), wos.FORMAT)
    assert (found.authors, ("BA", "Marx, K\nRoe, A") in found.extra) == (("Marx, Karl", "Roe, Ana"), True)
    (found,) = records(book.format("AU Poe, E\n"), wos.FORMAT)
    assert (found.authors, ("BF", "Marx, Karl\nRoe, Ana") in found.extra) == (("Poe, E",), True)


def test_ovid_with_names() -> None:
    a, b = records(
        "<1>\nUnique Identifier\n  31289754\n\nAuthors\n  Marx K; Engels F.\n\nTitle\n  A title.\n\nSource\n  Ear & Hearing. 41(3):615-622, 2020 May/Jun.\n\n"
        "Abstract\n  One.\n  Two.\n\nOdd Field\n  kept\n\n<2>\nTitle\n  Other\n",
        ovid.FORMAT,
    )
    assert (a.title, a.authors, a.abstract) == ("A title.", ("Marx K", "Engels F"), "One.\nTwo.")
    assert (a.journal, a.year, a.volume, a.issue, a.pages) == ("Ear & Hearing", 2020, "41", "3", "615-622")
    assert ("odd field", "kept") in a.extra
    assert b.line == 21


def test_ovid_with_tags() -> None:
    a, b = records(
        "<1>\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - 31289754\nTI  - A title\nAU  - Marx K\nAU  - Engels F\nIS  - 1234-5679\nYR  - 2020\n\n<2>\n"
        "TI  - Other\n",
        ovid.FORMAT,
    )
    assert (a.title, a.authors, a.issn, a.year, a.accession) == ("A title", ("Marx K", "Engels F"), "1234-5679", 2020, "31289754")
    assert b.title == "Other"


@pytest.mark.parametrize(
    "text",
    [
        "\n--AU-- Marx, K.; Engels, F.\n--TI-- A title\n--ST-- Journal\n--YP-- 1996\n--PS-- 3\n--PE-- 9\n--QT-- odd\n------\n--AU-- X, Y\n--TI-- Other\n------\n",
        "Record.*INSPEC.*\n\nTI ~ A title\nAU ~ Marx, K.; Engels, F.\nJT ~ Journal\nPY ~ 1996\nPG ~ 3-9\nQT ~ odd\n\nRecord.*INSPEC.*\nTI ~ Other\nAU ~ X, Y\n",
        "TI- A title\nAU- Marx, K.\nAU- Engels, F.\nJT- Journal\nPY- 1996\nPG- 3-9\nQT- odd\n\nTI- Other\nAU- X, Y\n",
        "Record INSPEC 1\nTI: A title\nAU: Marx, K.; Engels, F.\nSO: Journal, vol.2, no.1, pp.3-9, 1996\nQT: odd\nRecord INSPEC 2\nTI: Other\nAU: X, Y\n",
        (
            "Record 1 of 2 - ERIC 1992-2004\n\nTI: A title\nAU: Marx,-K.; Engels,-F.\nPY: 1996\nSO: Journal. v2 n1 p. 3-9 Jun 1996\nQT: odd\n\n"
            "Record 2 of 2 - ERIC 1992-2004\n\nTI: Other\nAU: X,-Y\n"
        ),
        "Record #1 of 2\nTI: A title\nAU: Marx, K.\nAU: Engels, F.\nJN: Journal\nYR: 1996\nPG: 3-9\nQT: odd\n\nRecord #2 of 2\nTI: Other\nAU: X, Y\n",
        "Record.. 1\nRN: 1\nTI- A title\nAU- Marx, K.; Engels, F.\nSO- Journal, vol.2, no.1, 3-9, 1996\nPG- 3-9\nPY- 1996\nQT- odd\n\nRecord.. 2\nRN: 2\nTI- Other\nAU- X, Y\n",
        "No 1 of these\nTI- A title\nAU- Marx, K.; Engels, F.\nJT- Journal\nPG- 3-9\nPY- 1996\nQT- odd\nNT- mine\n\nNo 2 of these\nTI- Other\nAU- X, Y\n",
    ],
)
def test_catalogues(text: str) -> None:
    a, b = records(text, catalogue.FORMAT)
    assert (a.title, a.authors, a.journal, a.year, a.pages) == ("A title", ("Marx, K.", "Engels, F."), "Journal", 1996, "3-9")
    assert ("QT", "odd") in a.extra
    assert (b.title, b.authors) == ("Other", ("X, Y",))


def test_biblioscapes_tags_mean_what_its_manual_says() -> None:
    (r,) = records(
        "--RT-- Book Section\n--AU-- Marx, K.\n--TI-- A title\n--ST-- The book\n--SA-- Engels, F.\n--ED-- 2nd\n--SB-- Labour\n--LA-- m1\n--DI-- 2001-02-03\n"
        "--C1-- mine\n--CA-- To read\n--TA-- X, Y\n--PP-- London\n------\n",
        catalogue.FORMAT,
    )
    assert (r.journal, r.language, r.keywords, r.doi) == ("The book", "", (), "")
    assert r.extra == (
        ("editor", "Engels, F."), ("edition", "2nd"), ("SB", "Labour"), ("LA", "m1"), ("DI", "2001-02-03"), ("C1", "mine"), ("CA", "To read"), ("TA", "X, Y"),
        ("place", "London"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("TI ~ A title\nAU ~ Marx, K.\nPY ~ 1996\nAN ~ 7654321\nDOI ~ 10.1000/x\n", "doi", "10.1000/x"),
        ("TI ~ A title\nAU ~ Marx, K.\nSO ~ Walks and Health, Leeds, UK, 2001, p. 12-19\n", "pages", "12-19"),
        ("TI ~ A title\nAU ~ Marx, K.\nSO ~ Walks and Health, Leeds, UK, 2001, p. 12-19\n", "volume", ""),
        ("TI- A title\nAU- Marx, K.\nPY- 1996\nUT- Capital\n", "accession", ""),
        ("TI- A title\nAU- Marx, K.\nPY- 1996\nSP- A council\n", "pages", ""),
        ("TI: A title\nAU: Marx, K.\nPY: 1996\nSP: 12\n", "pages", "12"),
        ("Record 1 of 1 - PsycINFO\nTI: A title\nAU: Marx,-Karl\nSO: Ear-and-Hearing. 2019 Jul; Vol 40(4): 918-926\n", "volume", "40"),
        (
            "TI: A title\nAU: Marx,-K.(ed.)\nSO: Food-and-Health-(Leeds). (1997). v. 36(2-4) p. 101-118.\n",
            "journal",
            "Food and Health (Leeds)",
        ),
        ("TI: A title\nAU: Marx,-K.(ed.)\nSO: Food-and-Health-(Leeds). (1997). v. 36(2-4) p. 101-118.\n", "issue", "2-4"),
        ("TI: A title\nAU: Marx, K.\nSO: J-of-Sensors. vol.12, no.4; April 2012; p.101-10\n", "pages", "101-10"),
        ("Record 1 of 1 - PsycINFO\nTI: A title\nAU: Marx,-Karl\nBK: The book\nIB: 9783161484100\n", "journal", "The book"),
        ("Record 1 of 1 - PsycINFO\nTI: A title\nAU: Marx,-Karl\nBK: The book\nIB: 9783161484100\n", "isbn", "9783161484100"),
    ],
)
def test_what_a_tag_of_a_catalogue_means(text: str, field: str, value: str) -> None:
    (r,) = records(text, catalogue.FORMAT)
    assert getattr(r, field) == value


def test_the_day_of_the_export_and_the_number_of_references_say_nothing_of_a_work() -> None:
    text = "PT J\nAU Marx, K\nTI A title\nSO Journal\nEA MAY 2022\nNR 45\nDA 2024-06-07\nUT WOS:1\nER\n"
    table = "PT\tAU\tTI\tSO\tIS\tEA\tPY\tNR\tDA\tUT\nJ\tMarx, K\tA title\tJournal\t\tMAY 2022\t\t45\t2024-06-07\tWOS:1\n"
    ovids = "VN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - 31289754\nTI  - A title\nAU  - Marx K\nYR  - 2022\nNR  - 45\nEP  - 20220503\n"
    for r in (one_file.only(text), one_file.only(table), one_file.only(ovids)):
        assert (r.year, r.issue, r.pages) == (2022, "", "")
        assert ("NR", "45") in r.extra


def test_ovids_medline_is_known_without_the_name_of_the_database() -> None:
    r = one_file.only(
        "<1>\nVN  - Ovid Technologies\nUI  - 31289754\nRO  - From MEDLINE, a database\nTI  - A title\nAU  - Roe J\nAU  - Poe E [Ed]\n"
        "JA  - bmj\nNJ  - BMJ\nPT  - Journal Article\nPT  - Review\n"
    )
    assert (r.pmid, r.journal, r.type, r.authors) == ("31289754", "BMJ", "Journal Article; Review", ("Roe J",))
    assert ("editor", "Poe E") in r.extra
    book = one_file.only("TY  - CHAP\nTI  - A\nAU  - Roe, J\nA1  - Poe, E [Ed]\nBN  - 978-3-16-148410-0\nER  - \n")
    assert (book.authors, book.isbn) == (("Roe, J",), "978-3-16-148410-0")
    assert ("editor", "Poe, E") in book.extra


SUMMARIES = (
    "1: Roe J. Comment on walking. J Test. 2018 Jan 2;360:k1. doi: 10.1000/own.1. Comment on: J Far. 2017 Aug 15;318(7):625-635. doi: 10.1000/far.1. PMID: 1.\n\n"
    "2: Walking for health. J Test. 2018 Jan 2;360:k2. Erratum in: J Test. 2019 Aug 15;361:k9. doi: 10.1000/err.1. PMID: 2.\n"
)


def test_what_a_summary_says_of_another_work_is_not_of_its_own() -> None:
    one, two = one_file.records(SUMMARIES)
    assert (one.title, one.journal, one.year, one.doi, one.pmid) == ("Comment on walking.", "J Test", 2018, "10.1000/own.1", "1")
    assert (two.title, two.journal, two.year, two.doi, two.pmid) == ("Walking for health.", "J Test", 2018, "", "2")
    assert ("Erratum in", "J Test. 2019 Aug 15;361:k9. doi: 10.1000/err.1.") in two.extra


@pytest.mark.parametrize(
    "title", ["Comment on walking.", "Retraction of papers: a study.", "Copyright and the librarian.", "DOI: an introduction."]
)
def test_a_title_of_pubmeds_abstracts_may_begin_like_a_heading(title: str) -> None:
    text = f"1. J Test. 2018 Jan 2;360:k1.\n\n{title}\n\n[No authors listed]\n\nComment in\n    J Far. 2019;1:2.\n\nPMID: 1\n\n"
    r = one_file.only(text)
    assert (r.title, r.authors, r.abstract, r.pmid) == (title, (), "", "1")
    assert "Comment in" in dict(r.extra)


def test_an_abstract_of_pubmeds_may_begin_like_a_heading_and_groups_stand_behind_people() -> None:
    text = "1. J Test. 2018 Jan 2;360:k1.\n\nWalks.\n\nRoe A(1); Collaborators of the WALK trial.\n\nUpdate of the guideline is due.\n\nUpdate of\n    J Far. 2010;1:2.\n\nPMID: 1\n\n"
    r = one_file.only(text)
    assert (r.authors, r.abstract) == (("Roe A", "Collaborators of the WALK trial"), "Update of the guideline is due.")
    assert dict(r.extra)["Update of"].endswith("J Far. 2010;1:2.")


def test_which_version_of_a_record_ovid_has_is_no_volume() -> None:
    r = one_file.only(
        "VN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - 31289754\nVI  - 1\nTI  - A title\nSO  - BMJ. 350:h1234, 2015 Mar 03.\n"
    )
    assert (r.journal, r.volume, r.pages) == ("BMJ", "350", "h1234")
    assert ("VI", "1") in r.extra
    table = one_file.only(
        'VN,DB,UI,TI,SO,VI,EP,NO\nOvid Technologies,Ovid MEDLINE(R),31289754,A title,"BMJ. 350:h1234, 2015 Mar 03.",1,20150303,R01 X\n'
    )
    assert (table.volume, table.issue, table.pages) == ("350", "", "h1234")


def test_a_table_of_ovid_says_what_its_text_does() -> None:
    full, short = one_file.records(
        'VN,DB,UI,TI,AU,FA,IN,PT,DP,YR\nOvid,MEDLINE,1234567,A title,"Roe JA\nPoe E","Roe, Jane A\nPoe, Eve",A university,"Journal Article\nReview",2015 Oct 03,2015\n'
        'Ovid,MEDLINE,1234568,B title,"Roe JA\nPoe E","Roe, Jane A",,Review,,2016\n'
    )
    text = one_file.only(
        "<1>\nUnique Identifier\n  1234567\nTitle\n  A title\nPublication Type\n  Journal Article. Research Support, U.S. Gov't, P.H.S.. Research Support, N.I.H., Extramural. Review.\n"
    )
    assert (full.authors, short.authors) == (("Roe, Jane A", "Poe, Eve"), ("Roe JA", "Poe E"))
    assert {("date", "2015 Oct 03"), ("affiliation", "A university"), ("AU", "Roe JA\nPoe E")} <= set(full.extra)
    assert ("FA", "Roe, Jane A") in short.extra
    assert full.type == "Journal Article; Review"
    assert text.type == "Journal Article; Research Support, U.S. Gov't, P.H.S.; Research Support, N.I.H., Extramural; Review"


@pytest.mark.parametrize(
    "header",
    [
        "AU\tBA\tAF\tBF\tTI\tSO\tUT",
        "Authors\tBook Authors\tAuthor Full Names\tBook Author Full Names\tArticle Title\tSource Title\tUT (Unique WOS ID)",
    ],
)
def test_who_wrote_a_book_in_a_table_of_web_of_science(header: str) -> None:
    part, whole = one_file.records(
        f"{header}\nRoe, J\tPoe, E\tRoe, Jane\tPoe, Eve\tA chapter\tA book\tWOS:1\n\tPoe, E\t\tPoe, Eve\tA book\t\tWOS:2\n"
    )
    assert (part.authors, whole.authors) == (("Roe, Jane",), ("Poe, Eve",))


@pytest.mark.parametrize(
    ("told", "issue"), [("SU 2", "Suppl 2"), ("IS 3\nSU 1", "3 Suppl 1"), ("SU S", "Suppl"), ("SU SUPPL 4", "Suppl 4"), ("SU No. 444", "")]
)
def test_a_supplement_of_web_of_science_is_told_as_that_of_others(told: str, issue: str) -> None:
    of_table = dict(line.split(" ", 1) for line in told.split("\n"))
    table = f"PT\tTI\tSO\tVL\tUT\t{chr(9).join(of_table)}\nJ\tA\tB\t134\tWOS:1\t{chr(9).join(of_table.values())}\n"
    for r in (one_file.only(f"FN Clarivate\nVR 1.0\nPT J\nTI A\nSO B\nVL 134\n{told}\nUT WOS:1\nER\n"), one_file.only(table)):
        assert (r.volume, r.issue) == ("134", issue)
        assert issue or ("SU", "No. 444") in r.extra


def test_parts_of_organisms_are_no_pages() -> None:
    a, b = records(
        "PT J\nAU Marx, K\nTI A title\nBP 3\nEP 9\nPS leg: locomotor system; arm\nER\n\nPT J\nAU Marx, K\nTI Other\nPS 2457-71\nER\n",
        wos.FORMAT,
    )
    assert (a.pages, b.pages) == ("3-9", "2457-71")
    assert ("PS", "leg: locomotor system; arm") in a.extra


def test_a_kind_in_full_begins_an_entry_of_old_isi() -> None:
    a, b = records("PT Journal\nAU Marx, K\nTI A title\nSO J\nER\n\nPT Book\nTI Other\nER\n", wos.FORMAT)
    assert (a.title, a.type, b.type) == ("A title", "Journal", "Book")


def test_a_body_that_wrote_a_work_in_old_refer() -> None:
    (r,) = records("%T A title\n%Q House of Walks\n%D 1990\n%I Acme\n", refer.FORMAT)
    assert r.authors == ("House of Walks",)


def test_word() -> None:
    (r,) = records(
        '<?xml version="1.0"?><b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>M01</b:Tag>'
        "<b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Marx</b:Last><b:First>Karl</b:First><b:Middle>H</b:Middle>"
        "</b:Person></b:NameList></b:Author><b:Editor><b:Corporate>House</b:Corporate></b:Editor></b:Author><b:Title>A title</b:Title><b:Year>2001</b:Year>"
        "<b:JournalName>Journal</b:JournalName><b:Pages>1-9</b:Pages><b:DOI>10.1000/X</b:DOI></b:Source></b:Sources>",
        msbib.FORMAT,
    )
    assert (r.title, r.authors, r.year, r.journal, r.pages, r.doi) == ("A title", ("Marx, Karl H",), 2001, "Journal", "1-9", "10.1000/x")
    assert set(r.extra) == {("citation-key", "M01"), ("editor", "House")}


@pytest.mark.parametrize("form", [wos.FORMAT, refer.FORMAT, refworks.FORMAT, ovid.FORMAT, catalogue.FORMAT], ids=lambda f: f.name)
@given(text=st.text("PTJ ER\n%0AU:-<1>RTI  x~", max_size=150))
@example(text="0%0 AAA")
def test_no_line_is_lost(form: Format, text: str) -> None:
    try:
        found = list(form.read(text.encode(), {}))
    except FormatError:
        return
    told = "\n".join(r.raw if isinstance(r, Reject) else r.raw + "\n".join(t for n, t in r.extra if not n) for r in found)
    glued = told.replace(
        "\n%0 ", "%0 "
    )  # a line of Refer that begins an entry is one of its own, also where files were put together without a line end
    for line in text.split("\n"):
        if line.strip() and form.name != "wos" and line.strip() not in ("ER", "------"):
            assert line.strip() in told or (form.name == "refer" and line.strip() in glued)


def test_ovid_that_was_pasted_without_its_blanks() -> None:
    a, b = records(
        "<1>\nUnique Identifier\n30123456\nTitle\nGate one\nAuthor\nRoe J. Poe E.\nYear of Publication\n2019\n\n<2>\nUnique Identifier\n30123457\nTitle\nGate two\n",
        ovid.FORMAT,
    )
    assert (a.title, a.authors, a.year, a.pmid, b.title) == ("Gate one", ("Roe J", "Poe E"), 2019, "30123456", "Gate two")


def test_csa_illumina_has_names_beside_its_tags() -> None:
    (found,) = records(
        "Record 1 of 1\n\nDN: Database Name\n    ERIC\nTI: Title\n    Kerbs of the north\nAU: Author\n    Roe, Jane; Poe, Eve\nSO: Source\n"
        "    Kerb Journal, vol. 3, no. 4, pp 12-19, Apr 2001\nPY: Publication Year\n    2001\nAN: Accession Number\n    EJ123456\n",
        catalogue.FORMAT,
    )
    assert (found.title, found.authors, found.journal, found.pages) == (
        "Kerbs of the north",
        ("Roe, Jane", "Poe, Eve"),
        "Kerb Journal",
        "12-19",
    )
    assert (found.year, found.accession, ("database", "ERIC") in found.extra) == (2001, "EJ123456", True)


def test_pubmed_text() -> None:
    a, b = records(
        "1. Ear Hear. 2019 Jul/Aug;40(4):918-926. doi: \n10.1097/AUD.1.\n\nA title that\ngoes on.\n\n[Article in German]\n\nMarx K(1), Engels F(1)(2).\n\n"
        "Author information:\n(1)Town.\n\nComment in\n    Lancet. 2020.\n\nBACKGROUND: One. 2. Not an entry\nwrapped.\nRESULTS: Two.\n\nCopyright \u00a9 2019.\n\n"
        "DOI: 10.1097/AUD.1\nPMCID: PMC6476703\nPMID: 30358656 [Indexed for MEDLINE]\n\nConflict of interest statement: None.\n\n\n"
        "2. J Test. 2020;1:2.\n\nOther\n\nPMID: 2\n",
        pubmed_text.FORMAT,
    )
    assert (a.title, a.authors) == ("A title that goes on.", ("Marx K", "Engels F"))
    assert a.abstract == "BACKGROUND: One. 2. Not an entry wrapped.\nRESULTS: Two."
    assert (a.journal, a.year, a.volume, a.issue, a.pages) == ("Ear Hear", 2019, "40", "4", "918-926")
    assert (a.doi, a.pmid, a.pmcid) == ("10.1097/aud.1", "30358656", "PMC6476703")
    told = dict(a.extra)
    assert (told["Author information"], told["Conflict of interest statement"]) == ("(1)Town.", "None.")
    assert (b.title, b.pmid, b.line) == ("Other", "2", 30)


def test_pubmed_text_in_a_mail_from_which_somebody_took_an_entry() -> None:
    text = "Sent on: Thu Mar  5 2015\n\n2 selected items\n\n1. J Test. 2020;1:2.\n\nOne\n\nMarx K.\n\nText.\n\nPMID: 1\n\n\n4. J Test. 2020;1:9.\n\nFour\n\nPMID: 4\n"
    a, b = records(text, pubmed_text.FORMAT)
    assert [(r.title, r.pmid, r.line) for r in (a, b)] == [("One", "1", 5), ("Four", "4", 16)]
    assert a.extra[-2:] == (("", "Sent on: Thu Mar  5 2015"), ("", "2 selected items"))
    short = "From a list\n\n1: Marx K. One for all. J Test. 2020;1:2. PMID: 1.\n\n3: Engels F. Three of them. J Test. 2020;1:9. PMID: 3.\n"
    assert [r.pmid for r in records(short, pubmed_text.FORMAT)] == ["1", "3"]


PARAGRAPHS = """1. J Walks. 2019 Mar;1(1):2-3. doi: 10.1000/b.1. Epub
2018 Dec 2.

A title that goes over the end of the
line?

Roe J(1), Marx K(2).

Author information:
(1)University of Leeds.
(2)University of York.

BACKGROUND: We walked.
RESULTS: It rained.

DOI: 10.1000/b.1
PMID: 25400001 [Indexed for MEDLINE]

Conflict of interest statement: None.

2. Health Paths. 2020 May;2(1):4.

Another.

Doe K.

PMID: 25400002
"""


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPHS,
        PARAGRAPHS.replace("\n\n2. ", "\n2. "),
        PARAGRAPHS.replace("\n2. ", "\n"),
        PARAGRAPHS.replace("\n\n", "\n").replace("Epub\n", "Epub \n"),
    ],
    ids=["whole", "numbers behind no blank line", "a number is missing", "no blank lines"],
)
def test_abstracts_of_pubmeds_that_somebody_touched_are_a_record_each(text: str) -> None:
    first, second = records(text, pubmed_text.FORMAT)
    assert (first.title, first.authors, first.pmid, first.doi) == (
        "A title that goes over the end of the line?",
        ("Roe J", "Marx K"),
        "25400001",
        "10.1000/b.1",
    )
    assert first.abstract == "BACKGROUND: We walked.\nRESULTS: It rained."
    assert (second.title, second.authors, second.pmid, second.journal, second.doi) == (
        "Another.",
        ("Doe K",),
        "25400002",
        "Health Paths",
        "",
    )


@pytest.mark.parametrize(
    ("form", "entries", "head"),
    [
        (nbib.FORMAT, "PMID- {}\nOWN - NLM\nTI  - Title {}\nAU  - {}\nLID - 10.1000/b.{} [doi]\n\n", "PMID- 2"),
        (refer.FORMAT, "%0 Journal Article\n%M {}\n%T Title {}\n%A {}\n%R 10.1000/b.{}\n\n", "%0 Journal Article\n%M 2"),
        (refworks.FORMAT, "RT Journal Article\nID {}\nT1 Title {}\nA1 {}\nDO 10.1000/b.{}\n\n", "RT Journal Article\nID 2"),
        (ovid.FORMAT, "<1>\nUnique Identifier\n  {}\nTitle\n  Title {}\nAuthors\n  {}\nDigital Object Identifier\n  10.1000/b.{}\n\n", "<1>\nUnique Identifier\n  2"),
    ],
)  # fmt: skip
def test_an_entry_whose_first_line_is_damaged_stays_one(form: Format, entries: str, head: str) -> None:
    people = ("Roe J", "Doe K", "Marx K")
    text = "".join(entries.format(n, n, name, n) for n, name in enumerate(people, 1))
    for place in range(len(head.split("\n")[0])):
        found = records(text.replace(head, head[:place] + head[place + 1 :]), form)
        assert [(r.title, r.authors, r.doi) for r in found] == [
            (f"Title {n}", (name,), f"10.1000/b.{n}") for n, name in enumerate(people, 1)
        ]


def test_embase_with_a_field_a_row() -> None:
    a, b = records(
        '"EMBASE","1"\n"TITLE","Effects"\n"AUTHOR NAMES","Smith J.","Jones A.B."\n"SOURCE","J Test (2019) 12:3 (45-50)"\n"SOURCE TITLE","J Test"\n'
        '"ABSTRACT","One.\n\nTwo, ""three"""\n"MEDLINE PMID","30012345"\n"PUI","L61"\n""\n"TITLE","Second"\n"PUI","L62"\n\nThe end\n',
        embase_rows.FORMAT,
    )
    assert (a.title, a.authors, a.year, a.journal, a.volume, a.issue) == ("Effects", ("Smith J.", "Jones A.B."), 2019, "J Test", "12", "3")
    assert (a.pages, a.pmid, a.accession) == ("45-50", "30012345", "L61")
    assert a.abstract == 'One. Two, "three"'
    assert b.extra == (("", "The end"),)


def test_proquests_text() -> None:
    a, b = records(
        "Report Information\n____________________\n\nDocument 1 of 2\n\nEffects of\nX\n\nAuthor: Smith, John; Jones, Anna B\n\nAbstract: Aim: one.\nTwo.\n\n"
        "More.\n\nPublication title: J Test\n\nVolume: 12\n\nIssue: 3\n\nPages: 45-50\n\nPublication year: 2019\n\nDOI: https://doi.org/10.1000/X\n\n"
        "ProQuest document ID: 12345\n____________________\nDocument 2 of 2\n\nSecond\n\nNotes\n",
        proquest_text.FORMAT,
    )
    assert (a.title, a.authors, a.abstract) == ("Effects of X", ("Smith, John", "Jones, Anna B"), "Aim: one. Two. More.")
    assert (a.journal, a.volume, a.issue, a.pages, a.year, a.doi, a.accession) == ("J Test", "12", "3", "45-50", 2019, "10.1000/x", "12345")
    assert a.extra == (("", "Report Information"),)
    assert (b.title, b.extra) == ("Second", (("", "Notes"),))


def test_proquests_text_that_lost_its_blank_lines() -> None:
    (found,) = records(
        "Document 1 of 1\nTrust in walks\nAuthor: Roe, Jane\nAbstract: Purpose: To walk.\nLocation: Leeds.\nSubject: Trust\nPublication title: J Walks; Leeds\n"
        "Volume: 23\nIssue: 4\nPages: 5-12\nPublication year: 2016\nPublisher: Soil Press\nPlace of publication: Leeds\nISSN: 17579759\n"
        "Language of publication: English\nDocument type: Journal Article\nProQuest document ID: 12345\nCopyright: Soil Press 2016\n",
        proquest_text.FORMAT,
    )
    assert (found.title, found.journal, found.volume, found.issue, found.pages) == ("Trust in walks", "J Walks", "23", "4", "5-12")
    assert (found.issn, found.language, found.type) == ("17579759", "English", "Journal Article")
    assert found.abstract == "Purpose: To walk. Location: Leeds."


def test_a_title_with_a_colon_and_the_town_of_a_journal_in_proquests_text() -> None:
    (r,) = records(
        "Document 1 of 1\n\nWalking to work: a trial\n\nAuthor: Roe, J\n\nPublication title: Walks; London\n\nPlace of publication: London, UK\n",
        proquest_text.FORMAT,
    )
    assert (r.title, r.journal, r.extra) == ("Walking to work: a trial", "Walks", (("place", "London, UK"),))


def test_what_ebsco_offers_to_paste_is_no_part_of_the_address() -> None:
    r, other = one_file.records(
        "Record: 1\nTitle: A title\nAccession Number: 7\nPersistent link to this record (Permalink): http://x.org/7\nCut and Paste: <A href=x>A</A>\nDatabase: CINAHL\n"
        "____________________\n\nRecord: 2\nTitle: Other\nDatabase: CINAHL\n"
    )
    assert (r.url, other.title) == ("http://x.org/7", "Other")
    assert {("cut and paste", "<A href=x>A</A>"), ("database", "CINAHL")} < set(r.extra)


def test_pubmeds_summary() -> None:
    a, b, c = records(
        "1: Smith J, Jones AB; ABC Study Group. Effects of X: a trial. Does it\nwork? J Test (Lond). 2019 Mar;12(3):45-50. doi:\n10.1000/abc. Epub 2019 Jan 2. "
        "PMID: 30012345; PMCID:\nPMC7654321.\n\n\n2: No authors listed. Editorial. J Test. 2018;11:1-2. PMID: 30012346.\n\n\n"
        "3: Lindgren A. [A German title]. Dtsch Med. 2017 Jan-Feb;2(1):e12. German. PMID: 30012347.\n",
        pubmed_text.FORMAT,
    )
    assert (a.title, a.authors) == ("Effects of X: a trial. Does it work?", ("Smith J", "Jones AB", "ABC Study Group"))
    assert (a.journal, a.year, a.volume, a.issue, a.pages) == ("J Test (Lond)", 2019, "12", "3", "45-50")
    assert (a.doi, a.pmid, a.pmcid) == ("10.1000/abc", "30012345", "PMC7654321")
    assert (b.title, b.authors, b.journal) == ("No authors listed. Editorial.", (), "J Test")
    assert (c.title, c.pages, c.pmid) == ("[A German title].", "e12", "30012347")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Smith JA. Garcia-Lopez M. Doe K", ("Smith JA", "Garcia-Lopez M", "Doe K")),
        ("Smith, John A.. García-López, María.", ("Smith, John A.", "García-López, María")),
        ("Smith, John. Roe, R. T.", ("Smith, John", "Roe, R. T.")),
        ("Smith, J. A.", ("Smith, J. A.",)),
        ("World Health Organization. Geneva", ("World Health Organization. Geneva",)),
    ],
)
def test_people_whom_ovid_parts_by_full_stops(text: str, authors: tuple[str, ...]) -> None:
    (found,) = ovid.read(f"<1>\nUnique Identifier\n  1\nAuthors\n  {text}\nTitle\n  A title\n".encode())
    assert isinstance(found, Record)
    assert found.authors == authors


@pytest.mark.parametrize(
    "text",
    [
        "Title: Kerbs of the north\nAuthors: Roe, J.; Poe, E.\nJournal: Kerb J\nCountry: UK\nYear: 2001\nAbstract: We walked.\nMethods: on.\n\nTitle: Walks\nYear: 2002\n",
        "1.\nTitle: Kerbs of the north\nAuthor(s): Roe, J.\nPoe, E.\nJournal: Kerb J\nCountry: UK\nYear: 2001\nAbstract:\nWe walked.\nMethods: on.\n\n2.\nTitle: Walks\nYear: 2002\n",
        (
            "- **Title:** Kerbs of the north\n- **Authors:** Roe, J.; Poe, E.\n- **Journal:** Kerb J\n- **Country:** UK\n- **Year:** 2001\n"
            "- **Abstract:** We walked.\nMethods: on.\n-----\n- **Title:** Walks\n- **Year:** 2002\n-----\n"
        ),
    ],
)
def test_text_with_a_field_a_line_as_people_and_scripts_write_it(text: str) -> None:
    form = detect(text.encode())
    assert form.name == "field-text"
    one, other = form.read(text.encode(), {})
    assert isinstance(one, Record)
    assert (one.title, one.authors, one.journal, one.year) == ("Kerbs of the north", ("Roe, J.", "Poe, E."), "Kerb J", 2001)
    assert (one.abstract, one.extra) == ("We walked.\nMethods: on.", (("country", "UK"),))
    assert isinstance(other, Record)
    assert (other.title, other.year) == ("Walks", 2002)


def test_a_letter_is_no_text_with_a_field_a_line() -> None:
    with pytest.raises(FormatError, match="no format"):
        detect(b"Dear all,\nTitle: something\nhere is the text: hello\nYear: bad\n")


def test_the_section_of_a_newspaper_is_no_page() -> None:
    found = [
        one
        for one in by_name("refer").read(b"%0 Newspaper Article\n%T Walks\n%& Society\n%P 7\n\n%0 Journal Article\n%T Towns\n%& 12\n", {})
        if isinstance(one, Record)
    ]
    assert [(one.pages, one.extra) for one in found] == [("7", (("section", "Society"),)), ("12", ())]
