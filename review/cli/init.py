"""review init: the four folders and a commented protocol."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import next_step, out, say
from review.errors import ReviewError, UsageError

# One file of attributes for all: what is no text must not be merged by lines, nor have its line ends changed.
ATTRIBUTES = (
    "# What a search returned is known by its hash, and the report is the same byte for byte: no line end is changed.\n* -text\n"
    "# Two people's lines, or one person's on two machines: a merge is their union.\n*.jsonl merge=union -text\n"
    "# No text: never merged by lines.\n" + "".join(f"*.{kind} binary\n" for kind in ("pdf", "docx", "xlsx", "png", "gz", "zip"))
)


def command(
    name: Annotated[str, typer.Argument(help="A short name for the review: letters, digits, '-' and '_'.")],
    folder: Annotated[Path, typer.Option("--folder", help="Where to begin it.")] = Path("."),
) -> None:
    """Lay the folders of a new review, with a commented protocol."""
    from importlib.resources import files

    from review.model.schema import protocol_schema
    from review.workspace import Workspace, write

    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name):
        raise UsageError(f"'{name}' can't be the name of a review.", "Use small letters, digits, '-' and '_', such as healthy-communities.")
    space = Workspace(folder.resolve(), name)
    if space.protocol_path.exists():
        raise ReviewError(f"{space.shown(space.protocol_path)} is there already.", "Choose another name, or edit it.")
    template = files("review").joinpath("templates/protocol.yaml").read_text(encoding="utf-8")
    strategy = files("review").joinpath("templates/strategy.txt").read_text(encoding="utf-8")
    write(space.queries / "pubmed.txt", strategy)
    write(space.screening / ".gitkeep", "")
    write(space.reports / ".gitkeep", "")
    ignore = space.root / ".gitignore"
    lines = ignore.read_text(encoding="utf-8").splitlines() if ignore.exists() else []
    if ".review/" not in lines:
        write(ignore, "\n".join([*lines, ".review/"]) + "\n")
    attributes = space.root / ".gitattributes"
    if not attributes.exists():
        write(attributes, ATTRIBUTES)
    write(space.root / "protocols" / "protocol.schema.json", protocol_schema())
    write(space.protocol_path, template.replace("{{name}}", name))
    out(space.shown(space.protocol_path))
    say(f"Next: edit {space.shown(space.protocol_path)}, then run '{next_step(space, 'review protocol check')}'.")
