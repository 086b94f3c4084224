"""Parts that the screens share: how a record looks, a line to type in, a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from review.model.protocol import Protocol
from review.model.record import Report

CSS = """
Screen { layout: vertical; }
#bar { height: 1; background: $primary; color: $text; padding: 0 1; }
#notice { height: auto; max-height: 2; color: $warning; padding: 0 1; }
#body { height: 1fr; }
#record { height: 1fr; padding: 0 1; }
#side { width: 44; border-left: solid $primary; padding: 0 1; display: none; }
#side.shown { display: block; }
#side.alone { width: 100%; border-left: none; }
#message { height: auto; max-height: 3; padding: 0 1; }
#message.error { background: $error; color: $text; text-style: bold; }
Ask, Choose { align: center middle; }
Ask > Vertical, Choose > Vertical { width: 90%; max-width: 100; height: auto; max-height: 90%; border: round $primary; padding: 0 1; background: $surface; }
Choose OptionList { height: auto; max-height: 16; }
"""


class Scroll(VerticalScroll, can_focus=True):
    """Text that scrolls by keys and never eats the verdict keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False),
        Binding("k,up", "scroll_up", "Up", show=False),
        Binding("space,pagedown", "page_down", "Page", show=False),
        Binding("b,pageup", "page_up", "Page back", show=False),
    ]


def record_text(report: Report, note: str = "", verdict: str = "") -> Text:
    """A report as it is read: title, where and when it appeared, authors, abstract, keywords, ids. Never parsed as markup."""
    text = Text()
    if verdict:
        text.append(f"Your decision: {verdict}\n", style="reverse")
    if note:
        text.append(f"Your note: {note}\n", style="italic")
    text.append((report.title or "(no title)") + "\n", style="bold")
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
    ids = [f"{label} {value}" for label, value in (("doi", report.best("doi")), ("pmid", report.best("pmid")), ("", report.best("url"))) if value]
    text.append("\n" + "   ".join(i.strip() for i in ids) + "\n")
    text.append(f"{report.key}" + (f"  (+ {len(report.records) - 1} duplicate records)" if len(report.records) > 1 else "") + "\n", style="dim")
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
        text.append(f"   + {c.include}\n")
        if c.exclude:
            text.append(f"   - {c.exclude}\n")
    return text


class Ask(ModalScreen[str | None]):
    """One line to type. Enter keeps it, Escape leaves without."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question, self.value = question, value

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self.question))
            yield Input(self.value)
            yield Static("Enter keeps it, Escape goes back.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Choose(ModalScreen[str | None]):
    """A list to choose from, by number or by arrows and Enter. Escape leaves without."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, question: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.question, self.choices = question, list(choices)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self.question))
            yield OptionList(*(Option(Text(f"{n if n < 10 else ' '}  {c}")) for n, c in enumerate(self.choices, 1)))
            yield Static("A number, or arrows and Enter; Escape goes back.")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index])

    def on_key(self, event: object) -> None:
        key = getattr(event, "key", "")
        if key.isdigit() and 1 <= int(key) <= len(self.choices):
            self.dismiss(self.choices[int(key) - 1])
