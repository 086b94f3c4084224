"""How many threads the libraries may start: read when they are loaded, so that it must be said before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_SMALL = 5_000_000  # bytes


def one_thread() -> None:
    """Linear algebra in one thread, if numpy is not loaded yet: the models are small, more would only take the processor from the screen
    and room, and sums shared out among threads differ in the last bit from machine to machine."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def few_threads(files: Sequence[Path]) -> None:
    """As many threads as the files need, where nothing is loaded yet that would start more."""
    one_thread()
    if _small(files):
        # Read when the library is loaded. Of little data, threads only turn in wait of each other.
        os.environ.setdefault("POLARS_MAX_THREADS", "1")


def _small(files: Sequence[Path]) -> bool:
    """Whether a few thousand records, at most, are in the files."""
    with suppress(OSError):
        sizes = (file.stat().st_size * (6 if file.suffix in (".gz", ".zip") else 1) for file in files)
        return all(file.is_file() for file in files) and sum(sizes) < _SMALL
    return False
