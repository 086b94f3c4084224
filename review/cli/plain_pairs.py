"""Pairs that may be one report, line by line: what they agree in and what not, then what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from review.cli.typed import Typed
from review.dedup.asking import at_once
from review.dedup.differing import SHOWN, differences, marked, read_like, rows, short_key, told_in_a_line, what
from review.dedup.pieces import Piece
from review.dedup.said import CONTRADICTED, in_words
from review.dedup.sitting import Pairs
from review.model.events import Sameness
from review.model.reading import one_line
from review.model.related import RELATIONS
from review.model.words import counted

HELP = """\
s            they are the same report
d            they are different
r            the relations; r 1 or r version_of: not the same, but related; r 1 2: the second is the version, the erratum …
a            where more than two reports hang together: lists them; a 1 3: these are one report, the others not; a all; a none
l            later: skip for now; it comes again at the end
n TEXT       a note, saved with your s, d or r
u            undo your last word
m            to the merged pairs and back; d takes a merged pair apart
b, +         the pair before, the next one
g WHAT       go to a pair: its number, a key, DOI, PMID, words of a title or author
f            the kinds of doubt, and how many are left of each; f 2: only these; f all
v            view: read the pair again
w            read every word of it, also those that both have
c            why: the rule, and how each field compares
p            progress
?            this list
q            leave; all that was saved is saved"""
_MOST_APART = 3  # pairs of records that can stand in no one report
_SIGNS = {"differ": "different", "close": "alike in part", "missing": "only one has it", "agree": "the same, written in another way"}


class PairLines(Typed):
    """A sitting over the pairs of `session`."""

    help = HELP
    again = "v"

    def __init__(self, session: Pairs, given: TextIO | None = None, told: TextIO | None = None) -> None:
        super().__init__(given, told)
        self.session = session

    def run(self) -> bool:
        return self.begin(f"{self.session.who}, pairs that may be the same report. What the other one lacks stands between ‹ and ›.")

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
                if session.current:
                    session.notes[session.current.pair] = rest
                self.say("The note is saved with your s, d or r.")
            case "u" | "undo":
                self.say(session.undone())
                self.show()
            case "m" | "merged":
                session.look_over()
                self.show()
            case "l" | "later" | "k" | "skip":
                if not session.skip() and session.current:
                    self.say("This is the only one left.")
                self.show()
            case "b" | "back" | "+":
                session.step(-1 if word in ("b", "back") else 1)
                self.show()
            case "g" | "go":
                if rest and session.go(rest):
                    self.show()
                else:
                    self.wrong(
                        f"No pair has '{rest}'; this list has {counted(len(session.queue), 'pair')}."
                        if rest
                        else "Go where? g 3, or g and a key, DOI, PMID or words of a title."
                    )
            case "a" | "all":
                self._all(rest)
            case "f" | "filter":
                self._filter(rest)
            case "w" | "whole":
                self.show(whole=True)
            case "p":
                self.say(f"{session.said:,} decided, {session.left:,} left; {len(session.merged):,} merged.")
            case _:
                return False
        return True

    def _word(self, *, same: bool, relation: str = "", first: str = "") -> None:
        question = self.session.current
        if question is None:
            self.wrong("There is no pair here.")
            return
        told = what(same, relation, first, self.session.which(relation))
        against = self.session.say(same, relation, first)
        self.say(f"Saved: {told}: {one_line(question.a.title) or question.a.key}")
        self._contradicted(against)
        self.show()

    def _contradicted(self, against: Sequence[Sameness]) -> None:
        if against:
            self.say(f"But that contradicts: {'; '.join(map(in_words, against))}. Change one of these words.")

    def _all(self, typed: str) -> None:
        found = self.session.hanging()
        if found is None:
            (self.wrong if typed else self.say)("Only these two are asked about here: s, d or r.")
            return
        of, same = len(found.keys), _ticked(typed, len(found.keys))
        if same is None:
            (self.wrong if typed else self.say)(f"{of} reports hang together here:")
            for n, line in enumerate(found.lines(), 1):
                self.say(f"  {n}  {line}")
            self.say("a 1 3: these are one report, the others not. a all: all are one. a none: all are different.")
            return
        words, against = self.session.say_all(found, same)
        self.say(f"Saved: {at_once(len(same), of)} ({counted(len(words), 'word')}; u takes all of them back).")
        self._contradicted(against)
        self.show()

    def _filter(self, typed: str) -> None:
        kinds = self.session.kinds()
        wanted = None
        if typed.isdecimal() and 1 <= int(typed) <= len(kinds):
            wanted = kinds[int(typed) - 1]
        elif typed != "all":
            (self.wrong if typed else self.say)(f"{self.session.left:,} pairs are open:")
            for n, kind in enumerate(kinds, 1):
                self.say(f"  f {n}  {kind.name}: {kind.left:,} left of {len(kind.pairs):,}")
            return
        self.session.only(wanted)
        self.say(f"Shown: {counted(len(self.session.unsure), 'pair')}, {self.session.left_here:,} to decide.")
        self.show()

    def _related(self, typed: str) -> None:
        names = list(RELATIONS)
        typed, _, side = typed.partition(" ")
        if side and side not in ("1", "2"):
            typed, side = f"{typed} {side}", ""  # version of
        wanted = names[int(typed) - 1] if typed.isdecimal() and 1 <= int(typed) <= len(names) else typed.replace(" ", "_")
        question, n = self.session.current, names.index(wanted) + 1 if wanted in names else 0
        untold = n and not side and self.session.untold(wanted)
        if wanted in names:
            first = "" if not side or question is None else (question.a if side == "1" else question.b).key
            self._word(same=False, relation=wanted, first=first)
            if untold:
                self.say(f"Which of the two it is, their records don't tell: u, then r {n} 1 (the first is) or r {n} 2 (the second is).")
            return
        (self.wrong if typed else self.say)("Not the same report, but one is:")
        for n, name in enumerate(names, 1):
            self.say(f"  r {n}  {RELATIONS[name]}")

    def show(self, *, whole: bool = False) -> None:
        self.say("")
        session, question = self.session, self.session.current
        if question is None:
            self.say(self._nothing_left())
            return
        kind = (
            f"Merged pair {session.position + 1:,} of {len(session.merged):,}"
            if session.looking_over
            else f"Pair {session.position + 1:,} of {len(session.unsure):,}, {session.left:,} left"
        )
        found = session.explanation
        probability, evidence, merged = question.link.probability, question.link.evidence, question.merged
        if found and question.link.rule == "person":  # what the rules say of it
            probability, evidence, merged = found.probability, found.evidence, False
        sure = "" if found is None or merged else f"{self.session.likely(found.rule, probability)}; "
        apart = session.against()  # by name below
        self.say(f"{kind}: {sure}{evidence.removesuffix(CONTRADICTED) if apart else evidence}.")
        if shared := session.not_counted:
            self.say(f"{shared[0].upper()}{shared[1:]}.")
        for n, x in [(n, x) for some in apart for n, x in enumerate(some)][:_MOST_APART]:
            self.say(
                f"But {short_key(x.a.key)} and {short_key(x.b.key)}, of the same two reports, {x.says(found.rule if found else '')}; {x.evidence}."
            )
            for line in differences(x.a, x.b, x.differ) if n == 0 else ():
                self.say(f"  {line}")
        if (more := sum(map(len, apart)) - _MOST_APART) > 0:
            self.say(f"So {'does' if more == 1 else 'do'} {counted(more, 'pair')} more of them.")
        if word := session.word(question):
            what = "the same report" if word.same else word.relation.replace("_", " ") or "different reports"
            self.say(f"Said by {word.by}: {what}{f'; note: {word.note}' if word.note else ''}")
            if against := session.contradicts(word):
                self.say(f"But that contradicts: {'; '.join(map(in_words, against))}.")
        elif (follows := session.follows(question)) is not None and not question.merged:
            self.say(f"Follows from what was said of other pairs: {'the same report' if follows else 'different reports'}.")
        if session.note:
            self.say(f"Your note: {session.note}")
        if hanging := session.hanging():
            self.say(f"{len(hanging.keys)} reports hang together here by {counted(len(hanging.open), 'open pair')}: a lists them.")
        # What the rules make of a field says more than that it differs.
        said = {f.name: f.said for f in found.fields if f.level != "missing"} if found else {}
        for row in rows(question.a, question.b, {f.name: f.level for f in found.fields} if found else {}, whole=whole):
            name = SHOWN.get(row.name, row.name)
            if not any(piece.text != "–" for piece in (*row.a, *row.b)):
                self.say(f"{name}: neither has one")
            elif row.same:
                self.say(f"{name}, the same: {_text(row.a)}")
            else:
                how = said.get(row.name, _SIGNS[row.sign]) if row.sign in ("differ", "close") else _SIGNS[row.sign]
                self.say(f"{name}, {how}:\n  {_text(row.a)}\n  {_text(row.b)}")
        for side, rest in zip(("first", "second"), session.rest(), strict=True):
            for record in rest:
                self.say(f"Merged with the {side}: {told_in_a_line(record)}")
        self.say(f"Keys: {short_key(question.a.key)} and {short_key(question.b.key)}")

    def _nothing_left(self) -> str:
        if not self.session.queue:
            over = self.session.looking_over
            return "The rules have merged no pair." if over else "No pair needs a person: the rules are sure of all of them."
        if self.session.looking_over:
            return "That was the last merged pair."
        left = self.session.left
        if self.session.kind and left and not self.session.left_here:
            return f"Of this kind nothing is left; {counted(left, 'pair')} of others still open: f all."
        return f"That was the last pair; {counted(left, 'pair')} before it still open." if left else "No pair is left to decide."

    def _criteria(self) -> None:
        found = self.session.explanation
        if found is None:
            return
        self.say(f"{found.rule}: probability {found.probability:.3f}{'; never merged by the rules alone' if found.veto else ''}")
        for field in found.fields:
            if field.level != "missing":
                self.say(f"{SHOWN.get(field.name, field.name)}: {field.said} ({field.weight:+.0f})")
        self.say("+ speaks for one report, - for two.")
        for line in read_like(found.kinds):
            self.say(f"{line[0].upper()}{line[1:]}.")


def _text(pieces: list[Piece]) -> str:
    text = "".join(map(marked, pieces))
    return "(none)" if text == "–" else text


def _ticked(typed: str, of: int) -> set[int] | None:
    """The places, from 0 on, of the reports that are named by number, or by all or none; None where that is not what was typed."""
    if typed in ("all", "none"):
        return set(range(of)) if typed == "all" else set()
    words = typed.replace(",", " ").split()
    return {int(word) - 1 for word in words} if words and all(w.isdecimal() and 1 <= int(w) <= of for w in words) else None
