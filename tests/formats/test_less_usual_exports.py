"""What exporters write that most files do not have: a small export in their shape, with what a careful librarian would have of it."""

from __future__ import annotations

import pytest
from one_file import only, records

from review.formats.registry import detect
from review.model.record import Record

EUROPEPMC = """<?xml version="1.0"?><responseWrapper><resultList><result><id>1234567</id><source>MED</source><title>Walks</title>
<journalInfo><journal><title>Journal of Walks</title><ISSN>0277-9536</ISSN><ESSN>1873-5347</ESSN></journal></journalInfo></result></resultList>
</responseWrapper>"""


def test_europe_pmc_writes_its_issns_in_capitals() -> None:
    assert only(EUROPEPMC).issn == "0277-9536; 1873-5347"


def test_a_last_page_by_itself() -> None:
    assert only("TY  - JOUR\nT1  - Walks\nSP  - 12\nLP  - 19\nER  - \n").pages == "12-19"


def test_a_group_that_stands_before_the_people_is_the_first_author() -> None:
    assert only(
        "PMID- 1\nTI  - Walks\nCN  - Walks Group\nFAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, Rick\nAU  - Roe R\nCN  - Others\n"
    ).authors == (
        "Walks Group",
        "Doe, Jane",
        "Roe, Rick",
        "Others",
    )


def test_what_a_script_flattened_beside_the_objects_it_left() -> None:
    r = only(
        "paperId,externalIds.DOI,title,year,publicationTypes,authors,journal.pages\n"
        "abc,10.1000/s.1,Walks,2019,JournalArticle,\"[{'authorId': '1', 'name': 'Jane Doe'}]\",1-9\n"
    )
    assert (r.doi, r.authors, r.type, r.pages) == ("10.1000/s.1", ("Jane Doe",), "JournalArticle", "1-9")


def test_names_of_the_columns_that_one_column_spans() -> None:
    first, second = records("Title,Year,Quality,,\n,,Q1,Q2,Q3\nWalks,2019,y,n,y\nTalks,2020,y,y,y\n")
    assert (first.title, first.extra[1:]) == ("Walks", (("Quality Q1", "y"), ("Quality Q2", "n"), ("Quality Q3", "y")))
    assert second.title == "Talks"


def test_a_row_that_names_no_work_is_none_of_the_names() -> None:
    found = list(detect(data := b"Title,Year,Quality,\n,2019,y,n\nTalks,2020,y,y\n").read(data, {}))
    assert [isinstance(one, Record) for one in found] == [False, True]


def test_a_column_of_references() -> None:
    first, second = records(
        'Citation\n"Doe J, Roe R. A walk in the park. J Walks. 2019;12(3):1-10. doi: 10.1000/x.1"\nPoe E. Another walk in it. Ann Walks. 2018;2(1):5-9.\n'
    )
    assert (first.title, first.authors, first.doi) == ("A walk in the park", ("Doe J", "Roe R"), "10.1000/x.1")
    assert (second.title, second.journal, second.pages) == ("Another walk in it", "Ann Walks", "5-9")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Jane Doe, Richard B. Roe", ("Jane Doe", "Richard B. Roe")),
        ("Mary-Ann Watson, Piet B Roe", ("Mary-Ann Watson", "Piet B Roe")),
        ("García Roe, Ana María", ("García Roe, Ana María",)),
        ("Silva Roe, Ana B.", ("Silva Roe, Ana B.",)),
    ],
)
def test_an_initial_in_the_middle_tells_that_a_name_is_in_its_natural_order(cell: str, names: tuple[str, ...]) -> None:
    assert only(f'Title,Authors,Year\nWalks,"{cell}",2019\n').authors == names


def test_vip_and_the_library_of_cnki() -> None:
    vip = only("【题　名】社区护理\n【作　者】张三 李四\n【刊　名】社区学报.2018,12(3).-123-129\n【关键词】护理 社区\n【文　摘】摘要\n")
    assert (vip.title, vip.authors, vip.keywords, vip.abstract) == ("社区护理", ("张三", "李四"), ("护理", "社区"), "摘要")
    assert (vip.journal, vip.year, vip.volume, vip.issue, vip.pages) == ("社区学报", 2018, "12", "3", "123-129")
    text = "DataType: 1\nTitle-题名: 社区护理\nAuthor-作者: 张三;\nSrcDatabase-来源库: 期刊\nOrgan-机构: 大学;\n\n"
    assert [(r.title, r.type) for r in records(text + text)] == [("社区护理", "期刊")] * 2


