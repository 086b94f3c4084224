"""Which of the protocol's sources can be searched live, and by which service."""

from __future__ import annotations

from review.errors import UsageError
from review.model.protocol_parts import SourcePlan
from review.model.words import nearest
from review.sources.base import Kind
from review.sources.registry import by_name, kinds, meant
from review.workspace import Workspace


def planned(workspace: Workspace, source: str = "", kind: str = "") -> list[tuple[SourcePlan, Kind]]:
    """The protocol's sources that can be searched live, or the one named. `kind` says which service a named source is.

    Raises UsageError where a source is not in the protocol, has no strategy, or is no service that is known here.
    """
    known = ", ".join(f"{k.name} ({k.label})" for k in kinds())
    if not source:
        found = [(p, k) for p in workspace.protocol.sources if p.strategy and (k := _service(p))]
        if not found:
            raise UsageError(
                f"{workspace.shown(workspace.protocol_path)} names no source that can be searched live.",
                f"Those are: {known}. Others: review import FILE.",
            )
        return found
    plan = workspace.protocol.source(source)
    if plan is None:
        ids = [s.id for s in workspace.protocol.sources]
        meant = f"Did you mean {near}? " if (near := nearest(source, ids)) else ""
        raise UsageError(f"The protocol has no source '{source}'.", f"{meant}It has: {', '.join(ids)}.")
    service = by_name(kind) if kind else _service(plan)
    if service is None:
        raise UsageError(
            f"'{source}' ({plan.platform or plan.name}) is not a source that can be searched live.",
            f"Those are: {known}. Others: review import FILE.",
        )
    if not plan.strategy:
        raise UsageError(
            f"The source '{source}' has no strategy.", f"Name its file under 'strategy' in {workspace.shown(workspace.protocol_path)}."
        )
    return [(plan, service)]


def _service(plan: SourcePlan) -> Kind | None:
    return by_name("library") if plan.library else meant(plan.platform, plan.id, plan.name)
