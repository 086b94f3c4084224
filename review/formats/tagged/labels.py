"""How a format writes text in which each line begins with the name of a field: one format is one `Labels` (see `labelled`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.formats.people.author_habits import UNKNOWN, Habits
from review.model.patterns import lazy


@dataclass(frozen=True, slots=True)
class Labels:
    """How one format writes its entries.

    label: gives the label at the beginning of a line and the text behind it, or None. opens: labels that begin an entry; in one that began
    with another, a label behind a blank line does too. closes: a label or whole line that ends one; where there are such, blank lines say
    nothing. outside: labels of the file, not of an entry: what they say goes with the next entry. heading: a line between entries that
    begins one. names: the column that a label stands for. lists: columns of which each line is one item. follows: whether an unlabelled
    line goes on with the one above. glued: the line that begins an entry, as it stands on the last line of a file without a line end.
    titles: the labels of the title, of which an entry has one: another behind a blank line is that of the next, though no label begins it.
    here: the columns that labels stand for in an entry with these labels and their lines, where that is not what `names` says.
    people: how its authors stand.
    """

    label: Callable[[str], tuple[str, str] | None]
    names: Mapping[str, str]
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    heading: re.Pattern[str] | None = None
    lists: frozenset[str] = frozenset({"authors", "keywords"})
    follows: Callable[[str], bool] = bool
    glued: re.Pattern[str] | None = None
    titles: frozenset[str] = frozenset()
    here: Callable[[Mapping[str, list[str]]], Mapping[str, str]] | None = None
    people: Habits = UNKNOWN


def by(pattern: str) -> Callable[[str], tuple[str, str] | None]:
    """Labels by a pattern, whose first group is the label and whose second the text."""
    labelled = lazy(pattern)

    def label(line: str) -> tuple[str, str] | None:
        found = labelled.match(line)
        return (found[1], found[2] or "") if found else None

    return label
