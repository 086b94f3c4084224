"""The protocol file: places of errors, digests, rewrites that keep comments, the schema."""

from __future__ import annotations

import json
import re

import pytest
from support import PROJECT, PROTOCOL, Small

from review.errors import ProtocolError
from review.model.protocol_checks import digest, sections
from review.model.protocol_yaml import load, with_amendment, with_lock
from review.model.schema import protocol_schema


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("type: qualitative", "type: qualitatif", ["review.type", "'qualitatif'", "qualitative", "did you mean 'qualitative'"]),
        ("kind: website", "kind: web site", ["sources[2].kind", "database", "did you mean 'website'"]),
        ("frame: PICo, elements", "frame: PICo, elments", ["questions[0].elments", "did you mean 'elements'"]),
        ("population: people", "populations: people", ["'populations' is not part of PICo", "phenomenon_of_interest"]),
        ("name: Alpha", "nam: Alpha", ["there is no key 'nam'", "did you mean 'name'"]),
        ("adjudicator: EF}\n  - {name: full", "adjudicator: FE}\n  - {name: full", ["phases[0].adjudicator", "'FE'", "AB, CD, EF"]),
        ("question: Q2", "question: Q9", ["extraction.forms[1].question", "'Q9'", "Q1, Q2"]),
        ("votes: 2, adjudicator: EF}", "votes: 3, adjudicator: EF}", ["phases[0]", "3 votes", "2 reviewers"]),
        ('reason: "No data"', 'reason: "No data, none"', ["criteria[0].reason", "','"]),
        ("phases:", "appraisal: [{id: MMAT2018, applies_to: all}]\nphases:", ["appraisal[0].id", "did you mean 'MMAT-2018'"]),
        ("type: number", "type: numbr", ["did you mean 'number'"]),
        ("id: beta, name: Beta", "id: alpha, name: Beta", ["sources[1]", "'alpha' is used twice"]),
        ("reviewers: [AB, CD], votes: 2, adjudicator: EF}", "reviewers: [AB, AB], votes: 2, adjudicator: EF}", ["named twice"]),
        ('schema_version: "1"', "schema_version: 1", ["schema_version"]),
    ],
)
def test_an_error_names_file_line_column_and_what_is_allowed(old: str, new: str, says: list[str]) -> None:
    assert old in PROTOCOL
    text = PROTOCOL.replace(old, new, 1)
    with pytest.raises(ProtocolError) as caught:
        load(text, "p.yaml")
    told = next(line for line in caught.value.message.splitlines() if says[0] in line)
    place, _, message = told.partition(": ")
    file, line, column = place.split(":")
    assert file == "p.yaml"
    assert int(line) == line_of(text, new.splitlines()[0])
    assert int(column) >= 1
    for words in says:
        assert words in message


def test_years_are_years() -> None:
    for years, says in (
        ("first: 200", "found 200; a year has four digits"),
        ("first: 2010, last: 2001", "2010 comes after the last, 2001"),
    ):
        with pytest.raises(ProtocolError, match=says):
            load(PROTOCOL.replace("  criteria:", "  reports: {years: {" + years + "}}\n  criteria:", 1), "p.yaml")


def test_what_is_likely_a_slip_is_told_with_its_line_and_stops_nothing(small: Small) -> None:
    text = PROTOCOL.replace("  criteria:", "  reports: {languages: [eng, French, Englsh]}\n  criteria:", 1)
    text = text.replace("phases:", "appraisal: [{id: ROBINS-E, applies_to: all}]\nphases:", 1)
    text = text.replace("name: Alpha, ", "name: Alpha, strategy: a.txt, ", 1)
    small.protocol.write_text(text)
    (small.root / "a.txt").write_text("#1 “town hall”[tiab]\n// “said”\n", encoding="utf-8")
    told = [line for line in small("protocol", "check").stderr.splitlines() if line.startswith("warning: ")]
    assert len(told) == 3
    assert f"small.yaml:{line_of(text, 'Englsh')}:" in told[0]
    assert "did you mean 'English'?" in told[0]
    assert "did you mean 'ROBINS-I'?" in told[1]
    assert told[2].startswith("warning: a.txt:1:4: “")


