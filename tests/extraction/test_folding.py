"""What stands of one person's answers: over the reports of a study, and over a form that changed."""

from __future__ import annotations

import pytest
from support import PROTOCOL

from review.errors import ReviewError
from review.extraction.cells import extract
from review.model.events import Answer, Consensus, Event, Undo
from review.model.extraction import Cell
from review.model.protocol_yaml import load
from review.model.study import Study

GROUPED = """    - question: Q2
      fields:
        - {id: lesson, label: Lesson, required: true, group: lesson}
        - {id: polarity, label: Polarity, group: lesson}
"""
STUDY_FORM = """    - question: study
      fields:
        - {id: where, label: Where, required: true}
        - {id: n, label: Sample, type: number}
    - question: Q2
      fields:
        - {id: why, label: Why, required: true}
  moved: {Q1.country: study.where, Q2.country: study.where}
"""


def forms(text: str) -> str:
    return PROTOCOL[: PROTOCOL.index("    - question: Q1\n      fields")] + text


def said(n: int, field: str, value: str = "", *, of: str = "a", about: tuple[str, ...] = (), missing: str = "", no: str = "") -> Answer:
    form, _, name = field.partition(".")
    return Answer(
        id=f"{n:04}", by="AB", record=of, records=about or (of,), question=form, field=name, value=value, missing=missing, instance=no
    )


def folded(text: str, *events: Event, studies: tuple[Study, ...] = (Study(key="a", reports=("a", "b")),)) -> dict[str, Cell]:
    plan = load(text, "p.yaml").extraction
    found = extract(plan, ["a", "b"], {"a": "a", "b": "b"}, {"AB": events}, studies)
    return {f"{c.question}.{c.field}{f' {c.instance}' if c.instance else ''}": c for c in found.cells}


def values(cell: Cell) -> list[str]:
    return [a.text for a in cell.answers]


def test_two_reports_that_differ_both_stand_until_their_person_speaks_of_both() -> None:
    one, two = said(1, "Q1.n", "120", of="a"), said(2, "Q1.n", "118", of="b")
    one_vote = PROTOCOL.replace("  adjudicator: EF\n  forms", "  adjudicator: EF\n  votes: 1\n  forms")
    cell = folded(one_vote, one, two)["Q1.n"]
    assert (cell.state, values(cell)) == ("differs", ["118", "120"])
    cell = folded(one_vote, one, two, said(3, "Q1.n", "120", about=("a", "b")))["Q1.n"]
    assert (cell.state, values(cell)) == ("agreed", ["120"])
    undone = folded(one_vote, one, two, said(3, "Q1.n", "120", about=("a", "b")), Undo(id="0004", by="AB", undoes="0003"))["Q1.n"]
    assert undone.state == "differs"


def test_a_change_of_mind_on_one_report_is_no_conflict() -> None:
    assert values(folded(PROTOCOL, said(1, "Q1.n", "120"), said(2, "Q1.n", "118"))["Q1.n"]) == ["118"]
    # Merged with a duplicate, and parted from it again: still the same record.
    assert values(folded(PROTOCOL, said(1, "Q1.n", "120", about=("a", "z")), said(2, "Q1.n", "118"))["Q1.n"]) == ["118"]


def test_what_one_report_does_not_say_another_may() -> None:
    assert values(folded(PROTOCOL, said(1, "Q1.n", "120", of="b"), said(2, "Q1.n", missing="NR"))["Q1.n"]) == ["120"]
    assert values(folded(PROTOCOL, said(1, "Q1.n", "120", of="b"), said(2, "Q1.n", missing="NA"))["Q1.n"]) == ["NA", "120"]
    assert values(folded(PROTOCOL, said(1, "Q1.n", "120", of="b"), said(2, "Q1.n", "120.0"))["Q1.n"]) == ["120.0"]


def test_the_instances_of_two_reports_stand_one_after_the_other() -> None:
    first = (said(1, "Q2.lesson", "listen", of="a"), said(2, "Q2.lesson", "pay", of="a", no="2"), said(3, "Q2.polarity", "good", of="a"))
    second = (said(4, "Q2.lesson", "wait", of="b"), said(5, "Q2.polarity", "bad", of="b"))
    found = folded(forms(GROUPED), *first, *second)
    assert {k: values(c) for k, c in found.items()} == {
        "Q2.lesson 1": ["listen"], "Q2.polarity 1": ["good"], "Q2.lesson 2": ["pay"], "Q2.lesson 3": ["wait"], "Q2.polarity 3": ["bad"],
    }  # fmt: skip
    # From then on the numbers are those of the whole study.
    later = folded(forms(GROUPED), *first, *second, said(6, "Q2.polarity", "mixed", about=("a", "b"), no="3"))
    assert values(later["Q2.polarity 3"]) == ["mixed"]
    assert values(later["Q2.polarity 1"]) == ["good"]


