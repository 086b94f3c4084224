"""Files that people put together from several formats: what the reader of one can't read is a reject, never a remark on the entry beside it."""

from __future__ import annotations

import itertools

import pytest

from review.errors import FormatError
from review.formats.registry import detect
from review.model.record import Record, Reject

ENTRIES = {
    "ris": "TY  - JOUR\nTI  - A title of RIS\nAU  - Marx, K\nER  - \n",
    "nbib": "PMID- 12345\nOWN - NLM\nSTAT- MEDLINE\nTI  - A title of PubMed\nFAU - Marx, Karl\n",
    "bibtex": "@article{marx,\n  title = {A title of BibTeX},\n  author = {Marx, K},\n}\n",
    "refer": "%0 Journal Article\n%T A title of Refer\n%A Marx, K\n%D 2001\n",
    "wos": "PT J\nAU Marx, K\nTI A title of Web of Science\nER\n",
    "csv": "Title,Authors,Year,DOI\nA title of a table,Marx K,2001,10.1000/x\n",
    "xml": "<records><record><rec-number>1</rec-number><ref-type name='Book'>6</ref-type><titles><title>A title of XML</title></titles></record></records>\n",
    "jats": "<article article-type='x'><front><article-meta><title-group><article-title>A title of JATS</article-title></title-group></article-meta></front></article>\n",
    "pubmed": "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A title of PubMed's XML</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n",
    "json": '[{"id": "a", "type": "book", "title": "A title of JSON"}]\n',
}
PAIRS = list(itertools.permutations(ENTRIES, 2))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_formats_in_one_file(one: str, other: str) -> None:
    data = f"{ENTRIES[one]}\n{ENTRIES[other]}".encode()
    found = list(detect(data).read(data, {}))
    told = "\n".join(entry.title if isinstance(entry, Record) else entry.raw for entry in found)
    for name in (one, other):
        assert (
            ENTRIES[name][ENTRIES[name].index("A title") :].split("\n")[0].split("<")[0].split("}")[0].split(",")[0].rstrip('"]}') in told
        )
    (reject,) = [entry for entry in found if isinstance(entry, Reject)]
    assert "save it as a file of its own" in reject.reason
    assert data.decode().split("\n")[reject.line - 1].strip().removeprefix("<records>") in reject.raw


TEXTS = {
    **{name: ENTRIES[name] for name in ("ris", "nbib", "refer", "wos")},
    "refworks": "RT Journal Article\nT1 A title of RefWorks\nA1 Marx, K\n",
    "bibtex": ENTRIES["bibtex"],
    "ovid": "<1>\nAccession Number\n  123456\nTitle\n  A title of Ovid\n",
    "pubmed's text": "1. J Walks. 2019 Mar;1(1):2-3.\n\nA title of text.\n\nMarx K.\n\nPMID: 12345\n",
}


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        *((one, other, "\n") for one, other in itertools.permutations(TEXTS, 2)),
        *((one, "nbib", "") for one in ("refer", "wos", "refworks")),
    ],
)
def test_two_entries_of_two_formats_are_four(one: str, other: str, between: str) -> None:
    data = between.join(TEXTS[name] for name in (one, one, other, other)).encode()
    found = list(detect(data).read(data, {}))
    assert [isinstance(entry, Record) for entry in found] in ([True, True, False, False], [False, False, True, True])


