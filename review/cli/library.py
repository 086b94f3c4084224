"""review library: PubMed records on disk, searched with PubMed's own strategies."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, out, out_json, progress_bar, say, strategy_text
from review.errors import FAILED

if TYPE_CHECKING:
    from review.query.changes import Change
    from review.query.tree import Strategy

MOST_SHOWN = 20
Mesh = Annotated[
    list[Path] | None,
    typer.Option(
        "--mesh",
        help="MeSH file, such as d2025.bin or mtrees2025.bin; may be given twice (default: what is installed).",
        show_default=False,
    ),
]
AllFields = Annotated[bool, typer.Option("--all-fields", help="Look for untagged terms in all fields, as they stand.")]

app = typer.Typer(no_args_is_help=True, help="Search PubMed records on disk, offline.")


@app.command("build")
def build_command(
    paths: Annotated[
        list[Path], typer.Argument(help="PubMed XML (also .gz, baseline and update files), NBIB, RIS, CSV and others, or folders of them.")
    ],
    into: Annotated[Path, typer.Option("--into", help="The library's file; made where there is none, else added to.")],
    as_json: AsJson = False,
) -> None:
    """Take files into a library, each once; deletions and newer versions are followed."""
    from review.library.build import build
    from review.store.library import Library

    with progress_bar() as tell:
        built = build(paths, into, tell)
    with Library.open(into) as library:
        count = library.count()
    if as_json:
        out_json({
            "library": str(into), "records": count,
            "files": [
                {"file": str(path), "added": t.added, "replaced": t.replaced, "older": t.older, "deleted": t.deleted,
                 "rejects": [{"line": line, "reason": why} for line, why, _ in t.rejects]}
                for path, t in built.taken
            ],
            "skipped": [str(p) for p in built.skipped],
            "ignored": [str(p) for p in built.ignored],
            "failed": [{"file": str(path), "error": e.message, "hint": e.hint} for path, e in built.failed],
        })  # fmt: skip
    else:
        for path, taken in built.taken:
            parts = [
                f"{taken.added:,} new",
                f"{taken.replaced:,} replaced" if taken.replaced else "",
                f"{taken.older:,} older than what is there" if taken.older else "",
            ]
            parts += [f"{taken.deleted:,} withdrawn" if taken.deleted else "", f"{len(taken.rejects):,} rejected" if taken.rejects else ""]
            out(f"{path}: {', '.join(p for p in parts if p)}")
            for line, why, _ in taken.rejects[:MOST_SHOWN]:
                say(f"  {path}:{line}: rejected: {why}")
            if len(taken.rejects) > MOST_SHOWN:
                say(f"  … and {len(taken.rejects) - MOST_SHOWN:,} more")
        if built.skipped:
            out(f"{len(built.skipped):,} files were in already")
        if built.ignored:
            say(f"note: {len(built.ignored):,} files were left alone for their names' sake (first: {built.ignored[0]})")
        out(f"{into}: {count:,} records")
        for _, error in built.failed:
            say(f"error: {error.message}")
            if error.hint:
                say(f"  {error.hint}")
    if built.failed:
        raise typer.Exit(FAILED)


@app.command("search")
def search_command(
    path: Annotated[Path, typer.Argument(metavar="LIBRARY", help="A library that was built.")],
    strategy: Annotated[str, typer.Argument(help="A file with the strategy, or - for standard input.")],
    mesh: Mesh = None,
    all_fields: AllFields = False,
    as_json: AsJson = False,
) -> None:
    """Run a strategy on a library: the hits of each line to stderr, the PMIDs to stdout. One of Ovid's is translated."""
    from review.library.evaluate import Options, search
    from review.library.mesh_file import headings
    from review.store.library import Library

    parsed, changes = read_strategy(strategy)
    tree = headings(mesh)
    with Library.open(path) as library:
        found = search(library, parsed, tree, Options(all_fields=all_fields))
    if as_json:
        out_json({
            "library": str(path), "records": found.of, "count": len(found.pmids), "final": parsed.final,
            "lines": [asdict(line) for line in found.lines], "warnings": list(found.warnings),
            "mesh": {"file": tree.name, "sha256": tree.digest} if tree else None, "pmids": list(found.pmids),
            "changes": [asdict(change) for change in changes],
        })  # fmt: skip
        return
    tell_changes(changes)
    width = max(len(line.label) for line in found.lines)
    for line in found.lines:
        text = " ".join(line.text.split())
        say(f"{line.label:>{width}} {line.hits:>10,}  {text[:110]}{' …' if len(text) > 110 else ''}")
    for warning in found.warnings:
        say(f"note: {warning}")
    say(f"{len(found.pmids):,} of {found.of:,} records")
    for pmid in found.pmids:
        out(str(pmid))


@app.command("info")
def info_command(
    path: Annotated[Path, typer.Argument(metavar="LIBRARY", help="A library that was built.")], as_json: AsJson = False
) -> None:
    """What is in a library: its files, and every entry that could not be taken in."""
    from review.store.library import Library

    with Library.open(path) as library:
        files, rejects, count = library.files(), library.rejects(), library.count()
    if as_json:
        out_json(
            {
                "library": str(path),
                "records": count,
                "files": [asdict(f) for f in files],
                "rejects": [{"file": f, "line": n, "reason": w} for f, n, w in rejects],
            }
        )
        return
    out(f"{path}: {count:,} records from {len(files):,} files")
    for file in files:
        out(
            f"  {file.name}  {file.added:,} new, {file.replaced:,} replaced, {file.older:,} older, {file.deleted:,} withdrawn, {file.rejected:,} rejected  {file.sha256[:12]}"
        )
    for name, line, why in rejects:
        say(f"  {name}:{line}: rejected: {why}")


def read_strategy(name: str) -> tuple[Strategy, tuple[Change, ...]]:
    """The strategy in a file or on standard input; one of Ovid's as a library can run it, with what became broader. Raises
    UsageError where there is no such file, ReviewError where a line can't be read."""
    from review.query import parse
    from review.query.render import render
    from review.query.translate import translate
    from review.search.lines import whole

    strategy = whole(parse(strategy_text(Path(name))), name)
    if strategy.syntax != "ovid":
        return strategy, ()
    translation = translate(strategy, "pubmed", wild=True)
    return parse(render(translation.strategy), "pubmed"), translation.changes


def tell_changes(changes: tuple[Change, ...]) -> None:
    """What of an Ovid strategy a library does not ask for exactly as it was written."""
    if changes:
        say(f"The strategy is in Ovid's syntax; translated, {len(changes):,} places do not ask for exactly the same:")
    for change in changes:
        say(f"  line {change.label} {change.effect}: {change.what}" + (f" → {change.became}" if change.became else ""))
