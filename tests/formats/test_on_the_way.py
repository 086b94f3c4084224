"""What happens to exports between the database and here: quoted, pasted, saved as a web page, put together, ended twice."""

from __future__ import annotations

import csv
import html
import io
from typing import Literal

import pytest

from review.formats.characters.dress import undressed
from review.formats.registry import detect
from review.model.record import Record, Reject

RIS = "TY  - JOUR\nTI  - Care & cure\nAU  - Doe, Jane\nUR  - https://x.org/?a=1&b=2\nER  - \n\nTY  - BOOK\nTI  - Another\nAB  - It goes\n  on.\nER  - \n"
NBIB = "PMID- 1234567\nTI  - A title that\n      goes on.\nVI  - 3\n\nPMID- 1234568\nTI  - Another.\nVI  - 4\n"
BIB = "@article{a,\n  title = {Care},\n  year = {2001}\n}\n\n@book{b,\n  title = {Another}\n}\n"
WOS = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\nTI Care\nPY 2001\nER\n\nPT J\nTI Another\nER\n\nEF\n"
REFER = "%0 Journal Article\n%T Care\n%A Doe, J\n%D 2001\n\n%0 Book\n%T Another\n"
OVID = "<1>\nUnique Identifier\n  12345678\nTitle\n  Care.\nYear of Publication\n  2001\n\n<2>\nTitle\n  Another.\n"
CSV = 'Title,Authors,Year,DOI\n"Care, and ""cure""","Doe J, Roe R",2001,10.1000/x1\nAnother,Roe R,2002,10.1000/x2\n'
SAMPLES = {"ris": RIS, "nbib": NBIB, "bibtex": BIB, "wos": WOS, "refer": REFER, "ovid": OVID, "csv": CSV}


def told(data: bytes) -> list[tuple[object, ...]]:
    """What the records of a file say, but for how the text stood there."""
    found = list(detect(data).read(data, {}))
    assert found == list(detect(data).read(io.BytesIO(data), {}))
    assert not any(isinstance(r, Reject) for r in found), found
    return [
        (r.title, r.abstract, r.authors, r.year, r.volume, r.doi, r.pmid, r.url, r.type, r.line) for r in found if isinstance(r, Record)
    ]


def each(prefix: str, text: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in text.split("\n")[:-1])


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    "damage",
    [
        lambda text: each("> ", text),
        lambda text: each("> ", text).replace("> \n", ">\n"),
        lambda text: each(">> ", text),
        lambda text: each("    ", text),
        lambda text: each("\t", text),
        lambda text: f"\ufeff\ufeff{text}",
        lambda text: f"{text}\x1a",
        lambda text: text.replace("\n", "\r\r\n"),
        lambda text: f"<!DOCTYPE html><html><head></head><body><pre>{html.escape(text, quote=False)}</pre></body></html>",
        lambda text: f'<html><body><pre style="x">{html.escape(text.replace(chr(10), chr(13)))}</pre>\n</body></html>',
    ],
    ids=[
        "quoted",
        "quoted, blanks cut",
        "quoted twice",
        "pasted",
        "pasted with tabs",
        "two marks",
        "DOS",
        "CRLF twice",
        "page",
        "page, CR",
    ],
)
def test_what_is_around_a_text_is_none_of_it(name: str, damage) -> None:  # type: ignore[no-untyped-def]
    text = SAMPLES[name]
    data = damage(text).encode()
    assert detect(data).name == name
    assert told(data) == told(text.encode())


