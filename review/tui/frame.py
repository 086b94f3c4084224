"""The frame of every screen: a bar, the notice, the text with a panel beside it, a message, the keys."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Footer, Static

from review.errors import ReviewError
from review.tui.parts import CSS, Scroll

WIDE = 110  # columns from which the panel has room beside the text


class Frame(App[None]):
    """Subclasses fill `bar_text`, `main_text` and `side_text`, and call `act` for what goes to disk."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "criteria", "Criteria"), Binding("q", "leave", "Quit"), Binding("ctrl+c", "leave", show=False)]
    notice = ""

    def __init__(self) -> None:
        super().__init__()
        self._asked_for_side: bool | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="bar")
        if self.notice:
            yield Static(Text(self.notice), id="notice")
        with Horizontal(id="body"):
            with Scroll(id="record"):
                yield Static(id="text")
            with Scroll(id="side"):
                yield Static(id="side-text")
        yield Static(id="message")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#record").focus()
        self.redraw()

    def on_resize(self, event: Resize) -> None:
        self._lay_side(event.size.width)

    def bar_text(self) -> str:
        raise NotImplementedError

    def main_text(self) -> Text:
        raise NotImplementedError

    def side_text(self) -> Text:
        raise NotImplementedError

    def redraw(self, message: str = "", error: bool = False) -> None:
        """Show the sitting as it now is."""
        self.query_one("#bar", Static).update(Text(self.bar_text(), no_wrap=True, overflow="ellipsis"))
        self.query_one("#text", Static).update(self.main_text())
        self.query_one("#side-text", Static).update(self.side_text())
        self.query_one("#record", Scroll).scroll_home(animate=False)
        line = self.query_one("#message", Static)
        line.set_class(error, "error")
        line.update(Text(message))

    def act(self, what: Any, *args: Any, said: str = "") -> bool:
        """Do something that must be on disk before the next thing shows; an error is shown, and nothing moves on."""
        try:
            what(*args)
        except ReviewError as error:
            self.redraw(f"{error.message} {error.hint}", error=True)
            return False
        self.redraw(said)
        return True

    def action_criteria(self) -> None:
        side = self.query_one("#side")
        self._asked_for_side = not side.has_class("shown")
        self._lay_side(self.size.width)

    def action_leave(self) -> None:
        self.exit()

    def _lay_side(self, width: int) -> None:
        wide = width >= WIDE
        shown = wide if self._asked_for_side is None else self._asked_for_side
        side = self.query_one("#side")
        side.set_class(shown, "shown")
        side.set_class(shown and not wide, "alone")
        self.query_one("#record").display = wide or not shown
        (self.query_one("#record") if wide or not shown else side).focus()
