"""What people said of pairs, taken together: the latest word on each, what follows from them, and what can't hold at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.model.events import Event, Sameness

CONTRADICTED = "; but other records of the two reports contradict each other"  # at the end of the evidence
UNLIKELY_ASKED = "; unlikely, but near enough to ask while the list is short"  # likewise
Pair = tuple[str, str]
Ties = Mapping[str, list[str]]  # each record with those that it is joined with


def pair_of(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def ties(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Each record of the pairs with the others of its pairs."""
    near: dict[str, list[str]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    return near


class Said:
    """The words that stand, over what the rules joined. A word about a pair replaces an earlier one about it."""

    def __init__(self, words: Iterable[Sameness], joined: Ties | None = None) -> None:
        """words: oldest first; joined: what rules, not people, put into one report."""
        self.latest: dict[Pair, Sameness] = {}
        for word in words:
            pair = pair_of(word.a, word.b)
            self.latest.pop(pair, None)
            self.latest[pair] = word
        self._joined = joined or {}
        self._same = ties(pair for pair, word in self.latest.items() if word.same)
        self._apart = ties(pair for pair, word in self.latest.items() if not word.same)

    def together(self, key: str) -> set[str]:
        """All records that are the same as one by words and rules, with it."""
        return set(self._reach(key, None, rules=True))

    def _reach(self, start: str, but: Pair | None, *, rules: bool) -> dict[str, str]:
        """What is the same as `start`, each with the record from which it was reached; `but`: as if nothing were known of this pair."""
        reached = {start: ""}
        queue = deque((start,))
        while queue:
            here = queue.popleft()
            near = list(self._same.get(here, ()))
            if rules:
                near += [there for there in self._joined.get(here, ()) if pair_of(here, there) not in self.latest]
            for there in near:
                if there not in reached and pair_of(here, there) != but:
                    reached[there] = here
                    queue.append(there)
        return reached

    def _between(self, mine: set[str], other: set[str]) -> list[Sameness]:
        """The words "different" between two groups of records."""
        return [self.latest[pair_of(a, b)] for a in sorted(mine) for b in sorted(self._apart.get(a, ())) if b in other]

    def follows(self, a: str, b: str) -> bool | None:
        """Whether it follows from the words on other pairs that two records are the same (True), or are not (False); None: neither."""
        if not self.latest:
            return None
        mine = self.together(a)
        if b in mine:
            return True
        return False if self._between(mine, self.together(b)) else None

    def against(self, word: Sameness) -> tuple[Sameness, ...]:
        """The words that can't all hold together with this one: for "different", the chain that makes the two the same."""
        pair = pair_of(word.a, word.b)
        if word.same:
            mine, other = (set(self._reach(key, pair, rules=False)) for key in (word.a, word.b))
            return tuple(w for w in self._between(mine, other - mine) if pair_of(w.a, w.b) != pair)
        reached = self._reach(word.a, pair, rules=False)
        chain: list[Sameness] = []
        here = word.b
        while before := reached.get(here, ""):
            chain.insert(0, self.latest[pair_of(before, here)])
            here = before
        return tuple(chain)


def last_said(events: Sequence[Event], who: str) -> list[Sameness]:
    """A person's last word that stands, with those that were said at once with it, oldest first; none where there is none."""
    from review.model.events import Sameness, standing  # a ledger's: files have none, and to make its classes takes 20 ms

    words = [e for e in standing(events) if isinstance(e, Sameness) and e.by == who]
    return [w for w in words if w.at_once == words[-1].at_once] if words and words[-1].at_once else words[-1:]


def firsts(words: Iterable[Sameness]) -> dict[Pair, str]:
    """The pairs of which somebody said which is the erratum, the version, the abstract or the reply, with the key of that one."""
    return {pair: w.first for pair, w in Said(words).latest.items() if w.relation and w.first in pair}


def replaced(before: Iterable[Sameness], now: Iterable[Sameness]) -> Iterator[tuple[Sameness, Sameness]]:
    """The words that say another thing of their pair than was said before, each behind the one that it replaces."""
    latest = Said(before).latest
    for word in now:
        old = latest.get(pair_of(word.a, word.b))
        if old and (old.same, old.relation) != (word.same, word.relation):
            yield old, word


def unfollowed(words: Iterable[Sameness], report_of: Mapping[str, str]) -> Iterator[str]:
    """The words "the same" on pairs that stand in two reports all the same, in words, each with those that keep the two apart."""
    said = Said(words)
    for w in said.latest.values():
        if w.same and w.a in report_of and w.b in report_of and report_of[w.a] != report_of[w.b]:
            against = "; ".join(map(in_words, said.against(w))) or "other records of the two were told apart"
            yield f"not followed: {in_words(w)}; but {against}. Change one of these"


def in_words(word: Sameness) -> str:
    """`AB: a:1 and b:1 are the same report`; `… are different reports, linked as reply to`."""
    related = f", linked as {word.relation.replace('_', ' ')}" if word.relation else ""
    return f"{word.by}: {word.a} and {word.b} are {'the same report' if word.same else f'different reports{related}'}"