def test_what_publishers_send_to_pubmed() -> None:
    r = only(
        "<ArticleSet><Article><Journal><PublisherName>Press</PublisherName><JournalTitle>J Walks</JournalTitle><Issn>1234-5678</Issn><Volume>12</Volume>"
        "<Issue>3</Issue><PubDate PubStatus='ppublish'><Year>2019</Year><Month>03</Month></PubDate></Journal><ArticleTitle>Walks</ArticleTitle>"
        "<FirstPage>1</FirstPage><LastPage>9</LastPage><AuthorList><Author><FirstName>Jane</FirstName><MiddleName>B</MiddleName><LastName>Doe</LastName>"
        "<Suffix>Jr</Suffix></Author><Author><CollectiveName>Walkers</CollectiveName></Author></AuthorList><ArticleIdList>"
        "<ArticleId IdType='doi'>10.1000/w.1</ArticleId></ArticleIdList><Abstract><AbstractText Label='AIM'>To walk.</AbstractText>"
        "<AbstractText>We did.</AbstractText></Abstract></Article></ArticleSet>"
    )
    assert (r.title, r.authors, r.year, r.journal, r.pages) == ("Walks", ("Doe, Jane B, Jr", "Walkers"), 2019, "J Walks", "1-9")
    assert (r.volume, r.issue, r.doi, r.issn, r.abstract) == ("12", "3", "10.1000/w.1", "1234-5678", "AIM: To walk.\nWe did.")


def test_europe_pmcs_dublin_core() -> None:
    r = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<rdf:Description rdf:about="http://europepmc.org/abstract/MED/1"><dc:title>Walks</dc:title><dc:creator>Doe J</dc:creator><dc:date>2019</dc:date>'
        "<dc:identifier>doi:10.1000/w.1</dc:identifier></rdf:Description></rdf:RDF>"
    )
    assert (r.title, r.authors, r.year, r.doi) == ("Walks", ("Doe J",), 2019, "10.1000/w.1")


def test_first_and_last_page_as_a_reader_of_ris_writes_them_into_json() -> None:
    r = only('[{"title": "Walks", "authors": ["Doe, Jane"], "year": "2019", "start_page": "11", "end_page": "19", "number": "3"}]')
    assert (r.pages, r.issue, r.extra) == ("11-19", "3", ())


@pytest.mark.parametrize(
    ("shown", "year"), [("Mar-19", 2019), ("5-Mar-19", 2019), ("05-mars-98", 1998), ("Dez-29", 2029), ("3-Mar", None), ("MAR 15", None)]
)
def test_the_year_of_a_day_as_a_spreadsheet_shows_it(shown: str, year: int | None) -> None:
    assert only(f"Title,Authors,Date\nWalks,Doe J,{shown}\n").year == year


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Walks\nAB  - <h4>Background</h4>We asked.<h4>Methods:</h4> We walked.\nER  - \n",
        "@article{a, title={Walks}, abstract={<h4>Background</h4>We asked. <h4>Methods</h4>We walked.}}\n",
        "Title,DOI,Abstract\nWalks,10.1000/w.1,<h4>Background</h4>We asked.<h4>Methods</h4>We walked.\n",
    ],
)
def test_the_headings_of_europe_pmc_in_an_abstract(text: str) -> None:
    assert only(text).abstract == "Background: We asked. Methods: We walked."


def test_a_pmid_in_the_annotation_and_a_subtitle_of_the_book_that_is_named() -> None:
    (r,) = (
        r
        for r in records(
            "@incollection{a, title={Walks}, crossref={b}, annotation={PMID: 30612345}}\n@book{b, title={Towns}, subtitle={A guide}, date={2001}}\n"
        )
        if r.title == "Walks"
    )
    assert (r.pmid, r.journal, dict(r.extra)["booksubtitle"]) == ("30612345", "Towns", "A guide")


def test_inspecs_entries_are_numbered() -> None:
    entry = "Record - {0}\nRT ~ Journal-Paper\nAU ~ Doe, J.\nTI ~ Walk {0}\nSO ~ Journal of Walks, vol.12, no.3, pp. 1-9\nPY ~ 2000\nAB ~ It goes\non.\n\n"
    assert [(r.title, r.abstract, r.pages) for r in records(entry.format(1) + entry.format(2))] == [
        ("Walk 1", "It goes on.", "1-9"),
        ("Walk 2", "It goes on.", "1-9"),
    ]


def test_psycinfo_at_ebsco_has_each_value_below_its_name() -> None:
    r = only(
        "Record: 1\nTitle:\n    Walks: a review\nAuthors:\n    Doe, Jane\n    Roe, Rick\nSource:\n    Journal of Walks, Vol 12(3), Mar, 2000. pp. 1-10.\n"
        "Population:\n    Human\nDigital Object Identifier:\n    10.1037/w.1\nAccession Number:\n    2000-00001-001\nDatabase:\n    APA PsycInfo\n"
    )
    assert (r.title, r.authors, r.journal, r.volume, r.issue, r.pages) == (
        "Walks: a review",
        ("Doe, Jane", "Roe, Rick"),
        "Journal of Walks",
        "12",
        "3",
        "1-10",
    )
    assert (r.doi, r.year, r.accession, dict(r.extra)["population"]) == ("10.1037/w.1", 2000, "2000-00001-001", "Human")


