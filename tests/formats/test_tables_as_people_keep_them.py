"""Tables as reviews publish them: what spreadsheets, R and people leave in them beside the records."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from review.errors import FormatError
from review.formats.pubmed import nbib
from review.formats.ris import ris
from review.formats.tables import csv_table, ods, xlsx
from review.model.record import Record, Reject

HEADER = "Title,Authors,Year,Journal,DOI\n"
TITLES = ["Title", "Authors", "Year", "Journal", "DOI", "Link"]


def read(text: str) -> tuple[list[Record], list[Reject]]:
    return parted(list(csv_table.read(text.encode())))


def parted(found: list[Record | Reject]) -> tuple[list[Record], list[Reject]]:
    return [r for r in found if isinstance(r, Record)], [r for r in found if isinstance(r, Reject)]


def workbook(*rows: list[object], change: Callable[[Workbook, Worksheet], None] = lambda _book, _sheet: None) -> list[Record | Reject]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    data = io.BytesIO()
    book.save(data)
    return list(xlsx.read(data.getvalue()))


@pytest.mark.parametrize("mark", ["", '"'])
def test_row_names_of_r_have_no_column(mark: str) -> None:
    lines = ["title\tauthors\tyear", "1\tOn kerbs\tRay A; Roe B\t2001", "3\tOn lamps\tKay C\t2002"]
    text = "\n".join("\t".join(f"{mark}{cell}{mark}" for cell in line.split("\t")) for line in lines)
    records, rejects = read(text)
    assert not rejects
    assert [(r.title, r.authors, r.year) for r in records] == [("On kerbs", ("Ray A", "Roe B"), 2001), ("On lamps", ("Kay C",), 2002)]
    assert records[1].extra == (("", "3"),)


def test_a_cell_too_many_is_no_row_name() -> None:
    records, rejects = read(HEADER + "On kerbs, and lamps,Ray A,2001,Streets,10.1000/a\nOn lamps,Kay C,2002,Streets,10.1000/b\n")
    assert ([r.title for r in records], [r.line for r in rejects]) == (["On lamps"], [2])


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Jane Roe, PhD, RN", ("Jane Roe",)),
        ("Roe, Jane, MD", ("Roe, Jane",)),
        ("Roe J, MD, Poe A, PhD", ("Roe J", "Poe A")),
        ("Roe J, MD; Poe A, Ph.D.", ("Roe J", "Poe A")),
        ("Jane Roe, PhD and Ann Poe, MSc", ("Jane Roe", "Ann Poe")),
        ("Roe, MA, PhD", ("Roe, MA",)),
        ("Roe, J., Poe, MS, PhD", ("Roe, J.", "Poe, MS")),
        ("Roe, MD", ("Roe, MD",)),
        ("García Poe, MD; Lee, MS", ("García Poe, MD", "Lee, MS")),
    ],
)
def test_degrees_are_no_people(cell: str, people: tuple[str, ...]) -> None:
    ((found,), _) = read(f'{HEADER}A title,"{cell}",2001,J,\n')
    assert found.authors == people
    assert (("authors", cell) in found.extra) == ("; ".join(people) != cell)


@pytest.mark.parametrize("nobody", ["No authorship indicated", "[No authors listed]", "No author"])
def test_a_notice_that_there_is_nobody_is_no_author(nobody: str) -> None:
    ((found,), _) = read(f"{HEADER}A title,{nobody},2001,J,\n")
    assert (found.authors, found.extra) == ((), (("authors", nobody),))
    (pubmeds,) = nbib.FORMAT.read(f"PMID- 1\nTI  - A\nAU  - {nobody}\n".encode(), {})
    assert isinstance(pubmeds, Record)
    assert (pubmeds.authors, pubmeds.extra) == ((), (("AU", nobody),))


def test_what_a_spreadsheet_took_for_a_formula_or_could_not_show() -> None:
    rows = "On kerbs,=Roe,2001,=J,=10.1000/a,########\nOn lamps,=CONCAT(B2),2002,J,10.1000/b,=12-15\n"
    (first, second), _ = read(HEADER.replace("\n", ",Pages\n") + rows)
    assert (first.authors, first.journal, first.doi, first.pages, second.pages) == (("Roe",), "J", "10.1000/a", "", "12-15")
    assert (("Pages", "########") in first.extra, second.authors) == (True, ("=CONCAT(B2)",))
    found, _ = parted(workbook(TITLES[:5], ["On kerbs", "=Roe", 2001, "=A1", "=10.1000/a"]))
    assert [(r.authors, r.journal, r.doi) for r in found] == [(("Roe",), "", "10.1000/a")]


def test_marks_behind_backslashes_in_cells_with_and_without_marks_around_them() -> None:
    (first, second), _ = read(HEADER + 'The \\"real\\" walk,Roe J,2001,J,\n"A \\"walk\\", again",Poe E,2002,J,\n')
    assert (first.title, second.title) == ('The "real" walk', 'A "walk", again')


def test_a_row_that_has_but_its_number_is_no_record() -> None:
    found, rejects = read("record_id,title,abstract,label_included\n0,On kerbs,A.,1\n1,,,0\n2,nan,nan,0\n3,On lamps,,\n")
    assert ([r.title for r in found], [r.line for r in rejects]) == (["On kerbs", "On lamps"], [3, 4])


def test_entries_of_ris_in_the_cells_of_a_table_are_whole() -> None:
    entry = '"TY  - JOUR\nTI  - {}\nER  - "\n'
    found = list(ris.FORMAT.read(f"Id,Reference\n1,{entry.format('On kerbs')}2,{entry.format('On lamps')}".encode(), {}))
    assert [(r.type, r.title, r.line) for r in found if isinstance(r, Record)] == [("JOUR", "On kerbs", 2), ("JOUR", "On lamps", 5)]


def test_marks_within_a_cell_that_nobody_doubled() -> None:
    records, rejects = read(
        HEADER + '"The "kerb" problem","Ray A, Roe B",2001,Streets,10.1000/a\n"On lamps","Kay C",2002,Streets,10.1000/b\n'
    )
    assert not rejects
    assert (records[0].title, records[0].authors, records[0].doi) == ('The "kerb" problem', ("Ray A", "Roe B"), "10.1000/a")


def test_a_mark_that_opens_and_never_closes_leaves_the_cells_in_their_columns() -> None:
    records, rejects = read(HEADER + '"On kerbs,"Ray A",2001,Streets,10.1000/a\nOn lamps,"Kay C, Joe D",2002,Streets,10.1000/b\n')
    assert not rejects
    assert [(r.title, r.authors[0], r.year) for r in records] == [("On kerbs", "Ray A", 2001), ("On lamps", "Kay C", 2002)]


def test_inches_are_no_mistake() -> None:
    records, _ = read(HEADER + 'A 5" pipe in use,"Ray A",2001,Pipes,10.1000/a\n')
    assert records[0].title == 'A 5" pipe in use'


@pytest.mark.parametrize(
    "foot",
    [
        "Total,2,,,",
        "Total included: 2,,,,",
        "Total: 9 papers,,,,",
        ",Total,,2,",
        "Summe;2",
        "Notes: excluded after full text,,,,",
        "* not in English,,,,",
        "Database: Alpha and Beta,,,,",
        "INCLUDED,,,,",
        "Excluded studies (n = 12),,,,",
        "Web of Science:,,,,",
        "Lamps and kerbs (n=3),,,,",
        "2021,,,,",
    ],
)
def test_what_stands_below_a_table_is_no_record(foot: str) -> None:
    records, rejects = read(
        HEADER + "On kerbs,Ray A,2001,Streets,10.1000/a\n\n" + foot.replace(";", ",") + ",,,"[: foot.count(";") * 3] + "\n"
    )
    assert [r.title for r in records] == ["On kerbs"]
    assert len(rejects) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Total knee replacement",
        "Total pain",
        "Total: 9 papers on lamps",
        "Databases of lamps",
        "Notes on lamps",
        "Sum of squares",
        "Included",
        "Excluded in 2001",
    ],
)
def test_a_title_of_such_words_is_a_record(title: str) -> None:
    records, rejects = read(f"{HEADER}{title},,2001,,\n")
    assert ([r.title for r in records], rejects) == ([title], [])


@pytest.mark.parametrize("cell", ["1905-07-07", "07/07/1905", "7.7.1905", "1905-07-07 00:00:00"])
def test_a_year_that_was_shown_as_a_day(cell: str) -> None:
    records, _ = read(f"{HEADER}On kerbs,Ray A,{cell},Streets,\nOn lamps,Ray A,1905,Streets,\n")
    assert [r.year for r in records] == [2015, 1905]
    assert ("Year", cell) in records[0].extra


def test_a_year_shown_as_a_day_in_a_workbook() -> None:
    (record,) = workbook(TITLES, ["On kerbs", "Ray A", date(1905, 7, 13)])
    assert isinstance(record, Record)
    assert record.year == 2021


def test_formulas_that_make_links() -> None:
    (record,), _ = read(
        "Title,Authors,DOI,Link\n"
        '"=HYPERLINK(""https://streets.example.org/1"",""On """"new"""" kerbs"")",Ray A,"=HYPERLINK(""https://doi.org/10.1000/a"";""open"")",'
        '"=HYPERLINK(""https://streets.example.org/pdf"")"\n'
    )
    assert (record.title, record.doi, record.url) == ('On "new" kerbs', "10.1000/a", "https://streets.example.org/pdf")
    assert ("url", "https://streets.example.org/1") in record.extra


def test_what_stands_above_a_header_that_no_record_follows_is_kept() -> None:
    def more(book: Workbook, _sheet: Worksheet) -> None:
        other = book.create_sheet("Other")
        other.append(TITLES)
        other.append(["On lamps"])

    rows: list[list[object]] = [["A list of May"], TITLES, ["", "Ray A"]]
    (reject,) = workbook(*rows)
    assert reject.raw == ",Ray A\nA list of May"
    reject, record = workbook(*rows, change=more)
    assert isinstance(record, Record)
    assert (reject.raw, record.extra) == (",Ray A", (("sheet", "Other"), ("", "A list of May")))


def test_what_is_said_of_columns_is_of_the_sheets_that_have_them() -> None:
    book = Workbook()
    for name, rows in {
        "Alpha": (["Title", "Year"], ["On kerbs", 2001]),
        "Beta": (["What", "Year", "DOI"], ["On lamps", 2002, "10.1000/b"]),
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    records, _ = parted(list(xlsx.read(data.getvalue(), {"title": "What"})))
    assert [(r.title, r.year) for r in records] == [("On kerbs", 2001), ("On lamps", 2002)]
    with pytest.raises(FormatError, match="no column `Wat`"):
        list(xlsx.read(data.getvalue(), {"title": "Wat"}))


def test_links_of_a_workbook_are_read() -> None:
    def link(_book: Workbook, sheet: Worksheet) -> None:
        sheet["A2"].hyperlink = "https://streets.example.org/1"
        sheet["E3"].hyperlink = "https://doi.org/10.1000/b"
        sheet["A4"].hyperlink = "https://pubmed.ncbi.nlm.nih.gov/31000001/"
        sheet["A5"] = '=HYPERLINK("https://doi.org/10.1000/d","On signs")'

    rows: list[list[object]] = [
        ["On kerbs", "Ray A", 2001, "Streets", "10.1000/a"],
        ["On lamps", "Ray A", 2001, "Streets", "here"],
        ["On bins"],
        [""],
    ]
    found, rejects = parted(workbook(TITLES, *rows, change=link))
    assert not rejects
    assert [(r.title, r.doi, r.pmid, r.url) for r in found] == [
        ("On kerbs", "10.1000/a", "", "https://streets.example.org/1"),
        ("On lamps", "10.1000/b", "", ""),
        ("On bins", "", "31000001", "https://pubmed.ncbi.nlm.nih.gov/31000001/"),
        ("On signs", "10.1000/d", "", "https://doi.org/10.1000/d"),
    ]


def test_a_text_that_a_program_took_for_a_formula_is_the_text() -> None:
    rows: list[list[object]] = [['="On kerbs & lamps"', "Ray A", '="2001"', "Streets", '="10.1000/a"']]
    found, _ = parted(workbook(TITLES, *rows))
    assert [(r.title, r.year, r.doi) for r in found] == [("On kerbs & lamps", 2001, "10.1000/a")]


def test_sheets_are_given_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Title", "Vote"])
    sheet.append(["On kerbs", "include"])
    sheet["A2"].hyperlink = "https://streets.example.org/1"
    data = io.BytesIO()
    book.save(data)
    assert list(xlsx.sheets(data.getvalue())) == [("Sheet", [["Title", "Vote"], ["On kerbs", "include"]])]


def test_links_of_an_opendocument_sheet_are_read() -> None:
    def cell(text: str, told: str = "") -> str:
        return f"<table:table-cell{told}><text:p>{text}</text:p></table:table-cell>"

    link = '<text:a xlink:href="https://streets.example.org/1">On kerbs</text:a>'
    formula = " table:formula='of:=HYPERLINK(&quot;https://doi.org/10.1000/a&quot;;&quot;open&quot;)'"
    (record,) = opendocument([cell(name) for name in ("Title", "Year", "DOI")], [cell(link), cell("2001"), cell("open", formula)])
    assert isinstance(record, Record)
    assert (record.title, record.year, record.doi, record.url) == ("On kerbs", 2001, "10.1000/a", "https://streets.example.org/1")


def opendocument(*rows: list[str]) -> list[Record | Reject]:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table"))
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>'
            f'<table:table table:name="records">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return list(ods.read(packed.getvalue()))


def test_comments_on_cells_are_kept_with_their_rows() -> None:
    def comment(_book: Workbook, sheet: Worksheet) -> None:
        for cell, text in (("B1", "who?"), ("A3", "Check\nthis"), ("B3", "his student"), ("A6", "the rest is at home")):
            sheet[cell].comment = Comment(text, "AB")

    rows: list[list[object]] = [["Title", "Authors", "Year"], ["On kerbs", "Roe, A.", 2001], ["On paths", "Poe, B.", 2002]]
    (one, two), (below,) = parted(workbook(*rows, change=comment))
    assert one.extra == (("comment on Authors", "who?"),)
    assert two.extra == (("comment on Title", "Check\nthis"), ("comment on Authors", "his student"))
    assert "the rest is at home" in below.raw
    written = b"".join(xlsx.write([one, two]))
    assert [r.extra for r in xlsx.read(written) if isinstance(r, Record)] == [one.extra, two.extra]

    aside: list[list[object]] = [
        ["Title", "On kerbs", "On paths"],
        ["Authors", "Roe, A.", "Poe, B."],
        ["Year", 2001, 2002],
        ["DOI", "10.1000/a", "10.1000/b"],
    ]
    (one, two), _ = parted(workbook(*aside, change=comment))
    said = (("comment on Title", "who?"), ("comment on Year", "Check\nthis\nhis student"), ("comment on", "the rest is at home"))
    assert (one.extra, two.extra) == (said, ())

    def cell(text: str) -> str:
        return f"<table:table-cell>{text}</table:table-cell>"

    noted = "<office:annotation><text:p>see p. 4</text:p></office:annotation><text:p>On kerbs</text:p>"
    (record,) = opendocument([cell("<text:p>Title</text:p>"), cell("<text:p>Year</text:p>")], [cell(noted), cell("<text:p>2001</text:p>")])
    assert isinstance(record, Record)
    assert (record.title, record.extra) == ("On kerbs", (("comment on Title", "see p. 4"),))


SHARED = [("On kerbs", "Streets", "PubMed"), ("On lamps", "Streets", "PubMed"), ("On bins", "Bins", "Embase")]


def test_what_merged_cells_say_is_said_of_each_of_their_rows() -> None:
    def merge(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("F2:F3")

    header = ["Title", "Authors", "Year", "Journal", "DOI", "Database"]
    rows: list[list[object]] = [
        ["On kerbs", "Ray A", 2001, "Streets", "", "PubMed"],
        ["On lamps", "Ray A", 2002],
        ["On bins", "", "", "Bins", "", "Embase"],
    ]
    found, rejects = parted(workbook(header, *rows, change=merge))
    assert not rejects
    assert [(r.title, r.journal, dict(r.extra)["database"]) for r in found] == SHARED
    down = [" table:number-rows-spanned='2'" if n in (3, 5) else "" for n in range(6)]
    found, rejects = parted(
        opendocument(
            [f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in header],
            [f"<table:table-cell{far}><text:p>{text}</text:p></table:table-cell>" for far, text in zip(down, rows[0], strict=True)],
            [*(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in rows[1]), *["<table:covered-table-cell/>"] * 3],
            [f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in rows[2]],
        )
    )
    assert not rejects
    assert [(r.title, r.journal, dict(r.extra)["database"]) for r in found] == SHARED


def test_a_row_more_about_a_work_is_not_the_work_once_more() -> None:
    def merge(_book: Workbook, sheet: Worksheet) -> None:
        for column in "ABCD":
            sheet.merge_cells(f"{column}2:{column}3")

    rows: list[list[object]] = [["On kerbs", "Ray A", 2001, "Streets", "sleep"], ["", "", "", "", "mood"]]
    found, rejects = parted(workbook(["Title", "Authors", "Year", "Journal", "Outcome"], *rows, change=merge))
    assert [r.title for r in found] == ["On kerbs"]
    assert [r.line for r in rejects] == [3]


def test_a_hidden_sheet_or_one_that_explains_the_columns_is_not_the_table() -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        words = book.create_sheet("Words")
        words.append(["Variable", "Description"])
        words.append(["year", "Year of print"])
        records = book.create_sheet("Records")
        records.append(TITLES)
        records.append(["On kerbs", "Ray A", 2001])

    (record,) = workbook(["Title", "Year"], ["An older list", 1999], change=more)
    assert isinstance(record, Record)
    assert record.title == "On kerbs"
    assert [value.split(":")[1] for name, value in record.extra if not name] == [
        " sheet 'Sheet', which is hidden",
        " sheet 'Words', which is another kind of table",
    ]


def test_a_table_of_r_with_blanks_between_its_cells() -> None:
    records, rejects = read('"title" "authors" "year"\n"1" "On \\"new\\" kerbs" "Ray A; Roe B" 2001\n"2" "On lamps, signs" NA 2002\n')
    assert not rejects
    assert [(r.title, r.authors, r.year) for r in records] == [('On "new" kerbs', ("Ray A", "Roe B"), 2001), ("On lamps, signs", (), 2002)]


def test_row_names_of_r_that_came_by_way_of_a_spreadsheet() -> None:
    (first, second) = workbook(["title", "authors", "notes"], [1, "On kerbs", "Ray A"], [2, "On lamps", "Roe B", "read"])
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.title, second.title, second.authors) == ("On kerbs", "On lamps", ("Roe B",))


@pytest.mark.parametrize("number", ["No.", "Nº", "№", "Lp.", "Row", "ID", "序号"])
def test_rows_that_have_a_number_of_their_own_have_no_name_of_r(number: str) -> None:
    records, rejects = read(f"{number};Title;Keywords;Country\n1;On kerbs;kerbs; streets;UK\n2;On lamps;lamps; streets;UK\n")
    assert not records
    assert [r.line for r in rejects] == [2, 3]


def test_tables_of_dspace() -> None:
    (record,), _ = read(
        "id,collection,dc.contributor.author[],dc.date.issued[],dc.description.abstract[en_US],dc.identifier.uri[],dc.title[en],dc.type[]\n"
        '12,123/4,"Ray, A.||Roe, B.",2001-05,Of streets.,http://hdl.example.org/1,On kerbs,Thesis\n'
    )
    assert (record.title, record.authors, record.year, record.abstract) == ("On kerbs", ("Ray, A.", "Roe, B."), 2001, "Of streets.")
    assert (record.url, record.type) == ("http://hdl.example.org/1", "Thesis")


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("title,main_author", "authors", ("x",)),
        ("title,pages_start,pages_end", "pages", "x"),
        ("title,source_display_name", "journal", "x"),
        ("title,type_of_paper", "type", "x"),
        ("title,Keyword List", "keywords", ("x",)),
        ("Titulo,Paginas", "pages", "x"),
        ("Titre,Resume", "abstract", "x"),
        ("Titel,Pagina's", "pages", "x"),
        ("Titolo,Fascicolo", "issue", "x"),
        ("文章题目,DOI号", "title", "On kerbs"),
        ("Makalenin adı,Yazar", "title", "On kerbs"),
        ("Titel,Autor:innen", "authors", ("x",)),
        ("العنوان,العدد", "issue", "x"),
        ("Title,publish_time.x", "extra", (("publish_time.x", "x"),)),
        ("title.x,journal.x", "journal", "x"),
        ("Title_x,Abstract_y", "abstract", "x"),
        ("Title of the paper,Language of the full text", "language", "x"),
        ("Title,Author-year", "authors", ("x",)),
        ("Title,Conference", "journal", "x"),
        ("Title,Keywords (author)", "keywords", ("x",)),
        ("Publication Title,Journal", "title", "On kerbs"),
        ("Title,Document Title,Descriptors", "journal", "x"),
        ("Full Title,EudraCT Number,Start Date*", "title", "On kerbs"),
        ("Full Title,EudraCT Number,Start Date*", "accession", "x"),
    ],
)
def test_what_columns_are_called(header: str, field: str, value: object) -> None:
    (record,), _ = read(f"{header},Volume\nOn kerbs,x,{'3' if header.count(',') == 1 else ''}\n")
    assert getattr(record, field) == value


def test_medline_at_web_of_science_has_its_number_as_that_of_an_article() -> None:
    (record,), _ = read(
        "Publication Type,Article Number,Document Type,Article Title,Source Title,Publication Year,Citation Subsets,Accession Number\n"
        "J,31000001,Journal Article,On kerbs,Streets,2021,Index Medicus,MEDLINE:31000001\n"
    )
    assert (record.pmid, record.pages, record.type) == ("31000001", "", "Journal Article")


def test_tables_of_bibliometrix_from_bibtex() -> None:
    (record,), _ = read("AU,TI,SO,PN,PP,VL,PY,UT,SR\nRAY A,ON KERBS,STREETS,3,93-104,85,2018,ISI1,RAY A\n")
    assert (record.volume, record.issue, record.pages) == ("85", "3", "93-104")


def test_a_table_of_whole_references_in_which_no_column_has_the_titles() -> None:
    rows = (
        '1,"Ray A, van der Roe BC, Lee K. Kerbs and lamps: a study of 2 towns. J Streets. 2019 Apr;40(2):250-60. doi:10.1000/a",yes\n'
        '2,"Ray, A., & Roe, B. C. (2020). Bins in the streets of York. Journal of Streets, 4(1), 5–9. https://doi.org/10.1000/b",no\n'
    )
    found, rejects = read(f"No,Reference,Included\n{rows}")
    assert not rejects
    assert [(r.title, r.authors, r.year, r.journal, r.volume, r.issue, r.pages, r.doi) for r in found] == [
        ("Kerbs and lamps: a study of 2 towns", ("Ray A", "van der Roe BC", "Lee K"), 2019, "J Streets", "40", "2", "250-60", "10.1000/a"),
        ("Bins in the streets of York", ("Ray, A.", "Roe, B. C."), 2020, "Journal of Streets", "4", "1", "5-9", "10.1000/b"),
    ]
    assert dict(found[0].extra)["Reference"].startswith("Ray A, van der Roe BC")
    with pytest.raises(FormatError):
        read('No,Reference,Included\n1,"Ray on kerbs, in York",yes\n2,"Roe, some time",no\n')


def test_a_table_with_commas_that_a_spreadsheet_with_semicolons_saved() -> None:
    records, rejects = read(
        '"Authors,""Title"",""Year"",""Abstract"",""EID""";;;;;\n'
        '"Ray A.; Roe B.,""On kerbs, and lamps"",""2021"",""We looked; it was so."",""2-s2.0-1""";;;;;\n'
        '"Kay C.,""On lamps"",""2022"","""",""2-s2.0-2""";;;;;\n'
    )
    assert not rejects
    assert [(r.title, r.authors, r.year, r.accession) for r in records] == [
        ("On kerbs, and lamps", ("Ray A.", "Roe B."), 2021, "2-s2.0-1"),
        ("On lamps", ("Kay C.",), 2022, "2-s2.0-2"),
    ]


