"""review query: check a search strategy, and say it in another syntax."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli import validate
from review.cli.common import AsJson, out, out_json, read_bytes, say, strategy_text
from review.errors import DONE, FAILED, WORK_REMAINS, ReviewError, UsageError

if TYPE_CHECKING:
    from review.query.mesh import MeshTable

app = typer.Typer(no_args_is_help=True, help="Check a search strategy, or translate it between PubMed and Ovid MEDLINE.")

StrategyFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A strategy: one query, or numbered lines, or PubMed's history as CSV. '-' reads it from the input."
    ),
]


@app.command("check")
def check(
    file: StrategyFile,
    syntax: Annotated[str, typer.Option("--syntax", help="pubmed or ovid. Recognised where it is not given.", show_default=False)] = "",
    mesh: Annotated[
        list[Path] | None,
        typer.Option(
            "--mesh", help="A MeSH file (mtrees2025.bin, d2025.bin, or a table; .gz too). May be given twice: headings, entry terms."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find what PubMed or Ovid would get wrong without telling.

    Exit codes: 0 nothing found, 3 findings, 1 a line could not be read.
    """
    from review.library.mesh_file import headings
    from review.query.lint import lint
    from review.query.parse import parse

    strategy = parse(strategy_text(file), syntax)
    table, name = _mesh(mesh or []), ""
    if table is None and (installed := headings()):
        table, name = installed.table, installed.name
    findings = lint(strategy, table)
    skipped = [] if table else ["MeSH: no file of headings was given (--mesh FILE), and none is installed (review mesh install FILE)"]
    if as_json:
        out_json(
            {
                "file": str(file),
                "parsed": strategy.whole,
                "syntax": strategy.syntax,
                "lines": [
                    {"label": line.label, "line": line.span.line, "text": line.text, "parsed": line.tree is not None, "hits": line.hits}
                    for line in strategy.lines
                ],
                "final": strategy.final,
                "findings": [asdict(finding) for finding in findings],
                "skipped": skipped,
                "mesh": name or [str(m) for m in mesh or []],
            }
        )
    else:
        for finding in findings:
            out(f"{file}:{finding.line}:{finding.column}: {finding.code} {finding.what}\n    why:  {finding.why}\n    mend: {finding.mend}")
    for note in skipped:
        say(f"note: skipped {note}")
    lines = f"{len(strategy.lines):,} line{'s' if len(strategy.lines) != 1 else ''}"
    say(f"{strategy.syntax}, {lines}, {len(findings):,} finding{'s' if len(findings) != 1 else ''}" + ("" if strategy.whole else "; not all of it could be read"))  # fmt: skip
    raise typer.Exit(FAILED if not strategy.whole else WORK_REMAINS if findings else DONE)


@app.command("translate")
def translate_(
    file: StrategyFile,
    to: Annotated[str, typer.Option("--to", help="pubmed or ovid.")],
    from_: Annotated[str, typer.Option("--from", help="pubmed or ovid. Recognised where it is not given.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """Say a strategy in the other syntax.

    What the other one cannot say becomes broader, never silently narrower; each such place is listed on the error output.
    """
    from review.query.parse import SYNTAXES, parse
    from review.query.render import render
    from review.query.translate import translate

    if to not in SYNTAXES:
        raise UsageError(f"There is no syntax '{to}'.", f"There are: {', '.join(SYNTAXES)}.")
    strategy = parse(strategy_text(file), from_)
    if fault := strategy.fault:
        raise ReviewError(f"{file}:{fault.span.line}:{fault.span.column}: {fault.code} {fault.message}", fault.mend)
    translation = translate(strategy, to)
    text = render(translation.strategy)
    if as_json:
        out_json(
            {
                "file": str(file),
                "from": strategy.syntax,
                "to": to,
                "text": text,
                "lines": [{"label": line.label, "text": line.text} for line in translation.strategy.lines],
                "changes": [asdict(change) for change in translation.changes],
            }
        )
    else:
        out(text.rstrip("\n"))
    for change in translation.changes:
        say(f"{file}:{change.line}:{change.column}: line {change.label} {change.effect}: {change.what}" + (f" → {change.became}" if change.became else ""))  # fmt: skip
    exact = len(strategy.lines) - len({change.label for change in translation.changes})
    say(
        f"{exact:,} of {len(strategy.lines):,} lines ask for exactly the same"
        + ("" if strategy.syntax != to else " (nothing to translate)")
    )


@app.command("codes")
def codes(
    write: Annotated[Path | None, typer.Option("--write", metavar="DIR", help="Write a page for each code into this folder.")] = None,
) -> None:
    """List the codes of the findings, or write their documentation."""
    from review.query.codes import CODES, pages
    from review.workspace import write as write_file

    if write is None:
        for code in CODES.values():
            out(f"{code.code}  {code.title}")
        return
    for name, text in pages().items():
        write_file(write / name, text)
    say(f"{len(pages()):,} pages in {write}")


def _mesh(files: list[Path]) -> MeshTable | None:
    import gzip

    from review.query.mesh import merged, read_mesh

    table: MeshTable | None = None
    for file in files:
        data = read_bytes(file)
        if data[:2] == b"\x1f\x8b":
            try:
                data = gzip.decompress(data)
            except (OSError, EOFError) as error:
                raise ReviewError(f"{file} is not a whole gzip file.", "Download it again.") from error
        made = read_mesh(data.decode("utf-8", errors="replace"), str(file))
        table = merged(table, made) if table else made
    return table


app.command("validate")(validate.command)
