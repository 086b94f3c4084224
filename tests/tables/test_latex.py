"""LaTeX: what is printed is what was written, in every engine; compiled where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from review.tables.model import Cell, Column, Row, Table
from review.tables.tex_chars import OTHER, tex
from review.tables.writers import by_name

HARD = (
    '\\ & % $ # _ { } ~ ^ < > | ` " -- --- ?` !` [x] * τ² χ² Δ κ α ≤ ≥ ≠ ≈ ± × ÷ ∞ √ ∑ ● ○ ✓ ✗ ▲ ▼ ◄► ⊕⊕⊕◯ → ← H₂O 10⁻³ ‘a’ “b” – — … é ü ß ø ł ń ő ž İ ı č ş Ħ'
    " £ € ° µ ½ ‰ ﬁ soft\u00adhyphen no\u00a0break zero\u200bwidth 中文 Привет ‑ ‒ ″ ′ ® ™ 🙂 \x07 \ufffd e\u0301"
)
# Commands that take no letter of the text with them, and the only ones that text may become.
_COMMANDS = re.compile(
    r"\\(text(backslash|asciitilde|asciicircum|less|greater|bar|asciigrave|quotedbl)\{\}|text(super|sub)script\{[-+\d]\}|[&%$#_{}-]|mbox\{-\}|allowbreak\{\}|reviewother\{[0-9A-F]+\}\{.\})|\$[^$]+\$"
)


@given(st.text(max_size=60) | st.text(alphabet=HARD, max_size=60))
@example("\u2011\u2011-\u2011")
@example("-\\-")
def test_no_text_means_anything_to_latex(text: str) -> None:
    plain = _COMMANDS.sub(" ", tex(text))  # a command between two signs keeps them apart
    assert not re.search(r"[\\&%$#_^~|<>\"`]", plain)
    assert "--" not in plain
    assert set(plain) <= {"{", "}"} | {c for c in plain if c not in "{}"}
    assert "{" not in plain.replace("-{}", "")
    assert "}" not in plain.replace("-{}", "")


def test_what_no_font_has_is_shown_by_its_number_where_it_must_be() -> None:
    made = by_name("tex").write(_table()).decode()
    assert r"\reviewother{4E2D}{中}" in made
    assert made.index(OTHER) < made.index(r"\reviewother{4E2D}")
    assert "reviewother" not in by_name("tex").write(_table("τ² of 中".replace("中", "it"))).decode()


def _table(text: str = HARD) -> Table:
    columns = (Column(id="a", title="A_b & c"), Column(id="n", title="N (%)", kind="number"), Column(id="t", title="Text", width=3))
    cells = (Cell(text="[x] *y"), Cell(text="1,200"), Cell(text=text, quote="50 % of \\it", locator="p. 3", notes=("note_1",), tone="some"))
    rows = tuple(Row(key=str(n), group=text if n < 40 else "Second & last", cells=cells) for n in range(90))
    return Table(name="hard_name", title=f"All of {text}", columns=columns, rows=rows, notes=(text,))


@pytest.mark.system
def test_it_compiles(tmp_path: Path) -> None:
    engine = shutil.which("pdflatex")
    if engine is None:
        pytest.skip("no pdflatex here")
    (tmp_path / "t.tex").write_bytes(by_name("tex").write(_table()))
    words = ["community-centred", "participation", "of", "disadvantaged", "residents,", "doi:10.1002/14651858.cd013274.pub2"]
    columns = tuple(Column(id=f"c{n}", title=words[n % 5].capitalize()) for n in range(20))
    row = tuple(Cell(text=" ".join(words[n % 6 : n % 6 + 2])) for n in range(20))
    wide = Table(name="wide", title="Twenty columns", columns=columns, rows=tuple(Row(key=str(n), cells=row) for n in range(3)))
    (tmp_path / "wide.tex").write_bytes(by_name("tex").write(wide))
    (tmp_path / "empty.tex").write_bytes(by_name("tex").write(Table(name="e", title="None & none", columns=_table().columns)))
    preamble = next(line for line in (tmp_path / "t.tex").read_text().splitlines() if "preamble" in line).partition(": ")[2]
    (tmp_path / "m.tex").write_text(
        f"\\documentclass[a4paper,landscape]{{article}}\\usepackage[margin=2cm]{{geometry}}\n{preamble}\n\\begin{{document}}\n\\input{{t}}\\input{{empty}}\\typeout{{WIDE}}\\input{{wide}}\n\\end{{document}}\n"
    )
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "m.tex"], cwd=tmp_path, capture_output=True, timeout=100
    )
    log = done.stdout.decode(errors="replace")
    assert done.returncode == 0, "\n".join(line for line in log.splitlines() if line.startswith(("!", "l.")))
    assert re.search(r"Output written on m\.pdf \(\d+ pages?", log)
    over = [float(pt) for pt in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log.partition("WIDE")[2])]
    assert max(over, default=0) < 4, over  # points: the gap between two columns
