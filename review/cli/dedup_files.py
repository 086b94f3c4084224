"""review dedup FILES: duplicates outside a review."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from review.cli.named import check_written, each_once
from review.cli.telling import out, out_json, progress_bar, say
from review.cli.threads import few_threads
from review.formats.base import NO_COLUMNS
from review.model.words import counted
from review.opening import reading_often

if TYPE_CHECKING:
    from review.cli.dedup_outside import Beyond
    from review.dedup.engine import Grouped
    from review.dedup.reading import Aside

_REFERENCES = (".ris", ".nbib", ".bib", ".xml", ".json", ".xlsx", ".tsv")
_IDS = (".csv", ".txt", "")
_OPTIONS = {"-o": "output", "--output": "output", "--unsure": "unsure"}


def plainly(words: Sequence[str]) -> tuple[list[Path], Path | None, Path | None] | None:
    """What `deduplicate` is asked for in words that need no command-line library: files, each option at most once, its value behind it. None:
    it is for the command to read.

    The library takes a tenth of a second of CPU to load, and the command's module: as much as to deduplicate a thousand records. A test holds
    that what is read here is what the command reads.
    """
    files: list[Path] = []
    given: dict[str, Path] = {}
    rest = iter(words)
    for word in rest:
        name = _OPTIONS.get(word, "")
        value = next(rest, "") if name else word
        if not value or value.startswith("-") or name in given:
            return None
        if name:
            given[name] = Path(value)
        else:
            files.append(Path(value))
    # The command tells what a name that is no file may mean; Windows leaves it to it to say what * stands for.
    if not files or files[0] == Path("explain") or not files[0].exists() or os.name == "nt":
        return None
    output = given.get("output")
    if output and beside(output).exists():
        return None
    return files, given.get("output"), given.get("unsure")


def beside(output: Path) -> Path:
    """Where what people say of the pairs behind an output is kept: the same for clean.ris, clean.bib and clean.csv."""
    return output.with_suffix(".said.jsonl")


def references(path: Path | None) -> bool:
    """Whether a file is, by its name, one of references."""
    return path is not None and path.suffix.casefold() in _REFERENCES


@reading_often()
def deduplicate(
    files: Sequence[Path],
    output: Path | None,
    unsure: Path | None,
    beyond: Beyond | None = None,
    *,
    columns: Mapping[str, str] = NO_COLUMNS,
    as_json: bool = False,
) -> None:
    """Write the report of each record of the files to `output` (None: standard output, if nothing else is wanted), the unsure pairs to
    `unsure`; tell the counts, as_json: on standard output. An output that is called as a file of references is: it gets the references, each report once.
    columns: what a person said of those of tables."""
    if unsure and references(unsure):
        from review.errors import UsageError

        raise UsageError(
            f"{unsure}: a table of ids is written here.", "Name a .csv file; --sheet PAIRS.xlsx writes the pairs to be filled in."
        )
    if output and output.suffix.casefold() not in (*_REFERENCES, *_IDS):
        from review.errors import UsageError

        raise UsageError(
            f"the suffix of {output} names no format that is written here.",
            f"The references, each report once: {', '.join(_REFERENCES)}; or --keep FILE.csv. Which records are one, as a table of ids: -o FILE.csv.",
        )
    if output and references(output):
        from review.cli.dedup_outside import Beyond

        beyond = beyond or Beyond(files)
        if beyond.keep and beyond.keep != output:
            from review.errors import UsageError

            raise UsageError(
                f"-o {output} and --keep {beyond.keep} are two files for the references.",
                f"Name one; review convert {output} -o {beyond.keep} writes the other.",
            )
        beyond.keep, output = output, None
    main = output or (beyond.keep if beyond else None)
    if main and str(main) != "-" and (beside(main).exists() or (beyond and beyond.look)):
        from review.cli.dedup_outside import Beyond

        beyond = beyond or Beyond(files)
        beyond.said_in = beside(main)
    check_written((output, unsure, *(beyond.written if beyond else ())), [*files, *((beyond.take,) if beyond and beyond.take else ())])
    if list(files).count(Path("-")) > 1:
        from review.errors import UsageError

        raise UsageError("Standard input is named twice.", "Name it once.")
    files = each_once(files)
    if beyond:
        beyond.files, beyond.columns = files, columns
        beyond.check()
    few_threads(files)
    from review.dedup.engine import group
    from review.dedup.parts import Spill
    from review.dedup.reading import read_parts
    from review.dedup.rules import CERTAIN, UNSURE

    # What is laid aside is needed until all is in words.
    with Spill() as spill:
        with progress_bar() as progress:
            records, aside = read_parts(files, progress, spill, columns)
            came = dict(records.columns(["source"]).to_series().value_counts(sort=False).iter_rows()) if beyond or as_json else {}
            if beyond:
                beyond.begin(records)
            said = beyond.said if beyond else ()
            found = group(records, certain=CERTAIN, unsure=UNSURE, sameness=said, progress=progress, spill=spill)
        spoke = beyond is not None and beyond.look and beyond.sit(found)
        if not spoke:
            _put(found, aside, came, output, unsure, beyond, as_json=as_json)
    if beyond and spoke:  # as it now is by the words
        deduplicate(files, output, unsure, beyond.anew(), columns=columns, as_json=as_json)


def _put(
    found: Grouped,
    aside: Aside,
    came: Mapping[str, int],
    output: Path | None,
    unsure: Path | None,
    beyond: Beyond | None,
    *,
    as_json: bool,
) -> None:
    """Write and tell what was found. came: how many records came from each file."""
    from review.atomic import write
    from review.dedup.rules import UNSURE
    from review.dedup.table import unsure_told, write_clusters, write_unsure

    rejects = aside.rejects
    for note in aside.notes:
        say(f"note: {note}")
    for name, entry in rejects:
        say(f"{name}:{entry.line}: rejected: {entry.reason}")
    if output and str(output) != "-":
        write(output, write_clusters(found))
        csv = output.suffix.casefold() == ".csv"
        hint = "--keep FILE.csv writes the references as a table" if csv else "a file of references ends in .ris, .nbib, .bib …"
        say(f"{output}: a table, record_id,report_id; {hint}")
    elif not as_json and (output or not (beyond or sys.stdout.isatty())):
        out(write_clusters(found).rstrip("\n"))
    if unsure:
        write(unsure, write_unsure(found))
    count, reports = found.records.height, found.records["report"].n_unique()
    open_ = int((found.links["verdict"] == "unsure").sum())
    counts = ", ".join(counted(n, what) for n, what in ((count, "record"), (reports, "report"), (count - reports, "duplicate")))
    say(f"{counts}; {unsure_told(found.links, UNSURE)}" + (f"; {counted(len(rejects), 'entry')} rejected" if rejects else ""))
    if as_json:
        from review.cli.dedup_lists import linked

        told = [{"file": str(name), "line": entry.line, "reason": entry.reason} for name, entry in rejects]
        files = [{"file": name, "records": n} for name, n in sorted(came.items())]
        related = dict(sorted(linked(found, beyond.said if beyond else []).items()))
        counts_told = {"records": count, "reports": reports, "duplicates": count - reports, "unsure": open_, "related": related}
        out_json({**counts_told, "files": files, "rejects": told, "notes": aside.notes})
    if beyond:
        beyond.write(found, came, rejects=len(rejects))
    elif not output and sys.stdout.isatty():
        say("-o CLEAN.ris writes the references, each report once; -o GROUPS.csv which records are one. See --help.")