@pytest.mark.parametrize("one", ["ris", "nbib", "refer", "wos"])
@pytest.mark.parametrize(
    "other",
    [
        '[\n  {\n    "id": "a",\n    "type": "book",\n    "title": "Boats"\n  }\n]\n',
        "PT\tAU\tBA\tBE\tGP\tAF\tBF\tCA\tTI\tSO\tSE\tBS\tLA\tDT\tCT\tCY\tCL\tSP\tHO\tDE\tID\tAB\tC1\tRP\tEM\tRI\tOI\tFU\tFX\tCR\tNR\tTC\tZ9\tU1\tU2\tPU\tPI\tPA\tSN\tEI\tBN\tJ9\tJI\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tUT\nJ\tRoe, J\t\t\t\t\t\t\tBoats\n",
    ],
)
def test_a_list_that_begins_with_a_line_of_its_own_and_a_wide_table(one: str, other: str) -> None:
    record, reject = detect(data := f"{ENTRIES[one]}\n{other}".encode()).read(data, {})
    assert isinstance(record, Record)
    assert "Boats" not in repr(record)
    assert isinstance(reject, Reject)
    assert reject.raw == other.strip()
    (record,) = detect(data := f"{ENTRIES['ris'][:-7]}AB  - In brackets:\n[\nthese\nER  - \n".encode()).read(data, {})
    assert isinstance(record, Record)
    assert record.abstract == "In brackets:\n[\nthese"


def test_an_entry_of_another_format_stands_in_its_reject_alone() -> None:
    data = b"TY  - JOUR\nTI  - One\nER  - \n@article{k,\n title={Two}}\n\nTY  - JOUR\nTI  - Three\nER  - \n"
    assert ["@article" in repr(entry) for entry in detect(data).read(data, {})] == [False, True, False]


@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "EF", "]"])
def test_files_joined_without_a_line_end_between_them(end: str) -> None:
    first = {
        "ER  - ": "TY  - JOUR\nTI  - First\n",
        "ER  -": "TY  - JOUR\nTI  - First\n",
        "EF": "PT J\nTI First\nER\n\n",
        "]": '[{"title": "First"}',
    }[end]
    data = f"{first}{end}TY  - JOUR\nTI  - Second\nER  - \n\nTY  - JOUR\nTI  - Third\nER  - \n".encode()
    assert [entry.title for entry in detect(data).read(data, {}) if isinstance(entry, Record)][-2:] == ["Second", "Third"]


@pytest.mark.parametrize(
    "other",
    [
        "@article{a,\n title={Second}\n}",
        "PMID- 12\nOWN - NLM\nTI  - Second",
        "%0 Journal Article\n%T Second",
        "PT J\nTI Second\nER",
        "RT Journal Article\nT1 Second",
        "title,authors,year,doi\nSecond,Marx K,2001,10.1000/x",
        '[{"title": "Second"},\n{"title": "More"}]',
    ],
)
@pytest.mark.parametrize("third", ["", "TY  - JOUR\nTI  - Third\nER  - \n"])
def test_an_entry_of_ris_without_its_end_takes_in_no_other_format(other: str, third: str) -> None:
    data = f"TY  - JOUR\nTI  - First\nAB  - Text.\n\n{other}\n\n{third}".encode()
    first, reject, *last = detect(data).read(data, {})
    assert isinstance(first, Record)
    assert (first.title, first.abstract, first.pmid) == ("First", "Text.", "")
    assert isinstance(reject, Reject)
    assert (reject.line, reject.raw) == (5, other)
    assert [entry.title for entry in last if isinstance(entry, Record)] == ["Third"] * bool(third)