def test_all_errors_are_told_at_once() -> None:
    text = PROTOCOL.replace("type: qualitative", "type: x").replace("kind: website", "kind: y")
    with pytest.raises(ProtocolError) as caught:
        load(text, "p.yaml")
    assert len(caught.value.message.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1\nb: 2\n", 2), ("review: {title: x}\nreview: {title: y}\n", 2), ("a:\n\t- b\n", 2), ("- just a list\n", 1), ("", 1)],
)
def test_what_is_not_yaml_or_no_mapping_names_its_line(text: str, line: int) -> None:
    with pytest.raises(ProtocolError) as caught:
        load(text, "p.yaml")
    assert caught.value.message.startswith(f"p.yaml:{line}:")


def test_a_day_that_no_calendar_has_names_its_line_and_the_form() -> None:
    text = PROTOCOL.replace("questions:", "# dates\nquestions:", 1) + "amendments:\n  - {date: 2026-11-31}\n"
    with pytest.raises(ProtocolError) as caught:
        load(text, "p.yaml")
    assert caught.value.message == f"p.yaml:{line_of(text, '2026-11-31')}:12: '2026-11-31' is not a date of the calendar"
    assert caught.value.hint == "Write a date as 2026-01-31."


def test_an_item_with_an_error_does_not_make_its_list_empty() -> None:
    text = PROTOCOL.replace("reviewers: [AB, CD], votes: 2, adjudicator: EF}", "reviewers: [AB, AB], votes: 2, adjudicator: EF}")
    with pytest.raises(ProtocolError) as caught:
        load(text, "p.yaml")
    assert all("named twice" in line for line in caught.value.message.splitlines())
    with pytest.raises(ProtocolError) as caught:
        load(PROTOCOL.replace("reviewers: [AB, CD], votes", "reviewers: [], votes", 1), "p.yaml")
    assert "reviewers: is empty; at least one is needed" in caught.value.message


def test_no_is_a_word() -> None:
    """YAML 1.2: 'no', 'off' and 'yes' are text, not truth values."""
    protocol = load(PROTOCOL.replace("choices: [trial, survey]", "choices: [no, off, yes]"), "p.yaml")
    assert protocol.extraction.forms[0].fields[2].choices == ("no", "off", "yes")


def test_the_digest_is_of_the_plan_and_not_of_its_looks() -> None:
    one = load(PROTOCOL, "p.yaml")
    other = load(PROTOCOL.replace("   # a comment that must survive", "").replace('title: "Small review"', "title: Small review"), "p.yaml")
    assert digest(one, {}) == digest(other, {})
    assert digest(one, {}) != digest(load(PROTOCOL.replace("Does it work?", "Does it work well?"), "p.yaml"), {})
    assert digest(one, {}) != digest(one, {"alpha": "#1 x[tiab]"})
    changed = sections(load(PROTOCOL.replace("Does it work?", "Does it work well?"), "p.yaml"), {})
    assert [k for k, v in sections(one, {}).items() if changed[k] != v] == ["questions"]


def test_lock_and_amendments_keep_comments_and_the_digest() -> None:
    before = load(PROTOCOL, "p.yaml")
    text = with_lock(PROTOCOL, "p.yaml", {"sha256": digest(before, {}), "at": "2026-01-02T03:04:05Z", "sections": {}})
    assert "# a comment that must survive" in text
    text = with_amendment(text, "p.yaml", {"n": 1, "at": "2026-01-03T03:04:05Z", "what": "w", "why": "y", "before": "a", "after": "b"})
    text = with_amendment(text, "p.yaml", {"n": 2, "at": "2026-01-04T03:04:05Z", "what": "w", "why": "y", "before": "b", "after": "c"})
    after = load(text, "p.yaml")
    assert "# a comment that must survive" in text
    assert [a.n for a in after.amendments] == [1, 2]
    assert after.in_force == "c"
    assert digest(after, {}) == digest(before, {})
    assert text.startswith(PROTOCOL[:400])


def test_the_schema_for_editors_is_current() -> None:
    assert (PROJECT / "protocols" / "protocol.schema.json").read_text(encoding="utf-8") == protocol_schema()
    assert json.loads(protocol_schema())["properties"]["review"]


