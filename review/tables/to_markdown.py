"""A table as Markdown (GitHub's tables); footnotes beneath it."""

from __future__ import annotations

import re

from markupsafe import escape

from review.tables.model import Cell, Footnotes, Table, groups
from review.tables.symbols import SYMBOL


def mild(text: str) -> str:
    """Text that means itself in Markdown, also within a cell: on one line, marks escaped."""
    line = re.sub(r"\s+", " ", text).strip()
    line = re.sub(r"([\\`*_\[\]#|~])", r"\\\1", line)
    return str(escape(line)).replace("&#39;", "'").replace("&#34;", '"')


def text(table: Table) -> str:
    """Title, rows, notes."""
    return f"**{mild(table.title)}**\n\n{body(table)}"


def body(table: Table) -> str:
    """The rows and the notes, for where the title stands above already."""
    if not table.rows:
        return f"{mild(table.empty)}\n"
    notes = Footnotes.of(table)
    lines = [_line([mild(c.title) for c in table.columns])]
    lines.append(_line(["---:" if c.kind == "number" else "---" for c in table.columns]))
    for heading, rows in groups(table):
        if heading:
            lines.append(_line([f"**{mild(heading)}**", *[""] * (len(table.columns) - 1)]))
        lines += [_line([_cell(cell, notes) for cell in row.cells]) for row in rows]
    said = [f"<sup>{mark}</sup> {mild(words)}" for mark, words in notes] + [mild(words) for words in table.notes]
    return "\n".join(lines) + "\n" + "".join(f"\n{note}\n" for note in said)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, notes: Footnotes) -> str:
    shown = mild(cell.text) if cell.text else f"*{mild(cell.why)}*" if cell.why else ""
    if cell.tone in SYMBOL:
        shown = f"{SYMBOL[cell.tone]} {shown}"
    if cell.notes:
        shown += f"<sup>{notes.mark(cell)}</sup>"
    if cell.quote:
        shown += f" “{mild(cell.quote)}”"
    if cell.locator:
        shown += f" ({mild(cell.locator)})"
    return shown.strip()


def write(table: Table) -> bytes:
    return text(table).encode()
