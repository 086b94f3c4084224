"""Flows as people keep them: whatever the layout, the names and the way of writing numbers, the same flow is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.report.flow_check import check, wrong
from review.report.flow_names import key_of
from review.report.published import Published, read

ROWS = (
    ("Records identified from databases", "1,234"), ("Records identified from registers", "16"), ("Duplicate records removed", "250"),
    ("Records screened", "1,000"), ("Records excluded", "900"), ("Reports sought for retrieval", "100"), ("Reports not retrieved", "5"),
    ("Reports assessed for eligibility", "95"), ("Reports excluded", "Wrong population (n = 40); Wrong outcome (n = 30)"),
    ("Studies included in review", "24"), ("Reports of included studies", "25"),
)  # fmt: skip
LINES = """\
Identification
Records identified from*: Databases (n = 1,234)
Registers (n = 16)
Records removed before screening: Duplicate records removed (n = 250), Records marked as ineligible by automation tools (n = 0)
Records screened (n = 1,000)
Records excluded** (n = 900)
Reports sought for retrieval (n = 100)
Reports not retrieved (n = 5)
Reports assessed for eligibility (n = 95)
Reports excluded: Wrong population (n = 40); Wrong outcome (n = 30)
Studies included in review (n = 24)
Reports of included studies (n = 25)
"""


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def numbers(change: str) -> tuple[tuple[str, str], ...]:
    """The rows with their numbers written otherwise: {} is the number without its comma."""
    return tuple((k, change.format(v.replace(",", "")) if v.replace(",", "").isdigit() else v) for k, v in ROWS)


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["See the other sheet"])
    sheet = book.create_sheet("Flow")
    sheet.append(["PRISMA flow of our review"])
    sheet.append([])
    for name, value in numbers("{}"):
        sheet.append([name, int(value) if value.isdigit() else value])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reasons(text: str) -> bytes:
    return table([(k, text if k == "Reports excluded" else v) for k, v in ROWS])


HEAD = ("Item", "Number")
LAYOUTS = {
    "with a header": table([HEAD, *ROWS]), "without": table(ROWS), "semicolons": table([HEAD, *ROWS], ";"), "tabs, UTF-16": table(ROWS, "\t").decode().encode("utf-16"),
    "a BOM": b"\xef\xbb\xbf" + table([HEAD, *ROWS]), "Excel on Windows": table([("Étape", "n"), *ROWS]).decode().encode("cp1252"),
    "a title above": table([("PRISMA flow",), (), HEAD, *ROWS]), "n = 1234": table([HEAD, *numbers("n = {}")]), "(n=1234)": table([HEAD, *numbers("(n={})")]),
    "bold": table([HEAD, *numbers("**{}**")]), "narrow blanks": table([(k, v.replace(",", "\u202f")) for k, v in ROWS]),
    "points for thousands": table([(k, v.replace(",", ".") if v[0].isdigit() else v) for k, v in ROWS]), "colons": table([(f"{k}:", v) for k, v in ROWS]),
    "a workbook": workbook(), "lines of a diagram": LINES.encode(),
    "a list": "\n".join(f"- **{k}**: {v}" for k, v in (*ROWS[:8], ("Reports excluded", "70"), *ROWS[9:])).encode(),
    "Markdown": "\n".join(["| Item | Number |", "|:--|--:|", *(f"| {k} | {v} |" for k, v in ROWS)]).encode(),
    "reasons by commas": reasons("Wrong population (n = 40), Wrong outcome (n = 30)"), "numbers first": reasons("40 Wrong population, 30 Wrong outcome"),
    "all commas": reasons("Wrong population, 40, Wrong outcome, 30"), "colons in the list": reasons("Wrong population: 40\nWrong outcome: 30"),
    "reasons below": table([*ROWS[:8], ("Reports excluded", "70"), ("  Wrong population", "40"), ("  Wrong outcome", "30"), *ROWS[9:]]),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_flow_is_read_from_any_layout(layout: str) -> None:
    (flow,) = read(LAYOUTS[layout], "f")
    gave = {k: v for k, v in flow.numbers.items() if k not in ("dbr_excluded_total", "excluded_automatic")}
    assert gave == {
        "database_results": 1234, "register_results": 16, "duplicates": 250, "records_screened": 1000, "records_excluded": 900, "dbr_sought_reports": 100,
        "dbr_notretrieved_reports": 5, "dbr_assessed": 95, "new_studies": 24, "new_reports": 25,
    }  # fmt: skip
    assert flow.lists.get("dbr_excluded", (("Wrong population", 40), ("Wrong outcome", 30))) == (
        ("Wrong population", 40),
        ("Wrong outcome", 30),
    )
    assert "dbr_excluded" in flow.lists or flow.numbers["dbr_excluded_total"] == 70
    assert wrong(check(flow)) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Records identified through database searching (n = 500)", "database_results"), ("Additional records identified through other sources", "other_results"),
        ("Records after duplicates removed", "after_duplicates"), ("Full-text articles assessed for eligibility", "dbr_assessed"),
        ("Full-text articles excluded, with reasons", "dbr_excluded_total"), ("Studies included in qualitative synthesis", "new_studies"),
        ("Studies included in quantitative synthesis (meta-analysis)", "total_studies_ma"), ("Reports sought for retrieval (other methods)", "other_sought_reports"),
        ("Reports of studies included in previous version", "previous_reports"), ("recordsScreened", "records_screened"), ("Title/abstract exclusions", "records_excluded"),
        ("Included", "new_studies"), ("Citation searching", "citations_results"), ("Funding", ""), ("Risk of bias", ""), ("", ""),
    ],
)  # fmt: skip
def test_names_are_known_by_their_words(name: str, key: str) -> None:
    assert key_of(name) == key


def test_parts_below_a_number_are_its_list_and_not_other_boxes() -> None:
    rows = [("Records identified from databases", "300"), ("PubMed", "200"), ("Embase", "100"), *ROWS[2:8], ("Reports excluded", "70"),
            ("Full text not available", "10"), ("Duplicate publication", "20"), ("Study protocol", "40"), *ROWS[9:]]  # fmt: skip
    (flow,) = read(table(rows))
    assert flow.lists["database_specific_results"] == (("PubMed", 200), ("Embase", 100))
    assert flow.lists["dbr_excluded"] == (("Full text not available", 10), ("Duplicate publication", 20), ("Study protocol", 40))
    assert flow.numbers["duplicates"] == 250
    assert flow.numbers["dbr_notretrieved_reports"] == 5


def test_what_is_not_understood_is_told_and_nothing_is_made_of_it() -> None:
    (flow,) = read(table([*ROWS, ("Funding received", "5000")]))
    assert flow.ignored == ("Funding received",)
    (told,) = [f for f in check(flow) if f.state != "holds"]
    assert told.state == "unknown"
    assert "‘Funding received’" in told.text
    (flow,) = read(table([("Records identified", "~1,200"), ("Records screened", "1000-1100"), ("Studies included", "12 (in 14 reports)")]))
    assert [why for _, _, why in flow.unread] == ["is not an exact number"] * 2
    assert flow.numbers == {"new_studies": 12, "new_reports": 14}


def test_a_table_of_flows_with_a_title_above_and_columns_of_reasons() -> None:
    head = (
        "review",
        "Records identified",
        "Duplicates",
        "Screened",
        "Excluded",
        "Full text assessed",
        "exclReason1",
        "exclReason2",
        "Included",
    )
    flows = read(
        table(
            [
                ("Table 2. Flows",),
                head,
                ("A", "1.234", "234", "1.000", "900", "100", "50", "30", "20"),
                ("B", "10", "", "10", "", "", "", "", ""),
            ],
            ";",
        )
    )
    assert [f.name for f in flows] == ["A", "B"]
    assert flows[0].lists["dbr_excluded"] == (("exclReason1", 50), ("exclReason2", 30))
    assert wrong(check(flows[0])) == []
    assert flows[1].numbers == {"database_results": 10, "records_screened": 10}  # a blank is not a zero


def test_an_update_and_an_arm_of_other_methods_in_plain_words() -> None:
    rows = [*ROWS[:8], ("Reports excluded", "70"), ("Studies included in previous version of review", "10"), ("Reports of studies included in previous version", "12"),
            ("Websites", "10"), ("Citation searching", "13"), ("Reports sought for retrieval (other methods)", "23"), ("Reports not retrieved (other methods)", "3"),
            ("Reports assessed for eligibility (other methods)", "20"), ("Reports excluded (other methods)", "18"), ("New studies included in review", "24"),
            ("Reports of new included studies", "27"), ("Total studies included in review", "34"), ("Reports of total included studies", "39")]  # fmt: skip
    (flow,) = read(table(rows))
    assert wrong(check(flow)) == []
    (flow,) = read(table([*rows[:-2], ("Total studies included in review", "35"), rows[-1]]))
    assert [f.id for f in wrong(check(flow))] == ["F15"]


COVIDENCE = """\
1200 references imported for screening as 1200 studies
200 duplicates removed
1000 studies screened against title and abstract
900 studies excluded
100 studies assessed for full-text eligibility
80 studies excluded
   50 Wrong outcomes
   30 Wrong study design
