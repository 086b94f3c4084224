"""Tables that scripts make of the answers of interfaces: cells that hold objects, names of columns with namespaces; and cells that hold two fields."""

from __future__ import annotations

import csv
import io
import json

import pytest
from one_file import records

from review.formats.registry import detect
from review.formats.values.kinds import kind_of
from review.model.record import Record, Reject


def rows(table: list[list[str]], columns: dict[str, str] | None = None) -> list[Record]:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    data = text.getvalue().encode()
    found = list(detect(data, "a.csv").read(data, columns or {}))
    assert not [one for one in found if isinstance(one, Reject)], found
    return [one for one in found if isinstance(one, Record)]


def test_a_data_frame_of_semantic_scholar_that_was_flattened() -> None:
    (found,) = rows([["paperId", "title", "externalIds.DOI", "externalIds.PubMed"], ["ab12", "Walks", "10.1000/walk", "31000001"]])
    assert (found.doi, found.pmid) == ("10.1000/walk", "31000001")


def test_a_data_frame_of_openalex() -> None:
    (found,) = rows(
        [
            [
                "",
                "id",
                "doi",
                "title",
                "publication_year",
                "type",
                "authorships",
                "primary_location",
                "biblio",
                "abstract_inverted_index",
                "n",
            ],
            [
                "0",
                "https://openalex.org/W1",
                "https://doi.org/10.1000/walk",
                "Walks",
                "2019.0",
                "article",
                "[{'author': {'display_name': 'Jane Doe', 'orcid': None}, 'institutions': []}, {'author': {'display_name': 'Ann Roe'}}]",
                "{'is_oa': True, 'source': {'display_name': 'Journal of Walks', 'issn_l': '0000-0019'}}",
                "{'volume': '12', 'issue': None, 'first_page': '101', 'last_page': '120'}",
                "{'Walks': [0], 'are': [1], 'good': [2]}",
                "5",
            ],
        ]
    )
    assert (found.title, found.authors, found.year, found.journal) == ("Walks", ("Jane Doe", "Ann Roe"), 2019, "Journal of Walks")
    assert (found.volume, found.issue, found.pages, found.doi) == ("12", "", "101-120", "10.1000/walk")
    assert (found.abstract, found.accession, found.issn) == ("Walks are good", "https://openalex.org/W1", "0000-0019")
    assert ("n", "5") in found.extra


def test_a_data_frame_of_semantic_scholar() -> None:
    (found,) = rows(
        [
            ["paperId", "externalIds", "title", "venue", "year", "publicationTypes", "journal", "authors"],
            [
                "abc1",
                '{"DOI": "10.1000/walk", "PubMed": "32000000"}',
                "Walks",
                "J. Walks",
                "2019",
                "['JournalArticle', 'Review']",
                "{'name': 'Journal of Walks', 'volume': '12', 'pages': '1-9'}",
                '[{"authorId": "1", "name": "Jane Doe"}, {"authorId": null, "name": "Ann Roe"}]',
            ],
        ]
    )
    assert (found.authors, found.journal, found.volume, found.pages) == (("Jane Doe", "Ann Roe"), "Journal of Walks", "12", "1-9")
    assert (found.doi, found.pmid, found.accession, found.type) == ("10.1000/walk", "32000000", "abc1", "JournalArticle; Review")


def test_a_data_frame_of_crossref() -> None:
    header = ["DOI", "title", "author", "container-title", "issued", "volume"]
    people = "[{'given': 'Jane', 'family': 'Doe', 'affiliation': []}]"
    first, second = rows(
        [
            header,
            ["10.1000/1", "['Walks in town']", people, "['Journal of Walks']", "{'date-parts': [[2019, 5]]}", "12.0"],
            ["10.1000/2", "['More walks']", "nan", "['Journal of Walks']", "", "13"],
        ]
    )
    assert (first.title, first.authors, first.year, first.volume) == ("Walks in town", ("Doe, Jane",), 2019, "12")
    assert (second.title, second.authors, second.journal, second.volume) == ("More walks", (), "Journal of Walks", "13")
    # What a person says of the columns goes first.
    (told, _) = rows([header, ["10.1000/1", "A", people, "B", "", ""], ["10.1000/2", "C", "", "D", "", ""]], {"title": "container-title"})
    assert told.title == "B"


def test_an_object_that_is_none_stays_text() -> None:
    (found,) = rows([["Title", "Author", "Year"], ["{'A' set}", "{'name': Doe}", "2001"]])
    assert (found.title, found.authors) == ("{'A' set}", ("{'name': Doe}",))


