"""Reports and links in the index are what was saved last, whatever became of the file that tells what it holds."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

STATES = st.lists(st.dictionaries(st.integers(0, 5), st.integers(0, 5), max_size=6), min_size=2, max_size=5)
HARM = ("", "torn", "changed", "gone", "of the run before", "killed", "of another index")


def frames(state: dict[int, int]) -> tuple[Any, Any]:
    pl, links = import_module("polars"), import_module("review.dedup.engine").LINKS
    members = pl.DataFrame(
        [(f"k{n}", f"k{min(n, of)}") for n, of in sorted(state.items())], schema={"record": pl.String, "report": pl.String}, orient="row"
    )
    rows = [(f"k{n}", f"l{of}", of / 10, "rule", f"text {of}", "unsure") for n, of in sorted(state.items())]
    return members, pl.DataFrame(rows, schema=links, orient="row")


@pytest.mark.parametrize("harm", HARM)
@settings(max_examples=5, deadline=None)
@given(states=STATES)
def test_the_index_holds_what_was_saved(tmp_path_factory: pytest.TempPathFactory, harm: str, states: list[dict[int, int]]) -> None:
    save_reports, store_of = import_module("review.dedup.written").save_reports, import_module("review.store.db").Store.open
    folder = tmp_path_factory.mktemp("written")
    kept, store = folder / "small.dedup.written", store_of("sqlite://")
    older = b""
    if harm == "of another index":
        other = store_of("sqlite://")
        save_reports(other, kept, *frames({0: 0, 1: 4}))
        other.close()
    for state in states:
        if harm == "killed":  # after the file was written, and before the index was
            with suppress(ZeroDivisionError), store.transaction():
                save_reports(store, kept, *frames({n: n for n in range(4)}))
                raise ZeroDivisionError
        members, links = frames(state)
        with store.transaction():
            save_reports(store, kept, members, links)
        assert store.report_of() == dict(members.iter_rows())
        store._report_of = None  # as a later run finds it
        assert store.report_of() == dict(members.iter_rows())
        assert [(x.a, x.b, x.probability, x.evidence) for x in store.links()] == [
            (a, b, p, evidence) for a, b, p, _, evidence, _ in links.sort("a", "b").iter_rows()
        ]
        data = kept.read_bytes()
        if harm == "torn":
            kept.write_bytes(data[: len(data) // 2])
        elif harm == "changed":
            kept.write_bytes(data[:90] + bytes((data[90] ^ 1,)) + data[91:])
        elif harm == "gone":
            kept.unlink()
        elif harm == "of the run before" and older:
            kept.write_bytes(older)
        older = data
    store.close()