@pytest.mark.slow
def test_lock_then_change_then_amend(small: Small) -> None:
    small("protocol", "check")
    small("protocol", "lock")
    assert "locked" in small("protocol", "lock", code=1).stderr
    assert "has not changed" in small("protocol", "amend", "--what", "x", "--why", "y", code=1).stderr
    small.protocol.write_text(small.protocol.read_text().replace("Does it work?", "Does it work well?"))
    told = small("run", code=4)
    assert "without an amendment" in told.stderr
    assert "questions" in told.stderr
    assert "review protocol amend" in told.stderr
    small("protocol", "check", code=4)
    small("protocol", "amend", "--what", "Q1 sharper", "--why", "the pilot showed it", "--stage", "screening")
    small("run")
    text = small.protocol.read_text()
    assert "a comment that must survive" in text
    page = (small.reports / "report.html").read_text()
    assert "Q1 sharper" in page
    assert "the pilot showed it" in page


@pytest.mark.slow
def test_a_lock_after_the_first_decision_says_so(small: Small) -> None:
    small.bring_in()
    small.decide("AB", {"Community kitchens after the flood": "include"})
    assert "--late" in small("protocol", "lock", code=1).stderr
    small("protocol", "lock", "--late")
    small("run")
    assert "locked late" in (small.reports / "report.html").read_text()


def test_a_changed_strategy_is_a_changed_protocol(small: Small) -> None:
    (small.root / "queries").mkdir()
    strategy = small.root / "queries" / "a.txt"
    strategy.write_text("#1 towns[tiab]\n")
    small.protocol.write_text(
        small.protocol.read_text().replace("name: Alpha, kind: database", "name: Alpha, kind: database, strategy: queries/a.txt")
    )
    small("protocol", "lock")
    strategy.write_text("#1 town*[tiab]\n")
    assert "strategies" in small("run", code=4).stderr
    strategy.unlink()
    assert "queries/a.txt" in small("run", code=1).stderr


@pytest.mark.slow
def test_init_lays_folders_and_a_protocol_that_passes(small: Small) -> None:
    small.protocol.unlink()
    small("init", "other-review")
    told = small("protocol", "check").stderr
    for words in (
        "The title is still",
        "The question Q1 is still",
        "names of the template",
        "The strategy of pubmed is still",
        "'…' of the template still stands",
    ):
        assert words in told  # not first by 'lock'
    assert all((small.root / folder).is_dir() for folder in ("protocols", "queries", "screening", "reports"))
    assert ".review/" in (small.root / ".gitignore").read_text()
    assert {"* -text", "*.jsonl merge=union -text", "*.pdf binary", "*.docx binary"} <= {
        *(small.root / ".gitattributes").read_text().splitlines()
    }
    assert "is there already" in small("init", "other-review", code=1).stderr
    written = small.root / "protocols" / "other-review.yaml"
    written.write_text(written.read_text().replace("TITLE: a", "Towns: a"))
    assert "The question Q1 is still that of the template" in small("protocol", "lock", code=1).stderr
    written.write_text(written.read_text().replace("What is the question?", "Do towns last?"))
    assert "First Reviewer and Second Reviewer and Adjudicator: names of the template" in small("protocol", "lock", code=1).stderr
    written.write_text(re.sub('name: "[^"]+"', 'name: "Roe J"', written.read_text()))
    told = small("protocol", "lock", code=1).stderr
    assert "The strategy of pubmed is still that of the template" in told
    assert "Write it first: queries/other-review/pubmed.txt" in told
    (small.root / "queries" / "other-review" / "pubmed.txt").write_text("#1 towns[tiab]\n")
    told = small("protocol", "lock", code=1).stderr
    assert "eligibility.criteria[1].include, eligibility.reports.years.because, eligibility.reports.languages_because" in told
    written.write_text(written.read_text().replace("…", "so"))
    assert "of the template" not in small("protocol", "check").stderr
    small("protocol", "lock")
    assert "can't be the name" in small("init", "Bad Name", code=2).stderr
    small("run")
