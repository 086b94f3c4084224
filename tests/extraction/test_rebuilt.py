"""A published table of a finished review, rebuilt from its two reviewers' workbooks and compared cell by cell.

Full-text assessment of zenodo.12654242: 18 reports, of which 11 were excluded (9 not SNHL only, 2 wrong age cohort).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from support import PROTOCOL

from review.extraction import workbook, workbook_back
from review.extraction.cells import extract
from review.extraction.imports import Ground
from review.extraction.imports import plan as imported
from review.formats.tables.rows import Row
from review.model.events import Event
from review.model.protocol_yaml import load
from review.model.record import Record, Report
from review.report.evidence import Evidence
from review.report.evidence_tables import EvidenceTables
from review.tables.writers import by_name

FORM = """    - question: Q1
      fields:
        - {id: verdict, label: Verdict, type: choice, choices: [include, exclude], required: true, support: true}
        - {id: reason, label: Reason for exclusion, type: choice, choices: [Not SNHL only, Wrong age cohort], when: {verdict: [exclude]}}
tables:
  - {name: evidence-Q1, columns: [{field: study}, {field: reports, width: 3}, {field: Q1.verdict}, {field: Q1.reason}], group_by: verdict, order_by: [study]}
"""
VERDICT = {"1": "include", "2": "exclude"}


def test_a_published_table_comes_out_of_the_workbooks_as_it_was_printed(shared: Callable[[str], Path]) -> None:
    with shared("reviews/snhl/full_text_reviews.csv").open(encoding="utf-8-sig", newline="") as f:
        published = list(csv.DictReader(f))
    protocol = load(PROTOCOL[: PROTOCOL.index("    - question: Q1\n      fields")] + FORM, "p.yaml")
    plan = protocol.extraction
    units = [
        Report(key=f"s:{n:02}", records=(Record(key=f"s:{n:02}", title=row["title"], authors=(f"Name{n:02} A",), year=2020),))
        for n, row in enumerate(published)
    ]
    ledgers: dict[str, list[Event]] = {}
    for who, theirs in (("AB", "lb"), ("CD", "ld")):
        book = load_workbook(io.BytesIO(workbook.write(plan, units, {}, {u.key: u.title for u in units})))
        sheet = book["Q1"]
        place = {cell.value: cell.column for cell in sheet[2]}
        for number, row in enumerate(published, workbook.FIRST):
            sheet.cell(number, place["verdict"]).value = VERDICT[row[f"{theirs}_full_text_response"]]
            sheet.cell(number, place["verdict.why"]).value = row[f"{theirs}_comments"]
        filled = io.BytesIO()
        book.save(filled)
        rows, _, wrong = workbook_back.read(filled.getvalue(), plan, f"{who}.xlsx")
        found = imported(workbook.HEADER, rows, {}, Ground(form=plan, units=units, protocol="p", consensus=False))
        assert (wrong, found.refused) == ([], ())
        ledgers[who] = [replace(e, id=f"{n:04}{who}", by=who) for n, e in enumerate(found.events)]
    keys, of = [u.key for u in units], {u.key: u.key for u in units}
    cells = extract(plan, keys, of, ledgers).cells
    assert Counter(c.state for c in cells) == {"agreed": 17, "differs": 1}  # the two differed on one report
    settled = [Row(n, {"key": u.key, "question": "Q1", "field": "verdict", "value": VERDICT[row["final_decision"]], "note": "discussed"})
               for n, (u, row) in enumerate(zip(units, published, strict=True))]  # fmt: skip
    settled += [Row(100 + n, {"key": u.key, "question": "Q1", "field": "reason", "value": row["reason for exclusion"]})
                for n, (u, row) in enumerate(zip(units, published, strict=True)) if row["reason for exclusion"] != "NA"]  # fmt: skip
    header = ("key", "question", "field", "value", "note")
    found = imported(header, settled, {}, Ground(form=plan, units=units, protocol="p", consensus=True, cells=cells))
    assert found.refused == ()
    ledgers["EF"] = [replace(e, id=f"{n:04}EF", by="EF") for n, e in enumerate(found.events)]
    table = EvidenceTables(Evidence(protocol, extract(plan, keys, of, ledgers), {u.key: u for u in units})).question("Q1")
    made = {r["key"]: r for r in csv.DictReader(io.StringIO(by_name("csv").write(table).decode("utf-8-sig")))}
    for unit, row in zip(units, published, strict=True):
        mine = made[unit.key]
        assert mine["Verdict"] == VERDICT[row["final_decision"]]
        assert mine["Reason for exclusion"] == (row["reason for exclusion"] if row["final_decision"] == "2" else "")
        assert row["title"] in mine["Reports"]
    counted = Counter((r.group, r.cells[3].shown) for r in table.rows)
    assert counted == {("include", "not asked"): 7, ("exclude", "Not SNHL only"): 9, ("exclude", "Wrong age cohort"): 2}
