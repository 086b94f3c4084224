"""Adjudication line by line: all votes, then the record, then what is typed."""

from __future__ import annotations

from review.cli.typed import InPhase, lines_of
from review.model.reading import one_line
from review.model.related import Related
from review.screening.outcome import settled_by_others
from review.screening.settling import UNDISCUSSED, Adjudication

HELP = """\
i            include
e            exclude; e 2 or e LABEL: with that reason
o            leave it open: no agreement was found (where you discuss it)
n TEXT       a note, saved with your i, e or o
r WHY        settle a settled conflict anew
u            undo your last word
b, +         the conflict before, the next one
l            read the conflict again
c            the questions and criteria
p            progress
?            this list
q            leave; all that was saved is saved"""


class Conflicts(InPhase):
    """A sitting over the conflicts of `session`."""

    help = HELP

    def __init__(self, session: Adjudication, related: Related) -> None:
        """related: report -> others that bear on it."""
        super().__init__(session.protocol, session.plan.name)
        self.session = session
        self._related = related
        self._note = ""  # goes with the next word

    def run(self) -> bool:
        return self.begin(f"{self.session.who}, {self.session.part} conflicts.")

    def do(self, word: str, rest: str, line: str) -> bool:
        session = self.session
        match word:
            case "i" | "include":
                self._word("include", "")
            case "e" | "exclude":
                label = self.reason(rest, wanted=session.plan.reason_required)
                if label is not None:
                    self._word("exclude", label)
            case "o" | "open":
                if session.current and not session.discusses(session.current[1]):
                    self.wrong("You settle this one: i or e.")
                else:
                    self._word("open", "")
            case "n" | "note":
                self._note = rest
                self.say("The note is saved with your i, e or o.")
            case "r" | "reopen":
                session.reopen(rest)
                self.say("Reopened. What had settled it stays on record.")
                self.show()
            case "u" | "undo":
                self.say("Undone: your last word, on this conflict." if session.undo() else "There is nothing to undo.")
                self.show()
            case "b" | "back" | "+":
                session.step(1 if word == "+" else -1)
                self._note = ""
                self.show()
            case "p":
                self.say(f"{session.settled:,} {session.done}, {session.left:,} left.")
            case _:
                return False
        return True

    def _word(self, verdict: str, reason: str) -> None:
        current = self.session.current
        self.session.resolve(verdict, reason, self._note)
        self._note = ""
        self.say(f"Saved: {verdict}{f' ({reason})' if reason else ''}: {one_line(current[0].title) if current else ''}")
        self.show()

    def show(self) -> None:
        self.say("")
        session = self.session
        if session.current is None:
            self.say("No conflict here is left for you.")
            return
        report, outcome = session.current
        self.say(f"Conflict {session.position + 1:,} of {len(session.conflicts):,}, {session.left:,} left.")
        name = session.protocol.member_name
        for vote in outcome.votes:
            note = session.notes.get(vote.by, {}).get(report.key, vote.note)
            self.say(
                f"{name(vote.by)} ({vote.by}): {vote.verdict}{f', {vote.reason}' if vote.reason else ''}{f'; note: {note}' if note else ''}"
            )
        for who, word in session.talked.get(report.key, {}).items():
            if who != session.who and set(word.settles) == {v.id for v in outcome.votes}:
                self.say(
                    f"After discussion {name(who)} ({who}): {word.verdict}{f', {word.reason}' if word.reason else ''}{f'; note: {word.note}' if word.note else ''}"
                )
        if outcome.reopened:
            self.say(f"Reopened by {name(outcome.reopened.by)} on {outcome.reopened.at[:10]}: {outcome.reopened.note}")
        if mine := session.words.get(report.key):
            self.say(f"Your word: {mine.verdict}{f' ({mine.reason})' if mine.reason else ''}{f'; note: {mine.note}' if mine.note else ''}")
        elif (settled := outcome.resolution) and settled_by_others(outcome, session.who):
            self.say(f"Settled by {settled.by}: {settled.verdict}{f' ({settled.reason})' if settled.reason else ''}")
        elif session.discusses(outcome):
            self.say("Talk it over; then i or e is what you now hold, o leaves it open.")
        elif session.undiscussed(report.key, outcome):
            self.say(UNDISCUSSED)
        for line in lines_of(report, self._related):
            self.say(line)
