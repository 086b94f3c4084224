"""How one reviewer stands in a phase, as far as a stop is concerned: what was read in which order, and the sample of a certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.model.events import Event, SampleDrawn, Stop, standing
from review.model.screening import Vote
from review.screening.guide import relevant
from review.screening.votes import votes_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One reviewer in one phase. Records are reports of the phase that are this reviewer's.

    found: what each record read was, in order; records: how many there are in all. before, unread: relevant ones found and
    records unread when the sample was drawn; sample: its verdicts so far, in the order drawn; to_come: the rest of the sample, in
    order (all that was unread, so that it can grow). sample None: none was drawn. stop: a standing stop of this reviewer.
    """

    records: int
    found: tuple[bool, ...]
    before: int = 0
    unread: int = 0
    sample: tuple[bool, ...] | None = None
    to_come: tuple[str, ...] = ()
    stop: Stop | None = None

    @property
    def relevant(self) -> int:
        return sum(self.found)

    @property
    def left(self) -> int:
        return self.records - len(self.found)


def reading(events: Sequence[Event], phase: str, report_of: Mapping[str, str], keys: Iterable[str]) -> Reading:
    """From one reviewer's ledger. keys: the reports of the phase that are theirs."""
    wanted = set(keys)
    votes = {k: v for k, v in votes_of(events, phase, report_of).items() if k in wanted and len(v) == 1}
    order = sorted(votes, key=lambda k: votes[k][0].id)
    found = tuple(relevant(votes[k][0].verdict) for k in order)
    mine = [e for e in standing(events) if isinstance(e, Stop | SampleDrawn) and e.phase == phase]
    stop = next((e for e in reversed(mine) if isinstance(e, Stop)), None)
    drawn = next((e for e in reversed(mine) if isinstance(e, SampleDrawn)), None)
    if drawn is None:
        return Reading(len(wanted), found, stop=stop)
    early = [k for k in order if votes[k][0].id < drawn.id]
    rest = drawn_order(drawn.id, wanted.difference(early))
    sample = _leading(rest, votes)
    return Reading(
        len(wanted), found, sum(relevant(votes[k][0].verdict) for k in early), len(rest), sample, tuple(rest[len(sample) :]), stop
    )


def drawn_order(seed: str, keys: Iterable[str]) -> list[str]:
    """A random order of reports that anybody can check: by the hash of the seed and the key. The seed is the id of the draw in the ledger."""
    return sorted(keys, key=lambda k: hashlib.sha256(f"{seed}:{k}".encode()).digest())


def _leading(order: Sequence[str], votes: Mapping[str, tuple[Vote, ...]]) -> tuple[bool, ...]:
    """The verdicts on the sample up to the first record without one: what was read out of turn is no part of it yet."""
    found = []
    for key in order:
        if key not in votes:
            break
        found.append(relevant(votes[key][0].verdict))
    return tuple(found)
