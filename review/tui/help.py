"""What the keys of the screens do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from review.tui.keys import clashes, path

_HELP = {
    "include": "include, and on to the next",
    "exclude": "exclude, and on to the next",
    "exclude asked": "exclude: its reason is asked, then on to the next",
    "exclude reason": "exclude with its reason",
    "maybe": "maybe: in doubt, let the full text tell",
    "maybe to settle": "maybe: in doubt; like a conflict, it is settled afterwards",
    "not retrieved": "the full text could not be got",
    "skip": "leave it for later; nothing is saved",
    "note": "a note; the verdict stays",
    "tags": "tags; the verdict stays",
    "undo": "take back your last act, again and again",
    "back": "the record before; a new verdict there is a change of mind",
    "on": "the next record",
    "find": "find words in this record",
    "filter": "show only some: maybes, notes, a year, a source …",
    "go": "go to a record",
    "open": "open the full text or the link outside",
    "full text": "read the full text here, and back",
    "criteria": "the questions and criteria",
}


# The same where a form is filled or settled beside its document, by the action's name with what goes with it.
_BESIDE = {
    "answer": "answer this field; where one stands, change it",
    "take": "take the marked text of the document as the quote",
    "missing": "no value: not reported, unclear, not applicable",
    "not_for": "the study says nothing on this question",
    "another": "another of its kind: an arm, an outcome",
    "open": "the next field without an answer",
    "go": "to the words in the document that the answer rests on",
    "go(0)": "to the words that the first answer rests on",
    "go(1)": "to the words that the second answer rests on",
    "extend(1)": "mark one sentence more",
    "extend(-1)": "mark one sentence less",
    "trim('end',-1)": "< takes a word off the end of what is marked, > off its beginning",
    "find": "find words in the document",
    "hit(1)": "n the next place found, N the one before",
    "side": "to the document, and back",
    "note": "a note; the answer stays",
    "undo": "take back your last act, again and again",
    "field(1)": "the field after, the field before; in the document, its sentences",
    "step(-1)": "the one before",
    "step(1)": "the next one",
    "sentence(1)": "in the document: the sentence after, the sentence before",
    "take(0)": "the first answer stands",
    "take(1)": "the second answer stands",
    "third": "neither: another value, with why",
    "scroll": "on by a page",
    "leave": "leave; all that was saved is saved",
    "help": "this list",
}


def beside_text(keys: Sequence[tuple[str, str, str]], words: Mapping[str, str] | None = None) -> Text:
    """keys: (key as it is shown, the action, its short name), of a screen with a document beside its form; words: what an action is called there."""
    text = Text()
    said = {**_BESIDE, **(words or {})}
    for key, action, short in keys:
        text.append(f"{key:>6}", style="bold")
        text.append(f"  {said.get(action, short)}\n")
    return text


def help_text(meanings: Mapping[str, str], names: Sequence[str], *, settled: bool, reason_asked: bool) -> Text:
    """meanings: key -> the name of its action; names: of all actions, as the file of one's own keys has them.

    settled: a maybe is settled before the phase ends; reason_asked: each exclusion is asked for its reason.
    """
    here = {**({"maybe": "maybe to settle"} if settled else {}), **({"exclude": "exclude asked"} if reason_asked else {})}
    text = Text()
    for key, meaning in meanings.items():
        name = here.get(meaning, meaning)
        text.append(f"{key:>6}", style="bold")
        text.append(f"  {_HELP.get(name, name)}\n")
    text.append("\nThe text: ↑ ↓ or k j by lines, Space and b by pages.\n")
    if other := clashes(meanings):
        text.append(f"\nTake care: {'; '.join(other)}.\n", style="bold")
    text.append(f'\nYour own keys, in {path()}:\n[keys]\ninclude = "y"\nexclude = "x"\n[screen]\nbreak_after = 50   # minutes\n')
    text.append(f"Names: {', '.join(names)}.\n")
    return text
