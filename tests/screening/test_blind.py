"""Until all have decided, nothing that a command prints or writes depends on how a colleague voted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from forked import Forked
from support import PROTOCOL, TITLES, Small

import review.ledger
from review import pipeline
from review.cli.app import COMMANDS
from review.model.events import Decision, Event, Note, Stop
from review.model.protocol_yaml import load
from review.screening.phases import screen_phase
from review.workspace import find

# Every command: how a reviewer or the lead would read with it, or why it says nothing of verdicts.
READS: dict[str, tuple[tuple[str, ...], ...]] = {
    "status": (("status",), ("status", "--json"), ("status", "--as", "AB"), ("status", "--as", "AB", "--json"), ("status", "--as", "EF")),
    "run": (("run",), ("run", "--json")),
    "team": (("team",), ("team", "--as", "AB", "--json")),
    "agreement": (("agreement",), ("agreement", "--json")),
    "decisions": (
        ("decisions", "export", "all.csv"), ("decisions", "export", "all.ris"), ("decisions", "export", "all.xlsx"),
        ("decisions", "export", "ab.csv", "--as", "AB"), ("decisions", "export", "label.csv", "--for", "asreview"),
    ),
    "pilot": (("pilot", "status"), ("pilot", "status", "--json")),
    "screen": (("screen", "--as", "AB", "--plain"), ("screen", "--as", "AB")),
    "adjudicate": (("adjudicate", "--as", "EF"), ("adjudicate", "--as", "EF", "--plain")),
    "report": (("report",),),
    "doctor": (("doctor",), ("doctor", "--json")),
    "dedup": (("dedup", "--help"),),
    "conduct": (("conduct",),),
    "flow": (("flow", "export"), ("flow", "link")),
    "fulltext": (("fulltext", "status"),),
    "check": (("check",),),
    "table": (("table",),),
    "trace": (("trace", "alpha:A-000003"), ("trace", "alpha:A-000003", "--json")),
    "rank": (("rank",), ("rank", "--as", "AB"), ("rank", "--as", "AB", "--by", "prioritised")),
    "stop": (("stop",), ("stop", "--as", "AB")),
}  # fmt: skip
NO_VERDICTS = {
    "init", "protocol", "query", "search", "import", "library", "mesh", "serve", "convert", "describe", "extract", "extraction",
    "consensus", "link", "plot", "simulate", "appraise",
}  # fmt: skip


def test_every_command_is_thought_of() -> None:
    assert set(COMMANDS) == set(READS) | NO_VERDICTS, "a new command: say above how it is read, or that it tells no verdicts"


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> Callable[[Small, str, list[Event]], None]:
    """Writes a ledger that is the same, to the byte, for the same events."""
    numbers = count(1)
    monkeypatch.setattr(review.ledger.os, "urandom", lambda n: next(numbers).to_bytes(n))

    def write(small: Small, who: str, events: list[Event]) -> None:
        nonlocal numbers
        numbers = count(1)
        ledger = find(start=small.root).ledger("title-abstract", who)
        ledger._clock = lambda: 1_780_000_000.0
        ledger.append_all(events)

    return write


def decision(n: int, verdict: str, reason: str = "") -> Decision:
    key = f"alpha:A-{n:06}"
    return Decision(
        record=key,
        records=(key, f"beta:B-{n:06}") if n < 3 else (key,),
        phase="title-abstract",
        verdict=verdict,
        reason=reason,
        protocol="x",
    )


def note(n: int, text: str) -> Note:
    return Note(record=f"alpha:A-{n:06}", records=(f"alpha:A-{n:06}",), phase="title-abstract", note=text, protocol="x")


def undisclosed(variant: int) -> list[Event]:
    """What CD holds of the records that AB has not decided."""
    verdicts = (
        ("include", "exclude", "maybe"),
        ("exclude", "include", "include"),
        ("maybe", "maybe", "exclude"),
        ("exclude", "exclude", "exclude"),
    )[variant]
    return [decision(n, v, "No data" if v == "exclude" else "") for n, v in zip((3, 4, 5), verdicts, strict=True)] + [
        note(3, f"note {variant}")
    ]


def told(small: Small) -> dict[str, object]:
    """All that the commands print and leave behind."""
    said: dict[str, object] = {}
    for ways in READS.values():
        for words in ways:
            done = small(*words, code=None)
            assert "Usage:" not in done.stderr, f"{words} is not how this command is called: {done.stderr}"
            said[" ".join(words)] = (done.returncode, done.stdout.replace(str(small.root), "."), done.stderr.replace(str(small.root), "."))
    files = [*small.reports.rglob("*"), *small.root.glob("*.csv"), *small.root.glob("*.ris")]
    said |= {str(p.relative_to(small.root)): p.read_bytes() for p in files if p.is_file()}
    with pipeline.opened(find(start=small.root)) as store:
        said["the index"] = store.result("screening")
    return said


@pytest.mark.slow
@pytest.mark.parametrize("variants", [(0, 1), (0, 1, 2, 3)])
def test_nothing_differs_when_undisclosed_verdicts_do(
    filled: Small, steady: Callable[[Small, str, list[Event]], None], tmp_path: Path, variants: tuple[int, ...]
) -> None:
    filled("run")
    found = []
    for variant in variants:
        shutil.copytree(filled.root, tmp_path / f"v{variant}" / "review", ignore=shutil.ignore_patterns("v*"))
        small = Forked(tmp_path / f"v{variant}" / "review")
        # Three records both decided, one of them in conflict; AB has one that CD has not.
        steady(small, "AB", [decision(0, "include"), decision(1, "exclude"), decision(2, "include")])
        steady(small, "CD", [decision(0, "include"), decision(1, "include"), decision(2, "maybe"), *undisclosed(variant)])
        found.append(told(small))
    for other in found[1:]:
        for what, value in found[0].items():
            assert other[what] == value, what
        assert other.keys() == found[0].keys()


def test_the_same_commands_do_tell_once_all_have_decided(filled: Small) -> None:
    """The test above would pass if nothing were ever told."""
    filled.decide("AB", {TITLES[0]: "include"})
    filled.decide("CD", {TITLES[0]: "exclude"})
    assert "1 in conflict" in filled("run").stdout
    filled("decisions", "export", "all.csv")
    assert "exclude" in (filled.root / "all.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_lead_is_shown_verdicts_only_for_a_reason_that_the_report_gives(filled: Small) -> None:
    filled.decide("AB", dict.fromkeys(TITLES, "include"))
    assert "6 include" not in filled("team").stdout
    assert filled("team", "--unblind", "--as", "EF", code=2).stderr
    assert "has still to decide" in filled("team", "--unblind", "--as", "CD", "--why", "curious", code=2).stderr
    assert "6 include" in filled("team", "--unblind", "--as", "EF", "--why", "a complaint about AB").stdout
    ledger = (filled.root / "screening/small/title-abstract/EF.jsonl").read_text()
    assert '"kind":"unblinding"' in ledger
    assert "a complaint about AB" in ledger
    filled("run")
    assert "a complaint about AB" in (filled.reports / "report.md").read_text()


def test_what_a_reviewer_found_before_stopping_is_told_once_the_others_have_decided() -> None:
    """A count of relevant ones among what somebody read is their verdicts, to whoever has still to decide on it."""
    plan = load(PROTOCOL, "p.yaml").phase("title-abstract")
    assert plan
    keys = [f"alpha:A-{n:06}" for n in range(4)]
    said = [replace(decision(n, "include"), id=f"0{n}", by="AB") for n in (0, 1)]
    stop = Stop(id="08", by="AB", phase="title-abstract", why="enough", read=2, found=2, left=2, recall="0.95", p="0.1", certified=True)

    def stopped(theirs: list[Event]) -> tuple[bool, int, str]:
        result = screen_phase(plan, keys, {k: k for k in keys}, {"AB": [*said, stop], "CD": theirs}, ())
        return result.stopped[0].told, result.stopped[0].found, result.stopped[0].p

    one, both = [[replace(decision(n, "exclude"), id=f"1{n}", by="CD") for n in range(m)] for m in (1, 2)]
    assert stopped([]) == stopped(one) == (False, 0, "")
    assert stopped(both) == (True, 2, "0.1")
    # Who has stopped too is waited for no more.
    assert stopped([*one, replace(stop, id="19", by="CD", found=0)]) == (True, 2, "0.1")
