"""review flow: check a published flow, draw one, export ours for the PRISMA2020 package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, gathered, out, out_json, say, workspace
from review.errors import WORK_REMAINS, FormatError, ReviewError, UsageError

if TYPE_CHECKING:
    from review.model.flow import Flow
    from review.report.flow_sums import Finding
    from review.report.published import Published

app = typer.Typer(no_args_is_help=True, help="PRISMA flows: check what others published, draw, exchange with the PRISMA2020 package.")
File = Annotated[
    Path,
    typer.Argument(
        help="PRISMA2020 CSV, a table of flows (one a row), two columns (name, n), or the lines of a diagram; CSV, TSV, Excel, text; '-' reads stdin."
    ),
]
HEADS = {"fails": "Does not add up:", "explain": "Needs an explanation:", "missing": "Not given:", "unknown": "Could not be checked:"}


@app.command()
def check(
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="Also what holds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Name each identity that a published flow breaks, in words that can be sent to its authors."""
    from review.report.flow_check import check as check_flow
    from review.report.flow_check import wrong

    flows = [(flow, check_flow(flow)) for flow in _read(file)]
    bad = sum(bool(wrong(found)) for _, found in flows)
    if as_json:
        out_json(
            [{"flow": flow.name, "findings": [{"id": f.id, "state": f.state, "text": f.text} for f in found]} for flow, found in flows]
        )
    else:
        for flow, found in flows:
            _show(flow, found, everything)
        say(
            f"{len(flows) - bad:,} of {len(flows):,} flows add up."
            if len(flows) > 1
            else "It does not add up as it stands."
            if bad
            else "It adds up."
        )
    if bad:
        raise typer.Exit(WORK_REMAINS)


def _show(flow: Published, found: tuple[Finding, ...], everything: bool) -> None:
    holds = sum(f.state == "holds" for f in found)
    out(f"{flow.name}: {holds} of {len(found)} identities hold" if found else f"{flow.name}: holds nothing that can be checked")
    for state, head in HEADS.items():
        lines = [f for f in found if f.state == state]
        if lines:
            out(f"  {head}")
            for f in lines:
                out(f"  - {f.text} [{f.id}]")
    if everything and holds:
        out("  Holds:")
        for f in found:
            if f.state == "holds":
                out(f"  - {f.text} [{f.id}]")


@app.command()
def draw(
    file: File,
    to: Annotated[Path, typer.Option("--out", "-o", help="Where to: the ending says what (.svg, .png, .pdf).")],
    which: Annotated[str, typer.Option("--flow", help="Its name, where the file holds several.")] = "",
) -> None:
    """Draw a flow in the PRISMA 2020 template that fits it: new or updated review, with other methods or without."""
    from review.report.flow_of import flow_of
    from review.workspace import write

    flows = [flow for flow in _read(file) if not which or flow.name == which]
    if not flows:
        raise UsageError(f"{file} has no flow '{which}'.", "Look at their names: review flow check FILE")
    if len(flows) > 1:
        raise UsageError(f"{file} holds {len(flows)} flows.", f"Say which: --flow '{flows[0].name}'")
    write(to, _picture(flow_of(flows[0]), to.suffix.lower()))
    out(str(to))


def _picture(flow: Flow, ending: str) -> bytes:
    from review.report.flow_svg import draw as draw_svg
    from review.report.picture import SANS, drawing

    if ending == ".svg":
        return draw_svg(flow).encode()
    if ending not in (".png", ".pdf"):
        raise UsageError(f"'{ending}' can't be drawn.", "Name a file that ends in .svg, .png or .pdf.")
    return drawing(draw_svg(flow, font=SANS), "png" if ending == ".png" else "pdf")


@app.command()
def export(review: Review = "") -> None:
    """Print this review's flow as the CSV that the R package PRISMA2020 and its web app read."""
    from review.report.flow_csv import write

    print(write(_ours(review)), end="")


@app.command()
def link(review: Review = "") -> None:
    """Print the address of the PRISMA2020 web app, filled in with this review's flow."""
    from review.report.flow_csv import link as address

    out(address(_ours(review)))


def _ours(review: str) -> Flow:
    from review.report.counts import count

    flow = count(gathered(workspace(review))).flow
    if flow.interim:
        say("note: INTERIM: " + "; ".join(f"{n:,} {what}" for what, n in flow.waiting))
    return flow


def _read(file: Path) -> list[Published]:
    import sys

    from review.report.published import read

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise ReviewError(f"{file}: {error.strerror}", "Name a file that can be read.") from None
    flows = read(data, file.name if str(file) != "-" else "stdin")
    if not flows:
        raise FormatError(f"{file}: has a header and no flow below it.", "Give one flow a row.")
    return flows
