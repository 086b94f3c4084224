"""The ordered stages: run what changed, say why, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from review.dedup.stage import STAGE as DEDUP
from review.errors import ReviewError
from review.extraction.stage import STAGE as EXTRACTION
from review.report.stage import STAGE as REPORT
from review.screening.stage import STAGE as SCREENING
from review.search.stage import STAGE as SEARCH
from review.stage import Context, Progress, Stage, fingerprint, reason, silent
from review.store.db import Store
from review.workspace import Workspace

STAGES: tuple[Stage, ...] = (SEARCH, DEDUP, SCREENING, EXTRACTION, REPORT)

Wait = tuple[str, int, str, str]  # who, how many, what, the command to type


@dataclass(frozen=True)
class Ran:
    """How a stage stands. reason: why it ran, or must run; '' if unchanged. done: it stands as described now."""

    name: str
    reason: str
    summary: str
    waits: tuple[Wait, ...]
    warnings: tuple[str, ...]
    done: bool = True


def run(workspace: Workspace, *, upto: str = "report", progress: Progress = silent, tell: Callable[[Ran], None] = lambda ran: None) -> list[Ran]:
    """Run every stage whose inputs changed, up to and with `upto`; a stage and its results are one transaction.

    tell is called after each stage. Raises IntegrityError where the protocol changed without an amendment.
    """
    workspace.check_lock()
    found = []
    with _alone(workspace), opened(workspace) as store:
        for stage, inputs, why, row in _walk(workspace, store):
            if why or row is None:
                with store.transaction():
                    result = stage.run(Context(workspace, store, progress))
                    row = {
                        "name": stage.name,
                        "version": stage.version,
                        "inputs": inputs,
                        "fingerprint": fingerprint(stage, inputs),
                        "digest": result.digest,
                        "summary": result.summary,
                        "waits": [list(w) for w in result.waits],
                        "warnings": list(result.warnings),
                    }
                    store.save_stage(**row)
            found.append(_ran(row, why))
            tell(found[-1])
            if stage.name == upto:
                break
    return found


def explain(workspace: Workspace) -> list[Ran]:
    """How each stage stands, without running any. After the first that must run, the rest is as it was before."""
    found = []
    stale = ""
    with opened(workspace) as store:
        for stage, _, why, row in _walk(workspace, store):
            why = why or (f"{stale} must run first" if stale else "")
            stale = stale or (stage.name if why else "")
            found.append(_ran(row, why, done=not why) if row else Ran(stage.name, why, "", (), (), done=False))
    return found


@contextmanager
def opened(workspace: Workspace) -> Iterator[Store]:
    store = Store.open(workspace.database)
    try:
        yield store
    finally:
        store.close()


def next_command(stages: list[Ran]) -> str:
    """The command that brings the review on: the first that a person is waited for."""
    return next((w[3] for stage in stages for w in stage.waits if w[3]), "")


def _walk(workspace: Workspace, store: Store) -> Iterator[tuple[Stage, dict[str, str], str, dict[str, Any] | None]]:
    """Each stage with its inputs, why it must run, and its last run. Reads the digests anew after each step."""
    for stage in STAGES:
        inputs = stage.inputs(workspace)
        for need in stage.needs:
            before = store.stage(need)
            inputs[f"the results of {need}"] = before["digest"] if before else ""
        row = store.stage(stage.name)
        why = reason(stage, inputs, (row["version"], row["inputs"]) if row else None)
        if row and not why:
            why = stage.outputs(workspace, row["digest"])
        yield stage, inputs, why, row


def _ran(row: dict[str, Any], why: str, done: bool = True) -> Ran:
    waits = tuple((str(w[0]), int(w[1]), str(w[2]), str(w[3])) for w in row["waits"])
    return Ran(row["name"], why, row["summary"], waits, tuple(row["warnings"]), done)


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """One run at a time: a second waits a little, then is told."""
    locks = workspace.root / ".review" / "locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / f"{workspace.name}-run.lock", timeout=60)
        lock.acquire()
    except Timeout:
        raise ReviewError("Another 'review run' is at work on this review.", "Wait for it to end.") from None
    except OSError as error:
        raise ReviewError(f"{locks}: {error.strerror}", "Check the permissions of the folder, and free space.") from None
    try:
        yield
    finally:
        lock.release()
