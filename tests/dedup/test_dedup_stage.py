"""The stage as the pipeline runs it, in one process: records of an index and people's words in; reports, lists and questions out."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import PROTOCOL
from tools import BASE, at, read_files

from review.model.events import Sameness
from review.model.record import Record
from review.stage import Context
from review.store.db import Store
from review.workspace import Workspace

ERRATUM = {"title": f"Erratum: {BASE['title']}", "pages": "300"}
NOWHERE = {"volume": "", "issue": "", "pages": ""}


def record(key: str, **changes: Any) -> Record:
    source = key.partition(":")[0]
    return Record(key=key, source=source, searched="2025-05-01", **{**BASE, **changes})


RECORDS = [
    record("alpha:1"),
    record("beta:1", pages="123-39"),
    record("web:1", doi="10.1234/x"),
    record("alpha:2", **ERRATUM),
    record("alpha:3", title="RETRACTED: Rain barrels in the schools of the north", pages="7-9"),
    # May be a report of its own.
    record("beta:2", **NOWHERE, year=2013),
]


class Review:
    """A review of `RECORDS`, on disk; its stage is run by a call."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(root, "small")
        for folder in (self.workspace.protocol_path.parent, self.workspace.database.parent, self.workspace.reports):
            folder.mkdir(parents=True)
        self.workspace.protocol_path.write_text(PROTOCOL, encoding="utf-8")
        self.store = Store.open(self.workspace.database)

    def hold(self, *records: Record) -> None:
        """Make these the records of the index, as a search does."""
        with self.store.transaction():
            was = {r.key: r for r in self.store.records()}
            now = {r.key: r for r in records}
            changed = sorted(key for key in {*was, *now} if was.get(key) != now.get(key))
            self.store.exchange(list(was), records)
            self.store.save_result("search", {"changed": changed})

    def say(self, *words: tuple[str, str, bool]) -> None:
        ledger = self.workspace.dedup_ledger()
        for n, (a, b, same) in enumerate(words):
            ledger.append(Sameness(id=f"{n:04}", at="2025-05-02T00:00:00Z", by="AB", a=a, b=b, same=same))

    def __call__(self) -> Any:
        with self.store.transaction():
            return at("review.dedup.stage").STAGE.run(Context(self.workspace, self.store))

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.workspace.reports / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def reports(self) -> list[tuple[str, ...]]:
        return [r.keys for r in self.store.reports()]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    made = Review(tmp_path)
    made.hold(*RECORDS)
    return made


def test_records_in_reports_lists_and_questions_out(review: Review) -> None:
    found = review()
    assert review.reports == [("alpha:1", "beta:1", "web:1"), ("alpha:2",), ("alpha:3",), ("beta:2",)]
    assert found.summary == "6 records, 2 duplicates, 4 reports; 1 pair is unsure"
    assert [(who, n, command) for who, n, _, command in found.waits] == [("the lead author", 1, "review dedup --review --as NAME")]
    assert found.warnings == ()
    # The database's record stays, and that of the website goes.
    removed = review.rows("excluded_duplicates.csv")
    assert [(row["removed"], row["kept"]) for row in removed] == [("beta:1", "alpha:1"), ("web:1", "alpha:1")]
    assert review.rows("doi_collisions.csv") == []
    related = [(row["relation"], row["report"], row["other report"]) for row in review.rows("related_reports.csv")]
    assert related[0] == ("erratum or retraction of", "alpha:1", "alpha:2")
    assert {row[0] for row in related} == {"erratum or retraction of"}
    assert "alpha:3" in str(review.store.result("related"))  # it says of itself that it was retracted
    stage = at("review.dedup.stage").STAGE
    assert stage.outputs(review.workspace, found.digest) == ""
    (review.workspace.reports / "doi_collisions.csv").unlink()
    assert stage.outputs(review.workspace, found.digest) == "doi_collisions.csv is missing"


