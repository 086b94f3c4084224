"""The order in which a reviewer is shown the reports of a phase, by the protocol or by wish."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from review.cli.points import Beside, kept_points, make, place, question_of, said, text_of
from review.cli.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from review.model.protocol_phases import PhasePlan
    from review.screening.guide import Cast, Guide
    from review.screening.shelf import Shelf
    from review.workspace import Workspace

HEAD_START = 0.2  # seconds in which the first record is drawn before the model is loaded behind it
LOOKED_AT = 500  # reports whose words are compared with the question's before the model is there


def listed(shelf: Shelf, keys: Sequence[str], by: str, seed: int) -> list[str]:
    """The reports in an order that learns nothing: by date the newest first, at random by the seed, or by key."""
    if by == "random":
        return sorted(keys, key=lambda k: hashlib.sha256(f"{seed}:{k}".encode()).digest())
    if by == "date":
        return sorted(sorted(keys), key=lambda k: -int(shelf.report(k).best("year") or 0))
    return list(keys)


@contextmanager
def guide_for(
    space: Workspace,
    plan: PhasePlan,
    shelf: Shelf,
    keys: Sequence[str],
    votes: Mapping[str, Sequence[Cast]],
    way: str,
    who: str,
    *,
    wait: bool = False,
) -> Iterator[Guide]:
    """The guide through the reports of a phase, for the reviewer `who` with these votes, whose ledger says that this way to choose is in force.

    The space they lie in is worked out once and kept beside the index: by a process of its own while the reviewer reads, or now, with a
    progress bar, where `wait`. The model learns in another.
    """
    from review.cli.learning import Learner
    from review.screening.guide import LEARNED, WORDS, Guide
    from review.screening.ranking import Ranker
    from review.workspace import write

    one_thread()
    keys = sorted(keys)
    kept, told = place(space, plan, keys)
    if wait and said(kept) != told:
        make(space, plan, shelf, keys)
    with Beside(space, plan, kept, told) as found:
        if way == LEARNED and not found.there:
            way = WORDS  # until it is worked out anew
        first = _first(space, plan, shelf, keys) if way == WORDS else ()
        last = _as_left(_left(space, plan, who), told) if way == LEARNED and not wait else {}

        learner = Learner(kept, told, plan.seed)

        def ranker() -> Ranker | Learner | None:
            if last:
                time.sleep(HEAD_START)
            if not found.made():
                return None
            if not wait:
                return learner
            points = kept_points(kept, told)
            return Ranker(points, plan.seed) if points is not None else None

        guide = Guide(ranker, keys, votes, settled=settled(space, plan, shelf.report_of), first=first, way=way, last=last)
        try:
            yield guide
        finally:
            found.stop()
            learner.stop()
            guide.close()
            if not wait and (used := guide.used()):
                with suppress(OSError):  # only to be quicker next time
                    write(_left(space, plan, who), json.dumps([told, used]).encode())


def _left(space: Workspace, plan: PhasePlan, who: str) -> Path:
    """Where the order in which a sitting of this reviewer ended is kept. It follows from their ledger."""
    return space.database.with_name(f"{space.database.stem}-{plan.name}-{who}-next.json")


def _as_left(path: Path, told: str) -> dict[str, list[str]]:
    try:
        said, orders = json.loads(path.read_bytes())
        if said == told and all(isinstance(k, str) for keys in orders.values() for k in keys):
            return dict(orders)
    except (OSError, ValueError, TypeError, AttributeError):
        pass
    return {}


def _first(space: Workspace, plan: PhasePlan, shelf: Shelf, keys: Sequence[str]) -> list[str]:
    """Some of the reports, evenly spread over all, those most like the question first."""
    from review.screening.overlap import by_words

    step = max(1, len(keys) // LOOKED_AT)
    some = keys[plan.seed % step :: step][:LOOKED_AT]
    order = by_words([text_of(shelf, key) for key in some], question_of(space.protocol, plan.name))
    return [some[n] for n in order]


def settled(space: Workspace, plan: PhasePlan, report_of: Mapping[str, str]) -> dict[str, bool]:
    """What came out of the reports that were settled, by discussion or by a third person, so that all their votes are in."""
    from review.model.events import Discussion, Resolution
    from review.screening.guide import relevant
    from review.screening.phases import screen_phase

    ledgers = space.ledgers(plan.name)
    if not any(ledger.mentions(Resolution, Discussion) for _, ledger in ledgers):
        return {}
    events = {who: ledger.events() for who, ledger in ledgers}
    talked = {report_of.get(e.record, "") for mine in events.values() for e in mine if isinstance(e, Resolution | Discussion)} - {""}
    if not talked:
        return {}
    result = screen_phase(plan, sorted(talked), report_of, events, space.protocol.reasons(plan.name))
    return {o.report: relevant(o.resolution.verdict) for o in result.outcomes if o.resolution is not None}
