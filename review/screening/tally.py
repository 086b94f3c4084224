"""What stands of one person's ledger in a phase, kept up to date event by event, and worked out for a report when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from review.model.events import About, Decision, Event, Note, Retrieval, Tags, Unblinding, Undo
from review.model.lines import Line
from review.model.screening import Vote
from review.screening.votes import taken_back, votes_of

Act = Decision | Retrieval | Note | Tags
_ACTS = frozenset(kind.kind for kind in (Decision, Retrieval, Note, Tags))


@dataclass(frozen=True, slots=True)
class Said:
    """What a person's standing acts on a report come to. word: the last verdict or word on its full text."""

    votes: tuple[Vote, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    word: Decision | Retrieval | None = None

    def note_of(self, vote: Vote) -> str:
        """The note that goes with one of the votes: that on the report, or, of two votes on what is one report since, the vote's own."""
        several = len(self.votes) > 1 and self.note == self.votes[-1].note
        return vote.note if several else self.note or vote.note


NOTHING = Said()


class Tally:
    """By report, as `votes_of` and `standing` would find it."""

    def __init__(self, phase: str, report_of: Mapping[str, str], events: Iterable[Event | Line] = ()) -> None:
        """report_of: record key -> report key as the clusters now are; events: the ledger, in order, as events or as lines."""
        self.phase = phase
        self._report_of = report_of
        # A line is made an event where it is looked at: of fifty thousand that is a few.
        self._of: dict[str, list[Act | Line]] = {}  # report -> all acts on it, undone ones too
        self._act: dict[str, Act | Line] = {}
        self._takers: dict[str, list[str]] = defaultdict(list)  # event id -> the undos that name it
        self._target: dict[str, str] = {}  # undo id -> event id
        self._done: list[str] = []  # ids of acts, in order; the last that stands is the one to undo
        self._said: dict[str, Said] = {}
        self._seen: set[str] = set()  # reports on which the others' votes were shown; '': on all
        self._take(events)

    def add(self, event: Event) -> str:
        """Count one more event; gives the report it changed, or ''."""
        self._take([event])
        if isinstance(event, Undo):
            act = self._act.get(self._root(event.id))
            report = self._report_of[act.record] if act is not None else ""
        else:
            report = self._report_of.get(event.record, "") if isinstance(event, About) else ""
        self._said.pop(report, None)
        return report

    def on(self, report: str) -> Said:
        """What stands on a report."""
        found = self._said.get(report)
        if found is None:
            acts = self._of.get(report)
            if not acts:
                return NOTHING
            found = self._said[report] = self._work_out(report, [_event(e) for e in acts if self._stands(e.id)])
        return found

    def everything(self) -> Iterator[tuple[str, Said]]:
        """Each report with something on it."""
        for report in self._of:
            yield report, self.on(report)

    def decided(self, report: str) -> bool:
        """Whether nothing is left to say on a report: one verdict stands, or two that can't change any more, since the others' votes were
        shown; and nothing was said of its full text since. Quick where there is only one act on it."""
        acts = self._of.get(report)
        if acts is None:
            return False
        if len(acts) == 1 and not self._takers:
            return acts[0].kind == Decision.kind
        said = self.on(report)
        if len(said.votes) > 1 and self._seen.isdisjoint(("", report)):
            return False
        return bool(said.votes) and isinstance(said.word, Decision)

    def all_decided(self) -> set[str]:
        """The reports that are `decided`."""
        if self._takers:
            return set(filter(self.decided, self._of))
        alone = Decision.kind
        return {r for r, acts in self._of.items() if (acts[0].kind == alone if len(acts) == 1 else self.decided(r))}

    def votes(self) -> dict[str, tuple[Vote | Line, ...]]:
        """The standing votes on each report that has any. A vote that is the only act on a report may be the line that it was read from."""
        found: dict[str, tuple[Vote | Line, ...]] = {}
        for report, acts in self._of.items():
            if len(acts) == 1 and not self._takers and isinstance(line := acts[0], Line):
                if line.kind == Decision.kind:
                    found[report] = (line,)
            elif votes := self.on(report).votes:
                found[report] = votes
        return found

    def last(self) -> Act | None:
        """This person's last standing act on a report that is here."""
        while self._done and not self._stands(self._done[-1]):
            self._done.pop()
        return _event(self._act[self._done[-1]]) if self._done else None

    def _take(self, events: Iterable[Event | Line]) -> None:
        report_of, of, acts, phase = self._report_of.get, self._of, self._act, self.phase  # read once for very many events
        for event in events:
            kind = event.kind
            if kind in _ACTS:
                act = cast("Act | Line", event)
                report = report_of(act.record)
                if report is None or (kind != Retrieval.kind and cast("Decision", act).phase != phase):
                    continue
                acts[act.id] = act
                self._done.append(act.id)
                if report in of:
                    of[report].append(act)
                else:
                    of[report] = [act]
            elif kind == Unblinding.kind:
                shown = cast("Unblinding", event.event if isinstance(event, Line) else event)
                if shown.phase == phase:
                    self._seen.update(filter(None, map(report_of, shown.records)) if shown.records else ("",))
            elif kind == Undo.kind:
                undoes = cast("Undo", event.event if isinstance(event, Line) else event).undoes
                self._takers[undoes].append(event.id)
                self._target[event.id] = undoes
                if (taken := acts.get(self._root(event.id))) is not None and self._stands(taken.id):
                    self._done.append(taken.id)  # an undo was undone: the act is the last again

    def _work_out(self, report: str, acts: list[Act]) -> Said:
        votes: tuple[Vote, ...] = ()
        note = ""
        tags: tuple[str, ...] = ()
        word: Decision | Retrieval | None = None
        said_note = False
        for act in acts:
            if isinstance(act, Note):
                note, said_note = act.note, True
            elif isinstance(act, Tags):
                tags = act.tags
            else:
                word = act
        if lost := taken_back(acts):
            acts = [a for a in acts if a.id not in lost]
        if isinstance(word, Retrieval) and word.status == "not retrieved":  # of what is one report since, perhaps of the other
            word = next((a for a in reversed(acts) if isinstance(a, Decision)), word)
        if any(isinstance(a, Decision) for a in acts):
            votes = votes_of(acts, self.phase, self._report_of).get(report, ())
        if not said_note and votes:
            note = votes[-1].note  # an imported verdict brings its note with it
        return Said(votes, note, tags, word)

    def _root(self, undo: str) -> str:
        """The act that a chain of undos is about."""
        while undo in self._target:
            undo = self._target[undo]
        return undo

    def _stands(self, event: str) -> bool:
        return not any(self._stands(u) for u in self._takers.get(event, ()))


def _event(act: Act | Line) -> Act:
    return cast("Act", act.event) if isinstance(act, Line) else act
