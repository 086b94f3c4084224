"""What a stage is: a name, a version, what it needs, and a fingerprint that says whether it must run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from review.workspace import Workspace, digest_of

if TYPE_CHECKING:
    from review.store.db import Store

Wait = tuple[str, int, str, str]  # who, how many (0: not counted), what, the command to type
Progress = Callable[[str, int, int], None]  # what, done, of how many (0: not known)


def silent(what: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Context:
    """What a stage may use."""

    workspace: Workspace
    store: Store
    progress: Progress = silent
    waits: tuple[Wait, ...] = ()  # of the stages before this one


@dataclass(frozen=True)
class Result:
    """What a stage made: the digest of its output, one line for people, and whom it waits for."""

    digest: str
    summary: str
    waits: tuple[Wait, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline.

    version is raised by hand when the stage's results would change. `inputs` gives a digest for each input
    under a name for people; the digests of the stages in `needs` are added by the pipeline. `outputs` says
    whether files that the stage wrote are still as it left them ('' = yes, else what is not).
    """

    name: str
    version: int
    needs: tuple[str, ...]
    inputs: Callable[[Workspace], dict[str, str]]
    run: Callable[[Context], Result]
    outputs: Callable[[Workspace, str], str] = field(default=lambda workspace, digest: "")


def fingerprint(stage: Stage, inputs: Mapping[str, str]) -> str:
    return digest_of([stage.name, stage.version, sorted(inputs.items())])


def reason(stage: Stage, inputs: Mapping[str, str], before: tuple[int, Mapping[str, str]] | None) -> str:
    """Why a stage must run, in words; '' if nothing changed. before: (version, inputs) of the last run."""
    if before is None:
        return "it has not run yet"
    version, old = before
    if version != stage.version:
        return f"the stage's version went from {version} to {stage.version}"
    changed = sorted(k for k in inputs.keys() | old.keys() if inputs.get(k) != old.get(k))
    return f"changed: {', '.join(changed)}" if changed else ""