@pytest.mark.parametrize(
    ("cell", "issn"),
    [("280836", "0028-0836"), ("280836.0", "0028-0836"), ("1406736", "0140-6736"), ("280837", ""), ("00280836", "00280836")],
)
def test_an_issn_without_the_zeros_before_it(cell: str, issn: str) -> None:
    (record,), _ = read(f"Title,Authors,Year,ISSN\nOn kerbs,Ray A,2001,{cell}\n")
    assert (record.issn, record.extra) == (issn, () if issn else (("ISSN", cell),))


def test_kinds_that_openoffice_counts() -> None:
    (record,), _ = read(
        '"Reftype","Identifier","Author","Howpublished","Title","Year"\n"7","Ray2001","Ray, A; Roe, B","","On kerbs","2001"\n'
    )
    assert record.type == "article"


def test_a_volume_and_an_issue_with_a_blank_between_them() -> None:
    (record,), _ = read("title,authors,journal.name,journal.volume\nOn kerbs,Ray A,Streets,4 2\n")
    assert (record.volume, record.issue) == ("4", "2")


@pytest.mark.parametrize(
    "source",
    [
        "prior review: Roe (2021)",
        "Snowball search: bibliography of Kay (2023)",
        'database search: "kerb" + "lamp"',
        "Other: prior knowledge",
    ],
)
def test_how_a_work_was_found_is_no_journal(source: str) -> None:
    (record,), _ = read(f"Author,Year,Title,DOI,source\nRay,2001,On kerbs,10.1000/a,{source}\n".replace('"', ""))
    assert (record.journal, record.extra) == ("", (("source", source.replace('"', "")),))


