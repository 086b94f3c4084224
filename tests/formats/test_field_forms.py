"""The forms that real exporters give names, pages, ids and lists: one test a form, whatever the format that it came in."""

from __future__ import annotations

from collections import Counter

import one_file
import pytest

from review.errors import FormatError
from review.formats.registry import by_name, detect
from review.formats.values.carried import note
from review.formats.values.fields import person, several_urls
from review.formats.values.ids import own_id_in, own_pmid
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.numbers import pages
from review.model.record import Record, record_key


def one(text: str) -> Record:
    (found,) = detect(text.encode()).read(text.encode(), {})
    assert isinstance(found, Record)
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Smith,John A.", "Smith, John A."),
        ("Smith,J.A.,Jr.", "Smith, J.A., Jr."),
        ("Smith , John", "Smith, John"),
        ("van den Hoven,null", "van den Hoven"),
        ("Stillman, Andrew N. (andrew.stillman@uconn.edu)", "Stillman, Andrew N."),
        ("Smith, J., a.smith@x.ac.uk", "Smith, J."),
        ("10,000 Genomes Consortium", "10,000 Genomes Consortium"),
        ("me@x.org", "me@x.org"),
        ("@" * 100_000, "@" * 100_000),
    ],
)
def test_a_name(written: str, read: str) -> None:
    assert person(written) == read


def test_names_without_a_blank_read_alike_in_every_format() -> None:
    names = ("Smith, John A.", "Jones, Bea")
    assert one("TY  - JOUR\nA1  - Smith,John A.\nA1  - Jones,Bea\nT1  - A title\nER  - \n").authors == names
    assert one("RT Journal Article\nSR Electronic\nID 1\nA1 Smith,John A.\nA1 Jones,Bea\nT1 A title\nYR 2001\n").authors == names
    assert one('title,authors\nA title,"Smith,John A.; Jones,Bea"\n').authors == names
    assert one("@article{k, title={A title}, author={Smith,John A. and Jones,Bea}}\n").authors == names
    assert one("@article{k, title={A title}, author={Smith, John A.; Jones, Bea}}\n").authors == names


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - A title\nUR  - {}\nER  - \n",
        "@article{{k, title = {{A title}}, url = {{{}}}}}\n",
        '[{{"type": "book", "title": "A title", "URL": "{}"}}]',
        ("<xml><records><record><ref-type name='Book'>6</ref-type><titles><title>A title</title></titles><urls><related-urls><url>{}</url></related-urls></urls>"
        "</record></records></xml>"),
        "title,authors,url\nA title,\"Roe, J\",{}\n",
    ],
    ids=["ris", "bibtex", "csl", "endnote", "csv"],
)  # fmt: skip
def test_a_number_of_pubmed_in_an_address(text: str) -> None:
    assert one(text.format("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3654245/")).pmcid == "PMC3654245"
    assert one(text.format("https://pubmed.ncbi.nlm.nih.gov/23690738/")).pmid == "23690738"


@pytest.mark.parametrize(
    "cells", ["25400000; PMC4350000,", "25400000,PMC 4350000", "25400000 / PMC4350000,", ",25400000; PMC4350000", "25400000,4350000"]
)
def test_both_numbers_of_pubmed_in_one_cell_and_a_blank_in_one(cells: str) -> None:
    r = one(f"Title,PMID,PMCID,Year\nWalks in the towns,{cells},2015\n")
    assert r.pmcid == "PMC4350000"
    assert r.pmid == ("" if cells[0] == "," else "25400000")


def test_what_a_format_has_no_place_for_goes_where_its_readers_look() -> None:
    """EndNote has one accession number, and PubMed's text no address."""
    told = Record(title="A title", pmid="23690738", accession="2-s2.0-1", url="https://x.org/a")
    for form in ("endnote-xml", "nbib"):
        write = by_name(form).write
        assert write
        back = one(b"".join(write([told], notes=False)).decode())
        assert (back.pmid, back.url) == (told.pmid, told.url)


