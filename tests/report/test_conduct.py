"""What the ledgers prove, and what they don't: each predicate with its exceptions by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from material import LOCK, SEARCHES, both, material, protocol, split, vote
from support import PROTOCOL, Small

from review.model.extraction import Cell, Extraction, Given
from review.model.protocol_yaml import load
from review.model.record import Search
from review.model.related import Relation
from review.model.screening import Outcome, PhaseResult
from review.report.amstar2 import amstar2
from review.report.conduct import conduct, pabak
from review.report.conduct_extraction import appraised, included
from review.report.deviations import deviations, versions
from review.report.material import Material
from review.report.mecir import mecir
from review.report.predicate import Predicate
from review.report.sentences import screening


def found(m: Material, searches: tuple[Search, ...] = SEARCHES, as_of: str = "2025-03-01") -> dict[str, Predicate]:
    return {p.id: p for p in conduct(m, searches, as_of)}


def item4(m: Material, searches: tuple[Search, ...], as_of: str = "2025-03-01") -> tuple[str, str]:
    judged = {j.id: j for j in amstar2(m, searches, conduct(m, searches, as_of), as_of)}
    return judged["4"].answer, judged["4"].basis


def test_two_people_on_all_is_shown() -> None:
    m = material((both("1", "include", 1), both("2", "exclude", 3)), (both("1", "include", 5),))
    p = found(m)
    assert {k: v.holds for k, v in p.items() if k.startswith(("dual-t", "dual-f", "indep", "prosp"))} == {
        "prospective": "yes", "dual-title-abstract": "yes", "independence-title-abstract": "yes", "dual-full-text": "yes", "independence-full-text": "yes",
    }  # fmt: skip
    assert p["dual-title-abstract"].said.startswith("2 of 2 records were decided")


def test_one_person_only_is_an_exception_by_name() -> None:
    alone = Outcome(report="2", state="pending", votes=(vote("AB", "exclude", 3),))
    p = found(material((both("1", "include", 1), alone)))["dual-title-abstract"]
    assert (p.holds, p.n, p.n_ok) == ("partly", 2, 1)
    assert [(i.key, i.note) for i in p.exceptions] == [("alpha:2", "decided by one person only")]
    assert "AB" not in str(p.exceptions)  # who has decided, and how, is not told while another has still to decide


def test_a_vote_after_the_resolution_is_not_independent() -> None:
    conflict = split("1", 1)
    changed = replace(conflict, votes=(conflict.votes[0], vote("CD", "include", 9)))
    p = found(material((changed,)))["independence-title-abstract"]
    assert (p.holds, p.n_ok) == ("no", 0)
    assert p.exceptions[0].note == "a reviewer decided after the resolution"


def test_imported_decisions_are_not_claimed_to_be_independent() -> None:
    p = found(material((both("1", "include", 1, via="import"),)))
    assert (p["independence-title-abstract"].holds, p["independence-title-abstract"].n_ok, p["independence-title-abstract"].unproven) == (
        "partly",
        0,
        1,
    )
    assert "rests on those who made them" in p["independence-title-abstract"].said
    assert p["dual-title-abstract"].holds == "yes"
    assert p["prospective"].holds == "partly"


def test_not_blinded_is_not_independent() -> None:
    plan = protocol()
    seen = plan.model_copy(update={"phases": tuple(x.model_copy(update={"blinded": False}) for x in plan.phases)})
    assert found(material((both("1", "include", 1),), protocol=seen))["independence-title-abstract"].holds == "no"


def test_who_settles_is_a_third_person() -> None:
    p = found(material((split("1", 1), split("2", 5, by="AB"))))["conflicts-title-abstract"]
    assert (p.n, p.n_ok) == (2, 1)
    assert "AB, who was one of its reviewers" in p.exceptions[0].note


def test_decisions_before_the_lock_show() -> None:
    early = both("1", "include", 1, at="2024-12-31T23:59:59.999Z")
    p = found(material((early, both("2", "include", 3))))["prospective"]
    assert (p.n, p.n_ok, len(p.exceptions)) == (4, 2, 2)
    assert found(material((early,), protocol=load(PROTOCOL, "p")))["prospective"].holds == "no"


def test_dual_extraction_counts_required_values() -> None:
    def cell(field: str, *who: str, state: str = "agreed") -> Cell:
        answers = tuple(Given(by=w, value="x") for w in who)
        return Cell(
            report="alpha:1", question="Q1", field=field, state=state, answers=answers, stands=answers[0] if state == "agreed" else None
        )  # type: ignore[arg-type]

    one = material((both("1", "include", 1),), (both("1", "include", 3),))
    for cells, ok, why in (
        ((cell("country", "AB", "CD"),), 1, ""),
        ((cell("country", "AB", state="single"),), 0, "one extractor only"),
        ((cell("country", "AB", "CD", state="differs"),), 0, "nobody has settled it"),
        ((cell("n", "AB", "CD"),), 0, "nobody has answered"),
        ((), 0, "nothing has been extracted"),
    ):
        p = found(replace(one, extraction=Extraction(cells=cells)))["dual-extraction"]
        assert (p.n, p.n_ok) == (1, ok)
        assert why in " ".join(i.note for i in p.exceptions)


def test_a_missing_code_is_no_judgement() -> None:
    protocol = load(PROTOCOL + "appraisal: [{id: AACODS, applies_to: reports}]\n", "p")
    one = material((both("1", "include", 1),), (both("1", "include", 3),), protocol=protocol)
    for told, ok in ({"value": "Yes"}, 1), ({"missing": "UC"}, 0):
        given = tuple(Given(by=w, **told) for w in ("AB", "CD"))
        cells = tuple(
            Cell(report="alpha:1", question="AACODS", field=f"D{n}", state="agreed", answers=given, stands=given[0]) for n in range(1, 7)
        )
        judged = replace(one, extraction=Extraction(cells=cells))
        p = found(judged)["dual-appraisal"]
        assert (p.n, p.n_ok) == (6, 6 * ok)
        assert len(appraised(judged)) == ok


@pytest.mark.parametrize(("as_of", "holds"), [("2025-12-01", "yes"), ("2026-02-01", "no")])
def test_currency_is_twelve_months(as_of: str, holds: str) -> None:
    searches = (*SEARCHES, Search(source="web", date="2025-01-02"))
    assert found(material((both("1", "include", 1),)), searches, as_of)["currency"].holds == holds


def test_pubmed_alone_fails_amstar_2_item_4_and_two_databases_do_not() -> None:
    m = material((both("1", "include", 1),))
    answer, basis = item4(m, SEARCHES[:1])
    assert answer == "no"
    assert "Only one database was searched (Alpha): the item fails" in basis
    assert item4(m, SEARCHES)[0] == "partial yes"
    assert item4(m, ())[0] == "no"
    kinds = ("database", "database", "register", "citation", "contact", "website")
    sources = tuple(m.protocol.sources[0].model_copy(update={"id": f"s{n}", "name": f"S{n}", "kind": k}) for n, k in enumerate(kinds))
    whole = replace(m, protocol=m.protocol.model_copy(update={"sources": sources}))
    searches = tuple(Search(source=f"s{n}", date="2025-01-02", query="x") for n in range(6))
    assert item4(whole, searches)[0] == "yes"
    assert item4(whole, searches, "2027-06-01")[0] == "partial yes"  # more than 24 months


def test_every_item_is_there_and_none_is_summed() -> None:
    m = material((both("1", "include", 1),))
    predicates = conduct(m, SEARCHES, "2025-03-01")
    items = amstar2(m, SEARCHES, predicates, "2025-03-01")
    assert [j.id for j in items] == [str(n) for n in range(1, 17)]
    assert {j.id for j in items if j.mark == "critical"} == {"2", "4", "7", "9", "11", "13", "15"}
    assert {j.answer for j in items if j.id in ("13", "14")} == {"a person must say"}
    assert all(j.basis for j in (*items, *mecir(m, SEARCHES, predicates)))


def test_c48_says_what_was_looked_at_and_what_was_not() -> None:
    m = material((both("1", "include", 1),), (both("1", "include", 5),))
    (key,) = included(m)
    m = replace(m, related={key: (Relation("9", "erratum", False, "An erratum"),)})
    (found,) = (j for j in mecir(m, SEARCHES, conduct(m, SEARCHES, "2025-03-01")) if j.id == "C48")
    assert found.answer == "partly shown"
    assert "1 included report was held against" in found.basis
    assert "0 retracted or in doubt, 1 with an erratum. No check after the last search" in found.basis


def test_an_empty_review_has_conduct_too() -> None:
    m = material(())
    assert all(p.holds in ("open", "no", "yes", "partly") for p in conduct(m, (), ""))
    assert amstar2(m, (), conduct(m, (), ""), "")
    assert mecir(m, (), conduct(m, (), ""))


def test_pabak() -> None:
    assert pabak(40, 5, 5, 50) == pytest.approx(0.8)


def test_versions_say_what_was_decided_under_each() -> None:
    amended = LOCK + (
        'amendments: [{{n: 1, at: "2025-02-01T10:02:30Z", what: "a year", why: "too many", stages: [screening], before: "{}", after: "{}"}}]\n'.format("a" * 64, "b" * 64)
    )  # fmt: skip
    m = material((both("1", "include", 1), both("2", "include", 3, protocol="b" * 64)), protocol=protocol(amended))
    lines = versions(m)
    assert [(v.name, v.decisions, v.before) for v in lines] == [("as locked", 2, 0), ("amendment 1", 2, 2)]
    other = material((both("1", "include", 1, protocol="c" * 64),))
    assert any("neither the locked nor an amended" in d.said for d in deviations(other, SEARCHES))


def test_what_nobody_planned_is_found() -> None:
    m = material((split("1", 1, by="CD"), both("2", "exclude", 5, via="import")), (both("1", "exclude", 9),))
    said = " ".join(d.said for d in deviations(m, (*SEARCHES, Search(source="extra", date="2025-01-02"))))
    assert "Source ‘extra’ is not in the protocol" in said
    assert "Web pages was planned, and has not been searched." in said
    assert "1 conflict settled by CD, where the protocol names EF" in said
    assert "2 decisions made elsewhere and imported" in said
    assert "1 exclusion without the reason that the protocol requires" in said


def test_the_command(finished: Small) -> None:
    told = finished.json("conduct", code=3)
    assert {p["id"] for p in told["predicates"]} >= {"prospective", "dual-full-text", "integrity", "dual-extraction"}
    assert len(told["amstar2"]) == 16
    shown = finished("conduct", code=3)
    assert "rest on imports" in shown.stdout


def test_what_one_extractor_said_is_nowhere_before_the_other_has_answered(finished: Small) -> None:
    """Nor does any page, table or list tell it."""
    row = {"title": "Working together in small towns: a survey of councils", "question": "Q1", "field": "design", "value": "trial"}
    finished("extraction", "import", finished.table("one.csv", [{**row, "quote": "said by one"}]), "--as", "AB")
    finished("run")
    for path in finished.reports.rglob("*"):
        assert not path.is_file() or "said by one" not in path.read_text(encoding="utf-8"), path.name
    assert "fewer extractors than planned have answered" in (finished.reports / "report.html").read_text()


def test_who_settled_by_discussion_is_named_as_the_team_names_them() -> None:
    p = protocol()
    said = " ".join(screening(p, PhaseResult(phase="title-abstract", begun=(split("a", 1, by="AB, CD"), split("b", 5)))))
    assert f"2 conflicts were settled by {', '.join(sorted(p.member_name(w) for w in ('AB', 'CD', 'EF')))}." in said