20 studies included
"""


def test_screening_software_calls_everything_a_study() -> None:
    wanted = {"database_results": 1200, "duplicates": 200, "records_screened": 1000, "records_excluded": 900, "dbr_assessed": 100, "dbr_excluded_total": 80, "new_studies": 20}  # fmt: skip
    rows = [line.strip().split(" ", 1)[::-1] for line in COVIDENCE.splitlines()]
    for data in (COVIDENCE.encode(), table(rows)):
        (flow,) = read(data)
        assert flow.numbers == wanted
        assert flow.lists == {"dbr_excluded": (("Wrong outcomes", 50), ("Wrong study design", 30))}
        assert wrong(check(flow)) == []


def test_the_other_methods_have_a_column_of_their_own() -> None:
    rows = [("Step", "Databases and registers", "Other methods"), ("Records identified", "1000", "52"), ("Duplicates removed", "200", "2"), ("Records screened", "800", ""),
            ("Records excluded", "700", ""), ("Reports sought for retrieval", "100", "50"), ("Reports not retrieved", "10", "5"), ("Reports assessed for eligibility", "90", "45"),
            ("Reports excluded", "60", "40"), ("Reports included", "35", "")]  # fmt: skip
    (flow,) = read(table(rows))
    assert (flow.numbers["other_results"], flow.numbers["other_removed"], flow.numbers["other_excluded_total"]) == (52, 2, 40)
    assert wrong(check(flow)) == []
    (flow,) = read(table([*rows[:8], ("Reports excluded", "60", "41"), rows[-1]]))
    assert [f.id for f in wrong(check(flow))] == ["F13"]


def test_parts_told_in_several_rows_are_added() -> None:
    rows = [("Records identified from PubMed", "300"), ("Records identified from Embase", "200"), ("Duplicates found by hand", "40"), ("Duplicates found by software", "60"),
            ("Records screened", "400"), ("Records excluded on title", "200"), ("Records excluded on abstract", "150"), ("Full texts assessed", "50"),
            ("Full texts excluded", "30"), ("Studies included", "20")]  # fmt: skip
    (flow,) = read(table(rows))
    assert (flow.numbers["database_results"], flow.numbers["duplicates"], flow.numbers["records_excluded"]) == (500, 100, 350)
    assert wrong(check(flow)) == []


def test_records_left_after_duplicates_are_held_against_those_screened() -> None:
    """PRISMA 2009, as it is often drawn: 54 + 1 found, 55 left, 54 screened."""
    (flow,) = read(b"found = 54\nfound_other = 1\nno_dupes = 55\nscreened = 54\n")
    (told,) = wrong(check(flow))
    assert told.id == "F04"
    assert told.text.startswith("55 records left after duplicates were removed, but 54 records are given as screened: 1 record is not")


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(0, 5000), st.binary(max_size=300))
def test_no_bytes_end_in_a_traceback(layout: str, at: int, noise: bytes) -> None:
    """Neither by themselves nor in the middle of a flow."""
    with suppress(FormatError):
        read(noise, "x")
    whole = LAYOUTS[layout]
    with suppress(FormatError):
        for flow in read(whole[:at] + noise + whole[at + len(noise) :], "x"):
            assert isinstance(flow, Published)
            check(flow)
