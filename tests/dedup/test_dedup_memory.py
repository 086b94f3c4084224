"""What a run remembers saves time and changes nothing."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import TITLES as SMALL_TITLES
from support import Small, ris
from test_dedup_clusters import RECORDS, TITLES, WORDS
from tools import at, deduplicate, frame_of

from review.model.events import Sameness
from review.model.record import Record

# Records with keys that do not tell when they came, and a block that is split as it grows: many begin with the same letters.
SETS = st.lists(st.tuples(st.sampled_from(range(30)), RECORDS), max_size=12, unique_by=lambda pair: pair[0]).map(
    lambda found: [replace(r, key=f"s:{n:03}", source="s") for n, r in found]
)
CROWD = [
    Record(key=f"t:{n:03}", source="t", title=f"{TITLES[0]} no {n}", year=2000 + n % 3, journal="Soil", pages=str(n % 9)) for n in range(60)
]


def same(one: Any, other: Any) -> None:
    """The outcome of one run is that of the other, and so is what they remember."""
    assert one == other
    alike(one.memory, other.memory)


PAIRS = ("proposed", "likely", "whole", "worded")


def alike(one: Any, other: Any) -> None:
    """Whatever lots the features came in."""
    for name in PAIRS:
        assert getattr(one, name).equals(getattr(other, name)), name
    for names in (["key", "squash", "content"], ["key 3.0", "key 12.1", "begins", "split 1"]):
        assert one.shelf.columns(names).equals(other.shelf.columns(names))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SETS, WORDS, st.integers(0, 60)), min_size=2, max_size=4), st.sampled_from([5, 100_000]))
def test_a_run_that_remembers_another_ends_as_one_that_does_not(
    history: list[tuple[list[Record], list[Sameness], int]], batch: int
) -> None:
    """Records come, go and change, blocks grow and shrink, people speak: each state is as if there had been no other. batch: pairs that
    are compared at once, whatever lots they lie in; of more, two lots at a time."""
    memory = None
    for records, words, crowd in history:
        now = [*records, *CROWD[:crowd]]
        # However much came and went, only the blocks that are touched are made again.
        with patch.object(at("review.dedup.proposals"), "_FEW", 0), patch.object(at("review.dedup.shelf"), "BATCH", batch):
            found = deduplicate(now, certain=0.95, unsure=0.3, sameness=words, memory=memory)
        same(found, deduplicate(now, certain=0.95, unsure=0.3, sameness=words))
        memory = found.memory


@pytest.mark.parametrize("digested", [False, True])
@pytest.mark.slow
def test_a_doi_that_many_have_counts_for_nothing_also_where_it_once_did(made: Callable[..., Record], digested: bool) -> None:
    """Records that are as they were, of which one day another's make something else. digested: the index says which are as they were."""
    engine = at("review.dedup.engine")

    def run(records: list[Record], memory: Any) -> Any:
        frame = frame_of(records)
        if digested:
            frame = frame.with_columns(digest=frame.hash_rows(9).reinterpret(signed=True))
        return engine.deduplicate(frame, certain=0.95, unsure=0.3, memory=memory)

    two = [made(f"a:{n}", title=f"{TITLES[n]} apart", doi="10.1000/x", pmid="12345") for n in range(2)]
    many = [
        made(f"b:{n}", title=f"{TITLES[n % 5]} {'abcdefgh'[n] * 4}", doi="10.1000/x", pages=str(n), authors=(f"Au{n}, B",))
        for n in range(8)
    ]
    memory, features = None, set()
    for records in (two, [*two, *many], two, [*two, *many]):
        found, alone = run(records, memory), run(records, None)
        assert found.members.equals(alone.members)
        assert found.links.equals(alone.links)
        alike(found.memory, alone.memory)
        features.add(found.memory.shelf.columns(["doi", "pmid"])["doi"][0])
        memory = found.memory
    assert features == {"10.1000/x", ""}
    assert memory.shelf.parts.height == 2 + len(two) + len(many)  # what came back was there


