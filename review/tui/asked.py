"""What an extractor is asked for a field of the form: its value, the words that it rests on and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from review.model.events import MISSING
from review.model.protocol_evidence import FormField
from review.model.values import astray, several
from review.tui.dialogs import Ask, Choose, Line
from review.tui.form import kind, wrong

QUOTE = "The words it rests on:"
LOCATOR = "Where they stand (page, table, title, abstract):"
THEME = "The new theme, as it is to be printed (its definition goes into the note, m):"
NEW_THEME = "a theme that the codebook has not …"
WHY = "Why (needed where there is no quote):"


def ask(app: App[Any], field: FormField, before: list[str], save: Callable[[list[str] | None], None]) -> None:
    """Ask for an answer, and give `save` its value, quote and locator, and a note where the field wants one; None where it is given up.

    before: value, quote, locator and note that stand there.
    """
    value, quote, locator, note = before
    rest = [Line(QUOTE, quote), Line(LOCATOR, locator, astray)]
    if field.support:
        rest.append(Line(WHY, note))

    def chosen(choice: list[str] | None) -> None:
        if choice and NEW_THEME in choice:
            others = [c for c in choice if c != NEW_THEME]
            app.push_screen(Ask(Line(THEME, "", named)), lambda new: chosen([*others, *several(new[0])] if new else None))
        elif choice:
            app.push_screen(Ask(*rest), lambda lines: save(None if lines is None else ["; ".join(choice), *lines]))

    options = list(field.choices)
    if options and field.type == "theme":
        options += [*(t for t in several(value) if t not in options and t not in MISSING), NEW_THEME]
    if options:
        app.push_screen(Choose(f"{field.label}:", options, several(value), several=field.type in ("choices", "theme")), chosen)
    else:
        hint = f" ({kind(field)})" if kind(field) else ""
        first = Line(f"{field.label}{hint}, or NR, UC, NA:", value, lambda text: wrong(field, text))
        app.push_screen(Ask(first, *rest), save)


def named(theme: str) -> str:
    """What is said of a new theme without a name."""
    return "" if several(theme) else "a theme needs a name"
