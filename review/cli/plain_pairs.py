"""Pairs that may be one report, line by line: what they agree in and what not, then what is typed."""

from __future__ import annotations

from typing import TextIO

from review.cli.typed import Typed
from review.dedup.sitting import RELATIONS, Pairs
from review.model.protocol import Protocol
from review.model.record import Record

HELP = """\
s            they are the same report
d            they are different
r            the relations; r 1 or r version_of: not the same, but related
k            skip for now
n TEXT       a note, saved with your s, d or r
u            undo your last word
m            to the merged pairs and back; d takes a merged pair apart
b, +         the pair before, the next one
l            read the pair again
c            why: the rule, and how each field compares
p            progress
?            this list
q            leave; all that was saved is saved"""
_FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")


class PairLines(Typed):
    """A sitting over the pairs of `session`."""

    help = HELP

    def __init__(self, session: Pairs, protocol: Protocol, given: TextIO | None = None, told: TextIO | None = None) -> None:
        super().__init__(protocol, "", given, told)
        self.session = session
        self._note = ""  # goes with the next word

    def run(self) -> bool:
        return self.begin(f"{self.session.who}, pairs that may be the same report.")

    def do(self, word: str, rest: str, line: str) -> bool:
        session = self.session
        match word:
            case "s" | "same":
                self._word(same=True)
            case "d" | "different":
                self._word(same=False)
            case "r" | "related":
                self._related(rest)
            case "n" | "note":
                self._note = rest
                self.say("The note is saved with your s, d or r.")
            case "u" | "undo":
                self.say(session.undone())
                self.show()
            case "m" | "merged":
                self._note = ""
                session.look_over()
                self.show()
            case "k" | "skip" | "b" | "back" | "+":
                self._note = ""
                session.step(-1 if word in ("b", "back") else 1)
                self.show()
            case "p":
                self.say(f"{session.said:,} decided, {session.left:,} left; {len(session.merged):,} merged.")
            case _:
                return False
        return True

    def _word(self, *, same: bool, relation: str = "") -> None:
        question = self.session.current
        if question is None:
            self.wrong("There is no pair here.")
            return
        self.session.say(same, relation, self._note)
        self._note = ""
        self.say(f"Saved: {'the same report' if same else relation.replace('_', ' ') or 'different'}: {question.a.title}")
        self.show()

    def _related(self, typed: str) -> None:
        names = list(RELATIONS)
        wanted = names[int(typed) - 1] if typed.isdecimal() and 1 <= int(typed) <= len(names) else typed.replace(" ", "_")
        if wanted in names:
            self._word(same=False, relation=wanted)
            return
        (self.wrong if typed else self.say)("Not the same report, but one is:")
        for n, name in enumerate(names, 1):
            self.say(f"  r {n}  {RELATIONS[name]}")

    def show(self) -> None:
        self.say("")
        session, question = self.session, self.session.current
        if question is None:
            self.say("That was the last merged pair." if session.looking_over else "No pair is left to decide.")
            return
        kind = (
            f"Merged pair {session.position + 1:,} of {len(session.merged):,}"
            if session.looking_over
            else f"Unsure pair, {session.left:,} left"
        )
        found = session.explanation
        self.say(f"{kind}: {found.evidence if found else question.link.evidence}.")
        if word := session.word(question):
            what = "the same report" if word.same else word.relation.replace("_", " ") or "different reports"
            self.say(f"Said by {word.by}: {what}{f'; note: {word.note}' if word.note else ''}")
        levels = {f.name: f.level for f in found.fields} if found else {}
        for name in _FIELDS:
            a, b = _text(question.a, name), _text(question.b, name)
            if a and a == b:
                self.say(f"{name}, the same: {a}")
            elif a or b:
                self.say(f"{name}, {levels.get(name, 'different')}:\n  {a or '(none)'}\n  {b or '(none)'}")
        self.say(f"Keys: {question.a.key} and {question.b.key}")

    def _criteria(self) -> None:
        found = self.session.explanation
        if found is None:
            return
        self.say(f"{found.rule}: probability {found.probability:.3f}{'; a veto' if found.veto else ''}")
        for field in found.fields:
            self.say(f"{field.name}: {field.level} ({field.weight:+.0f})")


def _text(record: Record, name: str) -> str:
    value = getattr(record, name)
    return " ".join(("; ".join(value) if isinstance(value, tuple) else str(value or "")).split())
