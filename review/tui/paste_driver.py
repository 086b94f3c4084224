"""Pasted text taken out of what a terminal sends, on POSIX. It rests on parts of Textual that have no public name: see `pasting.driver_class`."""

from __future__ import annotations

import os
import selectors
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste

from review.model.patterns import lazy

if TYPE_CHECKING:
    from textual.message import Message

_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What nobody types at once: as many signs in one read, so many of them different. Verdicts of impatient fingers are few keys.
_MANY, _DIFFERENT = 12, 6
_SOON = 0.03  # seconds after such a burst, in which the rest of it comes
_GIVE_UP = "\x03"  # Ctrl+C alone, while the end of a paste is missing


class PasteParser(XTermParser):
    """Takes pasted text out before it is parsed: the library's parser takes escapes within it for keys.

    Terminals that don't mark pasted text send it as keys: those of a burst are marked, see `pasting.pasted`.
    """

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds that never go back."""
        super().__init__(debug)
        self._clock = clock
        self._paste: str | None = None  # what has come of a paste whose end has not
        self._burst = float("-inf")  # when the last burst came

    def feed(self, data: str) -> Iterable[Message]:
        if not data:  # the end of the input
            yield from super().feed(data)
            return
        after_paste = False
        while data:
            if self._paste is not None:
                if data == _GIVE_UP:
                    self._paste = None
                    return
                text, end, data = (self._paste + data).partition(BRACKETED_PASTE_END)
                if not end:
                    self._paste = text
                    return
                self._paste, after_paste = None, True
                yield Paste(_CONTROL.sub("", text))
                continue
            keys, start, data = data.partition(BRACKETED_PASTE_START)
            if keys:
                yield from self._keys(keys, after_paste)
            if start:
                self._paste = ""

    def _keys(self, data: str, after_paste: bool) -> Iterator[Message]:
        now = self._clock()
        signs = [sign for sign in data if sign.isprintable()] if "\x1b" not in data else []
        burst = len(signs) >= _MANY and len(set(signs)) > _DIFFERENT
        if burst or (signs and now - self._burst < _SOON):
            self._burst, burst = now, True
        for message in super().feed(data):
            if isinstance(message, Key) and (burst or after_paste):
                message.pasted = True  # type: ignore[attr-defined]
            yield message


class PasteDriver(LinuxDriver):
    """Reads keys through `PasteParser`."""

    def run_input_thread(self) -> None:
        parser, decode = PasteParser(), getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:  # the line is cut
                        data = b""
                    if not data:
                        self._app.call_later(self._app.exit)
                        break
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
