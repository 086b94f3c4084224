"""What stands above and beside the two records on the screen for duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from review.dedup.differing import SHOWN, differences, read_like, short_key, told_in_a_line, what
from review.dedup.questions import Question
from review.dedup.said import CONTRADICTED
from review.dedup.sitting import Pairs
from review.model.words import counted
from review.tui.duplicates_words import contradiction

if TYPE_CHECKING:
    from review.dedup.explain import Contradiction


_MOST = 3  # pairs that speak against one report, of which it is shown what both say


def above(session: Pairs, question: Question, key: str) -> Text:
    """What was said of the current pair, how likely the two are the same, and why they are asked about. key: answers where several reports
    hang together."""
    text = Text()
    word = session.word(question)
    if word is not None:
        text.append(
            f"Said by {word.by}: {what(word.same, word.relation, word.first, session.which(word.relation))}{f'; {word.note}' if word.note else ''}\n",
            style="bold reverse",
        )
        if against := session.contradicts(word):
            text.append(f"{contradiction(against, same=word.same)}\n", style="bold")
    elif question.link.rule == "person":
        text.append("What was said of this pair is taken back: the next run goes by the rules again.\n", style="bold")
    elif question.merged:
        text.append(f"Merged: {question.link.rule}, p = {question.link.probability:.2f}. d takes them apart.\n", style="bold")
    elif (follows := session.follows(question)) is not None:
        text.append(f"Follows from what was said of other pairs: {what(follows)}. s or d says otherwise.\n", style="bold")
    if found := session.hanging():
        reports, pairs = len(found.keys), counted(len(found.open), "open pair")
        text.append(f"{reports} reports hang together here by {pairs}: {key} answers at once.\n", style="bold")
    if note := session.note:
        text.append(f"Your note: {note}\n", style="italic")
    known = session.explanation
    probability, evidence = question.link.probability, question.link.evidence
    if known and question.link.rule == "person":  # what the rules say of it
        probability, evidence = known.probability, known.evidence
    if known and (question.link.rule == "person" or not question.merged):
        text.append(f"{session.likely(known.rule, probability)}\n", style="bold")
    apart = contradicting(session.against(), known.rule if known else "")
    text.append(f"{evidence.removesuffix(CONTRADICTED) if apart else evidence}\n", style="dim")
    if shared := session.not_counted:
        text.append(f"{shared[0].upper()}{shared[1:]}.\n")
    return text.append_text(apart).append("\n")


def contradicting(against: Sequence[Sequence[Contradiction]], rule: str) -> Text:
    """Which other records of the two reports speak against one. rule: what decides on the pair itself."""
    if not against:
        return Text()
    first, others = against[0][0], sum(map(len, against)) - 1
    more = f" (and {others} more)" if others else ""
    return Text(
        f"But {short_key(first.a.key)} and {short_key(first.b.key)}, of the same two reports, {first.says(rule)}{more}; c tells more\n"
    )


def why(session: Pairs) -> Text:
    """Why: the rule, how each field compares, what else is merged with the two of the current pair."""
    found = session.explanation
    if found is None:
        return Text("")
    text = Text(f"{found.rule}\n", style="bold")
    text.append(f"probability {found.probability:.3f}{'; never merged by the rules alone' if found.veto else ''}\n\n", style="not bold")
    for field in found.fields:
        if field.level != "missing":
            weight = f" ({field.weight:+g})" if field.weight else ""
            text.append(f"{SHOWN.get(field.name, field.name)}: {field.said}{weight}\n", style="not bold")
    text.append("+ speaks for one report, - for two\n", style="dim")
    text.append(f"\nCompared since they share: {', '.join(found.blocks) or 'nothing'}\n", style="not bold")
    for line in read_like(found.kinds):
        text.append(f"{line[0].upper()}{line[1:]}\n", style="not bold")
    for side, records in zip(("first", "second"), session.rest(), strict=True):
        if records:
            text.append(f"\nMerged with the {side}:\n", style="bold")
        for r in records:
            text.append(f"{told_in_a_line(r)}\n", style="not bold")
    if against := session.against():
        text.append("\nThese speak against one report:\n", style="bold")
    for n, (x, *others) in enumerate(against):
        more = f" (and {counted(len(others), 'pair')} more of theirs)" if others else ""
        text.append(f"{short_key(x.a.key)} and {short_key(x.b.key)}{more}: {x.why}; {x.evidence}\n", style="not bold")
        for line in differences(x.a, x.b, x.differ) if n < _MOST else ():
            text.append(f"  {line}\n", style="not bold")
    if doubted := [x for x in session.apart() if x.rule == found.rule]:
        text.append("\nOthers of the two reports:\n", style="bold")
    for x in doubted:
        text.append(f"{short_key(x.a.key)} and {short_key(x.b.key)} {x.says(found.rule)}\n", style="not bold")
    return text
