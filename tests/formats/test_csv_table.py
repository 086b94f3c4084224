"""Tables: dialects, column names, crooked rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_file import records

from review.errors import FormatError
from review.formats.characters.text import seen
from review.formats.columns.csv_columns import field_of
from review.formats.columns.mapped import map_columns
from review.formats.registry import by_name
from review.formats.tables.csv_table import FORMAT, read, score
from review.model.record import Record, Reject


def rows(text: str | bytes, columns: Mapping[str, str] | None = None) -> list[Record | Reject]:
    return list(read(text.encode() if isinstance(text, str) else text, columns or {}))


def one(text: str, columns: Mapping[str, str] | None = None) -> Record:
    (found,) = rows(text, columns)
    assert isinstance(found, Record), found
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_delimiters(delimiter: str, bom: str) -> None:
    r = one(
        bom + delimiter.join(["Title", "Abstract Note", "Publication_Year", "DOI"]) + "\n" + delimiter.join(["A", "B", "2001", "10.1000/X"])
    )
    assert (r.title, r.abstract, r.year, r.doi) == ("A", "B", 2001, "10.1000/x")


def test_newlines_of_all_kinds_inside_quotes_and_the_lines_of_rows() -> None:
    a, b = rows('title,abstract\r\nA,"one\r\ntwo\nthree"\r\n\r\nB,"x"\r\n')
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert (a.line, a.abstract) == (2, "one\ntwo\nthree")
    assert a.raw == 'A,"one\ntwo\nthree"'
    assert (b.line, b.title) == (6, "B")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Document Title", "title"),
        ("TI", "title"),
        ("Author(s)", "authors"),
        ("Author/s", "authors"),
        ("Authors, Primary", "authors"),
        ("published_year", "year"),
        ("Journal/Book", "journal"),
        ("Source title", "journal"),
        ("artinfo/tig/atl", "title"),
        ("artinfo/aug/au/12", "authors"),
        ("artinfo/ab/0", "abstract"),
        ("records/rec/3/jinfo/jtl", "journal"),
        ("pubinfo/dt/_year", "year"),
        ("biblio.volume", "volume"),
        ("digitalObjectIdentifier", "doi"),
    ],
)
def test_column_names(name: str, field: str) -> None:
    known = field_of(name)
    assert known
    assert known[0] == field


def test_unknown_columns_go_to_extra() -> None:
    r = one("title,abstract,label_included,\nA,B,1,x\n")
    assert r.extra == (("label_included", "1"), ("", "x"))


def test_paths_join() -> None:
    header = "jinfo/jtl,pubinfo/dt/_year,artinfo/ui/0/_type,artinfo/ui/0/__text,artinfo/ui/1/_type,artinfo/ui/1/__text,artinfo/ppf,artinfo/tig/atl"
    header += ",artinfo/aug/au/0,artinfo/aug/au/1,artinfo/aug/au/2,artinfo/ab/0,artinfo/ab/1,header/_uiTerm,pubinfo/vid,pubinfo/iid"
    r = one(f'{header}\nJ,2020,doi,10.1000/X,pmid,NLM31530099,12,T,"A, B","C, D",,One,Two,145051284,21,5\n')
    assert (r.title, r.journal, r.year, r.authors, r.abstract) == ("T", "J", 2020, ("A, B", "C, D"), "One\nTwo")
    assert (r.doi, r.pmid, r.accession, r.volume, r.issue, r.pages) == ("10.1000/x", "31530099", "145051284", "21", "5", "12")
    assert not r.extra


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Marx, Karl", ("Marx, Karl",)),
        ("Marx, Karl; Engels, F.", ("Marx, Karl", "Engels, F.")),
        ("Marx, Karl and Engels, Friedrich", ("Marx, Karl", "Engels, Friedrich")),
        ("Crowson, M. G. AND Franck, K.", ("Crowson, M. G.", "Franck, K.")),
        ("Tikka C, Verbeek JH, Pérez-de la Fuente R.", ("Tikka C", "Verbeek JH", "Pérez-de la Fuente R")),
        ("Liu R., Adler D.G.", ("Liu R.", "Adler D.G.")),
        ("W. Shehieb, M. O. Nasri", ("W. Shehieb", "M. O. Nasri")),
        ("['Marx, Karl', 'Lindgren, Astrid']", ("Marx, Karl", "Lindgren, Astrid")),
        ("Marx, Karl\n\nEngels, F", ("Marx, Karl", "Engels, F")),
        ("Zofia Dubicka|Weronika Wierny", ("Zofia Dubicka", "Weronika Wierny")),
        ("van den Berg, Anna Maria", ("van den Berg, Anna Maria",)),
        ("AaronANoronha-Pr", ("AaronANoronha-Pr",)),
        ("Tikka C, Verbeek JH and Roe A", ("Tikka C", "Verbeek JH", "Roe A")),
        ("Marx, K. A., Engels, F. and Roe, J.", ("Marx, K. A.", "Engels, F.", "Roe, J.")),
        ("Marx, K. & Engels, F.", ("Marx, K.", "Engels, F.")),
        ("Marx K & Engels F", ("Marx K", "Engels F")),
        ("Karl Marx, Jane Roe and Ann Lee", ("Karl Marx", "Jane Roe", "Ann Lee")),
        ("Karl Marx, Jane Roe, & Ann Lee", ("Karl Marx", "Jane Roe", "Ann Lee")),
        ("García Márquez, Gabriel José and Roe, Ann", ("García Márquez, Gabriel José", "Roe, Ann")),
        ("National Institute for Health and Care Excellence", ("National Institute for Health and Care Excellence",)),
        ("Food and Agriculture Organization", ("Food and Agriculture Organization",)),
        ("Department of Health, Social Services and Public Safety", ("Department of Health, Social Services and Public Safety",)),
        ("Marx, Karl and World Health Organization", ("Marx, Karl", "World Health Organization")),
        (
            "Mac Roe, Ana María and National Institute for Health and Care Excellence",
            ("Mac Roe, Ana María", "National Institute for Health and Care Excellence"),
        ),
        ("Ernst & Young", ("Ernst & Young",)),
        ("Marx K, Centers for Walks and Talks, Roe A", ("Marx K", "Centers for Walks and Talks", "Roe A")),
        ("Ministry of Health and Marx K", ("Ministry of Health", "Marx K")),
        ("Marx K, US Department of Health and Human Services", ("Marx K", "US Department of Health and Human Services")),
        ("Ö Marx, Š Roe", ("Ö Marx", "Š Roe")),
        ("Ó Marxach, Karl F.; Roe, J.", ("Ó Marxach, Karl F.", "Roe, J.")),
        (
            "Marx, K.A., Walks Study Group, Roe, J., World Health Organization",
            ("Marx, K.A.", "Walks Study Group", "Roe, J.", "World Health Organization"),
        ),
    ],
)
def test_authors(cell: str, authors: tuple[str, ...]) -> None:
    assert one(f'title,authors\nA,"{cell}"\n').authors == authors


def test_pages_from_two_columns_and_an_article_number() -> None:
    assert one("Title,Page start,Page end,Art. No.\nA,5,9,77\n").pages == "5-9"
    assert one("Title,Page start,Page end,Art. No.\nA,,,77\n").pages == "77"


@pytest.mark.parametrize(
    ("header", "row", "accession"),
    [
        ("Title,PMID,id", "A,123,7", "123"),
        ("Title,PubMed ID,EID", "A,123,2-s2.0-1", "2-s2.0-1"),
        ("title,id,record_id", "A,9,7", "7"),
        ("title,id,Accession Number", "A,9,X7", "X7"),
        ("title,key", "A,k1", "k1"),
    ],
)
def test_accession(header: str, row: str, accession: str) -> None:
    assert one(f"{header}\n{row}\n").accession == accession


def test_a_pubmed_table_reads_its_citation() -> None:
    r = one(
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
        '30358656,T,"A B, C D.","Ear Hear. 2019 Jul/Aug;40(4):918-926. doi: 10.1097/X.","A B",Ear Hear,2019,2018/10/26,PMC6476703,,10.1097/X\n'
    )
    assert (r.accession, r.volume, r.issue, r.pages, r.pmcid, r.doi) == ("30358656", "40", "4", "918-926", "PMC6476703", "10.1097/x")


def test_the_old_pubmed_table() -> None:
    r = one(
        "Title,URL,Description,Details,ShortDetails,Resource,Type,Identifiers,Db,EntrezUID,Properties\n"
        '"T","/pubmed/31289754","Adhikari B, Vincent R.","Wellcome Open Res. 2019 Aug 2;4:87. doi: 10.12688/x.2.","Wellcome Open Res.  2019",'
        '"PubMed","citation","PMID:31289754 | PMCID:PMC6611131.2","pubmed","31289754","create date:2019/08/27"\n'
    )
    assert (r.authors, r.pmid, r.accession, r.pmcid) == (("Adhikari B", "Vincent R"), "31289754", "31289754", "PMC6611131")
    assert (r.journal, r.year, r.volume, r.pages, r.doi) == ("Wellcome Open Res", 2019, "4", "87", "10.12688/x.2")


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("Neuron. 53(5) (pp 663-675), 2007. Date of Publication: 01 Mar 2007.", ("Neuron", 2007, "53", "5", "663-675")),
        ("NeuroImage. 278(no pagination), 2023. Article Number: 120285.", ("NeuroImage", 2023, "278", "", "120285")),
        ("J. Conference: Congress 2019. Daegu. 6(Supplement) (pp S50), 2019.", ("J", 2019, "6", "Supplement", "S50")),
        ("Hedge Sciences. Vol.14, 2022, ArtID 891202.", ("Hedge Sciences", 2022, "14", "", "891202")),
        ("Hedge Sciences. Vol.12(3), Jul 2015, ArtID e123.", ("Hedge Sciences", 2015, "12", "3", "e123")),
        ("Neurological Sciences. Vol.45,(3), 2024, pp. 1209-1216.", ("Neurological Sciences", 2024, "45", "3", "1209-1216")),
        ("Ear & Hearing. 41(3):615-622, 2020 May/Jun.", ("Ear & Hearing", 2020, "41", "3", "615-622")),
        (
            "Ear & Hearing. 41 Suppl 2:S3-9; discussion S10-1, 2020 May.",
            ("Ear & Hearing", 2020, "41 Suppl 2", "", "S3-9; discussion S10-1"),
        ),
        ("Ear & Hearing. (3 (Special Issue)):615-622, 625, 2020.", ("Ear & Hearing", 2020, "", "3 (Special Issue)", "615-622, 625")),
        ("A Book on Hearing. New York: House, 2020.", ("", 2020, "", "", "")),
        (
            "Streets (Clinical ed.), 2019, 37(15), 20\u201029",
            ("Streets (Clinical ed.)", 2019, "37", "15", "20-29"),
        ),  # the Cochrane Library's
        ("Streets, 2020, 368, m123", ("Streets", 2020, "368", "", "m123")),
        ("Streets, 2020, (9)", ("Streets", 2020, "", "9", "")),
    ],
)
def test_ovid_citations(citation: str, expected: tuple[str, int, str, str, str]) -> None:
    r = one(f'VN,DB,UI,TI,SO,AU\nOvid,Embase,77,T.,"{citation}","A B.\n\nC D."\n')
    assert (r.journal, r.year, r.volume, r.issue, r.pages) == expected
    assert r.authors == ("A B.", "C D.")
    assert r.accession == "77"


def test_bibtex_as_a_table() -> None:
    r = one(
        "note,year,url,author,title,ENTRYTYPE,ID,howpublished\n"
        '"{Source: J of X ; volume 7, issue 1, page 8,9 ; ISSN 0745-7472 ; Description: Siegel{\\textquoteright}s}",2020,'
        'http://dx.doi.org/10.1000/x,"K{\\"u}{\\c c}{\\"u}k, M AND B, C",{The {Brain}},article,abc,\n'.replace('\\"', '\\""')
    )
    assert (r.title, r.authors, r.abstract) == ("The Brain", ("Küçük, M", "B, C"), "Siegel’s")
    assert (r.journal, r.volume, r.issue, r.issn, r.doi) == ("J of X", "7", "1", "0745-7472", "10.1000/x")


def test_what_stands_above_the_header_is_kept() -> None:
    found = rows('"SEARCH QUERY","deaf:ti"\n----\n\nTitle,Abstract\nA,B\n')
    assert len(found) == 1
    assert isinstance(found[0], Record)
    assert found[0].line == 5
    assert found[0].extra == (("", '"SEARCH QUERY","deaf:ti"'), ("", "----"))


def test_excel_formulas_are_values() -> None:
    assert one('title,issn\nA,="19326203"\n').issn == "19326203"


def test_what_a_formula_failed_to_give_is_no_value_but_kept() -> None:
    r = one("title,authors,year,abstract,doi,journal\nA,#REF!,#N/A,#BEZUG!,10.1000/x,#DIV/0!\n")
    assert (r.authors, r.year, r.abstract, r.doi, r.journal) == ((), None, "", "10.1000/x", "")
    assert r.extra == (("authors", "#REF!"), ("year", "#N/A"), ("abstract", "#BEZUG!"), ("journal", "#DIV/0!"))
    assert one("title,abstract,doi\n#NAME?,#MeToo!,10.1000/x\n").title == "#NAME?"  # a damaged title is seen and asked about
    assert one("title,abstract,doi\nA,#MeToo!,10.1000/x\n").abstract == "#MeToo!"
    assert one("title,authors,abstract\nA,<NA>,NaT\n").extra == ()


def test_an_apostrophe_before_a_formula_is_the_spreadsheets() -> None:
    r = one("title,abstract,authors\n'=SUM of parts,'-omics' today,'+x\n")
    assert (r.title, r.abstract, r.authors) == ("=SUM of parts", "'-omics' today", ("+x",))


def test_tables_of_packages_for_r() -> None:
    r = one('"STUDY_ID","AUTHORS","TITLE","JOURNAL","NUMBER","LPAGES","UPAGES"\n"1","Marx K; Roe J","A","J","2","3","9"\n')  # metagear
    assert (r.title, r.pages, r.issue, r.authors) == ("A", "3-9", "2", ("Marx K", "Roe J"))
    r = one(
        '"CATEGORY","BIBTEXKEY","AUTHOR","TITLE","TYPE","YEAR"\n"ARTICLE","marx1867","c(""Marx, K"", ""Roe, J"")","A",NA,1867\n'
    )  # bib2df
    assert (r.type, r.accession, r.authors, r.year) == ("ARTICLE", "marx1867", ("Marx, K", "Roe, J"), 1867)


def test_whole_numbers_with_a_decimal_comma() -> None:
    r = one("Title;Year;Volume;Issue;Pages\nA;2001,0;3,0;2.0.1;e1,0\n")
    assert (r.year, r.volume, r.issue, r.pages) == (2001, "3", "2.0.1", "e1,0")


def test_crooked_rows() -> None:
    found = rows("title,abstract,doi\nA\nB,b\nC,c,,,\nD,d,10.1000/x,surplus\n,,\n;,,\n,,10.1000/y\n,,no doi\n\ntitle,abstract,doi\nE,e,\n")
    told = [(r.line, r.title if isinstance(r, Record) else r.reason) for r in found]
    assert told == [
        (2, "1 cell in a table of 3 columns"),
        (3, "B"),
        (4, "C"),
        (5, "4 cells in a table of 3 columns"),
        (7, ";"),
        (8, ""),
        (9, "no title, abstract or identifier"),
        (12, "E"),
    ]


def test_a_quotation_mark_that_never_closes_costs_its_row_only() -> None:
    found = rows('title,abstract\nA,a\nB,"never closed\nC,c\nD,d\n')
    assert [(r.line, isinstance(r, Record)) for r in found] == [(2, True), (3, False), (4, True), (5, True)]


def test_a_column_that_a_person_gives_to_one_field_is_no_other_field_too() -> None:
    (r,) = list(read(b"Name,Abstract\nA,B\n", {"title": "Abstract"}))
    assert isinstance(r, Record)
    assert (r.title, r.abstract) == ("B", "")


def test_the_number_of_europe_pmc_without_its_source_is_no_matter() -> None:
    (r,) = list(read(b"Title,Year,EXT_ID\nOne,2001,7\n"))
    assert isinstance(r, Record)
    assert r.title == "One"


def test_of_two_delimiters_by_which_as_much_is_known_it_is_the_comma() -> None:
    (r,) = list(read(b"Title,Year,Note;Abstract;DOI\nOne,2001,a;b;c\n"))
    assert isinstance(r, Record)
    assert (r.title, r.year, r.abstract) == ("One", 2001, "")


def test_between_tabs_a_quotation_mark_may_be_meant() -> None:
    found = rows('title\tabstract\n"A\ta\n"B\tb\nC\tc\n"D\td\n')
    assert [(r.line, r.title) for r in found if isinstance(r, Record)] == [(2, '"A'), (3, '"B'), (4, "C"), (5, '"D')]


def test_between_tabs_two_marks_that_would_swallow_cells_are_meant_too() -> None:
    assert [r.title for r in rows('title\tyear\tdoi\n"Green\t2001\t10.1/x\nBlue\t2002\t10.1/y"\n') if isinstance(r, Record)] == [
        '"Green',
        "Blue",
    ]


def test_a_second_header_names_the_columns_anew_unless_a_person_named_them() -> None:
    text = "title,authors,year,doi\nOne,A,2001,\nauthors,title,doi,year\nB,Two,,2002\n"
    assert [r.title for r in rows(text) if isinstance(r, Record)] == ["One", "Two"]
    assert [r.title for r in rows(text, {"title": "title"}) if isinstance(r, Record)] == ["One", "authors", "B"]


def test_huge_cells_and_nul_bytes() -> None:
    huge = "x" * 300_000
    assert one(f"title,abstract\nA,{huge}\n").abstract == huge
    assert [r.line for r in rows(b"title,abstract\nA\x00B,c\n\x00,\n")] == [2]


def test_given_columns_go_first() -> None:
    r = one("Title,Working title,Abstract\nA,W,B\n", {"title": "working title"})
    assert r.title == "W"
    assert ("Title", "A") in r.extra
    assert one("foo;bar\nA;B\n", {"title": "foo", "abstract": "bar"}).abstract == "B"


def test_a_given_column_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(FormatError, match="Abstrakt") as error:
        rows("Title,Abstract\nA,B\n", {"abstract": "Abstrakt"})
    assert "`Abstract`" in error.value.hint
    with pytest.raises(FormatError, match="no field"):
        rows("Title,Abstract\nA,B\n", {"abstrakt": "Abstract"})


def test_no_header() -> None:
    with pytest.raises(FormatError, match="no header"):
        rows("just, some\nprose, here\n")
    assert score("deaf*.mp. [mp=title, abstract, heading word]\n") == 0


@pytest.mark.parametrize("title", ["\x1a", "\ufeff \x1a", "On\n\x1aCtrl-Z", "\x1a\ufeff=1"])
def test_what_may_mark_the_end_of_a_file_and_stands_in_a_title_is_no_such_mark(title: str) -> None:
    made = Record(title=title, doi="10.1000/made-up")
    for name in ("csv", "tsv"):
        form = by_name(name)
        assert form.write
        assert list(form.read(b"".join(form.write([made])), {})) == [replace(made, line=2, raw=ANY)]


_cell = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff"), max_size=30)


@given(
    st.lists(st.tuples(_cell, _cell.map(lambda c: f"{c}\n\n{c}")), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_generated_tables_keep_count_and_title(entries: list[tuple[str, str]], delimiter: str, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["Title", "Abstract", "Year"])
    for number, (title, abstract) in enumerate(entries):
        writer.writerow([f"T{number} {title}", abstract, "2001"])
    found = rows(out.getvalue())
    assert len(found) == len(entries)
    for number, (r, (title, _)) in enumerate(zip(found, entries, strict=True)):
        assert isinstance(r, Record)
        if "&" not in title:
            plain = seen(re.sub(r"\\([%#_$])", r"\1", title))  # signs that a script left as LaTeX has them; without what nobody sees
            assert r.title == " ".join(f"T{number} {plain}".split())


@given(st.text(alphabet='ab",;\n\t ', max_size=120))
def test_any_table_is_read_to_its_end(body: str) -> None:
    found = rows("title,abstract,doi\n" + body)
    lines = [r.line for r in found]
    assert lines == sorted(lines)


def test_columns_of_a_tables_own_are_written_again_as_columns() -> None:
    assert FORMAT.write
    table = "title,My score,Study [x],sp,My score 2\nA,7,y,3,\nB,8,,,=1\n"
    records = [r for r in read(table.encode()) if isinstance(r, Record)]
    records = [*records, Record(title="C", extra=(("a OR b", "c"),))]
    written = b"".join(FORMAT.write(records, carried := Counter())).decode("utf-8-sig")
    header, first, second, third = csv.reader(written.splitlines())
    assert header[-4:] == ["My score", "Study [x]", "My score 2", "review_record"]
    assert first[-4:-1] == ["7", "y", ""]
    assert second[-4:] == ["8", "", "'=1", ""]
    assert third[-1]  # as a column it would look like a strategy
    assert set(carried) == {"a OR b"}
    assert [r.extra for r in read(written.encode()) if isinstance(r, Record)] == [r.extra for r in records]


def test_a_table_with_tabs() -> None:
    form = by_name("tsv")
    assert form.write
    record = Record(title="A\tB", abstract="One.\nTwo.", authors=("Marx, Karl",), type="x")
    written = b"".join(form.write([record])).decode("utf-8-sig")
    assert [line.count("\t") for line in written.splitlines()] == [written.splitlines()[0].count("\t")] * 2
    (back,) = read(written.encode())
    assert isinstance(back, Record)
    assert (back.title, back.abstract) == (record.title, record.abstract)


def test_columns_that_databases_call_as_no_other_does() -> None:
    wos = one("PT\tAU\tTI\tSO\tDT\tDE\tID\tPG\tBP\tEP\tUT\nJ\tMarx, K\tA\tX\tArticle\ta; b\tC\t6\t45\t50\tWOS:1\n")
    assert (wos.pages, wos.type, wos.keywords) == ("45-50", "Article", ("a", "b", "C"))
    epmc = one("SOURCE,EXT_ID,PMCID,TITLE,PAGE_INFO,JOURNAL_ISSN\nMED,30012345,PMC1234567,A,45-50,1234-5678\n")
    assert (epmc.pmid, epmc.pmcid, epmc.pages, epmc.issn) == ("30012345", "PMC1234567", "45-50", "1234-5678")
    assert one("SOURCE,EXT_ID,TITLE\nPPR,PPR12345,A\n").pmid == ""
    zotero = one(
        '"Key","Item Type","Title","Publication Title","Date Added","Extra"\nX,journalArticle,A,J,2020,"PMID: 30012345\nPMCID: PMC1234567"\n'
    )
    assert (zotero.pmid, zotero.pmcid) == ("30012345", "PMC1234567")
    assert one('Cites,Authors,Title,Year\n1,"J Smith, AB Jones",A,2019\n').authors == ("J Smith", "AB Jones")
    assert one('an,title,abstract,contributors,plink\n1,A,B,"Marx, Karl; Ek, B",x\n').authors == ("Marx, Karl", "Ek, B")
    assert one("NCT Number,Study Title,Study URL,Start Date\nNCT01234567,A,https://x.org,2019-03-01\n").year == 2019


@pytest.mark.parametrize(
    ("name", "field"),
    [("Title (English)", "title"), ("title_en", "title"), ("Review Title", "title"), ("Author/Editor", "authors"), ("Author 1", "authors"),
     ("Journal/Publisher", "journal"), ("Abstract (English)", "abstract"), ("DOI/ISBN", "doi"), ("PMID/ID", "pmid"),
     ("Number/Issue", "issue"), ("Date of award", "year"), ("Title (include?)", ""), ("Abstract decision (1/0)", "")],
)  # fmt: skip
def test_a_looser_name_stands_for_a_field_that_no_other_column_has(name: str, field: str) -> None:
    mapped = map_columns(["Language", name, "Title", "DOI", "Title 2"] if field not in ("title", "doi") else ["Language", name])
    assert [f for f, columns in mapped.fields.items() if 1 in columns] == [field] * bool(field)
    assert map_columns(["Title (English)", "Title"]).of("title") == (1,)


def test_quotation_marks_behind_a_backslash() -> None:
    """MySQL and R write them so; elsewhere a backslash is a backslash."""
    text = 'Title,Abstract\n"He said \\"no\\", then left","C:\\\\x"\n"B \\"q\\"",y\n'
    found = list(read(text.encode()))
    assert [(r.title, r.abstract) for r in found if isinstance(r, Record)] == [('He said "no", then left', "C:\\\\x"), ('B "q"', "y")]
    assert [r.raw for r in found] == text.splitlines()[1:]
    (plain,) = read(b'Title,Abstract\n"$\\alpha$ of ""B""","C:\\x\\"\n')
    assert isinstance(plain, Record)
    assert (plain.title, plain.abstract) == ('$\\alpha$ of "B"', "C:\\x\\")


