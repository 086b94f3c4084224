"""What stands of one person's ledger in a phase, kept up to date event by event: no event is looked at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from review.model.events import About, Decision, Event, Note, Retrieval, Tags, Undo
from review.model.screening import Vote
from review.screening.votes import votes_of

Act = Decision | Retrieval | Note | Tags


class Tally:
    """Votes, notes, tags and words on full texts, by report, as `votes_of` and `standing` would find them."""

    def __init__(self, phase: str, report_of: Mapping[str, str], events: Iterable[Event] = ()) -> None:
        """report_of: record key -> report key as the clusters now are; events: the ledger, in order."""
        self.phase = phase
        self._report_of = report_of
        self._of: dict[str, list[Act]] = defaultdict(list)  # report -> all acts on it, undone ones too
        self._act: dict[str, Act] = {}
        self._takers: dict[str, list[str]] = defaultdict(list)  # event id -> the undos that name it
        self._target: dict[str, str] = {}  # undo id -> event id
        self._done: list[str] = []  # ids of acts, in order; the last that stands is the one to undo
        self.votes: dict[str, tuple[Vote, ...]] = {}
        self.notes: dict[str, str] = {}
        self.tags: dict[str, tuple[str, ...]] = {}
        self.last_word: dict[str, Decision | Retrieval] = {}
        undos = []
        for event in events:
            if isinstance(event, Undo):
                undos.append(event)
            self._take(event)
        for report in {self._report_of[self._act[t].record] for u in undos if (t := self._root(u.id)) in self._act}:
            self._recount(report)

    def add(self, event: Event) -> str:
        """Count one more event; gives the report it changed, or ''."""
        self._take(event)
        if isinstance(event, Undo):
            act = self._act.get(self._root(event.id))
            report = self._report_of[act.record] if act else ""
            if report:
                self._recount(report)
            return report
        return self._report_of.get(event.record, "") if isinstance(event, About) else ""

    def last(self) -> Act | None:
        """This person's last standing act on a report that is here."""
        while self._done and not self._stands(self._done[-1]):
            self._done.pop()
        return self._act[self._done[-1]] if self._done else None

    def _take(self, event: Event) -> None:
        if isinstance(event, Undo):
            self._takers[event.undoes].append(event.id)
            self._target[event.id] = event.undoes
            if (act := self._act.get(self._root(event.id))) and self._stands(act.id):
                self._done.append(act.id)  # an undo was undone: the act is the last again
            return
        if not isinstance(event, Decision | Retrieval | Note | Tags):
            return
        report = self._report_of.get(event.record)
        if report is None or (not isinstance(event, Retrieval) and event.phase != self.phase):
            return
        self._act[event.id] = event
        self._done.append(event.id)
        before = self._of[report]
        before.append(event)
        if isinstance(event, Note):
            self.notes[report] = event.note
        elif isinstance(event, Tags):
            self.tags[report] = event.tags
        else:
            self.last_word[report] = event
            if isinstance(event, Decision):
                # One act is the common case, and needs no more than itself.
                acts = [event] if len(before) == 1 else [e for e in before if self._stands(e.id)]
                self.votes |= votes_of(acts, self.phase, self._report_of)

    def _recount(self, report: str) -> None:
        acts = [e for e in self._of[report] if self._stands(e.id)]
        for table in (self.votes, self.notes, self.tags, self.last_word):
            table.pop(report, None)
        self.votes |= votes_of(acts, self.phase, self._report_of)
        for act in acts:
            if isinstance(act, Note):
                self.notes[report] = act.note
            elif isinstance(act, Tags):
                self.tags[report] = act.tags
            else:
                self.last_word[report] = act

    def _root(self, undo: str) -> str:
        """The act that a chain of undos is about."""
        while undo in self._target:
            undo = self._target[undo]
        return undo

    def _stands(self, event: str) -> bool:
        return not any(self._stands(u) for u in self._takers.get(event, ()))
