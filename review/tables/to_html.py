"""A table as HTML that can stand in a page, or as a page of its own."""

from __future__ import annotations

from markupsafe import Markup, escape

from review.tables.model import Cell, Column, Footnotes, Table, groups
from review.tables.symbols import SYMBOL

STYLE = """\
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem; color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: bold; padding: .3em 0; }
th, td { border: 1px solid #bbb; padding: .35em .5em; text-align: left; vertical-align: top; } thead th { background: #eef2f5; }
th.group { background: #f6f6f6; } .num { text-align: right; } .why { color: #595959; font-style: italic; } q { color: #333; }
.tone-good { background: #fff7e6; } .tone-some { background: #fed98e; } .tone-bad { background: #fe9929; } .tone-worst { background: #d95f0e; }
.tone-unknown { background: #fff; } .tone-none { background: #ddd; }
@page { size: A4 landscape; margin: 15mm; } @media print { body { margin: 0; font-size: 9pt; } thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def fragment(table: Table, caption: str = "") -> Markup:
    """The table, its caption (else its title) and its notes. Everything that people wrote is escaped.

    Each cell says its column in data-l, so that a style sheet can stack them on a narrow screen.
    """
    if not table.rows:
        return Markup("<p>{}</p>\n").format(table.empty)
    notes = Footnotes.of(table)
    parts = [Markup('<table class="evidence stack" data-sort>\n<caption>{}</caption>\n<thead><tr>').format(caption or table.title)]
    parts += [Markup('<th scope="col"{}>{}</th>').format(_num(c), c.title) for c in table.columns]
    parts.append(Markup("</tr></thead>\n<tbody>\n"))
    for heading, rows in groups(table):
        if heading:
            parts.append(Markup('<tr><th scope="rowgroup" class="group" colspan="{}">{}</th></tr>\n').format(len(table.columns), heading))
        for row in rows:
            parts.append(Markup("<tr>"))
            for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
                tone = Markup(' class="tone-{}"').format(cell.tone) if cell.tone else _num(column)
                inner = _cell(cell, notes)
                parts.append(
                    Markup('<th scope="row"{}>{}</th>').format(tone, inner)
                    if n == 0
                    else Markup('<td data-l="{}"{}>{}</td>').format(column.title, tone, inner)
                )
            parts.append(Markup("</tr>\n"))
    parts.append(Markup("</tbody>\n</table>\n"))
    parts += [Markup('<p class="note"><sup>{}</sup> {}</p>\n').format(mark, words) for mark, words in notes]
    parts += [Markup('<p class="note">{}</p>\n').format(words) for words in table.notes]
    return Markup("").join(parts)


def _num(column: Column) -> Markup:
    return Markup(' class="num"') if column.kind == "number" else Markup("")


def _cell(cell: Cell, notes: Footnotes) -> Markup:
    text = escape(cell.text) if cell.text else Markup('<span class="why">{}</span>').format(cell.why) if cell.why else Markup("")
    if cell.tone in SYMBOL:
        text = Markup('<span aria-hidden="true">{}</span> {}').format(SYMBOL[cell.tone], text)
    if cell.link:
        text = Markup('<a href="{}">{}</a>').format(cell.link, text)
    if cell.notes:
        text += Markup("<sup>{}</sup>").format(notes.mark(cell))
    if cell.quote:
        text += Markup(" <q>{}</q>").format(cell.quote)
    if cell.locator:
        text += Markup(" <small>({})</small>").format(cell.locator)
    return text


def write(table: Table) -> bytes:
    """A page of its own, without anything from outside."""
    page = Markup(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n{}</body>\n</html>\n"
    )
    return page.format(table.title, Markup(STYLE), fragment(table)).encode()  # noqa: S704  # our own style sheet
