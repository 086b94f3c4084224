"""Work out the points of a phase's reports, beside a sitting: python -m review.cli.make_points ROOT REVIEW PHASE."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def main(root: str, review: str, phase: str) -> None:
    from review.cli.points import make
    from review.cli.sitting import phase_here
    from review.workspace import find

    with suppress(OSError, AttributeError):  # there is no such thing on Windows
        os.nice(10)
    space = find(review, start=Path(root))
    plan = space.protocol.phase(phase)
    assert plan
    with phase_here(space, plan, run=False) as here:
        make(space, plan, here.shelf, here.keys)


if __name__ == "__main__":
    main(*sys.argv[1:4])
