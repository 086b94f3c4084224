"""`review search` as a program of its own, so that tests can kill it and weigh it. Prints its peak memory (kB) at the end."""

from __future__ import annotations

import resource
import sys

import typer

from review.cli.search import command
from review.errors import ReviewError
from review.sources import pubmed

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(command)

if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].startswith("page="):
        pubmed.PER_PAGE = int(sys.argv.pop(1).removeprefix("page="))
    code = 0
    try:
        app(standalone_mode=False)
    except ReviewError as error:
        print(f"review: {error.message}\n        {error.hint}", file=sys.stderr)
        code = error.exit_code
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}", file=sys.stderr)
    sys.exit(code)
