"""A key that comes too soon says nothing: one that is held down, or was typed before the screen showed what it would speak of."""

from __future__ import annotations

import time

from textual.events import Key

from review.tui.frame import Frame
from review.tui.keys import Wishes
from review.tui.pasting import pasted

HELD = 0.095  # seconds: keys repeat themselves every 0.03 to 0.09, whoever presses one on purpose takes longer


class Haste:
    """Fed with the keys, and with when what they speak of was shown; both in seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._key, self._at = "", float("-inf")
        self._shown = float("-inf")

    def shown(self, at: float) -> None:
        """From now on something else is on the screen."""
        self._shown = at

    def of(self, key: str, at: float) -> str:
        """What is wrong with a key that was pressed at a time; '' where it may be a word on what is shown."""
        held = key == self._key and at - self._at < HELD
        if not held and at < self._shown:
            return "came before this was on the screen"
        self._key, self._at = key, at
        return "is held down, it seems" if held else ""


class Unhurried(Frame):
    """A screen on whose things nobody speaks before they were there to be seen; in a real terminal, where keys have a time of their own."""

    def __init__(self, wishes: Wishes | None = None) -> None:
        super().__init__(wishes)
        self._haste = Haste()

    def on_key(self, event: Key) -> None:
        wrong = self._haste.of(event.key, event.time)
        bound = self.screen.active_bindings.get(event.key)
        does = bound.binding.action.partition("(")[0].removeprefix("app.") if bound else ""
        if wrong and does in (*self.DECIDES, "undo") and self.lives_alone and not self.busy and not pasted(event):
            event.prevent_default()
            self.redraw(f"{event.key} {wrong}: not taken. ← goes back, u undoes.")

    def redraw(self, message: str = "", error: bool = False) -> None:
        if self.place() != self._place_shown:
            self._haste.shown(time.perf_counter())  # the clock of the keys
        super().redraw(message, error)
