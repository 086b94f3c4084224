"""The points in which a phase's reports lie: worked out once, kept beside the index, and made anew by a process of its own.

python -m review.cli.points ROOT REVIEW PHASE
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from review.cli.common import progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.model.protocol import Protocol
    from review.model.protocol_phases import PhasePlan
    from review.screening.features import Space
    from review.screening.shelf import Shelf
    from review.screening.vectors import Text
    from review.workspace import Workspace

FORMAT = "5"  # of the kept points: another number, and they are worked out anew


def question_of(protocol: Protocol, phase: str) -> str:
    """What the review asks for, as one text: questions, their elements, and what the phase includes."""
    parts = [text for q in protocol.questions for text in (q.text, *q.elements.values())]
    parts += [c.include for c in protocol.eligibility.criteria if phase in c.phases]
    return " ".join(parts)


def text_of(shelf: Shelf, key: str) -> Text:
    from review.screening.vectors import Text

    report = shelf.report(key)
    year = report.best("year")
    return Text(report.title, report.best("abstract"), report.best("keywords"), int(year) if year.isdecimal() else 0)


def make(space: Workspace, plan: PhasePlan, shelf: Shelf, keys: Sequence[str]) -> None:
    """Work out the points of these reports, and keep them beside the index. Where somebody's sitting is at it, wait for theirs."""
    from filelock import FileLock

    keys = sorted(keys)
    kept, told = place(space, plan, keys)
    with ExitStack() as alone:
        with suppress(OSError):  # without a lock both work, and the same comes of it
            locks = space.database.parent / "locks"
            locks.mkdir(exist_ok=True)
            alone.enter_context(FileLock(locks / f"{kept.stem}.lock"))
        if said(kept) != told:
            _make(space, plan, shelf, keys, kept, told)


def _make(space: Workspace, plan: PhasePlan, shelf: Shelf, keys: Sequence[str], kept: Path, told: str) -> None:
    from review.screening.features import embed

    with progress_bar() as progress:
        texts = []
        for n, key in enumerate(keys):
            texts.append(text_of(shelf, key))
            if n % 500 == 0:
                progress("Reading the records for their order", n, len(keys))
        question = question_of(space.protocol, plan.name)
        made = embed(texts, question, lambda done, of: progress("Working out what is like what", done, of))
    _keep(kept, told, made)


def place(space: Workspace, plan: PhasePlan, keys: Sequence[str]) -> tuple[Path, str]:
    """Where the points of these reports (their keys sorted) are kept, and what they must say that they are of."""
    told = hashlib.sha256("\x1f".join((FORMAT, question_of(space.protocol, plan.name), *keys)).encode()).hexdigest()
    return space.database.with_name(f"{space.database.stem}-{plan.name}-space.npz"), told


class Beside:
    """The points of a phase's reports, worked out by a process of its own where they are not kept yet."""

    def __init__(self, space: Workspace, plan: PhasePlan, kept: Path, told: str) -> None:
        self._path, self._wanted = kept, told
        self.there = said(kept) == told
        self._making: subprocess.Popen[bytes] | None = None
        if not self.there:
            # A process: in a thread it would take the interpreter from the keys.
            words = [sys.executable, "-m", "review.cli.make_points", str(space.root), space.name, plan.name]
            with suppress(OSError):
                self._making = subprocess.Popen(  # noqa: S603  # our own command
                    words,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )

    def made(self) -> bool:
        """Whether they are there; waits for who works them out."""
        if self._making is not None:
            self._making.wait()
        return said(self._path) == self._wanted

    def stop(self) -> None:
        """End what is still at work: it begins anew at the next sitting."""
        if self._making is not None and self._making.poll() is None:
            self._making.terminate()
            self._making.wait()

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def said(path: Path) -> str:
    """What the kept points say that they are of; '' where there are none."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as file:
            return file.read("told.npy")[-64:].decode("ascii")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return ""


def kept_points(path: Path, told: str) -> Space | None:
    """The points that are kept at `path`, if they are of what they should be; damaged ones are taken away, to be worked out anew."""
    import zipfile

    import numpy as np

    from review.screening.features import Space

    try:
        with np.load(path, allow_pickle=False) as data:
            if data["told"].item().decode() != told:
                return None
            asked = bool(data["question"].size)
            return Space(data["points"], data["question"] if asked else None, data["likeness"] if asked else None, data["reporting"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return None


def _keep(path: Path, told: str, made: Space) -> None:
    import io

    import numpy as np

    from review.workspace import write

    buffer = io.BytesIO()
    none = np.zeros(0, np.float32)
    question, likeness = (none if x is None else x for x in (made.question, made.likeness))
    np.savez(
        buffer, told=np.array(told.encode()), points=made.points, question=question, likeness=likeness, reporting=np.asarray(made.reporting)
    )
    write(path, buffer.getvalue())
