"""The ordered stages: run what changed, say why, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from review.collector import without_collector
from review.dedup.stage import STAGE as DEDUP
from review.errors import IntegrityError, ReviewError
from review.extraction.stage import STAGE as EXTRACTION
from review.model.protocol_parts import PHASES
from review.report.stage import STAGE as REPORT
from review.screening.pilot import part as pilot_part
from review.screening.stage import STAGE as SCREENING
from review.search.stage import STAGE as SEARCH
from review.stage import Context, Progress, Stage, Wait, fingerprint, reason, silent
from review.store import heads
from review.store.state import Damaged, discard, stage_states
from review.workspace import Workspace

if TYPE_CHECKING:
    from review.store.db import Store

STAGES: tuple[Stage, ...] = (SEARCH, DEDUP, SCREENING, EXTRACTION, REPORT)
# The ledgers that a stage reads.
LEDGERS: Mapping[str, tuple[str, ...]] = {
    "dedup": ("dedup",),
    "screening": (*PHASES, *map(pilot_part, PHASES), "fulltexts"),
    "extraction": ("extraction", "studies", "fulltexts"),
}


class UnwritableError(ReviewError):
    """The folder of the index can't be written."""


@dataclass(frozen=True)
class Ran:
    """How a stage stands. reason: why it ran, or must run; '' if unchanged. done: it stands as described now."""

    name: str
    reason: str
    summary: str
    waits: tuple[Wait, ...]
    warnings: tuple[str, ...]
    done: bool = True


def run(workspace: Workspace, *, upto: str = "report", progress: Progress = silent, tell: Callable[[Ran], None] | None = None) -> list[Ran]:
    """Run every stage whose inputs changed, up to and with `upto`; a stage and its results are one transaction.

    tell is called after each stage. Raises IntegrityError where the protocol changed without an amendment, or
    where a ledger has lost a line that an earlier run saw.
    """
    workspace.check_lock()
    try:
        with _alone(workspace):
            try:
                return _run(workspace, upto, progress, tell)
            except Damaged:  # the index is derived, and was cleared: make it anew
                return _run(workspace, upto, progress, tell)
    except UnwritableError:
        # What is up to date can be read where nothing can be written: a colleague's folder, an archive.
        found = _as_it_stands(workspace, upto)
        if any(ran.reason for ran in found):
            raise
        return found


def _as_it_stands(workspace: Workspace, upto: str) -> list[Ran]:
    found = []
    for ran in explain(workspace):
        heads.check(workspace, LEDGERS.get(ran.name, ()))
        found.append(ran)
        if ran.name == upto:
            break
    return found


def _run(workspace: Workspace, upto: str, progress: Progress, tell: Callable[[Ran], None] | None) -> list[Ran]:
    found: list[Ran] = []
    with ExitStack() as stack:
        states = stage_states(workspace.database)
        store: Store | None = None
        for stage in STAGES:
            heads.check(workspace, LEDGERS.get(stage.name, ()))
            inputs, why = _why(stage, workspace, states)
            _still_there(stage, workspace, inputs, states)
            if why:
                store = store or stack.enter_context(opened(workspace))
                waits = tuple(w for ran in found for w in ran.waits)
                with store.transaction(), without_collector():
                    result = stage.run(Context(workspace, store, progress, waits))
                    states[stage.name] = {
                        "name": stage.name,
                        "version": stage.version,
                        "inputs": inputs,
                        "fingerprint": fingerprint(stage, inputs),
                        "digest": result.digest,
                        "summary": result.summary,
                        "waits": [list(w) for w in result.waits],
                        "warnings": list(result.warnings),
                    }
                    store.save_stage(**states[stage.name])
            found.append(_ran(states[stage.name], why))
            if tell:
                tell(found[-1])
            if stage.name == upto:
                break
    return found


def explain(workspace: Workspace) -> list[Ran]:
    """How each stage stands, without running any. After the first that must run, the rest is as it was before."""
    found = []
    stale = ""
    states = stage_states(workspace.database)
    for stage in STAGES:
        _, why = _why(stage, workspace, states)
        why = why or (f"{stale} must run first" if stale else "")
        stale = stale or (stage.name if why else "")
        row = states.get(stage.name)
        found.append(_ran(row, why, done=not why) if row else Ran(stage.name, why, "", (), (), done=False))
    return found


@contextmanager
def opened(workspace: Workspace) -> Iterator[Store]:
    """The index, open. Where it proves to be damaged it is cleared, so that the next run makes it anew."""
    from review.store.db import Store

    store = Store.open(workspace.database)
    try:
        yield store
    except Damaged:
        discard(workspace.database)
        raise
    finally:
        store.close()


def next_command(stages: list[Ran]) -> str:
    """The command that brings the review on: the first that a person is waited for."""
    return next((w[3] for stage in stages for w in stage.waits if w[3]), "")


def _why(stage: Stage, workspace: Workspace, states: Mapping[str, dict[str, Any]]) -> tuple[dict[str, str], str]:
    """The inputs of a stage as they now are, and why it must run; '' if nothing changed."""
    inputs = stage.inputs(workspace)
    for need in stage.needs:
        inputs[f"the results of {need}"] = states[need]["digest"] if need in states else ""
    row = states.get(stage.name)
    why = reason(stage, inputs, (row["version"], row["inputs"]) if row else None)
    return inputs, why or (stage.outputs(workspace, row["digest"]) if row else "")


def still_there(workspace: Workspace) -> None:
    """Raises IntegrityError where a search that the last run read is gone."""
    _still_there(SEARCH, workspace, SEARCH.inputs(workspace), stage_states(workspace.database))


def _still_there(stage: Stage, workspace: Workspace, inputs: Mapping[str, str], states: Mapping[str, dict[str, Any]]) -> None:
    """Raises IntegrityError where a search that the last run read is gone, with all that was decided on its records."""
    if stage is not SEARCH or stage.name not in states:
        return
    gone = sorted(name for name in states[stage.name]["inputs"] if " of " in name and name not in inputs)
    if gone:
        raise IntegrityError(
            f"{workspace.shown(workspace.queries)}: a search that an earlier run read is gone: {', '.join(gone)}.",
            "Restore its folder and manifest from git or a backup. If this was meant, delete .review/: it is derived, and the next run makes it anew.",
        )


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
        raise UnwritableError(f"{locks}: {error.strerror}", "Check the permissions of the folder, and free space.") from None
    try:
        yield
    finally:
        lock.release()
