"""A table as LaTeX: a longtable with booktabs' rules and a head on every page, for a document in landscape or not."""

from __future__ import annotations

import re

from review.tables.model import Cell, Footnotes, Table, groups
from review.tables.symbols import SYMBOL
from review.tables.tex_chars import OTHER, others, tex
from review.tables.widths import LONGEST, needs, shares

# Letters in a line of a landscape page, in sizes of type from that of notes down; the smallest, with narrower gaps, for all wider tables.
SIZES = ((140.0, r"\footnotesize"), (180.0, r"\scriptsize"), (240.0, r"\tiny\setlength\tabcolsep{2pt}"))
NEEDS = r"% In the preamble: \usepackage[T1]{fontenc}\usepackage{booktabs,longtable,array,amssymb}"
PAGE = "% Meant for a page in landscape."


def text(table: Table) -> str:
    if not table.rows:
        return f"{NEEDS}\n\\paragraph{{{tex(table.title)}}} {tex(table.empty)}\n"
    notes = Footnotes.of(table)
    wanted = sum(needs(table))
    room, size = next((s for s in SIZES if wanted <= s[0]), SIZES[-1])
    gaps = f"{2 * len(table.columns) - 2}\\tabcolsep"
    columns = "".join(_column(c.kind == "number", share, gaps) for c, share in zip(table.columns, shares(table, room), strict=True))
    head = " & ".join(rf"\textbf{{{tex(c.title)}}}" for c in table.columns) + r" \\"
    lines = [
        NEEDS,
        PAGE,
        rf"\begingroup{size}\setlength\LTcapwidth{{\linewidth}}",
        rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}",
        rf"\caption{{{tex(table.title)}}}\label{{tab:{re.sub('[^A-Za-z0-9_-]', '-', table.name)}}}\\",
    ]
    lines += [
        r"\toprule",
        head,
        r"\midrule",
        r"\endfirsthead",
        r"\toprule",
        head,
        r"\midrule",
        r"\endhead",
        r"\bottomrule",
        r"\endlastfoot",
    ]
    for heading, rows in groups(table):
        if heading:
            lines.append(rf"\multicolumn{{{len(table.columns)}}}{{@{{}}l}}{{\textit{{{tex(heading)}}}}} \\*")
        lines += [" & ".join(_cell(cell, notes) for cell in row.cells) + r" \\[2pt]" for row in rows]
    lines.append(r"\end{longtable}")
    lines += [rf"\noindent\textsuperscript{{{mark}}} {tex(words)}\par" for mark, words in notes]
    lines += [rf"\noindent {tex(words)}\par" for words in table.notes]
    lines.append(r"\endgroup")
    made = "\n".join(lines) + "\n"
    # After the first line, which is a remark.
    return made.replace("\n", f"\n{OTHER}\n", 1) if others(made) else made


def _column(right: bool, share: float, gaps: str) -> str:
    flush = "raggedleft" if right else "raggedright"
    return rf">{{\{flush}\arraybackslash\hspace{{0pt}}}}p{{\dimexpr {share:.4f}\linewidth-{share:.4f}\dimexpr {gaps}\relax\relax}}"


def _cell(cell: Cell, notes: Footnotes) -> str:
    shown = tex(_breakable(cell.text)) if cell.text else rf"\textit{{{tex(cell.why)}}}" if cell.why else ""
    if cell.tone in SYMBOL:
        shown = f"{tex(SYMBOL[cell.tone])} {shown}"
    if cell.notes:
        shown += rf"\textsuperscript{{{notes.mark(cell)}}}"
    if cell.quote:
        shown += f" ``{tex(cell.quote)}''"
    if cell.locator:
        shown += f" ({tex(cell.locator)})"
    # A row that begins with a bracket would be taken for the option of the row's end before it.
    return "{}" + shown.strip() if shown.strip().startswith(("[", "*")) else shown.strip()


def _breakable(text: str) -> str:
    """The text with places where an address or another long word may break."""
    return re.sub(rf"\S{{{LONGEST},}}", lambda m: re.sub(r"(?<=[/._&=?@:-])(?=\w)", "\u200b", m[0]), text)


def write(table: Table) -> bytes:
    return text(table).encode()