def test_between_tabs_a_quotation_mark_within_a_cell_is_one() -> None:
    a, b, c = read(b'Title\tAuthors\tYear\n"Quoted" study\tMarx K\t2001\n"All of it"\tMarx K\t2001\n"A ""B"""\tMarx K\t2001\n', {})
    assert [r.title for r in (a, b, c) if isinstance(r, Record)] == ['"Quoted" study', "All of it", 'A "B"']


@pytest.mark.parametrize("name", ["No.", "Number", "Número", "号"])
def test_a_number_before_all_else_counts_the_rows_and_is_no_issue(name: str) -> None:
    counted = one(f"{name},Author,Title,Year,Volume\n41,Maker B,On wardens,2012,7")
    assert (counted.issue, counted.volume, counted.extra) == ("", "7", ((name, "41"),))
    assert one(f"Author,Title,Year,Volume,{name}\nMaker B,On wardens,2012,7,41").issue == "41"
    assert one("Issue,Title,Year\n41,On wardens,2012").issue == "41"


def test_a_quotation_mark_behind_a_blank_opens_a_cell_where_the_cells_are_as_many_then() -> None:
    found = rows('Title, Authors, Year\n"On kerbs", "Ray, A", 2021\nOn lamps, "Kay, C\nPoe, D", 2022\nOn "bins", so, 2020\n')
    assert [(r.title, r.authors, r.year) for r in found if isinstance(r, Record)] == [
        ("On kerbs", ("Ray, A",), 2021),
        ("On lamps", ("Kay, C", "Poe, D"), 2022),
        ('On "bins"', ("so",), 2020),
    ]


