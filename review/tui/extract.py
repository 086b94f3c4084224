"""The extraction screen: the form of the questions for one report at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.cells import problem
from review.extraction.session import Extracting
from review.model.events import MISSING, Answer
from review.model.protocol import Protocol
from review.model.protocol_parts import FormField
from review.tui.dialogs import Ask, Choose, Line
from review.tui.frame import Frame
from review.tui.parts import missing_code, record_text, short

QUOTE = "The words it rests on:"
LOCATOR = "Where they stand (page, table, title, abstract):"


class ExtractApp(Frame):
    """One extractor's sitting over `session`. `field` is the place in the form."""

    TITLE = "review extract"
    side_is_document = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "answer", "Answer"),
        Binding("x", "missing", "Missing"),
        Binding("X", "not_for", "Not for this question"),
        Binding("u", "undo", "Undo"),
        Binding("down,j", "field(1)", "Field", key_display="↑ ↓", priority=True),
        Binding("up,k", "field(-1)", "Field", show=False, priority=True),
        Binding("left,p", "step(-1)", "Report", key_display="← →"),
        Binding("right", "step(1)", "Report", show=False),
        Binding("c", "side", "Document"),
    ]

    def __init__(self, session: Extracting, protocol: Protocol) -> None:
        super().__init__()
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice
        self.field = self._next(-1)
        self._unsaved: dict[tuple[str, str, str], list[str]] = {}  # what the disk did not take

    def _next(self, after: int) -> int:
        """The next unanswered field of the current report; else the one after."""
        fields = self.session.fields
        return next(
            (i for i in range(after + 1, len(fields)) if not self.session.mine(fields[i][0], fields[i][1].id)),
            min(after + 1, len(fields) - 1),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # While something is typed, or the document is in front, arrows and letters belong to it.
        return not (action == "field" and (self.busy or self.covered))

    def place(self) -> object:
        return self.session.position

    def bar_text(self) -> str:
        done = sum(self.session.done(r.key) for r in self.session.reports)
        return f"{self.session.who} · extraction · report {self.session.position + 1:,} of {len(self.session.reports):,} · {done:,} done · {self.session.current.key}"

    def main_text(self) -> Text:
        return self._form(len(self.session.fields))

    def _form(self, until: int) -> Text:
        """The form down to a field."""
        text = Text()
        text.append(self.session.current.title + "\n", style="bold")
        question = ""
        for n, (q, f) in enumerate(self.session.fields[:until]):
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
                quote = mine.quote if here else short(mine.quote, 40)
                text.append(f"  “{quote}”{f' ({mine.locator})' if mine.locator else ''}" if quote else "", style="dim")
            text.append("\n")
            if here:
                hints = "; ".join(h for h in (kind(f), "required" if f.required else "", f.help) if h)
                text.append(f"    {hints}\n" if hints else "", style="dim")
        return text

    def side_text(self) -> Text:
        return record_text(self.session.current)

    def redraw(self, message: str = "", error: bool = False) -> None:
        super().redraw(message, error)
        self.call_after_refresh(self._show_field)

    def _show_field(self) -> None:
        """Keep the field in view, with as much above it as below."""
        record = self.query_one("#record")
        above = self._form(self.field).wrap(self.console, max(1, record.scrollable_content_region.width))
        record.scroll_to(y=max(0, len(above) - record.size.height // 2), animate=False)

    def action_field(self, by: int) -> None:
        self.field = max(0, min(len(self.session.fields) - 1, self.field + by))
        self.redraw()

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.field = self._next(-1)
        self.redraw()

    def action_answer(self) -> None:
        question, field = self.session.fields[self.field]
        key = (self.session.current.key, question, field.id)
        mine = self.session.mine(question, field.id)
        value, quote, locator = self._unsaved.get(key) or ([mine.value or mine.missing, mine.quote, mine.locator] if mine else ["", "", ""])
        rest = (Line(QUOTE, quote), Line(LOCATOR, locator))

        def save(lines: list[str] | None) -> None:
            if lines is not None:
                self._unsaved[key] = lines
                code = missing_code(lines[0])
                if self._keep(
                    lambda: self.session.answer(
                        question, field.id, "" if code else lines[0], missing=code, quote=lines[1], locator=lines[2]
                    ),
                    f"Saved: {field.label}: {short(lines[0], 40)}.",
                ):
                    del self._unsaved[key]

        def chosen(choice: list[str] | None) -> None:
            if choice:
                self.push_screen(Ask(*rest), lambda lines: save(None if lines is None else ["; ".join(choice), *lines]))

        if field.choices:
            several = field.type == "choices"
            self.push_screen(Choose(f"{field.label}:", field.choices, [v.strip() for v in value.split(";")], several=several), chosen)
        else:
            hint = f" ({kind(field)})" if kind(field) else ""
            self.push_screen(Ask(Line(f"{field.label}{hint}, or NR, UC, NA:", value, lambda text: wrong(field, text)), *rest), save)

    def action_missing(self) -> None:
        question, field = self.session.fields[self.field]

        def chosen(text: list[str] | None) -> None:
            if text:
                self._keep(lambda: self.session.answer(question, field.id, missing=text[0][:2]), f"Saved: {field.label}: {text[0][3:]}.")

        self.push_screen(Choose(f"{field.label}:", [f"{code} {words}" for code, words in MISSING.items()]), chosen)

    def action_not_for(self) -> None:
        question, _ = self.session.fields[self.field]
        given = sum(1 for q, f in self.session.fields if q == question and (mine := self.session.mine(q, f.id)) and not mine.missing)
        yes = f"Yes, this report does not answer {question}"

        def sure(text: list[str] | None) -> None:
            if text == [yes]:
                self._keep(lambda: self.session.not_for(question), f"Saved: this report does not answer {question}.")

        if given:
            self.push_screen(
                Choose(f"You gave {given} answer{'s' if given > 1 else ''} to {question} here. Set them aside?", ["No, they stand", yes]),
                sure,
            )
        else:
            sure([yes])

    def _keep(self, what: Callable[[], object], said: str) -> bool:
        """Do what goes to disk; then show the next field that is empty."""
        if not self.act(what):
            return False
        self.field = self._next(self.field)
        full = all(self.session.mine(q, f.id) for q, f in self.session.fields)
        self.redraw(
            f"{said} {'The form is full; → goes to the next report.' if full else f'Next: {self.session.fields[self.field][1].label}.'}"
        )
        return True

    def action_undo(self) -> None:
        def undo() -> None:
            last = self.session.undo()
            undone.append(last)
            if last:
                self.field = next(
                    (i for i, (q, f) in enumerate(self.session.fields) if (q, f.id) == (last.question, last.field)), self.field
                )

        undone: list[Answer | None] = []
        if self.act(undo):
            self.redraw(
                f"Undone: {self.session.fields[self.field][1].label} is as it was before." if undone[0] else "There is nothing to undo."
            )


def kind(field: FormField) -> str:
    """What a field takes, in words; '' for plain text."""
    if field.choices:
        return f"{'; '.join(field.choices)}{', several with a ; between' if field.type == 'choices' else ''}"
    words = {"text": "", "date": "a date such as 2019, 2019-05 or 2019-05-31"}.get(field.type, field.type)
    return ", ".join(w for w in (words, field.unit) if w)


def wrong(field: FormField, value: str) -> str:
    """What a form says of a value; '' where it fits."""
    if missing_code(value):
        return ""
    text = problem(field, value)
    return f"{field.label}: {text}" if text else ""
