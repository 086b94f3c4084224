"""The extraction screen: the form of the questions for one study at a time, and its document beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.extraction.session import Extracting, Slot
from review.fulltext.document import Document
from review.model.events import MISSING, Answer, Note
from review.model.forms import STUDY
from review.model.protocol import Protocol
from review.model.record import Report
from review.model.related import Related
from review.tui.asked import ask
from review.tui.dialogs import Ask, Choose, Line
from review.tui.form import form
from review.tui.keys import Wishes
from review.tui.parts import missing_code, related_text, short
from review.tui.reading import FORM, READING, ReadingFrame, record_only


class ExtractApp(ReadingFrame):
    """One extractor's sitting over `session`. `field` is the place in the form; the arrows belong to the form or to the document."""

    TITLE = "review extract"
    DECIDES = SAYS = frozenset({"take", "not_for"})
    ONLY: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("missing", "not_for", "field", "step", "open", "another", "go"), FORM),
        **dict.fromkeys(("sentence", "page", "extend", "trim"), READING),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "answer", "Answer"),
        Binding("t", "take", "Take quote"),
        Binding("x", "missing", "Missing"),
        Binding("X", "not_for", "Not for this question"),
        Binding("plus", "another", "Another", key_display="+"),
        Binding("o", "open", "Next open"),
        Binding("g", "go", "Go to quote"),
        Binding("v", "extend(1)", "More"),
        Binding("V", "extend(-1)", "Less"),
        Binding("less_than_sign", "trim('end',-1)", "Trim", key_display="< >"),
        Binding("greater_than_sign", "trim('start',1)", "Trim", show=False),
        *ReadingFrame.FINDING[:-1],
        Binding("m", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("down,j", "field(1)", "Field", key_display="↑ ↓", priority=True),
        Binding("up,k", "field(-1)", "Field", show=False, priority=True),
        Binding("left,p", "step(-1)", "Report", key_display="← →"),
        Binding("right", "step(1)", "Report", show=False),
        ReadingFrame.FINDING[-1],
        ReadingFrame.ASK,
    ]

    def __init__(
        self,
        session: Extracting,
        protocol: Protocol,
        document: Callable[[Report], Document] = record_only,
        wishes: Wishes | None = None,
        related: Related | None = None,
    ) -> None:
        """document: the full text of a study, or its title and abstract; read when the study comes on screen; related: report -> others
        that bear on it."""
        super().__init__(document, wishes)
        self.session, self.protocol = session, protocol
        self.notice = protocol.review.notice
        self.related = related or {}
        self._slots = session.slots()
        self.field = self._next(-1)
        self._unsaved: dict[tuple[str, str, str, int], list[str]] = {}  # what the disk did not take

    # -- where we are ---------------------------------------------------------------------------------------

    @property
    def slot(self) -> Slot:
        return self._slots[self.field]

    def study(self) -> Report:
        return self.session.current

    def _next(self, after: int) -> int:
        """The next unanswered place of the current form; else the one after."""
        slots = self._slots
        return next((i for i in range(after + 1, len(slots)) if self.session.open(slots[i])), min(after + 1, len(slots) - 1))

    def _refresh(self, place: tuple[str, str, int] | None = None) -> None:
        """The places again after an answer, which may open or close others; stay where we were."""
        place = place or self.slot.place
        self._slots = self.session.slots()
        self.field = next((n for n, s in enumerate(self._slots) if s.place == place), min(self.field, len(self._slots) - 1))

    def place(self) -> object:
        return self.session.position

    def spoken_of(self) -> object:
        return self.session.position, self.field, len(self.session.events)

    def bar_text(self) -> str:
        judges = {t.id for t in self.protocol.appraisal} >= {f.question for f in self.session.plan.forms}
        done = sum(self.session.done(r.key) for r in self.session.reports)
        pilot = f"calibration {self.session.position + 1} of {self.session.plan.pilot} · " if self.session.pilot else ""
        # What may be cut at 80 columns comes last.
        return (
            f"{self.session.who} · {'appraisal' if judges else 'extraction'} · {self.session.position + 1:,} of {len(self.session.reports):,} · {done:,} done · "
            f"{self.session.left()} open · {pilot}{self.session.current.key}"
        )

    # -- the form -------------------------------------------------------------------------------------------

    def main_text(self) -> Text:
        return self._form(len(self._slots))

    def _form(self, until: int) -> Text:
        """The form down to a place."""
        text = related_text(self.related, self.session.current.keys)
        return text.append_text(form(self.session, self.protocol, self._slots[:until], self.field))

    def redraw(self, message: str = "", error: bool = False) -> None:
        super().redraw(message, error)
        self.call_after_refresh(self._show_place)

    def _show_place(self) -> None:
        """Keep the field in view, with as much above it as below; and the mark in the document."""
        if not self._slots:
            return
        record = self.query_one("#record")
        above = self._form(self.field).wrap(self.console, max(1, record.scrollable_content_region.width))
        record.scroll_to(y=max(0, len(above) - record.size.height // 2), animate=False)

    # -- quotes ---------------------------------------------------------------------------------------------

    def action_go(self) -> None:
        mine = self.session.mine(*self.slot.place)
        if not mine or not mine.quote:
            self.redraw("This answer has no quote." if mine else "There is no answer here yet.")
            return
        self.go_to(mine.quote, mine.locator)

    def action_take(self) -> None:
        """The marked text becomes the quote of the field in hand, with its page; where there is no answer yet, it is asked for."""
        by_mouse = self.screen.get_selected_text() or ""
        taken = self.reader.taken(by_mouse)
        if not taken.quote:
            self.redraw("Nothing is marked.")
            return
        mine = self.session.mine(*self.slot.place)
        self._laid_out = None
        if self.mode == READING:
            self.to_form()
        if mine and mine.value:
            slot = self.slot
            said = f"Saved: the quote of {slot.field.label}, {taken.locator}."
            self._answer(slot, mine.value, quote=taken.quote, locator=taken.locator, note=mine.note, said=said)
        else:
            self._ask(quote=taken.quote, locator=taken.locator)

    # -- moving ---------------------------------------------------------------------------------------------

    def action_field(self, by: int) -> None:
        if self.mode == READING:
            self.move(by)
            return
        self.field = max(0, min(len(self._slots) - 1, self.field + by))
        self.redraw()

    def action_step(self, by: int) -> None:
        if self.mode == READING:
            self.turn(by)
            return
        self.session.step(by)
        self._slots = self.session.slots()
        self.field = self._next(-1)
        self.redraw()

    def action_open(self) -> None:
        """The next place without an answer, from here on and then from the top."""
        slots = self._slots
        order = [*range(self.field + 1, len(slots)), *range(self.field + 1)]
        found = next((n for n in order if self.session.open(slots[n])), None)
        if found is None:
            self.redraw("The form is full; → goes to the next report.")
            return
        self.field = found
        self.redraw()

    def action_another(self) -> None:
        slot = self.slot
        if not slot.field.group:
            self.redraw(f"{slot.field.label} is not part of a group that can be repeated.")
            return
        number = self.session.another(slot.question, slot.field.group)
        first = next(
            s for s in self.session.slots() if s.question == slot.question and s.field.group == slot.field.group and s.instance == number
        )
        self._refresh(first.place)
        self.redraw(f"{slot.field.group} {number}: answer its first field.")

    # -- answers --------------------------------------------------------------------------------------------

    def action_answer(self) -> None:
        self._ask()

    def _ask(self, quote: str = "", locator: str = "") -> None:
        slot = self.slot
        key = (self.session.current.key, *slot.place)
        mine = self.session.mine(*slot.place)
        before = self._unsaved.get(key) or ([mine.value or mine.missing, mine.quote, mine.locator, mine.note] if mine else ["", "", "", ""])
        note = before[3]

        def save(lines: list[str] | None) -> None:
            if lines is None:
                return
            lines = [*lines, note][:4]
            self._unsaved[key] = lines
            code = missing_code(lines[0])
            said = f"Saved: {slot.field.label}: {short(lines[0], 40)}.{self.doubt(lines[1], lines[2])}"
            value = "" if code else lines[0]
            if self._answer(slot, value, missing=code, quote=lines[1], locator=lines[2], note=lines[3], said=said):
                del self._unsaved[key]

        ask(self, slot.field, [before[0], quote or before[1], locator or before[2], note], save)

    def action_missing(self) -> None:
        slot = self.slot

        def chosen(text: list[str] | None) -> None:
            if text:
                self._answer(slot, missing=text[0][:2], said=f"Saved: {slot.field.label}: {text[0][3:]}.")

        self.push_screen(Choose(f"{slot.field.label}:", [f"{code} {words}" for code, words in MISSING.items()]), chosen)

    def action_not_for(self) -> None:
        question = self.slot.question
        if question == STUDY:
            self.redraw("This form is of the study itself; x gives its fields a code, one by one.")
            return
        given = sum(1 for s in self._slots if s.question == question and (mine := self.session.mine(*s.place)) and not mine.missing)
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

    def action_note(self) -> None:
        """A note on the answer in hand, or on the study where there is none yet."""
        slot, mine = self.slot, self.session.mine(*self.slot.place)

        def written(text: list[str] | None) -> None:
            if text is None:
                return
            if mine is None:
                self.act(self.session.annotate, text[0], said="Note saved; no answer was touched.")
                return
            said = f"Saved: the note on {slot.field.label}."
            told = {"missing": mine.missing, "quote": mine.quote, "locator": mine.locator, "note": text[0]}
            self._answer(slot, mine.value, **told, said=said, stay=True)

        label = f"Note on {slot.field.label}:" if mine else "Note on this report:"
        self.push_screen(Ask(Line(label, mine.note if mine else self.session.note)), written)

    def _answer(
        self, slot: Slot, value: str = "", *, missing: str = "", quote: str = "", locator: str = "", note: str = "", said: str, stay: bool = False
    ) -> bool:  # fmt: skip
        """Put an answer on disk; False where it was not taken, and the reason is shown."""
        told = {"missing": missing, "quote": quote, "locator": locator, "note": note}
        place = slot.question, slot.field.id
        return self._keep(lambda: self.session.answer(*place, value, **told, instance=slot.instance or None), said, stay)

    def _keep(self, what: Callable[[], object], said: str, stay: bool = False) -> bool:
        """Do what goes to disk; then show the next field that is empty."""
        if not self.act(what):
            return False
        self._refresh()
        if not stay:
            self.field = self._next(self.field)
        full = not any(map(self.session.open, self._slots))
        self.redraw(f"{said} {'The form is full; → goes to the next report.' if full else f'Next: {self.slot.field.label}.'}")
        return True

    def take_back(self, why: str = "") -> None:
        def undo() -> None:
            undone.append(self.session.undo())

        undone: list[Answer | Note | None] = []
        if not self.act(undo):
            return
        last = undone[0]
        if isinstance(last, Answer):
            number = next((s.instance for s in self.session.slots() if (s.question, s.field.id) == (last.question, last.field)), 0)
            self._refresh((last.question, last.field, int(last.instance or 1) if number else 0))
            self.redraw(why or f"Undone: {self.slot.field.label} is as it was before.")
        else:
            self.redraw(why or "Undone: the last note." if last else "There is nothing to undo.")
