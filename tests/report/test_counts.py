"""The flow as it is counted: each report in one box, whatever is still open, and what a reader must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from material import both, material, protocol, split, vote

from review.model.extraction import Cell, Extraction, Given
from review.model.protocol_parts import PHASES, PreviousVersion
from review.model.record import Record, Reject, Report
from review.model.screening import Outcome, PhaseResult, Stopped
from review.model.study import Study
from review.report.counts import NO_REASON, Counted, count
from review.report.material import Material, Records


def pending(report: str, n: int) -> Outcome:
    return Outcome(report=report, state="pending", votes=(vote("AB", "include", n),), waiting=("CD",))


def untouched(report: str) -> Outcome:
    return Outcome(report=report, state="pending", waiting=("AB", "CD"))


def conflict(report: str, n: int) -> Outcome:
    return replace(split(report, n), state="conflict", resolution=None)


def open_everywhere(**changes: Any) -> Material:
    """Of ten records one is in each state that there is."""
    first = (
        *(both(name, "include", 10 * n) for n, name in enumerate("abcdef", 1)), both("g", "exclude", 70, "Wrong population"),
        pending("h", 80), conflict("i", 90), untouched("j"),
    )  # fmt: skip
    last = (
        both("a", "include", 11),
        both("b", "exclude", 21, "Wrong design"),
        pending("c", 31),
        conflict("d", 41),
        untouched("e"),
        untouched("f"),
    )
    found = material(first, last, **changes)
    lost = replace(found.phases[1], not_retrieved={"alpha:f": "no library has it"})
    return replace(found, phases=[found.phases[0], lost])


def said(found: Counted, name: str) -> dict[str, str]:
    return {item.key.removeprefix("alpha:"): item.note for item in found.lists[name].items}


def test_each_report_stands_in_one_box_and_what_is_open_waits() -> None:
    found = count(open_everywhere())
    arm = found.flow.main
    assert (arm.screened, arm.unscreened, arm.excluded, arm.sought) == (7, 3, 1, 6)
    assert (arm.not_retrieved, arm.assessed, arm.unassessed, arm.included, arm.reasons) == (1, 2, 3, 1, (("Wrong design", 1),))
    assert said(found, "unscreened") == {"h": "decisions are missing", "i": "in conflict", "j": "decisions are missing"}
    assert said(found, "unassessed") == {"c": "decisions are missing", "d": "in conflict", "e": "decisions are missing"}
    assert said(found, "not-retrieved") == {"f": "no library has it"}
    assert said(found, "reports-excluded") == {"b": "Wrong design"}
    assert said(found, "excluded") == {"g": "Wrong population"}
    assert found.included == ("alpha:a",)
    assert found.flow.waiting == (
        ("records await title/abstract decisions", 2),
        ("conflicts at title-abstract await a resolution", 1),
        ("reports await full-text decisions", 2),
        ("conflicts at full-text await a resolution", 1),
    )


def test_what_all_have_stopped_before_waits_for_nobody() -> None:
    start = open_everywhere()
    stopped = tuple(
        Stopped(by=who, at="2025-03-01T00:00:00Z", why="enough", read=9, found=6, left=1, recall="0.95", p="", certified=False)
        for who in ("AB", "CD")
    )
    found = count(replace(start, phases=[replace(start.phases[0], stopped=stopped), start.phases[1]]))
    assert found.flow.given_up == 2
    assert said(found, "unscreened")["j"] == "not screened: screening was stopped"
    assert "records await title/abstract decisions" not in dict(found.flow.waiting)


def test_a_phase_that_the_protocol_does_not_have_lets_all_pass() -> None:
    start = material(
        (both("a", "include", 10), both("b", "exclude", 20)), (both("a", "include", 30), both("b", "exclude", 40, "Wrong design"))
    )
    without_full_text = count(replace(start, phases=start.phases[:1]))
    arm = without_full_text.flow.main
    assert (arm.screened, arm.excluded, arm.sought, arm.assessed, arm.included) == (2, 1, 1, 1, 1)
    assert any(note.startswith("The protocol has no full-text phase") for note in without_full_text.flow.footnotes)
    without_screening = count(replace(start, phases=start.phases[1:]))
    arm = without_screening.flow.main
    assert (arm.screened, arm.excluded, arm.sought, arm.assessed, arm.included) == (2, 0, 2, 2, 1)
    assert any(note.startswith("The protocol has no title and abstract phase") for note in without_screening.flow.footnotes)
    assert without_screening.flow.waiting == ()


def test_more_reports_of_earlier_studies_are_no_new_studies() -> None:
    plan = protocol()
    plan = plan.model_copy(
        update={"review": plan.review.model_copy(update={"previous": PreviousVersion(studies=5, reports=6, more_reports=1)})}
    )
    both_in = (both("a", "include", 10), both("b", "include", 20))
    flow = count(material(both_in, both_in, protocol=plan)).flow
    assert (flow.included_studies, flow.included_reports, flow.total_studies, flow.total_reports) == (1, 1, 6, 8)
    linked = Extraction(studies=(Study(key="alpha:a", reports=("alpha:a", "alpha:b")),))
    flow = count(material(both_in, both_in, extraction=linked)).flow
    assert (flow.included_studies, flow.included_reports) == (1, 2)


NO_TOOL = "No record was excluded by an automation tool: every exclusion is a person’s decision."
NOT_LINKED = "Reports have not been linked to studies: each included report is counted as a study of its own."


def test_a_footnote_stands_where_it_is_so_and_nowhere_else() -> None:
    """By what is excluded and what is linked; and no other footnote stands where nothing is to be told."""
    linked = Extraction(studies=(Study(key="towns", reports=("alpha:a",), linked=True),))
    included = both("a", "include", 10)
    for outcomes, extraction, footnotes in (
        ((included, both("b", "exclude", 20)), linked, (NO_TOOL,)),
        ((included,), Extraction(), (NOT_LINKED,)),
        ((included,), linked, ()),
        ((both("b", "exclude", 20),), Extraction(), (NO_TOOL,)),
    ):
        assert count(material(outcomes, outcomes[:1], extraction=extraction)).flow.footnotes == footnotes


def test_the_lists_behind_the_numbers_of_both_arms() -> None:
    start = open_everywhere(
        rejects=(Reject(line=7, reason="no title", raw=" TY  - JOUR", source="alpha", searched="2025-01-02", file="x"),)
    )
    found = count(start)
    lists = ("included", "all-screened", "all-assessed", "source-alpha")
    assert ["".join(said(found, name)) for name in lists] == ["a", "abcdefg", "ab", "abcdefghij"]
    assert [(item.key, item.title, item.note) for item in found.lists["rejected"].items] == [
        ("alpha of 2025-01-02, line 7", "TY  - JOUR", "no title")
    ]


def test_what_could_not_be_read_or_decided_is_in_the_footnotes() -> None:
    start = material((both("a", "include", 10),), (both("a", "include", 20),))
    plain = count(start).flow.footnotes
    told = count(
        replace(start, unsure=2, rejects=(Reject(line=7, reason="no title", raw="TY", source="alpha", searched="2025-01-02", file="x"),))
    )
    assert told.flow.rejected == (("Alpha", 1),)
    assert [note for note in told.flow.footnotes if note not in plain] == [
        "1 entry of the source files could not be read as a record and is not counted as identified; each is listed with its line and reason.",
        "2 pairs of records may be the same report; nobody has decided, and they are counted as different reports.",
    ]
    assert not any("may be the same report" in note for note in plain)


def test_a_report_found_in_two_ways_counts_once_where_databases_gave_it() -> None:
    def record(source: str, name: str) -> Record:
        return Record(key=f"{source}:{name}", source=source, searched="2025-01-02", title=f"Title of {name}")

    reports = (
        Report(key="alpha:a", records=(record("alpha", "a"), record("web", "a"))),
        Report(key="stray:c", records=(record("stray", "c"),)),
        Report(key="web:b", records=(record("web", "b"),)),
    )
    include = tuple(replace(both("", "include", 10 * n), report=r.key) for n, r in enumerate(reports, 1))
    phases = [PhaseResult(phase=name, begun=include) for name in PHASES]
    found = count(material((), records=Records.of(reports), reports={r.key: r for r in reports}, phases=phases))
    main, other = found.flow.main, found.flow.other
    assert (main.identified, main.duplicates, main.screened, main.included) == ((("Alpha", 1),), 0, 1, 1)
    assert (other.identified, other.duplicates, other.screened, other.included) == ((("Web pages", 2), ("stray", 1)), 1, 2, 2)
    assert found.flow.other_kinds == (("other", 1), ("website", 2))
    assert said(found, "other-removed") == {"web:a": "same report as alpha:a"}
    assert any("of the records identified, 1 was a duplicate" in note for note in found.flow.footnotes)


def test_a_report_answers_a_question_once_a_value_stands_or_is_disputed() -> None:
    """What one extractor alone has said would tell the other something, and what is not reported is no answer."""
    names = "abcd"
    include = tuple(both(name, "include", 10 * n) for n, name in enumerate(names, 1))
    value, missing = Given(by="AB", at="", id="1", value="Wales"), Given(by="AB", at="", id="1", missing="NR")
    cells = tuple(
        Cell(report=f"alpha:{name}", question="Q1", field="place", state=state, answers=(given,), stands=stands)
        for name, state, given, stands in zip(
            names, ("single", "differs", "agreed", "agreed"), (value, value, missing, value), (None, None, missing, value), strict=True
        )
    )
    found = count(material(include, include, extraction=Extraction(cells=cells)))
    assert found.flow.by_question == (("Q1", 2), ("Q2", 0))
    assert list(said(found, "question-Q1")) == ["b", "d"]
    assert count(material(include, include)).flow.by_question == ()


def test_a_report_of_two_studies_and_exclusions_without_a_reason_are_in_the_footnotes() -> None:
    first = (both("a", "include", 10), both("b", "include", 20), both("c", "include", 30))
    last = (both("a", "include", 40), both("b", "include", 50), both("c", "exclude", 60))
    studies = (Study(key="s1", reports=("alpha:a",)), Study(key="s2", reports=("alpha:a",)), Study(key="s3", reports=("alpha:b",)))
    found = count(material(first, last, extraction=Extraction(studies=studies)))
    assert (found.flow.included_studies, found.flow.included_reports) == (3, 2)
    assert "1 included report tells of more than one study: Title of a (2 studies)." in found.flow.footnotes
    assert f"‘{NO_REASON}’: both reviewers excluded the report and neither gave a reason." in found.flow.footnotes
    assert found.flow.main.reasons == ((NO_REASON, 1),)
