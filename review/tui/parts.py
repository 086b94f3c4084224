"""Parts that the screens share: how a record and the criteria look."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from review.model.events import MISSING
from review.model.protocol import Protocol
from review.model.record import Report
from review.tui.dialogs import CSS as DIALOGS

CSS = (
    DIALOGS
    + """
Screen { layout: vertical; }
#bar { height: 1; text-wrap: nowrap; text-overflow: ellipsis; background: $primary; color: $text; padding: 0 1; }
#notice { height: auto; max-height: 2; color: $warning; padding: 0 1; }
#body { height: 1fr; }
#record { height: 1fr; padding: 0 1; }
#side { width: 38%; max-width: 90; border-left: solid $primary; padding: 0 1; display: none; }
#side.shown { display: block; }
#side.alone { width: 100%; border-left: none; }
#message { height: auto; text-wrap: nowrap; text-overflow: ellipsis; max-height: 3; padding: 0 1; }
#keys { height: auto; padding: 0 1; background: $panel; link-style: none; link-color: $text; link-background-hover: $primary; }
#message.error { text-wrap: wrap; max-height: 10; background: $error; color: $text; text-style: bold; }
"""
)


class Scroll(VerticalScroll, can_focus=True):
    """Text that scrolls by keys and never eats the verdict keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False),
        Binding("k,up", "scroll_up", "Up", show=False),
        Binding("space,pagedown", "app.scroll(1)", "Page", show=False),
        Binding("b,pageup", "app.scroll(-1)", "Page back", show=False),
    ]


# What could move the cursor, colour the screen or ring the bell; a record may hold anything.
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�") | {9: " "}


def safe(text: Text) -> Text:
    """The text with each control character shown as one that does nothing."""
    text.plain = text.plain.translate(_CONTROL)
    return text


def short(text: str, most: int = 70) -> str:
    """A text on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def record_text(report: Report, note: str = "", status: str = "") -> Text:
    """A report as it is read: title, where and when it appeared, authors, abstract, keywords, ids. Never parsed as markup."""
    text = Text()
    if status:
        text.append(f"{status}\n", style="reverse")
    if note:
        text.append(f"Your note: {note}\n", style="italic")
    text.append((" ".join(report.title.split()) or "(no title)") + "\n", style="bold")
    place = ", ".join(p for p in (report.best("journal"), report.best("year"), _volume(report)) if p)
    if place:
        text.append(place + "\n", style="italic")
    if authors := report.best("authors"):
        text.append(authors + "\n")
    text.append("\n")
    text.append(report.best("abstract") or "(no abstract)")
    text.append("\n")
    if keywords := report.best("keywords"):
        text.append(f"\nKeywords: {keywords}\n")
    ids = [
        f"{label} {value}"
        for label, value in (("doi", report.best("doi")), ("pmid", report.best("pmid")), ("", report.best("url")))
        if value
    ]
    if ids:
        text.append("\n" + "   ".join(i.strip() for i in ids) + "\n")
    text.append("\n" if not ids else "")
    more = len(report.records) - 1
    text.append(report.key + (f"  (+ {more} duplicate record{'s' if more > 1 else ''})" if more else "") + "\n", style="dim")
    return text


def _volume(report: Report) -> str:
    volume, issue, pages = report.best("volume"), report.best("issue"), report.best("pages")
    return f"{volume}{f'({issue})' if issue else ''}{f':{pages}' if pages else ''}"


def criteria_text(protocol: Protocol, phase: str) -> Text:
    """The questions and the criteria of a phase, in order."""
    text = Text()
    for question in protocol.questions:
        text.append(f"{question.id} ", style="bold")
        text.append(question.text + "\n")
    text.append("\nCriteria, in order\n", style="bold")
    for n, c in enumerate((c for c in protocol.eligibility.criteria if phase in c.phases), 1):
        text.append(f"{n}. {c.dimension}", style="bold")
        text.append(f" [{', '.join(c.questions)}]\n" if c.questions else "\n")
        text.append(f"+ {c.include}\n")
        if c.exclude:
            text.append(f"- {c.exclude}\n")
    return text


def missing_code(value: str) -> str:
    """The code (NR, UC, NA) that was typed for a value, or ''."""
    code = value.strip().upper()
    return code if code in MISSING else ""
