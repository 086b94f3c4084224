"""The adjudication screen: both votes side by side."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.screening.settling import Adjudication
from review.tui.dialogs import Ask, Choose, Line
from review.tui.frame import Frame
from review.tui.parts import criteria_text, record_text, short


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
        self._notes: dict[str, str] = {}  # report -> what goes with its resolution

    def place(self) -> object:
        return self.session.position

    def bar_text(self) -> str:
        return (
            f"{self.session.who} · {self.session.plan.name} conflicts · {len(self.session.resolved):,} settled · {self.session.left:,} left"
        )

    def main_text(self) -> Text:
        if self.session.current is None:
            return Text("All conflicts of this phase are settled.\n\n← goes back, u undoes, q leaves.", style="bold")
        report, outcome = self.session.current
        text = Text()
        for vote in outcome.votes:
            text.append(f"{self.session.protocol.member_name(vote.by)} ({vote.by}): ")
            text.append(vote.verdict.upper(), style="bold")
            text.append(f", {vote.reason}" if vote.reason else "")
            note = self.session.notes.get(vote.by, {}).get(report.key, vote.note)
            text.append(f"; note: {note}" if note else "")
            text.append("\n")
        done = self.session.resolved.get(report.key)
        text.append("\n")
        note = self._notes.get(report.key, done.note if done else "")
        text.append_text(
            record_text(report, note, f"Your resolution: {done.verdict}{f' ({done.reason})' if done.reason else ''}" if done else "")
        )
        return text

    def side_text(self) -> Text:
        return criteria_text(self.session.protocol, self.session.plan.name)

    def action_resolve(self, verdict: str) -> None:
        if self.session.current is None:
            return
        if verdict == "include" or not self.session.plan.reason_required:
            self._resolve(verdict, "")
            return

        def chosen(reason: list[str] | None) -> None:
            if reason:
                self._resolve("exclude", reason[0])

        report, outcome = self.session.current
        done = self.session.resolved.get(report.key)
        given = done.reason if done else next((v.reason for v in outcome.votes if v.reason), "")
        self.push_screen(Choose("The first criterion that fails:", self.session.protocol.reasons(self.session.plan.name), [given]), chosen)

    def _resolve(self, verdict: str, reason: str) -> None:
        if self.session.current is None:
            return
        report, _ = self.session.current
        done = self.session.resolved.get(report.key)
        note = self._notes.get(report.key, done.note if done else "")
        self.act(
            self.session.resolve, verdict, reason, note, said=f"Saved: {verdict}{f' ({reason})' if reason else ''}: {short(report.title)}"
        )

    def action_note(self) -> None:
        if self.session.current is None:
            return
        report, _ = self.session.current
        done = self.session.resolved.get(report.key)

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._notes[report.key] = text[0]
                self.redraw("The note is saved with your resolution: i or e.")

        self.push_screen(Ask(Line("Note for this resolution:", self._notes.get(report.key, done.note if done else ""))), written)

    def action_undo(self) -> None:
        if self.session.resolved:
            self.act(self.session.undo, said="Undone: the last resolution, of this conflict.")
        else:
            self.redraw("There is nothing to undo.")

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