@pytest.mark.parametrize(
    "names",
    [
        "eid dc:title dc:creator prism:publicationName prism:issn prism:volume prism:issueIdentifier prism:pageRange prism:coverDate prism:doi subtypeDescription authkeywords",
        "eid title author_names publicationName issn volume issueIdentifier pageRange coverDate doi subtypeDescription authkeywords",
    ],
)
def test_the_names_of_scopuss_interface(names: str) -> None:
    cells = [
        "2-s2.0-85100000001",
        "Walks",
        "Doe, Jane;Roe, Ann",
        "Journal of Walks",
        "00000019",
        "12",
        "3",
        "1-9",
        "2019-05-01",
        "10.1000/1",
        "Review",
        "a | b",
    ]
    (found,) = rows([names.split(), cells])
    assert (found.title, found.authors, found.journal, found.issn) == ("Walks", ("Doe, Jane", "Roe, Ann"), "Journal of Walks", "00000019")
    assert (found.volume, found.issue, found.pages, found.year) == ("12", "3", "1-9", 2019)
    assert (found.doi, found.type, found.keywords, found.accession) == ("10.1000/1", "Review", ("a", "b"), "2-s2.0-85100000001")


def test_a_chapter_in_dimensions() -> None:
    header = [
        "Publication ID",
        "Title",
        "Source title",
        "Anthology title",
        "PubYear",
        "Publication Type",
        "Document Type",
        "Dimensions URL",
    ]
    (found,) = rows([header, ["pub.1", "A", "", "Book of Walks", "2019", "Chapter", "RESEARCH_CHAPTER", "https://app.dimensions.ai/x"]])
    assert (found.journal, found.type, found.url, found.accession) == ("Book of Walks", "Chapter", "https://app.dimensions.ai/x", "pub.1")
    assert ("Document Type", "RESEARCH_CHAPTER") in found.extra


@pytest.mark.parametrize(
    ("column", "cell", "volume", "issue"),
    [
        ("Volume", "Vol. 12, No. 3", "12", "3"),
        ("Volume", "12 (3 Suppl 1)", "12", "3 Suppl 1"),
        ("Volume", "12 (Pt 2)", "12", "Pt 2"),
        ("Volume", "12(3-4)", "12", "3-4"),
        ("권호사항", "Vol.5 No.2", "5", "2"),
        ("Volume/Issue", "12/3", "12", "3"),
        ("Volume", "12/13", "12/13", ""),
        ("Volume", "12 Suppl 1", "12 Suppl 1", ""),
    ],
)
def test_a_volume_and_an_issue_in_one_cell(column: str, cell: str, volume: str, issue: str) -> None:
    (found,) = rows([["Title", "Authors", "Year", column], ["A", "Doe, J", "2001", cell]])
    assert (found.volume, found.issue) == (volume, issue)


def test_people_pages_and_a_doi_as_cinii_and_riss_write_them() -> None:
    (found,) = rows(
        [["論文名", "著者名", "刊行物名", "URL(DOI)"], ["散歩", "山田 太郎 / 鈴木 花子", "散歩研究", "https://doi.org/10.1000/1"]]
    )
    assert (found.authors, found.doi) == (("山田 太郎", "鈴木 花子"), "10.1000/1")
    (found,) = rows([["제목", "저자", "수록면", "작성언어", "자료형태"], ["걷기", "김도;이모", "11-20(10쪽)", "Korean", "학술저널"]])
    assert (found.pages, found.language, found.type) == ("11-20", "Korean", "학술저널")


def test_people_on_one_line_and_kinds_at_cnki() -> None:
    text = "%0 Journal Article\n%A 谢甲%A 王乙\n%T 步行\n%J 研究\n%D 2024\n".encode()
    (found,) = detect(text).read(text, {})
    assert isinstance(found, Record)
    assert found.authors == ("谢甲", "王乙")
    text = "SrcDatabase-来源库: 硕士\nTitle-题名: 步行\nAuthor-作者: 谢丙;\nYear-年: 2020\n".encode()
    (found,) = detect(text).read(text, {})
    assert isinstance(found, Record)
    assert (found.type, kind_of(found.type).csl) == ("硕士", "thesis")


@pytest.mark.parametrize(("word", "csl"), [("Thesis (Ph.D.)", "thesis"), ("Evidence synthesis", "document"), ("期刊", "article-journal")])
def test_kinds(word: str, csl: str) -> None:
    assert kind_of(word).csl == csl


def test_lines_of_google_scholar_in_a_column_of_people() -> None:
    """As scripts keep them, and SerpAPI's data frames."""
    found = rows(
        [
            ["position", "title", "link", "publication_info.summary"],
            ["0", "A boat", "https://example.org/a", "RI Doe, S Roe-Poe, E Poe… - European journal of …, 2015 - Wiley Online Library"],
            ["1", "B boat", "https://example.org/b", "X Doe - 2019 - books.example.com"],
            ["2", "C boat", "https://example.org/c", "JC Doe, K Roe - US Patent 5,796,832, 1998"],
        ]
    )
    assert [(r.authors, r.journal, r.year) for r in found] == [
        (("RI Doe", "S Roe-Poe", "E Poe"), "European journal of …", 2015),
        (("X Doe",), "", 2019),
        (("JC Doe", "K Roe"), "US Patent 5,796,832", 1998),
    ]
    assert ("publisher", "Wiley Online Library") in found[0].extra


