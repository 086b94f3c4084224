"""`review search` as a program of its own, so that tests can kill it and weigh it. Prints its peak memory (kB) at the end."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from review.cli.search import command
from review.errors import ReviewError
from review.sources import pubmed


def peak() -> int:
    """The most memory this program held, in kB. Not ru_maxrss: that begins with the size of whoever started us."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise RuntimeError("no VmHWM in /proc/self/status")


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
    print(f"peak {peak()}", file=sys.stderr)
    sys.exit(code)
