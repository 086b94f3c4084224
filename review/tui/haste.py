"""A key that comes too soon says nothing: one that is held down, or was typed before the screen showed what it would speak of."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from textual.events import Event, Key
from textual.screen import Screen

from review.tui.frame import Frame
from review.tui.keys import Wishes
from review.tui.pasting import pasted

DELAY = 1.0  # seconds: a key that is held down repeats itself for the first time after 0.2 to 0.7 (X.org: 0.66), or is pressed again
HELD = 0.095  # seconds: keys repeat themselves every 0.03 to 0.09, whoever presses one on purpose takes longer


class Haste:
    """Fed with the keys, and with when what they speak of was shown; both in seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._key, self._at = "", float("-inf")
        self._shown = float("-inf")
        self._second = False  # whether the last key that was taken may have been the first repeat of one that is held down

    def shown(self, at: float) -> None:
        """From now on something else is on the screen."""
        self._shown = at

    def of(self, key: str, at: float) -> str:
        """What is wrong with a key that was pressed at a time; '' where it may be a word on what is shown."""
        since = at - self._at if key == self._key else float("inf")
        self._key, self._at = key, at
        if since < HELD:
            return "is held down, it seems"
        if at < self._shown:
            return "came before this was on the screen"
        self._second = since < DELAY
        return ""

    def unmeant(self) -> bool:
        """Asked when a key is held down: whether the last that was taken was its own repeat, of which nobody could know. True once."""
        second, self._second = self._second, False
        return second


class Unhurried(Frame):
    """A screen on whose things nobody speaks before they were there to be seen; in a real terminal, where keys have a time of their own."""

    SAYS: ClassVar[frozenset[str]] = frozenset()  # the actions by which a single key says something at once

    def __init__(self, wishes: Wishes | None = None) -> None:
        super().__init__(wishes)
        self._haste = Haste()
        self._pressed = Haste()  # of all keys, those of dialogs too
        self._pressed_in: Screen[Any] | None = None  # where the last key was pressed that was not held down
        self._before: object = None  # what the last key that was taken spoke of
        self._spoken_of: object = None  # what a key that is pressed now would speak of, as it is shown

    def spoken_of(self) -> object:
        """What a key that says something would speak of."""
        return self.place()

    async def on_event(self, event: Event) -> None:
        """Enter that is held down goes on in the dialog in which it was pressed, and says nothing in those that it opened."""
        if isinstance(event, Key) and self.lives_alone and self.screen_stack:
            if not self._pressed.of(event.key, event.time):
                self._pressed_in = self.screen
            elif event.key == "enter" and self.busy and self.screen is not self._pressed_in:
                return
        await super().on_event(event)

    def on_key(self, event: Key) -> None:
        wrong = self._haste.of(event.key, event.time)
        bound = self.screen.active_bindings.get(event.key)
        does = bound.binding.action.partition("(")[0].removeprefix("app.") if bound else ""
        if wrong and does in (*self.DECIDES, "undo") and self.lives_alone and not self.busy and not pasted(event):
            event.prevent_default()
            if "held" in wrong and does in self.SAYS and self._haste.unmeant() and self.spoken_of() != self._before:
                self.take_back(f"{event.key} {wrong}: the word that it repeated is taken back.")
                return
            self.redraw(f"{event.key} {wrong}: not taken. ← goes back, u undoes.")
        elif not wrong:
            self._before = self.spoken_of()

    def action_undo(self) -> None:
        self.take_back()

    def take_back(self, why: str = "") -> None:
        """Take back the last word, and say why, or what it was."""
        raise NotImplementedError

    def redraw(self, message: str = "", error: bool = False) -> None:
        if (now := self.spoken_of()) != self._spoken_of:
            self._spoken_of = now
            self._haste.shown(time.perf_counter())  # the clock of the keys
        super().redraw(message, error)
