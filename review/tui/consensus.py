"""The consensus screen: answers that differ, with their quotes."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.settling import Settling
from review.model.events import MISSING
from review.model.protocol import Protocol
from review.model.values import problem
from review.tui.dialogs import Ask, Line
from review.tui.frame import Frame
from review.tui.parts import missing_code, record_text, short


class ConsensusApp(Frame):
    """A sitting over `session`."""

    TITLE = "review consensus"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "take(0)", "Take first"),
        Binding("2", "take(1)", "Take second"),
        Binding("3", "third", "Another value"),
        Binding("u", "undo", "Undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
        Binding("c", "side", "Document"),
    ]

    def __init__(self, session: Settling, protocol: Protocol) -> None:
        super().__init__()
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice
        self._unsaved: tuple[int, list[str]] = (-1, [])  # what the disk did not take, and of which cell

    def place(self) -> object:
        return self.session.position

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
            text.append(f"\n   “{given.quote}”{f' ({given.locator})' if given.locator else ''}\n" if given.quote else "\n   no quote\n")
            if given.note:
                text.append(f"   note: {given.note}\n")
        if done := self.session.settled.get(self.session.position):
            text.append(
                f"\nSettled: {done.value or MISSING.get(done.missing, '')}{f' ({done.note})' if done.note else ''}\n", style="reverse"
            )
        return text

    def side_text(self) -> Text:
        cell = self.session.current
        return record_text(self.session.reports[cell.report]) if cell else Text()

    def action_take(self, n: int) -> None:
        cell = self.session.current
        if cell and n < len(cell.answers):
            given = cell.answers[n]
            self.act(self.session.take, n, said=f"Saved: {short(given.value or MISSING.get(given.missing, ''))}. Both answers stay.")

    def action_third(self) -> None:
        cell = self.session.current
        if cell is None:
            return
        field = self.session.fields.get((cell.question, cell.field))

        def wrong(value: str) -> str:
            return "" if missing_code(value) or field is None else f"{field.label}: {text}" if (text := problem(field, value)) else ""

        def given(lines: list[str] | None) -> None:
            if lines is None:
                return
            place, (value, note) = self.session.position, lines
            code = missing_code(value)
            self._unsaved = (place, lines)
            if self.act(lambda: self.session.third("" if code else value, code, note), said=f"Saved: {short(value)}. Both answers stay."):
                self._unsaved = (-1, [])

        place, lines = self._unsaved
        value, note = lines if place == self.session.position else ("", "")
        self.push_screen(
            Ask(
                Line("The value that stands (or NR, UC, NA):", value, wrong),
                Line("Why neither of the two:", note, lambda text: "" if text.strip() else "A third value needs a reason."),
            ),
            given,
        )

    def action_undo(self) -> None:
        if self.session.settled:
            self.act(self.session.undo, said="Undone: the last consensus, of this difference.")
        else:
            self.redraw("There is nothing to undo.")

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
