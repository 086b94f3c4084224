"""Screening line by line: what is read is printed, what is wanted is typed. For screen readers, scripts and bad terminals."""

from __future__ import annotations

import sys
from typing import TextIO

from review.errors import ReviewError
from review.model.reading import paragraphs, pattern, without_markup
from review.model.record import Report
from review.screening.pace import duration
from review.screening.session import Screening

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


class Lines:
    """A sitting over `session`, one line a command. The end of the input leaves, as q does."""

    def __init__(self, session: Screening, given: TextIO | None = None, told: TextIO | None = None) -> None:
        self.session = session
        self.given, self.told = given or sys.stdin, told or sys.stdout
        self._asks = self.given.isatty()
        terms = session.protocol.eligibility.terms
        self._for, self._against = pattern(terms.include), pattern(terms.exclude)
        self.failed = False  # the last act could not be kept

    def run(self) -> bool:
        """Until q or the end of the input. Returns whether something that was typed was not done."""
        self.say(f"{self.session.who}, {self.session.part}. ? lists the commands.")
        self.show()
        number = 0
        while True:
            if self._asks:
                print("> ", end="", file=self.told, flush=True)
            try:
                line = self.given.readline()
            except UnicodeDecodeError:
                self.wrong("That was no text.")
                continue
            if not line or line.strip() in ("q", "quit"):
                return False
            number += 1
            if line.strip():
                self.obey(line.strip())
            if self.failed and not self._asks:
                # The lines after it were written for other records than would now be shown.
                self.say(f"Stopped at line {number} of the input: {line.strip()}. What was saved before it is saved.")
                return True

    def say(self, text: str) -> None:
        print(_printable(text), file=self.told, flush=True)

    def wrong(self, text: str) -> None:
        self.failed = True
        self.say(text)

    def obey(self, line: str) -> None:
        """One command. What can't be done is said, and nothing moves on."""
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        try:
            match word.lower():
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
                    self.session.not_retrieved(rest)
                    self.say("Saved: not retrieved.")
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
                case "l":
                    self.show()
                case "c":
                    self._criteria()
                case "p":
                    self._progress()
                case "?" | "h" | "help":
                    self.say(HELP)
                case _ if word.startswith("/"):
                    self._find(line[1:].strip())
                case _:
                    self.wrong(f"'{word}' is no command; ? lists them. Nothing was saved.")
        except ReviewError as error:
            self.wrong(f"Not done: {error.message} {error.hint}".strip())
        except OSError as error:
            self.wrong(f"Not saved: {error.strerror or error}.")

    def _verdict(self, verdict: str, reason: str) -> None:
        report = self.session.current
        reasons = self.session.protocol.reasons(self.session.plan.name)
        if reason.isdecimal() and 1 <= int(reason) <= len(reasons):
            reason = reasons[int(reason) - 1]
        near = next((r for r in reasons if r.casefold() == reason.casefold()), "")
        if (reason and not near) or (verdict == "exclude" and self.session.plan.reason_required and not reason):
            self.wrong("Not saved: " + ("this phase needs the reason" if not reason else f"'{reason}' is no reason of the protocol") + ":")
            for n, label in enumerate(reasons, 1):
                self.say(f"  e {n}  {label}")
            return
        self.session.decide(verdict, near)
        self.say(f"Saved: {verdict}{f' ({near})' if near else ''}: {report.title if report else ''}")
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
            self.say("Your decision: " + " and ".join(f"{v.verdict}{f' ({v.reason})' if v.reason else ''}" for v in votes))
        if (why := self.session.lost(report.key)) is not None:
            self.say(f"The full text was not retrieved{f': {why}' if why else ''}")
        if note := self.session.note_on(report):
            self.say(f"Your note: {note}")
        if tags := self.session.tags_on(report):
            self.say(f"Your tags: {', '.join(tags)}")
        for line in _lines(report):
            self.say(line)
        for label, wanted in (("Terms for", self._for), ("Terms against", self._against)):
            hits = dict.fromkeys(m[0].casefold() for m in wanted.finditer("\n".join(_lines(report)))) if wanted else {}
            if hits:
                self.say(f"{label}: {', '.join(hits)}")

    def _find(self, text: str) -> None:
        report = self.session.current
        hits = [line for line in _lines(report) if text.casefold() in line.casefold()] if report and text else []
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

    def _criteria(self) -> None:
        protocol, phase = self.session.protocol, self.session.plan.name
        for question in protocol.questions:
            self.say(f"{question.id}: {question.text}")
        for n, c in enumerate((c for c in protocol.eligibility.criteria if phase in c.phases), 1):
            self.say(f"{n}. {c.dimension}: include {c.include}{f'; exclude {c.exclude}' if c.exclude else ''}. Reason: {c.reason}")

    def _progress(self) -> None:
        done = self.session.progress
        pace = f", {done.each:.0f} seconds each" if done.each is not None else ""
        left = f", about {duration(done.seconds_left)} to go" if done.seconds_left else ""
        self.say(f"{done.done:,} of {done.total:,} decided, {done.left:,} left, {done.sitting:,} in this sitting{pace}{left}.")


def _lines(report: Report | None) -> list[str]:
    if report is None:
        return []
    place = ", ".join(p for p in (report.best("journal"), report.best("year"), report.place) if p)
    lines = [f"Title: {' '.join(without_markup(report.title).split()) or '(none)'}"]
    lines += [f"In: {place}"] if place else []
    lines += [f"Authors: {report.best('authors')}"] if report.best("authors") else []
    text = paragraphs(report.best("abstract"))
    lines += [f"{p.label}: {p.text}" if p.label else p.text for p in text] if text else ["(no abstract)"]
    for label, name in (("Keywords", "keywords"), ("DOI", "doi"), ("PMID", "pmid"), ("Link", "url")):
        lines += [f"{label}: {report.best(name)}"] if report.best(name) else []
    return [*lines, f"Key: {report.key}"]


def _printable(text: str) -> str:
    """What could move a terminal's cursor or ring its bell is left out."""
    return "".join(c if c == "\n" or c.isprintable() or c in "\u200c\u200d" else " " for c in text)
