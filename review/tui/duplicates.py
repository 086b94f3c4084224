"""The screen for duplicates: two records side by side, what differs marked, one key a word."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Static

from review.dedup.differing import SHOWN, read_like, short_key, told_in_a_line
from review.dedup.said import CONTRADICTED
from review.dedup.sitting import Pairs
from review.model.events import Sameness
from review.model.record import Record, Report
from review.model.related import RELATIONS
from review.model.words import counted
from review.screening.pace import Pace, duration
from review.tui.columns import beside, heads
from review.tui.dialogs import Ask, Choose, Line, Tell
from review.tui.duplicates_words import HELP, SIGNS, contradiction, what
from review.tui.frame import Frame
from review.tui.full_text import opened
from review.tui.keys import Wishes
from review.tui.parts import safe, short

READING = 0.2  # seconds without a key, after which the pairs that come next are looked at


class DuplicatesApp(Frame):
    """A sitting over `session`."""

    TITLE = "review dedup"
    DECIDES = frozenset({"say", "relation"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "say(True)", "Same", id="same"),
        Binding("d", "say(False)", "Different", id="different"),
        Binding("r", "relation", "Related", id="related"),
        Binding("l", "skip", "Later", id="skip"),
        Binding("n", "note", "Note", id="note"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("m", "merged", "Merged", id="merged"),
        Binding("w", "whole", "Whole", id="whole"),
        Binding("left,p", "step(-1)", "Back", key_display="←", id="back"),
        Binding("right", "step(1)", "On", key_display="→", id="on"),
        Binding("g,slash", "go", "Go to", id="go"),
        Binding("o", "open", "Open", id="open"),
        Binding("c", "side", "Why", id="criteria"),
        Binding("question_mark", "help", "Help", id="help"),
    ]

    def __init__(
        self,
        session: Pairs,
        notice: str = "",
        wishes: Wishes | None = None,
        clock: Callable[[], float] = time.monotonic,
        greeting: str = "",
    ) -> None:
        """clock: seconds that never go back; greeting: said when it opens."""
        super().__init__(wishes)
        self.session, self.notice = session, notice
        self.clock, self.pace = clock, Pace(clock())
        self._greeting = greeting
        self._note = ""
        self._whole = False
        self._looked_for = ""
        self._reading: Timer | None = None
        self._fitted = 0  # cells that the two columns were made for

    def greeting(self) -> str:
        return self._greeting

    def on_mount(self) -> None:
        super().on_mount()
        # Told whenever the room changes, also some time after the window or the panel did; in the midst of laying out, so that what
        # the columns need then would not be laid out.
        self.watch(self.query_one("#record"), "virtual_size", self._fit_soon, init=False)

    def _fit_soon(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """The two columns again, in the room that the text has now: the panel beside it came or went."""
        if self._room() != self._fitted:
            self.query_one("#text", Static).update(safe(self.main_text()))

    def _room(self) -> int:
        return max(30, (self.query_one("#text").size.width or self.size.width - 2) - 2)

    def redraw(self, message: str = "", error: bool = False) -> None:
        super().redraw(message, error)
        if self._reading is not None:
            self._reading.stop()
        self._reading = self.set_timer(READING, self._look_further)

    def _look_further(self) -> None:
        """While this pair is read, what comes next is looked at: no key waits for it."""
        self.session.look_further()

    def place(self) -> object:
        return self.session.looking_over, self.session.position

    def bar_text(self) -> str:
        """Who, where, how far, how long still; what there is no room for is left out."""
        s = self.session
        if s.looking_over:
            return f"{s.who} · merged pairs, least sure first · {min(s.position + 1, len(s.merged)):,} of {len(s.merged):,}"
        here = f"pair {s.position + 1:,} of {len(s.unsure):,}" if s.current else counted(len(s.unsure), "pair")
        each = self.pace.each
        parts = [s.who, here, f"{s.said:,} decided", f"{s.left:,} left"]
        if each is not None and s.left:
            parts += [f"{duration(each * s.left)} to go", f"{each:.0f} s each"]
        while cell_len(" · ".join(parts)) > self.size.width - 2 and len(parts) > 2:
            parts.pop()
        return " · ".join(parts)

    def main_text(self) -> Text:
        question = self.session.current
        if question is None:
            return Text(self._nothing_left(), style="bold")
        text = Text()
        word = self.session.word(question)
        if word is not None:
            text.append(
                f"Said by {word.by}: {what(word.same, word.relation, word.first)}{f'; {word.note}' if word.note else ''}\n",
                style="bold reverse",
            )
        elif question.link.rule == "person":
            text.append("What was said of this pair is taken back: the next run goes by the rules again.\n", style="bold")
        elif question.merged:
            text.append(f"Merged: {question.link.rule}, p = {question.link.probability:.2f}. d takes them apart.\n", style="bold")
        elif (follows := self.session.follows(question)) is not None:
            text.append(f"Follows from what was said of other pairs: {what(follows)}. s or d says otherwise.\n", style="bold")
        if self._note:
            text.append(f"Your note: {self._note}\n", style="italic")
        found = self.session.explanation
        probability, evidence = question.link.probability, question.link.evidence
        if found and question.link.rule == "person":  # what the rules say of it
            probability, evidence = found.probability, found.evidence
        if found and (question.link.rule == "person" or not question.merged):
            text.append(f"{self.session.likely(found.rule, probability)}\n", style="bold")
        apart = self._apart()
        text.append(f"{evidence.removesuffix(CONTRADICTED) if apart else evidence}\n", style="dim")
        if shared := self.session.not_counted:
            text.append(f"{shared[0].upper()}{shared[1:]}.\n")
        text.append_text(apart)
        text.append("\n")
        self._fitted = self._room()
        for line in heads(self._head(question.a, question.b), self._head(question.b, question.a), self._fitted):
            text.append_text(line)
        levels = {f.name: f.level for f in found.fields} if found else {}
        for line in beside(question.a, question.b, levels, self._fitted, whole=self._whole):
            text.append_text(line)
        return text

    def _apart(self) -> Text:
        """Which other records of the two reports can't stand in one."""
        apart = self.session.apart()
        if not apart:
            return Text()
        first = apart[0]
        more = f" (and {len(apart) - 1} more)" if len(apart) > 1 else ""
        return Text(
            f"But {short_key(first.a.key)} and {short_key(first.b.key)}, of the same two reports, can't be one: {first.why}{more}; c tells more\n"
        )

    def _head(self, record: Record, other: Record) -> str:
        more = len(set(self.session.others(record.key)) - {other.key})
        return f"{short_key(record.key)}{f' (+ {more} merged)' if more else ''}"

    def _nothing_left(self) -> str:
        s = self.session
        if not s.queue:
            what = "The rules have merged no pair." if s.looking_over else "No pair needs a person: the rules are sure of all of them."
            return f"{what}\n\nm goes to {'the unsure pairs' if s.looking_over else 'the merged pairs'}, q leaves."
        if s.looking_over:
            return "That was the last merged pair.\n\nm goes back to the unsure ones, ← to the pair before."
        if s.left:
            return f"That was the last pair; {s.left:,} before it {'is' if s.left == 1 else 'are'} still open.\n\nl goes to the first of them, ← to the pair before."
        return (
            "No pair is left to decide.\n\nm shows what is merged, u undoes, ← goes back, q leaves; 'review run' then follows your words."
        )

    def side_text(self) -> Text:
        found = self.session.explanation
        if found is None:
            return Text("")
        text = Text(f"{found.rule}\n", style="bold")
        text.append(f"probability {found.probability:.3f}{'; a veto' if found.veto else ''}\n\n", style="not bold")
        for field in found.fields:
            if field.level != "missing":
                text.append(f"{SHOWN.get(field.name, field.name)}: {field.said} ({field.weight:+.0f})\n", style="not bold")
        text.append("+ speaks for one report, - for two\n", style="dim")
        text.append(f"\nProposed by: {', '.join(found.blocks) or 'no block'}\n", style="not bold")
        for line in read_like(found.kinds):
            text.append(f"{line[0].upper()}{line[1:]}\n", style="not bold")
        for side, records in zip(("first", "second"), self.session.rest(), strict=True):
            if records:
                text.append(f"\nMerged with the {side}:\n", style="bold")
            for r in records:
                text.append(f"{told_in_a_line(r)}\n", style="not bold")
        if apart := self.session.apart():
            text.append("\nOf these, in no one report:\n", style="bold")
        for x in apart:
            text.append(f"{short_key(x.a.key)} and {short_key(x.b.key)}: {x.why}; {x.evidence}\n", style="not bold")
        return text

    def action_say(self, same: bool, relation: str = "", first: str = "") -> None:
        question = self.session.current
        if question is None:
            self.redraw("There is no pair here. ← goes back to one.", error=True)
            return
        against: list[Sameness] = []
        saved = f"Saved: {what(same, relation, first)}: {short(question.a.title, 50) or question.a.key}"
        note, self._note = self._note, ""  # before the next pair is drawn, to which it does not belong
        if not self.act(lambda: against.extend(self.session.say(same, relation, note, first)), said=saved):
            self._note = note
            self.query_one("#text", Static).update(safe(self.main_text()))
            return
        self.pace.act(self.clock())
        self._show_bar()
        if against:
            self.redraw(f"{saved}\n{contradiction(against, same=same)}", error=True)

    def action_relation(self) -> None:
        if self.session.current is None:
            self.redraw("There is no pair here. ← goes back to one.", error=True)
            return

        def chosen(found: list[str] | None) -> None:
            if found:
                self._related(next(name for name, words in RELATIONS.items() if words == found[0]))

        self.push_screen(Choose("Not the same report, but one is:", list(RELATIONS.values())), chosen)

    def _related(self, relation: str) -> None:
        """Keep the relation; where the records don't tell which is which, ask."""
        question = self.session.current
        if question is None or not self.session.untold(relation):
            self.action_say(False, relation)
            return
        sides = {f"{side}: {told_in_a_line(r)}": r.key for side, r in (("left", question.a), ("right", question.b))}

        def chosen(found: list[str] | None) -> None:
            if found:
                self.action_say(False, relation, sides.get(found[0], ""))

        self.push_screen(Choose(f"Which one is {RELATIONS[relation]}?", [*sides, "I can't tell"]), chosen)

    def action_note(self) -> None:
        if self.session.current is None:
            self.redraw("There is no pair here. ← goes back to one.", error=True)
            return

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._note = text[0].strip()
                self.redraw("The note is saved with your word: s, d or r.")

        self.push_screen(Ask(Line("Note on this pair:", self._note)), written)

    def action_undo(self) -> None:
        undone: list[str] = []
        if self.act(lambda: undone.append(self.session.undone())):
            self._note = ""
            self.pace.taken_back()
            self.redraw(undone[0])

    def action_skip(self) -> None:
        self._note = ""
        if self.session.current is None and self.session.left:
            self.session.to_open()
            self.redraw()
            return
        self.redraw("Left for later; it comes again at the end." if self.session.skip() else "This is the only one left.")

    def action_whole(self) -> None:
        self._whole = not self._whole
        self.redraw("Every word is shown. w leaves out again what both have." if self._whole else "")

    def action_go(self) -> None:
        def written(text: list[str] | None) -> None:
            if text and text[0].strip():
                self._looked_for = text[0].strip()
                if self.session.go(self._looked_for):
                    self._note = ""
                    self.redraw("g or / and Enter goes to the next with these words.")
                else:
                    self.redraw(f"No pair has '{short(self._looked_for)}'; this list has {counted(len(self.session.queue), 'pair')}.")

        self.push_screen(
            Ask(Line("Go to: a number, a key, DOI or PMID, or words of a title or author:", self._looked_for, anew=True)), written
        )

    def action_open(self) -> None:
        question = self.session.current
        if question is None:
            self.redraw("There is no pair here. ← goes back to one.", error=True)
            return
        self.redraw("\n".join(dict.fromkeys(opened(None, Report(key=r.key, records=(r,))) for r in (question.a, question.b))))

    def action_help(self) -> None:
        text = Text()
        for binding in self.own_bindings():
            if binding.show:
                text.append(f"{self.key_of(binding):>6}", style="bold")
                text.append(f"  {HELP.get(binding.id or '', binding.description)}\n")
        text.append(f"\n{SIGNS}")
        text.append("\nThe text: ↑ ↓ or k j by lines, Space and b by pages.\n")
        self.push_screen(Tell(text))

    def action_merged(self) -> None:
        self._note = ""
        self.session.look_over()
        self.redraw()

    def action_step(self, by: int) -> None:
        self._note = ""
        self.session.step(by)
        self.redraw()
