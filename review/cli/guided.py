"""The order in which a reviewer is shown the reports of a phase, by the protocol or by wish."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from review.cli.common import progress_bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from review.model.protocol import Protocol
    from review.model.protocol_parts import PhasePlan
    from review.screening.features import Space
    from review.screening.guide import Guide
    from review.screening.shelf import Shelf
    from review.workspace import Workspace

FORMAT = "2"  # of the kept space: another number, and it is worked out anew


def question_of(protocol: Protocol, phase: str) -> str:
    """What the review asks for, as one text: questions, their elements, and what the phase includes."""
    parts = [text for q in protocol.questions for text in (q.text, *q.elements.values())]
    parts += [c.include for c in protocol.eligibility.criteria if phase in c.phases]
    return " ".join(parts)


def listed(shelf: Shelf, keys: Sequence[str], by: str, seed: int) -> list[str]:
    """The reports in an order that learns nothing: by date the newest first, at random by the seed, or by key."""
    if by == "random":
        return sorted(keys, key=lambda k: hashlib.sha256(f"{seed}:{k}".encode()).digest())
    if by == "date":
        return sorted(sorted(keys), key=lambda k: -int(shelf.report(k).best("year") or 0))
    return list(keys)


def guide_for(space: Workspace, plan: PhasePlan, shelf: Shelf, keys: Sequence[str]) -> Guide:
    """The guide through these reports. The space they lie in is worked out once, and kept beside the index."""
    from review.screening.guide import Guide
    from review.screening.ranking import Ranker

    keys = sorted(keys)
    return Guide(Ranker(space_of(space, plan, shelf, keys), plan.seed), keys, settled(space, plan, shelf.report_of))


def settled(space: Workspace, plan: PhasePlan, report_of: Mapping[str, str]) -> dict[str, bool]:
    """What came out of the reports that were resolved, so that all their votes are in."""
    from review.model.events import standing
    from review.screening.guide import relevant
    from review.screening.votes import resolutions

    events = [e for _, ledger in space.ledgers(plan.name) for e in standing(ledger.events())]
    return {report: relevant(votes[-1].verdict) for report, votes in resolutions(events, plan.name, report_of).items()}


def space_of(space: Workspace, plan: PhasePlan, shelf: Shelf, keys: Sequence[str]) -> Space:
    """The points of these reports, from the file kept beside the index, or worked out now."""
    from review.screening.features import Text, embed

    question = question_of(space.protocol, plan.name)
    told = hashlib.sha256("\x1f".join((FORMAT, question, *keys)).encode()).hexdigest()
    kept = space.database.with_name(f"{space.database.stem}-{plan.name}-space.npz")
    if (found := _kept(kept, told)) is not None:
        return found
    with progress_bar() as progress:
        texts = []
        for n, key in enumerate(keys):
            report = shelf.report(key)
            texts.append(Text(report.title, report.best("abstract"), report.best("keywords")))
            if n % 500 == 0:
                progress("Reading the records for their order", n, len(keys))
        made = embed(texts, question, lambda done, of: progress("Working out what is like what", done, of))
    _keep(kept, told, made)
    return made


def _kept(path: Path, told: str) -> Space | None:
    import zipfile

    import numpy as np

    from review.screening.features import Space

    try:
        with np.load(path, allow_pickle=False) as data:
            if str(data["told"]) != told:
                return None
            asked = bool(data["question"].size)
            return Space(data["points"], data["question"] if asked else None, data["likeness"] if asked else None, data["reporting"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None  # not there, or damaged: it is derived


def _keep(path: Path, told: str, made: Space) -> None:
    import io

    import numpy as np

    from review.workspace import write

    buffer = io.BytesIO()
    none = np.zeros(0, np.float32)
    question, likeness = (none if x is None else x for x in (made.question, made.likeness))
    np.savez(buffer, told=np.array(told), points=made.points, question=question, likeness=likeness, reporting=np.asarray(made.reporting))
    write(path, buffer.getvalue())
