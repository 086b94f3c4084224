"""review flow, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import Small
from test_flow_check import table


def test_check_says_what_is_wrong_and_ends_with_3(small: Small) -> None:
    (small.root / "bad.csv").write_bytes(table(duplicates="190"))
    (small.root / "good.csv").write_bytes(table())
    told = small("flow", "check", "bad.csv", code=3)
    assert "10 records are not accounted for" in told.stdout
    assert "[F04]" in told.stdout
    assert "It adds up" in small("flow", "check", "good.csv").stderr
    found = json.loads(small("flow", "check", "bad.csv", "--json", code=3).stdout)
    assert [f["id"] for f in found[0]["findings"] if f["state"] == "fails"] == ["F04"]


def test_bad_input_is_told_without_a_traceback(small: Small) -> None:
    (small.root / "x.csv").write_text("a,b\n1,2\n")
    for words, code in ((("check", "none.csv"), 1), (("check", "x.csv"), 1), (("check", "."), 1), (("draw", "x.csv", "-o", "x.gif"), 1)):
        told = small("flow", *words, code=code)
        assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_draw_makes_each_kind_and_refuses_what_does_not_add_up(small: Small) -> None:
    small = Small(small.root)  # a process of its own: typst's threads do not live on in a forked one
    (small.root / "good.csv").write_bytes(table())
    (small.root / "bad.csv").write_bytes(table(duplicates="190"))
    for name, head in (("f.svg", b"<svg"), ("f.png", b"\x89PNG"), ("f.pdf", b"%PDF")):
        small("flow", "draw", "good.csv", "-o", name)
        first = (small.root / name).read_bytes()
        assert first.startswith(head)
        (small.root / name).unlink()
        small("flow", "draw", "good.csv", "-o", name)
        assert (small.root / name).read_bytes() == first
    small("flow", "draw", "good.csv", "-o", "f.gif", code=2)
    assert "do not" not in small("flow", "draw", "bad.csv", "-o", "b.svg", code=4).stdout
    assert not (small.root / "b.svg").exists()


def test_our_own_flow_goes_out_and_comes_back(finished: Small) -> None:
    text = finished("flow", "export").stdout
    (finished.root / "ours.csv").write_text(text, newline="")
    told = finished("flow", "check", "ours.csv")
    assert "F04" not in told.stdout
    assert finished("flow", "link").stdout.startswith("https://estech.shinyapps.io/prisma_flowdiagram/?previous_studies=0&")
    assert Path(finished.reports / "flow.json").exists()
    assert "F04" not in finished("flow", "check", str(finished.reports / "flow.json")).stdout
