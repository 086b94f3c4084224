"""The screen for duplicates: two records side by side, what differs marked, one key a word."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from review.dedup.asking import Word, at_once
from review.dedup.differing import short_key, told_in_a_line, what
from review.dedup.questions import Question
from review.dedup.sitting import Pairs
from review.model.events import Sameness
from review.model.record import Record, Report
from review.model.related import RELATIONS
from review.model.words import counted
from review.screening.pace import Pace, duration
from review.tui.columns import beside, heads
from review.tui.dialogs import Ask, Choose, Group, Line, Tell
from review.tui.duplicates_text import above, why
from review.tui.duplicates_words import HELP, SIGNS, contradiction, nothing_left
from review.tui.full_text import opened
from review.tui.haste import Unhurried
from review.tui.keys import Wishes
from review.tui.parts import safe, short


class DuplicatesApp(Unhurried):
    """A sitting over `session`."""

    TITLE = "review dedup"
    DECIDES = frozenset({"say", "relation", "all"})
    SAYS = frozenset({"say"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "say(True)", "Same", id="same"),
        Binding("d", "say(False)", "Different", id="different"),
        Binding("r", "relation", "Related", id="related"),
        Binding("a", "all", "All", id="all"),
        Binding("l", "skip", "Later", id="skip"),
        Binding("n", "note", "Note", id="note"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("m", "merged", "Merged", id="merged"),
        Binding("w", "whole", "Whole", id="whole", show=False),
        Binding("left,p", "step(-1)", "Back", key_display="←", id="back"),
        Binding("right", "step(1)", "On", key_display="→", id="on"),
        Binding("f", "filter", "Filter", id="filter"),
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
        self._whole = False
        self._looked_for = ""
        self._looking = False
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
        if not self._looking and self.lives_alone:
            self.run_worker(self._look_ahead())

    async def _look_ahead(self) -> None:
        """While a pair is read, and while keys are typed, what comes next is looked at: no key waits for it."""
        self._looking = True
        try:
            while (ahead := self.session.ahead()) is not None:
                self.session.look(await asyncio.to_thread(ahead.seen))
        finally:
            self._looking = False

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
        if s.kind:
            parts[2:] = [f"{s.left_here:,} left of these", f"{s.left:,} in all", s.kind]
        if each is not None and s.left:
            parts += [f"{duration(each * s.left)} to go", f"{each:.0f} s each"]
        while cell_len(" · ".join(parts)) > self.size.width - 2 and len(parts) > 2:
            parts.pop()
        return " · ".join(parts)

    def main_text(self) -> Text:
        question = self.session.current
        if question is None:
            return Text(nothing_left(self.session), style="bold")
        text = above(self.session, question, self.key_of(self._binding("all")))
        self._fitted = self._room()
        for line in heads(self._head(question.a, question.b), self._head(question.b, question.a), self._fitted):
            text.append_text(line)
        found = self.session.explanation
        levels = {f.name: f.level for f in found.fields} if found else {}
        for line in beside(question.a, question.b, levels, self._fitted, whole=self._whole):
            text.append_text(line)
        return text

    def _binding(self, name: str) -> Binding:
        return next(b for b in self.own_bindings() if b.id == name)

    def _head(self, record: Record, other: Record) -> str:
        more = len(self.session.others(record.key) - {other.key})
        # A key of a review begins with its source; one of a file is that of the file.
        source = f"{record.source} · " if record.source != other.source and not record.key.startswith(f"{record.source}:") else ""
        return f"{source}{short_key(record.key)}{f' (+{more} merged)' if more else ''}"

    def side_text(self) -> Text:
        return why(self.session)

    def _pair(self) -> Question | None:
        """What stands on the screen; None, and it is said, where there is nothing."""
        if self.session.current is None:
            self.redraw("There is no pair here. ← goes back to one.", error=True)
        return self.session.current

    def action_say(self, same: bool, relation: str = "", first: str = "") -> None:
        if (question := self._pair()) is None:
            return
        against: list[Sameness] = []
        saved = f"Saved: {what(same, relation, first, self.session.which(relation))}: {short(question.a.title) or question.a.key}"
        if not self.act(lambda: against.extend(self.session.say(same, relation, first)), said=saved):
            return
        self.pace.act(self.clock())
        self._show_bar()
        if against:
            self.redraw(f"{saved}\n{contradiction(against, same=same)}", error=True)

    def action_all(self) -> None:
        found = self.session.hanging()
        if found is None:
            self.redraw("Only these two are asked about here: s, d or r.")
            return
        told = found.lines()

        def chosen(ticked: list[str] | None) -> None:
            if ticked is None:
                return
            same = [told.index(text) for text in ticked]
            said: list[tuple[list[Word], list[Sameness]]] = []
            if self.act(lambda: said.append(self.session.say_all(found, same))):
                words, against = said[0]
                self.pace.act(self.clock())
                saved = f"Saved: {at_once(len(same), len(told))} ({counted(len(words), 'word')}; u takes all of them back)."
                self.redraw(f"{saved}\n{contradiction(against, same=bool(same))}" if against else saved, error=bool(against))

        self.push_screen(Group("Which of these are one report?", told, lambda ticked: at_once(ticked, len(told))), chosen)

    def action_filter(self) -> None:
        kinds = self.session.kinds()
        names = {f"{self.session.left:>5,}  all of them": None, **{f"{k.left:>5,}  {k.name}": k for k in kinds}}

        def chosen(found: list[str] | None) -> None:
            if found:
                self.session.only(names[found[0]])
                self.redraw(f"Shown: {counted(len(self.session.unsure), 'pair')}, {self.session.left_here:,} to decide.")

        self.push_screen(Choose("Show which of the pairs that are left?", list(names)), chosen)

    def action_relation(self) -> None:
        if self._pair() is None:
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
        if (question := self._pair()) is None:
            return

        def written(text: list[str] | None) -> None:
            if text is not None:
                self.session.notes[question.pair] = text[0].strip()
                self.redraw("The note is saved with your word: s, d or r.")

        self.push_screen(Ask(Line("Note on this pair:", self.session.note)), written)

    def take_back(self, why: str = "") -> None:
        undone: list[str] = []
        if self.act(lambda: undone.append(self.session.undone())):
            self.pace.taken_back()
            self.redraw(why or undone[0])

    def action_skip(self) -> None:
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
                    self.redraw("" if self._looked_for.replace(",", "").isdecimal() else "g and Enter goes to the next with these words.")
                else:
                    self.redraw(f"No pair has '{short(self._looked_for)}'; this list has {counted(len(self.session.queue), 'pair')}.")

        self.push_screen(
            Ask(Line("Go to: a number, a key, DOI or PMID, or words of a title or author:", self._looked_for, anew=True)), written
        )

    def action_open(self) -> None:
        if (question := self._pair()) is None:
            return
        self.redraw("\n".join(dict.fromkeys(opened(None, Report(key=r.key, records=(r,))) for r in (question.a, question.b))))

    def action_help(self) -> None:
        keys = Text()
        for binding in self.own_bindings():
            if (said := HELP.get(binding.id or "")) is not None:
                keys.append(f"{self.key_of(binding):>6}", style="bold")
                keys.append(f"  {said}\n")
        self.push_screen(Tell(keys.append(f"\n{SIGNS}\nThe text: ↑ ↓ or k j by lines, Space and b by pages.\n")))

    def action_merged(self) -> None:
        self.session.look_over()
        self.redraw()

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()
