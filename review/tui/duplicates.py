"""The screen for duplicates: two records side by side, what differs marked, one key a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from review.dedup.sitting import RELATIONS, Pairs
from review.model.record import Record, plain
from review.tui.dialogs import Ask, Choose, Line
from review.tui.frame import Frame
from review.tui.keys import Wishes
from review.tui.parts import safe, short

_FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract", "source")
_AGREE = ("same", "within", "range", "first", "page 1", "order", "near")
# A sign for each field, so that nothing hangs on colour.
_SIGNS = {"agree": ("=", "dim"), "differ": ("≠", "bold"), "close": ("~", ""), "missing": ("·", "dim")}
_DIFFERENT = "bold #e69f00"  # and in ‹›: see parts


class DuplicatesApp(Frame):
    """A sitting over `session`."""

    TITLE = "review dedup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "say(True)", "Same", id="same"),
        Binding("d", "say(False)", "Different", id="different"),
        Binding("r", "relation", "Related", id="related"),
        Binding("k", "step(1)", "Skip", id="skip"),
        Binding("n", "note", "Note", id="note"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("m", "merged", "Merged", id="merged"),
        Binding("left,p", "step(-1)", "Back", key_display="←", id="back"),
        Binding("right", "step(1)", "On", key_display="→", id="on"),
        Binding("c", "side", "Why", id="criteria"),
    ]

    def __init__(self, session: Pairs, notice: str = "", wishes: Wishes | None = None) -> None:
        super().__init__(wishes)
        self.session, self.notice = session, notice
        self._note = ""
        self._fitted = 0  # cells that the two columns were made for

    def _lay_out(self, width: int) -> None:
        super()._lay_out(width)
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """The two columns again, in the room that the text has now: the panel beside it came or went."""
        if self._room() != self._fitted:
            self.query_one("#text", Static).update(safe(self.main_text()))

    def _room(self) -> int:
        return max(30, (self.query_one("#text").size.width or self.size.width - 2) - 2)

    def place(self) -> object:
        return self.session.looking_over, self.session.position

    def bar_text(self) -> str:
        s = self.session
        if s.looking_over:
            return f"{s.who} · merged pairs, least sure first · {min(s.position + 1, len(s.merged)):,} of {len(s.merged):,}"
        return f"{s.who} · unsure pairs · {s.said:,} decided · {s.left:,} left"

    def main_text(self) -> Text:
        question = self.session.current
        if question is None:
            if self.session.looking_over:
                return Text("That was the last merged pair.\n\nm goes back to the unsure ones, ← to the pair before.", style="bold")
            return Text("No pair is left to decide.\n\nm shows what is merged, u undoes, ← goes back, q leaves.", style="bold")
        text = Text()
        word = self.session.word(question)
        if word is not None:
            what = "the same report" if word.same else word.relation.replace("_", " ") or "different reports"
            text.append(f"Said by {word.by}: {what}{f'; {word.note}' if word.note else ''}\n", style="bold")
        elif question.merged:
            text.append(f"Merged: {question.link.rule}, p = {question.link.probability:.2f}. d takes them apart.\n", style="bold")
        if self._note:
            text.append(f"Your note: {self._note}\n", style="italic")
        found = self.session.explanation
        levels = {f.name: f.level.partition(", ")[0] if f.name == "title" else f.level for f in found.fields} if found else {}
        if found and found.evidence:
            text.append(f"{found.evidence}\n\n")
        self._fitted = self._room()
        for name in _FIELDS:
            for line in _beside(name, levels.get(name, ""), question.a, question.b, self._fitted):
                text.append_text(line)
        return text

    def side_text(self) -> Text:
        found = self.session.explanation
        if found is None:
            return Text("")
        text = Text(f"{found.rule}\n", style="bold")
        text.append(f"probability {found.probability:.3f}{'; a veto' if found.veto else ''}\n\n", style="not bold")
        for field in found.fields:
            text.append(f"{field.name}: {field.level} ({field.weight:+.0f})\n", style="not bold")
        text.append(f"\nProposed by: {', '.join(found.blocks) or 'no block'}\n", style="not bold")
        for kind in filter(None, found.kinds):
            text.append(f"One reads like: {kind}\n", style="not bold")
        return text

    def action_say(self, same: bool, relation: str = "") -> None:
        question = self.session.current
        if question is None:
            return
        what = "the same report" if same else relation.replace("_", " ") or "different"
        if self.act(self.session.say, same, relation, self._note, said=f"Saved: {what}: {short(question.a.title, 50)}"):
            self._note = ""

    def action_relation(self) -> None:
        if self.session.current is None:
            return

        def chosen(found: list[str] | None) -> None:
            if found:
                self.action_say(False, next(name for name, words in RELATIONS.items() if words == found[0]))

        self.push_screen(Choose("Not the same report, but one is:", list(RELATIONS.values())), chosen)

    def action_note(self) -> None:
        if self.session.current is None:
            return

        def written(text: list[str] | None) -> None:
            if text is not None:
                self._note = text[0].strip()
                self.redraw("The note is saved with your word: s, d or r.")

        self.push_screen(Ask(Line("Note on this pair:", self._note)), written)

    def action_undo(self) -> None:
        undone: list[str] = []
        if self.act(lambda: undone.append(self.session.undone())):
            self.redraw(undone[0])

    def action_merged(self) -> None:
        self._note = ""
        self.session.look_over()
        self.redraw()

    def action_step(self, by: int) -> None:
        self._note = ""
        self.session.step(by)
        self.redraw()


def _value(record: Record, name: str) -> str:
    value = getattr(record, name)
    return "; ".join(value) if isinstance(value, tuple) else " ".join(str(value or "").split())


def _sign(level: str, a: str, b: str) -> tuple[str, str]:
    if not a or not b:
        return _SIGNS["missing"]
    if level in _AGREE or level.startswith("same") or plain(a) == plain(b):
        return _SIGNS["agree"]
    return _SIGNS["differ" if level in ("different", "few", "far", "") else "close"]


def _marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The words, and whether the other lacks each."""
    there = set(plain(other).split())
    return [(word, bool(other) and not set(plain(word).split()) <= there) for word in text.split(" ")] if text else [("–", False)]