def test_extracted_data_name_a_title_and_no_other_field() -> None:
    (record,), _ = read("Study ID,Title,Aim of study,Start date,End date,Participants\nRay 2021,On kerbs,To see,2019-01,2020-01,120\n")
    assert (record.title, record.authors, record.year) == ("On kerbs", ("Ray",), 2021)


def test_studies_by_their_authors_beside_a_year() -> None:
    records, _ = read("Study,Year,Country,DOI\nRay et al.,2021,UK,10.1000/a\nRoe and Poe,2020,US,10.1000/b\nKay,2019,US,10.1000/c\n")
    assert [(r.authors, r.year) for r in records] == [(("Ray et al.",), 2021), (("Roe", "Poe"), 2020), (("Kay",), 2019)]
    (trial,), _ = read("Study,Year,Country,DOI\nKERB,2021,UK,10.1000/a\n")
    assert trial.authors == ()


def test_a_bar_within_a_cell_of_markdown_parts_nothing() -> None:
    (record,), _ = read(
        "| # | Authors | Title | DOI |\n|---|---|---|---|\n| 1 | Ray A | On kerbs \\| lamps | [10.1000/a](https://doi.org/10.1000/a) |\n"
    )
    assert (record.title, record.doi) == ("On kerbs | lamps", "10.1000/a")


