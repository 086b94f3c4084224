"""Reports that belong together without being one, as their reader is told of them."""

from __future__ import annotations

from typing import Any

import pytest

from review.model.record import Link, Record, Report
from review.model.related import GONE, RELATIONS, Relation, from_json, is_gone, of_records, related_by, role, seen, shown, to_json

ARTICLE = "Mayors and mental health: a trial"


def report(key: str, title: str, year: int = 2014, kind: str = "") -> Report:
    return Report(key=key, records=(Record(key=key, title=title, year=year, journal="Journal of Towns", volume="2", type=kind),))


def related(reports: list[Report], links: list[Link], firsts: dict[tuple[str, str], str] | None = None) -> dict[str, tuple[Relation, ...]]:
    """Of each report what bears on it, by the links and its own record. firsts: of two records the one that a person said is the notice."""
    known = {r.key: r for r in reports}
    of = {record.key: r.key for r in reports for record in r.records}
    linked = [x for x in links if x.verdict in RELATIONS]
    pairs = [(x.verdict, of[x.a], of[x.b], of.get((firsts or {}).get((x.a, x.b), ""), "")) for x in linked]
    gone = [r.key for r in reports if is_gone(r)]
    return related_by(pairs, gone, lambda verdict, mine, other, first: seen(verdict, known[mine], known[other], first))


def told(verdict: str, mine: Report, other: Report) -> tuple[Relation, Relation]:
    """What the reader of each is told of the other."""
    link = Link(a=mine.key, b=other.key, probability=0.0, rule="r", evidence="e", verdict=verdict)
    found = related([mine, other], [link])
    assert from_json(to_json(found)) == found
    return found[mine.key][-1], found[other.key][-1]


@pytest.mark.parametrize(
    ("title", "kind", "seen", "loud"),
    [
        (f"Retraction: {ARTICLE}", "", "retraction", True),
        (f"Retraction note to: {ARTICLE}", "", "retraction", True),
        (f"Notice of retraction: {ARTICLE}", "", "retraction", True),
        ("Notice", "Retraction of Publication", "retraction", True),
        (f"Expression of concern: {ARTICLE}", "", "concern", True),
        (f"Erratum: {ARTICLE}", "", "erratum", False),
        (f"Correction to: {ARTICLE}", "", "erratum", False),
        (f"Author correction: {ARTICLE}", "", "erratum", False),
        (f"WITHDRAWN: {ARTICLE}", "", "retraction", True),
        (ARTICLE, "", "concern", True),  # a person said so, and no title tells which is the notice
    ],
)
def test_a_notice_is_told_to_the_reader_of_the_article_a_retraction_loudly(title: str, kind: str, seen: str, loud: bool) -> None:
    article, notice = told("erratum_or_retraction_of", report("a:1", ARTICLE), report("b:1", title, 2016, kind))
    assert (article.kind, article.loud, article.other) == (seen, loud, "b:1")
    assert "Journal of Towns, 2016, 2" in article.words
    if title not in (ARTICLE, f"WITHDRAWN: {ARTICLE}"):
        assert (notice.kind, notice.loud) == ("notice", False)


def test_versions_say_which_is_newer_and_replies_which_answers() -> None:
    older, newer = told("version_of", report("a:1", ARTICLE, 2014), report("b:1", ARTICLE, 2016))
    assert (older.kind, newer.kind) == ("newer", "older")
    assert told("version_of", report("a:1", ARTICLE), report("b:1", ARTICLE))[0].kind == "version"
    asked, answer = told("reply_to", report("a:1", ARTICLE), report("b:1", f"Comment on: {ARTICLE}"))
    assert asked.words.startswith("Commented on or answered by: ")
    assert answer.words.startswith("It answers: ")
    assert told("abstract_of", report("a:1", ARTICLE), report("b:1", "P12 Mayors"))[0].words.endswith(
        "P12 Mayors (Journal of Towns, 2014, 2) [b:1]"
    )


