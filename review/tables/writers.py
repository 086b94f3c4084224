"""All kinds of files that a table can become. A new one is a module with `write` and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.errors import UsageError
from review.model.words import nearest
from review.tables import to_csv, to_docx, to_html, to_json, to_latex, to_markdown, to_xlsx
from review.tables.model import Table


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file: how it is called, how its files end, and how a table becomes its bytes; the same table, the same bytes."""

    name: str
    suffix: str
    write: Callable[[Table], bytes]
    text: bool = True  # whether it can be read on a terminal


WRITERS: Mapping[str, Writer] = {
    w.name: w
    for w in (
        Writer("markdown", ".md", to_markdown.write),
        Writer("html", ".html", to_html.write),
        Writer("docx", ".docx", to_docx.write, text=False),
        Writer("xlsx", ".xlsx", to_xlsx.write, text=False),
        Writer("csv", ".csv", to_csv.write),
        Writer("latex", ".tex", to_latex.write),
        Writer("json", ".json", to_json.write),
    )
}


def by_name(name: str) -> Writer:
    """The writer of that name or suffix. Raises UsageError, which lists them."""
    wanted = name.strip().lower()
    for writer in WRITERS.values():
        if wanted in (writer.name, writer.suffix, writer.suffix[1:]):
            return writer
    near = nearest(wanted, WRITERS)
    raise UsageError(
        f"A table can't be written as '{name}'.", f"{f'Did you mean {near}? ' if near else ''}There are: {', '.join(WRITERS)}."
    )