def test_a_blank_that_does_not_break_is_no_part_of_a_cell() -> None:
    (record,), _ = read("Title,Authors,Year,DOI\nOn kerbs\xa0,Ray A,2001\xa0,\xa010.1000/a\n")
    assert (record.title, record.year, record.doi, record.extra) == ("On kerbs", 2001, "10.1000/a", ())


ASIDE = [
    ["Study ID", "Ray 2001", "Kay 2002"],
    ["Title", "On kerbs", "On lamps, and bins"],
    ["Authors", "Ray, A.; Roe, B.", "Kay, C."],
    ["Year", "2001", "2002"],
    ["Country", "UK", ""],
    ["DOI", "10.1000/a", "10.1000/b"],
]


def test_a_table_on_its_side_has_a_work_in_each_column() -> None:
    lines = [";".join(f'"{cell}"' for cell in row) for row in ASIDE]
    for found in (parted(workbook(*ASIDE)), parted(list(csv_table.read("\n".join(lines).encode())))):
        assert not found[1]
        assert [(r.title, r.authors, r.year, r.doi) for r in found[0]] == [
            ("On kerbs", ("Ray, A.", "Roe, B."), 2001, "10.1000/a"),
            ("On lamps, and bins", ("Kay, C.",), 2002, "10.1000/b"),
        ]
        assert found[0][0].extra == (("Study ID", "Ray 2001"), ("Country", "UK"))


