"""The commands, in the order of the work."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from review.cli import (
    adjudicate,
    agreement,
    check,
    conduct,
    consensus,
    convert,
    decisions,
    dedup,
    describe,
    doctor,
    extract,
    extraction,
    flow,
    fulltext,
    import_,
    init,
    library,
    link,
    mesh,
    pilot,
    plot,
    protocol,
    query,
    rank,
    report,
    run,
    screen,
    search,
    serve,
    simulate,
    status,
    stop,
    table,
    team,
    trace,
    validate,
)

ORDER = (
    "init", "protocol", "query", "search", "import", "run", "status", "dedup", "pilot", "screen", "rank", "stop", "simulate", "decisions", "agreement", "adjudicate", "team",
    "fulltext", "link", "extract", "appraise", "extraction", "consensus", "check", "table", "plot", "report", "conduct", "trace", "flow", "doctor", "describe",
    "convert", "library",
    "mesh", "serve",
)  # fmt: skip


class InOrder(TyperGroup):
    """Lists the commands in the order of the work, groups among them."""

    def list_commands(self, ctx: Any) -> list[str]:  # Any: the context's class is private to Typer
        return [name for name in ORDER if name in self.commands]


app = typer.Typer(
    cls=InOrder,
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A systematic literature review from one protocol file: search, deduplication, dual blinded screening, evidence extraction, PRISMA 2020 report.",
    epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 work remains for a person, 4 integrity failure.",
)


@app.callback()
def main(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """The whole command line; prints the version where that is asked for."""
    if version:
        from importlib.metadata import version as of

        print(of("review"))
        raise typer.Exit


app.command("init")(init.command)
app.add_typer(protocol.app, name="protocol")
app.add_typer(query.app, name="query")
query.app.command("validate")(validate.command)
app.command("search")(search.command)
app.command("import")(import_.command)
app.command("run")(run.command)
app.command("status")(status.command)
app.command("team")(team.command)
app.command("dedup", cls=dedup.Command)(dedup.command)
app.add_typer(pilot.app, name="pilot")
app.command("screen")(screen.command)
app.command("rank")(rank.command)
app.command("stop")(stop.command)
app.command("simulate")(simulate.command)
app.add_typer(decisions.app, name="decisions")
app.command("agreement")(agreement.command)
app.command("adjudicate")(adjudicate.command)
app.add_typer(fulltext.app, name="fulltext")
app.command("link")(link.command)
app.command("extract")(extract.command)
app.command("appraise")(extract.appraise)
app.add_typer(extraction.app, name="extraction")
app.command("consensus")(consensus.command)
app.command("check")(check.command)
app.command("table")(table.command)
app.command("plot")(plot.command)
app.command("report")(report.command)
app.command("conduct")(conduct.command)
app.command("trace")(trace.command)
app.add_typer(flow.app, name="flow")
app.command("doctor")(doctor.command)
app.command("describe")(describe.command)
app.command("convert")(convert.command)
app.add_typer(library.app, name="library")
app.add_typer(mesh.app, name="mesh")
app.command("serve")(serve.command)
