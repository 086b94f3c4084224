"""Sittings line by line: what is read is printed, what is wanted is typed. For screen readers, scripts and bad terminals."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import TextIO

from review.cli.telling import printable
from review.errors import ReviewError
from review.model.protocol import Protocol
from review.model.reading import one_line, paragraphs
from review.model.record import Report
from review.model.related import Related, of_records, shown


class Typed(ABC):
    """A sitting, one line a command. The end of the input leaves, as q does."""

    help: str
    again = "l"  # reads what is current again

    def __init__(self, given: TextIO | None = None, told: TextIO | None = None) -> None:
        self.given, self.told = given or sys.stdin, told or sys.stdout
        self._asks = self.given.isatty()
        self.failed = False  # the last act could not be kept

    @abstractmethod
    def show(self) -> None:
        """Say what is current, in the order in which it is best heard."""

    @abstractmethod
    def do(self, word: str, rest: str, line: str) -> bool:
        """One command, its first word in small letters. False: there is no such command."""

    def begin(self, greeting: str) -> bool:
        """Until q or the end of the input. Returns whether something that was typed was not done."""
        self.say(f"{greeting} ? lists the commands.")
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
        print(printable(text), file=self.told, flush=True)

    def wrong(self, text: str) -> None:
        self.failed = True
        self.say(text)

    def obey(self, line: str) -> None:
        """One line. What can't be done is said, and nothing moves on."""
        word, _, rest = line.partition(" ")
        try:
            if word in ("?", "h", "help"):
                self.say(self.help)
            elif word.lower() == self.again:
                self.show()
            elif word in ("c", "C"):
                self._criteria()
            elif not self.do(word.lower(), rest.strip(), line):
                self.wrong(f"'{word}' is no command; ? lists them. Nothing was saved.")
        except ReviewError as error:
            self.wrong(f"Not done: {error.message} {error.hint}".strip())
        except OSError as error:
            self.wrong(f"Not saved: {error.strerror or error}.")

    @abstractmethod
    def _criteria(self) -> None:
        """Say what is to be decided by."""


class InPhase(Typed):
    """A sitting in a phase of a protocol."""

    def __init__(self, protocol: Protocol, phase: str, given: TextIO | None = None, told: TextIO | None = None) -> None:
        super().__init__(given, told)
        self.protocol, self.phase = protocol, phase

    def reason(self, typed: str, *, wanted: bool) -> str | None:
        """The protocol's reason that was typed, by number or by name; '' where none was; None where it won't do, which is said."""
        reasons = self.protocol.reasons(self.phase)
        if typed.isdecimal() and 1 <= int(typed) <= len(reasons):
            return reasons[int(typed) - 1]
        near = next((r for r in reasons if r.casefold() == typed.casefold()), "")
        if near or (not typed and not wanted):
            return near
        self.wrong("Not saved: " + ("this phase needs the reason" if not typed else f"'{typed}' is no reason of the protocol") + ":")
        for n, label in enumerate(reasons, 1):
            self.say(f"  e {n}  {label}")
        return None

    def _criteria(self) -> None:
        for question in self.protocol.questions:
            self.say(f"{question.id}: {question.text}")
        for n, c in enumerate((c for c in self.protocol.eligibility.criteria if self.phase in c.phases), 1):
            self.say(f"{n}. {c.dimension}: include {c.include}{f'; exclude {c.exclude}' if c.exclude else ''}. Reason: {c.reason}")


def lines_of(report: Report | None, related: Related | None = None) -> list[str]:
    if report is None:
        return []
    loud, quiet = shown(of_records(related or {}, report.keys))
    place = ", ".join(p for p in (report.best("journal"), report.best("year"), report.place) if p)
    lines = [f"Title: {one_line(report.title) or '(none)'}"]
    lines += [f"In: {place}"] if place else []
    lines += [f"Authors: {report.best('authors')}"] if report.best("authors") else []
    text = paragraphs(report.best("abstract"))
    lines += [f"{p.label}: {p.text}" if p.label else p.text for p in text] if text else ["(no abstract)"]
    for label, name in (("Keywords", "keywords"), ("DOI", "doi"), ("PMID", "pmid"), ("Link", "url")):
        lines += [f"{label}: {report.best(name)}"] if report.best(name) else []
    return [*(f"TAKE CARE: {words}" for words in loud), *lines, *quiet, f"Key: {report.key}"]
