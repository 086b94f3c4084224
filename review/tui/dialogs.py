"""Dialogs over a screen: lines to type in, a list to choose from. They stand at the bottom, so that the text can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from review.tui.pasting import pasted

# A key for each choice; the letters that open dialogs are left out, so that a key held too long chooses nothing.
KEYS = "1234567890bdfghjklopqrtvwyz"

CSS = """
Ask, Choose, Tell { align: center bottom; background: transparent; }
Ask > Vertical, Choose > Vertical, Tell > Vertical {
    width: 100%; max-width: 110; height: auto; max-height: 90%; border: round $primary; padding: 0 1; background: $surface;
}
Tell VerticalScroll { height: auto; max-height: 75vh; }
Ask .error { color: $error; text-style: bold; }
Ask Input, Ask Input:focus { border: none; height: 1; padding: 0; background: $panel; }
Choose OptionList, Choose OptionList:focus { border: none; padding: 0; height: auto; max-height: 16; background: $surface; }
"""


class Line(NamedTuple):
    """A line to type: what is asked, what stands there, a check that gives '' or what is wrong, and whether the first key replaces what
    stands there: it was looked for before, and Enter looks for it."""

    label: str
    value: str = ""
    check: Callable[[str], str] | None = None
    anew: bool = False


class Dialog(ModalScreen[list[str] | None]):
    """What all dialogs share. A dialog gives a list of texts, or None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("pagedown", "app.scroll(1)", show=False, priority=True),
        Binding("pageup", "app.scroll(-1)", show=False, priority=True),
    ]


class Tell(Dialog):
    """Something to read. Escape, Enter or the key that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,question_mark", "dismiss(None)", show=False),
        Binding("space,pagedown", "page(1)", show=False, priority=True),
        Binding("b,pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        with Vertical():
            yield VerticalScroll(Static(self.text))
            yield Static("↑ ↓ and Space scroll, Escape goes back.")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_page(self, pages: int) -> None:
        """Scroll what is told here, not the text behind it; at its end, Space goes back."""
        text = self.query_one(VerticalScroll)
        if pages > 0 and text.scroll_y >= text.max_scroll_y:
            self.dismiss(None)
            return
        text.scroll_relative(y=pages * max(1, text.size.height - 1), animate=False, immediate=True)


class OneLine(Input):
    """An input into which text over several lines, as a PDF gives it, can be pasted whole.

    Keys that come in a burst, as over a slow line, were sent here before the Enter among them was seen: those after it belong
    to the line to which it went on.
    """

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            now = self.screen.focused
            if isinstance(now, OneLine) and now is not self:
                now.post_message(event)
                return
            if event.key == "enter" and isinstance(self.screen, Ask):
                self.screen.entered(self)
                return
            # Its own keys (Ctrl+U, the arrows …) at once too: a binding would be looked for only after the letters behind it.
            for binding in self._bindings.key_to_bindings.get(event.key, ()):
                if await self.app.run_action(binding.action, self):
                    return
        await super().on_event(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # or the library pastes once more, the first line only
        event.stop()
        self.replace(" ".join(event.text.split()), *self.selection)


class Ask(Dialog):
    """One line to type, or a few. Enter goes to the next and keeps the last; what does not fit is said, and stays to be mended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, *lines: Line) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        with Vertical():
            for line in self.lines:
                yield Static(Text(line.label))
                yield OneLine(line.value, select_on_focus=line.anew)
            yield Static(id="wrong", classes="error")
            yield Static(
                f"Enter {'looks for' if self.lines[0].anew else 'keeps'} it, Escape goes back."
                if len(self.lines) == 1
                else "Enter goes on and keeps it at the end, ↑ ↓ move, Escape goes back."
            )

    def on_mount(self) -> None:
        self.query_one("#wrong").display = False

    def entered(self, line: OneLine) -> None:
        """Enter, on a line."""
        inputs = list(self.query(OneLine))
        here = inputs.index(line)
        last = here == len(inputs) - 1
        for n in range(len(inputs) if last else here + 1):
            check = self.lines[n].check
            if check and (wrong := check(inputs[n].value)):
                shown = self.query_one("#wrong", Static)
                shown.display = True
                shown.update(Text(wrong))
                self.set_focus(inputs[n])
                return
        self.query_one("#wrong").display = False
        if last:
            self.dismiss([i.value for i in inputs])
        else:
            self.set_focus(inputs[here + 1])


