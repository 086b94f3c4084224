"""The `review` command: the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys

from review.errors import FAILED, ReviewError


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 failed, 2 usage, 3 work remains, 4 integrity failure."""
    from review.cli.app import app

    try:
        app()
    except ReviewError as error:
        print(f"review: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"        {error.hint}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # A disk or folder that fails where nobody foresaw it.
        print(f"review: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
