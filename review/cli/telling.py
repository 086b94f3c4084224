"""What the commands say, on which stream, and the bar that shows how far they are: nothing that needs the command-line library."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from review.stage import Progress

_NAMED = 12  # fields that a format has no place for
OUTSIDE = "text outside entries"  # what a text that stands under no field's name is called


def printable(text: str) -> str:
    """A text without what could move a terminal's cursor or ring its bell: a record may hold anything."""
    return text if text.isprintable() else "".join(c if c in "\n\t\u200c\u200d" or c.isprintable() else " " for c in text)


def _print(text: str, stream: TextIO) -> None:
    """As it is into a file or pipe; onto a terminal, what it can show."""
    print(printable(text) if stream.isatty() else text, file=stream)


def say(text: str = "") -> None:
    """A line for people."""
    _print(text, sys.stderr)


def say_not_native(form: str, what: Counter[str], became: str, indent: str = "  ") -> None:
    """What a format that was written has no place for, and what became of it."""
    if what:
        most = ", ".join(f"{name or OUTSIDE} ({n:,})" for name, n in what.most_common(_NAMED))
        say(f"{indent}not native to {form}, {became}: {most}{', …' if len(what) > _NAMED else ''}")


def out(text: str) -> None:
    """A line of data."""
    _print(text, sys.stdout)


def out_json(value: Any) -> None:
    _print(json.dumps(value, indent=2, ensure_ascii=False), sys.stdout)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress function that draws a bar on a terminal, and stays silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of or None)
            bars.update(tasks[what], completed=done, total=of or None)

        yield tell