def test_pages() -> None:
    assert pages("UNSP 1722034") == pages("ARTN 1722034") == pages("Article no. 1722034") == "1722034"
    assert pages("No", "Specified") == pages("No-Specified") == pages("No Pagination Specified") == ""
    assert pages("Article in press") == "Article in press"


@pytest.mark.parametrize("written", ["1234\u2013567X", "1234\u2212567X", "1234 567X"])
def test_an_issn_with_another_sign_between_its_halves(written: str) -> None:
    assert one(f"TY  - JOUR\nTI  - A title\nSN  - {written}\nER  - \n").issn == "1234-567X"


def test_a_comma_in_brackets_is_the_keywords_own() -> None:
    assert split_keywords("article, cyst (diagnosis, surgery), human", comma=True) == ["article", "cyst (diagnosis, surgery)", "human"]
    assert split_keywords("a (b, c", comma=True) == ["a (b", "c"]


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://www.scopus.com/inward/record.uri?eid=2-s2.0-85074596690&doi=10.1016%2fj&partnerID=40", "2-s2.0-85074596690"),
        ("https://www.embase.com/search/results?subaction=viewrecord&id=L2029880245&from=export", "L2029880245"),
        ("https://search.ebscohost.com/login.aspx?direct=true&db=aph&AN=176404503&site=ehost-live", "aph:176404503"),
        ("https://www.webofscience.com/wos/woscc/full-record/WOS:000444108200009", "WOS:000444108200009"),
        ("https://example.com/?id=L2029880245", ""),
    ],
)
def test_the_sources_own_id_in_an_address(url: str, own: str) -> None:
    assert own_id_in(url) == own
    assert one(f"TY  - JOUR\nTI  - A title\nUR  - {url}\nER  - \n").accession == own


def test_embase_in_ris() -> None:
    r = one("TY  - JOUR\nTI  - A title\nU2  - L39097156\nC5  - 15368318\nDB  - Embase\nER  - \n")
    assert (r.accession, r.pmid, r.extra) == ("L39097156", "15368318", (("database", "Embase"),))
    assert not one("TY  - JOUR\nTI  - A title\nC5  - 15368318\nDB  - Somebody's\nER  - \n").pmid


def test_ebscos_accession_number_in_a_note() -> None:
    assert one("TY  - JOUR\nTI  - A title\nN1  - Accession Number: 104242474; Language: English; x\nER  - \n").accession == "104242474"


def test_several_addresses_in_one_value() -> None:
    assert several_urls("https://a.org http://b.org") == ("https://a.org", ["http://b.org"])
    assert several_urls("https://a.org/x y.pdf") == ("https://a.org/x y.pdf", [])
    (told,) = table("title,url\nA,https://a.org https://pubmed.ncbi.nlm.nih.gov/20123456 https://doi.org/10.1000/x\n")
    assert (told.url, told.pmid, told.doi) == ("https://a.org", "20123456", "10.1000/x")
    r = one("TY  - JOUR\nTI  - A title\nUR  - https://a.org http://b.org\nER  - \n")
    assert (r.url, r.extra) == ("https://a.org", (("url", "http://b.org"),))


def test_covidences_running_number_makes_no_key() -> None:
    a, b = Record(title="A", accession="#1"), Record(title="B", accession="#1")
    assert record_key("covidence", a) != record_key("covidence", b)


def table(text: str) -> list[Record]:
    return [r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record)]


def test_springerlinks_authors_are_told_apart() -> None:
    (r,) = table(
        "Item Title,Publication Title,Item DOI,Authors,Publication Year,Content Type\nA,J,10.1000/x,Jane DoeAnn McDonaldB. van der Berg,2019,Article\n"
    )
    assert (r.authors, r.type) == (("Jane Doe", "Ann McDonald", "B. van der Berg"), "Article")


def test_publish_or_perish() -> None:
    (r,) = table('Cites,Authors,Title,Year,Source,CitesURL,GSRank,Type\n9,"J Smith, A Doe, ...",A,2010,J,http://x,1,PDF\n')
    assert (r.authors, r.type) == (("J Smith", "A Doe"), "")


