"""The extraction screen: the form of the questions for one report at a time."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.session import Extracting
from review.model.events import MISSING
from review.model.protocol import Protocol
from review.tui.frame import Frame
from review.tui.parts import Ask, Choose, record_text


class ExtractApp(Frame):
    """One extractor's sitting over `session`. `field` is the place in the form."""

    TITLE = "review extract"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "answer", "Answer", key_display="a"),
        Binding("x", "missing", "Missing"),
        Binding("X", "not_for", "Not this question"),
        Binding("u", "undo", "Undo"),
        Binding("down,j", "field(1)", "Field", key_display="↓", priority=True),
        Binding("up,k", "field(-1)", "Field", key_display="↑", show=False, priority=True),
        Binding("left,p", "step(-1)", "Report", key_display="←"),
        Binding("right", "step(1)", "Report", key_display="→", show=False),
        Binding("c", "criteria", "Document"),
    ]

    def __init__(self, session: Extracting, protocol: Protocol) -> None:
        super().__init__()
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice
        self.field = self._next(-1)

    def _next(self, after: int) -> int:
        """The next unanswered field of the current report; else the one after."""
        fields = self.session.fields
        return next((i for i in range(after + 1, len(fields)) if not self.session.mine(fields[i][0], fields[i][1].id)), min(after + 1, len(fields) - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # While something is typed, arrows and letters belong to it.
        return not (action == "field" and len(self.screen_stack) > 1)

    def bar_text(self) -> str:
        done = sum(self.session.done(r.key) for r in self.session.reports)
        return f"{self.session.who} · extraction · report {self.session.position + 1:,} of {len(self.session.reports):,} · {done:,} done · {self.session.current.key}"

    def main_text(self) -> Text:
        text = Text()
        text.append(self.session.current.title + "\n", style="bold")
        question = ""
        for n, (q, f) in enumerate(self.session.fields):
            if q != question:
                question = q
                words = next((x.text for x in self.protocol.questions if x.id == q), "")
                text.append(f"\n{q} {words}\n", style="italic")
            mine = self.session.mine(q, f.id)
            here = n == self.field
            text.append("▶ " if here else "  ", style="bold")
            text.append(f"{f.label}{' *' if f.required else ''}: ", style="bold" if here else "")
            if mine:
                text.append(mine.value or MISSING[mine.missing], style="reverse" if here else "")
                text.append(f"  “{mine.quote}” ({mine.locator})" if mine.quote else "", style="dim")
            text.append("\n")
            if here and f.help:
                text.append(f"    {f.help}\n", style="dim")
        return text

    def side_text(self) -> Text:
        return record_text(self.session.current)

    def redraw(self, message: str = "", error: bool = False) -> None:
        super().redraw(message, error)
        # Keep the field in view.
        self.query_one("#record").scroll_to(y=max(0, self.field + 2 * len(self.protocol.questions) - self.size.height // 2), animate=False)

    def action_field(self, by: int) -> None:
        self.field = max(0, min(len(self.session.fields) - 1, self.field + by))
        self.redraw()

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.field = self._next(-1)
        self.redraw()

    def action_answer(self) -> None:
        question, field = self.session.fields[self.field]
        mine = self.session.mine(question, field.id)

        def valued(value: str | None) -> None:
            if value is None:
                return

            def quoted(quote: str | None) -> None:
                if quote is None:
                    return

                def placed(locator: str | None) -> None:
                    if locator is not None:
                        self._save(value, quote, locator)

                self.push_screen(Ask("Where it stands (page, table, title, abstract):", mine.locator if mine else ""), placed)

            self.push_screen(Ask("The words it rests on:", mine.quote if mine else ""), quoted)

        if field.type == "choice":
            self.push_screen(Choose(f"{field.label}:", field.choices), valued)
        else:
            hint = f" ({'; '.join(field.choices)}; separate with ';')" if field.type == "choices" else f" ({field.type}{f', {field.unit}' if field.unit else ''})"
            self.push_screen(Ask(f"{field.label}{hint}:", mine.value if mine else ""), valued)

    def _save(self, value: str, quote: str, locator: str) -> None:
        question, field = self.session.fields[self.field]
        if self.act(lambda: self.session.answer(question, field.id, value, quote=quote, locator=locator)):
            self.field = self._next(self.field)
            self.redraw("Saved.")

    def action_missing(self) -> None:
        question, field = self.session.fields[self.field]

        def chosen(text: str | None) -> None:
            if text and self.act(lambda: self.session.answer(question, field.id, missing=text[:2])):
                self.field = self._next(self.field)
                self.redraw(f"Saved: {text}.")

        self.push_screen(Choose(f"{field.label}:", [f"{code} {words}" for code, words in MISSING.items()]), chosen)

    def action_not_for(self) -> None:
        question, _ = self.session.fields[self.field]
        if self.act(self.session.not_for, question):
            self.field = self._next(self.field)
            self.redraw(f"Saved: this report does not answer {question}.")

    def action_undo(self) -> None:
        def undo() -> None:
            last = self.session.undo()
            if last:
                self.field = next((i for i, (q, f) in enumerate(self.session.fields) if (q, f.id) == (last.question, last.field)), self.field)

        self.act(undo, said="Undone, or there was nothing to undo.")
