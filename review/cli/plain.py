"""Screening line by line: what is read is printed, what is wanted is typed. For screen readers, scripts and bad terminals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from review.cli.typed import InPhase, lines_of
from review.model.reading import one_line, pattern
from review.model.related import Related
from review.screening.pace import duration
from review.screening.session import AMENDED, Screening

HELP = """\
i            include
e            exclude; e 2 or e LABEL: with that reason
m            maybe
s            skip for now
r WHY        the full text could not be got (full-text only)
n TEXT       note; n alone takes it away
t A, B       tags; t alone takes them away
u            undo the last act, again and again
b, +         the record before, the next one
g WHAT       go to a number, key, DOI, PMID or words of a title
f NAME TEXT  show only: all, undecided, my maybes, my includes, my excludes, my notes, my tag, year, source, words
/ TEXT       the lines of the record with these words
l            read the record again
c            the questions and criteria
p            progress
?            this list
q            leave; all that was saved is saved"""


class Lines(InPhase):
    """A sitting over `session`."""

    help = HELP

    def __init__(
        self,
        session: Screening,
        given: TextIO | None = None,
        told: TextIO | None = None,
        amended: Callable[[], bool] = lambda: False,
        related: Related | None = None,
    ) -> None:
        """related: report -> others that bear on it; amended: whether the protocol is no more the one that this sitting goes by."""
        super().__init__(session.protocol, session.plan.name, given, told)
        self.session = session
        self._amended = amended
        self._related = related or {}
        terms = session.protocol.eligibility.terms
        self._for, self._against = pattern(terms.include), pattern(terms.exclude)

    def run(self) -> bool:
        return self.begin(" ".join(filter(None, (f"{self.session.who}, {self.session.part}.", self.session.pilot_apart))))

    def do(self, word: str, rest: str, line: str) -> bool:
        match word:
            case "i" | "include":
                self._verdict("include", "")
            case "e" | "exclude":
                self._verdict("exclude", rest)
            case "m" | "maybe":
                self._verdict("maybe", "")
            case "s" | "skip":
                self.session.skip()
                self.show()
            case "r" if self.session.plan.name == "full-text":
                report = self.session.current
                self.session.not_retrieved(rest)
                self.say("Saved: not retrieved.")
                if report and (still := self.session.can_be_got(report.key)):
                    self.say(still)
                self.show()
            case "n" | "note":
                self.session.note(rest)
                self.say("Note saved; the verdict is as it was.")
            case "t" | "tags":
                self.session.tag(rest.split(","))
                self.say("Tags saved; the verdict is as it was.")
            case "u" | "undo":
                self.say("There is nothing to undo." if self.session.undo() is None else "Undone: the last act.")
                self.show()
            case "b" | "back" | "+":
                self.session.step(1 if word == "+" else -1)
                self.show()
            case "g" | "go":
                self._go(rest)
            case "f" | "filter":
                self._filter(rest)
            case "/":
                self._find(rest)
            case "p":
                self._progress()
            case _ if word.startswith("/"):
                self._find(line[1:].strip())
            case _:
                return False
        return True

    def _verdict(self, verdict: str, reason: str) -> None:
        report = self.session.current
        label = self.reason(reason, wanted=self.session.plan.reason_required) if verdict == "exclude" else ""
        if label is None:
            return
        self.session.decide(verdict, label)
        self.say(f"Saved: {verdict}{f' ({label})' if label else ''}: {one_line(report.title) if report else ''}")
        if self._amended():
            self.say(AMENDED)
        self.show()

    def show(self) -> None:
        """The current record, in the order in which it is best heard."""
        report = self.session.current
        self.say("")
        if report is None:
            self.say("Nothing is left here." if self.session.filtered else "All done: every record has your decision.")
            return
        self.say(f"Record {self.session.position + 1:,} of {len(self.session.view):,}, {self.session.progress.left:,} left.")
        votes = self.session.votes_on(report.key)
        if votes:
            said = " and ".join(f"{v.verdict}{f' ({v.reason})' if v.reason else ''}" for v in votes)
            self.say(f"Your decision: {said}{self.session.merged(report.key)}")
        if (why := self.session.lost(report.key)) is not None:
            self.say(f"The full text was not retrieved{f': {why}' if why else ''}")
        if can := self.session.can_be_got(report.key):
            self.say(can)
        if note := self.session.note_on(report):
            self.say(f"Your note: {note}")
        if tags := self.session.tags_on(report):
            self.say(f"Your tags: {', '.join(tags)}")
        for line in lines_of(report, self._related):
            self.say(line)
        for label, wanted in (("Terms for", self._for), ("Terms against", self._against)):
            hits = dict.fromkeys(m[0].casefold() for m in wanted.finditer("\n".join(lines_of(report)))) if wanted else {}
            if hits:
                self.say(f"{label}: {', '.join(hits)}")

    def _find(self, text: str) -> None:
        report = self.session.current
        hits = [line for line in lines_of(report) if text.casefold() in line.casefold()] if report and text else []
        self.say(f"{len(hits)} lines with '{text}':" if hits else f"'{text}' is not in this record.")
        for line in hits:
            self.say(line)

    def _go(self, text: str) -> None:
        number = text.replace(",", "")
        if number.isdecimal() and 1 <= int(number) <= len(self.session.view):
            self.session.position = int(number) - 1
        elif not text or self.session.find(text) is None:
            self.wrong(f"No record of yours has '{text}'.")
            return
        self.show()

    def _filter(self, text: str) -> None:
        from review.screening.filters import FILTERS, wanted

        name = next((n for n in sorted(FILTERS, key=len, reverse=True) if text.lower() == n or text.lower().startswith(f"{n} ")), None)
        if name is None:
            self.wrong(f"There is no such filter; there are: {', '.join(FILTERS)}.")
            return
        value = text[len(name) :].strip()
        kind = FILTERS[name]
        if kind.asks and (not value or (kind.check and kind.check(value))):
            self.wrong((kind.check(value) if kind.check else "") or f"Say which: f {name} …")
            return
        keys = wanted(self.session, name, value)
        if keys is not None and not any(k in keys for k in self.session.offered):
            self.say("There are none.")
            return
        self.session.show(keys, f"{name} {value}".strip())
        if keys is not None and self.session.current is None:
            self.session.position = 0
        self.say(f"Shown: {len(self.session.view):,} records.")
        self.show()

    def _progress(self) -> None:
        done = self.session.progress
        pace = f", {done.each:.0f} seconds each" if done.each is not None else ""
        left = f", about {duration(done.seconds_left)} to go" if done.seconds_left else ""
        self.say(f"{done.done:,} of {done.total:,} decided, {done.left:,} left, {done.sitting:,} in this sitting{pace}{left}.")
