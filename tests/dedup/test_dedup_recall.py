"""Records are read from the index once: whatever came, went and changed since, and whatever became of the files."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import frame_of

from review.model.record import Record

STATES = st.lists(st.dictionaries(st.integers(0, 6), st.sampled_from("xyz"), max_size=7), min_size=1, max_size=5)


@given(STATES, st.sampled_from(("", "cut", "changed", "garbage", "gone")))
def test_what_is_recalled_is_what_would_be_read(tmp_path_factory: pytest.TempPathFactory, states: list[dict[int, str]], harm: str) -> None:
    pl = import_module("polars")
    recalled = import_module("review.dedup.recall").recalled
    folder = tmp_path_factory.mktemp("recall") / "small.dedup.records"
    asked: list[str] = []
    before: dict[str, str] = {}
    for state in states:
        records = [Record(key=f"a:{n}", source="a", title=f"{title} {n}", year=2000 + n) for n, title in sorted(state.items())]
        whole = frame_of(records)
        now = pl.DataFrame(
            {"key": whole["key"], "digest": [ord(title) for _, title in sorted(state.items())]}, schema_overrides={"digest": pl.Int64}
        )

        def fetch(keys: list[str], whole=whole) -> object:  # type: ignore[no-untyped-def]  # of polars, which is loaded late
            asked.extend(keys)
            return whole.filter(pl.col("key").is_in(keys))

        asked.clear()
        assert recalled(folder, now, fetch).equals(whole)
        titles = {r.key: r.title for r in records}
        if not harm:
            assert set(asked) <= {key for key, title in titles.items() if before.get(key) != title}
        before = titles
        for path in folder.glob("*.arrow") if harm else ():
            data = path.read_bytes()
            if harm == "gone":
                path.unlink()
            else:
                path.write_bytes({"cut": data[:-9], "changed": data[:50] + b"#" + data[51:], "garbage": b"no arrow"}[harm])