def test_lists_of_json_one_after_another() -> None:
    data = f"{ENTRIES['json']}{ENTRIES['json']}and more\n".encode()
    a, b, rest = detect(data).read(data, {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert isinstance(rest, Reject)
    assert (rest.line, rest.raw) == (3, "and more")


def test_tables_one_after_another() -> None:
    data = b"Title,Authors,Year,DOI\nOne,Marx K,2001,10.1000/x\nDOI,Journal,Title,Authors,Abstract\n10.1000/y,J,Two,Engels F,Text\n"
    one, two = detect(data).read(data, {})
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert (one.title, one.doi, two.title, two.doi, two.abstract) == ("One", "10.1000/x", "Two", "10.1000/y", "Text")


def test_two_tables_of_ours_one_after_another() -> None:
    from review.formats.tables import csv_table

    a = Record(title="One\x0bline", extra=(("odd", "x"),))
    b = Record(title="<?xml Two", authors=("Marx, Karl",), extra=(("note", "y"), ("other", "z")))
    write = csv_table.FORMAT.write
    assert write
    data = b"".join([*write([a]), *write([b])])
    found = list(csv_table.FORMAT.read(data, {}))
    assert [(entry.title, entry.authors) for entry in found if isinstance(entry, Record)] == [(a.title, ()), (b.title, b.authors)]


def test_pages_of_an_answer_in_json_one_after_another_and_what_stands_behind() -> None:
    openalex = '{{"meta": {{}}, "results": [{{"id": "https://openalex.org/W{0}", "title": "{0}", "authorships": []}}], "group_by": ["]"]}}'
    pmc = '{{"resultList": {{"result": [{{"id": "{0}", "source": "MED", "title": "{0}"}}]}}, "nextPage": "}}"}}'
    for page in (openalex, pmc):
        data = f"{page.format(1)}\n{page.format(2)}\n{ENTRIES['csv']}".encode()
        a, b, table = detect(data).read(data, {})
        assert isinstance(a, Record)
        assert isinstance(b, Record)
        assert (a.title, b.title, b.line) == ("1", "2", 2)
        assert isinstance(table, Reject)
        assert (table.line, table.raw) == (3, ENTRIES["csv"].rstrip())


def test_a_broken_result_of_europe_pmc_costs_no_other() -> None:
    data = b'{"resultList": {"result": [{"id": "1", "source": "MED", "title": "A"}, {"id": }, {"id": "2", "source": "MED", "title": "B"}]}}'
    a, broken, b = detect(data).read(data, {})
    assert isinstance(a, Record)
    assert isinstance(broken, Reject)
    assert isinstance(b, Record)
    assert (a.title, b.title) == ("A", "B")


@pytest.mark.parametrize(
    ("begins", "entry", "ends"),
    [
        ("<PubmedArticleSet>", "<PubmedArticle><MedlineCitation><PMID>{0}</PMID></MedlineCitation></PubmedArticle>", "</PubmedArticleSet>"),
        ("<xml><records>", "<record><titles><title>{0}</title></titles></record>", "</records></xml>"),
    ],
)
def test_text_around_entries_of_xml_goes_with_the_nearest(begins: str, entry: str, ends: str) -> None:
    data = f"Saved from a browser.\n{begins}Of lamps.{entry.format(1)}between{entry.format(2)}{ends}\nBehind.\n".encode()
    a, b = detect(data).read(data, {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert a.extra == (("", "Saved from a browser."), ("", "Of lamps."))
    assert b.extra == (("", "between"), ("", "Behind."))


def test_empty_entries_of_pubmed_are_entries() -> None:
    data = b"<PubmedArticleSet><PubmedArticle/><PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    empty, one = detect(data).read(data, {})
    assert isinstance(empty, Reject)
    assert isinstance(one, Record)


def test_a_row_above_the_header_is_a_reject_and_what_was_searched_is_not() -> None:
    data = b'"wardens",,,\nOne,Marx K,2001,10.1000/x\nTitle,Authors,Year,DOI\nTwo,Engels F,2002,10.1000/y\n'
    above, two = detect(data).read(data, {})
    assert isinstance(above, Reject)
    assert (above.line, above.raw) == (2, "One,Marx K,2001,10.1000/x")
    assert isinstance(two, Record)
    assert (two.title, two.extra) == ("Two", (("", '"wardens",,,'),))


def test_an_entry_of_xml_whose_opening_tag_is_broken_is_a_reject() -> None:
    entry = "<record><titles><title>{0}</title></titles><notes><![CDATA[of {0}]]></notes></record>"
    torn = entry.format(2).replace("<rec", "<re\x01", 1)
    data = f"<xml><records>{entry.format(1)}{torn}\n{entry.format(3)}</records></xml>".encode()
    a, broken, c = detect(data).read(data, {})
    assert isinstance(a, Record)
    assert isinstance(c, Record)
    assert isinstance(broken, Reject)
    assert (a.title, c.title, broken.line) == ("1", "3", 1)
    assert "of 2" in broken.raw


def test_a_row_with_an_address_or_a_doi_names_no_columns() -> None:
    data = b"A study,Summary,pt,10.1000/x\nTitle,Abstract,Year,DOI\nTwo,Text,2002,10.1000/y\n"
    above, two = detect(data).read(data, {})
    assert isinstance(above, Reject)
    assert isinstance(two, Record)
    assert (two.title, two.abstract, two.doi) == ("Two", "Text", "10.1000/y")


def test_what_is_left_behind_an_end_of_pubmeds_xml_that_comes_too_early_is_kept() -> None:
    entry = "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Of {0}</ArticleTitle>{1}</Article></MedlineCitation></PubmedArticle>\n"
    early = entry.format(1, "</PubmedArticle><Language>leftover</Language>")
    unopened = entry.format(2, "").replace("<PubmedArticle><MedlineCitation>", "<PubmedArt\x01cle><Medline\x01Citation>")
    data = f"<PubmedArticleSet>{early}{unopened}{entry.format(3, '')}</PubmedArticleSet>".encode()
    cut, torn, three = detect(data).read(data, {})
    assert isinstance(cut, Reject)
    assert isinstance(torn, Reject)
    assert isinstance(three, Record)
    assert "leftover" in cut.raw
    assert (torn.line, "Of 2" in torn.raw, three.title) == (2, True, "Of 3")


def test_rows_whose_header_stands_below_them_all_are_rejects() -> None:
    data = b"Found on Monday\nA study,An abstract\nAnother,\ntitle,abstract\n"
    found = list(detect(data).read(data, {}))
    assert all(isinstance(one, Reject) for one in found)
    assert [(one.line, one.raw) for one in found] == [(2, "A study,An abstract\nFound on Monday"), (3, "Another,")]


def test_a_row_with_the_number_of_a_work_is_no_header() -> None:
    row = b"%d,Title of it,J Test 2019. doi: 10.1000/x%d,citation,PMID:3133610%d | PMCID:PMC59404%d,pubmed\n"
    with pytest.raises(FormatError, match="is a table in which no column"):
        detect(b"".join(row % (n, n, n, n) for n in range(9)))


@pytest.mark.parametrize("xml", ["xml", "pubmed", "jats"])
def test_prose_around_xml_is_kept_whatever_signs_are_in_it(xml: str) -> None:
    """What stood before a `>` of its own was lost."""
    before, behind = "Search of May: hits > 10, p < 0.05, by Ana.", "Behind it, n > 3 and m < 5,\nstands a note > others."
    data = f"{before}\n<?xml version='1.0'?>\n{ENTRIES[xml]}{behind}\n".encode()
    (found,) = detect(data).read(data, {})
    assert isinstance(found, Record)
    kept = [text for tag, text in found.extra if not tag]
    assert kept == [before, behind]


HEADERS = {
    ",": 'title,authors,year,abstract\nOne study,"Roe, A; Poe, B",2001,"We looked, and saw."\n',
    "\t": "Title\tAuthors\tPublication Year\tDOI\nAnother; study, here\tLee, K\t2002\t10.1000/t\n",
    ";": '"Titel";"Autor";"Jahr";"DOI"\n"Third, of studies";"Moe, C";2003;10.1000/s\n',
}


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(HEADERS, 2)))
@pytest.mark.parametrize("between", ["", "\n"])
def test_two_tables_whose_cells_are_parted_otherwise(one: str, other: str, between: str) -> None:
    """The second was cut at the commas of the first, or the first was what stands above a header."""
    found = [
        [
            (r.title, r.authors, r.year, r.abstract, r.doi, r.extra)
            for r in detect(text.encode()).read(text.encode(), {})
            if isinstance(r, Record)
        ]
        for text in (HEADERS[one] + between + HEADERS[other], HEADERS[one], HEADERS[other])
    ]
    assert found[0] == found[1] + found[2]
    assert len(found[0]) == 2
