"""The full text of a report in place of its record, and the file outside."""

from __future__ import annotations

from typing import Protocol

from rich.text import Text

from review.errors import ReviewError
from review.model.reading import flowing, one_line
from review.model.record import Report
from review.tui.opening import open_outside
from review.tui.parts import Marks, link_of


class FullTexts(Protocol):
    """The full texts of reports, as far as their files are here."""

    def names(self, report: Report) -> list[str]: ...

    def path(self, report: Report) -> str: ...

    def pages(self, report: Report) -> list[tuple[str, str]]:
        """(label, text) of each page or section. Raises ReviewError where the file is not here, or can't be read."""


def drawn(full_texts: FullTexts, report: Report, head: Text, marks: Marks) -> Text:
    """Below the head the title and the pages, with the marks in them."""
    text = head.copy()
    text.append(one_line(report.title) + "\n", style="bold")
    begin = len(text)
    try:
        for label, page in full_texts.pages(report):
            text.append(f"\n— {label} —\n", style="dim")
            text.append(flowing(page) + "\n")
    except ReviewError as error:
        text.append(f"\n{error.message}\n{error.hint}\n")
    marks.put(text, begin, len(text))
    return text


def turned(full_texts: FullTexts | None, report: Report, reading: str, who: str, key: str) -> tuple[str, str]:
    """Whose full text stands in place of its record when the page is turned, "" where none does; and what to say of that. reading: whose does;
    key: opens the file outside."""
    if reading == report.key:
        return "", ""
    if full_texts is None or not full_texts.names(report):
        return reading, f"No file of this full text is here. Add it: review fulltext add FILE --as {who}"
    return report.key, f"v goes back to the record; {key} opens the file outside."


def opened(full_texts: FullTexts | None, report: Report) -> str:
    """Open the file, or else the link, in the program that this machine has for it; what to say of that."""
    target = (full_texts.path(report) if full_texts else "") or link_of(report)
    if not target:
        return "This record has no link and no DOI."
    return f"Opened: {target}" if open_outside(target) else f"There is no program here to open it: {target}"
