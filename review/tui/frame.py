"""The frame of every screen: a bar, the notice, the text with a panel beside it, a message, the keys."""

from __future__ import annotations

import gc
import os
import sys
from codecs import lookup
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from types import MappingProxyType
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Event, Key, Resize
from textual.keys import format_key
from textual.style import Style
from textual.widgets import Static

from review.errors import ReviewError, UsageError
from review.model.related import Related
from review.tui.dialogs import Dialog
from review.tui.keys import Wishes, keymap
from review.tui.parts import CSS, Scroll, safe
from review.tui.pasting import driver_class, pasted

_SIGNS = {"slash": "/", "question_mark": "?", "full_stop": ".", "comma": ",", "left": "←", "right": "→"}
WIDE = 110  # columns from which the panel has room beside the text


def needs_terminal(hint: str = "Run it in one. Verdicts and answers from a file: 'decisions import', 'extraction import'.") -> None:
    """Raises UsageError where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("This screen needs a terminal.", hint)
    if os.environ.get("TERM") == "dumb":
        raise UsageError("This screen needs a terminal that can draw; by TERM=dumb, this one can't.", hint)


def _draw_in_utf8() -> None:
    """Keys are read as UTF-8. What is drawn is that too, also by the locale of an older machine: else each line and sign is an escape."""
    if isinstance(drawn_on := sys.__stderr__, TextIOWrapper) and lookup(drawn_on.encoding).name != "utf-8":
        drawn_on.reconfigure(encoding="utf-8")


def _forget_typed() -> None:
    """What was typed before there was anything to see decides on nothing."""
    try:
        import termios
    except ImportError:  # Windows
        return
    with suppress(termios.error, OSError, ValueError):
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


class Frame(App[None]):
    """Subclasses fill `bar_text`, `main_text`, `side_text` and `place`, and call `act` for what goes to disk."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "side", "Criteria", id="criteria"),
        Binding("space", "scroll", "Scroll", key_display="Space", id="scroll"),
        Binding("q", "leave", "Quit", id="quit"),
        Binding("ctrl+c", "leave", show=False, priority=True),
    ]
    notice = ""
    related: Related = MappingProxyType({})  # report -> others that bear on it, for the screens that show reports
    lives_alone = False  # whether the process is there for this screen only
    side_is_document = False  # then the panel stays in front while its form is filled
    DECIDES: ClassVar[frozenset[str]] = frozenset()  # the actions that say something of what is on the screen

    def __init__(self, wishes: Wishes | None = None) -> None:
        """wishes: the reviewer's own keys. Raises UsageError where two actions would share one."""
        _draw_in_utf8()
        super().__init__(driver_class=driver_class())
        self.wishes = wishes or Wishes()
        self._side_wanted: bool | None = None
        self._place_shown: object = None
        self._laid_out: object = None
        self._message_kind: object = None
        self._side_text: Text | None = None
        self._pasted_at = float("-inf")
        self.set_keymap(keymap(self.own_bindings(), self.wishes.keys))

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
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.query_one("#record").focus()
        self.redraw(self.greeting())
        if self.lives_alone:
            self.call_after_refresh(self._settled)

    @staticmethod
    def _settled() -> None:
        """What is loaded and drawn by now stays: to look for garbage in it, as Python would from time to time, would hold up a key."""
        gc.freeze()
        gc.enable()

    def on_resize(self, event: Resize) -> None:
        self._lay_out(event.size.width)
        self.call_after_refresh(self._show_bar)  # by then the new width is known

    def greeting(self) -> str:
        """What to say when the screen opens."""
        return ""

    @classmethod
    def own_bindings(cls) -> list[Binding]:
        """The keys of this screen: the subclass's first."""
        own: dict[str, Binding] = {}
        for binding in (*cls.BINDINGS, *Frame.BINDINGS):
            if isinstance(binding, Binding) and binding.key not in {b.key for b in own.values()}:
                own.setdefault(binding.id or binding.key, binding)
        return list(own.values())

    def key_of(self, binding: Binding) -> str:
        """The key as it is shown: the reviewer's own, or that of the program."""
        if own := self.wishes.keys.get(binding.id or ""):
            key = own.partition(",")[0]
            return _SIGNS.get(key) or format_key(key)
        return binding.key_display or _SIGNS.get(key := binding.key.partition(",")[0], key)

    def bar_text(self) -> str:
        raise NotImplementedError

    def main_text(self) -> Text:
        raise NotImplementedError

    def side_text(self) -> Text:
        raise NotImplementedError

    def place(self) -> object:
        """What is on the screen: where this changes, the text shows from its top."""
        raise NotImplementedError

    @property
    def covered(self) -> bool:
        """Whether the panel stands in front of the text, for want of room."""
        return self.query_one("#side").has_class("alone")

    def redraw(self, message: str = "", error: bool = False) -> None:
        """Show the sitting as it now is."""
        self._show_bar()
        self.query_one("#text", Static).update(safe(self.main_text()))
        side = safe(self.side_text())
        if side != self._side_text:
            self._side_text = side
            self.query_one("#side-text", Static).update(side)
        line = self.query_one("#message", Static)
        line.set_class(error, "error")
        said = safe(Text(message))
        kind = (error, len(said.wrap(self.console, max(1, self.size.width - 2))), not message)
        line.update(said, layout=error or kind != self._message_kind)  # else as high as it was
        self._message_kind = kind
        if self.place() != self._place_shown:
            self._place_shown = self.place()
            record = self.query_one("#record", Scroll)
            if record.scroll_y:
                record.scroll_home(animate=False, immediate=True)
            if self.side_is_document:
                self.query_one("#side", Scroll).scroll_home(animate=False)
        if self.covered and not self.side_is_document:
            self._side_wanted = None  # nobody decides on a record that can't be seen
        self._lay_out(self.size.width)

    def _show_bar(self) -> None:
        self.query_one("#bar", Static).update(safe(Text(self.bar_text())), layout=False)  # always one line

    def act(self, what: Callable[..., object], *args: Any, said: str = "") -> bool:
        """Do something that must be on disk before the next thing shows; an error is shown, and nothing moves on."""
        try:
            what(*args)
        except ReviewError as error:
            self.redraw(f"{error.message}\n{error.hint}".strip(), error=True)
            return False
        except OSError as error:
            self.redraw(f"Not saved: {error.strerror or error}. Mend this and try again.", error=True)
            return False
        self.redraw(said)
        return True

    async def on_event(self, event: Event) -> None:
        """A key that comes back from a screen when the sitting ends, and the screen is gone, speaks of nothing any more."""
        if self.screen_stack or not isinstance(event, Key):
            await super().on_event(event)

    def on_key(self, event: Key) -> None:
        """A key that means nothing says so; else a slip of the finger looks like a verdict that was taken."""
        if pasted(event):
            event.prevent_default()
            told, self._pasted_at = self._pasted_at, event.time
            if not self.busy and event.time - told > 1.0:  # once for all of it
                self.redraw("That came all at once, as pasted text does: nothing of it was taken for a key.")
            return
        bound = self.screen.active_bindings.get(event.key)
        if self.busy or (bound and bound.enabled):
            return
        name = event.character if event.character and event.is_printable else event.key.replace("_", " ")
        self.redraw(f"{name} does nothing here.{self.where_keys_are()}")

    def where_keys_are(self) -> str:
        """Where all keys are told, for whoever pressed one that is none."""
        asked = next((b for b in self.own_bindings() if b.action == "help"), None)
        return f" {self.key_of(asked)} lists the keys." if asked else ""

    async def run_action(self, action: Any, *args: Any, **kwargs: Any) -> bool:
        """A verdict on what stands behind the panel uncovers it first: nobody decides on what can't be seen."""
        name = (action if isinstance(action, str) else action[1]).rpartition("app.")[2].partition("(")[0]
        if name in self.DECIDES and self.covered and not self.side_is_document and not self.busy:
            self.redraw("That is what the panel covered. Nothing was saved: press the key again.")
            return True
        return await super().run_action(action, *args, **kwargs)

    def action_side(self) -> None:
        self._side_wanted = not self.query_one("#side").has_class("shown")
        self._lay_out(self.size.width)

    def action_scroll(self, pages: int = 1) -> None:
        """Scroll what is read, by a page less two lines: also while something is typed over it."""
        side = self.query_one("#side", Scroll)
        text = side if side.has_class("shown") and (self.side_is_document or self.covered) else self.query_one("#record", Scroll)
        if not self.busy and isinstance(self.focused, Scroll):
            text = self.focused
        text.scroll_relative(y=pages * max(1, text.size.height - 2), animate=False, immediate=True)

    def show_place(self, offset: int) -> None:
        """Scroll the text so that its character at `offset` can be seen."""
        record, text = self.query_one("#record", Scroll), safe(self.main_text())
        width = max(1, self.query_one("#text", Static).size.width)
        above = len(text[:offset].wrap(Console(width=width), width)) - 1
        if not record.scroll_y <= above < record.scroll_y + record.size.height:
            record.scroll_to(y=max(0, above - record.size.height // 3), animate=False)

    def action_leave(self) -> None:
        self.exit()

    @property
    def busy(self) -> bool:
        """Whether a dialog is open; arrows and letters belong to it."""
        return any(isinstance(screen, Dialog) for screen in self.screen_stack)

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run to the end. Raises UsageError where there is no terminal, ReviewError if the screen broke off."""
        needs_terminal()
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)  # the terminal's own size counts, also after it changed
        self.lives_alone = True
        _forget_typed()
        try:
            super().run(*args, **kwargs)
        finally:
            gc.enable()
        if self.return_code:
            raise ReviewError("The screen broke off.", "What was saved before is on disk. Start it again to go on.")

    def _lay_out(self, width: int) -> None:
        wide = width >= WIDE
        shown = wide if self._side_wanted is None else self._side_wanted
        side, record = self.query_one("#side"), self.query_one("#record")
        if (width, shown) != self._laid_out:  # otherwise all is where it was
            self._laid_out = (width, shown)
            side.set_class(shown, "shown")
            side.set_class(shown and not wide, "alone")
            record.display = wide or not shown
            self.query_one("#keys", Static).update(self._keys(width - 2))
        if not self.busy:
            (record if record.display else side).focus()

    def _keys(self, width: int) -> Content:
        """The keys in as many lines as they need: all of them, at any width; the mouse may press them too."""
        parts: list[Content] = []
        room = width
        for binding in self.own_bindings():
            if not binding.show or not self.check_action(binding.action.partition("(")[0], ()):
                continue
            key = self.key_of(binding)
            size = cell_len(f"{key} {binding.description}")
            if parts:
                parts.append(Content("  " if room >= size + 2 else "\n"))
                room = room - 2 if room >= size + 2 else width
            room -= size
            label = Content.assemble((key, Style(bold=True)), f" {binding.description}")
            parts.append(label.stylize(Style.from_meta({"@click": f"app.{binding.action}"})))
        return Content("").join(parts)