def test_commas_in_keywords_by_what_the_column_shows() -> None:
    """A heading with a comma alone in its cell became two, in a column of lists parted by semicolons."""
    header = "title,keywords\n"
    lists = [
        r.keywords
        for r in rows(f'{header}One,"obesity, children, school"\nTwo,asthma\nThree,"a; b"\nFour,"x, y"\n')
        if isinstance(r, Record)
    ]
    assert lists == [("obesity", "children", "school"), ("asthma",), ("a", "b"), ("x", "y")]
    lists = [
        r.keywords
        for r in rows(f'{header}One,"Receptors, Insulin"\nTwo,"Aged, 80 and over; Humans"\nThree,a; b\n')
        if isinstance(r, Record)
    ]
    assert lists == [("Receptors, Insulin",), ("Aged, 80 and over", "Humans"), ("a", "b")]
    found = [r for r in rows(f'{header}One,"Receptors, Insulin"\nTwo,"Aged, 80 and over; Humans"\nThree,a; b\n') if isinstance(r, Record)]
    assert FORMAT.write is not None
    for notes in (True, False):
        back = rows(b"".join(FORMAT.write(found, notes=notes)))
        assert [r.keywords for r in back if isinstance(r, Record)] == lists


def test_in_zoteros_table_a_thesis_says_its_degree_and_a_report_its_number() -> None:
    header = "Key,Item Type,Publication Year,Author,Title,Publication Title,Date Added,Access Date,Issue,Type,Number\n"
    thesis, report, preprint = records(
        f'{header}A,thesis,2015,"Roe, J",Walks,,2020-01-01,2020-01-02 03:04:05,,Master\'s thesis,\n'
        'B,report,2015,"Roe, J",Walks of all,,2020-01-01,,,Working paper,WHO/1/2\nC,preprint,2015,"Roe, J",Walks soon,,2020-01-01,,,,2020.01.02\n'
    )
    assert (thesis.type, report.issue, preprint.issue) == ("thesis", "WHO/1/2", "")
    assert ("genre", "Master's thesis") in thesis.extra
    written = b"".join(by_name("ris").write([thesis], notes=False)).decode()
    assert [line for line in written.splitlines() if line[:2] == "M3"] == ["M3  - Master's thesis"]
    assert '"number": "WHO/1/2"' in b"".join(by_name("csl-json").write([report])).decode()