def test_web_of_science_gives_full_names_in_every_table() -> None:
    (a,) = table("PT\tAU\tAF\tTI\tSO\tPY\tUT\nJ\tSmith, J\tSmith, John\tA\tJ\t2010\tWOS:1\n")
    (b,) = table('Authors,Author Full Names,Article Title,Source Title,UT (Unique WOS ID)\n"Smith, J","Smith, John",A,J,WOS:1\n')
    assert a.authors == b.authors == ("Smith, John",)


def test_colandrs_columns() -> None:
    (r,) = table(
        "study_id,citation_title,citation_abstract,citation_authors,citation_pub_year,citation_journal_name\n1,A,Text,\"['Smith, J.']\",2010,J\n"
    )
    assert (r.title, r.abstract, r.authors, r.year, r.journal) == ("A", "Text", ("Smith, J.",), 2010, "J")


def test_the_cochrane_librarys_text() -> None:
    (r,) = table("Record #1 of 1\nID: CN-00778158\nAU: Bywater T\nTI: A title\nSO: Trials\nYR: 2011\nPM: PUBMED 21314913\n")
    assert (r.accession, r.pmid, r.journal) == ("CN-00778158", "21314913", "Trials")


def test_silverplatters_names() -> None:
    (r,) = table("Record 1 of 1 - MEDLINE\n\nTI:  A title\nAU:  Smith-J; Doe-J-A\nSO:  Things. 1999 Feb; 3(2): 12-19\nPY:  1999\n")
    assert (r.authors, r.journal, r.pages) == (("Smith, J", "Doe, J-A"), "Things", "12-19")


def test_the_number_of_ovids_next_entry_is_no_part_of_this_one() -> None:
    a, b = table("1. \nVN  - Ovid Technologies\nTI  - A\nDO  - 10.1000/x\n\n2. \nVN  - Ovid Technologies\nTI  - B\n")
    assert (a.doi, b.title) == ("10.1000/x", "B")
    assert ("DO", "10.1000/x 2.") not in a.extra


def test_acms_number_of_an_article_and_fonts() -> None:
    r = one("@article{k, title={A {\\em new} thing}, articleno={12}, year={2020}}\n")
    assert (r.title, r.pages) == ("A new thing", "12")


def test_a_doi_that_only_the_address_tells() -> None:
    assert one("@article{k, title={A}, url={https://doi.org/10.1000/x}}\n").doi == "10.1000/x"


def test_a_trial_of_isrctn() -> None:
    (r,) = table(
        "ISRCTN,DOI,Public title,Scientific title,Plain English summary,Date applied,Condition\nISRCTN1,10.1186/ISRCTN1,A,B,Text,12/03/2010,Asthma\n"
    )
    assert (r.accession, r.year, r.abstract, r.keywords) == ("ISRCTN1", 2010, "Text", ("Asthma",))


@pytest.mark.parametrize("text", ["21314913\n38773066\n38906957\n", "10.1000/x\nhttps://doi.org/10.1000/y\n"])
def test_a_list_of_numbers_is_called_that(text: str) -> None:
    with pytest.raises(FormatError, match=r"a list of (?:PMIDs|DOIs)"):
        detect(text.encode(), "list.txt")
    name = "doi" if "/" in text else "pmid"
    assert len(table(f"{name}\n{text}")) == text.count("\n")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Marx, Karl and Engels, F.", ("Marx, Karl", "Engels, F.")),
        ("Marx, K., Engels, F.", ("Marx, K.", "Engels, F.")),
        ("Tikka C, Verbeek JH", ("Tikka C", "Verbeek JH")),
        ("Marx, Karl", ("Marx, Karl",)),
        ("Department of Health and Social Care", ("Department of Health and Social Care",)),
        ("Ministry of Work, Health and Sport", ("Ministry of Work, Health and Sport",)),
    ],
)
def test_all_names_in_one_line_of_ris(value: str, names: tuple[str, ...]) -> None:
    assert one(f"TY  - JOUR\nTI  - A title\nAU  - {value}\nER  - \n").authors == names


