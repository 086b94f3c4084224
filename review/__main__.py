"""The `review` command: the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from review.collector import seldom_collected
from review.errors import FAILED, ReviewError

_INTERRUPTED = 130


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 failed, 2 usage, 3 work remains, 4 integrity failure."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal or pipe whose encoding lacks a character (C, Latin-1, cp1252) gets its number: never a traceback for it.
        sys.stdout.reconfigure(errors="backslashreplace")
    with seldom_collected():
        _run()


def _run() -> None:
    try:
        _command()
    except ReviewError as error:
        from review.cli.telling import say

        say(f"review: {error.message}")
        if error.hint:
            say(f"        {error.hint}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # A disk or folder that fails where nobody foresaw it.
        print(f"review: {error.filename or 'standard output, or a file'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(FAILED)


def _command() -> None:
    if sys.argv[1:2] == ["dedup"]:
        from review.cli.dedup_files import deduplicate, plainly

        if asked := plainly(sys.argv[2:]):
            deduplicate(*asked)
            return
    from review.cli.app import app

    app()


if __name__ == "__main__":
    main()
