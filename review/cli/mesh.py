"""review mesh: the MeSH file that headings are checked against and exploded with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import AsJson, out, out_json

Folder = Annotated[Path | None, typer.Option("--folder", help="Where to keep it (default: the user's data folder).", show_default=False)]

app = typer.Typer(no_args_is_help=True, help="The MeSH file that headings are exploded with.")


@app.command("install")
def install_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="d2025.bin of NLM; or mtrees2025.bin, and a table of entry terms beside it. Plain or gzip."),
    ],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Check a MeSH file and remember it by its hash. With entry terms, former names of headings are understood too."""
    from review.library.mesh_file import install

    done = install(*paths, folder=folder)
    if as_json:
        out_json(
            {
                "name": done.name,
                "sha256": done.sha256,
                "headings": done.headings,
                "places": done.places,
                "entries": done.entries,
                "path": str(done.path),
            }
        )
        return
    out(f"{done.name}: {done.headings:,} headings in {done.places:,} places, sha256 {done.sha256[:12]}… → {done.path}")


@app.command("show")
def show_command(folder: Folder = None, as_json: AsJson = False) -> None:
    """Which MeSH file is installed."""
    from review.library.mesh_file import installed

    done = installed(folder)
    if as_json:
        out_json(
            None
            if done is None
            else {"name": done.name, "sha256": done.sha256, "headings": done.headings, "places": done.places, "path": str(done.path)}
        )
    elif done is None:
        out("No MeSH file is installed: review mesh install mtrees2025.bin")
    else:
        out(f"{done.name}: {done.headings:,} headings in {done.places:,} places, sha256 {done.sha256}, {done.path}")
