"""From answers to values that stand."""

from __future__ import annotations

import pytest
from support import PROTOCOL

from review.extraction.cells import extract
from review.model.events import Answer, Consensus, Event
from review.model.extraction import Extraction
from review.model.forms import plan_of
from review.model.protocol_evidence import FormField
from review.model.protocol_yaml import load
from review.model.values import astray, problem

plan = load(PROTOCOL, "p.yaml").extraction


def answer(n: int, who: str, field: str, value: str = "", missing: str = "", kind: type[Answer] = Answer, question: str = "Q1") -> Answer:
    return kind(id=f"{n:04}", by=who, record="a", records=("a",), question=question, field=field, value=value, missing=missing)


def cells(*events: Answer) -> Extraction:
    ledgers: dict[str, list[Event]] = {}
    for event in events:
        ledgers.setdefault(event.by, []).append(event)
    return extract(plan, ["a"], {"a": "a"}, ledgers)


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (("country", "Wales", ""), ("country", "wales.", ""), "agreed"),
        (("country", "Wales", ""), ("country", "England", ""), "differs"),
        (("country", "", "NR"), ("country", "", "NR"), "agreed"),
        (("country", "", "NR"), ("country", "", "UC"), "differs"),
        (("n", "1,200", ""), ("n", "1200.0", ""), "agreed"),
        (("n", "1200", ""), ("n", "1201", ""), "differs"),
    ],
)
def test_two_answers(first: tuple[str, str, str], second: tuple[str, str, str], state: str) -> None:
    found = cells(answer(1, "AB", *first), answer(1, "CD", *second))
    assert found.cells[0].state == state
    assert (found.cells[0].stands is None) == (state == "differs")
    assert Extraction.from_json(found.to_json()) == found


def test_a_consensus_stands_and_both_answers_stay() -> None:
    found = cells(
        answer(1, "AB", "country", "Wales"), answer(1, "CD", "country", "England"), answer(2, "EF", "country", "UK", kind=Consensus)
    ).cells[0]
    assert found.state == "settled"
    assert found.stands is not None
    assert found.stands.value == "UK"
    assert [a.value for a in found.answers] == ["Wales", "England"]


def test_one_answer_is_told_as_one() -> None:
    assert cells(answer(1, "AB", "country", "Wales")).cells[0].state == "single"


def test_a_report_is_done_when_a_form_is_whole_and_none_is_half() -> None:
    assert dict(cells(answer(1, "AB", "country", "Wales")).left) == {"AB": (), "CD": ("a",)}
    half = cells(answer(1, "AB", "country", "Wales"), answer(2, "AB", "n", "3"), answer(1, "CD", "n", "3"))
    assert dict(half.left) == {"AB": (), "CD": ("a",)}


def test_answers_about_reports_not_included_do_not_count() -> None:
    assert extract(plan, [], {"a": "a"}, {"AB": [answer(1, "AB", "country", "Wales")]}).cells == ()


@pytest.mark.parametrize(
    ("kind", "value", "good"),
    [
        ("text", "x", True), ("text", " ", False), ("number", "1,000.5", True), ("number", "many", False), ("date", "2019-05", True), ("date", "May 2019", False),
        ("choice", "a", True), ("choice", "c", False), ("choices", "a; b", True), ("choices", "a; c", False),
    ],
)  # fmt: skip
def test_values_fit_their_field(kind: str, value: str, good: bool) -> None:
    field = FormField(id="f", label="F", type=kind, choices=("a", "b") if kind.startswith("choice") else ())  # type: ignore[arg-type]
    assert (problem(field, value) == "") == good


def test_a_theme_that_the_codebook_has_not_is_taken_and_must_be_looked_at_again() -> None:
    text = PROTOCOL.replace("{id: country, label: Country, required: true}", "{id: country, label: Theme, type: theme, required: true}")
    themes = ("answer one", ("trust",), ""), ("two", ("trust; pwoer",), "the codebook has no theme 'pwoer'")
    for book, told in (("codebook: [{id: trust}, {id: power, questions: [Q1]}]\n", True), ("", False)):
        coded = plan_of(load(text + book, "p.yaml"))
        for _, (value,), why in themes:
            assert problem(coded.forms[0].fields[0], value) == ""
            by_both: dict[str, list[Event]] = {who: [answer(1, who, "country", value)] for who in ("AB", "CD")}
            cell = extract(coded, ["a"], {"a": "a"}, by_both).cells[0]
            assert cell.stands is not None
            assert cell.again.startswith(why) if told and why else not cell.again


@pytest.mark.parametrize(("locator", "wrong"), [("o", True), (" X ", True), ("3", False), ("p. 3", False), ("", False), ("Table 2", False)])
def test_a_letter_alone_is_no_place(locator: str, wrong: bool) -> None:
    assert bool(astray(locator)) == wrong
