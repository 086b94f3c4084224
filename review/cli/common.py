"""What the commands share: options, words for people, and the way to the workspace."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.telling import out as out
from review.cli.telling import out_json as out_json
from review.cli.telling import progress_bar as progress_bar
from review.cli.telling import say as say
from review.errors import ReviewError, UsageError, unreadable
from review.model.words import nearest

if TYPE_CHECKING:
    from review.pipeline import Ran
    from review.report.material import Material
    from review.workspace import Workspace

Review = Annotated[
    str, typer.Option("--review", "-r", envvar="REVIEW", help="Which review, where the folder holds several.", show_default=False)
]
As = Annotated[str, typer.Option("--as", help="Your id in the protocol's team.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PhaseName = Annotated[str, typer.Option("--phase", help="title-abstract or full-text.")]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, for screen readers, scripts and bad terminals.")]


def workspace(review: str = "", protocol: Path | None = None) -> Workspace:
    from review.workspace import find

    return find(review, protocol)


def next_step(space: Workspace, command: str) -> str:
    """A command as it must be typed here: with the name of the review, where the folder holds several."""
    several = len(list(space.protocol_path.parent.glob("*.yaml"))) > 1 and os.environ.get("REVIEW") != space.name
    return f"{command} -r {space.name}" if several else command


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ReviewError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def strategy_text(file: Path) -> str:
    """A strategy's text, in whatever encoding, from a file or (`-`) standard input; PubMed's history export as numbered lines."""
    from review.formats.characters.text import decode
    from review.query.history import from_history, is_history

    if str(file) == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise UsageError(
                f"{file}: {error.strerror}.", "Name a file with a strategy, or give the strategy on standard input and - for the file."
            ) from None
    text = decode(data).text
    if "\0" in text:
        raise UsageError(f"{file} is no text.", "Save the strategy as plain text (.txt).")
    return from_history(text) if is_history(text) else text


def member(space: Workspace, who: str, allowed: tuple[str, ...], role: str) -> str:
    """`who`, if the protocol gives them the role. Raises UsageError that names those who have it."""
    if who not in allowed:
        import difflib

        by_key = {name.casefold(): name for name in allowed}
        near = [by_key[key] for key in difflib.get_close_matches(who.casefold(), by_key, 1, 0.5)]
        hint = f"There are: {', '.join(allowed)}." if allowed else "The protocol names nobody for this."
        if not who:
            raise UsageError("Who are you?", f"Say it with --as. {hint}")
        raise UsageError(
            f"'{who}' is not {'an' if role[0] in 'aeiou' else 'a'} {role} in {space.shown(space.protocol_path)}.",
            f"Did you mean {near[0]}? {hint}" if near else hint,
        )
    return who


def phase(space: Workspace, name: str) -> Any:
    """The protocol's plan of a phase. Raises UsageError where there is none."""
    plan = space.protocol.phase(name)
    if plan is None:
        names = [p.name for p in space.protocol.phases]
        near = nearest(name, names)
        raise UsageError(f"The protocol has no phase '{name}'.", f"{f'Did you mean {near}? ' if near else ''}It has: {', '.join(names)}.")
    return plan


def warn_unlocked(space: Workspace) -> None:
    if space.protocol.lock is None:
        say("note: the protocol is not locked; the report will say that decisions were made before it was.")
        say("      Lock it first: review protocol lock")


def amended(space: Workspace) -> Callable[[], bool]:
    """Tells whether the protocol's file is another than now: quick enough to be asked at every verdict."""
    from review.workspace import Workspace

    before, seen = space.protocol_text, -1

    def changed() -> bool:
        nonlocal seen
        with suppress(OSError, ReviewError):
            if (now := space.protocol_path.stat().st_mtime_ns) != seen:
                if Workspace(space.root, space.name).protocol_text != before:
                    return True
                seen = now
        return False

    return changed


MOST_SHOWN = 20  # of what could not be taken
MOST_LINES = 8  # of the same trouble


def tell_rows(file: Path, noted: Sequence[tuple[str, str, str]], refused: Sequence[tuple[str, str, str]]) -> None:
    """Say which rows or cells of a file were taken though they change something, and which were not: (line, cell, why).

    What is said alike of many is said once, with their lines.
    """
    for rows, word in ((noted, "note"), (refused, "refused")):
        alike: dict[tuple[str, str], list[str]] = {}
        for line, cell, why in rows:
            places = alike.setdefault((cell, why), [])
            places += [line] if line not in places[-1:] else []
        for (cell, why), lines in list(alike.items())[:MOST_SHOWN]:
            more = f" and {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
            also = f" (so {'are' if len(lines) > 2 else 'is'} {', '.join(lines[1:MOST_LINES])}{more})" if lines[1:] else ""
            say(f"  {file}:{lines[0]}{f', {cell}' if cell else ''}: {word}: {why}{also}")
        if len(alike) > MOST_SHOWN:
            say(f"  … and {len(alike) - MOST_SHOWN:,} more; --json lists them all")


def run_stages(space: Workspace, upto: str) -> list[Ran]:
    """Run every stage whose inputs changed, up to and with `upto`, and show how far they are. Raises as `pipeline.run` does."""
    from review import pipeline

    with progress_bar() as progress:
        return pipeline.run(space, upto=upto, progress=progress)


def gathered(space: Workspace, called: str = "") -> Material:
    """What the report is made of, once the stages before it are up to date; with the reports that are `called` so."""
    from review import pipeline
    from review.report.stage import gather

    run_stages(space, "extraction")
    with pipeline.opened(space) as store:
        return gather(space, store, called)
