"""The consensus screen: answers that differ, with their quotes."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.session import Settling
from review.model.events import MISSING
from review.model.protocol import Protocol
from review.tui.frame import Frame
from review.tui.parts import Ask, record_text


class ConsensusApp(Frame):
    """A sitting over `session`."""

    TITLE = "review consensus"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "take(0)", "Take first"),
        Binding("2", "take(1)", "Take second"),
        Binding("3", "third", "A third value"),
        Binding("u", "undo", "Undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
        Binding("c", "criteria", "Document"),
    ]

    def __init__(self, session: Settling, protocol: Protocol) -> None:
        super().__init__()
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice

    def bar_text(self) -> str:
        return f"{self.session.who} · consensus · {len(self.session.settled):,} settled · {self.session.left:,} left"

    def main_text(self) -> Text:
        cell = self.session.current
        if cell is None:
            return Text("All differences are settled.\n\n← goes back, u undoes, q leaves.", style="bold")
        field = self.session.fields.get((cell.question, cell.field))
        text = Text()
        text.append(self.session.reports[cell.report].title + "\n\n", style="bold")
        text.append(f"{cell.question} · {field.label if field else cell.field}\n", style="italic")
        if field and field.choices:
            text.append(f"({'; '.join(field.choices)})\n", style="dim")
        for n, given in enumerate(cell.answers, 1):
            text.append(f"\n{n}  {self.protocol.member_name(given.by)} ({given.by}): ")
            text.append(given.value or MISSING.get(given.missing, given.missing), style="bold")
            text.append(f"\n   “{given.quote}” ({given.locator})\n" if given.quote else "\n   no quote\n")
            if given.note:
                text.append(f"   note: {given.note}\n")
        if done := self.session.settled.get(self.session.position):
            text.append(f"\nSettled: {done.value or MISSING.get(done.missing, '')}\n", style="reverse")
        return text

    def side_text(self) -> Text:
        cell = self.session.current
        return record_text(self.session.reports[cell.report]) if cell else Text()

    def action_take(self, n: int) -> None:
        cell = self.session.current
        if cell and n < len(cell.answers):
            self.act(self.session.take, n, said="Saved; both answers stay.")

    def action_third(self) -> None:
        if self.session.current is None:
            return

        def valued(value: str | None) -> None:
            if not value:
                return

            def reasoned(note: str | None) -> None:
                if note is not None:
                    missing = value.upper() if value.upper() in MISSING else ""
                    self.act(lambda: self.session.third("" if missing else value, missing, note), said="Saved; both answers stay.")

            self.push_screen(Ask("Why neither of the two:"), reasoned)

        self.push_screen(Ask("The value that stands (or NR, UC, NA):"), valued)

    def action_undo(self) -> None:
        if self.session.settled:
            self.act(self.session.undo, said="Undone: this difference is open again.")
        else:
            self.redraw("There is nothing to undo in this sitting.")

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
