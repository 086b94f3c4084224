"""Evidence from answers to tables and plots: repeatable groups, appraisal, synthesis."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from support import PROTOCOL

from review.extraction.cells import extract
from review.formats.registry import detect
from review.model.events import Answer, Event
from review.model.extraction import Extraction
from review.model.forms import plan_of, tools
from review.model.protocol import Protocol
from review.model.protocol_yaml import load
from review.model.record import Record, Report
from review.report import appraised, meta_analysis, synthesised, themes
from review.report.eppi_map import eppi_map
from review.report.evidence import Evidence
from review.report.evidence_tables import EvidenceTables
from review.report.plots import plots

FORMS = PROTOCOL.replace(
    "        - {id: why, label: Why, required: true}\n",
    """        - {id: n, label: Analysed, type: number}
        - {id: outcome_domain, label: Domain, type: choice, choices: [health, trust], group: effect}
        - {id: effect, label: Effect, type: effect, group: effect}
        - {id: direction, label: Direction, type: choice, choices: [improves, no clear change, mixed, worsens], group: effect}
        - {id: theme, label: Theme, type: theme}
      blocks: [PROGRESS-Plus, TIDieR-PHP]
outcomes:
  - {id: O1, domain: health, definition: any, favourable: lower}
codebook: [{id: power}, {id: trust}]
appraisal:
  - {id: MMAT-2018, applies_to: all}
  - {id: own, applies_to: all, domains: [{id: A, label: Aim}, {id: B, label: Bias}], judgements: [Low, Some concerns, High], overall: true}
  - {id: only named, applies_to: nothing}
synthesis:
  - {question: Q2, approach: meta-analysis}
tables:
  - {name: by-design, title: By design, columns: [{field: study}, {field: design}, {field: Q2.n}, {field: year}], group_by: design, order_by: [Q2.n]}
