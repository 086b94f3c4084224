"""The adjudication screen: all votes side by side, for those who discuss them and for the one who decides."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from review.model.record import Report
from review.model.related import Related
from review.model.screening import Outcome
from review.screening.outcome import settled_by_others
from review.screening.settling import UNDISCUSSED, Adjudication
from review.tui.dialogs import Ask, Choose, Line, Tell
from review.tui.finding import Looking
from review.tui.full_text import FullTexts, drawn, opened, turned
from review.tui.help import beside_text
from review.tui.keys import Wishes
from review.tui.parts import Marks, criteria_text, record_text, related_text, short


class AdjudicateApp(Looking):
    """A sitting over `session`."""

    TITLE = "review adjudicate"
    DECIDES = frozenset({"resolve", "leave_open", "reopen"})
    SAYS = frozenset({"resolve", "leave_open"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "resolve('include')", "Include", id="include"),
        Binding("e", "resolve('exclude')", "Exclude", id="exclude"),
        Binding("o", "leave_open", "Leave open", id="leave-open"),
        Binding("r", "reopen", "Reopen", id="reopen"),
        Binding("n", "note", "Note", id="note"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("left,p", "step(-1)", "Back", key_display="←", id="back"),
        Binding("right", "step(1)", "On", key_display="→", id="on"),
        Binding("slash", "find", "Find", id="find"),
        Binding("O", "open", "Open outside", id="open-outside"),
        Binding("v", "full_text", "Full text", id="full-text"),
        Binding("question_mark", "help", "Help", id="help"),
    ]

    def __init__(
        self, session: Adjudication, wishes: Wishes | None = None, full_texts: FullTexts | None = None, related: Related | None = None
    ) -> None:
        """full_texts: where the files of the full texts are, in the phase that reads them; related: report -> others that bear on it."""
        super().__init__(Marks.of(session.protocol), wishes)
        self.session = session
        self.full_texts = full_texts
        self.related = related or {}
        self._reading = ""  # the report whose full text is in front of its record
        self.notice = session.protocol.review.notice
        self._notes: dict[str, str] = {}  # report -> what goes with its resolution

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "full_text":
            return self.full_texts is not None
        return action != "leave_open" or self.session.discussing

    def place(self) -> object:
        return self.session.position, self._reading

    def _here(self) -> tuple[Report, Outcome] | None:
        """The conflict on the screen; None, with a word of it, where there is none."""
        if self.session.current is None:
            self.redraw("There is no conflict here. Go back to one first.", error=True)
        return self.session.current

    def bar_text(self) -> str:
        session = self.session
        return f"{session.who} · {session.part} conflicts · {session.settled:,} {session.done} · {session.left:,} left"

    def main_text(self) -> Text:
        if self.session.current is None:
            done = (
                "You have said what you hold on every conflict of yours; it is settled where the others say the same."
                if self.session.discussing
                else "All conflicts of this phase are settled."
            )
            return Text(f"{done}\n\n← goes back, u undoes, q leaves.", style="bold")
        report, outcome = self.session.current
        text = Text()
        name = self.session.protocol.member_name
        for vote in outcome.votes:
            text.append(f"{name(vote.by)} ({vote.by}): ")
            text.append(vote.verdict.upper(), style="bold")
            text.append(f", {vote.reason}" if vote.reason else "")
            note = self.session.notes.get(vote.by, {}).get(report.key, vote.note)
            text.append(f"; note: {note}" if note else "")
            text.append("\n")
        for who, word in self.session.talked.get(report.key, {}).items():
            if who != self.session.who and set(word.settles) == {v.id for v in outcome.votes}:
                text.append(f"After discussion {name(who)} ({who}): {word.verdict}{f', {word.reason}' if word.reason else ''}")
                text.append(f"; note: {word.note}\n" if word.note else "\n")
        if outcome.reopened:
            text.append(f"Reopened by {name(outcome.reopened.by)} on {outcome.reopened.at[:10]}: {outcome.reopened.note}\n", style="italic")
        text.append("\n")
        mine = self.session.words.get(report.key)
        note = self._notes.get(report.key, mine.note if mine else "")
        status = ""
        if mine:
            what = "Your word after discussion" if self.session.discusses(outcome) else "Your resolution"
            status = f"{what}: {mine.verdict}{f' ({mine.reason})' if mine.reason else ''}"
        elif (settled := outcome.resolution) and settled_by_others(outcome, self.session.who):
            status = f"Settled by {settled.by}: {settled.verdict}{f' ({settled.reason})' if settled.reason else ''}{f'; {settled.note}' if settled.note else ''}"
        elif self.session.discusses(outcome):
            status = "Talk it over; then i or e is what you now hold, o leaves it open."
        elif self.session.undiscussed(report.key, outcome):
            status = UNDISCUSSED
        if self.full_texts and self._reading == report.key:
            head = related_text(self.related, report.keys)
            return drawn(self.full_texts, report, head.append_text(text), self.marks)
        text.append_text(record_text(report, note, status, marks=self.marks, related=self.related))
        return text

    def side_text(self) -> Text:
        return criteria_text(self.session.protocol, self.session.plan.name)

    def action_resolve(self, verdict: str) -> None:
        if (current := self._here()) is None:
            return
        if verdict == "include" or not self.session.plan.reason_required:
            self._resolve(verdict, "")
            return

        def chosen(reason: list[str] | None) -> None:
            if reason:
                self._resolve("exclude", reason[0])

        report, outcome = current
        done = self.session.words.get(report.key)
        given = done.reason if done else next((v.reason for v in outcome.votes if v.reason), "")
        self.push_screen(Choose("The first criterion that fails:", self.session.protocol.reasons(self.session.plan.name), [given]), chosen)

    def _resolve(self, verdict: str, reason: str) -> None:
        if (current := self._here()) is None:
            return
        report, _ = current
        done = self.session.words.get(report.key)
        note = self._notes.get(report.key, done.note if done else "")
        self.act(
            self.session.resolve, verdict, reason, note, said=f"Saved: {verdict}{f' ({reason})' if reason else ''}: {short(report.title)}"
        )

    def action_note(self) -> None:
        if (current := self._here()) is None:
            return
        report, _ = current
        done = self.session.words.get(report.key)

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._notes[report.key] = text[0]
                self.redraw("The note is saved with your resolution: i or e.")

        self.push_screen(Ask(Line("Note for this resolution:", self._notes.get(report.key, done.note if done else ""))), written)

    def action_leave_open(self) -> None:
        if self.session.current and self.session.discusses(self.session.current[1]):
            self._resolve("open", "")
        else:
            self.redraw("You settle this one: i or e.")

    def action_reopen(self) -> None:
        if self._here() is None:
            return

        def written(why: list[str] | None) -> None:
            if why is not None:
                self.act(self.session.reopen, why[0].strip(), said="Reopened. What had settled it stays on record.")

        self.push_screen(Ask(Line("Why is it to be settled anew?")), written)

    def take_back(self, why: str = "") -> None:
        if self.session.words:
            self.act(self.session.undo, said=why or "Undone: the last resolution, of this conflict.")
        else:
            self.redraw("There is nothing to undo.")

    def action_step(self, by: int) -> None:
        self.session.step(by)
        self.redraw()

    def action_open(self) -> None:
        if current := self._here():
            self.redraw(opened(self.full_texts, current[0]))

    def action_full_text(self) -> None:
        if (current := self._here()) is None or self.full_texts is None:
            return
        self._reading, said = turned(self.full_texts, current[0], self._reading, self.session.who, "O")
        self.redraw(said)

    def action_help(self) -> None:
        keys = [
            (self.key_of(b), b.action, b.description)
            for b in self.own_bindings()
            if b.show and self.check_action(b.action.partition("(")[0], ())
        ]
        self.push_screen(Tell(beside_text(keys, _KEYS)))


_KEYS = {
    "resolve('include')": "include: your resolution, or what you now hold",
    "resolve('exclude')": "exclude: the same",
    "leave_open": "leave it open: no agreement was found",
    "reopen": "settle a settled conflict anew, with a reason; what had settled it stays on record",
    "note": "a note; it is saved with your i or e",
    "undo": "take back your last word, again and again",
    "step(-1)": "the conflict before",
    "step(1)": "the next conflict",
    "find": "find words in what is shown",
    "open": "open the full text or the link outside",
    "full_text": "read the full text here, and back",
    "side": "the questions and criteria",
}
