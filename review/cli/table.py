"""review table: one table, in any kind of file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import Review, gathered, out, progress_bar, say, workspace
from review.errors import UsageError
from review.model.words import counted

if TYPE_CHECKING:
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
    from review.report import appraised
    from review.report.catalogue import by_name, catalogue
    from review.report.evidence import Evidence
    from review.tables import writers
    from review.workspace import write

    if name == EVERY:
        _every(workspace(review), output, kind)
        return
    material = gathered(workspace(review))
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
    if kind == "robvis":
        evidence = Evidence(material.protocol, material.extraction, material.reports)
        tool = name.removeprefix("appraisal-")
        if tool not in appraised.known(evidence):
            raise UsageError(
                f"'{tool}' is no appraisal tool with a form here.", f"There are: {', '.join(appraised.known(evidence)) or 'none'}."
            )
        _give(appraised.robvis(evidence, tool), output, f"robvis-{tool}.csv", True)
        return
    if kind == "eppi":
        from review.report.eppi_map import eppi_map

        if name != "gap-map":
            raise UsageError("Only the map of the evidence is written for EPPI-Mapper.", "review table gap-map -f eppi -o FILE.json")
        _give(eppi_map(Evidence(material.protocol, material.extraction, material.reports)), output, "gap-map.json", True)
        return
    if kind in ("ris", "bibtex", "nbib", "endnote-xml", "csl-json"):
        from review.formats.registry import by_name as format_of

        form = format_of(kind)
        if name != "included" or form.write is None:
            raise UsageError(f"Only the reports included are a bibliography as {kind}.", f"review table included -f {kind} -o FILE")
        wanted = sorted({r for s in material.extraction.studies for r in s.reports})
        _give(
            b"".join(form.write([material.reports[k].merged() for k in wanted], notes=False)),
            output,
            f"included{form.suffixes[0] if form.suffixes else ''}",
            True,
        )
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
    _give(writer.write(table), output, table.name + writer.suffix, writer.text)


def _every(space: Workspace, output: Path | None, kind: str) -> None:
    """All reports after deduplication, each with the best of its records' fields, for another program."""
    from collections import Counter

    from review import pipeline
    from review.cli.convert import target
    from review.screening.exports import record_of

    if output is None:
        raise UsageError(
            "Every report makes a long list.", "Say where to write it: review table reports -o FILE.ris (or .nbib, .xml, .csv …)."
        )
    form = target(output, kind, "-f")
    with progress_bar() as progress:
        pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        reports, pairs = store.reports(), len(store.links("unsure"))
    assert form.write
    left: Counter[str] = Counter()
    _give(b"".join(form.write([record_of(r, "") for r in reports], left, notes=False)), output, f"{EVERY}{form.suffixes[0]}", True)
    say(f"{counted(len(reports), 'report')} of {counted(sum(len(r.records) for r in reports), 'record')}, as {form.label}")
    if left:
        say(f"not native to {form.name}, left out: {', '.join(f'{name} ({n:,})' for name, n in left.most_common(12))}")
    if pairs:
        say(f"{counted(pairs, 'pair')} may still be one report: review dedup --review --as NAME")


def _give(data: bytes, output: Path | None, name: str, text: bool) -> None:
    from review.workspace import write

    if output is None:
        if not text and sys.stdout.isatty():
            raise UsageError("This kind of file is no text.", "Say where to write it: -o FILE.")
        sys.stdout.buffer.write(data)
        return
    path = output / name if output.is_dir() else output
    write(path, data)
    out(str(path))
