"""review table: one table, in any kind of file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import Review, gathered, next_step, out, progress_bar, say, workspace
from review.cli.telling import say_not_native
from review.errors import UsageError
from review.model.words import counted

if TYPE_CHECKING:
    from review.report.material import Material
    from review.workspace import Workspace

EVERY = "reports"  # every report once, as a bibliography
BY_SUFFIX = {".ris": "ris", ".bib": "bibtex", ".nbib": "nbib"}  # names that only a bibliography has


def command(
    name: Annotated[
        str,
        typer.Argument(
            help="Its name, such as characteristics, Q1, excluded; or reports, every report once, as .ris, .nbib, .xml, .csv …; without one, the names are listed.",
            show_default=False,
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--as-file",
            "-f",
            help="markdown, html, docx, xlsx, csv, latex, json; of an appraisal robvis; of gap-map eppi (EPPI-Mapper); of included also ris or bibtex. Else by the name of the output.",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it; a folder takes its own name.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All tables, into the folder of --output.")] = False,
    review: Review = "",
) -> None:
    """Print a table of the review, or write it as a file: characteristics, evidence for each question, appraisal, excluded …

    summary-of-findings, findings-QUESTION and integration show what people wrote in synthesis/NAME.yaml; docs/guide.md has its form.
    """
    from review.report.catalogue import by_name, catalogue
    from review.tables import writers
    from review.workspace import write

    if name == EVERY:
        _every(workspace(review), output, kind)
        return
    space = workspace(review)
    material = gathered(space)
    found = catalogue(material)
    if not name and not everything:
        for each in found:
            out(each)
        out(EVERY)
        say(
            "review table NAME [-o FILE.docx]; review table reports -o FILE.ris: every report once, deduplicated; --all -f docx -o FOLDER writes them all"
        )
        return
    if not kind and output is not None:
        kind = BY_SUFFIX.get(output.suffix.lower(), "")
    if kind in OF_ONE:
        _give(*OF_ONE[kind](space, material, name, kind), output, text=True)
        return
    writer = writers.by_name(kind or (output.suffix if output and output.suffix and not output.is_dir() else "markdown"))
    if everything:
        folder = output or Path()
        for each, build in found.items():
            path = folder / f"{each}{writer.suffix}"
            write(path, writer.write(build()))
            out(str(path))
        return
    table = by_name(found, name)()
    _give(writer.write(table), table.name + writer.suffix, output, text=writer.text)


def _robvis(_: Workspace, material: Material, name: str, kind: str) -> tuple[bytes, str]:
    """The judgements of one appraisal tool, as robvis reads them, and what to call their file."""
    from review.report import appraised
    from review.report.evidence import Evidence

    evidence = Evidence(material.protocol, material.extraction, material.reports)
    tool = name.removeprefix("appraisal-")
    if tool not in appraised.known(evidence):
        raise UsageError(
            f"'{tool}' is no appraisal tool with a form here.", f"There are: {', '.join(appraised.known(evidence)) or 'none'}."
        )
    return appraised.robvis(evidence, tool), f"{kind}-{tool}.csv"


def _eppi(_: Workspace, material: Material, name: str, kind: str) -> tuple[bytes, str]:
    """The map of the evidence, as EPPI-Mapper reads it, and what to call its file."""
    from review.report.eppi_map import eppi_map
    from review.report.evidence import Evidence

    if name != "gap-map":
        raise UsageError("Only the map of the evidence is written for EPPI-Mapper.", f"review table gap-map -f {kind} -o FILE.json")
    return eppi_map(Evidence(material.protocol, material.extraction, material.reports)), "gap-map.json"


def _bibliography(space: Workspace, material: Material, name: str, kind: str) -> tuple[bytes, str]:
    """The reports included, in a format of references, and what to call its file."""
    from review.formats.registry import by_name
    from review.search.whole import whole

    form = by_name(kind)
    if name != "included" or form.write is None:
        raise UsageError(f"Only the reports included are a bibliography as {kind}.", f"review table included -f {kind} -o FILE")
    wanted = sorted({r for s in material.extraction.studies for r in s.reports})
    with progress_bar() as progress:
        reports = whole(space, [material.reports[k] for k in wanted], progress)
    references = form.write([report.merged() for report in reports], notes=False)
    return b"".join(references), f"included{form.suffixes[0] if form.suffixes else ''}"


# The kinds of file that hold one thing only, and what makes them.
OF_ONE = {"robvis": _robvis, "eppi": _eppi, **dict.fromkeys(("ris", "bibtex", "nbib", "endnote-xml", "csl-json"), _bibliography)}


def _every(space: Workspace, output: Path | None, kind: str) -> None:
    """All reports after deduplication, each with the best of its records' fields, for another program."""
    from collections import Counter

    from review import pipeline
    from review.cli.convert import target
    from review.screening.exports import record_of
    from review.search.whole import whole

    if output is None:
        raise UsageError(
            "Every report makes a long list.", "Say where to write it: review table reports -o FILE.ris (or .nbib, .xml, .csv …)."
        )
    form = target(output, kind, "-f")
    with progress_bar() as progress:
        pipeline.run(space, upto="dedup", progress=progress)
        with pipeline.opened(space) as store:
            reports, pairs = store.reports(), len(store.links("unsure"))
        reports = whole(space, reports, progress)
    assert form.write
    left: Counter[str] = Counter()
    _give(
        b"".join(form.write([record_of(r, own_notes=True) for r in reports], left, notes=False)),
        f"{EVERY}{form.suffixes[0]}",
        output,
        text=True,
    )
    say(f"{counted(len(reports), 'report')} of {counted(sum(len(r.records) for r in reports), 'record')}, as {form.label}")
    say_not_native(form.name, left, "left out", indent="")
    if pairs:
        say(f"{counted(pairs, 'pair')} may still be one report: {next_step(space, 'review dedup --review --as NAME')}")


def _give(data: bytes, name: str, output: Path | None, *, text: bool) -> None:
    """Write what was made: under this name where a folder is named, without an output onto standard output."""
    from review.workspace import write

    if output is None:
        if not text and sys.stdout.isatty():
            raise UsageError("This kind of file is no text.", "Say where to write it: -o FILE.")
        sys.stdout.buffer.write(data)
        return
    path = output / name if output.is_dir() else output
    write(path, data)
    out(str(path))