def test_a_name_that_spans_columns_and_is_a_field_leaves_the_name_to_those_below_it() -> None:
    (record,), _ = read(
        "Title,Authors,Publication,,Screening,,DOI\n,,Year,Journal,Title,Full text,\nOn kerbs,Ray A,2001,Streets,yes,no,10.1000/a\n"
    )
    assert (record.title, record.year, record.journal) == ("On kerbs", 2001, "Streets")
    assert record.extra[1:] == (("Screening Title", "yes"), ("Screening Full text", "no"))


def test_tables_beside_each_other_under_the_same_names() -> None:
    table: list[list[object]] = [
        ["Included", None, None, None, "Excluded", None, None],
        ["Title", "Authors", "Year", None, "Title", "Authors", "Year"],
        ["On kerbs", "Ray A", 2001, None, "On lamps", "Kay C", 2002],
        ["On bins", "Poe D", 2003],
        [None, None, None, None, "On posts", "Lee F", 2004],
    ]
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in table[1:])
    for found in (parted(workbook(*table)), read(text)):
        assert not found[1]
        assert [(r.title, r.authors, r.year) for r in found[0]] == [
            ("On kerbs", ("Ray A",), 2001),
            ("On lamps", ("Kay C",), 2002),
            ("On bins", ("Poe D",), 2003),
            ("On posts", ("Lee F",), 2004),
        ]


