"""The adjudication screen: both votes side by side."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.screening.session import Adjudication
from review.tui.frame import Frame
from review.tui.parts import Ask, Choose, criteria_text, record_text


class AdjudicateApp(Frame):
    """An adjudicator's sitting over `session`."""

    TITLE = "review adjudicate"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "resolve('include')", "Include"),
        Binding("e", "resolve('exclude')", "Exclude"),
        Binding("n", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
    ]

    def __init__(self, session: Adjudication) -> None:
        super().__init__()
        self.session = session
        self.notice = session.protocol.review.notice
        self.note = ""

    def bar_text(self) -> str:
        return f"{self.session.who} · {self.session.plan.name} conflicts · {len(self.session.resolved):,} settled · {self.session.left:,} left"

    def main_text(self) -> Text:
        if self.session.current is None:
            return Text("All conflicts of this phase are settled.\n\n← goes back, u undoes, q leaves.", style="bold")
        report, outcome = self.session.current
        text = Text()
        for vote in outcome.votes:
            name = self.session.protocol.member_name(vote.by)
            text.append(f"{name} ({vote.by}): ")
            text.append(vote.verdict.upper(), style="bold")
            text.append(f", {vote.reason}" if vote.reason else "")
            text.append(f"; note: {vote.note}" if vote.note else "")
            text.append("\n")
        done = self.session.resolved.get(report.key)
        text.append("\n")
        text.append_text(record_text(report, self.note, done.verdict if done else ""))
        return text

    def side_text(self) -> Text:
        return criteria_text(self.session.protocol, self.session.plan.name)

    def action_resolve(self, verdict: str) -> None:
        if self.session.current is None:
            return
        if verdict == "exclude" and self.session.plan.reason_required:

            def chosen(reason: str | None) -> None:
                if reason:
                    self._resolve("exclude", reason)

            self.push_screen(Choose("The first criterion that fails:", self.session.protocol.reasons(self.session.plan.name)), chosen)
        else:
            self._resolve(verdict, "")

    def _resolve(self, verdict: str, reason: str) -> None:
        note, self.note = self.note, ""
        if not self.act(self.session.resolve, verdict, reason, note, said=f"Saved: {verdict}."):
            self.note = note

    def action_note(self) -> None:
        def written(text: str | None) -> None:
            if text is not None:
                self.note = text
                self.redraw("The note is saved with your resolution.")

        self.push_screen(Ask("Note for this resolution:", self.note), written)

    def action_undo(self) -> None:
        if self.session.resolved:
            self.act(self.session.undo, said="Undone: this conflict is open again.")
        else:
            self.redraw("There is nothing to undo in this sitting.")

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.note = ""
        self.redraw()