""",
)


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load(FORMS, "p.yaml")


REPORTS = {
    f"a:{n}": Report(key=f"a:{n}", records=(Record(key=f"a:{n}", title=f"T{n}", authors=("Roe B",), year=2010 + n // 3),)) for n in range(6)
}
Given = tuple[str, str, str, str, str]  # record, form, field, value, instance


def evidence(protocol: Protocol, *given: Given, missing: tuple[Given, ...] = ()) -> Evidence:
    ledgers: dict[str, list[Event]] = {}
    for who in ("AB", "CD"):
        ledgers[who] = [
            Answer(id=f"{n:06}", by=who, record=r, question=q, field=f, value=v, instance=i, note="why")
            for n, (r, q, f, v, i) in enumerate(given)
        ]
        ledgers[who] += [
            Answer(id=f"{900 + n:06}", by=who, record=r, question=q, field=f, missing=v, instance=i)
            for n, (r, q, f, v, i) in enumerate(missing)
        ]
    found: Extraction = extract(plan_of(protocol), sorted(REPORTS), {k: k for k in REPORTS}, ledgers, None, tools(protocol))
    return Evidence(protocol, found, REPORTS)


def effects(*rows: tuple[str, str, str, str]) -> list[Given]:
    """record, domain, direction, effect: each the next instance of its record."""
    given: list[Given] = []
    count: dict[str, int] = {}
    for record, domain, direction, effect in rows:
        count[record] = count.get(record, 0) + 1
        i = str(count[record]) if count[record] > 1 else ""
        given += [(record, "Q2", f, v, i) for f, v in (("outcome_domain", domain), ("direction", direction), ("effect", effect)) if v]
    return given


def test_labels_that_would_be_the_same_have_letters(protocol: Protocol) -> None:
    labels = evidence(protocol).labels
    assert labels["a:0"] == "Roe (2010a)"
    assert len(set(labels.values())) == 6


def test_each_instance_of_a_group_is_a_row_and_empty_cells_say_why(protocol: Protocol) -> None:
    found = evidence(
        protocol, ("a:0", "Q2", "n", "120", ""), *effects(("a:0", "health", "improves", ""), ("a:0", "trust", "worsens", "")), missing=(("a:0", "Q2", "theme", "NR", ""),)
    )  # fmt: skip
    table = EvidenceTables(found).question("Q2")
    assert [row.key for row in table.rows] == ["a:0", "a:0"]
    ids = [c.id for c in table.columns]
    first, second = ({i: c.shown for i, c in zip(ids, row.cells, strict=True)} for row in table.rows)
    assert (first["Q2_n"], first["Q2_outcome_domain"], first["Q2_theme"], first["Q2_effect"]) == (
        "120",
        "health",
        "not reported",
        "not extracted",
    )
    assert (second["Q2_n"], second["Q2_outcome_domain"], second["Q2_direction"]) == ("as above", "trust", "worsens")
    assert all(c.shown for row in table.rows for c in row.cells)


def test_a_table_of_ones_own_is_grouped_and_ordered(protocol: Protocol) -> None:
    given = [("a:0", "Q1", "design", "survey", ""), ("a:1", "Q1", "design", "trial", ""), ("a:2", "Q1", "design", "survey", "")]
    given += [("a:0", "Q2", "n", "1,200", ""), ("a:1", "Q2", "n", "7", ""), ("a:2", "Q2", "n", "30", "")]
    found = evidence(protocol, *given)
    table = EvidenceTables(found).own(protocol.tables[0])
    assert [(r.group, r.key) for r in table.rows][:3] == [("trial", "a:1"), ("survey", "a:2"), ("survey", "a:0")]
    assert table.rows[-1].group == "not extracted"


def test_mmat_asks_what_fits_the_category_and_forms_no_score(protocol: Protocol) -> None:
    given = [("a:0", "MMAT-2018", "category", "5 Mixed methods: 1 and 3 Non-randomised", ""), ("a:0", "MMAT-2018", "S1", "Yes", "")]
    given += [("a:0", "MMAT-2018", f"q{c}_{n}", "Can't tell", "") for c in "153" for n in range(1, 6)]
    found = evidence(protocol, *given)
    table = appraised.table(found, "MMAT-2018")
    (row,) = table.rows
    cells = {c.id: cell for c, cell in zip(table.columns, row.cells, strict=True)}
    assert {k[:2] for k in cells if k.startswith("q")} == {"q1", "q3", "q5"}  # sets that no study is asked have no columns
    assert sum(c.tone == "unknown" for c in cells.values()) == 15
    assert cells["S2"].why == "not judged"
    assert not any("score" in c.title.lower() or "total" in c.title.lower() for c in table.columns)
    assert all(r.cells[2].text == "why" for r in appraised.support(found, "MMAT-2018").rows if r.cells[1].text)


def test_the_map_for_eppi_mapper(protocol: Protocol) -> None:
    given = [("a:0", "Q2", "theme", "power; trust", ""), ("a:1", "Q2", "theme", "hope", ""), ("a:0", "Q1", "design", "survey", "")]
    given += [*effects(("a:0", "health", "improves", ""), ("a:0", "health", "worsens", "")), ("a:0", "own", "A", "Low", "")]
    data = eppi_map(evidence(protocol, *given))
    told = json.loads(data)
    (codes,) = told["CodeSets"]
    parents = {p["AttributeName"]: p for p in codes["Attributes"]["AttributesList"]}
    assert "Q2: Theme" in parents
    assert not any("Aim" in name for name in parents)  # appraisal
    assert all(
        p["AttributeTypeId"] == 1 and all(c["AttributeTypeId"] == 2 for c in p["Attributes"]["AttributesList"]) for p in parents.values()
    )
    names = {c["AttributeId"]: (p, c["AttributeName"]) for p, one in parents.items() for c in one["Attributes"]["AttributesList"]}
    assert [name for parent, name in names.values() if parent == "Q2: Theme"] == ["power", "trust", "hope"]
    coded = {r["Title"]: [names[c["AttributeId"]] for c in r["Codes"]] for r in told["References"]}
    assert len(coded) == 6
    assert [x for x in coded["T0"] if x[0] in ("Q2: Theme", "Q2: Domain")] == [
        ("Q2: Domain", "health"),
        ("Q2: Theme", "power"),
        ("Q2: Theme", "trust"),
    ]
    assert ("Q2: Theme", "hope") in coded["T1"]
    assert coded["T5"] == []
    assert [r.title for r in detect(data).read(data, {}) if isinstance(r, Record)] == [f"T{n}" for n in range(6)]


def test_a_tool_of_ones_own_and_its_robvis_file(protocol: Protocol) -> None:
    given = [("a:0", "own", f, v, "") for f, v in (("A", "Low"), ("B", "High"), ("overall", "Some concerns"))]
    found = evidence(protocol, *given)
    rows = list(csv.reader(io.StringIO(appraised.robvis(found, "own").decode())))
    assert rows == [["Study", "Aim", "Bias", "Overall"], ["Roe (2010a)", "Low", "High", "Some concerns"]]
    assert appraised.known(found) == ["MMAT-2018", "own"]


def test_directions_and_their_sign_test(protocol: Protocol) -> None:
    given = effects(
        ("a:0", "health", "improves", ""), ("a:1", "health", "improves", ""), ("a:2", "health", "", "RR 0.8 (0.5 to 1.3)"), ("a:3", "health", "improves", ""),
        ("a:4", "health", "improves", ""), ("a:5", "health", "worsens", ""), ("a:5", "trust", "improves", ""), ("a:5", "trust", "worsens", ""),
    )  # fmt: skip
    table = synthesised.effect_direction(evidence(protocol, *given), "Q2")
    rows = {r.cells[0].text: [c.shown for c in r.cells[1:]] for r in table.rows}
    assert rows["Roe (2010c)"] == ["not extracted", "▲", "not reported"]  # lower is better: an RR below 1, significant or not
    assert rows["Roe (2011c)"] == ["not extracted", "▼", "◄► 2"]
    assert rows["Better, of those with a clear direction"][1:] == ["5 of 6", "no clear direction"]
    assert rows["Sign test, p"][1] == "0.2188"


def test_effects_on_inequality_and_the_map_of_gaps(protocol: Protocol) -> None:
    given = [
        ("a:0", "Q2", "progress_dimension", "gender and sex", ""),
        ("a:0", "Q2", "progress_gradient", "narrows", ""),
        ("a:0", "Q2", "theme", "power; money", ""),
    ]
    found = evidence(protocol, *given)
    (row,) = synthesised.inequality(found, "Q2").rows
    assert [c.shown for c in row.cells] == ["gender and sex", "Roe (2010a)", "no study", "no study", "no study"]
    gaps = {r.key: r.cells[1].shown for r in themes.gap_map(found).rows}
    assert gaps == {"power": "1", "trust": "no study", "money": "1"}  # the codebook's first; a theme without a study is the gap
    assert [r.cells[0].notes for r in themes.gap_map(found).rows] == [(), (), ("not in the codebook",)]


def test_the_longer_of_themes_and_studies_goes_down_the_page(protocol: Protocol) -> None:
    few = themes.matrix(evidence(protocol, ("a:0", "Q2", "theme", "power; money", "")), "Q2")
    assert [[c.shown for c in r.cells] for r in few.rows] == [["power", "1", "●"], ["money", "1", "●"]]
    assert few.notes == ("Not in the codebook of this question: money.",)
    coded = [(f"a:{n}", "Q2", "theme", "power; trust" if n % 2 else "trust", "") for n in range(6)]
    many = themes.matrix(evidence(protocol, *coded), "Q2")
    assert [c.title for c in many.columns] == ["Study", "power", "trust"]
    assert [[c.shown for c in r.cells[1:]] for r in many.rows] == [["–", "●"], ["●", "●"]] * 3 + [["3", "6"]]


def test_what_can_be_pooled_is_and_what_can_not_says_so(protocol: Protocol) -> None:
    assert "Nothing can be pooled" in meta_analysis.pooled(evidence(protocol), "Q2").empty
    given = effects(
        ("a:0", "health", "", "RR 0.8 (0.6 to 1.0667)"),
        ("a:1", "health", "", "RR 0.8 (0.6 to 1.0667)"),
        ("a:2", "health", "", "SMD 0.2 (0 to 0.4)"),
        ("a:3", "health", "", "RR 0.9"),
    )
    (row,) = meta_analysis.pooled(evidence(protocol, *given), "Q2").rows
    assert [c.text for c in row.cells[:3]] == ["health", "RR", "2"]
    assert row.cells[5].text.startswith("0.80 (")


def test_an_interval_narrower_than_the_fixed_one_is_told(protocol: Protocol) -> None:
    alike = [(f"a:{n}", "health", "", f"RR 0.8{n} (0.60 to 1.1{n})") for n in range(4)]
    apart = [
        (f"a:{n}", "health", "", text)
        for n, text in enumerate(("RR 0.30 (0.25 to 0.36)", "RR 0.80 (0.70 to 0.91)", "RR 1.60 (1.40 to 1.83)"))
    ]
    (close,) = meta_analysis.pooled(evidence(protocol, *effects(*alike)), "Q2").rows
    (far,) = meta_analysis.pooled(evidence(protocol, *effects(*apart)), "Q2").rows
    assert close.cells[3].notes == (meta_analysis.NARROW,)
    assert far.cells[3].notes == ()
    assert far.cells[8].text.endswith("(2), <0.001")


def test_plots_are_well_formed_the_same_each_time_and_tell_by_symbol_too(protocol: Protocol) -> None:
    given = effects(("a:0", "health", "improves", "RR 0.8 (0.6 to 1.1)"), ("a:1", "health", "worsens", "RR 1.2 (0.6 to 2.1)"))
    given += [("a:0", "own", f, v, "") for f, v in (("A", "Low"), ("B", "High"), ("overall", "Some concerns"))]
    given += [("a:0", "Q2", "progress_dimension", "gender and sex", ""), ("a:0", "Q2", "progress_gradient", "narrows", "")]
    full, none = evidence(protocol, *given), evidence(protocol)
    assert sorted(plots(full)) == [
        "effect-direction-Q2", "forest-Q2", "harvest-Q2", "summary-MMAT-2018", "summary-own", "traffic-light-MMAT-2018", "traffic-light-own",
    ]  # fmt: skip
    for found in (full, none):
        for name, draw in plots(found).items():
            svg = draw()
            ElementTree.fromstring(svg)
            assert svg == draw(), name
            assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    lights = plots(full)["traffic-light-own"]()
    assert all(f">{symbol}</text>" in lights for symbol in "+×−")
    assert "0.3750" not in plots(full)["effect-direction-Q2"]()
    assert "1 of 2; p = 1.0000" in plots(full)["effect-direction-Q2"]()


def test_votes_are_never_counted_by_significance(protocol: Protocol) -> None:
    from review.errors import ProtocolError

    with pytest.raises(ProtocolError, match="never by statistical significance"):
        load(FORMS.replace("approach: meta-analysis", "approach: SWiM, votes: significance"), "p.yaml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{id: theme, label: Theme, type: theme}", "{id: tidier_why, label: Why}", "field of the block TIDieR-PHP too"),
        ("{id: n, label: Analysed, type: number}", "{id: n, label: N, type: number, when: {nothing: [a]}}", "is no field of this form"),
        ("{id: n, label: Analysed, type: number}", "{id: n, label: N, type: number, when: {direction: [up]}}", "waits for 'up'"),
        (", judgements: [Low, Some concerns, High], overall: true", "", "needs 'judgements'"),
    ],
)
def test_a_form_that_does_not_hold_together_is_told_with_its_line(old: str, new: str, says: str) -> None:
    from review.errors import ProtocolError

    assert old in FORMS
    with pytest.raises(ProtocolError, match=r"p\.yaml:\d+:\d+") as told:
        load(FORMS.replace(old, new), "p.yaml")
    assert says in told.value.message