def test_a_family_of_two_words_that_eppi_reviewer_made_two_people() -> None:
    people = "Roe J A\nDe Doe\nH B\nvan der Poe\nK\nMoe L"
    ris = only("TY  - JOUR\nT1  - Boats\n" + "".join(f"A1  - {one}\n" for one in people.split("\n")) + "ER  - \n")
    assert ris.authors == ("Roe J A", "De Doe H B", "van der Poe K", "Moe L")
    assert only("TY  - JOUR\nT1  - Boats\nA1  - Roe, Jane\nA1  - J\nA1  - Poe\nA1  - K\nER  - \n").authors == ("Roe, Jane", "J", "Poe", "K")


@pytest.mark.parametrize("people", ["(Roe J.)", "(Roe J., roe@example.org)", "(de la Roe J.-K.; Poe A.B.)"])
def test_addresses_in_the_place_of_an_issue(people: str) -> None:
    """Embase has them under M1, which Zotero, Mendeley and Covidence take for the issue."""
    said = f"{people} Department of Boats, Leeds, United Kingdom(Doe K.) Hull"
    ris = only(f"TY  - JOUR\nTI  - Boats\nVL  - 3\nIS  - {said}\nER  - \n")
    assert (ris.volume, ris.issue, ris.extra) == ("3", "", (("affiliation", said),))
    table = only(f'Title,Authors,Published Year,Journal,Volume,Issue\nBoats,"Roe, J.",2001,J Test,3,"{said}"\n')
    assert (table.volume, table.issue, table.extra) == ("3", "", (("Issue", said),))
    assert only("TY  - JOUR\nTI  - Boats\nVL  - 3\nIS  - (Suppl. 1) A\nER  - \n").issue == "(Suppl. 1) A"


@pytest.mark.parametrize("said", ["n/a", "N/A", "ahead-of-print", "null", "In press", "Publish Ahead of Print", "Epub"])
@pytest.mark.parametrize(
    "text",
    ["TY  - JOUR\nTI  - Walks\nVL  - {0}\nIS  - {0}\nER  - \n", "@article{{a, title={{Walks}}, volume={{{0}}}, number={{{0}}}}}\n", "Title,Volume,Issue,Year\nWalks,{0},{0},2021\n",
     '<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>Walks</title></titles><volume>{0}</volume><number>{0}</number></record></records></xml>'],
)  # fmt: skip
def test_what_is_written_where_a_volume_has_no_number_yet_is_none(text: str, said: str) -> None:
    r = only(text.format(said))
    assert (r.volume, r.issue) == ("", "")
    assert text.startswith("Title") or [value for _, value in r.extra if value == said] == [said, said]


@pytest.mark.parametrize(
    "said",
    [
        "Epub",
        "ePub ahead of print",
        "In press",
        "Article in Press",
        "Online",
        "Online ahead of print",
        "Publish Ahead of Print",
        "Epub 2015 Mar 3",
        "OnlineFirst",
    ],
)
@pytest.mark.parametrize(
    "text",
    ["TY  - JOUR\nTI  - Walks\nSP  - {0}\nER  - \n", "@article{{a, title={{Walks}}, pages={{{0}}}}}\n", "Title,Pages,Year\nWalks,{0},2021\n", "Title,Start Page,Year\nWalks,{0},2021\n",
     '<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>Walks</title></titles><pages>{0}</pages></record></records></xml>',
     '[{{"title": "Walks", "type": "article-journal", "page": "{0}"}}]'],
)  # fmt: skip
def test_what_is_written_where_pages_are_not_known_yet_is_none(text: str, said: str) -> None:
    r = only(text.format(said))
    assert r.pages == ""
    assert [value for _, value in r.extra if value == said] == [said]


@pytest.mark.parametrize(
    ("said", "issue"),
    [
        ("3 (Mar)", "3"),
        ("4, Spring", "4"),
        ("3 (May-Jun 2015)", "3"),
        ("12 September", "12 September"),
        ("3 Suppl 1", "3 Suppl 1"),
        ("Spring", "Spring"),
        ("3 Margin", "3 Margin"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Walks\nJF  - Soil\nIS  - {0}\nER  - \n",
        "@article{{a, title={{Walks}}, journal={{Soil}}, number={{{0}}}}}\n",
        'Title,Journal,Issue,Year\nWalks,Soil,"{0}",2021\n',
    ],
)
def test_a_month_or_season_behind_an_issue_is_none_of_it(text: str, said: str, issue: str) -> None:
    r = only(text.format(said))
    assert (r.volume, r.issue) == ("", issue)
    assert issue == said or said in [value for _, value in r.extra]


def test_the_day_that_cambridge_has_in_the_place_of_an_editor() -> None:
    assert only("TY  - JOUR\nTI  - Walks\nED  - 2009/01/01\nA2  - Roe, R\nER  - \n").extra == (("ED", "2009/01/01"), ("editor", "Roe, R"))


def test_an_accent_on_a_capital_i_that_a_program_gave_a_backslash() -> None:
    assert only("@article{a, title={{\\'\\I}saland}, author={{\\'\\I}var, B}}\n").authors == ("Ívar, B",)