def test_a_doi_by_way_of_a_proxy() -> None:
    assert one("TY  - JOUR\nTI  - A\nUR  - https://doi-org.proxy.uni.edu/10.1000/x\nER  - \n").doi == "10.1000/x"
    (r,) = table("title,url\nA,https://dx.doi.org.ezproxy.uni.edu/10.1000/x\n")
    assert r.doi == "10.1000/x"


def test_a_suffix_behind_a_name_in_the_wrong_order() -> None:
    assert one("@article{k, title={A}, author={Ann Smith, Jr. and Doe, Jr, Jane}}\n").authors == ("Smith, Ann, Jr.", "Doe, Jane, Jr")


def test_a_list_of_titles_and_a_page_that_is_called_a_sheet() -> None:
    assert [r.title for r in table("Title\nA first title\nA second, longer title\n")] == ["A first title", "A second, longer title"]
    with pytest.raises(FormatError, match="a web page"):
        detect(b"<table><tr><td>Title</td></tr></table>", "x.xls")


def test_tables_of_more_databases() -> None:
    (cab,) = table(
        'Title,Authors,Document Title,Abstract,Publication Year,DOI,Descriptors,Record Number\nA,"Smith, J.",Things,Text,2010,10.1000/x,a; b,20103012345\n'
    )
    assert (cab.title, cab.journal, cab.accession, cab.keywords) == ("A", "Things", "20103012345", ("a", "b"))
    (bibliometrix,) = table("AU,TI,SO,DE,ID,AB,PY,UT,DI\nSMITH J;DOE K,A,THINGS,a;b,c,Text,2010,WOS:1,10.1000/x\n")
    assert (bibliometrix.journal, bibliometrix.keywords, bibliometrix.accession) == ("THINGS", ("a", "b", "c"), "WOS:1")
    (pmc,) = table('SOURCE,EXT_ID,PMID,TITLE,AUTHOR_STRING,JOURNAL_TITLE,PUB_YEAR\nMED,123456,123456,A,"Smith J, Doe K.",Things,2010\n')
    assert pmc.authors == ("Smith J", "Doe K")
    (trial,) = table("EudraCT Number,Full Title,Medical condition,Start Date\n2010-012345-12,A,Asthma,2010-05-01\n")
    assert (trial.title, trial.accession, trial.keywords, trial.year) == ("A", "2010-012345-12", ("Asthma",), 2010)


def test_ovids_editors_are_no_authors() -> None:
    (r,) = table("<1>\nAuthor\n  Marx, Karl; Engels, Friedrich [Ed]\n\nTitle\n  A book\n\nPublication Type\n  Book\n")
    assert r.authors == ("Marx, Karl",)
    assert ("editor", "Engels, Friedrich") in r.extra


def test_what_a_note_carries_is_told_in_the_order_of_the_record() -> None:
    """It is shown to people, and a set would give another order in each run."""
    names = [f"{c}-name" for c in "zkapcxqmdbvu"]
    told: Counter[str] = Counter()
    for _ in range(2):
        note(Record(title="A title", extra=tuple((name, "x") for name in names)), Record(), told)
    assert list(told.items()) == [("title", 2), *((name, 2) for name in names)]


