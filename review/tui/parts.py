"""Parts that the screens share: how a record and the criteria look."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from review.model.events import MISSING
from review.model.protocol import Protocol
from review.model.reading import one_line, paragraphs, pattern
from review.model.record import Report
from review.model.related import Related, of_records, shown
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
#message { height: auto; max-height: 6; padding: 0 1; }
#keys { height: auto; padding: 0 1; background: $panel; link-style: none; link-color: $text; link-background-hover: $primary; }
#message.error { max-height: 10; background: $error; color: $text; text-style: bold; }
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
# Marks that turn the direction of what follows would reach over the frame; letters keep the direction that they have.
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�") | {9: " "}


def harmless(text: str) -> str:
    """The text with each control character shown as one that does nothing."""
    return text.translate(_CONTROL)


def safe(text: Text) -> Text:
    """`harmless`, of text with styles."""
    text.plain = harmless(text.plain)
    return text


def short(text: str, most: int = 50) -> str:
    """A text on one line, cut where it is long."""
    return one_line(text, most)


# Okabe & Ito's blue and orange are told apart by every kind of eye; without colour, the underline and the reversal are.
INCLUDE_STYLE, EXCLUDE_STYLE, FOUND_STYLE = "bold underline #56b4e9", "bold reverse #e69f00", "bold black on #f0e442"
FOUND_PLAIN = "reverse underline"
GONE_STYLE = "bold white on #a4262c"


@dataclass(frozen=True)
class Marks:
    """What to highlight in a record: the protocol's terms for and against it, and what is looked for."""

    include: re.Pattern[str] | None = None
    exclude: re.Pattern[str] | None = None
    found: re.Pattern[str] | None = None

    @classmethod
    def of(cls, protocol: Protocol) -> Marks:
        return cls(pattern(protocol.eligibility.terms.include), pattern(protocol.eligibility.terms.exclude))

    def put(self, text: Text, start: int, end: int) -> None:
        """Highlight between two places of the text; what is looked for lies over the rest."""
        plain = text.plain
        found_style = FOUND_PLAIN if os.environ.get("NO_COLOR") else FOUND_STYLE
        for style, wanted in ((INCLUDE_STYLE, self.include), (EXCLUDE_STYLE, self.exclude), (found_style, self.found)):
            for match in wanted.finditer(plain, start, end) if wanted else ():
                if match.end() > match.start():
                    text.stylize(style, match.start(), match.end())


def related_text(related: Related, keys: Sequence[str]) -> Text:
    """What other reports are to the one with these records: a retraction so that nobody overlooks it, others in a quiet line each."""
    loud, quiet = shown(of_records(related, keys))
    text = Text()
    for words in loud:
        text.append(f"!! {words} !!\n", style=GONE_STYLE)
    for words in quiet:
        text.append(f"{short(words, 160)}\n", style="dim italic")
    return text


def record_text(
    report: Report,
    note: str = "",
    status: str = "",
    tags: Sequence[str] = (),
    marks: Marks | None = None,
    related: Related | None = None,
) -> Text:
    """A report as it is read: title, where and when it appeared, authors, abstract by its sections, keywords, ids. Never parsed as markup."""
    text = Text()
    if related:
        text.append_text(related_text(related, report.keys))
    if status:
        text.append(f"{status}\n", style="reverse")
    if note:
        text.append(f"Your note: {note}\n", style="italic")
    if tags:
        text.append(f"Your tags: {', '.join(tags)}\n", style="italic")
    begin = len(text)
    text.append((one_line(report.title) or "(no title)") + "\n", style="bold")
    place = ", ".join(p for p in (report.best("journal"), report.best("year"), report.place) if p)
    if place:
        text.append(place + "\n", style="italic")
    if authors := report.best("authors"):
        text.append(_few(authors) + "\n")
    text.append("\n")
    for n, paragraph in enumerate(paragraphs(report.best("abstract"))):
        if n and paragraph.label:
            text.append("\n")
        if paragraph.label:
            text.append(f"{paragraph.label}: ", style="bold")
        text.append(paragraph.text + "\n")
    if not report.best("abstract"):
        text.append("(no abstract)\n")
    if keywords := report.best("keywords"):
        text.append(f"\nKeywords: {keywords}\n")
    if marks:
        marks.put(text, begin, len(text))
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


def link_of(report: Report) -> str:
    """Where the report can be read: its DOI, PubMed or own address; '' if it has none."""
    if doi := report.best("doi"):
        return f"https://doi.org/{doi}"
    if pmid := report.best("pmid"):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    url = report.best("url")
    return url if url.startswith(("http://", "https://")) else ""


def _few(authors: str, most: int = 8) -> str:
    names = authors.split("; ")
    return authors if len(names) <= most else "; ".join(names[: most - 1]) + f"; … ({len(names):,} authors)"


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
    terms = protocol.eligibility.terms
    for label, words, style in (("for", terms.include, INCLUDE_STYLE), ("against", terms.exclude, EXCLUDE_STYLE)):
        if words:
            text.append(f"\nTerms {label}: ", style="bold")
            for n, word in enumerate(words):
                text.append(", " if n else "")
                text.append(word, style=style)
            text.append("\n")
    return text


def missing_code(value: str) -> str:
    """The code (NR, UC, NA) that was typed for a value, or ''."""
    code = value.strip().upper()
    return code if code in MISSING else ""
