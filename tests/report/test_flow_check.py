"""Published flows: which identity fails, in words, whatever the layout of the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from review.errors import FlowError, FormatError
from review.report.flow_cells import number
from review.report.flow_check import check, wrong
from review.report.flow_csv import write
from review.report.flow_names import key_of
from review.report.flow_of import flow_of
from review.report.flow_sums import Finding
from review.report.prisma_keys import KEYS
from review.report.published import Published, read

WHOLE = {
    "previous_studies": "0", "previous_reports": "0", "database_results": "1,000", "database_specific_results": "PubMed, 700; Scopus, 300",
    "register_results": "20", "register_specific_results": "ISRCTN, 20", "website_results": "30", "organisation_results": "5", "citations_results": "15",
    "duplicates": "200", "excluded_automatic": "0", "excluded_other": "20", "records_screened": "800", "records_excluded": "700",
    "dbr_sought_reports": "100", "dbr_notretrieved_reports": "10", "other_sought_reports": "50", "other_notretrieved_reports": "5",
    "dbr_assessed": "90", "dbr_excluded": "Wrong place, 40; No data, 20", "other_assessed": "45", "other_excluded": "No data, 40",
    "new_studies": "30", "new_reports": "35", "total_studies": "30", "total_reports": "35", "total_studies_ma": "10", "total_reports_ma": "12",
}  # fmt: skip


def table(**changes: str | None) -> bytes:
    """The interchange file with some cells changed, or rows left out (None)."""
    values = WHOLE | changes
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"])
    for key in KEYS:
        if (value := values.get(key.name, "0")) is not None:
            rows.writerow([key.name or "NA", key.node or "NA", key.box, key.text, key.text, "NA", "NA", value])
    return text.getvalue().encode()


def found(data: bytes) -> dict[str, Finding]:
    (flow,) = read(data, "f.csv")
    return {f.id: f for f in wrong(check(flow))}


def test_a_whole_flow_adds_up() -> None:
    (flow,) = read(table())
    assert {f.state for f in check(flow)} == {"holds"}
    assert {f.id for f in check(flow)} == {"F02", "F03", "F04", "F06", "F07", "F10", "F11", "F13", "F14", "F18"}


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({"database_results": "1,010"}, "F02", "PubMed 700 + Scopus 300 = 1,000, but 1,010 is given as their total (10 too many)"),
        ({"register_specific_results": "ISRCTN, 12"}, "F03", "20 is given as their total (8 too many)"),
        ({"duplicates": "190"}, "F04", "10 records are not accounted for"),
        ({"records_screened": "801"}, "F04", "1 more was screened than were left"),
        ({"dbr_sought_reports": "102", "dbr_notretrieved_reports": "12"}, "F06", "2 more than records were kept"),
        ({"dbr_assessed": "91", "dbr_excluded": "x, 61"}, "F07", "1 more was assessed than retrieved"),
        ({"dbr_excluded": "Wrong place, 95"}, "F08", "95 reports excluded, more than the 90 assessed"),
        ({"dbr_excluded": "Wrong place; No data, 60"}, "F09", "no number is given for the reason ‘Wrong place’"),
        ({"website_results": "40"}, "F10", "no box for the 10 left out before retrieval"),
        ({"website_results": "20"}, "F10", "10 more were sought than were identified"),
        ({"other_notretrieved_reports": "4"}, "F11", "1 report is not accounted for"),
        ({"other_excluded": "No data, 46"}, "F12", "46 reports excluded, more than the 45 assessed"),
        ({"new_reports": "36", "total_reports": "36"}, "F13", "36 reports are given as included (1 too many)"),
        ({"new_studies": "40", "total_studies": "40"}, "F14", "possible only if a report tells of several studies"),
        ({"new_reports": "0", "total_reports": "0"}, "F14", "every study has at least one report"),
        ({"previous_studies": "5", "total_studies": "34"}, "F15", "5 previous + 30 new = 35, but 34 studies are given in total"),
        ({"previous_studies": "5", "total_studies": "35", "previous_reports": "6"}, "F16", "6 previous + 35 new = 41"),
        ({"total_studies": "31"}, "F17", "A new review has no previous studies"),
        ({"total_studies_ma": "31"}, "F18", "31 studies in the meta-analysis, more than the 30 included"),
        ({"records_excluded": "-700"}, "F01", "‘-700’ is below zero"),
        ({"records_excluded": "7e2"}, "F01", "is not a number"),
        ({"records_excluded": "700.5"}, "F01", "is not a whole number"),
    ],
)
def test_each_break_is_named(changes: dict[str, str], rule: str, words: str) -> None:
    finding = found(table(**changes)).get(rule)
    assert finding is not None
    assert words in finding.text


def test_what_is_not_given_is_not_taken_for_zero() -> None:
    (flow,) = read(table(records_excluded="NA", dbr_notretrieved_reports="", dbr_excluded="Reason1, xxx; Reason2, xxx; Reason3, xxx"))
    states = {f.id: f.state for f in check(flow)}
    assert "records_excluded" not in flow.numbers
    assert states["F06"] == "unknown"
    assert states["F07"] == "missing"
    assert not wrong(check(flow))
    assert not wrong(check(read(table(**dict.fromkeys(("duplicates", "excluded_automatic", "excluded_other"))))[0]))


def test_unused_rows_of_a_new_review_may_stay_zero() -> None:
    assert not found(table(total_studies="0", total_reports="0", total_studies_ma="0", total_reports_ma="NA"))
    assert not found(table(website_results="0", organisation_results="0", citations_results="0", other_sought_reports="0",
                           other_notretrieved_reports="0", other_assessed="0", other_excluded="Reason1, xxx; Reason2, xxx",
                           new_reports="30", new_studies="30", total_studies="", total_reports="xxx"))  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(codec: str, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(csv.reader(io.StringIO(table(dbr_excluded="Größe, 60").decode(), newline="")))
    (flow,) = read(text.getvalue().encode(codec))
    assert flow.lists["dbr_excluded"] == (("Größe", 60),)
    assert not wrong(check(flow))


def test_a_table_with_one_flow_a_row_and_one_with_one_number_a_row() -> None:
    wide = read(b"id\tRecords screened\tRecords excluded\tReports assessed\tnotes\nA\t100\t90\t10\tx\nB\t100\t90\t11\ty\n")
    assert [(f.name, f.line, bool(wrong(check(f)))) for f in wide] == [("A", 2, False), ("B", 3, True)]
    (tall,) = read(b"item,n\nRecords screened,100\nRecords excluded,90\nReports sought for retrieval,(n = 10)\nReports not retrieved,1\nReports assessed for eligibility,9\nReports excluded,\"No data, 4\"\nStudies included,5\n")  # fmt: skip
    assert tall.numbers["dbr_sought_reports"] == 10
    assert {f.state for f in check(tall) if f.id in ("F06", "F07", "F13")} == {"holds"}


def test_names_may_stand_in_any_column_and_duplicates_be_given_as_what_is_left() -> None:
    lines = (
        "found,100",
        "found_other,10",
        "no_dupes,90",
        "screened,90",
        "screen_exclusions,60",
        "full_text,30",
        "full_text_exclusions,20",
        "qualitative,11",
    )
    (flow,) = read(("search,date,prisma_statements,value\n" + "".join(f"1,2021,{x}\n" for x in lines)).encode())
    told = {f.id: f for f in check(flow)}
    assert told["F04"].text == "90 records left after duplicates were removed = 90 records screened."
    assert told["F13"].state == "fails"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n1,2\n", b'{"x": 1}', "título;autor\nx;y\n".encode("cp1252"), b"\x00\x01\x02"])
def test_what_is_no_flow_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(FormatError):
        read(data, "f.csv")


@pytest.mark.parametrize(("cell", "n"), [("1,234", 1234), ("1 234", 1234), ("(n=12)", 12), ("n = 1,002", 1002), ("5.0", 5), ("0", 0), ("xxx", None), ("NA", None)])  # fmt: skip
def test_numbers_as_people_write_them(cell: str, n: int | None) -> None:
    assert number(cell) == (n, "")


def test_the_published_flows_are_judged_as_their_notes_say(shared: Callable[[str], Path]) -> None:
    flows = {f.name: f for f in read(shared("prisma/flows.tsv").read_bytes())}
    broken = {name: sorted({f.id for f in wrong(check(flow))}) for name, flow in flows.items() if wrong(check(flow))}
    assert broken == {"DR-epTB-review__PRISMA.csv": ["F06"], "idx42535683137": ["F13"], "openalex_snowball": ["F07"]}


def test_other_sources_may_have_been_screened_with_the_rest() -> None:
    (flow,) = read(
        b"found,found_other,duplicates,screened,screen_exclusions,full_text,full_text_exclusions,qualitative\n90,10,20,80,60,20,15,5\n"
    )
    assert not wrong(check(flow))
    assert "screened with the rest" in next(f.text for f in check(flow) if f.id == "F04")
    # with an arm of their own they would count twice
    double = {"records_screened": "850", "dbr_sought_reports": "150", "dbr_assessed": "140", "dbr_excluded": "x, 110"}
    assert "counted twice" in found(table(**double))["F04"].text


@pytest.mark.parametrize("changes", [{}, {"previous_studies": "5", "previous_reports": "6", "total_studies": "35", "total_reports": "41"}])
def test_a_flow_read_is_a_flow_written(changes: dict[str, str]) -> None:
    flow = flow_of(read(table(**changes))[0])
    again = read(write(flow).encode())[0]
    first = read(table(**changes))[0]
    assert (again.numbers, again.lists) == (first.numbers, first.lists)
    assert flow.previous is not None or not changes


def test_a_broken_flow_is_not_drawn_and_one_to_explain_has_its_note() -> None:
    with pytest.raises(FlowError, match="10 records are not accounted for"):
        flow_of(read(table(duplicates="190"))[0])
    flow = flow_of(read(table(dbr_sought_reports="102", dbr_notretrieved_reports="12"))[0])
    assert "2 more than records were kept" in flow.footnotes[0]


def test_partial_flows_never_crash() -> None:
    keys = list(WHOLE)
    for n in range(len(keys)):
        for m in range(n, len(keys)):
            for f in read(table(**{keys[n]: "NA", keys[m]: ""})):
                assert all(x.text for x in check(f))
    assert check(Published()) == ()


def test_a_name_with_thousands_of_blanks_is_told_at_once() -> None:
    blanks = " " * 20_000
    assert key_of(f"Records screened (n ={blanks}12)") == key_of("Records screened (n = 12)") != ""
    assert key_of(f"Records screened n ={blanks}x") == key_of("Records screened n = x")