class Choose(Dialog):
    """A list to choose from, by the key before each, or by arrows and Enter. Of `several`, keys tick and Enter keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]

    def __init__(self, question: str, choices: Sequence[str], chosen: Sequence[str] = (), *, several: bool = False) -> None:
        super().__init__()
        self.question, self.choices, self.several = question, list(choices), several
        self.chosen = {c for c in chosen if c in choices}

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self.question))
            yield OptionList(*(Option(self._label(n)) for n in range(len(self.choices))))
            yield Static(
                "The key before it or Space ticks, Enter keeps, Escape goes back."
                if self.several
                else "The key before it, or arrows and Enter; Escape goes back."
            )

    def on_mount(self) -> None:
        if self.chosen:
            self.query_one(OptionList).highlighted = min(self.choices.index(c) for c in self.chosen)

    def _label(self, n: int) -> Text:
        tick = ("[x] " if self.choices[n] in self.chosen else "[ ] ") if self.several else ""
        return Text(f"{KEYS[n] if n < len(KEYS) else ' '}  {tick}{self.choices[n]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if not self.several:
            self.dismiss([self.choices[event.option_index]])
        elif self.chosen:
            self.dismiss([c for c in self.choices if c in self.chosen])

    def on_key(self, event: events.Key) -> None:
        if pasted(event):
            event.stop()
            return
        n = KEYS.find(event.character) if event.character else -1
        if 0 <= n < len(self.choices):
            event.stop()
            if self.several:
                self._tick(n)
            else:
                self.dismiss([self.choices[n]])

    def action_tick(self) -> None:
        n = self.query_one(OptionList).highlighted
        if self.several and n is not None:
            self._tick(n)

    def _tick(self, n: int) -> None:
        self.chosen ^= {self.choices[n]}
        self.query_one(OptionList).replace_option_prompt_at_index(n, self._label(n))
        self.query_one(OptionList).highlighted = n


class Group(Choose):
    """Which of several belong together: keys tick, `a` ticks all or none of them, Enter keeps, also where none is ticked, once all of them
    were to be seen.

    Gives the ticked choices. says: what Enter will say of the ticked ones, by their number.
    """

    def __init__(self, question: str, choices: Sequence[str], says: Callable[[int], str]) -> None:
        super().__init__(question, choices, several=True)
        self.says = says
        self._upto = 0  # lines of the list that were to be seen
        self._below = False  # whether there are more

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self.question))
            yield OptionList(*(Option(self._label(n)) for n in range(len(self.choices))))
            yield Static(self._told(), id="says")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        for changes in ("scroll_y", "virtual_size"):
            self.watch(options, changes, self._look_soon, init=False)

    def on_resize(self) -> None:
        self._upto = 0  # the lines are others
        self._look_soon()

    def _look_soon(self) -> None:
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Once the end was on the screen, Enter may speak of all of them."""
        options = self.query_one(OptionList)
        self._upto = max(self._upto, options.scroll_offset.y + options.size.height)
        self._below = self._upto < max(len(self.choices), options.virtual_size.height)  # a line each, at least
        self.query_one("#says", Static).update(self._told())

    def _told(self) -> Text:
        enter = "Enter shows more, and at the end says" if self._below else "Enter says"
        told = Text(f"{enter}: {self.says(len(self.chosen))}.", style="bold")
        return told.append("\nThe key before it or Space ticks, a all or none; Escape goes back.", style="not bold")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.prevent_default()  # of the class above, which is asked too
        self._look()
        if self._below:
            options = self.query_one(OptionList)
            options.scroll_relative(y=max(1, options.size.height - 2), animate=False, immediate=True)
            return
        self.dismiss([c for c in self.choices if c in self.chosen])

    def on_key(self, event: events.Key) -> None:
        if event.character == "a" and not pasted(event):
            event.stop()
            self.chosen = set() if len(self.chosen) == len(self.choices) else set(self.choices)
            for n in range(len(self.choices)):
                self.query_one(OptionList).replace_option_prompt_at_index(n, self._label(n))
            self.query_one("#says", Static).update(self._told())

    def _tick(self, n: int) -> None:
        super()._tick(n)
        self.query_one("#says", Static).update(self._told())