@pytest.mark.parametrize("name", ["ris", "nbib", "bibtex", "wos", "refer"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_a_spreadsheet_quoted_is_unquoted(name: str, delimiter: str, quoting: Literal[0, 1]) -> None:
    text = (
        SAMPLES[name]
        .replace("Care", 'Care, "cure"; and\tmore')
        .replace("A title", 'A "title", old; or\tnew')
        .replace('"', "''" if name == "bibtex" else '"')
    )
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter, quoting=quoting).writerows([line] if line else [] for line in text.split("\n")[:-1])
    assert '\n"' in saved.getvalue()
    assert told(saved.getvalue().encode()) == told(text.encode())
    twice = 2 * saved.getvalue().replace("\r", "")
    for cut in range(len(twice) // 2, len(twice)):
        assert "".join(undressed(iter([twice[:cut], twice[cut:]]))) == 2 * text


@pytest.mark.parametrize("name", ["ris", "nbib", "wos", "refer"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_tagged_text_that_a_spreadsheet_opened_as_a_table_and_saved(name: str, delimiter: str) -> None:
    """It parts each line, fills all up to the longest, and puts cells in quotation marks that need them."""
    text = SAMPLES[name].replace("Care", 'Care, "cure", and; more').replace("A title", 'A "title", old; or new')
    rows = [next(csv.reader([line], delimiter=delimiter), []) for line in text.splitlines()]
    width = max(map(len, rows))
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter).writerows([*row, *[""] * (width - len(row))] for row in rows)
    assert told(saved.getvalue().encode()) == told(text.encode())
    assert told(text.replace("\n", f"{delimiter * 3}\n").encode()) == told(text.encode())


def test_a_comma_at_the_end_of_a_line_is_its_own_where_the_first_has_none() -> None:
    assert "".join(undressed(iter([RIS.replace("Care", "Care,")]))) == RIS.replace("Care", "Care,")


def test_a_line_in_quotation_marks_keeps_them_where_no_spreadsheet_wrote_them() -> None:
    text = 'TY  - JOUR\nTI  - Care\nAU  - Doe, J\nAB  - They said:\n"TI  - is a tag, is it?"\n"No."\nER  - \n'
    assert "".join(undressed(iter([text]))) == text


def test_a_page_over_several_lines_keeps_the_numbers_of_its_lines() -> None:
    page = f"<html>\n<body>\n<pre>{html.escape(RIS)}</pre>\n<p>and</p>\n<pre>{html.escape(RIS)}</pre></body></html>"
    found = list(detect(page.encode()).read(page.encode(), {}))
    assert [(r.line, r.title) for r in found if isinstance(r, Record)] == [
        (3, "Care & cure"),
        (9, "Another"),
        (16, "Care & cure"),
        (22, "Another"),
    ]


def test_pieces_that_end_within_a_line_lose_nothing() -> None:
    text = each("> ", "a > b\nc\n> d\n")
    for cut in range(len(text)):
        assert "".join(undressed(iter([each("> ", "x\ny\n"), text[:cut], text[cut:]]))) == "x\ny\na > b\nc\n> d\n"


@pytest.mark.parametrize("name", ["ris", "nbib", "bibtex", "wos", "refer", "csv"])
@pytest.mark.parametrize("between", ["", "\ufeff", "\x1a\n"], ids=["nothing", "a byte-order mark", "the end of a DOS file"])
def test_files_put_together(name: str, between: str) -> None:
    text = SAMPLES[name] + ("" if name == "csv" else "\n")
    alone = [said[:-1] for said in told(text.encode())]
    assert [said[:-1] for said in told(f"{text}{between}{text}".encode())] == alone * 2


@pytest.mark.parametrize("between", ["", "\ufeff", "\x1a"])
@pytest.mark.parametrize("text", [REFER, RIS, RIS.replace("  - ", " - ").replace("ER - ", "ER -")], ids=["refer", "ris", "ris, one blank"])
def test_files_put_together_without_a_line_end(text: str, between: str) -> None:
    alone = [said[:-1] for said in told(text.encode())]
    text = text.removesuffix("\n")
    assert [said[:-1] for said in told(f"{text}{between}{text}{between}{text}".encode())] == alone * 3


def test_ris_that_goes_on_with_another_file_on_its_last_line() -> None:
    text = RIS.removesuffix("\n")
    assert [said[0:1] + said[8:9] for said in told((text + text).encode())] == [("Care & cure", "JOUR"), ("Another", "BOOK")] * 2


def test_the_line_above_a_table_that_comes_again() -> None:
    text = f'"About the data: exported on 1 June."\n{CSV}'
    assert [said[0] for said in told((text + text).encode())] == ['Care, and "cure"', "Another"] * 2


SUMMARY = (
    "1: Doe J. A title. J Test. 2001 Mar;4(1):2-3. doi: 10.1000/x1. PMID: 11111111.\n\n"
    "2: Roe R. Another. J Test. 2002 Mar;5(1):4. PMID: 22222222.\n"
)
ABSTRACTS = "1. J Test. 2001 Mar;4(1):2-3.\n\nA title.\n\nDoe J.\n\n1. Aims. To see.\n\nPMID: 11111111\n\n\n2. J Test. 2002 Mar;5(1):4.\n\nAnother.\n\nPMID: 22222222\n"


@pytest.mark.parametrize("text", [SUMMARY, ABSTRACTS], ids=["summary", "abstracts"])
def test_numbers_that_begin_again_are_another_file(text: str) -> None:
    assert [(said[0], said[6]) for said in told((text + text).encode())] == [("A title.", "11111111"), ("Another.", "22222222")] * 2


def test_entries_that_begin_with_another_number_than_pubmeds() -> None:
    """ERIC's, each of which begins with its own."""
    text = "OID - EJ1205678\nOWN - ERIC\nTI  - A title\nOAB - What it is about.\nDP  - 2019\n\nOID - ED612345\nOWN - ERIC\nTI  - Another\nDP  - 2015\n"
    found = [r for r in detect(text.encode()).read(text.encode(), {}) if isinstance(r, Record)]
    assert [(r.accession, r.title, r.year, r.abstract) for r in found] == [
        ("EJ1205678", "A title", 2019, "What it is about."),
        ("ED612345", "Another", 2015, ""),
    ]


def test_tags_with_the_blanks_of_a_web_page() -> None:
    assert told(NBIB.replace("TI  -", "TI\xa0\xa0-").replace("VI  - ", "VI\t-\t").encode()) == told(NBIB.encode())


@pytest.mark.parametrize("end", ['\n"\n', '"', '"\n'])
def test_a_whole_file_that_a_script_wrote_as_one_cell(end: str) -> None:
    text = '"\nTY  - \nTI  - Of ""kerbs"", and more\nAU  - Doe, J\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - ' + end
    form = detect(text.encode())
    assert [entry.title for entry in form.read(text.encode(), {}) if isinstance(entry, Record)] == ['Of "kerbs", and more', "Two"]
