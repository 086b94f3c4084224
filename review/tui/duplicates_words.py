"""What the screen for duplicates says: its keys, its signs, what was said of a pair."""

from __future__ import annotations

from collections.abc import Sequence

from review.dedup.said import in_words
from review.dedup.sitting import Pairs
from review.model.events import Sameness

HELP = {
    "same": "the same report: they are merged",
    "different": "two reports; of a merged pair: it is taken apart",
    "related": "two reports that belong together: preprint, erratum, reply …",
    "all": "several that hang together: tick those that are one report",
    "skip": "later: it comes again at the end; nothing is saved",
    "note": "a note; it is saved with your s, d or r",
    "undo": "take back your last word, again and again",
    "merged": "to the pairs that are merged, least sure first, and back",
    "whole": "all words, also those that both have; and back",
    "back": "the pair before; a new word there is a change of mind",
    "on": "the next pair",
    "filter": "only one kind of doubt, or one source; how many are left",
    "go": "to a number, key, DOI, PMID, words of a title or author",
    "open": "open both outside, by their DOI, PMID or link",
    "criteria": "why: the rule, each field, what else is merged with the two",
    "scroll": "on by a page",
    "help": "this list",
    "quit": "leave; all that was saved is saved",
}
SIGNS = (
    "≠ differs   ~ alike in part   · only one has it   = agrees\n"
    "‹ › is what the other record lacks. What both have is written once; where it is long, without its middle.\n"
    "A pair on which nobody says anything stays two reports.\n"
)


def contradiction(words: Sequence[Sameness], *, same: bool) -> str:
    """What a new word can't hold together with, and what comes of it."""
    said = "; ".join(in_words(w) for w in words[:3]) + (f"; and {len(words) - 3} more" if len(words) > 3 else "")
    against = "these keep the two apart" if same else "these make the two the same"
    return f"But {against}: {said}. Records that somebody told apart are not merged: change one of the words, or the next run will say which it can't follow."


def nothing_left(s: Pairs) -> str:
    """Where there is no pair: why, and what comes next."""
    if not s.queue:
        what = "The rules have merged no pair." if s.looking_over else "No pair needs a person: the rules are sure of all of them."
        return f"{what}\n\nm goes to {'the unsure pairs' if s.looking_over else 'the merged pairs'}, q leaves."
    if s.looking_over:
        return "That was the last merged pair.\n\nm goes back to the unsure ones, ← to the pair before."
    if s.kind and s.left and not s.left_here:
        return f"Of this kind ({s.kind}) nothing is left.\n\nf shows the other {s.left:,} that are open, ← goes back."
    if s.left:
        return f"That was the last pair; {s.left:,} before it {'is' if s.left == 1 else 'are'} still open.\n\nl goes to the first of them, ← to the pair before."
    return "No pair is left to decide.\n\nm shows what is merged, u undoes, ← goes back, q leaves; the next run follows your words."