def test_people_with_a_dash_are_no_line_of_google_scholar() -> None:
    (found,) = rows([["title", "authors", "year"], ["A boat", "Working Group - Boats, 2015", "2016"]])
    assert (found.authors, found.year) == (("Working Group - Boats, 2015",), 2016)


def test_what_a_page_does_is_no_address() -> None:
    (found,) = rows([["title", "link"], ["A boat", "javascript:void(0)"]])
    assert (found.url, found.extra) == ("", (("link", "javascript:void(0)"),))


def test_bib2df_leaves_latex() -> None:
    """R's bib2df takes the outermost braces off, so that those within are not paired."""
    found = rows(
        [
            ["BIBTEXKEY", "JOURNAL", "TITLE", "ABSTRACT", "ISBN", "DOI"],
            ["doe1", "BOATS", "Boats of {B}-1-{N}", r"It was 63\% {\textless} 5.", "NA", "10.1000/b1"],
            ["doe2", "Boats \\& Seas", "EFFECTS} {OF} {CA2}+ {IN} {BOATS", "NA", "NA", "NA"],
        ]
    )
    assert [(r.title, r.journal, r.abstract) for r in found] == [
        ("Boats of B-1-N", "BOATS", "It was 63% < 5."),
        ("EFFECTS OF CA2+ IN BOATS", "Boats & Seas", ""),
    ]


def test_scielo() -> None:
    """What its search writes: people with commas alone, volume, issue and pages in the source, the first row behind a space."""
    data = (
        "ID,Title,Author(s),Source,Journal,Language(s),Publication year,Fulltext URL \n"
        ' "S1-ecu","Barcos, desafíos","Roe Vives, Ana, Poe Chaves, Laura T, ROE DE LA ROSA, MARÍA","Barcos &amp; más; 2(15); 59-76","Barcos &amp; más","Español","2022","https://example.org/1" \n'
        '"S2-col","Barcos","Roe, Luis","Mar; (91); -","Mar","Inglés, Español","2021","https://example.org/2" \n'
        '"S3-mex","Agua","Grupo de Agua","Mar; 12(); 43-e5","Mar","Inglés","2021","https://example.org/3" \n'
    ).encode()
    found = [one for one in detect(data, "a.csv").read(data, {}) if isinstance(one, Record)]
    assert [(r.accession, r.authors, r.journal, r.volume, r.issue, r.pages) for r in found] == [
        ("S1-ecu", ("Roe Vives, Ana", "Poe Chaves, Laura T", "ROE DE LA ROSA, MARÍA"), "Barcos & más", "2", "15", "59-76"),
        ("S2-col", ("Roe, Luis",), "Mar", "", "91", ""),
        ("S3-mex", ("Grupo de Agua",), "Mar", "12", "", "43-e5"),
    ]


def test_braces_of_bibtex_in_names_of_a_table() -> None:
    (found,) = rows([["title", "authors", "year"], ["A boat", "Steve Doe and Diane {van Roe} and {Boat Group}", "2016"]])
    assert found.authors == ("Steve Doe", "Diane van Roe", "Boat Group")


_COLUMNS = {"title": ["On kerbs", "On lamps"], "authors": ["Ray, A", "Roe, B"], "year": [2021, 2022], "doi": ["10.1000/a", None]}
_ROWS = [dict(zip(_COLUMNS, row, strict=True)) for row in zip(*_COLUMNS.values(), strict=True)]


@pytest.mark.parametrize(
    "written",
    [
        _COLUMNS,
        {name: dict(enumerate(column)) for name, column in _COLUMNS.items()},
        {"columns": [*_COLUMNS], "index": [0, 1], "data": [[*row.values()] for row in _ROWS]},
        {"schema": {"fields": [{"name": "index", "type": "integer"}]}, "data": _ROWS},
    ],
)
def test_a_data_frame_as_pandas_writes_it_is_a_work_for_each_row(written: object) -> None:
    found = records(json.dumps(written))
    assert [(r.title, r.authors, r.year, r.doi) for r in found] == [
        ("On kerbs", ("Ray, A",), 2021, "10.1000/a"),
        ("On lamps", ("Roe, B",), 2022, ""),
    ]


