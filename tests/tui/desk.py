"""A reviewer's desk for the tests of the screens: real ledgers in a folder, a protocol, records, and eyes for a screen."""

from __future__ import annotations

import errno
import json
import os
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support import PROTOCOL
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from review.extraction.cells import extract
from review.extraction.session import Extracting
from review.extraction.settling import Settling
from review.ledger import FileLedger
from review.model.events import Opened
from review.model.protocol import Protocol
from review.model.protocol_yaml import load
from review.model.record import Record, Report
from review.model.screening import PhaseResult
from review.screening.phases import screen
from review.screening.session import Screening
from review.screening.settling import Adjudication
from review.screening.votes import notes_of
from review.tui.haste import Unhurried

SIZES = [(80, 24), (200, 50)]

FORMS = PROTOCOL.replace(
    "        - {id: design,",
    "        - {id: who, label: Who, type: choices, choices: [residents, councils, clinics]}\n"
    "        - {id: when, label: When, type: date}\n"
    "        - {id: design,",
)


def record(key: str, title: str, **fields: Any) -> Report:
    return Report(key=key, records=(Record(key=key, title=title, **fields),))


PLAIN = [record(f"a:{n}", f"Title {n}", abstract=f"Abstract {n}.", journal="Places", year=2011) for n in range(1, 5)]


@cache
def protocol_of(text: str) -> Protocol:
    return load(text, "small.yaml")


class Desk:
    def __init__(self, root: Path, protocol: str = PROTOCOL, reports: list[Report] | None = None) -> None:
        self.root = root
        self.reports = PLAIN if reports is None else reports
        self.protocol = protocol_of(protocol)
        self.report_of = {k: r.key for r in self.reports for k in r.keys}

    def path(self, who: str, part: str = "title-abstract") -> Path:
        return self.root / part / f"{who}.jsonl"

    def ledger(self, who: str, part: str = "title-abstract") -> FileLedger:
        return FileLedger(self.path(who, part), opened=Opened(by=who, review="small", ledger=f"{part}/{who}"))

    def lines(self, who: str, part: str = "title-abstract") -> list[dict[str, Any]]:
        """What is on disk, without the first line."""
        path = self.path(who, part)
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][1:] if path.exists() else []

    def verdicts(self, who: str, part: str = "title-abstract") -> list[str]:
        """What is on disk, in short: verdict:record, or the kind of a line that is no verdict."""
        return [f"{e['verdict']}:{e['record']}" if "verdict" in e else e["kind"] for e in self.lines(who, part)]

    def screening(
        self, who: str = "AB", phase: str = "title-abstract", lost: tuple[str, ...] = (), read: tuple[str, ...] = ()
    ) -> Screening:
        plan = self.protocol.phase(phase)
        assert plan
        return Screening(self.ledger(who, phase), who, plan, self.protocol, "d", self.reports, lost, read=read)

    def phases(self) -> tuple[PhaseResult, ...]:
        parts = ("title-abstract", "full-text")
        return screen(
            self.protocol,
            {k: r.key for r in self.reports for k in r.keys},
            {p: {w: self.ledger(w, p).events() for w in ("AB", "CD", "EF")} for p in parts},
        )

    def adjudication(self, phase: str = "title-abstract") -> Adjudication:
        plan = self.protocol.phase(phase)
        assert plan
        result = next(r for r in self.phases() if r.phase == phase)
        of = {r.key: r for r in self.reports}
        conflicts = [(of[o.report], o) for o in result.outcomes if o.state == "conflict" or o.resolution]
        notes = {w: notes_of(self.ledger(w, phase).events(), phase, self.report_of) for w in ("AB", "CD")}
        return Adjudication(self.ledger("EF", phase), "EF", plan, self.protocol, "d", conflicts, notes)

    def extracting(self, who: str = "AB") -> Extracting:
        return Extracting(self.ledger(who, "extraction"), who, self.protocol.extraction, "d", self.reports)

    def settling(self) -> Settling:
        ledgers = {w: self.ledger(w, "extraction").events() for w in ("AB", "CD", "EF")}
        found = extract(self.protocol.extraction, [r.key for r in self.reports], self.report_of, ledgers)
        cells = [c for c in found.cells if c.state in ("differs", "settled")]
        return Settling(self.ledger("EF", "extraction"), "EF", self.protocol.extraction, "d", {r.key: r for r in self.reports}, cells)


def as_in_a_terminal(app: Unhurried) -> float:
    """Let the screen take keys by their times, and these by a clock of their own; gives a time in the future, from which they count."""
    app.lives_alone = True
    app._haste.shown = lambda at: None  # type: ignore[method-assign]
    return time.perf_counter() + 1


def press_at(app: Unhurried, key: str, *times: float) -> None:
    """Press a key at these times."""
    for at in times:
        pressed = Key(key, key)
        pressed.time = at
        app.post_message(pressed)


def seen(app: App[None]) -> str:
    """The characters of the screen, line by line, with the dialog if one is open."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def under(app: App[None]) -> str:
    """The characters of the screen under a dialog."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen_stack[0]._compositor.render_strips())


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait until all is drawn, and look."""
    await pilot.press(*keys)
    await pilot.pause()
    for _ in range(20):  # a busy machine looks like a screen at rest, and a screen that was left has something to draw for ever
        if not _drawing(pilot.app.screen):
            break
        await pilot.pause()
    return seen(pilot.app)


def _drawing(screen: Screen[Any]) -> bool:
    """Whether something of a screen is still to be drawn, or to be done once it is drawn."""
    return bool(screen._layout_required or screen._dirty_widgets or screen._callbacks)


async def type_(pilot: Pilot[None], text: str) -> str:
    """Type into the line that has the focus: the last letter by its key, those before it at once."""
    line = pilot.app.focused
    assert isinstance(line, Input)
    line.insert_text_at_cursor(text[:-1])
    return await press(pilot, "space" if text[-1] == " " else text[-1])


def full_disk(monkeypatch: pytest.MonkeyPatch, ledgers: Path) -> None:
    """From now on, nothing more can be written into a ledger below a folder."""
    real = os.write

    def write(fd: int, data: Any) -> int:
        if str(ledgers) in os.path.realpath(f"/proc/self/fd/{fd}"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
