"""Finding one's way through the records of a sitting: words in a record, a filter, a record by its number or name."""

from __future__ import annotations

import re
from dataclasses import replace

from review.screening.filters import FILTERS, wanted
from review.screening.session import Screening
from review.tui.dialogs import Ask, Choose, Line
from review.tui.haste import Unhurried
from review.tui.keys import Wishes
from review.tui.parts import Marks, short


class Looking(Unhurried):
    """A frame over records in which words can be looked for. `marks`: what is highlighted."""

    def __init__(self, marks: Marks, wishes: Wishes | None = None) -> None:
        super().__init__(wishes)
        self.marks = marks
        self.looked_for = ""
        self._hit = -1

    def action_find(self) -> None:
        def written(text: list[str] | None) -> None:
            if text is not None:
                self._find(text[0].strip())

        self.push_screen(Ask(Line("Find in the record (again: the next place; empty: no more):", self.looked_for, anew=True)), written)

    def _find(self, text: str) -> None:
        if text != self.looked_for:
            self._hit = -1
        self.looked_for = text
        found = re.compile(re.escape(text), re.IGNORECASE) if text else None
        self.marks = replace(self.marks, found=found)
        hits = [m.start() for m in found.finditer(self.main_text().plain)] if found else []
        if not hits:
            self.redraw(f"'{text}' is not in this record." if text else "")
            return
        self._hit = (self._hit + 1) % len(hits)
        self.redraw(f"'{text}': place {self._hit + 1} of {len(hits)}. / and Enter goes to the next.")
        self.show_place(hits[self._hit])


class Finding(Looking):
    """A frame over a screening `session`, with what moves through its records."""

    def __init__(self, session: Screening, wishes: Wishes | None = None) -> None:
        super().__init__(Marks.of(session.protocol), wishes)
        self.session = session

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()

    def action_filter(self) -> None:
        def chosen(name: list[str] | None) -> None:
            if not name:
                return
            kind = FILTERS[name[0]]
            if not kind.asks:
                self._show(name[0], "")
            else:
                self.push_screen(
                    Ask(Line(kind.asks(self.session), "", kind.check)), lambda text: self._show(name[0], text[0].strip()) if text else None
                )

        self.push_screen(Choose("Show:", list(FILTERS)), chosen)

    def _show(self, name: str, text: str) -> None:
        keys = wanted(self.session, name, text)
        called = f"{name} {text}".strip() if keys is not None else ""
        if keys is not None and not any(k in keys for k in self.session.offered):
            self.redraw(f"There are none: {called}.")
            return
        self.session.show(keys, called)
        if keys is not None and self.session.current is None:
            self.session.position = 0  # all are decided: they are there to be read
        self.redraw(
            f"Shown: {called}, {len(self.session.view):,} records. f and 'all' shows all again." if called else "All records are shown."
        )

    def action_go(self) -> None:
        def written(text: list[str] | None) -> None:
            if text and text[0].strip():
                self._go(text[0].strip())

        self.push_screen(Ask(Line(f"Go to: a number (1 to {len(self.session.view):,}), a key, DOI or PMID, or words of a title:")), written)

    def _go(self, text: str) -> None:
        here = self.session.position
        number = text.replace(",", "")
        if number.isdecimal() and 1 <= int(number) <= len(self.session.view):
            self.session.position = int(number) - 1
            self.redraw()
            return
        found = self.session.find(text)
        if found is None:
            self.session.position = here
            self.redraw(f"No record of yours has '{short(text)}'.")
        else:
            self.redraw()
