"""review query validate: which known studies a strategy finds, and which line loses the others."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import AsJson, out, out_json, say
from review.cli.library import AllFields, Mesh, read_strategy, tell_changes
from review.errors import WORK_REMAINS, UsageError


def command(
    strategy: Annotated[str, typer.Argument(metavar="FILE", help="The strategy, in PubMed's syntax or Ovid's.")],
    known: Annotated[Path, typer.Option("--known", help="A file with the PMIDs of known studies, one a line; # begins a comment.")],
    library: Annotated[Path, typer.Option("--library", help="The library to test it on: review library build.")],
    mesh: Mesh = None,
    all_fields: AllFields = False,
    as_json: AsJson = False,
) -> None:
    """Test a strategy on known studies: found, missed and by which line, and what each line adds."""
    from review.library.leaves import Options
    from review.library.mesh_file import headings
    from review.library.validate import validate
    from review.store.library import Library

    pmids = read_pmids(known)
    parsed, changes = read_strategy(strategy)
    with Library.open(library) as opened:
        done = validate(opened, parsed, pmids, headings(mesh), Options(all_fields=all_fields))
    if as_json:
        out_json({**asdict(done), "recall": done.recall, "changes": [asdict(change) for change in changes]})
    else:
        tell_changes(changes)
        held = len(done.found) + len(done.missed)
        out(
            f"found {len(done.found):,} of {held:,} known studies{f' ({done.recall:.0%})' if done.recall is not None else ''}, in {done.hits:,} hits"
        )
        if done.absent:
            out(f"not in the library, so neither found nor missed: {', '.join(map(str, done.absent))}")
        for missed in done.missed:
            out(f"missed {missed.pmid}" + (f" (found by line {', '.join(missed.lines)})" if missed.lines else ""))
            for loss in missed.losses:
                out(f"  line {loss.label} ({loss.line}:{loss.column}): {loss.how} {loss.part}")
        out("line       hits  known   only here")
        for line in done.lines:
            alone = f"{len(line.alone)} known, {line.alone_all:,} in all" if not line.final else "the result"
            out(f"{line.label:>4} {line.hits:>10,} {line.known:>6}   {alone}{'' if line.used else '   (not used)'}")
        for warning in done.warnings:
            say(f"note: {warning}")
    if done.missed:
        raise typer.Exit(WORK_REMAINS)


def read_pmids(path: Path) -> list[int]:
    """PMIDs, one a line or parted by commas. Raises UsageError for anything else."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: {getattr(error, 'strerror', None) or 'is not UTF-8'}.", "Name a text file with one PMID a line."
        ) from None
    found: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        for word in re.split(r"[,;\s]+", line.partition("#")[0].strip()):
            if not word:
                continue
            digits = re.fullmatch(r"(?:PMID:?)?(\d{1,9})", word, re.IGNORECASE)
            if digits:
                found.append(int(digits[1]))
            elif not re.fullmatch(r"PMIDs?:?", word, re.IGNORECASE):
                raise UsageError(f"{path}, line {number}: '{word}' is no PMID.", "One PMID a line; # begins a comment.")
    if not found:
        raise UsageError(f"{path}: there is no PMID in it.", "Write one PMID a line.")
    return found
