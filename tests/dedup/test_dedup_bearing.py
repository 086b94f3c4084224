"""What linked reports are to each other is what their records say now, whatever became of the file that remembers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from review.model.record import Record, Report
from review.model.related import is_gone, seen

Asked = tuple[str, str, str, str]
HARM = ("", "torn", "changed", "gone", "no text", "of other code", "of the run before")


@pytest.fixture
def reports(made: Callable[..., Record]) -> dict[str, Report]:
    title = "Erratum: Community gardens and wellbeing in northern towns"
    records = (made("a:1"), made("b:2", title=title), made("c:3", type="Retracted Publication"))
    return {r.key: Report(key=r.key, records=(r,)) for r in records}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_remembered_changes_nothing(tmp_path: Path, reports: dict[str, Report], harm: str) -> None:
    bearing = import_module("review.dedup.bearing").bearing
    kept = tmp_path / "small.dedup.bearing"
    asked: list[Asked] = [("erratum_or_retraction_of", "a:1", "b:2", ""), ("erratum_or_retraction_of", "b:2", "a:1", "")]
    fetched: list[set[str]] = []

    def run(version: str = "1") -> None:
        def fetch(keys: set[str]) -> list[Report]:
            fetched.append(keys)
            return [reports[key] for key in sorted(keys)]

        contents = {key: repr(report) for key, report in reports.items()}
        see, gone = bearing(kept, version, asked, list(reports), contents, fetch)
        assert [see(*what) for what in asked] == [seen(what[0], reports[what[1]], reports[what[2]], what[3]) for what in asked]
        assert gone == [key for key, report in reports.items() if is_gone(report)] == ["c:3"]

    run()
    data = kept.read_bytes()
    if harm == "torn":
        kept.write_bytes(data[: len(data) // 2])
    elif harm == "changed":  # a letter of what was seen, which would be read without a word
        kept.write_bytes(data.replace(b"erratum", b"errytum"))
    elif harm == "gone":
        kept.unlink()
    elif harm == "no text":
        kept.write_bytes(b"\xff\xfe\x00")
    elif harm == "of the run before":  # the erratum was put right since, and is none
        first = reports["b:2"].records[0]
        reports["b:2"] = Report(key="b:2", records=(replace(first, title="Allotments and sleep in southern villages"),))
        run()
        kept.write_bytes(data)
    fetched.clear()
    run("2" if harm == "of other code" else "1")
    again = {key for keys in fetched for key in keys}
    # Nothing is read anew where the file is whole and of these records; all that it tells of is where it is not.
    assert again == (set() if harm == "" else {"a:1", "b:2"} if harm == "of the run before" else set(reports))