def test_the_month_in_covidences_table_is_that_of_the_work() -> None:
    (found,) = records('Title,Authors,Published Year,Published Month,Journal,Covidence #\nWalks,"Roe, J",2019,May,Soil,#1\n')
    assert ("month", "May") in found.extra
    assert '"issued": {"date-parts": [[2019, 5]]}' in b"".join(by_name("csl-json").write([found])).decode()


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_two_columns_that_are_written_have_one_name(form: str) -> None:
    record = Record(title="Walks", url="https://x.org/a", extra=(("url", "https://x.org/b"), ("url", "https://x.org/c"), ("ID", "k1")))
    write = by_name(form).write
    assert write
    written = b"".join(write([record], notes=False)).decode("utf-8-sig")
    header = written.splitlines()[0].split("," if form == "csv" else "\t")
    assert len(header) == len(set(header))
    (back,) = (r for r in read(written.encode()) if isinstance(r, Record))
    assert (back.url, [text for name, text in back.extra if name == "url"]) == (record.url, ["https://x.org/b; https://x.org/c"])


def test_what_is_written_of_columns_without_names_is_read_again() -> None:
    """The first row of a table without a header is taken for one where a name stands in it by chance."""
    found = Record(title="Wardens and neighbours", extra=(("http://example.org/a", "1"), ("A sentence. " * 30, "2"), ("10.1000/x.7", "3")))
    assert FORMAT.write is not None
    text = b"".join(FORMAT.write([found]))
    (again,) = rows(text)
    assert score(text.decode("utf-8-sig")) == 1
    assert isinstance(again, Record)
    assert (again.title, again.extra) == (found.title, found.extra)