def test_a_table_below_another_has_the_same_columns_in_its_own_order() -> None:
    found, rejects = read("Title,Authors,Year\nOn kerbs,Ray A,2001\n\nYear,Title,Authors\n2002,On lamps,Kay C\n")
    assert not rejects
    assert [(r.title, r.authors, r.year) for r in found] == [("On kerbs", ("Ray A",), 2001), ("On lamps", ("Kay C",), 2002)]


@pytest.mark.parametrize(
    ("cell", "editors"),
    [
        ("Roe, Ann; Poe, Edgar A.", ["Roe, Ann", "Poe, Edgar A."]), ("Roe A., Poe E.A.", ["Roe A.", "Poe E.A."]), ("Roe, A. and Poe, E.", ["Roe, A.", "Poe, E."]),
        ("Roe, Ann", ["Roe, Ann"]), ("Walks Study Group", ["Walks Study Group"]), ("Roe J [1], Poe K [2]", ["Roe J [1], Poe K [2]"]), ("Roe A, and others of the board of 2015", ["Roe A, and others of the board of 2015"]),
    ],
)  # fmt: skip
def test_the_editors_in_a_cell_are_parted_as_its_authors_are(cell: str, editors: list[str]) -> None:
    ((found,), _) = read(f'Title,Authors,Editors,Year,Book title\nA chapter on walks,"Smith, J.; Doe, K.","{cell}",2015,Walks\n')
    assert [text for name, text in found.extra if name == "editor"] == editors


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("UNICEF Kenya; WHO Regional", ("UNICEF Kenya", "WHO Regional")), ("SMITH Jane, ROE Ann", ("SMITH, Jane", "ROE, Ann")), ("JA Smith, KL Roe", ("JA Smith", "KL Roe")), ("JAB Smith; KLM Roe", ("JAB Smith", "KLM Roe")),
        ("WU, M. A.; VAN DER BERG, J. P.", ("WU, M. A.", "VAN DER BERG, J. P.")), ("DE LA CRUZ, J. H.", ("DE LA CRUZ, J. H.",)),
        ("Smith, Jane A, & Roe, Ann", ("Smith, Jane A", "Roe, Ann")), ("Roe, Jane, MacDonald, J Peter, Ng, Li, and Wu, Ana Maria", ("Roe, Jane", "MacDonald, J Peter", "Ng, Li", "Wu, Ana Maria")),
        ("Jane Roe · John Poe · Ann Lee", ("Jane Roe", "John Poe", "Ann Lee")), ("Jane Roe • John Poe", ("Jane Roe", "John Poe")),
        ("Jane Roe, John Poe, and Ann Lee", ("Jane Roe", "John Poe", "Ann Lee")),
    ],
)  # fmt: skip
def test_families_and_given_names_as_capitals_and_the_last_of_a_list_tell_them(cell: str, people: tuple[str, ...]) -> None:
    ((found,), _) = read(f'{HEADER}A title,"{cell}",2001,J,\n')
    assert found.authors == people
