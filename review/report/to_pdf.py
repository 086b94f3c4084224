"""The report as PDF, typeset by Typst: tagged, with the page on which each item of a checklist is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from review.formats.characters.office import for_xml
from review.report.blocks import Block, Heading, Para, Picture, Points, sideways
from review.report.paper import blocks
from review.report.picture import compiled
from review.report.render import HEADINGS
from review.report.view import View
from review.tables.model import Cell, Footnotes, Table, groups

STYLE = "report.typ"
WIDE, TALL = 166, 220  # mm that a drawing has on a page
TURNED, LOW = 267, 150  # and on one turned sideways


def write(view: View, drawings: Mapping[str, str], style: str) -> bytes:
    """drawings: the flow and the figures as SVG, by name; style: the text of the template `report.typ`.

    The same input gives the same bytes. Raises ReviewError where a template of the review's own can't be set.
    """
    files = {f"{name}.svg": svg.encode() for name, svg in drawings.items()}
    return compiled(source(view, drawings), "pdf", {STYLE: style.encode(), **files})[0]


def source(view: View, drawings: Mapping[str, str]) -> str:
    """The Typst text. Everything that people wrote is in string literals, where nothing is markup."""
    p = view.protocol
    kind = f"{p.review.type.replace('-', ' ')} review · version {p.review.version}"
    lock = f"Protocol locked {p.lock.at:%Y-%m-%d}" if p.lock else "Protocol not locked"
    registration = f"{p.registration.register_name} {p.registration.id}".strip()
    meta = f"State of {view.as_of or 'no event yet'} · {lock} · Registration: {registration}"
    missing = (f"{f'{n:,} ' if n else ''}{what} ({who}){f': {command}' if command else ''}" for who, n, what, command in view.missing)
    content = list(blocks(view, HEADINGS))
    anchors = {b.anchor for b in content if isinstance(b, Heading)} | {"title"}
    made = _Typst(anchors, drawings)
    head = (
        f'#import "{STYLE}": *\n#show: report.with(title: {lit(p.review.title)}, authors: {_array(lit(m.name) for m in p.team)}, '
        f"kind: {lit(kind)}, meta: {lit(meta)}, "
        f"notice: {lit(view.notice)}, interim: {_array(lit(m) for m in missing)})\n"
    )
    pages = []
    for turned, group in groupby(content, sideways):
        body = "\n".join(made.block(b) for b in group)
        pages.append(f"#page(flipped: true, margin: 15mm)[\n{body}\n]\n" if turned else body)
    return head + "\n".join(pages) + "\n"


def _size(svg: str, wide: bool) -> str:
    """As large as it was drawn (96 units an inch), and no larger than the page."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        return "width: 100%"
    width, height = (float(found[n]) * 25.4 / 96 for n in (1, 2))
    shrunk = min(1.0, (TURNED if wide else WIDE) / width, (LOW if wide else TALL) / height)
    return f"width: {width * shrunk:.1f}mm"


def lit(text: str) -> str:
    """A string literal of Typst."""
    clean = for_xml(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + clean.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n").replace("\t", "\\t") + '"'


def _array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


class _Typst:
    def __init__(self, anchors: set[str], drawings: Mapping[str, str]) -> None:
        self.anchors, self.drawings = anchors, drawings

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            label = f" <sec-{block.anchor}>" if block.anchor else ""
            return f"\n#heading(level: {block.level}, {lit(block.text)}){label}\n"
        if isinstance(block, Para):
            return self._para(block)
        if isinstance(block, Points):
            return f"#{'enum' if block.numbered else 'list'}({', '.join(lit(i) for i in block.items)})\n"
        if isinstance(block, Picture):
            size = _size(self.drawings[block.name], block.wide)
            return f"#figure(image({lit(f'{block.name}.svg')}, {size}, alt: {lit(block.said)}), caption: {lit(block.caption)})\n"
        return self._table(block.table)

    def _para(self, block: Para) -> str:
        lead = f"#strong({lit(block.lead + '.')}) " if block.lead else ""
        if block.code:
            return f"\n{lead}\n#raw(block: true, {lit(block.text)})\n"
        return f"\n{lead}#{lit(block.text)}{'#asked' if block.asked else ''}\n"

    def _table(self, table: Table) -> str:
        if not table.rows:
            return f"\n#strong({lit(table.title)}) #{lit(table.empty)}\n"
        notes = Footnotes.of(table)
        rows = []
        for heading, group in groups(table):
            if heading:
                rows.append(f"(table.cell(colspan: {len(table.columns)}, strong({lit(heading)})), ),")
            rows += [_array(self._cell(c, notes, n == 0) for n, c in enumerate(row.cells)) + "," for row in group]
        widths = _array(f"{c.width}fr" for c in table.columns)
        rights = _array(str(n) for n, c in enumerate(table.columns) if c.kind == "number")
        header = _array(lit(c.title) for c in table.columns)
        body = "\n  ".join(rows)
        made = f"#grid-of({lit(table.title)}, {widths}, {rights}, {header}, (\n  {body}\n))\n"
        below = [f"#super({lit(mark)}) #{lit(words)}" for mark, words in notes] + [f"#{lit(words)}" for words in table.notes]
        return made + "".join(f"#text(font: sans, size: 8pt)[{line}]\n\n" for line in below)

    def _cell(self, cell: Cell, notes: Footnotes, head: bool) -> str:
        if cell.link.startswith("#") and cell.link[1:] in self.anchors:
            return f"section-page({lit(cell.link[1:])}, {lit(cell.text)})"
        shown = f"strong({lit(cell.text)})" if head and cell.text else lit(cell.text) if cell.text else f"text(fill: soft, {lit(cell.why)})"
        more = f"#super({lit(notes.mark(cell))})" if cell.notes else ""
        more += f"#quoted({lit(cell.quote)})" if cell.quote else ""
        more += f"#small({lit(cell.locator)})" if cell.locator else ""
        return f"[#{shown}{more}]" if more else shown
