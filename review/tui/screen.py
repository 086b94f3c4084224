"""The screening screen: one record, one key a verdict."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.screening.session import Screening
from review.tui.frame import Frame
from review.tui.parts import Ask, Choose, criteria_text, record_text


class ScreenApp(Frame):
    """One reviewer's sitting over `session`."""

    TITLE = "review screen"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "decide('include')", "Include"),
        Binding("e", "exclude", "Exclude"),
        Binding("m", "decide('maybe')", "Maybe"),
        Binding("s", "skip", "Skip"),
        Binding("n", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("r", "lost", "Not retrieved"),
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
    ]

    def __init__(self, session: Screening) -> None:
        super().__init__()
        self.session = session
        self.notice = session.protocol.review.notice

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.session.plan.name == "full-text" if action == "lost" else True

    def bar_text(self) -> str:
        done = self.session.progress
        share = 100 * done.done // done.total if done.total else 100
        return f"{self.session.who} · {self.session.plan.name} · {done.done:,}/{done.total:,} ({share} %) · {done.left:,} left · {done.sitting:,} now"

    def main_text(self) -> Text:
        report = self.session.current
        if report is None:
            return Text("All done: every record of this phase has your decision.\n\n← goes back to the last record, u undoes, q leaves.", style="bold")
        votes = self.session.votes.get(report.key, ())
        verdict = " and ".join(f"{v.verdict}{f' ({v.reason})' if v.reason else ''}" for v in votes)
        if len(votes) > 1:
            verdict += ": two records of yours were merged into this report; decide again"
        return record_text(report, self.session.note_on(report), verdict)

    def side_text(self) -> Text:
        return criteria_text(self.session.protocol, self.session.plan.name)

    def action_decide(self, verdict: str) -> None:
        self.act(self.session.decide, verdict, said=f"Saved: {verdict}.")

    def action_exclude(self) -> None:
        reasons = self.session.protocol.reasons(self.session.plan.name)
        if not self.session.plan.reason_required:
            self.act(self.session.decide, "exclude", said="Saved: exclude.")
            return

        def chosen(reason: str | None) -> None:
            if reason:
                self.act(self.session.decide, "exclude", reason, said=f"Saved: exclude, {reason}.")

        self.push_screen(Choose("The first criterion that fails:", reasons), chosen)

    def action_skip(self) -> None:
        self.act(self.session.skip, said="Skipped; it comes back at the end.")

    def action_note(self) -> None:
        report = self.session.current
        if report is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self.act(self.session.note, text, said="Note saved; the verdict is as it was.")

        self.push_screen(Ask("Note on this record:", self.session.note_on(report)), written)

    def action_undo(self) -> None:
        before = len(self.session.events)
        if self.act(self.session.undo, said="Undone: this one is open again.") and len(self.session.events) == before:
            self.redraw("There is nothing to undo.")

    def action_lost(self) -> None:
        def written(why: str | None) -> None:
            if why is not None:
                self.act(self.session.not_retrieved, why, said="Saved: not retrieved.")

        if self.session.current:
            self.push_screen(Ask("Why could the full text not be got?"), written)

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
