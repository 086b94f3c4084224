"""The screening screen: one record, one key a verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType

from review.model.events import Note, Tags
from review.model.record import Report
from review.model.related import Related
from review.screening.pace import duration
from review.screening.session import AMENDED, Screening
from review.tui.dialogs import Ask, Choose, Line, Tell
from review.tui.finding import Finding
from review.tui.full_text import FullTexts, drawn, opened, turned
from review.tui.help import help_text
from review.tui.keys import Wishes, clashes
from review.tui.parts import criteria_text, record_text, related_text, short


class ScreenApp(Finding):
    """One reviewer's sitting over `session`."""

    TITLE = "review screen"
    DECIDES = frozenset({"decide", "exclude", "exclude_with_reason", "lost"})
    SAYS = frozenset({"decide", "exclude"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "decide('include')", "Include", id="include"),
        Binding("e", "exclude", "Exclude", id="exclude"),
        Binding("E", "exclude_with_reason", "with reason", id="exclude-reason"),
        Binding("m", "decide('maybe')", "Maybe", id="maybe"),
        Binding("r", "lost", "Not retrieved", id="not-retrieved"),
        Binding("s", "skip", "Skip", id="skip"),
        Binding("n", "note", "Note", id="note"),
        Binding("t", "tags", "Tags", id="tags"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←", id="back"),
        Binding("right", "step(1)", "On", key_display="→", id="on"),
        Binding("slash", "find", "Find", id="find"),
        Binding("f", "filter", "Filter", id="filter"),
        Binding("g", "go", "Go to", id="go"),
        Binding("o", "open", "Open", id="open"),
        Binding("v", "full_text", "Full text", id="full-text"),
        Binding("question_mark", "help", "Help", id="help"),
    ]

    def __init__(
        self,
        session: Screening,
        wishes: Wishes | None = None,
        full_texts: FullTexts | None = None,
        amended: Callable[[], bool] = lambda: False,
        related: Related | None = None,
    ) -> None:
        """full_texts: where the files of the full texts are, in the phase that reads them; amended: whether the protocol is no more the
        one that this sitting goes by; related: report -> others that bear on it.
        """
        super().__init__(session, wishes)
        self.full_texts = full_texts
        self._amended = amended
        self.related = related or {}
        self._reading = ""  # the report whose full text is in front of its record
        self.notice = session.protocol.review.notice
        self._unsaved: dict[str, str] = {}  # notes that the disk did not take
        self._criteria = criteria_text(session.protocol, session.plan.name)

    def greeting(self) -> str:
        """Said at the very first sitting: where fingers may know another meaning of a key."""
        other = [] if self.session.progress.done else clashes(self._meanings())
        care = "Take care: " + ";\n".join(other) + ". ? tells how to change keys." if other else ""
        words = "Records with the question’s words come first, until all have been compared." if self.session.by_words else ""
        return "\n".join(filter(None, (self.session.pilot_apart, care, words)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("lost", "full_text"):
            return self.session.plan.name == "full-text"
        return not (action == "exclude_with_reason" and self.session.plan.reason_required)

    def place(self) -> object:
        return self.session.position, self.session.filtered, self._reading

    def bar_text(self) -> str:
        """Who, where, how far; what there is no room for is left out from the least needed on."""
        done = self.session.progress
        share = f" ({100 * done.done // done.total if done.total else 100} %)"
        shown = (
            f"{self.session.filtered}: {self.session.left_in_view:,} of {len(self.session.view):,} open" if self.session.filtered else ""
        )
        each = f"{done.each:.0f} s each" if done.each is not None else ""
        to_go = f"{duration(done.seconds_left)} to go" if done.seconds_left else ""
        for percent, pace, left, sitting in ((1, 1, 1, 1), (0, 1, 1, 1), (0, 0, 1, 1), (0, 0, 0, 1), (0, 0, 0, 0)):
            parts = (
                self.session.who, self.session.part, f"{done.done:,} of {done.total:,}{share if percent else ''}", shown,
                f"{done.left:,} left" if left else "", f"{done.sitting:,} this sitting" if sitting else "", each if pace else "", to_go,
            )  # fmt: skip
            text = " · ".join(p for p in parts if p)
            if cell_len(text) <= self.size.width - 2:
                break
        return text

    def main_text(self) -> Text:
        report = self.session.current
        if report is None:
            return Text(self._nothing_left(), style="bold")
        votes = self.session.votes_on(report.key)
        status = " and ".join(f"{v.verdict}{f' ({v.reason})' if v.reason else ''}" for v in votes)
        if status:
            status = f"Your decision: {status}{self.session.merged(report.key)}"
        why = self.session.lost(report.key)
        if why is not None:
            status = f"The full text was not retrieved{f': {why}' if why else ''}"
        status = self.session.can_be_got(report.key) or status
        if self.full_texts and self._reading == report.key:
            head = related_text(self.related, report.keys)
            head.append(f"{status}\n" if status else "", style="reverse")
            return drawn(self.full_texts, report, head, self.marks)
        text = record_text(report, self.session.note_on(report), status, self.session.tags_on(report), self.marks, self.related)
        if self.full_texts and (files := self.full_texts.names(report)):
            text.append(f"Full text: {', '.join(files)}\n", style="dim")
        return text

    def _nothing_left(self) -> str:
        if self.session.filtered:
            return f"Nothing is open among these ({self.session.filtered}).\n\nf shows others, ← goes back, q leaves."
        if not self.session.view:
            return "There is nothing to screen here."
        return "All done: every record of this list has your decision.\n\n← goes back to the last record, u undoes, q leaves."

    def side_text(self) -> Text:
        return self._criteria.copy()

    # -- verdicts -------------------------------------------------------------------------------------------

    def _decide(self, verdict: str, reason: str = "") -> None:
        # The next record is on screen when this is read: it names the one it is about.
        about = f": {short(self.session.current.title)}" if self.session.current else ""
        said = f"Saved: {verdict}{f' ({reason})' if reason else ''}{about}"
        if self.act(self.session.decide, verdict, reason, said=said):
            if self._amended():
                self.redraw(f"{said}\n{AMENDED}")
            now = self.session.clock()
            if self.session.pace.break_due(now, self.wishes.break_after):
                self.redraw(
                    f"You have worked for {duration(self.session.pace.worked(now))} without a break. All is saved: look away for a while."
                )

    def action_decide(self, verdict: str) -> None:
        self._decide(verdict)

    def action_exclude(self) -> None:
        if self.session.current is None or not self.session.plan.reason_required:
            self._decide("exclude")
        else:
            self.action_exclude_with_reason()

    def _here(self) -> Report | None:
        """The record on the screen; None, with a word of it, where there is none."""
        if self.session.current is None:
            self.redraw("There is no record here. Go back to one first.", error=True)
        return self.session.current

    def action_exclude_with_reason(self) -> None:
        report = self._here()
        if report is None:
            return

        def chosen(reason: list[str] | None) -> None:
            if reason:
                self._decide("exclude", reason[0])

        mine = self.session.mine(report.key)
        self.push_screen(
            Choose("The first criterion that fails:", self.session.protocol.reasons(self.session.plan.name), [mine.reason] if mine else ()),
            chosen,
        )

    def action_lost(self) -> None:
        report = self._here()
        if report is None:
            return

        def written(why: list[str] | None) -> None:
            said = f"Saved: not retrieved: {short(report.title)}"
            if why is None or not self.act(self.session.not_retrieved, why[0].strip(), said=said):
                return
            if still := self.session.can_be_got(report.key):
                self.redraw(f"{said}\n{still}")

        here = "; a file of it is here: Esc, then v" if self.full_texts and self.full_texts.names(report) else ""
        self.push_screen(Ask(Line(f"Why could the full text not be got{here}?", self.session.lost(report.key) or "")), written)

    def take_back(self, why: str = "") -> None:
        def undo() -> None:
            undone.append(self.session.undo())

        undone: list[object] = []
        if self.act(undo):
            last = undone[0]
            what = {Note: "note", Tags: "tags"}.get(type(last), "decision")
            done = f"Undone: the last {what}{', on this record' if what == 'decision' else ''}."
            self.redraw(why or ("There is nothing to undo." if last is None else done))

    def action_skip(self) -> None:
        before = self.session.position
        self.act(self.session.skip, said="Skipped; it comes back at the end.")
        if self.session.current and self.session.position == before:
            self.redraw("This is the only one left.")

    # -- notes and tags ---------------------------------------------------------------------------------------

    def action_note(self) -> None:
        report = self._here()
        if report is None:
            return

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._unsaved[report.key] = text[0]
                if self.act(self.session.note, text[0], said="Note saved; the verdict is as it was."):
                    del self._unsaved[report.key]

        self.push_screen(Ask(Line("Note on this record:", self._unsaved.get(report.key, self.session.note_on(report)))), written)

    def action_tags(self) -> None:
        report = self._here()
        if report is None:
            return
        mine = ", ".join(self.session.tags_on(report))

        def written(text: list[str] | None) -> None:
            if text is not None:
                self.act(self.session.tag, text[0].split(","), said="Tags saved; the verdict is as it was.")

        used = f" (used so far: {', '.join(self.session.all_tags[:12])})" if self.session.all_tags else ""
        self.push_screen(Ask(Line(f"Tags, with commas between{used}:", mine)), written)

    # -- beside the record --------------------------------------------------------------------------------------

    def action_open(self) -> None:
        report = self._here()
        if report is None:
            return
        self.redraw(opened(self.full_texts, report))

    def action_full_text(self) -> None:
        report = self._here()
        if report is None:
            return
        self._reading, said = turned(self.full_texts, report, self._reading, self.session.who, "o")
        self.redraw(said)

    def _meanings(self) -> dict[str, str]:
        """Key -> what it does here, for the keys that can be pressed."""
        return {
            self.key_of(b): (b.id or "").replace("-", " ")
            for b in self.own_bindings()
            if b.show and self.check_action(b.action.partition("(")[0], ())
        }

    def action_help(self) -> None:
        plan = self.session.plan
        names = [b.id for b in self.own_bindings() if b.id]
        settled = plan.name == "full-text" or plan.maybe == "adjudicate"
        self.push_screen(Tell(help_text(self._meanings(), names, settled=settled, reason_asked=plan.reason_required)))
