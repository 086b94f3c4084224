"""review convert: files of references from one format into another."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, out, out_json, say
from review.cli.files import Columns, tell_rejects
from review.cli.named import check_written, each_once
from review.cli.telling import OUTSIDE, say_not_native
from review.errors import WORK_REMAINS, UsageError
from review.model.words import counted

if TYPE_CHECKING:
    from review.formats.base import Format
    from review.model.record import Record, Reject


def command(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Files of references in any format; it is found from the content. Compressed ones (.gz, or a .zip of exports) too. Several become one. -: standard input.",
            readable=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="The file to write; its suffix says the format: .ris, .nbib, .bib, .xml (EndNote), .json (CSL), .csv, .tsv, .xlsx. -: standard output, with --to.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[str, typer.Option("--to", help="The format to write, where the suffix does not say.")] = "",
    format_name: Annotated[str, typer.Option("--from", "--format", help="The format to read, where it is not recognised.")] = "",
    columns: Columns = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Write no notes for what the format has no place for: it is lost, and named on stderr.")
    ] = False,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Write rejected entries here, one JSON object a line.")] = None,
    as_json: AsJson = False,
) -> None:
    """Convert files of references, inside a review or anywhere.

    What the format has no place for goes along in a note that starts with review_record, from which reading gives the record
    back whole; --plain leaves the notes out, for programs of others. Exit code 3 where entries were rejected: the file is written without them, and somebody should look at them.
    """
    from review.atomic import write
    from review.cli.import_ import pairs

    if output is None:
        meant = files[-1] if len(files) > 1 and not files[-1].exists() else "OUT.ris"
        raise UsageError(
            "Into which file?",
            f"Say it with -o: review convert {' '.join(map(str, files[:-1] if meant == files[-1] else files))} -o {meant}",
        )
    to_stdout = str(output) == "-"
    if to_stdout and as_json:
        raise UsageError("Standard output can't hold both the records and --json.", "Write the records to a file.")
    form = target(output, to)
    check_written([output, rejects], files)
    files = each_once(files)
    done = _Conversion()
    assert form.write
    made = form.write(_records(files, format_name, pairs(columns or []), done), done.carried, notes=not plain)
    there = not to_stdout and output.is_file()
    if to_stdout:
        _print(made)
    else:
        write(output, made)
    if rejects:
        write(rejects, "".join(json.dumps(told, ensure_ascii=False) + "\n" for told in done.rejects()))
    if as_json:
        named = [{"file": name, "format": form_name, "records": found} for (name, form_name), found in done.count.items()]
        key = "left_out" if plain else "in_notes"
        out_json({
            "output": str(output), "format": form.name, "records": done.total, "files": named, key: {name or OUTSIDE: n for name, n in done.carried.items()}, "rejects": done.rejects(), "notes": done.notes,
        })  # fmt: skip
    else:
        # Where the records go to standard output, words for people must not.
        (say if to_stdout else out)(
            f"{'standard output' if to_stdout else output}: {counted(done.total, 'record')} as {form.label}{', in place of the file that was there' if there else ''}"
        )
        _say(done, form.name, "left out" if plain else "kept in notes", output)
    if done.rejected:
        raise typer.Exit(WORK_REMAINS)


@dataclass
class _Conversion:
    """What came of the files. count: records by file and format; carried: what the format that is written has no place for;
    notes: what of them was not read at all."""

    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejected: list[tuple[str, Reject]] = field(default_factory=list)
    carried: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.count.values())

    def rejects(self) -> list[dict[str, Any]]:
        """As JSON."""
        return [{"file": shown, **reject.plain()} for shown, reject in self.rejected]


def _say(done: _Conversion, form: str, became: str, output: Path) -> None:
    """What was done, in words. became: of what the format that was written has no place for."""
    for (name, form_name), found in done.count.items():
        say(f"  {found:,} from {name} ({form_name})")
    for note in done.notes:
        say(f"  note: {note}")
    say_not_native(form, done.carried, became)
    tell_rejects(say, done.rejected, "--rejects FILE")
    if n := len(done.rejected):
        say(f"  {counted(done.total + n, 'entry')} = {counted(done.total, 'record')} + {n:,} rejected: these are not in {output}")


# What is best taken to programs of others.
_TAKES = dict.fromkeys(
    ("citavi", "covidence", "distillersr", "eppi", "eppi-reviewer", "mendeley", "papers", "rayyan", "refworks", "revman", "sysrev", "zotero"),
    "ris",
) | {"asreview": "csv", "jabref": "bibtex", "pandoc": "csl-json"}  # fmt: skip


def target(output: Path, name: str, option: str = "--to") -> Format:
    """The format of that name, else by the suffix of the file to be written. option: what names it; '' where nothing does. Raises UsageError where none is written so."""
    from review.formats.registry import by_name, formats

    writers = [f for form in formats() for f in (form, *form.variants) if f.write]
    if output.is_dir():
        raise UsageError(f"{output} is a folder.", "Name a file in it.")
    written = f"Write one of: {', '.join(f.name for f in writers)}."
    if name:
        if (program := name.strip().casefold()) in _TAKES:
            raise UsageError(f"{name} is a program, not a format.", f"It takes {_TAKES[program]}: {option} {_TAKES[program]}. {written}")
        try:
            form = by_name(name)
        except UsageError as error:
            raise UsageError(error.message, f"{(error.hint or '').partition('The formats')[0]}{written}") from None
        if form.write is None:
            raise UsageError(f"{form.label} is read, not written.", written)
        return form
    if str(output) == "-":
        raise UsageError("Of standard output the format must be named.", f"Add --to, with one of: {', '.join(f.name for f in writers)}.")
    found = next((f for f in writers if output.suffix.casefold() in f.suffixes), None)
    if found is None:
        known = ", ".join(f"{f.suffixes[0]} ({f.name})" for f in writers)
        raise UsageError(
            f"the suffix of {output} names no format that is written here.", f"Use one of {known}{option and f', or {option} NAME'}."
        )
    return found


def _print(made: Any) -> None:
    """Onto standard output, once all of it is made: what fails half way leaves nothing there."""
    import shutil
    import sys
    import tempfile

    from review.atomic import write

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        write(path, made)
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _records(paths: list[Path], format_name: str, columns: dict[str, str], done: _Conversion) -> Iterator[Record]:
    """The records of all files, each counted as it is given; what is rejected is kept."""
    from review.cli.files import files
    from review.formats.remarks import Remarks
    from review.model.record import Record

    for path in paths:
        for file in files(path):
            with file.reading(format_name, columns) as (stream, form):
                done.count[file.shown, form.name] += 0
                whole = Remarks(form, columns)
                for entry in whole.over(form.read(stream, columns)):
                    if isinstance(entry, Record):
                        done.count[file.shown, form.name] += 1
                        yield entry
                    else:
                        done.rejected.append((file.shown, entry))
                done.notes += [f"{file.shown}: {words}" for words in whole.told()]
