"""The consensus screen: answers that differ, with their quotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.settling import Settling
from review.fulltext.document import Document
from review.fulltext.quotes import WORDS
from review.model.events import MISSING
from review.model.extraction import Cell, Given, QuoteCheck
from review.model.protocol import Protocol
from review.model.reading import one_line
from review.model.record import Report
from review.model.related import Related
from review.model.values import problem
from review.tui.dialogs import Ask, Choose, Line
from review.tui.parts import missing_code, related_text, short
from review.tui.reading import READING, ReadingFrame, record_only

SILENT = ("verified", "absent", "no file")  # of quotes: nothing that an adjudicator need be told


class ConsensusApp(ReadingFrame):
    """A sitting over `session`, with the document beside it: one key goes to the words that an answer rests on."""

    TITLE = "review consensus"
    DECIDES = SAYS = frozenset({"take"})
    ONLY: ClassVar[dict[str, str]] = {"sentence": READING}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "take(0)", "Take first"),
        Binding("2", "take(1)", "Take second"),
        Binding("3", "third", "Another value"),
        Binding("t", "choose", "Take one of them all", show=False),  # where more than two stand side by side
        Binding("u", "undo", "Undo"),
        Binding("g", "go(0)", "Go to quote 1"),
        Binding("G", "go(1)", "Go to quote 2"),
        *ReadingFrame.FINDING[:-1],
        Binding("left,p", "step(-1)", "Back", key_display="←"),
        Binding("right", "step(1)", "On", key_display="→"),
        Binding("down,j", "sentence(1)", "Sentence", key_display="↑ ↓", priority=True),
        Binding("up,k", "sentence(-1)", "Sentence", show=False, priority=True),
        ReadingFrame.FINDING[-1],
        ReadingFrame.ASK,
    ]

    def __init__(
        self,
        session: Settling,
        protocol: Protocol,
        document: Callable[[Report], Document] = record_only,
        checks: Mapping[str, QuoteCheck] | None = None,
        related: Related | None = None,
    ) -> None:
        """checks: of the quotes of answers that differ, by the answer's id; related: report -> others that bear on it."""
        super().__init__(document)
        self.checks = checks or {}
        self.related = related or {}
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice
        self._unsaved: tuple[int, list[str]] = (-1, [])  # what the disk did not take, and of which cell

    def study(self) -> Report | None:
        cell = self.session.current
        return self.session.reports[cell.report] if cell else None

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
        study = self.session.reports[cell.report]
        text.append_text(related_text(self.related, study.keys))
        text.append(one_line(study.title) + "\n\n", style="bold")
        text.append(f"{cell.question} · {field.label if field else cell.field}\n", style="italic")
        if field and field.choices and field.type != "theme":
            text.append(f"({'; '.join(field.choices)})\n", style="dim")
        for n, given in enumerate(cell.answers, 1):
            text.append(f"\n{n}  {self.protocol.member_name(given.by)} ({given.by}){self._of(cell, given)}: ")
            text.append(given.value or MISSING.get(given.missing, given.missing), style="bold")
            text.append(f"\n   “{given.quote}”{f' ({given.locator})' if given.locator else ''}" if given.quote else "\n   no quote")
            check = self.checks.get(given.id)
            text.append(f" – {WORDS.get(check.state, check.state)}\n" if check and check.state not in SILENT else "\n", style="italic")
            if given.note:
                text.append(f"   note: {given.note}\n")
        if len(cell.answers) > 2:
            text.append("\nt takes any of them.\n", style="dim")
        if done := self.session.settled.get(self.session.position):
            text.append(
                f"\nSettled: {done.value or MISSING.get(done.missing, '')}{f' ({done.note})' if done.note else ''}\n", style="reverse"
            )
        return text

    def _of(self, cell: Cell, given: Given) -> str:
        """Of which report somebody said it, where they said another thing of another report of the study."""
        if sum(a.by == given.by for a in cell.answers) < 2:
            return ""
        title = next((r.title for r in self.session.reports[cell.report].records if r.key == given.record), given.record)
        return f", of ‘{short(title)}’"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "sentence" and self.busy else super().check_action(action, parameters)

    def action_sentence(self, by: int) -> None:
        self.move(by)

    def action_go(self, n: int) -> None:
        cell = self.session.current
        if cell and n < len(cell.answers) and cell.answers[n].quote:
            self.go_to(cell.answers[n].quote, cell.answers[n].locator)
        elif cell and n < len(cell.answers):
            self.redraw("This answer has no quote.")

    def action_take(self, n: int) -> None:
        cell = self.session.current
        if cell and n < len(cell.answers):
            given = cell.answers[n]
            self.to_form()
            self.act(self.session.take, n, said=f"Saved: {short(given.value or MISSING.get(given.missing, ''))}. Both answers stay.")

    def action_choose(self) -> None:
        cell = self.session.current
        if cell is None:
            return
        options = [
            f"{n} {a.by}: {short(a.value or MISSING.get(a.missing, ''), 60)}{self._of(cell, a)}" for n, a in enumerate(cell.answers, 1)
        ]

        def chosen(choice: list[str] | None) -> None:
            if choice:
                self.action_take(options.index(choice[0]))

        self.push_screen(Choose("Which of them stands?", options), chosen)

    def action_third(self) -> None:
        cell = self.session.current
        if cell is None:
            return
        field = self.session.fields.get((cell.question, cell.field))
        self.to_form()

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

    def take_back(self, why: str = "") -> None:
        if self.session.settled:
            self.act(self.session.undo, said=why or "Undone: the last consensus, of this difference.")
        else:
            self.redraw("There is nothing to undo.")

    def action_step(self, by: int) -> None:
        if self.mode == READING:
            self.turn(by)
            return
        self.session.step(by)
        self.redraw()
