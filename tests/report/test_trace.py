"""The life of a record, and what a number is made of."""

from __future__ import annotations

import json

import pytest
from support import TITLES, Small

from review.report.prisma_keys import KEYS
from review.report.trace import BOXES


def key_of(review: Small, title: str) -> str:
    return next(i["key"] for i in review.json("trace", "--count", "identified")["items"] if i["title"] == title)


@pytest.mark.slow
def test_the_life_of_a_report(finished: Small) -> None:
    (told,) = finished.json("trace", key_of(finished, TITLES[5]))
    said = [f"{s['who']} {s['what']}".strip() for s in told["steps"]]
    assert any("came from Alpha, in alpha.ris at line" in s for s in said)
    assert any(s.startswith("AB decided: exclude") for s in said)
    assert any(s.startswith("CD decided: include") for s in said)
    assert any(s.startswith("EF settled the conflict: exclude") for s in said)
    assert told["state"] == "excluded at title-abstract"
    assert "Records excluded (databases and registers)" in told["shown"]
    assert all(s["protocol"] for s in told["steps"] if s["stage"] == "title-abstract")
    (twice,) = finished.json("trace", key_of(finished, TITLES[0]))
    assert len(twice["records"]) == 2
    assert any(s["stage"] == "dedup" and "are one report" in s["what"] for s in twice["steps"])
    assert any("EF settled Q1.country: Wales" in f"{s['who']} {s['what']}" for s in twice["steps"])
    assert finished("trace", key_of(finished, TITLES[0])).stdout.startswith(TITLES[0])
    # What people did comes in the order in which they did it: this file after the answers.
    (finished.root / "late.txt").write_text(TITLES[0])
    finished("fulltext", "add", "late.txt", "--for", key_of(finished, TITLES[0]), "--as", "AB")
    (late,) = finished.json("trace", key_of(finished, TITLES[0]))
    assert "late.txt" in late["steps"][-1]["what"]


@pytest.mark.slow
def test_a_verdict_is_not_told_before_all_have_decided(filled: Small) -> None:
    filled.decide("AB", {TITLES[0]: "exclude"})
    told = filled("trace", key_of(filled, TITLES[0])).stdout
    assert "AB decided (not told until all have)" in told
    assert "exclude" not in told
    filled.decide("CD", {TITLES[0]: "include"})
    assert "AB decided: exclude" in filled("trace", key_of(filled, TITLES[0])).stdout


@pytest.mark.parametrize("box", sorted(BOXES))
def test_every_box_is_its_list(finished: Small, box: str) -> None:
    flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
    arm = flow["other"] if BOXES[box].startswith("other-") else flow["main"]
    field = BOXES[box].removeprefix("other-")
    expected = {
        "identified": sum(n for _, n in arm["identified"]), "removed": arm["duplicates"], "not-retrieved": arm["not_retrieved"],
        "reports-excluded": sum(n for _, n in arm["reasons"]), "included": flow["included_reports"],
    }.get(field)  # fmt: skip
    assert finished.json("trace", "--count", box)["n"] == (arm[field] if expected is None else expected)


def test_names_of_boxes_and_bad_ones(finished: Small) -> None:
    for name in ("records_screened", "Box 4", "screened"):
        assert finished.json("trace", "--count", name)["list"] == "screened"
    assert {k.box for k in KEYS if k.box.startswith("box")} - BOXES.keys() == {"box1", "box17"}
    assert "no box or list 'box99'" in finished("trace", "--count", "box99", code=2).stderr
    assert "Nothing here has the key" in finished("trace", "nobody:1", code=2).stderr
    assert "Name what to trace" in finished("trace", code=2).stderr
