"""Records are read from the index once: whatever came, went and changed since, and whatever became of the files."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import frame_of

from review.errors import ReviewError
from review.model.record import Record

STATES = st.lists(st.tuples(st.dictionaries(st.integers(0, 6), st.sampled_from("xyz"), max_size=7), st.booleans()), min_size=1, max_size=6)
HARM = ("", "cut", "changed", "garbage", "gone", "no list", "torn list", "other list", "older list", "other code")


@given(STATES, st.sampled_from(HARM))
def test_what_is_recalled_is_what_would_be_read(
    tmp_path_factory: pytest.TempPathFactory, states: list[tuple[dict[int, str], bool]], harm: str
) -> None:
    """told: whether the search says what it changed, or nothing, as where it ran twice."""
    pl = import_module("polars")
    recall = import_module("review.dedup.recall")
    folder = tmp_path_factory.mktemp("recall") / "small.dedup.records"
    asked: list[str] = []
    before: dict[str, str] = {}
    first_list = b""
    for n_, (state, told) in enumerate(states):
        records = [Record(key=f"a:{n}", source="a", title=f"{title} {n}", year=2000 + n) for n, title in sorted(state.items())]
        whole = frame_of(records)
        digests = [hash_of(n, title) for n, title in sorted(state.items())]
        now = pl.DataFrame({"key": whole["key"], "digest": digests}, schema_overrides={"digest": pl.Int64})
        titles = {r.key: r.title for r in records}
        changed = {key for key in {*titles, *before} if titles.get(key) != before.get(key)}

        def fetch(keys: list[str], whole=whole, now=now) -> object:  # type: ignore[no-untyped-def]  # of polars, which is loaded late
            asked.extend(keys)
            return whole.with_columns(now["digest"], searched=pl.lit("2025-01-01")).filter(pl.col("key").is_in(keys))

        asked.clear()
        total = (len(digests), sum(d >> 32 for d in digests), sum(d & 0xFFFFFFFF for d in digests))
        index = recall.Index(total, sorted(changed) if told else (), lambda now=now: now, fetch)
        found = recall.recalled(folder, f"version {n_ if harm == 'other code' else 1}".ljust(16), index).columns(
            [*whole.columns, "shown", "digest"]
        )
        assert found["digest"].to_list() == digests
        assert found.select(whole.columns).equals(whole)
        assert found["shown"].to_list() == [f"{r.title},,{r.year},,,,,," for r in records]
        if not harm:
            assert set(asked) <= changed
        before = titles
        listed = folder / "lots.json"
        first_list = first_list or listed.read_bytes()
        if harm == "no list":
            listed.unlink()
        elif harm.endswith("list"):
            listed.write_bytes({"torn list": listed.read_bytes()[:-3], "other list": b'{"a.arrow": [0]}', "older list": first_list}[harm])
        for path in folder.glob("*.arrow") if harm in HARM[1:5] else ():
            data = path.read_bytes()
            if harm == "gone":
                path.unlink()
            else:
                path.write_bytes({"cut": data[:-9], "changed": data[:50] + b"#" + data[51:], "garbage": b"no arrow"}[harm])


@pytest.mark.parametrize(("wanted", "few"), [(1, True), (4, False), (5, False)])
def test_of_the_index_few_records_are_asked_by_their_keys_and_most_of_them_with_all_others(wanted: int, few: bool) -> None:
    pl = import_module("polars")
    columns = import_module("review.dedup.columns")
    rows = [
        dict.fromkeys(columns.FIELDS, "") | {"key": f"a:{n}", "year": 2000 + n, "searched": "2025-01-01", "digest": n} for n in range(5)
    ]
    asked: list[list[str] | None] = []

    class Index:
        def columns(self, *names: str, keys: list[str] | None) -> object:
            asked.append(keys)
            return pl.DataFrame([row for row in rows if keys is None or row["key"] in keys]).select(names)

    keys = [f"a:{n}" for n in range(wanted)]
    found = import_module("review.dedup.stage")._fetched(Index(), keys, len(rows))
    assert asked == [keys if few else None]
    assert found["key"].to_list() == keys
    assert found["digest"].to_list() == list(range(wanted))


def hash_of(n: int, title: str) -> int:
    """A digest as the index has them: of 64 bits, with a sign."""
    return ((n + 1) * 0x9E3779B97F4A7C15 * ord(title)) % (1 << 64) - (1 << 63)


@given(st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 255), st.sampled_from([4096, 8192, 1 << 22]))
def test_the_name_of_a_file_tells_of_each_byte(
    tmp_path_factory: pytest.TempPathFactory, size: int, at: int, change: int, read: int
) -> None:
    keeping = import_module("review.dedup.keeping")
    path = tmp_path_factory.mktemp("sums") / "file"

    def name(data: bytes) -> str:
        path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            whole = keeping.sum_of(path)
            patch.setattr(keeping, "_READ", read)
            assert keeping.sum_of(path) == whole  # however much of it is looked at at once
        return str(whole)

    data = bytes(n * n % 251 for n in range(size))
    assert name(data).endswith(f"-{size}")
    assert name(data) != name(data + b"\0")
    if at < size:
        assert name(data) != name(data[:at] + bytes([data[at] ^ change]) + data[at + 1 :])


def test_a_table_that_has_no_room_leaves_nothing_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pl = import_module("polars")
    keeping = import_module("review.dedup.keeping")

    def full(_table: object, file: BinaryIO, **_: object) -> None:
        file.write(b"half of it")
        raise OSError("No space left on device (os error 28)")  # as polars says it, without a number

    monkeypatch.setattr(pl.DataFrame, "write_ipc", full)
    with pytest.raises(ReviewError, match="can't be written: No space left on device"):
        keeping.lay(pl.DataFrame({"a": [1]}), tmp_path / "lots")
    assert list((tmp_path / "lots").iterdir()) == []