def test_what_the_file_says_elsewhere_or_in_its_own_word_is_not_told_as_left_out() -> None:
    def told(record: Record, back: Record) -> list[str]:
        note(record, back, counted := Counter[str]())
        return list(counted)

    named = Record(title="A title", accession="123", pmid="123", type="Journal Article", extra=(("ID", "a:1"), ("M3", "a; b"), ("M3", "c")))
    moved = Record(title="A title", pmid="123", type="article-journal", extra=(("citation-key", "a:1"), ("M3", "a; b; c")))
    assert told(named, moved) == []
    assert told(named, Record(title="A title", pmid="123", extra=(("M3", "c"),))) == ["type", "ID", "M3"]
    # A number of another field is not this one, and a kind does not tell what sort of it.
    assert told(Record(volume="3", issue="3"), Record(volume="3")) == ["issue"]
    for kind in ("Review", "Journal Article; Review", "Letter", "Randomized Controlled Trial"):
        assert told(Record(type=kind), Record(type="article-journal")) == ["type"]
    for kind, word in (
        ("Book Chapter", "chapter"),
        ("JOUR", "article"),
        ("Conference Paper", "CPAPER"),
        ("journalArticle", "Journal Article"),
    ):
        assert told(Record(type=kind), Record(type=word)) == []
    dated = Record(year=2001, extra=(("date", "2001/05/02/"),))
    assert told(dated, Record(year=2001, extra=(("date", "2001-05-02"),))) == []
    assert told(dated, Record(year=2001)) == ["date"]
    assert told(Record(authors=("Roe, A.", "Poe, B.")), Record(authors=("Roe, A.",))) == ["authors"]


@pytest.mark.parametrize(
    "text",
    [
        '@article{DBLP:x,\n  author = {Jane Doe 0001 and\n            J{\\"{o}}rg Roe 0012},\n  title = {A title},\n}\n',
        "TY  - JOUR\nTI  - A title\nAU  - Doe 0001, Jane\nAU  - Roe 0012, Jörg\nER  - \n",
        '[{"type": "article-journal", "title": "A title", "author": [{"family": "Doe 0001", "given": "Jane"}, {"family": "Roe", "given": "Jörg 0012"}]}]',
        'Title,Authors,Year\nA title,"Doe, Jane 0001; Roe, Jörg 0012",2019\n',
    ],
)
def test_dblps_number_behind_a_name_is_no_part_of_it(text: str) -> None:
    """It told `0001, Jane Doe` of the first."""
    assert one(text).authors == ("Doe, Jane", "Roe, Jörg")
    assert person("Task Force 2020") == "Task Force 2020"


def test_dblps_number_is_kept_beside_the_names() -> None:
    found = one("@article{k, title = {A title}, author = {Jane Doe 0001 and\n  Jörg Roe}, year = 2019}")
    assert (found.authors, ("namesake", "Jane Doe 0001") in found.extra) == (("Doe, Jane", "Roe, Jörg"), True)


def test_erics_address_and_worldcats_number_are_what_they_are() -> None:
    eric = one("PMID- ED512345\nOWN - ERIC\nTI  - A title\nDP  - 2010\nLID - http://files.example.org/ED512345.pdf\n")
    assert (eric.url, "LID" in dict(eric.extra)) == ("http://files.example.org/ED512345.pdf", False)
    book = one("%0 Book\n%A Doe, Jane,\n%T A title\n%D 1999\n%N OCLC 41234567\n")
    assert (book.issue, book.accession) == ("", "OCLC 41234567")


@pytest.mark.parametrize(
    "text",
    [
        "TY  - BOOK\nTI  - A title\nCY  - Leeds :\nPB  - House, Inc.,\nT3  - Walks ;\nER  - \n",
        "%0 Book\n%T A title\n%C Leeds :\n%I House, Inc.,\n%S Walks ;\n",
    ],
)
def test_the_marks_of_catalogues_are_no_part_of_an_imprint(text: str) -> None:
    assert dict(one(text).extra) == {"place": "Leeds", "publisher": "House, Inc.", "series": "Walks"}
    assert ("publisher", "House,") in one(text.replace("Leeds :", "Leeds").replace("House, Inc.,", "House,")).extra


