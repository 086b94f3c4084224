"""The index: what goes in comes out, together or not at all; what it can't use it begins anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import ReviewError
from review.model.record import Link, Record, Reject
from review.store.db import Store
from review.store.rows import BATCH
from review.store.schema import SCHEMA
from review.store.state import Damaged, discard, stage_states

STAGE = {
    "name": "search", "version": 3, "inputs": {"a": "1"}, "fingerprint": "f", "digest": "d", "summary": "s",
    "waits": [["AB", 2, "records", "review screen"]], "warnings": ["one"],
}  # fmt: skip


def record(key: str, **more: object) -> Record:
    return Record(key=key, source=key.partition(":")[0], **more)  # type: ignore[arg-type]


def keep(store: Store, records: Iterable[Record]) -> None:
    """Make these the records of an index."""
    store.exchange([r.key for r in store.records()], records)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".review" / "small.db"


@pytest.mark.parametrize("where", ["file", "url", "memory"])
def test_what_is_saved_is_read_sorted(path: Path, where: str) -> None:
    import polars as pl

    path.parent.mkdir()
    store = Store.open({"file": path, "url": f"sqlite:///{path}", "memory": "sqlite://"}[where])
    records = [
        record(f"a:{n:05}", title="Tïtle 🎉", authors=("Maker, A.", "B"), keywords=("x",), year=2001, line=n) for n in range(BATCH + 3)
    ]
    rejects = [Reject(source="a", file="f", line=n, reason="no title", raw="TY  - ") for n in (3, 1, 2)]
    with store.transaction():
        keep(store, reversed(records))
        store.save_rejects(rejects)
        store.save_reports(
            pl.DataFrame({"record": ["a:00000", "a:00001", "a:00002"], "report": ["a:00000", "a:00001", "a:00000"]}),
            pl.DataFrame(
                [("a:00000", "a:00002", 1.0, "doi", "same DOI", "duplicate"), ("a:00000", "a:00001", 0.5, "title", "", "unsure")],
                schema=[field.name for field in fields(Link)],
                orient="row",
            ),
        )
        store.save_result("screening", {"phases": [1, "é"]})
    assert store.records() == records
    assert store.rejects() == rejects
    assert [(r.key, r.keys) for r in store.reports()] == [("a:00000", ("a:00000", "a:00002")), ("a:00001", ("a:00001",))]
    assert [r.keys for r in store.reports(["a:00001", "a:nowhere"])] == [("a:00001",)]
    assert store.columns("key", "authors", "year").row(-1) == (records[-1].key, "Maker, A.; B", 2001)
    assert [link.b for link in store.links()] == ["a:00001", "a:00002"]
    assert [link.rule for link in store.links("unsure")] == ["title"]
    assert store.result("screening") == {"phases": [1, "é"]}
    assert store.result("extraction") == {}
    keep(store, [])
    assert store.records() == []
    assert store.reports() == []
    store.close()


def test_what_is_there_as_it_is_is_not_written_again(path: Path) -> None:
    store = Store.open(path)
    keep(store, [record(f"a:{n}", authors=("Mäker, A.",), line=n) for n in range(5)])
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE seen (what, key)")
        connection.execute("CREATE TRIGGER t1 AFTER INSERT ON record BEGIN INSERT INTO seen VALUES ('in', new.key); END")
        connection.execute("CREATE TRIGGER t2 AFTER DELETE ON record BEGIN INSERT INTO seen VALUES ('out', old.key); END")
    now = [record(f"a:{n}", authors=("Mäker, A.", *["B"] * (n == 2)), line=n) for n in (5, 3, 2, 0, 1)]
    keep(store, now)
    assert store.records() == sorted(now, key=lambda r: r.key)
    store.close()
    with sqlite3.connect(path) as connection:
        seen = sorted(connection.execute("SELECT * FROM seen"))
    assert seen == [("in", "a:2"), ("in", "a:5"), ("out", "a:2"), ("out", "a:4")]


def test_what_goes_is_exchanged_for_what_comes(path: Path) -> None:
    """What is not named stays; what goes and comes as it was is not written again."""
    store = Store.open(path)
    keep(store, [record(f"a:{n}", title="old", authors=("B",), line=n) for n in range(6)])
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE seen (what, key)")
        connection.execute("CREATE TRIGGER t1 AFTER INSERT ON record BEGIN INSERT INTO seen VALUES ('in', new.key); END")
        connection.execute("CREATE TRIGGER t2 AFTER DELETE ON record BEGIN INSERT INTO seen VALUES ('out', old.key); END")
    with store.transaction():
        known = store.records()
        fresh = [record("a:2", title="new", line=2), record("a:3", title="old", authors=("B",), line=3), record("a:7")]
        store.exchange(["a:2", "a:3", "a:5"], fresh)
        now = [*known[:2], *fresh[:2], known[4], fresh[2]]
        assert store.records() == now
    store.close()
    again = Store.open(path)
    assert again.records() == now
    assert again.records(["a:7", "a:0", "a:nowhere"]) == [now[0], now[-1]]
    again.close()
    with sqlite3.connect(path) as connection:
        assert sorted(connection.execute("SELECT * FROM seen")) == [("in", "a:2"), ("in", "a:7"), ("out", "a:2"), ("out", "a:5")]


@given(st.text(st.characters(exclude_categories=("Cs",))), st.lists(st.text(st.characters(exclude_categories=("Cs",)))))
def test_any_text_is_kept(title: str, authors: list[str]) -> None:
    store = Store.open("sqlite://")
    one = record("a:1", title=title, authors=tuple(authors))
    keep(store, [one])
    assert store.records() == [one]


def test_a_transaction_is_kept_whole_or_not_at_all(path: Path) -> None:
    store = Store.open(path)
    keep(store, [record("a:1")])

    def fail() -> None:
        with store.transaction():
            keep(store, [record("a:2")])
            store.save_stage(**STAGE)
            assert [r.key for r in store.records()] == ["a:2"]  # seen inside
            raise ReviewError("the stage failed")

    with pytest.raises(ReviewError, match="the stage failed"):
        fail()
    assert [r.key for r in store.records()] == ["a:1"]
    assert stage_states(path) == {}
    with store.transaction():
        store.save_stage(**STAGE)
    assert stage_states(path) == {"search": STAGE}
    store.save_stage(**{**STAGE, "digest": "e"})
    assert stage_states(path)["search"]["digest"] == "e"
    store.close()


def test_the_stages_of_an_index_that_is_not_there_or_not_ours(path: Path) -> None:
    assert stage_states(path) == {}
    assert not path.parent.exists()
    path.parent.mkdir()
    for data in (b"", b"garbage" * 500, bytes(4096)):
        path.write_bytes(data)
        assert stage_states(path) == {}
        assert path.read_bytes() == data  # reading changes nothing


@pytest.mark.parametrize("version", [0, SCHEMA + 1])
def test_an_index_of_another_schema_is_begun_anew(path: Path, version: int) -> None:
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE of_another_time (a)")
    assert stage_states(path) == {}
    store = Store.open(path)
    assert store.records() == []
    store.close()
    with sqlite3.connect(path) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"record", "reject", "member", "link", "result", "stage"}


def test_opening_what_is_there_changes_nothing(path: Path) -> None:
    store = Store.open(path)
    keep(store, [record("a:1")])
    store.close()
    before = path.read_bytes()
    again = Store.open(path)
    assert [r.key for r in again.records()] == ["a:1"]
    again.close()
    assert path.read_bytes() == before


def test_a_damaged_index_is_told_from_a_full_disk(path: Path) -> None:
    store = Store.open(path)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE result")
    with pytest.raises(Damaged, match=r"the index was damaged: no such table: result") as damaged:
        store.result("screening")
    assert damaged.value.exit_code == 1
    with store._engine.begin() as connection_:
        connection_.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(ReviewError, match=r"the index: database or disk is full") as full:
        keep(store, [record(f"a:{n}", title="x" * 1000) for n in range(100)])
    assert not isinstance(full.value, Damaged)
    store.close()


def test_discarding_takes_the_index_and_its_journals_only(path: Path) -> None:
    Store.open(path).close()
    others = [path.with_name(name) for name in ("small.heads.json", "small.db.backup", "small2.db")]
    for other in (*others, path.with_name("small.db-journal")):
        other.write_text(json.dumps({}))
    discard(path)
    discard(path)
    assert sorted(path.parent.iterdir()) == sorted(others)


def test_a_place_that_can_not_hold_an_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReviewError, match=r"file/small\.db: "):
        Store.open(tmp_path / "file" / "small.db")
    (tmp_path / "small.db").mkdir()
    with pytest.raises(ReviewError, match=r"small\.db: unable to open database file"):
        Store.open(tmp_path / "small.db")