def _column(words: list[tuple[str, bool]], width: int) -> list[Text]:
    """The words in lines of at most `width` cells; what the other lacks between ‹ ›, and coloured."""
    lines = [Text()]
    for n, (word, differs) in enumerate(words):
        opens = differs and not (n and words[n - 1][1])
        closes = differs and not (n + 1 < len(words) and words[n + 1][1])
        marked = f"{'‹' if opens else ''}{word}{'›' if closes else ''}"
        for piece in chop_cells(marked, width) or [""]:
            gap = 1 if lines[-1].plain else 0
            if lines[-1].cell_len + gap + cell_len(piece) > width:
                lines.append(Text())
                gap = 0
            lines[-1].append(" " * gap)
            lines[-1].append(piece, style=_DIFFERENT if differs else "")
    return lines


def _beside(name: str, level: str, a: Record, b: Record, width: int) -> Iterator[Text]:
    """One field of both, in two columns under each other's lines."""
    x, y = _value(a, name), _value(b, name)
    if not x and not y:
        return
    sign, style = _sign(level, x, y)
    label = set_cell_size(f"{sign} {name}", 10)
    room = (width - 10 - 3) // 2
    left, right = _column(_marked(x, y), room), _column(_marked(y, x), room)
    shown = 6 if name == "abstract" else 40
    for n in range(min(shown, max(len(left), len(right)))):
        line = Text(label if n == 0 else " " * 10, style=style if n == 0 else "")
        line = Text.assemble(line)
        one = left[n] if n < len(left) else Text()
        one.pad_right(room - one.cell_len)
        line.append_text(one)
        line.append(" │ ", style="dim")
        line.append_text(right[n] if n < len(right) else Text())
        line.append("\n")
        yield line