def test_only_what_is_new_is_compared(made: Callable[..., Record], monkeypatch: pytest.MonkeyPatch) -> None:
    shelf_ = at("review.dedup.shelf")
    records = [made(f"a:{n}", title=f"{TITLES[4]} {'abcdefgh'[n % 8] * 5}", pages=str(n)) for n in range(12)]
    before = deduplicate(records, certain=0.95, unsure=0.3)
    compared: list[tuple[int, int]] = []
    work = shelf_.Shelf.batches

    def noted(self: Any, pairs: Any) -> Any:
        compared.extend(pairs.select("a", "b").iter_rows())
        return work(self, pairs)

    monkeypatch.setattr(shelf_.Shelf, "batches", noted)
    one_more = [*records, made("a:3x", title=f"{TITLES[4]} ddddd", pages="3")]
    found = deduplicate(one_more, certain=0.95, unsure=0.3, memory=before.memory)
    new = found.memory.shelf.columns(["key"])["key"].to_list().index("a:3x")
    assert compared
    assert all(new in pair for pair in compared)
    compared.clear()
    deduplicate(one_more, certain=0.95, unsure=0.3, memory=found.memory)
    assert compared == []


def test_few_pairs_are_one_batch_whatever_lots_they_came_in() -> None:
    """Records that came over years, a lot at a time: a batch for every two lots would cost more than the pairs."""
    shelf_, pl = at("review.dedup.shelf"), at("polars")
    whole = shelf_.prepared(frame_of([replace(r, title=f"{TITLES[n % 5]} {n}") for n, r in enumerate(CROWD)]))
    parts = at("review.dedup.parts").Parts()
    for start in range(0, whole.height, 9):
        parts.append(whole[start : start + 9])
    draw = Random(3)
    place = draw.sample(range(whole.height), whole.height)
    pairs = pl.DataFrame([draw.sample(range(whole.height), 2) for _ in range(99)], schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
    (batch,) = shelf_.Shelf(parts, at("numpy").array(place)).batches(pairs)
    assert batch.pairs.equals(pairs)
    for name, side in zip("ab", batch.sides(("key", "squash")), strict=True):
        assert side.equals(whole.select("key", "squash")[place][pairs[name]])


def test_a_block_that_grows_takes_pairs_away(made: Callable[..., Record]) -> None:
    """A record more, and a block is split: pairs of old records are proposed no more; a record less, and they are again."""
    crowd = [
        made(f"a:{n:02}", title=f"{TITLES[4]} {'abcdefghijklm'[n % 13] * 5}", authors=(f"Auth{n}, A",), pages=str(n), year=1950 + n)
        for n in range(30)
    ]
    some, many = (deduplicate(crowd[:n], certain=0.95, unsure=0.3).memory for n in (24, 25))
    proposed = [{(a, b) for a, b, _ in m.proposed.iter_rows()} for m in (some, many)]
    assert any(24 not in pair for pair in proposed[0] - proposed[1])
    with patch.object(at("review.dedup.proposals"), "candidate_pairs", side_effect=AssertionError):
        grown = deduplicate(crowd[:25], certain=0.95, unsure=0.3, memory=some).memory
        alike(grown, many)
        shrunk = deduplicate(crowd[:24], certain=0.95, unsure=0.3, memory=grown).memory
    assert shrunk.proposed.equals(some.proposed)


def test_proposals_that_can_t_be_right_are_not_changed_but_made_anew(made: Callable[..., Record]) -> None:
    kept = deduplicate([made(f"a:{n}", pages=str(n)) for n in range(3)], certain=0.95, unsure=0.3).memory.proposed
    changed, none = at("review.dedup.proposals")._changed, at("numpy").array([], "uint64")
    codes = at("review.dedup.memory").codes_of(kept)
    pairs, fresh = changed(kept, codes[:1], codes[:1])
    assert pairs.equals(kept)
    assert fresh.is_empty()
    assert changed(kept, codes + 1000, none) is None
    assert changed(kept, at("numpy").repeat(codes, 30), none) is None


def test_a_memory_that_is_not_whole_is_none(made: Callable[..., Record], tmp_path: Path) -> None:
    """Torn at any place, changed at any place, of another version, no ZIP, a ZIP of something else; and so its files of features."""
    memory = at("review.dedup.keeping")
    kept = deduplicate([made("a:1"), made("b:2"), made("c:3", pages="7")], certain=0.95, unsure=0.3).memory
    path = tmp_path / "small.dedup"
    memory.save(kept, path, "1")
    alike(memory.load(path, "1"), kept)
    assert memory.load(path, "1").likely.height == kept.likely.height > 0
    assert memory.load(path, "2").shelf.height == 0
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        for field in fields(kept):
            parts.writestr(field.name, b"ARROW1")
        parts.writestr("version", "1")
    (features,) = (tmp_path / "small.dedup.features").iterdir()
    for file in (path, features):
        data = file.read_bytes()
        changed = [data[:n] + bytes((data[n] ^ 1,)) + data[n + 1 :] for n in range(0, len(data), len(data) // 31)]
        for bad in (b"", b"garbage", other.getvalue(), *(data[: len(data) * n // 9] for n in range(9)), *changed):
            file.write_bytes(bad)
            found = memory.load(path, "1")
            if found.shelf.height:  # a bit of a date in the ZIP's own lists, which says nothing of the contents
                assert file == path
                alike(found, kept)
        file.unlink()
        assert memory.load(path, "1").shelf.height == 0
        file.write_bytes(data)
    alike(memory.load(path, "1"), kept)


@pytest.mark.slow
def test_new_records_are_a_file_of_their_own_until_there_are_many(made: Callable[..., Record], tmp_path: Path) -> None:
    memory, path = at("review.dedup.keeping"), tmp_path / "small.dedup"
    files: list[set[str]] = []
    for n in range(18):
        records = [made(f"a:{m:02}", title=f"{TITLES[m % 5]} {m}", pages=str(m)) for m in range(n + 3)]
        found = deduplicate(records, certain=0.95, unsure=0.3, memory=memory.load(path, "1"))
        same(found, deduplicate(records, certain=0.95, unsure=0.3))
        memory.save(found.memory, path, "1")
        files.append({p.name for p in (tmp_path / "small.dedup.features").iterdir()})
    assert files[0] < files[1] < files[9]
    assert len(files[-1]) < 17
    few = records[:4]
    found = deduplicate(few, certain=0.95, unsure=0.3, memory=memory.load(path, "1"))
    same(found, deduplicate(few, certain=0.95, unsure=0.3))
    memory.save(found.memory, path, "1")
    assert len(list((tmp_path / "small.dedup.features").iterdir())) == 1
    assert memory.load(path, "1").shelf.parts.height == 4


@pytest.mark.slow
def test_in_a_review(filled: Small) -> None:
    """A memory that is damaged, or gone, or another's: the files are those of a first run."""
    kept = filled.root / ".review" / "small.dedup"
    filled("run")
    features = {p: p.read_bytes() for p in kept.with_name("small.dedup.features").iterdir()}
    first = kept.read_bytes()
    (filled.root / "more.ris").write_text(ris((SMALL_TITLES[1], "A late paper on towns"), prefix="L"), encoding="utf-8")
    filled("import", "more.ris", "--source", "beta", "--date", "2025-06-01")
    outcomes = []
    for bytes_ in (first, first[:-40], b"\0" * 5000, b"", None):
        for path in (filled.root / ".review").glob("small.d*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if bytes_ is not None:
            kept.with_name("small.dedup.features").mkdir()
            for path, data in features.items():
                path.write_bytes(data if bytes_ else data[:-1])
            kept.write_bytes(bytes_)
        filled("run")
        files = {p.name: p.read_bytes() for p in sorted(filled.reports.rglob("*")) if p.is_file()}
        outcomes.append((files, filled.json("dedup")))
    assert all(outcome == outcomes[0] for outcome in outcomes)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_crowded_blocks_are_brought_up_to_date(seed: int) -> None:
    """Hundreds of titles that begin alike, some of which come, go and change: only the parts of blocks that they stand in are made again."""
    draw = Random(seed)
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]

    def some(n: int) -> Record:
        title = f"A study of the same long beginning here {' '.join(draw.choices(words, k=3))}" if draw.random() < 0.8 else "Editorial"
        return Record(
            key=f"k:{n:04}", source=draw.choice("ab"), title=title, authors=(draw.choice(["Smith, A", "Jones, B", "Lee, C"]),),
            year=draw.choice([2000, 2001, 2002]), journal=draw.choice(["Soil", "Dune"]), volume=str(draw.randint(1, 3)), pages=str(draw.randint(1, 8)),
        )  # fmt: skip

    state = {n: some(n) for n in range(draw.randint(100, 260))}
    memory = None
    with patch.object(at("review.dedup.proposals"), "_FEW", 0):
        for _ in range(3):
            now = [state[n] for n in sorted(state)]
            found = deduplicate(now, certain=0.95, unsure=0.3, memory=memory)
            same(found, deduplicate(now, certain=0.95, unsure=0.3))
            memory = found.memory
            state |= {n: some(n) for n in draw.choices(range(300), k=draw.choice([1, 3, 30]))}
            state = {n: record for n, record in state.items() if draw.random() > 0.02}
