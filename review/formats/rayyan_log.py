"""Rayyan's log of who did what (customizations_log.csv): unlike the notes of its records, it tells whose a reason and a label is.

    created_at,user_id,user_email,article_id,key,value

`included` is 1, 0 (maybe), -1 or deleted; any other key stands in quotation marks and is a label, with __EXR__ before it a reason: 1 or deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from review.formats.tables.rows import Row

NAME = "customizations_log.csv"
_REASON = "__EXR__"
_VERDICTS = {"1": "include", "0": "maybe", "-1": "exclude"}


@dataclass
class Said:
    """What one person last said of one record. line: of the last event."""

    line: int
    verdict: str = ""
    reasons: dict[str, None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        """A reason is that of an exclusion: Rayyan keeps it where the verdict was changed."""
        labels = "; ".join(self.labels)
        return {
            "verdict": self.verdict,
            "reason": "; ".join(self.reasons) if self.verdict == "exclude" else "",
            "tags": labels + (";" if "," in labels else ""),  # parted at semicolons, where there are any
        }


Log = Mapping[tuple[str, str], Said]  # (record, person)


def is_log(header: Sequence[str]) -> bool:
    """Whether these are the columns of such a log."""
    return {"article_id", "user_email", "key", "value"} <= set(header)


def read_log(rows: Iterable[Row]) -> Log:
    """What stands at the end of the log, in the order in which it was begun."""
    log: dict[tuple[str, str], Said] = {}
    for row in sorted(rows, key=lambda r: r.cells.get("created_at", "")):
        article, who, key, value = (row.cells.get(name, "").strip() for name in ("article_id", "user_email", "key", "value"))
        said = log.setdefault((f"rayyan-{article}", who), Said(row.line))
        said.line = row.line
        if key == "included":
            said.verdict = _VERDICTS.get(value, "")
            continue
        word = _unquoted(key)
        words = said.reasons if word.startswith(_REASON) else said.labels
        words.pop(word.removeprefix(_REASON), None)
        if value == "1":
            words[word.removeprefix(_REASON)] = None
    return log


def _unquoted(key: str) -> str:
    try:
        word = json.loads(key)
    except ValueError:
        word = key
    return word if isinstance(word, str) else key


def people(log: Log, votes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Who in the notes of the records is whose address: those who said the same of each record, and nobody else did.

    votes: name -> {record: verdict}, of the records of one export.
    """
    records = {record for told in votes.values() for record in told}
    said: dict[str, dict[str, str]] = {}
    for (record, who), last in log.items():
        if last.verdict and record in records:
            said.setdefault(who, {})[record] = last.verdict
    alike = {name: [who for who, told in said.items() if told == votes[name]] for name in votes}
    found = {name: fit[0] for name, fit in alike.items() if len(fit) == 1}
    return {name: who for name, who in found.items() if list(found.values()).count(who) == 1}
