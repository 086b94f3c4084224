"""What the keys of the screening screen do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from review.tui.keys import clashes, path

_HELP = {
    "include": "include, and on to the next",
    "exclude": "exclude, and on to the next",
    "exclude reason": "exclude with its reason",
    "maybe": "maybe: in doubt, let full text or the adjudicator tell",
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


def help_text(meanings: Mapping[str, str], names: Sequence[str]) -> Text:
    """meanings: key -> the name of its action; names: of all actions, as the file of one's own keys has them."""
    text = Text()
    for key, meaning in meanings.items():
        text.append(f"{key:>6}", style="bold")
        text.append(f"  {_HELP.get(meaning, meaning)}\n")
    text.append("\nThe text: ↑ ↓ or k j by lines, Space and b by pages.\n")
    if other := clashes(meanings):
        text.append(f"\nTake care: {'; '.join(other)}.\n", style="bold")
    text.append(f'\nYour own keys, in {path()}:\n[keys]\ninclude = "y"\nexclude = "x"\n[screen]\nbreak_after = 50   # minutes\n')
    text.append(f"Names: {', '.join(names)}.\n")
    return text
