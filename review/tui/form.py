"""A form of extraction as text: each field with its answer, the one in hand with its help."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from review.extraction.session import Extracting, Slot
from review.model.events import MISSING
from review.model.forms import STUDY
from review.model.protocol import Protocol
from review.model.protocol_evidence import FormField
from review.model.reading import one_line
from review.model.values import problem
from review.tui.parts import missing_code, short

CONFLICT_STYLE = "bold red"


def form(session: Extracting, protocol: Protocol, slots: Sequence[Slot], field: int) -> Text:
    """The study in hand and its places down to some place. field: the number of the one in hand."""
    text = Text()
    text.append(one_line(session.current.title) + "\n", style="bold")
    if note := session.note:
        text.append(f"Your note: {note}\n", style="italic")
    question, instance = "", 0
    for n, slot in enumerate(slots):
        if slot.question != question:
            question = slot.question
            head = "The study, whichever question it answers" if question == STUDY else f"{question} {_asks(session, protocol, question)}"
            text.append(f"\n{head}\n", style="italic")
        if slot.instance > 1 and slot.instance != instance:
            text.append(f"  {slot.field.group} {slot.instance}\n", style="italic")
        instance = slot.instance
        _place(text, session, slot, here=n == field)
    return text


def _place(text: Text, session: Extracting, slot: Slot, *, here: bool) -> None:
    """A field and its answer; of the one in hand the whole quote, and its help."""
    field, mine = slot.field, session.mine(*slot.place)
    text.append("▶ " if here else "  ", style="bold")
    text.append(f"{field.label}{' *' if field.required else ''}: ", style="bold" if here else "")
    if mine:
        text.append(mine.value or MISSING.get(mine.missing, mine.missing), style="reverse" if here else "")
        quote = mine.quote if here else short(mine.quote, 40)
        text.append(f"  “{quote}”{f' ({mine.locator})' if mine.locator else ''}" if quote else "", style="dim")
        for other in session.besides.get((session.current.key, *slot.place), ()):
            text.append(f"  ≠ ‘{other.value or other.missing}’, said of another report; answer again", style=CONFLICT_STYLE)
        if mine.note:
            text.append(f"  [{mine.note if here else short(mine.note, 30)}]", style="dim")
    text.append("\n")
    if here:
        hints = "; ".join(h for h in (kind(field), "required" if field.required else "", field.help) if h)
        text.append(f"    {hints}\n" if hints else "", style="dim")


def _asks(session: Extracting, protocol: Protocol, question: str) -> str:
    """What a question or an appraisal tool asks, in words."""
    tool = next((t for t in protocol.appraisal if t.id == question), None)
    if tool:
        link = next((f.link for f in session.plan.forms if f.question == question), "")
        return f"for {tool.applies_to}{f' ({link})' if link else ''}"
    return next((x.text for x in protocol.questions if x.id == question), "")


def kind(field: FormField) -> str:
    """What a field takes, in words; '' for plain text."""
    if field.choices and field.type != "theme":
        return f"{'; '.join(field.choices)}{', several with a ; between' if field.type == 'choices' else ''}"
    words = {
        "text": "", "date": "a date such as 2019, 2019-05 or 2019-05-31", "effect": "such as RR 0.85 (0.72 to 1.01); improves",
        "theme": "a theme, several with a ; between",
    }.get(field.type, field.type)  # fmt: skip
    return ", ".join(w for w in (words, field.unit) if w)


def wrong(field: FormField, value: str) -> str:
    """What a form says of a value; '' where it fits."""
    if missing_code(value):
        return ""
    text = problem(field, value)
    return f"{field.label}: {text}" if text else ""