def test_an_answer_follows_its_field() -> None:
    text = forms(STUDY_FORM)
    found = folded(text, said(1, "Q1.country", "Wales"), said(2, "Q1.n", "3"))
    assert values(found["study.where"]) == ["Wales"]
    assert "no such field" not in found["study.where"].again
    assert values(found["Q1.n"]) == ["3"]  # it did not move, so it is asked what became of it
    # Two forms asked the same and were told different things: shown, until answered in the new place.
    found = folded(text, said(1, "Q1.country", "Wales"), said(2, "Q2.country", "England"))
    assert values(found["study.where"]) == ["England", "Wales"]
    assert values(
        folded(text, said(1, "Q1.country", "Wales"), said(2, "Q2.country", "England"), said(3, "study.where", "UK"))["study.where"]
    ) == ["UK"]
    # 'Not for this question' spoke of the old form only.
    assert values(folded(text, said(1, "Q1.country", "Wales"), said(2, "Q2.country", missing="NA"))["study.where"]) == ["Wales"]


def test_a_consensus_follows_its_field() -> None:
    settled = Consensus(id="0009", by="EF", record="a", records=("a",), question="Q1", field="country", value="UK")
    plan = load(forms(STUDY_FORM), "p.yaml").extraction
    other = Answer(id="0002", by="CD", record="a", records=("a",), question="Q1", field="country", value="England")
    found = extract(plan, ["a"], {"a": "a"}, {"AB": [said(1, "Q1.country", "Wales")], "CD": [other], "EF": [settled]})
    (cell,) = found.cells
    assert (cell.question, cell.field, cell.state, cell.stands and cell.stands.value) == ("study", "where", "settled", "UK")


def test_two_settled_answers_of_reports_that_are_one_since_are_settled_anew() -> None:
    plan = load(PROTOCOL, "p.yaml").extraction

    def answer(n: int, who: str, of: str, value: str) -> Answer:
        return Answer(id=f"{n:04}", by=who, record=of, records=(of,), question="Q1", field="country", value=value)

    def settled(n: int, value: str, *about: str) -> Consensus:
        return Consensus(id=f"{n:04}", by="EF", record=about[0], records=about, question="Q1", field="country", value=value)

    ledgers: dict[str, list[Event]] = {
        "AB": [answer(1, "AB", "a", "Wales"), answer(2, "AB", "b", "England")],
        "CD": [answer(3, "CD", "a", "UK"), answer(4, "CD", "b", "UK")],
    }

    def cell(*consensus: Event) -> tuple[str, str | None]:
        (found,) = extract(plan, ["a"], {"a": "a", "b": "a"}, {**ledgers, "EF": consensus}).cells
        return found.state, found.stands and found.stands.value

    assert cell(settled(5, "Wales", "a"), settled(6, "England", "b")) == ("differs", None)
    assert cell(settled(5, "Wales", "a"), settled(6, "Wales", "b")) == ("settled", "Wales")
    assert cell(settled(5, "Wales", "a"), settled(6, "England", "a")) == ("settled", "England")
    assert cell(settled(5, "Wales", "a"), settled(6, "England", "b"), settled(7, "UK", "a", "b")) == ("settled", "UK")


def test_a_move_that_leads_nowhere_is_named() -> None:
    for moved, words in (
        ("{Q1.x: Q9.y}", "which is no field"),
        ("{Q2.why: study.where}", "is still a field"),
        ("{x: study.where}", "not FORM.FIELD"),
    ):
        with pytest.raises(ReviewError) as error:
            load(forms(STUDY_FORM.rsplit("  moved", 1)[0] + f"  moved: {moved}\n"), "p.yaml")
        assert words in f"{error.value.message} {error.value.hint}"


def test_a_study_is_done_when_its_own_form_and_a_question_are() -> None:
    plan = load(forms(STUDY_FORM), "p.yaml").extraction

    def left(*events: Event) -> tuple[str, ...]:
        return dict(extract(plan, ["a"], {"a": "a"}, {"AB": events}).left)["AB"]

    assert left(said(1, "study.where", "Wales")) == ("a",)
    assert left(said(1, "Q2.why", "because")) == ("a",)
    assert left(said(1, "study.where", "Wales"), said(2, "Q2.why", "because")) == ()
