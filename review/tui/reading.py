"""A screen with the document of the study in hand beside its text: read, searched and quoted from."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.console import Console
from rich.text import Text
from textual.binding import Binding, BindingType

from review.fulltext.document import Document, of_record
from review.fulltext.quotes import WORDS
from review.fulltext.reader import Reader
from review.model.record import Report
from review.tui.dialogs import Ask, Line, Tell
from review.tui.haste import Unhurried
from review.tui.help import beside_text
from review.tui.keys import Wishes
from review.tui.parts import FOUND_STYLE, record_text, safe, short

FORM, READING = "form", "reading"
_HYPHENS = dict.fromkeys((0x02, 0xFFFE, 0xAD), "-")  # where a line of a PDF breaks a word
_KEPT = 20  # documents that stay read


def record_only(study: Report) -> Document:
    return Document("record", of_record(study))


class ReadingFrame(Unhurried):
    """Subclasses say which study is in hand, and which of their actions mean something only in the one or the other (`ONLY`).

    mode: whether the arrows belong to the text or to the document.
    """

    side_is_document = True
    ONLY: ClassVar[dict[str, str]] = {}
    FINDING: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find"),
        Binding("n", "hit(1)", "Next", key_display="n N"),
        Binding("N", "hit(-1)", "Before", show=False),
        Binding("c", "side", "Document", id="criteria"),
    ]

    ASK: ClassVar[Binding] = Binding("question_mark", "help", "Help")

    def __init__(self, document: Callable[[Report], Document], wishes: Wishes | None = None) -> None:
        """document: the full text of a study, or its title and abstract; read when the study comes on screen."""
        super().__init__(wishes)
        self.mode = FORM
        self._document = document
        self._readers: dict[str, Reader] = {}

    def study(self) -> Report | None:
        """The study in hand."""
        raise NotImplementedError

    @property
    def reader(self) -> Reader:
        study = self.study()
        if study is None:
            return Reader(Document("record", ()))
        if study.key not in self._readers:
            if len(self._readers) > _KEPT:
                self._readers.clear()
            self._readers[study.key] = Reader(self._document(study))
        return self._readers[study.key]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # While something is typed, arrows and letters belong to it.
        if action == "field" and self.busy:
            return False
        if action in ("field", "step") and self.mode == READING:
            return True  # they move in the document
        return self.ONLY.get(action, self.mode) == self.mode

    def action_help(self) -> None:
        self.push_screen(Tell(beside_text([(self.key_of(b), b.action, b.description) for b in self.own_bindings() if b.show])))

    def side_text(self) -> Text:
        study, reader = self.study(), self.reader
        if study is None:
            return Text()
        if reader.document.kind == "record" and self.mode == FORM and not reader.wanted:
            return record_text(study)
        return self._page(len(reader.text))

    def _page(self, until: int) -> Text:
        """The page in hand, with what is looked for and what is marked."""
        reader = self.reader
        pages = len(reader.document.pages)
        head = f"{reader.locator} · {reader.page + 1} of {pages}" + (
            f" · “{reader.wanted}” {times(reader.count())}" if reader.wanted else ""
        )
        text = Text(f"── {head} ──\n", style="dim")
        begin = len(text)
        page = Text(reader.text.translate(_HYPHENS), style="not dim")
        for start, end in reader.hits(reader.page):
            page.stylize(FOUND_STYLE, start, end)
        if self.mode == READING or reader.start:
            page.stylize("reverse" if self.mode == READING else "underline", reader.start, reader.end)
        text.append_text(page)
        return text[: begin + until]

    def redraw(self, message: str = "", error: bool = False) -> None:
        super().redraw(message, error)
        self.call_after_refresh(self.show_mark)

    def show_mark(self) -> None:
        """Keep the mark in view."""
        side = self.query_one("#side")
        if side.has_class("shown") and self.mode == READING:
            width = max(1, side.scrollable_content_region.width)
            line = len(safe(self._page(self.reader.start)).wrap(Console(width=width), width)) - 1
            if not side.scroll_y <= line < side.scroll_y + side.size.height - 1:
                side.scroll_to(y=max(0, line - side.size.height // 3), animate=False)

    def move(self, by: int) -> None:
        """By a sentence in the document."""
        self.reader.move(by)
        self.redraw()

    def turn(self, by: int) -> None:
        """By a page of the document."""
        self.reader.turn(by)
        self.query_one("#side").scroll_home(animate=False)
        self.redraw()

    def to_form(self) -> None:
        """The arrows belong to the text again."""
        self.mode, self._side_wanted, self._laid_out = FORM, None, None

    def to_document(self, message: str = "") -> None:
        self.mode, self._side_wanted, self._laid_out = READING, True, None
        self.redraw(message)

    def go_to(self, quote: str, locator: str) -> None:
        """To where a quote stands; says where it does not."""
        found = self.reader.go(quote, locator)
        if found.page < 0:
            self.redraw(f"“{short(quote, 40)}”: {WORDS[found.state]}{f': {found.why}' if found.why else ''}.")
        else:
            like = f", {found.score:.0f} % alike" if found.score < 100 else ""
            self.to_document(f"{WORDS[found.state].capitalize()}: {self.reader.locator}{like}.")

    def doubt(self, quote: str, locator: str) -> str:
        """Why a quote that was typed is not verified, as a sentence; '' where it is, or there is no document to look in."""
        if not quote or self.reader.document.kind == "record":
            return ""
        found = self.reader.search.find(quote, locator)
        where = f" ({self.reader.locator_of(found.page)})" if found.page >= 0 else ""
        return "" if found.state == "verified" else f" But its quote is {WORDS[found.state]}{where}{f': {found.why}' if found.why else ''}."

    def action_side(self) -> None:
        """To the document and back; where there is room for both, only the arrows change hands."""
        self.mode = FORM if self.mode == READING else READING
        self._side_wanted = self.mode == READING or None
        self._laid_out = None
        self.redraw("The arrows move in the document: ↑ ↓ by sentence, ← → by page." if self.mode == READING else "")

    def action_find(self) -> None:
        def wanted(text: list[str] | None) -> None:
            if text is None:
                return
            found = self.reader.find(text[0])
            self.to_document(f"{times(self.reader.count())}; n goes to the next." if found else f"“{text[0]}” is not in the document.")

        self.push_screen(Ask(Line("Find in the document:", self.reader.wanted, anew=True)), wanted)

    def action_hit(self, by: int) -> None:
        if not self.reader.wanted:
            self.action_find()
        elif self.reader.next_hit(by):
            self.to_document()

    def action_extend(self, by: int) -> None:
        self.reader.extend(by)
        self.redraw()

    def action_trim(self, which: str, by: int) -> None:
        self.reader.trim(which, by)
        self.redraw()


def times(n: int) -> str:
    return "once" if n == 1 else f"{n:,} times"