@pytest.mark.parametrize(
    ("note", "pmid"),
    [
        ("PMID: 25400000", "25400000"), ("PMID: 25400000\nPMCID: PMC123456\nDOI: 10.1000/b.1", "25400000"), ("type: article; PMID: 25400000; PMCID: PMC123456", "25400000"),
        ("research. Journal Subset: Peer Reviewed. Commentary. NLM UID: 101208192. PMID: NLM25400000.", "25400000"),
        ("PubMed PMID: 25400000; PubMed Central PMCID: PMC123456.", "25400000"), ("Available from https://pubmed.ncbi.nlm.nih.gov/25400000/", "25400000"),
        ("Accession Number: 2015-12345-001. PMID: 25400000 Partial author list: First Author & Affiliation: Roe, J., Leeds", "25400000"),
        ("Comment in: BMJ. 2015;350:h1. PMID: 25499999", ""), ("Erratum in: Diabet Med; PMID: 26000000", ""), ("similar to PMID 20000000 (Jones 2010)", ""),
        ("Excluded, duplicate of PMID 20000000", ""), ("Companion paper https://pubmed.ncbi.nlm.nih.gov/20000000/", ""), ("References: Smith, J., PMID: 20000000; Jones, K., PMID: 20000001", ""),
    ],
)  # fmt: skip
def test_a_note_tells_the_records_own_number_or_that_of_another_work(note: str, pmid: str) -> None:
    assert own_pmid(note) == pmid
    lines = note.replace("\n", " ")
    for text in (f"TY  - JOUR\nTI  - A\nN1  - {lines}\nER  - \n", f"@article{{a, title={{A}}, note={{{lines}}}}}\n"):
        assert table(text)[0].pmid == own_pmid(lines)


_BODIES = ("Diabetes UK", "WHO EU", "Soil Study Group A", "Grupo de Trabajo SEMI", "Task Force II")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Li W", "Li, W."), ("van der Berg AB", "van der Berg, A. B."), ("Smith JA Jr", "Smith, J. A., Jr"), ("Roe J.-P.", "Roe, J.-P."), ("HOLMBERG K", "HOLMBERG, K."),
        *((name, name) for name in ("Roe, Jane", "Jane Roe", "Roe", "Diabetes UK", "WHO EU", "Soil Study Group A", "Cohort 2 B", "王 明", "Grupo de Trabajo SEMI", "Task Force II", "Red de Suelo RDS")),
    ],
)  # fmt: skip
def test_people_with_their_initials_behind_them_are_written_with_the_comma_that_programs_want(name: str, written: str) -> None:
    record = Record(title="A", authors=(name, "Poe, E."))
    for form, as_written in (
        ("ris", f"AU  - {written}\r\n"),
        ("endnote-xml", f">{written}{',' if name in _BODIES else ''}<"),
    ):  # EndNote's, behind a body
        write = by_name(form).write
        assert write
        text = b"".join(write([record])).decode()
        assert as_written in text
        assert [one.authors for one in by_name(form).read(text.encode(), {}) if isinstance(one, Record)] == [record.authors]


def test_a_reference_in_the_place_of_an_issue_and_web_of_sciences_word_before_a_number_are_no_numbers() -> None:
    (r,) = table("TY  - JOUR\nTI  - A\nIS  - Poe, T. (1991). Checklist of gardens. Leeds: University.\nER  - \n")
    assert r.issue == ""
    assert any("Checklist" in text for _, text in r.extra)
    (r,) = table("FN Clarivate\nVR 1.0\nPT J\nTI A\nSO B\nAR UNSP 1722034\nUT WOS:1\nER\n")
    assert r.pages == "1722034"


def test_a_count_of_pages_and_nobody_are_neither_a_page_nor_an_author() -> None:
    (r,) = table("TY  - JOUR\nTI  - A\nAU  - [Anonymous]\nSP  - 10\nDO  - ARTN h1234\n10.1000/b.1\nER  - \n")
    assert (r.authors, r.pages, r.doi) == ((), "h1234", "10.1000/b.1")
    assert {("AU", "[Anonymous]"), ("SP", "10")} <= {*r.extra}