def test_a_work_with_two_titles_and_two_authors_is_one() -> None:
    (found,) = records(json.dumps([{"title": ["On kerbs", "Des trottoirs"], "authors": ["Ray, A", "Roe, B"], "DOI": "10.1000/a"}]))
    assert (found.title, found.authors, found.extra) == ("On kerbs", ("Ray, A", "Roe, B"), (("title", "Des trottoirs"),))


def test_the_list_that_a_work_stood_in_is_kept() -> None:
    found = records(json.dumps({"included": [_ROWS[0]], "excluded": [_ROWS[1], {"title": "On bins", "doi": "10.1000/c"}]}))
    assert [dict(r.extra)["list"] for r in found] == ["included", "excluded", "excluded"]


def test_a_title_and_a_doi_are_enough() -> None:
    assert [r.doi for r in records('[{"title": "On kerbs", "doi": "10.1000/a"}, {"title": "On lamps", "doi": "10.1000/b"}]')] == [
        "10.1000/a",
        "10.1000/b",
    ]


@pytest.mark.parametrize("number", ["123456", "PMC123456", "123456.0"])
def test_a_number_of_pubmed_central_without_its_letters(number: str) -> None:
    (found,) = rows([["title", "authors", "pmcid"], ["On kerbs", "Ray, A", number]])
    assert (found.pmcid, found.extra) == ("PMC123456", ())
    (none,) = rows([["title", "authors", "pmcid"], ["On kerbs", "Ray, A", "0"]])
    assert (none.pmcid, none.extra) == ("", (("pmcid", "0"),))


def test_a_middle_name_of_its_own() -> None:
    person = {"first": "Ann", "middle": ["B.", "C."], "last": "Ray", "suffix": "Jr"}
    (found,) = records(json.dumps({"paper_id": "1", "title": "On kerbs", "authors": [person], "pmc_id": "123456", "doi": "10.1000/a"}))
    assert (found.authors, found.pmcid) == (("Ray, Ann B. C., Jr",), "PMC123456")


def test_what_a_date_says_beside_its_numbers_is_kept() -> None:
    (found,) = records(
        json.dumps([{"id": "a", "type": "book", "title": "On kerbs", "issued": {"date-parts": [[2021]], "season": 1, "circa": True}}])
    )
    assert found.year == 2021
    assert ("date", "2021, season 1, circa") in found.extra


@pytest.mark.parametrize(
    ("source", "field", "value"),
    [("Streets", "journal", "Streets"), ("PubMed", "extra", ("database", "PubMed")), ("Streets. 2021;4(2):10-20", "volume", "4")],
)
def test_a_source_in_json_is_the_journal_as_in_a_table(source: str, field: str, value: object) -> None:
    (found,) = records(json.dumps([{"title": "On kerbs", "authors": ["Ray, A"], "year": 2021, "source": source}]))
    told = getattr(found, field)
    assert value in told if field == "extra" else told == value
    (csl,) = records(json.dumps([{"id": "a", "type": "report", "title": "On kerbs", "author": [{"family": "Ray"}], "source": source}]))
    assert (csl.journal, ("database", source) in csl.extra) == ("", True)


def test_numbers_behind_names_as_opencitations_has_them() -> None:
    (found,) = rows(
        [
            ["id", "title", "author", "pub_date", "venue", "volume"],
            [
                "doi:10.1000/a pmid:31000001",
                "On kerbs",
                "Ray, Ann [orcid:0000-0002-1825-0097 omid:ra/1]; Roe, Bob [omid:ra/2]",
                "2021-05",
                "Streets [issn:1234-5679 omid:br/2]",
                "4",
            ],
        ]
    )
    assert (found.authors, found.journal, found.issn, found.doi, found.pmid) == (
        ("Ray, Ann", "Roe, Bob"),
        "Streets",
        "1234-5679",
        "10.1000/a",
        "31000001",
    )
    assert ("AUID", "ORCID: 0000-0002-1825-0097") in found.extra


def test_a_volume_before_the_issue_in_the_column_of_issues() -> None:
    (found,) = rows([["title", "issue", "pmid"], ["On kerbs", "4(2)", "31000001"]])
    assert (found.volume, found.issue) == ("4", "2")
    (other,) = rows([["title", "volume", "issue"], ["On kerbs", "", "2(Suppl)"]])
    assert (other.volume, other.issue) == ("", "2(Suppl)")


def test_a_word_for_nothing_in_a_column_of_nobodys_is_kept_unless_it_is_what_the_program_writes_for_nothing() -> None:
    (word,) = rows([["Title", "Phases", "Exclusion Criteria", "Score"], ["On kerbs", "NA", "None", "nan"]])
    assert word.extra == (("Phases", "NA"), ("Exclusion Criteria", "None"))
    first, frame = rows([["Title", "Journal", "Phases"], ["On kerbs", "NA", "2"], ["On paths", "Streets", "NA"]])
    assert (first.extra, frame.extra) == ((("Phases", "2"),), ())
