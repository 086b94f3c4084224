"""Tables that people made for themselves: screening lists, lists of included studies, data frames that were written out."""

from __future__ import annotations

import csv
import io

import pytest

from review.errors import FormatError
from review.formats.registry import detect
from review.formats.tables import csv_table, xlsx
from review.formats.tables.xlsx import write_rows
from review.model.record import Record

TITLE = "Effects of adding filters: a made-up trial"


def read(*rows: list[str], delimiter: str = ",") -> list[Record]:
    """The records of a table, which must be all of its rows."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    data = text.getvalue().encode()
    assert detect(data).name == "csv"
    found = list(csv_table.read(data))
    assert all(isinstance(r, Record) for r in found)
    return [r for r in found if isinstance(r, Record)]


@pytest.mark.parametrize(
    ("reference", "authors", "parts"),
    [
        ("Ray, I., & Gove, K. (2021). {}. Planning & Change, 34(12), 1165–1177. https://doi.org/10.1000/a", ("Ray, I.", "Gove, K."), ("Planning & Change", "34", "12", "1165-1177")),
        ("Ray, I. (2021). {}. Planning Letters, 15, 11, 114050, 1-13.", ("Ray, I.",), ("Planning Letters", "15", "", "")),
        ("Haque, Sabina, Milo A. Kirk, Laura Ives, et al. “{}.” Clear Water 5, no. 1 (2022): 42.", ("Haque, Sabina", "Milo A. Kirk", "Laura Ives"), ("Clear Water", "5", "1", "42")),
        ("Salt, Ada, and Mo Mott. “{}.” Reports 14 (March 2024): 5271.", ("Salt, Ada", "Mo Mott"), ("Reports", "14", "", "5271")),
        ("Smith J, Doe A. {}. J Health. 2019 Apr;40(2):250-60. doi: 10.1000/a", ("Smith J", "Doe A"), ("J Health", "40", "2", "250-60")),
        ('I. Ray and K. Gove, "{}," Journal of Health, vol. 34, no. 12, pp. 5–17, 2021.', ("I. Ray", "K. Gove"), ("Journal of Health", "34", "12", "5-17")),
        ("Ray, I. and Gove, K. (2021) '{}', Journal of Health, 34(12), pp. 5–17.", ("Ray, I.", "Gove, K."), ("Journal of Health", "34", "12", "5-17")),
        ("Ray, I., Gove, K. & Roe, B. {}. Nat. Health 34, 5–17 (2021).", ("Ray, I.", "Gove, K.", "Roe, B."), ("Nat. Health", "34", "", "5-17")),
        ("RAY, I. A.; GOVE, K. {}. Journal of Health, Oban, v. 34, n. 12, p. 5-17, mar. 2021.", ("RAY, I. A.", "GOVE, K."), ("Journal of Health", "34", "12", "5-17")),
        ("RAY, Iona and GOVE, Kim. {}. Journal of Health. 2021. Vol. 34, no. 12, p. 5–17.", ("RAY, Iona", "GOVE, Kim"), ("Journal of Health", "34", "12", "5-17")),
        ("RAY I A, GOVE K. {}[J]. Journal of Health, 2021, 34(12): 5-17.", ("RAY I A", "GOVE K"), ("Journal of Health", "34", "12", "5-17")),
        ("Ray, I., Gove, K. {} (2021) Journal of Health, 34 (12), pp. 5-17.", ("Ray, I.", "Gove, K."), ("Journal of Health", "34", "12", "5-17")),
        ("Iona Ray and Kim Gove. 2021. {}. J. Health 34, 12 (March 2021), 5–17. DOI:https://doi.org/10.1000/a", ("Iona Ray", "Kim Gove"), ("J. Health", "34", "12", "5-17")),
        ("Ray, I. (2021). {}. Journal of Health, 34(12), Article e17. https://doi.org/10.1000/a", ("Ray, I.",), ("Journal of Health", "34", "12", "e17")),
        ("Ray, I. (2021, March 4). {}. Journal of Health. Advance online publication. https://doi.org/10.1000/a", ("Ray, I.",), ("Journal of Health", "", "", "")),
        ("Salt, Ada B., Mo Mott, and Bo Bott. “{}.” Reports 14, no. 3 (2024): 5–71.", ("Salt, Ada B.", "Mo Mott", "Bo Bott"), ("Reports", "14", "3", "5-71")),
        ("Busk, J.; Dabb, A. 2024. {}. Plant Life (2024).", ("Busk, J.", "Dabb, A."), ("Plant Life", "", "", "")),
        ("Ray, I. (2021). {} (2nd ed.). London: Made Books.", ("Ray, I.",), ("", "", "", "")),
        ("Ray I. [{}]. Plants : a journal of the Herb Society. 2021;34(12):5-17.", ("Ray I",), ("Plants : a journal of the Herb Society", "34", "12", "5-17")),
        ("Ray, I., & Gove, K. (2021). [{}]. Plants: An Urban Journal (Oban, Scotland : 1999), 34(12), 5–17.", ("Ray, I.", "Gove, K."), ("Plants: An Urban Journal (Oban, Scotland : 1999)", "34", "12", "5-17")),
        ("Ray, I. (2021). {}: and how it went on. Health, 3(1), 2-3.", ("Ray, I.",), ("", "", "", "")),
    ],
)  # fmt: skip
def test_a_reference_is_read_beside_its_title(reference: str, authors: tuple[str, ...], parts: tuple[str, ...]) -> None:
    text = reference.format(TITLE.replace("made-up", "Made‐Up"))
    (r,) = read(["Title", "Reference", "Relevant"], [TITLE, text, "1"])
    assert (r.authors, (r.journal, r.volume, r.issue, r.pages)) == (authors, parts)
    assert ("Reference", text) in [(name.title(), value) for name, value in r.extra]
    (r,) = read(["Title", "Authors", "Reference"], [TITLE, "Own, A.", text])
    assert r.authors == ("Own, A.",)


def test_who_is_named_in_a_citation_is_no_journal() -> None:
    first, second = read(
        ["Title", "Citation", "Included"],
        ["A study of gardens", "Roe et al. (2008)", "1"],
        ["Another study", "Ray, I., Gove, K. (2021). Something else. Planning, 3(1), 4-5.", "0"],
    )
    assert (first.journal, first.year) == ("", 2008)
    assert (second.journal, second.year) == ("", 2021)


@pytest.mark.parametrize(
    ("name", "cells"),
    [("PMID", ["26797515", "23872837.0"]), ("doi", ["10.1000/a", "https://doi.org/10.1000/b"]), ("Title", ["A study", "Another one"])],
)
@pytest.mark.parametrize("at", [0, 2])
def test_one_known_column_is_enough_where_the_rows_hold_such_a_thing(name: str, cells: list[str], at: int) -> None:
    rows = [["coder1", "coder2"], ["include", "exclude"], ["exclude", "exclude"]]
    for row, cell in zip(rows, [name, *cells], strict=True):
        row.insert(at, cell)
    found = read(*rows)
    assert [r.pmid or r.doi or r.title for r in found] == [c.removesuffix(".0").removeprefix("https://doi.org/") for c in cells]
    assert found[0].extra == (("coder1", "include"), ("coder2", "exclude"))
    assert len(list(xlsx.read(b"".join(write_rows(rows, "x"))))) == 2


@pytest.mark.parametrize(
    "text", ["garden*.ti,ab.\nplot*.ti,ab.\nplant.ti,ab.\n", "pmid,include\nsee note,1\nnone,0\n", "Title: a,b\nc,d\n"]
)
def test_lines_that_only_look_like_such_a_table_are_none(text: str) -> None:
    with pytest.raises(FormatError):
        detect(text.encode())


def test_a_key_that_is_a_doi_and_an_id_that_says_it_is_a_pmid() -> None:
    (r,) = read(["key", "title", "human_decision"], ["10.1000/978-3_21", "A study", "include"])
    assert (r.doi, r.accession) == ("10.1000/978-3_21", "10.1000/978-3_21")
    (r,) = read(["Title", "Year", "Primary_ID", "All_IDs"], ["A study", "2020", "PMID:40733560", "PMID:40733560; 2-s2.0-1"])
    assert r.pmid == "40733560"
    (r,) = read(["Title", "Year", "Duplicate of"], ["A study", "2020", "PMID:40733560"])
    assert r.pmid == ""


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Dole KE Morris M Kasp P van den Berg G", ("Dole KE", "Morris M", "Kasp P", "van den Berg G")),
        ("Peg G Bavar SG", ("Peg G", "Bavar SG")),
        ("Juan A Garza M", ("Juan A Garza M",)),
        ("World Health Organization WHO Region EU", ("World Health Organization WHO Region EU",)),
        ("Haque, Sabina, Milo A. Kirk, Laura Ives", ("Haque, Sabina", "Milo A. Kirk", "Laura Ives")),
        ("UNICEF, World Bank, World Food Programme", ("UNICEF, World Bank, World Food Programme",)),
        ("van den Berg, Doe & O'Neil", ("van den Berg", "Doe", "O'Neil")),
        ("Smith, Doe, and Lee", ("Smith", "Doe", "Lee")),
        ("Smith J/Doe A/Lee K", ("Smith J", "Doe A", "Lee K")),
        ("Müller, A. und Weiß, B.", ("Müller, A.", "Weiß, B.")),
        ("Ruiz, A. y Paz, B.", ("Ruiz, A.", "Paz, B.")),
        ("1. Smith J; 2. Doe A", ("Smith J", "Doe A")),
        ("• Smith J\n• Doe A", ("Smith J", "Doe A")),
        ("Smith J [1], Doe A [1, 2]", ("Smith J", "Doe A")),
        ("Smith J (1), Doe A (2)", ("Smith J", "Doe A")),
        ("Smith, Jo (AUTHOR); Doe, A (AUTHOR)", ("Smith, Jo", "Doe, A")),
    ],
)
def test_names_in_one_cell(cell: str, authors: tuple[str, ...]) -> None:
    (r,) = read(["title", "authors"], ["A study", cell])
    assert r.authors == authors


@pytest.mark.parametrize(
    ("cell", "authors", "kept"),
    [
        ("Smith, Jo (0000-0001-2345-678x); Doe, A", ("Smith, Jo", "Doe, A"), (("AUID", "ORCID: 0000-0001-2345-678X"),)),
        ("Smith, Jo [ORCID: https://orcid.org/0000-0001-2345-6789]", ("Smith, Jo",), (("AUID", "ORCID: 0000-0001-2345-6789"),)),
        ("Jo Smith1*, Ann Doe2,3, Kim Lee1", ("Jo Smith", "Ann Doe", "Kim Lee"), (("authors", "Jo Smith1*, Ann Doe2,3, Kim Lee1"),)),
        ("Jo Smith¹, Ann Doe², Kim Lee¹,²", ("Jo Smith", "Ann Doe", "Kim Lee"), (("authors", "Jo Smith¹, Ann Doe², Kim Lee¹,²"),)),
        ("Smith, Jo (jo@x.example); Doe, A", ("Smith, Jo", "Doe, A"), (("authors", "Smith, Jo (jo@x.example); Doe, A"),)),
        ("Collaborators of 2019", ("Collaborators of 2019",), ()),
    ],
)
def test_what_stands_beside_names_is_no_name_and_is_kept(cell: str, authors: tuple[str, ...], kept: tuple[tuple[str, str], ...]) -> None:
    (r,) = read(["title", "authors"], ["A study", cell])
    assert (r.authors, r.extra) == (authors, kept)


@pytest.mark.parametrize(
    "reference",
    [
        "RAY, I. A.; GOVE, K. {}. Journal of Health, v. 34, n. 12, p. 5-17, 2021.", "RAY, Iona and GOVE, Kim. {}. Journal of Health. 2021. Vol. 34, no. 12, p. 5–17.",
        "RAY I A, GOVE K. {}[J]. Journal of Health, 2021, 34(12): 5-17.", "Ray, I., Gove, K. {} (2021) Journal of Health, 34 (12), pp. 5-17.",
        "Iona Ray and Kim Gove. 2021. {}. Journal of Health 34, 12 (March 2021), 5–17.",
    ],
)  # fmt: skip
def test_the_title_of_a_reference_in_a_column_of_them(reference: str) -> None:
    (r, _) = read(["Reference", "Included"], [reference.format(TITLE), "yes"], [reference.format("Another study of some gardens"), "no"])
    assert (r.title.rstrip("."), len(r.authors), r.year, r.journal, r.volume, r.issue, r.pages) == (
        TITLE,
        2,
        2021,
        "Journal of Health",
        "34",
        "12",
        "5-17",
    )


def test_a_year_within_a_title_does_not_end_it_and_a_publisher_is_no_journal() -> None:
    cup = "Ray, I., Gove, K. Walking in the (2015) World Cup, and after (2019) Streets, 4 (1), pp. 2-9."
    book = "Ray, I.; Gove, K. Kerbs of Towns and Gardens; Soil Press: Leeds, UK, 2019; pp. 1-9"
    one, two = read(["Reference", "Included"], [cup, "yes"], [book, "no"])
    assert (one.title, one.journal, two.title, two.journal) == (
        "Walking in the (2015) World Cup, and after",
        "Streets",
        "Kerbs of Towns and Gardens",
        "",
    )


@pytest.mark.parametrize(
    "reference", ["Ray, I. (2021). {} (2nd ed.). Sage.", "Ray, I. (2021). {} [Doctoral dissertation, University of Oban]. ProQuest."]
)
def test_an_edition_and_a_thesis_of_apa_are_no_part_of_the_title(reference: str) -> None:
    assert [r.title for r in read(["Reference", "Included"], [reference.format(TITLE), "yes"])] == [TITLE]


@pytest.mark.parametrize(
    ("column", "cells"), [("Source", ["Lancet 2016", "Gut 2019"]), ("Publication", ["Public Health 2016", "Obesity Reviews (2018)"])]
)
def test_a_journal_and_a_year_are_no_people(column: str, cells: list[str]) -> None:
    assert [r.authors for r in read([column, "Title"], [cells[0], "A study of gardens"], [cells[1], "Another study"])] == [(), ()]


@pytest.mark.parametrize("column", ["Article", "Publication", "Source", "Reference", "Citation"])
def test_a_column_that_calls_works_by_their_authors_is_nothing_else(column: str) -> None:
    found = read([column, "Title", "Country"], ["Ray and Gove, 2021", "A study of gardens", "UK"], ["Gove 2022a", "Another study", "UK"])
    assert [(r.title, r.authors, r.year, r.journal) for r in found] == [
        ("A study of gardens", ("Ray", "Gove"), 2021, ""), ("Another study", ("Gove",), 2022, "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "label", "authors"),
    [
        ("Study", "Roe & Poe, 2016", ("Roe", "Poe")), ("Study ID", "Roe, van der Lee & Poe (2017)", ("Roe", "van der Lee", "Poe")),
        ("Author (year)", "Roe J, Poe A (2015)", ("Roe J", "Poe A")), ("Study", "Ministry of Health & Care 2016", ("Ministry of Health & Care",)),
    ],
)  # fmt: skip
def test_all_of_whom_a_label_names(column: str, label: str, authors: tuple[str, ...]) -> None:
    assert next(r.authors for r in read(["Title", column], ["A", label], ["B", "Ray 2018"])) == authors


def test_a_link_to_pubmed_is_its_number_whatever_other_links_there_are() -> None:
    (r,) = read(
        ["Title", "PubMed Link", "Full text link"], ["A", "https://pubmed.ncbi.nlm.nih.gov/25500000/", "https://doi.org/10.1136/a.1"]
    )
    assert (r.pmid, r.doi, r.url) == ("25500000", "10.1136/a.1", "https://doi.org/10.1136/a.1")


def test_a_column_of_studies_tells_who_and_when() -> None:
    rows = [["A", "Roe et al. (2019)"], ["B", "Poe and Lee, 2020"], ["C", "Ray 2018a"]]
    told = [(("Roe et al.",), 2019), (("Poe", "Lee"), 2020), (("Ray",), 2018)]
    assert [(r.authors, r.year) for r in read(["Title", "Study"], *rows)] == told
    assert [r.authors for r in read(["Title", "Study", "Authors"], *([*row, "Own, A."] for row in rows))] == [("Own, A.",)] * 3
    assert [r.year for r in read(["Table 2", ""], ["Title", "Study"], *rows)] == [2019, 2020, 2018]
    (r,) = read(["Title", "Study"], ["A", "7"])
    assert (r.authors, r.extra) == ((), (("Study", "7"),))


@pytest.mark.parametrize(
    "header",
    [["Title", "Authors", "DOI link", "Venue"], ["Paper Title", "Authors", "Paper Link"], ["Title", "Takeaway", "Authors", "Study Type"]],
)
def test_programs_that_list_people_in_their_natural_order(header: list[str]) -> None:
    (r,) = read(header, ["Jane Doe, Rick Roe" if name == "Authors" else "" if "ink" in name else "A study" for name in header])
    assert r.authors == ("Jane Doe", "Rick Roe")


def test_a_column_tells_whether_two_names_stand_in_a_cell() -> None:
    rows = [
        ["A", "Lena B. Lint,Zoe A. Hold,Ann Lee"],
        ["B", "Maria Silva, José Santos"],
        ["C", "John Smith & Kate Doe"],
        ["D", "Jan van Lee"],
    ]
    lists = [["title", "authors"], *rows, ["E", "Kim Park, Ana Rey and Jon Oak"]]
    expected = [("Maria Silva", "José Santos"), ("John Smith", "Kate Doe"), ("Jan van Lee",)]
    assert [r.authors for r in read(*lists)[1:4]] == expected
    assert [r.authors for r in xlsx.read(b"".join(write_rows(lists, "x"))) if isinstance(r, Record)][1:4] == expected
    # `García Márquez, Gabriel José` is one person where others are written so too.
    assert read(*lists, ["F", "Rey, Ana"])[1].authors == ("Maria Silva, José Santos",)
    assert read(["title", "authors"], *rows[1:])[0].authors == ("Maria Silva, José Santos",)


@pytest.mark.parametrize(
    ("written", "pages"), [("m1274-m1274", "m1274"), ("2 p-2 p", "2 p"), ("12-12", "12"), ("12-112", "12-112"), ("e1-e12", "e1-e12")]
)
def test_pages_from_one_to_itself_are_one(written: str, pages: str) -> None:
    (r,) = read(["Title", "Pages"], ["A study", written])
    assert r.pages == pages


def test_the_rule_below_a_header_is_no_row() -> None:
    data = b"# Included\n\n| Title | Authors |\n|---|:---:|\n| A study | Roe, A. |\n"
    (r,) = csv_table.read(data)
    assert isinstance(r, Record)
    assert (r.title, r.authors, r.extra) == ("A study", ("Roe, A.",), (("", "# Included"),))


@pytest.mark.parametrize(
    ("issue", "pages", "read_as"),
    [
        ("3-Apr", "12-Jan", ("3-4", "1-12")),
        ("01-Feb", "Jan-99", ("1-2", "1-99")),
        ("03. Apr", "2024-05-17 00:00:00", ("3-4", "5-17")),
        ("2024-10-11", "2024-01-01", ("10-11", "")),
        ("15-Jun", "e12", ("15-Jun", "e12")),
        ("Jan-15", "S1-S9", ("Jan-15", "S1-S9")),
        ("03/abr", "05-déc", ("3-4", "5-12")),
        ("3/4/2024", "05.12.2024", ("3-4", "5-12")),
        ("4月5日", "12/5/24", ("4-5", "5-12")),
        ("4/15/2024", "1/5/2024", ("4/15/2024", "1/5/2024")),
        ("3/4", "1/2018", ("3/4", "1/2018")),
        ("3", "151-1.56E+04", ("3", "151")),
    ],
)
def test_numbers_that_a_spreadsheet_took_for_days(issue: str, pages: str, read_as: tuple[str, str]) -> None:
    (r,) = read(["Title", "Journal", "Issue", "Pages"], ["A study", "J Health", issue, pages])
    assert (r.issue, r.pages) == read_as
    kept = [(name, cell) for name, cell, was in zip(("Issue", "Pages"), (issue, pages), read_as, strict=True) if cell != was]
    assert list(r.extra) == kept


def test_a_day_that_a_spreadsheet_counts_tells_its_year() -> None:
    first, second, third = read(["Title", "Publication date"], ["A", "43466"], ["B", "20199"], ["C", "7000000"])
    assert [(r.year, r.extra) for r in (first, second, third)] == [
        (2019, (("date", "43466"),)),
        (None, (("date", "20199"),)),
        (None, (("date", "7000000"),)),
    ]


def test_numbers_of_which_a_spreadsheet_parted_the_thousands() -> None:
    (r,) = read(["Title", "Year", "PMID", "Pages", "Volume"], ["A study", "2,019", "31.000.001", "1,234-1,240", "1,234"])
    assert (r.year, r.pmid, r.pages, r.volume) == (2019, "31000001", "1234-1240", "1,234")


def test_line_ends_of_a_workbook_in_a_cell() -> None:
    (r,) = read(["Title", "Abstract"], ["A study_x000D_\nof gardens", "Aims: x_x000D_\nMethods: y_x000D_"])
    assert (r.title, r.abstract) == ("A study of gardens", "Aims: x\nMethods: y")
    (r,) = read(["Title", "Abstract"], ["A study", "<p>Aims: <b>x</b></p><p>Methods: y</p>"])
    assert r.abstract == "Aims: x\nMethods: y"


def test_names_in_several_columns() -> None:
    found = read(["First name", "Surname", "Title", "Year"], ["Anna", "Moor", "A study", "2019"], ["", "Roe", "B", "2018"])
    assert [(r.authors, r.extra) for r in found] == [(("Moor, Anna",), ()), (("Roe",), ())]
    found = read(["Author 1", "Author 2", "Author 3", "Title"], ["Moor, Anna", "Roe, Bo", "", "A"], ["Lee, C", "", "", "B"])
    assert [(r.authors, r.extra) for r in found] == [(("Moor, Anna", "Roe, Bo"), ()), (("Lee, C",), ())]


def test_a_row_for_each_author() -> None:
    header = ["", "pmid", "title", "year", "lastname", "firstname", "address"]
    by_author = [
        header,
        ["1", "31000001", "A study", "2019", "Roe", "Jane", "Leeds"],
        ["2", "31000001", "A study", "2019", "Poe", "", "York"],
        ["3", "31000001", "A study", "2019", "Lee", "Kim", "Leeds"],
        ["4", "31000002", "B", "2018", "Lee", "Kim", ""],
        ["5", "31000002", "B", "2018", "Lee", "Kim", ""],  # a work that stands there twice
        ["6", "", "C", "2018", "Lee", "Kim", ""],
        ["7", "", "C", "2018", "Roe", "Jane", ""],  # nobody can tell
    ]
    found = read(*by_author)
    assert [(r.line, r.title, r.authors) for r in found] == [
        (2, "A study", ("Roe, Jane", "Poe", "Lee, Kim")),
        (5, "B", ("Lee, Kim",)),
        (6, "B", ("Lee, Kim",)),
        (7, "C", ("Lee, Kim",)),
        (8, "C", ("Roe, Jane",)),
    ]
    assert found[0].extra == (("", "1; 2; 3"), ("address", "Leeds; York"))
    assert found[0].raw.count("31000001") == 3
    assert [r.authors for r in xlsx.read(b"".join(write_rows(by_author, "x"))) if isinstance(r, Record)] == [r.authors for r in found]


def test_a_year_behind_a_name() -> None:
    found = read(["Author (year)", "Title"], ["Roe (2019)", "A"], ["Lee et al., 2018a", "B"], ["Ray 2017", "C"], ["Ray and Moor", "D"])
    assert [(r.authors, r.year) for r in found] == [(("Roe",), 2019), (("Lee et al.",), 2018), (("Ray",), 2017), (("Ray", "Moor"), None)]
    assert found[0].extra == (("authors", "Roe (2019)"),)
    (r,) = read(["Authors", "Title"], ["GBD 2019", "A"])
    assert (r.authors, r.year) == (("GBD 2019",), None)


def test_names_of_columns_in_two_rows() -> None:
    rows = [["ID", "Study", "", "", "Decision"], ["", "Title", "Author", "Year", ""], ["7", "A study", "Roe", "2019", "Include"]]
    (r,) = read(*rows)
    assert (r.line, r.title, r.accession, r.extra[1:]) == (3, "A study", "7", (("Decision", "Include"),))
    (again,) = xlsx.read(b"".join(write_rows(rows, "x")))
    assert isinstance(again, Record)
    assert again.extra == r.extra


def test_columns_without_names_are_told_by_their_numbers() -> None:
    rows = [["Roe, A.; Lee, B.", "A study of gardens", "2019", "J Health"], ["Lee, C.", "Another one", "2018", "J Soil"]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with pytest.raises(FormatError, match="no column is called title") as error:
        detect(text.getvalue().encode())
    assert "--map title=2" in error.value.hint
    told = {"title": "2", "authors": "1", "year": "3"}
    for found in (csv_table.read(text.getvalue().encode(), told), xlsx.read(b"".join(write_rows(rows, "x")), told)):
        assert [(r.title, r.authors, r.year) for r in found if isinstance(r, Record)] == [
            ("A study of gardens", ("Roe, A.", "Lee, B."), 2019),
            ("Another one", ("Lee, C.",), 2018),
        ]
    # Where the columns have names, a number is the place of one too.
    below = list(csv_table.read(b"Nomen;Annus;Scriptor\nOne, two;2015;Smith, J\nThree, four;2016;Low, B\n", {"title": "1", "year": "2"}))
    assert [(r.title, r.year) for r in below if isinstance(r, Record)] == [("One, two", 2015), ("Three, four", 2016)]
    (named,) = csv_table.read(b"Name,Year\nA study,2019\n", {"title": "1"})
    assert isinstance(named, Record)
    assert named.title == "A study"


def test_a_note_beside_a_sheet_costs_no_row() -> None:
    (r,) = xlsx.read(b"".join(write_rows([["Title", "Year"], ["A study", "2019", "", "ask Ann"]], "x")))
    assert isinstance(r, Record)
    assert (r.title, r.extra) == ("A study", (("", "ask Ann"),))


def test_a_data_frame_made_of_ris_and_its_lists_of_names() -> None:
    (r,) = read(
        ["record_id", "type_of_reference", "primary_title", "publication_year", "alternate_title3", "volume", "number", "start_page", "end_page", "notes_abstract", "first_authors", "included"],
        ["228", "JOUR", "A study", "2016/06", "Policing", "10", "2", "121", "133", "Text", "Vaugh, Adam D, Hewitt, Ashley N, Andre, Martin A, Branting, Patricia L", "1"],
    )  # fmt: skip
    assert r.authors == ("Vaugh, Adam D", "Hewitt, Ashley N", "Andre, Martin A", "Branting, Patricia L")
    assert (r.title, r.journal, r.volume, r.issue, r.pages, r.year, r.abstract) == (
        "A study",
        "Policing",
        "10",
        "2",
        "121-133",
        2016,
        "Text",
    )


@pytest.mark.parametrize("cell", ["Smith, Jones, Brown, Lee", "Moor, Anna, Muster, Eva"])
def test_names_of_which_nobody_can_tell_which_are_first_stay_as_they_are(cell: str) -> None:
    (r,) = read(["title", "authors"], ["A study", cell])
    assert r.authors == (cell,)


@pytest.mark.parametrize(
    "names", [("Author", "Author", "Author"), ("Author", "Author.1", "Author.2"), ("author", "author...2", "author...3")]
)
def test_a_person_in_each_of_several_columns_of_one_name(names: tuple[str, str, str]) -> None:
    (r,) = read(["title", *names], ["A study", "Smith, Jo", "Doe, Ann", ""])
    assert (r.authors, r.extra) == (("Smith, Jo", "Doe, Ann"), ())
    (lists,) = read(["title", *names], ["A study", "Smith, Jo; Doe, Ann", "J. Smith; A. Doe", ""])
    assert (lists.authors, lists.extra) == (("Smith, Jo", "Doe, Ann"), ((names[1], "J. Smith; A. Doe"),))
    (beside,) = read(["title", names[0], "title", names[1]], ["A study", "Smith, Jo", "Another", "Doe, Ann"])
    assert (beside.authors, beside.extra) == (("Smith, Jo",), (("title", "Another"), (names[1], "Doe, Ann")))


def test_addresses_in_a_list_of_a_program() -> None:
    (r,) = read(["title", "authors", "urls"], ["A study", "Smith, Jo", "['https://x.org/1', 'https://x.org/2']"])
    assert (r.url, r.extra) == ("https://x.org/1", (("url", "https://x.org/2"),))


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (["Authors"], ["Jane A. Moore, Luis Roe"], {"authors": ("Jane A. Moore", "Luis Roe")}),
        (["Journal ISSN (print version)", "Journal EISSN (online version)"], ["0317-8471", "1573-5656"], {"issn": "0317-8471; 1573-5656"}),
        (["Author, editor or organization"], ["Moore, Jane; Roe, Luis"], {"authors": ("Moore, Jane", "Roe, Luis")}),
        (["Untertitel", "Heftnummer", "Seiten von-bis", "DOI-Name"], ["a trial", "3", "1–9", "10.1000/a"], {"title": f"{TITLE}: a trial", "issue": "3", "pages": "1-9", "doi": "10.1000/a"}),
        (["Subtitle"], ["a made-up trial"], {"title": TITLE}),
        (["Vol(Issue):Pages"], ["12(3):101-109"], {"volume": "12", "issue": "3", "pages": "101-109"}),
        (["Volume, issue, pages"], ["12(Suppl 1), S1–S9"], {"volume": "12", "issue": "Suppl 1", "pages": "S1-S9"}),
        (["Volume, issue, pages"], ["12, 3, 101-109"], {"volume": "12", "issue": "3", "pages": "101-109"}),
        (["Volume, issue"], ["12, 3"], {"volume": "12", "issue": "3", "pages": ""}),
        (["Is Part Of", "Identifier"], ["J Test, 2019-03, Vol.12 (3), p.101-109", "ISSN: 0317-8471;DOI: 10.1000/a"], {"journal": "J Test", "volume": "12", "issue": "3", "pages": "101-109", "doi": "10.1000/a"}),
        (["Journal, volume(issue), pages"], ["Health & Place, 12(Suppl 1): S1–S9."], {"journal": "Health & Place", "volume": "12", "issue": "Suppl 1", "pages": "S1-S9"}),
        (["Authors"], ["Moore, Jane/Roe, Luis"], {"authors": ("Moore, Jane", "Roe, Luis")}),
        (["Authors"], ["Moore, J. A. et al."], {"authors": ("Moore, J. A.",)}),
        (["Authors"], ["Moore JA et al"], {"authors": ("Moore JA",)}),
        (["Authors"], ["Moore et al."], {"authors": ("Moore et al.",)}),
        (["Authors"], ["[]"], {"authors": ()}),
        (["Authors"], ["[{'name': 'Jane Moore'}, {'name': 'Luis Roe'}]"], {"authors": ("Jane Moore", "Luis Roe")}),
        (["Pages"], ["101–109."], {"pages": "101-109"}),
        (["Pages"], ["101&ndash;109"], {"pages": "101-109"}),
    ],
)  # fmt: skip
def test_columns_of_programs_and_of_people(header: list[str], row: list[str], expected: dict[str, object]) -> None:
    (found,) = read(["Title", "Abstract", *header], [TITLE, "We looked.", *row])
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize("first", ["", "in press", "n.d.", "Submitted"])
def test_of_a_table_without_a_header_a_first_row_without_a_number_is_a_record(first: str) -> None:
    text = f"Kerbs of towns,Roe J,{first}\nDoors of towns,Lee K,2015\nWalks,Poe A,2016\n"
    assert len(list(csv_table.read(text.encode(), {"title": "1", "year": "3"}))) == 3
    assert len(list(csv_table.read(text.replace("Kerbs of towns", "Kerbs").encode(), {"title": "1", "year": "3"}))) == 3