def test_books_of_two_houses_that_one_source_gives_without_ids_are_two_reports(review: Review) -> None:
    book = {**BASE, **NOWHERE, "journal": "", "doi": "", "type": "BOOK"}
    keys = ("alpha:h0123456789abcdef", "alpha:h0123456789abcdef#2", "alpha:h0123456789abcdef#3")
    houses = ("Sage", "Routledge", "SAGE Publications")
    review.hold(*(record(key, **{**book, "imprint": f"publisher: {house}"}) for key, house in zip(keys, houses, strict=True)))
    review()
    assert review.reports == [keys[::2], keys[1:2]]


def test_a_second_run_gives_the_same_and_words_of_people_something_else(review: Review) -> None:
    inputs = at("review.dedup.stage").STAGE.inputs
    first, given = review(), inputs(review.workspace)
    assert (review().digest, inputs(review.workspace)) == (first.digest, given)
    review.say(("alpha:1", "beta:2", True), ("alpha:1", "web:1", False), ("alpha:1", "gone:9", True))
    told = review()
    assert review.reports == [("alpha:1", "beta:1", "beta:2"), ("alpha:2",), ("alpha:3",), ("web:1",)]
    assert told.digest != first.digest
    assert told.waits == ()
    assert told.summary.endswith("4 reports")
    assert [text.partition(" on pairs")[0] for text in told.warnings] == ["1 word of people"]
    assert {name for name, digest in inputs(review.workspace).items() if given[name] != digest} == {"merges and unmerges"}


def test_a_later_run_knows_what_came_went_and_changed(review: Review) -> None:
    review()
    alone = replace(RECORDS[1], title="Bees of the southern lakes and what they eat", authors=("Smith, Z.",), pages="400-410")
    review.hold(RECORDS[0], alone, *RECORDS[2:4], record("beta:3", pmid="123"))
    found = review()
    assert review.reports == [("alpha:1", "beta:3", "web:1"), ("alpha:2",), ("beta:1",)]
    assert found.summary == "5 records, 2 duplicates, 3 reports"
    assert found.waits == ()


def test_a_person_says_which_of_two_reports_is_the_reply(review: Review) -> None:
    word = Sameness(id="0001", at="2025-05-02T00:00:00Z", by="AB", a="beta:1", b="beta:2", same=False, relation="reply_to", first="beta:2")
    for first, told in (("beta:2", "the second is the comment or reply"), ("", "")):
        review.workspace.dedup_ledger().append(replace(word, id=f"0002{first}", first=first))
        review()
        rows = review.rows("related_reports.csv")
        assert [row["which is which"] for row in rows if row["relation"] == "reply to"] == [told]
        assert ("answered by" in str(review.store.result("related"))) == bool(first)


def test_what_was_torn_off_the_ledger_is_told(review: Review) -> None:
    review.say(("alpha:1", "web:1", False))
    path = review.workspace.dedup_ledger().path
    with path.open("ab") as file:
        file.write(b'{"torn')
    [warning] = review().warnings
    assert warning.endswith("screening/small/dedup.jsonl: a torn last line was left out")


@pytest.mark.parametrize("columns", ["record_id,title,author,year", "title,author,year"])
def test_files_are_read_at_once_or_row_by_row(tmp_path: Path, columns: str) -> None:
    """With a column that numbers the records each is called by its number, without by its file and place."""
    numbered = columns.startswith("record_id")
    cells = ["9,Gardens,Harlow,2010", "7,Soil,Okoye,NA"]
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in paths:
        path.write_text("\n".join([columns, *(row if numbered else row.partition(",")[2] for row in cells), ""]), encoding="utf-8")
    records, rejects = read_files(paths, lambda *_: None)
    keys = ["9", "7", "9#2", "7#2"] if numbered else ["one.csv:1", "one.csv:2", "two.csv:1", "two.csv:2"]
    assert (records["key"].to_list(), rejects) == (keys, ())
    assert records["source"].to_list() == ["one.csv"] * 2 + ["two.csv"] * 2
    assert records.select("title", "year").rows() == [("Gardens", 2010), ("Soil", 0)] * 2