def test_the_people_of_diva_are_in_its_column_of_names() -> None:
    people = "Roe, Anna [u123456] [0000-0002-1825-0097] (Univ X, Dept of Y);Öberg, Per [0000-0002-1825-0098] [abc1234];Low, Bo (Jr)"
    text = f'"PID","Name","Title","PublicationType","HostPublication","Year"\n"1","{people}","Walks","Kapitel i bok","Towns","2020"\n'
    (found,) = FORMAT.read(text.encode(), {})
    assert isinstance(found, Record)
    assert (found.authors, found.journal) == (("Roe, Anna", "Öberg, Per", "Low, Bo (Jr)"), "Towns")
    assert {("affiliation", "Univ X, Dept of Y"), ("AUID", "ORCID: 0000-0002-1825-0098")} <= set(found.extra)


def test_theses_of_france() -> None:
    text = "Auteur;Titre;Etablissement de soutenance;Date de soutenance;Langue de la these\nAnne Roe;Marches;Paris 7;12-06-2015;fr\n"
    (found,) = FORMAT.read(text.encode(), {})
    assert isinstance(found, Record)
    assert (found.year, found.language, ("publisher", "Paris 7") in found.extra) == (2015, "fr", True)


def test_two_inventors_of_google_patents_are_two() -> None:
    text = 'id,title,inventor/author,publication date,result link\nUS-1,Kerbs,"Jane Roe, Edgar Poe",2018-05-06,https://patents.google.com/patent/US1/en\n'
    assert one(text).authors == ("Jane Roe", "Edgar Poe")
