"""The screening screen: one record, one key a verdict."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.model.events import Note
from review.screening.session import Screening
from review.tui.dialogs import Ask, Choose, Line
from review.tui.frame import Frame
from review.tui.parts import criteria_text, record_text, short


class ScreenApp(Frame):
    """One reviewer's sitting over `session`."""

    TITLE = "review screen"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "decide('include')", "Include"),
        Binding("e", "exclude", "Exclude"),
        Binding("m", "decide('maybe')", "Maybe"),
        Binding("r", "lost", "Not retrieved"),
        Binding("s", "skip", "Skip"),
        Binding("n", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
    ]

    def __init__(self, session: Screening) -> None:
        super().__init__()
        self.session = session
        self.notice = session.protocol.review.notice
        self._unsaved: dict[str, str] = {}  # notes that the disk did not take

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.session.plan.name == "full-text" if action == "lost" else True

    def place(self) -> object:
        return self.session.position

    def bar_text(self) -> str:
        done = self.session.progress
        share = 100 * done.done // done.total if done.total else 100
        return f"{self.session.who} · {self.session.plan.name} · {done.done:,} of {done.total:,} ({share} %) · {done.left:,} left · {done.sitting:,} this sitting"

    def main_text(self) -> Text:
        report = self.session.current
        if report is None:
            return Text(
                "All done: every record of this phase has your decision.\n\n← goes back to the last record, u undoes, q leaves.",
                style="bold",
            )
        votes = self.session.votes.get(report.key, ())
        status = " and ".join(f"{v.verdict}{f' ({v.reason})' if v.reason else ''}" for v in votes)
        if len(votes) > 1:
            status += ": two records of yours were merged into this report; decide again"
        if status:
            status = f"Your decision: {status}"
        if report.key in self.session.lost:
            why = self.session.lost[report.key]
            status = f"The full text was not retrieved{f': {why}' if why else ''}"
        return record_text(report, self.session.note_on(report), status)

    def side_text(self) -> Text:
        return criteria_text(self.session.protocol, self.session.plan.name)

    def _decide(self, verdict: str, reason: str = "") -> None:
        # The next record is on screen when this is read: it names the one it is about.
        about = f": {short(self.session.current.title)}" if self.session.current else ""
        self.act(self.session.decide, verdict, reason, said=f"Saved: {verdict}{f' ({reason})' if reason else ''}{about}")

    def action_decide(self, verdict: str) -> None:
        self._decide(verdict)

    def action_exclude(self) -> None:
        report = self.session.current
        if report is None or not self.session.plan.reason_required:
            self._decide("exclude")
            return

        def chosen(reason: list[str] | None) -> None:
            if reason:
                self._decide("exclude", reason[0])

        mine = self.session.mine(report.key)
        self.push_screen(
            Choose("The first criterion that fails:", self.session.protocol.reasons(self.session.plan.name), [mine.reason] if mine else ()),
            chosen,
        )

    def action_skip(self) -> None:
        before = self.session.position
        self.act(self.session.skip, said="Skipped; it comes back at the end.")
        if self.session.current and self.session.position == before:
            self.redraw("This is the only one left.")

    def action_note(self) -> None:
        report = self.session.current
        if report is None:
            return

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._unsaved[report.key] = text[0]
                if self.act(self.session.note, text[0], said="Note saved; the verdict is as it was."):
                    del self._unsaved[report.key]

        self.push_screen(Ask(Line("Note on this record:", self._unsaved.get(report.key, self.session.note_on(report)))), written)

    def action_undo(self) -> None:
        def undo() -> None:
            undone.append(self.session.undo())

        undone: list[object] = []
        if self.act(undo):
            last = undone[0]
            self.redraw(
                "There is nothing to undo."
                if last is None
                else "Undone: the last note."
                if isinstance(last, Note)
                else "Undone: the last decision, on this record."
            )

    def action_lost(self) -> None:
        report = self.session.current
        if report is None:
            return

        def written(why: list[str] | None) -> None:
            if why is not None:
                self.act(self.session.not_retrieved, why[0].strip(), said=f"Saved: not retrieved: {short(report.title)}")

        self.push_screen(Ask(Line("Why could the full text not be got?", self.session.lost.get(report.key, ""))), written)

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
