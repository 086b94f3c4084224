"""A table as LaTeX: a longtable with booktabs' rules and a head on every page, for a document in landscape or not."""

from __future__ import annotations

import re

from review.tables.model import Cell, Footnotes, Table, groups
from review.tables.symbols import SYMBOL

_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "−": r"$-$", "×": r"$\times$", "·": r"$\cdot$",
    "≤": r"$\leq$", "≥": r"$\geq$", "≠": r"$\neq$", "±": r"$\pm$", "→": r"$\rightarrow$", "κ": r"$\kappa$", "α": r"$\alpha$", "β": r"$\beta$", "²": r"\textsuperscript{2}",
    "▲": r"$\blacktriangle$", "▼": r"$\blacktriangledown$", "◄": r"$\blacktriangleleft$", "►": r"$\blacktriangleright$", "⊕": r"$\oplus$", "◯": r"$\bigcirc$",
    # In a T1 font these are ligatures: -- of two hyphens, ?` and !` of a mark and a back quote.
    "`": r"\textasciigrave{}", '"': r"\textquotedbl{}",
}  # fmt: skip
_ANY = re.compile("|".join(re.escape(c) for c in _SPECIAL) + "|-(?=-)")
NEEDS = r"% In the preamble: \usepackage[T1]{fontenc}\usepackage{booktabs,longtable,array,amssymb}"


def tex(text: str) -> str:
    """Text that means itself in LaTeX (UTF-8), on one line."""
    line = re.sub(r"\s+", " ", "".join(c if c.isprintable() or c.isspace() else "�" for c in text)).strip()
    return _ANY.sub(lambda m: _SPECIAL.get(m.group(), "-{}"), line)


def text(table: Table) -> str:
    if not table.rows:
        return f"{NEEDS}\n\\paragraph{{{tex(table.title)}}} {tex(table.empty)}\n"
    notes = Footnotes.of(table)
    whole = sum(c.width for c in table.columns)
    gaps = f"{2 * len(table.columns)}\\tabcolsep"
    columns = "".join(_column(c.kind == "number", c.width / whole, gaps) for c in table.columns)
    head = " & ".join(rf"\textbf{{{tex(c.title)}}}" for c in table.columns) + r" \\"
    lines = [NEEDS, rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}", rf"\caption{{{tex(table.title)}}}\label{{tab:{tex(table.name)}}}\\"]
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
        lines += [" & ".join(_cell(cell, notes) for cell in row.cells) + r" \\" for row in rows]
    lines.append(r"\end{longtable}")
    lines += [rf"\noindent\textsuperscript{{{mark}}} {tex(words)}\par" for mark, words in notes]
    lines += [rf"\noindent {tex(words)}\par" for words in table.notes]
    return "\n".join(lines) + "\n"


def _column(right: bool, share: float, gaps: str) -> str:
    flush = "raggedleft" if right else "raggedright"
    return rf">{{\{flush}\arraybackslash}}p{{\dimexpr {share:.4f}\linewidth-{share:.4f}\dimexpr {gaps}\relax\relax}}"


def _cell(cell: Cell, notes: Footnotes) -> str:
    shown = tex(cell.text) if cell.text else rf"\textit{{{tex(cell.why)}}}" if cell.why else ""
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


def write(table: Table) -> bytes:
    return text(table).encode()
