"""Who screens what, where there are more reviewers than votes: blocks of reports are dealt to the combinations of reviewers.

Each report belongs to a block by a hash of its key, so that new records change nobody's share of the old ones. The
blocks are dealt in turn to every combination of reviewers that can give a report its votes (with a senior in each, where
the protocol names seniors). What a person decided stays: a report that has votes goes on to a combination with those who
gave them, so that every report gets its number of independent votes also when somebody leaves or joins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import lru_cache
from itertools import combinations

from review.model.protocol_phases import PhasePlan

Team = tuple[str, ...]


def teams(plan: PhasePlan) -> tuple[Team, ...]:
    """The combinations of reviewers that can give a report its votes, in the protocol's order."""
    return _teams(plan.reviewers, plan.votes, plan.seniors)


@lru_cache(maxsize=64)
def _teams(reviewers: Team, votes: int, seniors: Team) -> tuple[Team, ...]:
    found = tuple(combinations(reviewers, votes))
    return tuple(t for t in found if not seniors or set(t) & set(seniors)) or found


def block(plan: PhasePlan, report: str) -> int:
    """The block of a report, from 1."""
    return int.from_bytes(hashlib.sha256(f"{plan.seed}/{plan.name}/{report}".encode()).digest()[:8]) % _blocks(plan) + 1


def _blocks(plan: PhasePlan) -> int:
    return max(plan.blocks, len(teams(plan)))


def team(plan: PhasePlan, report: str, voted: Collection[str] = ()) -> Team:
    """Those who are to screen a report, those who did already among them. voted: who has a vote on it."""
    if len(plan.reviewers) == plan.votes and not voted:
        return plan.reviewers
    choice = teams(plan)
    start = block(plan, report) - 1 if len(choice) > 1 else 0
    here = set(voted) & set(plan.reviewers)
    turn = (choice[(start + n) % len(choice)] for n in range(len(choice)))
    chosen = max(turn, key=lambda t: len(here & set(t)))  # the first of the best
    return tuple(dict.fromkeys((*(w for w in plan.voters if w in voted), *chosen)))


def waiting(plan: PhasePlan, report: str, voted: Collection[str]) -> Team:
    """Whose votes a report still needs, so that it has its number of them; () if it has."""
    missing = plan.votes - len(voted)
    if missing <= 0:
        return ()
    wanted = [w for w in team(plan, report, voted) if w not in voted]
    if plan.seniors and not set(voted) & set(plan.seniors):
        wanted.sort(key=lambda w: w not in plan.seniors)  # a senior is among those who are asked
    return tuple(sorted(wanted[:missing], key=plan.reviewers.index))


def shares(plan: PhasePlan) -> list[tuple[int, Team]]:
    """Each block and those to whom it is dealt."""
    choice = teams(plan)
    return [(n + 1, choice[n % len(choice)]) for n in range(_blocks(plan))]