@pytest.mark.parametrize(
    ("verdict", "first", "second", "which"),
    [
        ("erratum_or_retraction_of", {}, {"title": f"Erratum to: {ARTICLE}"}, ("an erratum", "what the first corrects")),
        ("erratum_or_retraction_of", {}, {"title": f"Retraction: {ARTICLE}"}, ("the retraction", "what the first retracts")),
        ("erratum_or_retraction_of", {}, {}, ("", "")),
        ("version_of", {}, {"journal": "medRxiv"}, ("the preprint", "the published version")),
        ("version_of", {}, {"doi": "10.1101/2020.01.02.123456", "year": 2013}, ("the preprint", "the published version")),
        ("version_of", {}, {"title": f"{ARTICLE}: study protocol"}, ("the protocol", "what the protocol led to")),
        ("version_of", {}, {"year": 2016}, ("the newer version", "the earlier version")),
        ("abstract_of", {}, {"pages": "S77"}, ("the abstract given at a meeting", "the full report")),
        ("abstract_of", {"pages": "P3"}, {"issue": "Suppl 2"}, ("", "")),
        ("reply_to", {}, {"title": f"Comment on: {ARTICLE}"}, ("the comment or reply", "what the first answers")),
        ("reply_to", {}, {"title": f"Trials again: a commentary on '{ARTICLE}'"}, ("the comment or reply", "what the first answers")),
        ("reply_to", {}, {"title": f"{ARTICLE} Response"}, ("the comment or reply", "what the first answers")),
        (
            "reply_to",
            {"title": "Response to heat"},
            {"title": "Response to heat: a reply"},
            ("the comment or reply", "what the first answers"),
        ),
        ("reply_to", {"title": "Dose response"}, {"title": "Dose and response"}, ("", "")),
    ],
)
def test_which_is_which_is_told_where_the_records_tell(
    verdict: str, first: dict[str, Any], second: dict[str, Any], which: tuple[str, str]
) -> None:
    a, b = (
        Report(key=key, records=(Record(**{"key": key, "title": ARTICLE, "year": 2014, "journal": "Journal of Towns", **fields}),))
        for key, fields in (("a:1", first), ("b:1", second))
    )
    assert (role(verdict, a, b), role(verdict, b, a)) == tuple(w and f"the second is {w}" for w in which)


@pytest.mark.parametrize("verdict", [v for v in RELATIONS if v != "co_publication"])
def test_what_a_person_said_of_which_is_which_counts_where_the_records_do_not_tell(verdict: str) -> None:
    a, b = report("a:1", ARTICLE), report("b:1", ARTICLE)
    link = Link(a="a:1", b="b:1", probability=0.0, rule="person", evidence="e", verdict=verdict)
    found = related([a, b], [link], {("a:1", "b:1"): "b:1"})
    assert found["a:1"][0].role != found["b:1"][0].role != ""
    assert found["a:1"][0].loud == (verdict == "erratum_or_retraction_of")
    assert not found["b:1"][0].loud
    assert role(verdict, a, b, "b:1") == f"the second is {found['a:1'][0].role}"
    erratum = report("a:1", f"Erratum to: {ARTICLE}")
    assert related([erratum, b], [link], {("a:1", "b:1"): "b:1"})["b:1"][0].role == (
        "an erratum" if verdict == "erratum_or_retraction_of" else found["b:1"][0].role
    )


def test_a_record_that_says_itself_that_it_was_retracted_is_loud_and_a_title_about_retraction_is_not() -> None:
    for title, kind in ((f"RETRACTED: {ARTICLE}", ""), (f"[Retracted] {ARTICLE}", ""), (ARTICLE, "Journal Article; Retracted Publication")):
        assert related([report("a:1", title, kind=kind)], [])["a:1"][0].loud
        assert any(word in title for word in GONE) or GONE[0] in kind  # by which such records are looked for
    for title in ("Retracted articles and how they are cited", "Withdrawn patients in trials", "Retraction of the eyelid"):
        assert related([report("a:1", title)], []) == {}


def test_what_no_relation_is_leaves_nobody_told_and_a_merge_brings_it_to_the_report() -> None:
    article, other = report("a:1", ARTICLE), report("c:1", "Another")
    merged = Report(key="a:1", records=(*article.records, Record(key="b:1", title=ARTICLE)))
    links = [Link(a="b:1", b="c:1", probability=0.4, rule="r", evidence="e", verdict=v) for v in ("unsure", "different", "duplicate")]
    assert related([merged, other], links) == {}
    found = related([merged, other], [Link(a="b:1", b="c:1", probability=0.0, rule="r", evidence="e", verdict="co_publication")])
    assert set(found) == {"a:1", "c:1"}
    assert of_records(found, ("x:1", "a:1", "b:1"))[0].other == "c:1"  # a study holds the records of its reports


def test_of_many_quiet_ones_few_are_shown_and_of_loud_ones_all() -> None:
    many = [Relation(f"b:{n}", "reply", False, f"reply {n}") for n in range(6)] + [Relation("c:1", "retraction", True, "gone")] * 2
    assert shown(many) == (["gone", "gone"], ["reply 0", "reply 1", "reply 2", "and 3 more related reports"])