def test_zoteros_extra_names_a_doi_too() -> None:
    (r,) = table('Key,Item Type,Publication Title,Date Added,Title,Extra\nK,bookSection,A book,2020,A,"DOI: 10.1000/b.1\nPMID: 25400000"\n')
    assert (r.doi, r.pmid) == ("10.1000/b.1", "25400000")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("TY  - JOUR\nTI  - A\nPY  - 2020\nVL  - Volume 8 - 2020\nER  - \n", {"volume": "8"}),
        ("@article{x,\n title = {A},\n year = {2020},\n volume = {Volume 8 - 2020}\n}\n", {"volume": "8"}),
        ("TY  - JOUR\nTI  - A\nVL  - 8-9\nER  - \n", {"volume": "8-9"}),
        ("TY  - JOUR\nTI  - A\nDP  - PubMed\nN1  - PMID: 26400001\nPMCID: PMC4600001\nER  - \n", {"pmid": "26400001", "pmcid": "PMC4600001"}),
        ("TY  - JOUR\nTI  - A\nAU  - Roe, Jane L.1, 2 (AUTHOR)\nAU  - Study FIT4 (AUTHOR)\nER  - \n", {"authors": ("Roe, Jane L.", "Study FIT4")}),
        ("TY  - JOUR\nTI  - A\nAU  - Roe, Jane L.1,2 (AUTHOR) roe@uni.org\nAU  - Poe, Ann3 (AUTHOR)\nER  - \n", {"authors": ("Roe, Jane L.", "Poe, Ann")}),
        ("TY  - JOUR\nTI  - A\nN1  - Accession Number: 107890000. Language: French. Publication Type: Article.\nER  - \n", {"language": "French"}),
        ("TY  - JOUR\nTI  - A\nN1  - In which Language: English. it is\nER  - \n", {"language": ""}),
        ("TY  - JOUR\nTI  - A\nM3  - Erratum/Correction\nER  - \n", {"type": "Erratum/Correction"}),
        (
            "Document 1 of 1\n\nWalks\n\nAuthor: Roe, A\n\nPublication title: Streets\n\nISSN: 0966-0410\n\ne-ISSN: 1365-2524\n\nProQuest document ID: 1\n",
            {"issn": "0966-0410; 1365-2524"},
        ),
        ("@phdthesis{x,\n title = {A},\n university = {Walks University}\n}\n", {"extra": (("citation-key", "x"), ("publisher", "Walks University"))}),
        (
            "@article{x,\n Title = {{A}},\n Year = {{2023}},\n Month = {{JUN 1}},\n EarlyAccessDate = {{MAY 2023}},\n Unique-ID = {{WOS:1}}\n}\n",
            {"year": 2023, "extra": (("citation-key", "x"), ("month", "JUN 1"), ("earlyaccessdate", "MAY 2023"))},
        ),
        ("@article{x,\n Title = {{A}},\n EarlyAccessDate = {{MAY 2023}},\n Unique-ID = {{WOS:1}}\n}\n", {"year": 2023, "extra": (("citation-key", "x"), ("date", "MAY 2023"))}),
    ],
)  # fmt: skip
def test_values_in_the_form_of_their_exporter(text: str, told: dict[str, object]) -> None:
    found = one_file.only(text)
    assert {name: getattr(found, name) for name in told} == told


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2019-05-01T00:00:00Z", "2019 May 1"), ("2019/05/01/Spring", "2019 May 1"), ("2019, May", "2019 May"), ("2019 May-Jun", "2019 May-Jun"), ("2019 Spring", "2019 Spring"),
        ("2019 1st Quarter", "2019 1st Quarter"), ("25/03/2019", "2019 Mar 25"), ("03/25/2019", "2019 Mar 25"), ("03/04/2019", "2019"), ("2019//01 24", "2019 Jan 24"),
        ("2019//May 20", "2019 May 20"), ("2019年3月15日", "2019 Mar 15"),
    ],
)  # fmt: skip
def test_a_day_is_written_as_pubmed_has_it(date: str, told: str) -> None:
    write = by_name("nbib").write
    assert write
    assert f"DP  - {told}\n" in b"".join(write([Record(title="A", year=2019, extra=(("date", date),))], None, notes=False)).decode()
