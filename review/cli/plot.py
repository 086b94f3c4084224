"""review plot: one plot, as SVG, PNG or PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import Review, gathered, out, say, workspace
from review.errors import UsageError
from review.model.words import nearest


def command(
    name: Annotated[
        str, typer.Argument(help="Its name, such as traffic-light-MMAT-2018; without one, the names are listed.", show_default=False)
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="FILE.svg, .png or .pdf; else SVG is printed.", show_default=False)
    ] = None,
    review: Review = "",
) -> None:
    """Draw the appraisal (traffic light, summary), the directions of effect, the effects on inequality, or a forest plot."""
    from review.report.evidence import Evidence
    from review.report.picture import SANS, drawing
    from review.report.plots import plots
    from review.report.sheet import FONT
    from review.workspace import write

    material = gathered(workspace(review))
    found = plots(Evidence(material.protocol, material.extraction, material.reports))
    if not name:
        for each in found:
            out(each)
        say("review plot NAME -o FILE.svg (or .png, .pdf)")
        return
    if name not in found:
        near = nearest(name, found)
        raise UsageError(
            f"There is no plot '{name}'.", f"{f'Did you mean {near}? ' if near else ''}There are: {', '.join(found) or 'none'}."
        )
    svg = found[name]()
    if output is None:
        sys.stdout.write(svg)
        return
    kind = output.suffix.lower()
    if kind not in (".svg", ".png", ".pdf"):
        raise UsageError(f"{output}: a plot is written as .svg, .png or .pdf.", "Name the file so.")
    write(output, svg if kind == ".svg" else drawing(svg.replace(FONT, SANS), "png" if kind == ".png" else "pdf"))
    out(str(output))
